from __future__ import annotations

import time

import pytest

from feedback_lint.readers.html.tags import Kind, pieces


def cut(text: str) -> list[str]:
    """Each piece as its kind's first letter and what it is in the text."""
    return [f"{p.kind.name[0]}:{text[p.span.start : p.span.end]}" for p in pieces(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a<b>c</b>", ["T:a", "S:<b>", "T:c", "E:</b>"]),
        ("a < b <3 c<", ["T:a < b <3 c<"]),
        ('<a title="x > y" href=z>l', ['S:<a title="x > y" href=z>', "T:l"]),
        ("<a title='it\"s > so'>l", ["S:<a title='it\"s > so'>", "T:l"]),
        ('<a title="never closed>l', ['S:<a title="never closed>', "T:l"]),
        ("a<!-- x > y -- -->b", ["T:a", "T:b"]),
        ("a<!-->b<!--->c<!-- --!>d", ["T:a", "T:b", "T:c", "T:d"]),
        ("a<!-- b", ["T:a"]),
        ("a<!DOCTYPE html>b<?xml version='1.0'?>c</>d</ e>f", ["T:a", "T:b", "T:c", "T:d", "T:f"]),
        ("<!--[if mso]><p>x</p><![endif]-->a", ["T:a"]),
        ("<![if !mso]>a<![endif]>", ["T:a"]),
        ("<!--[if !mso]><!-->a<!--<![endif]-->", ["T:a"]),
        ("<style>a > b { } </b></style >c", ["S:<style>", "R:a > b { } </b>", "E:</style >", "T:c"]),
        ("<script>if (a</script", ["S:<script>", "R:if (a</script"]),
        ("<title>a</title>b", ["S:<title>", "R:a", "E:</title>", "T:b"]),
        ("a <b and then nothing", ["T:a <b and then nothing"]),
        ("a <%= b > c %> d", ["T:a ", "E:<%= b > c %>", "T: d"]),
        ("<a href=<%= b > c %>>d", ["S:<a href=<%= b > c %>>", "T:d"]),
        ("a <% b", ["T:a <% b"]),
        ("<<First Name>>", ["E:<<First Name>>"]),
        ("<o:p>&nbsp;</o:p>", ["S:<o:p>", "T:&nbsp;", "E:</o:p>"]),
        ("", []),
    ],
)
def test_pieces(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_attributes() -> None:
    (tag,) = pieces("""<DIV Class='a b' id=x hidden style="color:&quot;red&quot;" id=y data-n = 1 />""")
    assert tag.kind is Kind.START
    assert tag.name == "div"
    assert tag.attributes == {"class": "a b", "id": "x", "hidden": "", "style": 'color:"red"', "data-n": "1"}


def test_an_endless_number_in_an_attribute() -> None:
    (tag,) = pieces(f"<p style='&#{'9' * 9000};'>")
    assert tag.name == "p"


@pytest.mark.parametrize(
    "part",
    [
        "<!--",
        "<!",
        "<a ",
        "<a b='",
        '<a x=">" ',
        "<%",
        "<a <%",
        "<<a",
        "</",
        "<script>",
        "<title></titl>",
        "<a = ",
        "&",
    ],
)
def test_time_grows_with_the_length(part: str) -> None:
    started = time.process_time()
    assert sum(1 for _ in pieces(part * (300_000 // len(part)))) < 300_000
    assert time.process_time() - started < 3
