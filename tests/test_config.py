from __future__ import annotations

from pathlib import Path

import pytest

from feedback_lint.config import ConfigError, ConfigFinder, read_config
from feedback_lint.diagnostic import Severity

RULES = ("demanding", "rambling", "bitter")
FORMATS = ("text", "json")


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def mistakes(path: Path) -> list[str]:
    """`line: message` of each mistake."""
    with pytest.raises(ConfigError) as caught:
        read_config(path).check_names(RULES, FORMATS)
    assert all(str(path) in line for line in str(caught.value).split("\n"))
    return [f"{m.line}: {m.message}" for m in caught.value.mistakes]


def test_every_key(tmp_path: Path) -> None:
    path = write(
        tmp_path / "feedback-lint.toml",
        """
select = ["demanding", "rambling"]
ignore = ["bitter"]
fail-on = "error"
stage = "thanks"
mode = "template"
model = "en_core_web_md"
format = "json"
extend-rules = ["rules"]
placeholders = ["first_name"]
reader = false
severity = {rambling = "suggestion"}
[[overrides]]
paths = ["*.j2"]
mode = "draft"
""",
    )
    config = read_config(path)
    config.check_names(RULES, FORMATS)
    keys = config.keys
    assert keys.select == ("demanding", "rambling")
    assert keys.ignore == ("bitter",)
    assert (keys.fail_on, keys.stage, keys.mode) == ("error", "thanks", "template")
    assert (keys.model, keys.format) == ("en_core_web_md", "json")
    assert keys.severity == {"rambling": Severity.SUGGESTION}
    assert keys.placeholders == ("first_name",)
    assert keys.reader is False
    assert config.rule_folders == (tmp_path / "rules",)


def test_the_nearest_file_upwards_counts(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", '[tool.feedback-lint]\nfail-on = "error"\n')
    write(tmp_path / "a" / "feedback-lint.toml", 'fail-on = "never"\n')
    write(tmp_path / "b" / "pyproject.toml", "[tool.ruff]\n")
    finder = ConfigFinder()
    assert finder.of(tmp_path / "a" / "deep" / "er" / "x.txt").keys.fail_on == "never"
    assert finder.of(tmp_path / "b" / "x.txt").keys.fail_on == "error"
    assert finder.of(tmp_path / "a").keys.fail_on == "never"


def test_our_own_file_comes_before_pyproject(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", '[tool.feedback-lint]\nfail-on = "error"\n')
    write(tmp_path / "feedback-lint.toml", 'fail-on = "never"\n')
    assert ConfigFinder().of(tmp_path).keys.fail_on == "never"


def test_an_explicit_file_is_used_everywhere(tmp_path: Path) -> None:
    write(tmp_path / "feedback-lint.toml", 'fail-on = "error"\n')
    named = write(tmp_path / "other.toml", 'fail-on = "never"\n')
    assert ConfigFinder(named).of(tmp_path / "x.txt").keys.fail_on == "never"
    assert ConfigFinder(named).of(Path("/")).path == named


def test_a_folder_is_read_once(tmp_path: Path) -> None:
    path = write(tmp_path / "feedback-lint.toml", 'fail-on = "error"\n')
    finder = ConfigFinder()
    first = finder.of(tmp_path / "a.txt")
    path.unlink()
    assert finder.of(tmp_path / "b.txt") is first


def test_without_a_file_the_defaults_count(tmp_path: Path) -> None:
    config = ConfigFinder().of(tmp_path)
    assert config.path is None
    assert {origin for _, _, origin in config.origins(tmp_path)} == {"default"}


OVERRIDES = """\
[tool.other]
select = 1

[tool.feedback-lint]
ignore = ["bitter"]
stage = "request"

[[tool.feedback-lint.overrides]]
paths = ["thanks/**", "*-thanks.txt"]
stage = "thanks"
ignore = ["rambling"]

[[tool.feedback-lint.overrides]]
paths = ["*.txt", "!plain.txt"]
select = ["demanding"]
[tool.feedback-lint.overrides.severity]
demanding = "warning"
"""


def test_overrides_apply_where_their_globs_match(tmp_path: Path) -> None:
    config = read_config(write(tmp_path / "pyproject.toml", OVERRIDES))
    assert config.options(tmp_path / "mail.md").stage == "request"
    deep = config.options(tmp_path / "sub" / "thanks" / "x.md")
    assert deep.stage == "request"
    thanks = config.options(tmp_path / "thanks" / "sub" / "x.txt")
    assert (thanks.stage, thanks.ignore, thanks.select) == ("thanks", ("bitter", "rambling"), ("demanding",))
    assert thanks.severity == {"demanding": Severity.WARNING}
    assert config.options(tmp_path / "plain.txt").select is None
    assert config.options(tmp_path.parent / "my-thanks.txt").stage == "thanks"


def test_relative_paths_match_from_the_folder_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = read_config(write(tmp_path / "pyproject.toml", OVERRIDES))
    (tmp_path / "thanks").mkdir()
    monkeypatch.chdir(tmp_path / "thanks")
    assert config.options(Path("x.md")).stage == "thanks"


def test_origins_name_file_and_line(tmp_path: Path) -> None:
    path = write(tmp_path / "pyproject.toml", OVERRIDES)
    config = read_config(path)
    origins = {key: (value, where) for key, value, where in config.origins(tmp_path / "thanks" / "x.txt")}
    assert origins["stage"] == ("thanks", f"{path}:10")
    assert origins["ignore"] == (("bitter", "rambling"), f"{path}:5, {path}:11")
    assert origins["select"] == (("demanding",), f"{path}:15")
    assert origins["severity"] == ({"demanding": Severity.WARNING}, f"{path}:16")
    assert origins["fail-on"] == ("warning", "default")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\n\nselct = []\n", ["3: unknown key “selct”; did you mean “select”?"]),
        ("fail_on = 'error'\n", ["1: unknown key “fail_on”; did you mean “fail-on”?"]),
        (
            'fail-on = "warn"\n',
            ["1: “fail-on” must be error, warning, suggestion or never, not 'warn'; did you mean “warning”?"],
        ),
        ("# stage\nstage = 3\n", ["2: “stage” must be auto, request, thanks or follow-up, not 3"]),
        ('select = "demanding"\n', ["1: “select” must be a list"]),
        ("ignore = [\n  'bitter',\n  7,\n]\n", ["3: “ignore” must be a string"]),
        ("severity = 1\n", ["1: “severity” must be a table"]),
        ('reader = "no"\n', ["1: “reader” must be true or false"]),
        (
            '[severity]\nbitter = "error"\nrambling = "eror"\n',
            ["3: “rambling” must be error, warning or suggestion, not 'eror'; did you mean “error”?"],
        ),
        (
            'select = [\n  "bitter", # rambling\n  "ramblin",\n]\n',
            ["3: there is no rule called “ramblin”; did you mean “rambling”?"],
        ),
        (
            '[severity]\ndemandin = "error"\n',
            ["2: there is no rule called “demandin”; did you mean “demanding”?"],
        ),
        ("severity.zzz = 'error'\n", ["1: there is no rule called “zzz”"]),
        ('format = "jsn"\n', ["1: there is no format called “jsn”; did you mean “json”?"]),
        ('[[overrides]]\nstage = "thanks"\n', ["1: the key “paths” is missing"]),
        ("[[overrides]]\npaths = []\n", ["2: “paths” must not be empty"]),
        ('[[overrides]]\npaths = ["!"]\n', ["2: Invalid git pattern: '!'"]),
        (
            '[[overrides]]\npaths = ["a"]\n\n[[overrides]]\npaths = ["b"]\npath = 1\nformat = "x"\n',
            ["6: unknown key “path”; did you mean “paths”?", "7: unknown key “format”"],
        ),
        (
            'overrides = [\n {paths = ["a"], ignore = ["bitter"]},\n {paths = ["b"], ignore = ["biter"]}]\n',
            ["3: there is no rule called “biter”; did you mean “bitter”?"],
        ),
        ("a = 1\r\nb = \r\n", ["2: not valid TOML: invalid value"]),
        ("select = ['x'\n", ["1: not valid TOML: unclosed array"]),
        ("a = 1\na = 2\n", ["2: not valid TOML: cannot overwrite a value"]),
    ],
)
def test_mistakes_name_the_line_and_the_nearest_name(tmp_path: Path, text: str, expected: list[str]) -> None:
    path = tmp_path / "feedback-lint.toml"
    path.write_bytes(text.encode())
    assert mistakes(path) == expected


def test_mistakes_in_pyproject_are_counted_from_its_top(tmp_path: Path) -> None:
    text = '[project]\nname = "x"\n\n[tool.feedback-lint]\nselect = ["demanding"]\nselct = 1\n'
    path = write(tmp_path / "pyproject.toml", text)
    assert mistakes(path) == ["6: unknown key “selct”; did you mean “select”?"]


def test_a_named_pyproject_must_have_our_table(tmp_path: Path) -> None:
    path = write(tmp_path / "pyproject.toml", "[tool.ruff]\n")
    assert mistakes(path) == ["0: it has no section [tool.feedback-lint]"]


def test_a_table_that_is_no_table(tmp_path: Path) -> None:
    path = write(tmp_path / "pyproject.toml", "[tool]\nfeedback-lint = 1\n")
    assert mistakes(path) == ["2: “feedback-lint” must be a table"]


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    binary = tmp_path / "feedback-lint.toml"
    binary.write_bytes(b"\xff\xfe\x00")
    assert mistakes(binary) == ["0: cannot be read: it is not UTF-8"]
    assert mistakes(tmp_path / "nope.toml") == ["0: cannot be read: No such file or directory"]


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    path = tmp_path / "feedback-lint.toml"
    path.write_bytes(b'\xef\xbb\xbffail-on = "error"\r\n')
    assert read_config(path).keys.fail_on == "error"


def test_a_broken_file_breaks_its_folder_only(tmp_path: Path) -> None:
    write(tmp_path / "a" / "feedback-lint.toml", "x = 1\n")
    finder = ConfigFinder()
    for name in ("1.txt", "deep/2.txt"):
        with pytest.raises(ConfigError):
            finder.of(tmp_path / "a" / name)
    assert finder.of(tmp_path / "b" / "3.txt").path is None
