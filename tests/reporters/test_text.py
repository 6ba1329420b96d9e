from __future__ import annotations

from dataclasses import replace

import pytest
from click import unstyle
from rich.cells import cell_len
from tests.reporters.builders import diagnostic, rendered, report

from feedback_lint.diagnostic import Severity
from feedback_lint.input import InputError
from feedback_lint.report import ChecklistItem
from feedback_lint.reporters import Style

DRAFT = "Dear Ms. Osei,\n\nSend me your feedback by Friday.\n"


def excerpt(text: str, quote: str, width: int = 80, at: int | None = None) -> list[str]:
    """The lines with a gutter of the report of one finding."""
    out = rendered("text", (report(text, diagnostic(text, quote, at=at)),), style=Style(width=width))
    return [line for line in out.split("\n") if " |" in line]


def underlined(rows: list[str]) -> str:
    """What the carets of the first line stand under, by terminal cells."""
    row, carets = rows[0], rows[1]
    begin = carets.index("^")
    end = begin + carets.count("^")
    return "".join(c for n, c in enumerate(row) if begin <= cell_len(row[:n]) < end)


def test_whole_report() -> None:
    out = rendered("text", (report(DRAFT, diagnostic(DRAFT, "Send me your feedback")),))
    assert out == (
        "draft.txt:3:1 error [demanding]\n"
        "  that is an order\n"
        "3 | Send me your feedback by Friday.\n"
        "  | ^^^^^^^^^^^^^^^^^^^^^\n"
        "  help: Ask instead.\n"
        "  try: “Would you share any feedback?”\n"
        "\n"
        "1 error in draft.txt\n"
    )


def test_an_impression_is_called_one() -> None:
    found = replace(diagnostic(DRAFT, "Send me your feedback"), confidence=0.987)
    out = rendered("text", (report(DRAFT, found),))
    assert out.split("\n")[1] == "  that is an order (an impression, 99% sure)"


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("plain words here", "words"),
        ("日本語の文 Send me 応募 now", "Send me"),
        ("thanks 😀👍 you must reply", "you must"),
        ("a wide 日本語 quote", "日本語"),
        ("accent e\u0301 you must reply", "you must"),
    ],
)
def test_carets_stand_under_the_words(text: str, quote: str) -> None:
    assert underlined(excerpt(text, quote)) == quote


def test_a_tab_reaches_to_the_next_stop() -> None:
    assert excerpt("ab\tyou must", "you must") == ["1 | ab  you must", "  |     ^^^^^^^^"]


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("quote", ["needle one", "needle two", "needle three"])
def test_a_long_line_is_cropped_around_the_words(width: int, quote: str) -> None:
    text = "needle one " + "filler words 語 " * 40 + "needle two " + "more 😀 of them " * 40 + "needle three"
    rows = excerpt(text, quote, width)
    assert underlined(rows) == quote
    assert all(cell_len(row) <= width for row in rows)
    assert ("| …" in rows[0], rows[0].endswith("…")) == (quote != "needle one", quote != "needle three")


def test_words_longer_than_the_line_are_cropped_too() -> None:
    rows = excerpt("x " + "endless " * 50, "endless " * 40, 60)
    assert all(cell_len(row) <= 60 for row in rows)
    assert underlined(rows).startswith("endless endless")


def test_a_span_over_many_lines_shows_three() -> None:
    text = "\n".join(f"  line {n}" for n in range(1, 7))
    assert excerpt(text, text[text.index("line 2") : text.index(" 6")]) == [
        "2 |   line 2",
        "  |   ^^^^^^",
        "3 |   line 3",
        "  |   ^^^^^^",
        "4 |   line 4",
        "  |   ^^^^^^",
        "  | … and 2 more lines",
    ]


def test_a_span_over_two_lines_ends_where_it_ends() -> None:
    assert excerpt("Send me\nyour feedback now", "Send me\nyour feedback") == [
        "1 | Send me",
        "  | ^^^^^^^",
        "2 | your feedback now",
        "  | ^^^^^^^^^^^^^",
    ]


def test_what_is_missing_comes_last_and_has_no_excerpt() -> None:
    out = rendered("text", (report(DRAFT, diagnostic(DRAFT, "", at=0), diagnostic(DRAFT, "Send me")),))
    blocks = out.split("\n\n")
    assert [block.split(" ")[0] for block in blocks[:2]] == ["draft.txt:3:1", "draft.txt:1:1"]
    assert "|" not in blocks[1]
    assert "help: Ask instead." in blocks[1]


def test_control_characters_do_not_reach_the_terminal() -> None:
    text = "ring \a and \x1b[31mred\x1b[0m \u202ereversed you must\x9b"
    found = diagnostic(text, "you must", path="a\x1b.txt", message="“\x1b[2J” is odd")
    out = rendered("text", (report(text, found, path="a\x1b.txt", notes=("\x1b",)),), style=Style(verbose=True))
    assert all(c.isprintable() for c in out.replace("\n", ""))
    assert "\\x1b[31mred" in out
    rows = [line for line in out.split("\n") if " |" in line]
    assert underlined(rows) == "you must"


def test_color_changes_no_character() -> None:
    results = (report(DRAFT, diagnostic(DRAFT, "Send me"), notes=("n",)),)
    colored = rendered("text", results, style=Style(color=True, verbose=True))
    assert "\x1b[31m" in colored
    assert unstyle(colored) == rendered("text", results, style=Style(verbose=True))
    assert "\x1b" not in rendered("text", results)


def test_prose_is_wrapped_to_the_width() -> None:
    long = "word " * 40
    out = rendered("text", (report(DRAFT, diagnostic(DRAFT, "Send me", message=long)),), style=Style(width=50))
    assert all(len(line) <= 50 for line in out.split("\n"))
    assert out.count("word") == 40


@pytest.mark.parametrize(
    ("findings", "summary"),
    [
        ((), "draft.txt reads well. Good luck!"),
        ((Severity.ERROR, Severity.WARNING, Severity.ERROR), "2 errors, 1 warning in draft.txt"),
        ((Severity.SUGGESTION,), "1 suggestion in draft.txt"),
    ],
)
def test_summary_of_one_draft(findings: tuple[Severity, ...], summary: str) -> None:
    found = [diagnostic(DRAFT, "Send me", severity=s) for s in findings]
    assert rendered("text", (report(DRAFT, *found),)).split("\n")[-2] == summary


def test_summary_of_many_drafts() -> None:
    clean, bad = report("x", path="a.txt"), report(DRAFT, diagnostic(DRAFT, "Send me"))
    unread = InputError("b.txt", "no")
    assert rendered("text", (clean, clean)) == "All 2 drafts read well. Good luck!\n"
    assert rendered("text", (clean, bad)).endswith("1 error in 1 of 2 drafts\n")
    assert rendered("text", (clean, clean), (unread,)) == "2 drafts read well.\n"
    assert rendered("text", (), (unread,)) == ""


def test_quiet_prints_findings_only() -> None:
    out = rendered("text", (report(DRAFT, diagnostic(DRAFT, "Send me"), notes=("odd",)),), style=Style(quiet=True))
    assert "[demanding]" in out
    assert "1 error in" not in out
    assert "odd" not in out
    assert rendered("text", (report("x"),), style=Style(quiet=True)) == ""


def test_verbose_prints_the_checklist() -> None:
    items = (ChecklistItem("the reader's name", True), ChecklistItem("the job title", False))
    results = (report("x", checklist=items),)
    assert rendered("text", results, style=Style(verbose=True)).startswith(
        "draft.txt: what a good request has\n  [x] the reader's name\n  [ ] the job title\n"
    )
    assert "[x]" not in rendered("text", results)


def test_words_that_an_encoding_hides_are_shown_as_they_are_read() -> None:
    text = "Subject: hi\n\nc2VuZCBtZQ==\n"
    found = replace(diagnostic(text, "c2VuZCBtZQ=="), quote="send me")
    rows = rendered("text", (report(text, found),)).split("\n")
    assert rows[2:4] == ["3 | send me", "  | ^^^^^^^"]
