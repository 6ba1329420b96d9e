"""A first configuration for a folder of mails, made from what is found in it."""

from __future__ import annotations

import difflib
import json
import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from feedback_lint.checks.malformed_placeholder import Named, key_of, named
from feedback_lint.config import FILE_NAME
from feedback_lint.diagnostic import Severity
from feedback_lint.document import Mode, Stage
from feedback_lint.readers import Keys, read
from feedback_lint.report import Report
from feedback_lint.rule_files import load_ruleset
from feedback_lint.segment import segment

_BLANK_RULE = "unfilled-placeholder"
_WORDS_RULE = "rambling"
_LONGEST_LIST = 8
_NO_KEYS = Keys()
# A name that one file has is likely to be misspelt if it has so many letters, and so many files have one so alike.
_SHORTEST_SLIP = 6
_USUAL = 3
_ALIKE = 0.85
# Signs with which placeholders begin, the longest first, and how such placeholders look.
_SYNTAXES = {
    "{{{": "{{{ }}}", "{{": "{{ }}", "<%=": "<%= %>", "<%": "<% %>", "[[": "[[ ]]", "<<": "<< >>", "${": "${ }",
    "#{": "#{ }", "%(": "%( )s", "@@": "@@ @@", "##": "## ##", "*|": "*| |*", "%%": "%% %%", "::": ":: ::",
    "[": "[ ]", "{": "{ }", "<": "< >", "«": "« »", "(": "( )", "%": "% %", "$": "$", "_": "_ _",
}  # fmt: skip
_FOLDERS = {
    Stage.THANKS: re.compile(r"thank", re.IGNORECASE),
    Stage.FOLLOW_UP: re.compile(r"follow[-_ ]?up|(?<![a-z])(?:chaser|reminder|nudge)s?(?![a-z])", re.IGNORECASE),
    Stage.REQUEST: re.compile(r"(?<![a-z])(?:requests?|ask(?:s|ing)?)(?![a-z])", re.IGNORECASE),
}


class StarterError(Exception):
    """A configuration that cannot be begun; `str()` is one plain sentence."""


@dataclass(frozen=True)
class Starter:
    """The text of a configuration file, and what to say of it: a few lines."""

    text: str
    summary: str


@dataclass(frozen=True)
class _Folder:
    """A sub folder whose name tells what kind of mail it holds, and how its mails read."""

    path: PurePath
    stage: Stage
    reads: Counter[Stage]

    @property
    def is_likely(self) -> bool:
        """Whether its mails do not tell otherwise."""
        return 2 * self.reads[self.stage] >= self.reads.total()


def starter(folder: Path, reports: Iterable[Report], keys: Keys = _NO_KEYS, above: Path | None = None) -> Starter:
    """A configuration for a folder, from the reports on the mails in it.

    `keys` are those that libraries were read with; `above` is the configuration that counted for the folder until now,
    which the new one extends. Mails outside the folder are counted, too.
    """
    found = tuple(reports)
    sources = {report.source.path: report for report in found}
    files = _counted(len(sources), "file")
    extensions = Counter(PurePath(path).suffix.lower() or "without an ending" for path in sources)
    kinds = ", ".join(f"{count} {name}" for name, count in _ranked(extensions))
    templates = sum(_is_template(report) for report in sources.values())
    is_library = 0 < len(sources) <= 2 * templates
    names, syntaxes = _placeholders([r for r in sources.values() if is_library or _is_template(r)], keys)
    folders = _folders(folder, found)
    content = f"{_counted(len(found), 'email')} in {files}" + (f" ({kinds})" if kinds else "")
    parts = (
        _head(content, folder, above),
        _mode(is_library, templates, len(sources)),
        _names(names, syntaxes),
        _keys(keys),
        _fail_on(found),
        _ignored(found, is_library),
        _BASELINE,
        _thresholds(found),
        *map(_override, folders),
    )
    return Starter("\n".join(parts), "\n".join(_summary(content, found, is_library, names, syntaxes, folders)) + "\n")


def write(folder: Path, text: str) -> Path:
    """Write the file into a folder, and tell its path. Raises StarterError where there is one, or it cannot be."""
    path = folder / FILE_NAME
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise StarterError(f"{path}: there is a configuration already, which stays as it is.") from error
    except OSError as error:
        raise StarterError(f"{path}: the configuration cannot be written: {error.strerror}.") from error
    return path


# --- what was found -------------------------------------------------------------------------------------------------


def _is_template(report: Report) -> bool:
    return report.mode is Mode.TEMPLATE or any(d.rule == _BLANK_RULE for d in report.diagnostics)


def _placeholders(reports: Sequence[Report], keys: Keys) -> tuple[Counter[str], Counter[str]]:
    """The names of placeholders and the syntaxes that they are written in, with the number of files that use them."""
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    uses: Counter[str] = Counter()
    syntaxes: Counter[str] = Counter()
    for report in reports:
        blanks = [
            blank
            for letter in read(report.source, Mode.TEMPLATE, keys)
            for way in letter.ways
            for blank in named(segment(way, Mode.TEMPLATE))
        ]
        names = [_listed_as(blank) for blank in blanks]
        for name in names:
            spellings[key_of(name)][name] += 1
        uses.update({key_of(name) for name in names})
        syntaxes.update({_syntax(blank.words) for blank in blanks} - {""})
    return Counter({_ranked(spellings[key])[0][0]: count for key, count in uses.items()}), syntaxes


def _listed_as(blank: Named) -> str:
    """The name to put on the list: in code the first object or function."""
    return next((part for part in blank.parts if re.search(r"[^\W\d]", part)), blank.name).strip("@. ")


def _syntax(words: str) -> str:
    return next((shown for sign, shown in _SYNTAXES.items() if words.startswith(sign)), "")


def _folders(folder: Path, reports: Iterable[Report]) -> list[_Folder]:
    """The sub folders whose names tell a stage, outer ones first."""
    reads: defaultdict[PurePath, Counter[Stage]] = defaultdict(Counter)
    for report in reports:
        inner = _inner_folder(folder, report.source.path)
        while inner.parts:
            if _stage_of(inner.name):
                reads[inner][report.stage] += 1
                break
            inner = inner.parent
    found = ((path, _stage_of(path.name), stages) for path, stages in reads.items() if _is_text(str(path)))
    return sorted(
        (_Folder(path, stage, stages) for path, stage, stages in found if stage),
        key=lambda f: (len(f.path.parts), str(f.path)),
    )


def _inner_folder(folder: Path, path: str) -> PurePath:
    """The folder that a file is in, as seen from another; an empty path for one that is not in it."""
    try:
        return PurePath(os.path.abspath(path)).relative_to(os.path.abspath(folder)).parent
    except ValueError:
        return PurePath()


def _stage_of(name: str) -> Stage | None:
    """The stage that the name of a folder tells."""
    told = [stage for stage, pattern in _FOLDERS.items() if pattern.search(name)]
    return told[0] if len(told) == 1 else None


def _is_text(name: str) -> bool:
    """Whether TOML can hold a name: it cannot be one that is not UTF-8."""
    return not re.search(r"[\ud800-\udfff]", name)


def _ranked(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """What is counted most comes first."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


# --- the parts of the file ------------------------------------------------------------------------------------------

_BASELINE = """\
# What is there already can be kept in a file, so that only what is new counts:
#     feedback-lint baseline --output feedback-lint-baseline.json
#     feedback-lint check --baseline feedback-lint-baseline.json
"""


def _head(content: str, folder: Path, above: Path | None) -> str:
    lines = [f"# What feedback-lint checks here, and how. Begun from {content}."]
    lines.append("# `feedback-lint config` shows what counts, `feedback-lint rules` all rules.")
    if above:
        base = os.path.relpath(os.path.abspath(above), os.path.abspath(folder)).replace(os.sep, "/")
        if _is_text(base):
            lines += ["", "# The configuration that counted here until now; what is said below wins."]
            lines.append(f"extends = {_quoted(base)}")
    return _block(lines)


def _mode(is_library: bool, templates: int, files: int) -> str:
    lines = ["# In a template, placeholders may stay; in a draft, they must be filled in."]
    if is_library:
        told = "is one" if templates == 1 else "are"
        return _block([*lines, f'mode = "template"  # as {templates} of {_counted(files, "file")} {told}'])
    return _block([*lines, '# mode = "template"'])


def _names(names: Counter[str], syntaxes: Counter[str]) -> str:
    lines = ["# The names that placeholders of templates may have; others are reported."]
    if not names:
        return _block([*lines, '# placeholders = ["first_name", "job_title"]'])
    if syntaxes:
        written = (f"{shown} in {_counted(count, 'file')}" for shown, count in _ranked(syntaxes))
        lines.append(f"# They are written {_listed(written)}.")
    return _block([*lines, "placeholders = [", *(_name(name, names) for name, _ in _ranked(names)), "]"])


def _name(name: str, names: Counter[str]) -> str:
    """A line of the list of names, as a comment where the name is likely to be misspelt."""
    near = _slip(name, names)
    line = f"{_quoted(name)},  # in {_counted(names[name], 'file')}"
    return f"    # {line}; meant is {_quoted(near)}?" if near else f"    {line}"


def _slip(name: str, names: Counter[str]) -> str:
    """The name that is likely meant by one that a single file has; other signs and numbers are no slips."""
    if names[name] > 1 or len(_letters(name)) < _SHORTEST_SLIP:
        return ""
    others = {_letters(other): other for other, count in _ranked(names) if count >= _USUAL}
    near = difflib.get_close_matches(_letters(name), list(others), n=1, cutoff=_ALIKE)
    return others[near[0]] if near and near[0] != _letters(name) else ""


def _letters(name: str) -> str:
    return re.sub(r"[\W\d_]", "", name).lower()


def _keys(keys: Keys) -> str:
    named = (("text-key", keys.text), ("subject-key", keys.subject))
    given = [f"{key} = {_quoted(value)}" for key, value in named if value]
    comment = "# Where YAML, JSON and CSV files keep emails: a key, or a column."
    return _block([comment, *(given or ['# text-key = "body"'])])


def _fail_on(reports: Iterable[Report]) -> str:
    severities = Counter(d.severity for report in reports for d in report.diagnostics)
    found = ", ".join(_counted(severities[s], str(s)) for s in Severity if severities[s]) or "nothing"
    comment = "# Exit with status 1 from this severity on: error, warning, suggestion or never."
    return _block([comment, f'fail-on = "warning"  # found were {found}' if severities else 'fail-on = "warning"'])


def _ignored(reports: Sequence[Report], is_library: bool) -> str:
    rules, files = _findings(reports, is_library)
    if not rules:
        return _block(["# Rules to leave out.", '# ignore = ["missing-closing"]'])
    lines = [
        "# Rules to leave out: take the # away. `feedback-lint explain RULE` tells why a rule is there.",
        "ignore = [",
    ]
    lines += (
        f"    # {_quoted(rule)},  # {_counted(count, 'finding')} in {_counted(len(files[rule]), 'file')}"
        for rule, count in _ranked(rules)[:_LONGEST_LIST]
    )
    return _block([*lines, "]"])


def _findings(reports: Iterable[Report], is_library: bool) -> tuple[Counter[str], Mapping[str, set[str]]]:
    """How often each rule found something, and in which files; blanks do not count where they may stay."""
    rules: Counter[str] = Counter()
    files: defaultdict[str, set[str]] = defaultdict(set)
    for report in reports:
        for found in report.diagnostics:
            if not (is_library and found.rule == _BLANK_RULE):
                rules[found.rule] += 1
                files[found.rule].add(report.source.path)
    return rules, files


def _thresholds(reports: Iterable[Report]) -> str:
    rules = load_ruleset()
    longest = max((report.words for report in reports), default=0)
    lines = ["# The numbers above which these rules report; these are the usual ones.", "# [thresholds]"]
    for rule in sorted(rules.measuring):
        told = f"  # the longest email has {_counted(longest, 'word')}" if rule == _WORDS_RULE else ""
        lines.append(f"# {rule} = {rules.get(rule).threshold:g}{told}")
    return _block(lines)


def _override(folder: _Folder) -> str:
    total, same = folder.reads.total(), folder.reads[folder.stage]
    read = f"{same} of {_counted(total, 'email')} {'reads' if same == 1 else 'read'} so"
    pattern = re.sub(r"([\\\[\]!*#?])", r"\\\1", folder.path.as_posix())
    lines = ["[[overrides]]", f"paths = [{_quoted(pattern + '/**')}]", f'stage = "{folder.stage}"  # {read}']
    return _block(lines if folder.is_likely else [f"# {line}" for line in lines])


def _block(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _quoted(text: str) -> str:
    """A string in TOML, whose escapes are those of JSON."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


# --- the summary ----------------------------------------------------------------------------------------------------


def _summary(
    content: str,
    reports: Sequence[Report],
    is_library: bool,
    names: Counter[str],
    syntaxes: Counter[str],
    folders: Sequence[_Folder],
) -> Iterator[str]:
    yield f"Found {content}."
    if reports:
        stages = Counter(str(report.stage) for report in reports)
        yield f"Kinds of email: {_listed(f'{stage} {count}' for stage, count in _ranked(stages))}."
    if is_library:
        yield "They are taken for templates: placeholders may stay."
    if names:
        written = f", written {_listed(shown for shown, _ in _ranked(syntaxes))}" if syntaxes else ""
        yield f"Placeholders: {_listed(name for name, _ in _ranked(names))}{written}."
    slips = [f"{_quoted(name)} (meant is {_quoted(near)}?)" for name in sorted(names) if (near := _slip(name, names))]
    if slips:
        yield f"Used once, and left out of the list: {_listed(slips)}."
    if folders:
        yield f"Folders that tell the kind: {_listed(f'{f.path.as_posix()} ({f.stage})' for f in folders)}."
    rules, _ = _findings(reports, is_library)
    yield f"Findings: {_listed(f'{rule} {count}' for rule, count in _ranked(rules)) or 'none'}."


def _listed(items: Iterable[str]) -> str:
    """The first few of them."""
    found = list(items)
    rest = len(found) - _LONGEST_LIST
    return ", ".join(found) if rest <= 0 else f"{', '.join(found[:_LONGEST_LIST])} and {rest} more"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
