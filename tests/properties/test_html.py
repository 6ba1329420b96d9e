from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape
from html.parser import HTMLParser
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from feedback_lint.document import Mode, Projection, Source
from feedback_lint.readers import html
from feedback_lint.segment import segment
from feedback_lint.text import Span

# What is put into a text without changing what it says: between any two characters, or where a space is.
NOTHING = [
    "<b>",
    "</b>",
    "<i class='x'>",
    "</i>",
    "<span style=\"color: red; font-family: 'A > B'\">",
    "</span>",
    "</nosuch>",
    "<o:p></o:p>",
    "&shy;",
    "\u00ad",
    "&#173;",
    "<wbr>",
    "<!-- x > <p>y</p> -->",
    "<!--[if mso]><p>z</p><![endif]-->",
    "<![if !mso]>",
    "<![endif]>",
    "<span hidden>no</span>",
    "<a href=x.html>",
    "</a>",
    "<style>p > a { color: red }</style>",
]
SPACES = [" ", "\n", "\r\n", "\r", "\t", "  \n ", "&#32;", "\n<b>\n", " <!-- - --> ", "&#10;"]
BREAKS = [
    "<br>",
    "<BR/>",
    "</p><p>",
    "<p class=MsoNormal>",
    "</div>\n<div>",
    "<div><br></div>",
    "<hr hidden><br>",
    "</tr><tr><td>",
]

letters = st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp", "Cf"], exclude_characters="\u034f")


# How a character is written: as it is, or as a reference.
WAYS = ["{0}", "{0}", "&#{1};", "&#x{1:X};"]


def written(character: str, way: int, extra: str) -> str:
    """HTML that shows a character; numbers that browsers take for another are not used."""
    reference = WAYS[way].format(escape(character), ord(character))
    return (reference if unescape(reference) == character else escape(character)) + extra


characters = st.tuples(letters, st.integers(0, len(WAYS) - 1), st.just("") | st.sampled_from(NOTHING))
words = st.lists(characters, min_size=1, max_size=5)
lines = st.lists(st.tuples(st.sampled_from(SPACES), words), min_size=1, max_size=4)
pages = st.lists(st.tuples(st.sampled_from(BREAKS), lines), min_size=1, max_size=3)
Page = list[tuple[str, list[tuple[str, list[tuple[str, int, str]]]]]]


def source_of(page: Page) -> str:
    """A page as HTML."""
    return "".join(
        edge + "".join(space + "".join(written(*c) for c in word) for space, word in line) for edge, line in page
    )


def words_of(page: Page) -> list[list[str]]:
    """The words on each line of a page."""
    return [["".join(c[0] for c in word) for _, word in line] for _, line in page]


def places(page: Projection) -> Iterator[tuple[str, Span]]:
    """Each word shown, with its place in the source."""
    for match in re.finditer(r"[^ \n]+", page.text):
        yield match[0], page.to_source(Span(*match.span()))


@given(pages)
def test_the_visible_text_is_shown_and_each_place_says_its_word(page: Page) -> None:
    text = source_of(page)
    shown = html.render(text)
    assert [line.split(" ") for line in shown.text.split("\n") if line] == words_of(page)
    for word, place in places(shown):
        raw = text[place.start : place.end]
        assert html.render(raw).text == word
        assert raw.startswith((escape(word[0]), "&#"))


@given(st.text(letters | st.sampled_from(" \n"), max_size=60))
def test_as_the_standard_library_reads_it(words: str) -> None:
    text = "".join(f"<p title='a'>{escape(word)}<!-- c --></p>" for word in words.split())
    heard: list[str] = []
    parser = HTMLParser(convert_charrefs=True)
    setattr(parser, "handle_data", heard.append)  # noqa: B010
    parser.feed(text)
    parser.close()
    assert html.render(text).text.split() == "".join(f"{data} " for data in heard).split()


PIECES = [
    *NOTHING,
    *SPACES,
    *BREAKS,
    "<blockquote>",
    "</blockquote>",
    "<ul><li>",
    "</ul>",
    "<ol>",
    "<hr>",
    "<pre>",
    "</pre>",
    "<div class=gmail_signature>",
    "<div id=appendonsend>",
    "<p style='display:none'>",
    "</p>",
    "<td style='font-size:0'>",
    "<table>",
    "</table>",
    "<script>",
    "</script>",
    "<textarea>",
    "<!--",
    "<![x",
    "<?",
    "<%= a > b %>",
    "{{ name }}",
    "<a b='",
    '">',
    "<",
    ">",
    "&",
    "&amp",
    "&#",
    "&#x;",
    "&copy2;",
    "\0",
    "-- ",
    "--",
    "Dear Jo,",
    "Subject: x",
    "Kind regards,",
]
soups = st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=25).map("".join) | st.text()


@given(soups)
def test_any_text_is_survived_and_every_place_is_right(text: str) -> None:
    page = html.render(text)
    assert page == html.render(text)
    at = 0
    for segment_ in page.map.segments:
        assert segment_.projected.start == at
        at = segment_.projected.end
        assert segment_.source.end <= len(text)
    assert at == len(page.text)
    for one, other in pairwise(page.map.segments):
        assert one.source.end <= other.source.start
    for n, character in enumerate(page.text):
        place = page.to_source(Span(n, n + 1))
        assert len(place)
        if not character.isspace() and len(place) == 1 and character not in ">-_.0123456789 OriginalMessage":
            assert text[place.start] == character


@given(soups)
def test_regions_of_a_page_tile_the_source(text: str) -> None:
    at = 0
    reading = html.read(Source("draft.html", text), Projection.whole(text))
    for region in segment(reading, Mode.DRAFT).regions:
        assert region.span.start == at
        at = region.span.end
    assert at == len(text)
