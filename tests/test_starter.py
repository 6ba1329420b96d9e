from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest

from feedback_lint.config import Config, read_config
from feedback_lint.diagnostic import Diagnostic, Severity
from feedback_lint.document import Mode, Source, Stage
from feedback_lint.linter import Linter
from feedback_lint.readers import Keys
from feedback_lint.report import Report
from feedback_lint.reporters import FORMATS
from feedback_lint.rule_files import load_ruleset
from feedback_lint.settings import Settings
from feedback_lint.starter import Starter, StarterError, starter, write
from feedback_lint.text import Position, Span

HI = "Dear {{ first_name }},\n\nThank you. What could I do better in the {{ job_title }} role?\n\n{{ sender.name }}\n"


def found(rule: str, severity: Severity = Severity.WARNING) -> Diagnostic:
    return Diagnostic("x", rule, severity, "m", "h", Span(0, 1), Position(1, 1), Position(1, 2), "q")


def report(
    path: Path,
    text: str = HI,
    *diagnostics: Diagnostic,
    stage: Stage = Stage.REQUEST,
    mode: Mode = Mode.TEMPLATE,
    words: int = 50,
) -> Report:
    return Report(Source(str(path), text), stage, mode, words, diagnostics)


def configured(folder: Path, begun: Starter) -> Config:
    """The text as our own reader takes it."""
    folder.mkdir(parents=True, exist_ok=True)
    config = read_config(write(folder, begun.text))
    rules = load_ruleset()
    config.check_names(rules.ids, FORMATS, rules.measuring)
    return config


def uncommented(text: str, *beginnings: str) -> str:
    """The text with lines that begin so taken in."""
    lines = text.split("\n")
    return "\n".join(line.replace("# ", "", 1) if line.strip().startswith(beginnings) else line for line in lines)


def test_a_library_of_templates(tmp_path: Path) -> None:
    begun = starter(tmp_path, [report(tmp_path / f"{n}.txt.j2") for n in range(3)])
    options = configured(tmp_path, begun).options(tmp_path / "0.txt.j2")
    assert options.mode == "template"
    assert options.placeholders == ("first_name", "job_title", "sender.name")
    assert options.ignore == ()
    assert "3 emails in 3 files (3 .j2)" in begun.summary
    assert "first_name, job_title, sender.name, written {{ }}" in begun.summary


def test_the_listed_names_are_those_that_a_check_accepts(tmp_path: Path, linter: Linter) -> None:
    text = (
        "Dear {{ user.first_name | title }},\n\n{% for d in days %}{{ d }}{% endfor %} Thanks, {{ greet(team) }}.\n\n"
        "I liked the [Job Title] talk in ${city} with %(panel)s. ____ {{.Lead}}\n\n*|SENDER|*\n"
    )
    source = Source(str(tmp_path / "a.template.txt"), text)
    chosen = frozenset({"malformed-placeholder"})
    reports = linter.lint(source, Settings(chosen))
    names = configured(tmp_path, starter(tmp_path, reports)).options(tmp_path / "a").placeholders
    assert names == ("Job Title", "Lead", "SENDER", "city", "greet", "panel", "user.first_name")
    assert linter.lint(source, Settings(chosen, placeholders=frozenset()))[0].diagnostics
    assert not linter.lint(source, Settings(chosen, placeholders=frozenset(names)))[0].diagnostics


def test_names_that_are_likely_misspelt_are_left_out(tmp_path: Path) -> None:
    usual = "Dear {{ first_name }}, {{ job_title }}, {{ job_title }} and {{ Job_Title }}"
    texts = [usual, usual, usual, "Dear {{ frist_name }}, {{ address2 }} {{ firstName }}"]
    begun = starter(tmp_path, [report(tmp_path / f"{n}.j2", text) for n, text in enumerate(texts)])
    names = configured(tmp_path, begun).options(tmp_path / "0.j2").placeholders
    assert names == ("first_name", "job_title", "address2", "firstName")
    assert '# "frist_name",  # in 1 file; meant is "first_name"?' in begun.text
    assert '"frist_name" (meant is "first_name"?)' in begun.summary


def test_drafts_are_no_templates_but_drafts_with_blanks_are(tmp_path: Path) -> None:
    drafts = [report(tmp_path / f"{n}.txt", "Dear Ana,\n\nHi.\n", mode=Mode.DRAFT) for n in range(3)]
    config = configured(tmp_path / "a", starter(tmp_path, drafts))
    assert (config.keys.mode, config.keys.placeholders) == ("auto", None)
    blank = found("unfilled-placeholder", Severity.ERROR)
    blanks = [report(tmp_path / f"{n}.txt", "Dear [First Name],\n\nHi.\n", blank, mode=Mode.DRAFT) for n in range(3)]
    begun = starter(tmp_path, blanks)
    config = configured(tmp_path / "b", begun)
    assert (config.keys.mode, config.keys.placeholders) == ("template", ("First Name",))
    assert "unfilled-placeholder" not in begun.text
    assert "Findings: none." in begun.summary


def test_findings_are_counted_and_can_be_taken_in(tmp_path: Path) -> None:
    noisy = found("missing-name")
    reports = [report(tmp_path / f"{n}.j2", HI, noisy, noisy, found("bitter", Severity.ERROR)) for n in range(2)]
    begun = starter(tmp_path, reports)
    assert '# "missing-name",  # 4 findings in 2 files' in begun.text
    assert begun.text.index('"missing-name"') < begun.text.index('"bitter"')
    assert 'fail-on = "warning"  # found were 2 errors, 4 warnings' in begun.text
    assert "missing-name 4, bitter 2" in begun.summary
    taken = tomllib.loads(uncommented(begun.text, '# "'))
    assert taken["ignore"] == ["missing-name", "bitter"]


def test_commented_lines_are_valid_when_they_are_taken_in(tmp_path: Path) -> None:
    begun = starter(tmp_path, [])
    rules = ("# [thres", "# hard", "# long-", "# rambling", "# too-")
    text = uncommented(begun.text, "# mode =", "# placeholders =", "# text-key", "# ignore =", *rules)
    keys = configured(tmp_path, Starter(text, "")).keys
    assert keys.thresholds == {rule: load_ruleset().get(rule).threshold for rule in load_ruleset().measuring}
    assert (keys.mode, keys.text_key, keys.ignore) == ("template", "body", ("missing-closing",))
    assert keys.placeholders == ("first_name", "job_title")


def stages(folder: Path, paths: Iterable[str], stage: Stage) -> list[Report]:
    return [report(folder / path, stage=stage) for path in paths]


@pytest.mark.parametrize(
    ("name", "stage"),
    [
        ("thanks", "thanks"),
        ("Thank-You notes", "thanks"),
        ("follow_ups", "follow-up"),
        ("en/FollowUp", "follow-up"),
        ("feedback-requests/junior", "request"),
        ("a [b]/#thanks! *", "thanks"),
        ("!requests", "request"),
        ("\\thanks?\x7f é", "thanks"),
        ("tasks", None),
        ("misc", None),
        ("thanks-and-follow-up", None),
    ],
)
def test_a_folder_that_tells_the_stage_sets_it(tmp_path: Path, name: str, stage: str | None) -> None:
    path = tmp_path / name / "a.j2"
    reports = stages(tmp_path, [f"{name}/a.j2"], Stage(stage) if stage else Stage.THANKS)
    begun = starter(tmp_path, [*reports, *stages(tmp_path, ["thanks.j2"], Stage.THANKS)])
    config = configured(tmp_path, begun)
    assert config.options(path).stage == (stage or "auto")
    assert config.options(tmp_path / "thanks.j2").stage == "auto"
    assert len(config.said.overrides) == (stage is not None)


def test_inner_folders_win_over_outer_ones(tmp_path: Path) -> None:
    inner = stages(tmp_path, ["requests/thanks/a.j2"], Stage.THANKS)
    config = configured(tmp_path, starter(tmp_path, [*inner, *stages(tmp_path, ["requests/a.j2"], Stage.REQUEST)]))
    assert config.options(tmp_path / "requests" / "thanks" / "a.j2").stage == "thanks"
    assert config.options(tmp_path / "requests" / "a.j2").stage == "request"


def test_a_folder_whose_mails_read_otherwise_is_only_a_comment(tmp_path: Path) -> None:
    reports = stages(tmp_path, ["requests/a.j2"], Stage.REQUEST)
    reports += stages(tmp_path, ["requests/b.j2", "requests/c.j2"], Stage.THANKS)
    begun = starter(tmp_path, reports)
    assert configured(tmp_path, begun).options(tmp_path / "requests" / "a.j2").stage == "auto"
    assert '# stage = "request"  # 1 of 3 emails reads so' in begun.text


def test_names_that_toml_cannot_hold_are_passed_over(tmp_path: Path) -> None:
    begun = starter(tmp_path, stages(tmp_path, ["thanks\udce9/a.j2"], Stage.THANKS))
    assert configured(tmp_path, begun).said.overrides == ()


def test_mails_outside_the_folder_count_too(tmp_path: Path) -> None:
    begun = starter(tmp_path / "in", stages(tmp_path, ["thanks/a.j2"], Stage.THANKS))
    assert configured(tmp_path / "in", begun).said.overrides == ()
    assert "1 email in 1 file" in begun.summary


def test_libraries_of_strings_name_their_keys(tmp_path: Path) -> None:
    text = "- subject: About {{ job }}\n  body: Dear {{ name }}\n- body: Hi {{ name }}\n"
    reports = [report(tmp_path / "a.yaml", text), report(tmp_path / "a.yaml", text)]
    begun = starter(tmp_path, reports, Keys("body", "subject"))
    keys = configured(tmp_path, begun).keys
    assert (keys.text_key, keys.subject_key) == ("body", "subject")
    assert keys.placeholders == ("job", "name")
    assert "2 emails in 1 file" in begun.summary


def test_the_configuration_above_is_extended(tmp_path: Path) -> None:
    above = tmp_path / "pyproject.toml"
    above.write_text('[tool.feedback-lint]\nformat = "json"\n', encoding="utf-8")
    config = configured(tmp_path / "a" / "b", starter(tmp_path / "a" / "b", [], above=above))
    assert config.said.extends == ("../../pyproject.toml",)
    assert config.keys.format == "json"


def test_a_configuration_that_is_there_stays(tmp_path: Path) -> None:
    path = write(tmp_path, "# new\n")
    assert path.read_bytes() == b"# new\n"
    with pytest.raises(StarterError, match="there is a configuration already, which stays as it is"):
        write(tmp_path, "other")
    assert path.read_bytes() == b"# new\n"
    path.unlink()
    path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StarterError, match="there is a configuration already"):
        write(tmp_path, "other")
    with pytest.raises(StarterError, match=r"the configuration cannot be written: No such file or directory\."):
        write(tmp_path / "nope", "other")
