from __future__ import annotations

from pathlib import Path

import pytest

from feedback_lint.config import ConfigError, ConfigFinder, read_config
from feedback_lint.diagnostic import Severity

RULES = ("demanding", "rambling", "bitter", "long-sentence")
FORMATS = ("text", "json")
MEASURING = ("rambling", "long-sentence")


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def mistakes(path: Path) -> list[str]:
    """`line: message` of each mistake."""
    with pytest.raises(ConfigError) as caught:
        read_config(path).check_names(RULES, FORMATS, MEASURING)
    assert {m.path for m in caught.value.mistakes} == {path}
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
thresholds = {rambling = 250, long-sentence = 30.5}
[[overrides]]
paths = ["*.j2"]
mode = "draft"
""",
    )
    config = read_config(path)
    config.check_names(RULES, FORMATS, MEASURING)
    keys = config.keys
    assert keys.select == ("demanding", "rambling")
    assert keys.ignore == ("bitter",)
    assert (keys.fail_on, keys.stage, keys.mode) == ("error", "thanks", "template")
    assert (keys.model, keys.format) == ("en_core_web_md", "json")
    assert keys.severity == {"rambling": Severity.SUGGESTION}
    assert keys.thresholds == {"rambling": 250, "long-sentence": 30.5}
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
        ("[thresholds]\nrambling = -1\n", ["2: “rambling” must be 0 or more"]),
        ("[thresholds]\nrambling = '200'\n", ["2: “rambling” must be a number"]),
        ("[thresholds]\nrambling = true\n", ["2: “rambling” must be a number"]),
        ("[thresholds]\nrambling = nan\n", ["2: “rambling” must be a number"]),
        ("thresholds.rambling = inf\n", ["1: “rambling” must be a number"]),
        ("thresholds = 200\n", ["1: “thresholds” must be a table"]),
        (
            "[thresholds]\nlong-sentense = 30\n",
            ["2: there is no rule called “long-sentense”; did you mean “long-sentence”?"],
        ),
        (
            "[thresholds]\ndemanding = 3\n",
            ["2: “demanding” has no threshold; these rules have one: long-sentence, rambling"],
        ),
        (
            '[[overrides]]\npaths = ["a"]\nthresholds = {bitter = 1}\n',
            ["3: “bitter” has no threshold; these rules have one: long-sentence, rambling"],
        ),
        ("extends = 1\n", ["1: “extends” must be the name of a file, or a list of names"]),
        ("\nextends = ['']\n", ["2: '' is no name of a file or folder"]),
        ('extends = "a\\u0000"\n', ["1: 'a\\x00' is no name of a file or folder"]),
        ('extend-rules = ["a", "\\u0000"]\n', ["1: '\\x00' is no name of a file or folder"]),
        ('[[overrides]]\npaths = ["a"]\nextends = "b"\n', ["3: unknown key “extends”; did you mean “text-key”?"]),
        (f"x = {'9' * 5000}\n", ["1: not valid TOML: exceeds the limit"]),
        (f"x = {'[' * 50_000}\n", ["1: not valid TOML: "]),
        ("a = 1\r\nb = \r\n", ["2: not valid TOML: invalid value"]),
        ("select = ['x'\n", ["1: not valid TOML: unclosed array"]),
        ("a = 1\na = 2\n", ["2: not valid TOML: cannot overwrite a value"]),
    ],
)
def test_mistakes_name_the_line_and_the_nearest_name(tmp_path: Path, text: str, expected: list[str]) -> None:
    path = tmp_path / "feedback-lint.toml"
    path.write_bytes(text.encode())
    assert [m[: len(e)] for m, e in zip(mistakes(path), expected, strict=True)] == expected


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


# --- extends


def test_what_a_file_says_wins_over_what_it_extends(tmp_path: Path) -> None:
    write(tmp_path / "base.toml", 'stage = "thanks"\nmode = "template"\nselect = ["demanding"]\nformat = "json"\n')
    path = write(tmp_path / "team" / "feedback-lint.toml", 'extends = "../base.toml"\nstage = "request"\n')
    config = read_config(path)
    config.check_names(RULES, FORMATS, MEASURING)
    options = config.options(tmp_path / "team" / "x.txt")
    assert (options.stage, options.mode, options.select) == ("request", "template", ("demanding",))
    assert (config.keys.stage, config.keys.format, config.keys.fail_on) == ("request", "json", "warning")
    assert config.keys.extends == ("../base.toml",)


def test_lists_and_tables_of_extended_files_add_up(tmp_path: Path) -> None:
    write(
        tmp_path / "base.toml",
        """ignore = ["bitter"]
extend-rules = ["our-rules"]
placeholders = ["a"]
[severity]
bitter = "warning"
rambling = "error"
[thresholds]
rambling = 300
long-sentence = 30
""",
    )
    path = write(
        tmp_path / "team" / "feedback-lint.toml",
        """extends = ["../base.toml"]
ignore = ["demanding"]
extend-rules = ["rules", "../our-rules"]
placeholders = ["b"]
severity.rambling = "suggestion"
thresholds.rambling = 150
""",
    )
    config = read_config(path)
    options = config.options(path)
    assert options.ignore == ("bitter", "demanding")
    assert options.severity == {"bitter": Severity.WARNING, "rambling": Severity.SUGGESTION}
    assert options.thresholds == {"rambling": 150, "long-sentence": 30}
    assert options.placeholders == ("b",)
    assert [folder.resolve() for folder in config.rule_folders] == [tmp_path / "our-rules", tmp_path / "team" / "rules"]


def test_the_globs_of_an_extended_file_start_from_its_folder_and_come_first(tmp_path: Path) -> None:
    write(
        tmp_path / "base.toml",
        """[[overrides]]
paths = ["team/thanks/**"]
stage = "thanks"
mode = "template"
""",
    )
    path = write(
        tmp_path / "team" / "feedback-lint.toml",
        """extends = "../base.toml"
mode = "draft"
[[overrides]]
paths = ["thanks/odd.txt"]
stage = "request"
""",
    )
    config = read_config(path)
    usual = config.options(tmp_path / "team" / "thanks" / "x.txt")
    assert (usual.stage, usual.mode) == ("thanks", "template")
    odd = config.options(tmp_path / "team" / "thanks" / "odd.txt")
    assert (odd.stage, odd.mode) == ("request", "template")
    assert config.options(tmp_path / "team" / "team" / "thanks" / "x.txt").stage == "auto"


def test_of_several_bases_the_last_wins_and_each_counts_once(tmp_path: Path) -> None:
    write(tmp_path / "common.toml", 'stage = "request"\nmode = "draft"\nignore = ["bitter"]\n')
    write(tmp_path / "a.toml", 'extends = "common.toml"\nstage = "thanks"\nmode = "template"\n')
    write(tmp_path / "b.toml", 'extends = "./common.toml"\nstage = "follow-up"\n')
    config = read_config(write(tmp_path / "feedback-lint.toml", 'extends = ["a.toml", "b.toml"]\n'))
    options = config.options(tmp_path / "x.txt")
    assert (options.stage, options.mode, options.ignore) == ("follow-up", "template", ("bitter",))
    assert [file.path.name for file in config.files if file.path] == [
        "common.toml",
        "a.toml",
        "b.toml",
        "feedback-lint.toml",
    ]


def test_pyproject_extends_and_is_extended(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", '[tool.feedback-lint]\nfail-on = "error"\n')
    path = write(tmp_path / "a" / "pyproject.toml", '[tool.feedback-lint]\nextends = "../pyproject.toml"\n')
    assert read_config(path).keys.fail_on == "error"


def test_origins_name_the_file_of_each_value(tmp_path: Path) -> None:
    base = write(tmp_path / "base.toml", '# ours\nfail-on = "error"\nignore = ["bitter"]\nstage = "thanks"\n')
    path = write(
        tmp_path / "feedback-lint.toml",
        """extends = "base.toml"
ignore = ["rambling"]
stage = "request"
[thresholds]
rambling = 9
[[overrides]]
paths = ["*.txt"]
thresholds = {rambling = 8}
""",
    )
    origins = {key: (value, where) for key, value, where in read_config(path).origins(tmp_path / "x.txt")}
    assert origins["fail-on"] == ("error", f"{base}:2")
    assert origins["ignore"] == (("bitter", "rambling"), f"{base}:3, {path}:2")
    assert origins["stage"] == ("request", f"{path}:3")
    assert origins["extends"] == (("base.toml",), f"{path}:1")
    assert origins["thresholds"] == ({"rambling": 8}, f"{path}:4, {path}:8")
    assert origins["mode"] == ("auto", "default")


def test_a_base_that_is_missing_or_says_nothing_of_us_is_told_where_it_is_named(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", "[tool.ruff]\n")
    text = '# ours\nextends = [\n  "nope.toml",\n  ".",\n  "pyproject.toml",\n]\n'
    assert mistakes(write(tmp_path / "sub" / "a.toml", text.replace('"p', '"../p'))) == [
        f"3: there is no file “nope.toml” to extend ({tmp_path / 'sub' / 'nope.toml'})",
        f"4: there is no file “.” to extend ({tmp_path / 'sub'})",
        "5: “../pyproject.toml” has no section [tool.feedback-lint]",
    ]


def test_a_base_that_is_broken_is_told_with_its_own_line(tmp_path: Path) -> None:
    base = write(tmp_path / "base.toml", "\nselct = []\n")
    other = write(tmp_path / "other.toml", "stage = \n")
    path = write(tmp_path / "feedback-lint.toml", 'extends = ["base.toml", "other.toml", "./base.toml"]\n')
    with pytest.raises(ConfigError) as caught:
        read_config(path)
    assert str(caught.value).split("\n") == [
        f"{base}:2:1: unknown key “selct”; did you mean “select”?",
        f"{other}:1:9: not valid TOML: invalid value",
    ]


def test_names_that_a_base_gets_wrong_are_told_with_its_own_line(tmp_path: Path) -> None:
    base = write(tmp_path / "base.toml", 'format = "jsn"\nignore = ["biter"]\n[thresholds]\nbitter = 1\nramblin = 1\n')
    config = read_config(write(tmp_path / "feedback-lint.toml", 'extends = "base.toml"\nformat = "json"\n'))
    with pytest.raises(ConfigError) as caught:
        config.check_names(RULES, FORMATS, MEASURING)
    assert [(m.path, m.line) for m in caught.value.mistakes] == [(base, 2), (base, 5), (base, 1), (base, 4)]


@pytest.mark.parametrize("via", ["", "b.toml"])
def test_files_that_extend_themselves(tmp_path: Path, via: str) -> None:
    a, b = tmp_path / "a.toml", tmp_path / "b.toml"
    write(a, f'fail-on = "error"\nextends = "{via or "./a.toml"}"\n')
    write(b, 'extends = "a.toml"\n')
    chain = [a, b, a] if via else [a, a]
    with pytest.raises(ConfigError) as caught:
        read_config(a)
    (found,) = caught.value.mistakes
    assert (found.path, found.line) == ((b, 1) if via else (a, 2))
    assert found.message == f"a file cannot extend itself: {' → '.join(map(str, chain))}"


def test_a_link_to_the_file_itself_is_a_cycle(tmp_path: Path) -> None:
    path = write(tmp_path / "a.toml", 'extends = "link.toml"\n')
    (tmp_path / "link.toml").symlink_to(path)
    (message,) = mistakes(path)
    assert message.startswith("1: a file cannot extend itself: ")


def test_the_nearest_file_upwards_is_not_extended_unless_it_is_named(tmp_path: Path) -> None:
    write(tmp_path / "feedback-lint.toml", 'fail-on = "error"\n')
    write(tmp_path / "a" / "feedback-lint.toml", 'stage = "thanks"\n')
    write(tmp_path / "b" / "feedback-lint.toml", 'extends = "../feedback-lint.toml"\n')
    finder = ConfigFinder()
    assert finder.of(tmp_path / "a").keys.fail_on == "warning"
    assert finder.of(tmp_path / "b").keys.fail_on == "error"


def test_a_base_on_another_drive_has_globs_for_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = '[[overrides]]\npaths = ["*-thanks.txt"]\nstage = "thanks"\n'
    config = read_config(write(tmp_path / "feedback-lint.toml", text))

    def none_leads_there(*_: object) -> str:
        raise ValueError("path is on mount 'D:', start on mount 'C:'")

    monkeypatch.setattr("os.path.relpath", none_leads_there)
    assert config.options(Path("/x/my-thanks.txt")).stage == "thanks"
    assert config.options(Path("/x/my.txt")).stage == "auto"
