from __future__ import annotations

import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from feedback_lint.document import Projection, Source
from feedback_lint.readers.markdown import read, render

PIECES = [
    "*", "**", "***", "_", "__", "~~", "~", "`", "``", "[", "](x)", "]", "![", "](<y> 'z')", "<http://a.example/b_c>",
    "\\", "\\*", "\\\\", "&amp;", "&#65;", "&nope;", "&", "<b>", "</b>", "<br>", "<!-- c -->", "<", ">", "|", "\\|",
    "\n", "\r\n", "\n\n", "  \n", "\\\n", "> ", "- ", "1. ", "# ", " ##", "---\n", "===\n", "    ", "\t", "```\n",
    "| a | b |\n|---|---|\n", "[r]", "[r]: /u\n", "word", "two words", "café", "I'd", "don't", " ", " ", "a",
    "\u00a0", "\f",
]  # fmt: skip
markdown = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=20).map("".join)
ORACLE = MarkdownIt("commonmark").enable(["table", "strikethrough"])


class _Said(HTMLParser):
    """The words of rendered HTML, without code and what is struck out."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.left_out: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("code", "s"):
            if not self.left_out and tag == "code":
                self.words.append("\ue000")
            self.left_out.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.left_out:
            self.left_out.remove(tag)

    def handle_data(self, data: str) -> None:
        if not self.left_out:
            self.words.append(data)


def said(html: str) -> str:
    parser = _Said()
    parser.feed(html)
    parser.close()
    return "".join(parser.words)


def letters(text: str) -> str:
    return re.sub(r"[\s>|_-]|\d+[.)]", "", text)


tame = markdown.filter(lambda text: not re.search(r"<(?!http)|\[\^|\{\{|___|\ue000|code|\*\||\$\{|^\s*\[r\]:", text))


@given(tame)
def test_what_is_said_is_what_the_html_says(text: str) -> None:
    html = re.sub(r"<pre>.*?</pre>", "", ORACLE.render(text), flags=re.DOTALL)
    assert letters(render(text).text.replace("code", "\ue000")) == letters(said(html))


@given(st.one_of(markdown, st.text()))
def test_places_are_in_order_and_copies_are_copies(text: str) -> None:
    shown = render(text)
    at = 0
    for segment in shown.map.segments:
        assert at <= segment.source.start < segment.source.end <= len(text)
        at = segment.source.end
        words = shown.text[segment.projected.start : segment.projected.end]
        if segment.aligned:  # "code" and the numbers of items are not copied
            source = text[segment.source.start : segment.source.end]
            copied = [(a, b) for a, b in zip(words, source, strict=True) if a.isalpha() and a not in "code"]
            assert all(a == b for a, b in copied), (words, source)


@given(st.one_of(markdown, st.text()))
def test_any_text_is_read_alike_twice(text: str) -> None:
    source = Source("draft.md", text)
    assert read(source, Projection.whole(text)) == read(source, Projection.whole(text))
