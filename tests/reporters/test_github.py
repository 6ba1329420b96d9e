from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reporters.builders import diagnostic, rendered, report

from feedback_lint.diagnostic import Severity
from feedback_lint.input import InputError
from feedback_lint.reporters import printable
from feedback_lint.reporters.github import data, property_value

DRAFT = "Dear Ms. Osei,\n\nSend me your\nfeedback – now."


def undone(text: str, escapes: dict[str, str]) -> str:
    """As the runner undoes them: one after the other, `%` last."""
    for escape, character in (*escapes.items(), ("%25", "%")):
        text = text.replace(escape, character)
    return text


IN_DATA = {"%0D": "\r", "%0A": "\n"}
IN_PROPERTIES = IN_DATA | {"%3A": ":", "%2C": ","}


def commands(out: str) -> list[tuple[str, dict[str, str], str]]:
    """What the runner reads in the lines of standard output: the name, the properties and the message."""
    found = []
    for line in re.split(r"\r\n|\r|\n", out.removesuffix("\n")):
        before, command, message = line.lstrip().split("::", 2)
        assert before == ""
        name, properties = command.split(" ", 1)
        pairs = dict(pair.split("=", 1) for pair in properties.split(","))
        values = {key: undone(value, IN_PROPERTIES) for key, value in pairs.items()}
        found.append((name, values, undone(message, IN_DATA)))
    return found


def test_whole_report() -> None:
    one = replace(diagnostic(DRAFT, "Send me"), confidence=0.987)
    two = diagnostic(DRAFT, "Send me your\nfeedback", severity=Severity.WARNING)
    three = diagnostic(DRAFT, "", at=0, severity=Severity.SUGGESTION, rule="missing-name", message="100%, no name")
    out = rendered("github", (report(DRAFT, one, two, three),), (InputError("b:c.txt", "This file cannot be read."),))
    more = "%0Ahelp: Ask instead.%0Atry: “Would you share any feedback?”\n"
    assert out == (
        "::error file=draft.txt,line=3,endLine=3,col=1,endColumn=8,title=feedback-lint (demanding)"
        f"::that is an order (an impression, 99%25 sure){more}"
        "::warning file=draft.txt,line=3,endLine=4,title=feedback-lint (demanding)"
        f"::that is an order{more}"
        "::notice file=draft.txt,line=1,endLine=1,col=1,endColumn=1,title=feedback-lint (missing-name)"
        f"::100%25, no name{more.replace('try', 'add')}"
        "::error file=b%3Ac.txt::This file cannot be read.\n"
    )


def test_nothing_found_is_nothing_said() -> None:
    assert rendered("github", ()) == ""
    assert rendered("github", (report("x"),)) == ""


@given(st.text())
def test_the_runner_reads_what_was_meant(text: str) -> None:
    assert undone(data(text), IN_DATA) == text
    assert undone(property_value(text), IN_PROPERTIES) == text
    assert not set(property_value(text)) & set("\r\n:,")


HOSTILE = st.text(st.sampled_from(list("a:,=%\r\n]0DA3 ")) | st.characters(), min_size=1)


@given(HOSTILE, HOSTILE)
def test_words_make_no_command(words: str, name: str) -> None:
    path = f"d/{name.replace('/', '').replace(chr(0), '')}x.txt"
    found = diagnostic(DRAFT, "Send me", message=words, path=path)
    out = rendered("github", (report(DRAFT, found, path=path),), (InputError(path, words),))
    (_, first, message), (_, second, error) = commands(out)
    assert list(first) == ["file", "line", "endLine", "col", "endColumn", "title"]
    assert list(second) == ["file"]
    assert message.split("\n")[0] == error == printable(words)


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("a\nb\rc.txt", "a\nb\rc.txt"),
        ("two  spaces, a: b%.txt", "two  spaces, a: b%.txt"),
        ("caf\udce9.txt", "caf\\udce9.txt"),
        ("a\x1b.txt", "a\\x1b.txt"),
        ("./a/../b.txt", "b.txt"),
        ("/elsewhere/b.txt", "/elsewhere/b.txt"),
    ],
)
def test_a_path_is_the_one_in_the_repository(path: str, shown: str) -> None:
    ((_, properties, _),) = commands(rendered("github", (report(DRAFT, diagnostic(DRAFT, "Send", path=path)),)))
    assert properties["file"] == shown
