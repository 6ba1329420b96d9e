"""Configuration: `feedback-lint.toml`, or `[tool.feedback-lint]` in `pyproject.toml`, nearest upwards."""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    ValidationError,
    WithJsonSchema,
)

from feedback_lint.diagnostic import Severity
from feedback_lint.mistake import Mistake, MistakesError

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec
    from pydantic_core import ErrorDetails

FILE_NAME = "feedback-lint.toml"
_SECTION = ("tool", "feedback-lint")

Location = tuple[str | int, ...]
Place = tuple[int, int]


def _valid_globs(globs: tuple[str, ...]) -> tuple[str, ...]:
    _compiled(globs)
    return globs


def _valid_name(name: str) -> str:
    if not name.strip() or "\0" in name:
        raise ValueError(f"{name!r} is no name of a file or folder")
    return name


def _one_or_more(names: Any) -> Any:
    if not isinstance(names, (str, list)):
        raise ValueError("“extends” must be the name of a file, or a list of names")
    return [names] if isinstance(names, str) else names


def _whole(number: float) -> float:
    return int(number) if number.is_integer() else number


def _hyphenated(name: str) -> str:
    return name.replace("_", "-")


_FileName = Annotated[str, AfterValidator(_valid_name)]
_FILE_NAMES = {"type": "array", "items": {"type": "string"}}
_Threshold = Annotated[float, Field(ge=0, strict=True, allow_inf_nan=False), AfterValidator(_whole)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, alias_generator=_hyphenated, defer_build=True)


class Options(_Table):
    """The keys that depend on the file that is checked. `None` for `select` means all rules."""

    select: tuple[str, ...] | None = Field(default=None, description="Check only these rules.")
    ignore: tuple[str, ...] = Field(default=(), description="Leave out these rules; lists add up.")
    stage: Literal["auto", "request", "thanks", "follow-up"] = Field(
        default="auto", description="What kind of mail it is."
    )
    mode: Literal["auto", "draft", "template"] = Field(
        default="auto", description="Whether placeholders are still to be filled in (template) or must be (draft)."
    )
    severity: dict[str, Severity] = Field(
        default_factory=dict, description="How much a rule matters, by its id; tables add up."
    )
    thresholds: dict[str, _Threshold] = Field(
        default_factory=dict, description="The number above which a measuring rule reports, by its id; tables add up."
    )
    placeholders: tuple[str, ...] | None = Field(
        default=None, description="The names that placeholders of a template may have; any, unless given."
    )
    text_key: str | None = Field(
        default=None, description="Where YAML, JSON and CSV files keep the texts of mails: a key, or a column."
    )
    subject_key: str | None = Field(default=None, description="Where they keep the subjects.")
    reader: StrictBool = Field(default=True, description="Judge also what is only implied, with the learned reader.")


class Override(Options):
    """Options for the files that the globs match, in the manner of .gitignore."""

    paths: Annotated[tuple[str, ...], AfterValidator(_valid_globs)] = Field(
        min_length=1, description="Globs in the manner of .gitignore, relative to the folder of this file."
    )


class Keys(Options):
    """All that a configuration file can hold."""

    extends: Annotated[
        tuple[_FileName, ...],
        BeforeValidator(_one_or_more),
        WithJsonSchema({"anyOf": [{"type": "string"}, _FILE_NAMES]}),
    ] = Field(default=(), description="Files that this one builds on, relative to its folder; what is said here wins.")
    fail_on: Literal["error", "warning", "suggestion", "never"] = Field(
        default="warning", description="Exit with status 1 from this severity on."
    )
    format: str = Field(default="text", description="How `check` shows its findings.")
    model: str | None = Field(default=None, description="The spaCy pipeline to parse with.")
    extend_rules: tuple[_FileName, ...] = Field(
        default=(), description="Folders with rules of your own, relative to the folder of this file; lists add up."
    )
    overrides: tuple[Override, ...] = Field(default=(), description="Other options for some files; later ones win.")


_OptionsKind = TypeVar("_OptionsKind", bound=Options)
# What these say is added to what was said before; other keys replace it.
_ADDING = frozenset({"ignore", "severity", "thresholds", "extend_rules"})
_DEFAULTS = Keys()


class ConfigError(MistakesError):
    """A configuration file with mistakes; `str()` lists each with file and line."""


@dataclass(frozen=True)
class Config:
    """A configuration file with those that it extends; without `path`, the defaults.

    `said` is what this file says, `bases` are the files that it names, and `keys` is what all of them make together.
    """

    path: Path | None = None
    said: Keys = _DEFAULTS
    text: str = ""
    section: Location = ()
    bases: tuple[Config, ...] = ()

    @cached_property
    def files(self) -> tuple[Config, ...]:
        """All files that count, each once: what is extended comes first, this file last."""
        found = {file.path: file for base in self.bases for file in base.files}
        return (*found.values(), self)

    @cached_property
    def keys(self) -> Keys:
        """What the files say together of keys that do not depend on what is checked; `overrides` are not in it."""
        return _merged(Keys, (file.said for file in self.files))

    @property
    def rule_folders(self) -> tuple[Path, ...]:
        """The folders of `extend-rules`, which are relative to the file that names them, each once."""
        named = (file.path.parent / name for file in self.files if file.path for name in file.said.extend_rules)
        return tuple({os.path.realpath(folder): folder for folder in named}.values())

    def options(self, path: Path) -> Options:
        """The options for one file: overrides win over keys, and a file over those that it extends.

        Files for which the same tables hold get the same object.
        """
        tables = self._tables(path)
        which = tuple((file.path, at) for file, at, _ in tables)
        if which not in self._options:
            self._options[which] = _merged(Options, (table for _, _, table in tables))
        return self._options[which]

    @cached_property
    def _options(self) -> dict[tuple[tuple[Path | None, Location], ...], Options]:
        return {}

    def origins(self, path: Path) -> Iterator[tuple[str, object, str]]:
        """Each key but `overrides`, its value for one file, and where that was said."""
        options = self.options(path)
        for name, info in Keys.model_fields.items():
            if name == "overrides":
                continue
            key = info.alias or name
            said = [(file, (*at, key)) for file, at, table in self._tables(path) if name in table.model_fields_set]
            said = said if name in _ADDING else said[-1:]
            places = ", ".join(f"{file.path}:{file._place(at)[0]}" for file, at in said)
            yield key, getattr(options, name, getattr(self.keys, name)), places or "default"

    def check_names(self, rules: Iterable[str], formats: Iterable[str], measuring: Iterable[str] = ()) -> None:
        """Raise ConfigError for rules and a format that do not exist.

        `measuring` are the rules that have a threshold.
        """
        known, shown, bounded = frozenset(rules), frozenset(formats), frozenset(measuring)
        unknown = [
            file.mistake(at, f"there is no {kind} called “{name}”{did_you_mean(name, names)}")
            for file in self.files
            for at, kind, name, names in file._names(known, shown, bounded)
        ]
        unknown += [
            file.mistake((*at, "thresholds", rule), _no_threshold(rule, bounded))
            for file in self.files
            for at, table in file._all_tables
            for rule in table.thresholds
            if rule in known - bounded
        ]
        if unknown:
            raise ConfigError(unknown)

    def mistake(self, at: Location, message: str) -> Mistake:
        """A mistake at a key or list item, or at the nearest place above it that the file has."""
        return Mistake(self.path or Path(), *self._place(at), message)

    def _tables(self, path: Path) -> list[tuple[Config, Location, Options]]:
        """The tables that hold for a file, each with where it stands; what a later one says wins."""
        found: list[tuple[Config, Location, Options]] = [(file, (), file.said) for file in self.files]
        for file in self.files:
            found += ((file, ("overrides", n), override) for n, override in file._overrides(path))
        return found

    def _overrides(self, path: Path) -> list[tuple[int, Override]]:
        if not self.path or not self.said.overrides:
            return []
        name = _relative(path, self.path.parent)
        return [(n, o) for n, o in enumerate(self.said.overrides) if _compiled(o.paths).match_file(name)]

    @property
    def _all_tables(self) -> list[tuple[Location, Options]]:
        return [((), self.said), *((("overrides", n), o) for n, o in enumerate(self.said.overrides))]

    def _names(
        self, rules: frozenset[str], formats: frozenset[str], measuring: frozenset[str]
    ) -> Iterator[tuple[Location, str, str, frozenset[str]]]:
        """Each name that nothing answers to: its place, what it should be the name of, and the names there are."""
        for at, table in self._all_tables:
            named: list[tuple[Location, str, frozenset[str]]] = []
            named += ((("select", n), rule, rules) for n, rule in enumerate(table.select or ()))
            named += ((("ignore", n), rule, rules) for n, rule in enumerate(table.ignore))
            named += ((("severity", rule), rule, rules) for rule in table.severity)
            named += ((("thresholds", rule), rule, measuring) for rule in table.thresholds)
            yield from (((*at, *inner), "rule", name, near) for inner, name, near in named if name not in rules)
        if self.said.format not in formats:
            yield ("format",), "format", self.said.format, formats

    @cached_property
    def _places(self) -> dict[Location, Place]:
        return _places(self.text)

    def _place(self, at: Location) -> Place:
        at = (*self.section, *at)
        while at and at not in self._places:
            at = at[:-1]
        return self._places.get(at, (1, 1))


def _merged(kind: type[_OptionsKind], tables: Iterable[Options]) -> _OptionsKind:
    """What tables say together: a later one wins, but lists and tables that add up do so."""
    merged: dict[str, Any] = {name: getattr(_DEFAULTS, name) for name in kind.model_fields if name != "overrides"}
    for table in tables:
        for name in table.model_fields_set & merged.keys():
            merged[name] = _added(merged[name], getattr(table, name)) if name in _ADDING else getattr(table, name)
    return kind.model_construct(**merged)


def _added(before: Any, more: Any) -> Any:
    return {**before, **more} if isinstance(more, dict) else (*before, *more)


def _relative(path: Path, folder: Path) -> str:
    """The name of a file from a folder; on another drive, where there is none, its whole name."""
    absolute = os.path.abspath(path)
    try:
        return os.path.relpath(absolute, folder)
    except ValueError:
        return absolute


def _no_threshold(rule: str, measuring: Iterable[str]) -> str:
    return f"“{rule}” has no threshold; these rules have one: {', '.join(sorted(measuring)) or 'none'}"


class ConfigFinder:
    """Finds the configuration of each file, and remembers it by folder."""

    def __init__(self, explicit: Path | None = None) -> None:
        """`explicit` is the one file to use for all, wherever they are."""
        self._explicit = explicit
        self._known: dict[Path, Config | ConfigError] = {}
        self._of_files: dict[str, Config] = {}

    def of_file(self, path: Path) -> Config:
        """The configuration of a file; faster than `of` where there are many in a folder. Raises ConfigError."""
        folder = os.path.dirname(path)
        if folder not in self._of_files:
            self._of_files[folder] = self.of(path)
        return self._of_files[folder]

    def of(self, path: Path) -> Config:
        """The configuration of a file or folder. Raises ConfigError."""
        if self._explicit:
            folder = self._explicit
        else:
            absolute = Path(os.path.abspath(path))
            folder = absolute if os.path.isdir(absolute) else absolute.parent
        found = self._lookup(folder)
        if isinstance(found, ConfigError):
            raise found
        return found

    def _lookup(self, folder: Path) -> Config | ConfigError:
        if folder not in self._known:
            try:
                here = read_config(folder) if self._explicit else _config_in(folder)
                top = folder.parent == folder
                self._known[folder] = here or (Config() if top else self._lookup(folder.parent))
            except ConfigError as error:
                self._known[folder] = error
        return self._known[folder]


def _config_in(folder: Path) -> Config | None:
    for path in (folder / FILE_NAME, folder / "pyproject.toml"):
        if os.path.isfile(path) and (found := _read(path)):
            return found
    return None


def read_config(path: Path) -> Config:
    """A configuration file that was named. Raises ConfigError, also where it has no table for us."""
    absolute = Path(os.path.abspath(path))
    found = _read(absolute)
    if found is None:
        raise ConfigError([Mistake(absolute, 0, 0, f"it has no section [{'.'.join(_SECTION)}]")])
    return found


def _read(path: Path, trail: tuple[Path, ...] = ()) -> Config | None:
    """A configuration file and what it extends; `None` for a pyproject.toml that says nothing of us.

    `trail` are the files that lead to it, each extending the next.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        raise ConfigError([Mistake(path, 0, 0, f"cannot be read: {error.strerror}")]) from error
    except UnicodeDecodeError as error:
        raise ConfigError([Mistake(path, 0, 0, "cannot be read: it is not UTF-8")]) from error
    try:
        data: Any = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # also a number of too many digits, and too many brackets
        raise ConfigError([_syntax_mistake(path, text, str(error))]) from error
    section: Location = ()
    if path.name == "pyproject.toml":
        section = _SECTION
        tool = data.get("tool")
        if not isinstance(tool, dict) or "feedback-lint" not in tool:
            return None
        data = tool["feedback-lint"]
    bare = Config(path, _DEFAULTS, text, section)
    if not isinstance(data, dict):
        raise ConfigError([bare.mistake((), f"“{section[-1]}” must be a table")])
    try:
        found = replace(bare, said=Keys.model_validate(data))
    except ValidationError as error:
        raise ConfigError(bare.mistake(e["loc"], _explained(e)) for e in error.errors(include_url=False)) from error
    return replace(found, bases=_bases(found, path, (*trail, path)))


def _bases(config: Config, path: Path, trail: tuple[Path, ...]) -> tuple[Config, ...]:
    """The files that one extends. Raises ConfigError with the mistakes of all of them."""
    bases: list[Config] = []
    mistakes: list[Mistake] = []
    for n, name in enumerate(config.said.extends):
        at: Location = ("extends", n)
        base = Path(os.path.normpath(path.parent / name))
        again = [m for m, known in enumerate(trail) if os.path.realpath(known) == os.path.realpath(base)]
        if again:
            chain = " → ".join(map(str, (*trail[again[0] :], base)))
            mistakes.append(config.mistake(at, f"a file cannot extend itself: {chain}"))
        elif not os.path.isfile(base):
            mistakes.append(config.mistake(at, f"there is no file “{name}” to extend ({base})"))
        else:
            try:
                found = _read(base, trail)
            except ConfigError as error:
                mistakes += error.mistakes
            else:
                if found:
                    bases.append(found)
                else:
                    mistakes.append(config.mistake(at, f"“{name}” has no section [{'.'.join(_SECTION)}]"))
    if mistakes:
        raise ConfigError(dict.fromkeys(mistakes))
    return tuple(bases)


def _syntax_mistake(path: Path, text: str, reason: str) -> Mistake:
    """A mistake from a message of tomllib, which tells the place only there."""
    match = re.fullmatch(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", reason, re.DOTALL)
    message, line, column = match.groups() if match else (reason, None, None)
    end = text.rstrip("\n").count("\n") + 1
    return Mistake(path, int(line or end), int(column or 1), f"not valid TOML: {message.lower()}")


def _explained(error: ErrorDetails) -> str:
    """One of pydantic's errors as a plain sentence with the nearest valid name."""
    key = next((part for part in reversed(error["loc"]) if isinstance(part, str)), "")
    kind, value = error["type"], error["input"]
    if kind == "extra_forbidden":
        table = Override if error["loc"][0] == "overrides" else Keys
        names = [info.alias or name for name, info in table.model_fields.items()]
        return f"unknown key “{key}”{did_you_mean(key, names)}"
    if kind == "missing":
        return f"the key “{key}” is missing"
    if kind in ("literal_error", "enum"):
        names = re.findall(r"'([^']+)'", error["ctx"]["expected"])
        near = did_you_mean(value, names) if isinstance(value, str) else ""
        return f"“{key}” must be {error['ctx']['expected'].replace(chr(39), '')}, not {value!r}{near}"
    if kind == "value_error":
        return str(error["ctx"]["error"])
    wanted = {
        "tuple_type": "a list",
        "string_type": "a string",
        "dict_type": "a table",
        "model_type": "a table",
        "bool_type": "true or false",
        "float_type": "a number",
        "finite_number": "a number",
        "greater_than_equal": "0 or more",
    }
    if isinstance(value, (list, tuple)) and not value:
        return f"“{key}” must not be empty"
    return f"“{key}” must be {wanted[kind]}" if kind in wanted else f"“{key}”: {error['msg']}"


def did_you_mean(word: str, names: Iterable[str]) -> str:
    """`; did you mean “…”?` with the most similar name, or nothing where none is similar."""
    near = difflib.get_close_matches(word, sorted(names), n=1, cutoff=0.5)
    return f"; did you mean “{near[0]}”?" if near else ""


@lru_cache(maxsize=64)
def _compiled(globs: tuple[str, ...]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec  # which few configurations need, and a hundredth of a run

    return GitIgnoreSpec.from_lines(globs)


def _places(text: str) -> dict[Location, Place]:
    """Line and column of each key and list item of a valid TOML text. (tomllib and tomlkit do not tell.)

    A statement is the shortest run of lines that is TOML by itself; within it, keys and items come in order.
    """
    places: dict[Location, Place] = {}
    tables: dict[Location, int] = {}
    lines = text.split("\n")
    table: Location = ()
    first = 0
    while first < len(lines):
        last = first + 1
        while True:
            chunk = "\n".join(lines[first:last])
            try:
                data = tomllib.loads(chunk)
                break
            except tomllib.TOMLDecodeError:
                last += 1
        if chunk.lstrip().startswith("["):
            table = _table_at(data, tables)
            places.setdefault(table, (first + 1, chunk.index("[") + 1))
        else:
            _find(data, table, chunk, 0, first, places)
        first = last
    return places


def _table_at(header: dict[str, Any], tables: dict[Location, int]) -> Location:
    """The location that a table header opens. `tables` counts the tables in each array of tables."""
    at: Location = ()
    value: Any = header
    while value:
        if isinstance(value, list):
            tables[at] = tables.get(at, -1) + 1
            return (*at, tables[at])
        name, value = next(iter(value.items()))
        at = (*at, name)
        if at in tables and not isinstance(value, list):
            at = (*at, tables[at])
    return at


def _find(value: Any, at: Location, chunk: str, cursor: int, first: int, places: dict[Location, Place]) -> int:
    """Note the places of what `value` holds, searching `chunk` from `cursor`; returns the new cursor."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in items:
        written = _written(inner) if isinstance(value, list) else re.escape(str(name))
        found = re.compile(written).search(chunk, cursor)
        start, cursor = found.span() if found else (cursor, cursor)
        line_start = chunk.rfind("\n", 0, start) + 1
        line = first + chunk.count("\n", 0, start) + 1
        places.setdefault((*at, name), (line, start - line_start + 1))
        cursor = _find(inner, (*at, name), chunk, cursor, first, places)
    return cursor


def _written(item: Any) -> str:
    """A pattern for how a list item begins in TOML."""
    if isinstance(item, (dict, list)):
        return r"\{" if isinstance(item, dict) else r"\["
    return rf"([\"']){re.escape(item)}\1" if isinstance(item, str) else re.escape(str(item).lower())
