from __future__ import annotations

import csv
import io
import json

import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from feedback_lint.document import Projection
from feedback_lint.readers.library import Entry, entries
from feedback_lint.text import Span

printable = st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"], exclude_characters="\ufeff")
pieces = st.sampled_from(
    ["\n", "\n\n", "  ", "\t", '"', "'", "\\", "#", ": ", "- ", "{{ a }}", ",", ";", "word ", "é", "😀"]
)
texts = st.lists(st.one_of(pieces, st.text(printable, max_size=8)), max_size=20).map("".join)
texts = texts.filter(str.strip)


def only(path: str, file: str) -> Entry:
    (entry,) = entries(path, Projection.whole(file), "body", "subject")
    return entry


def check_places(shown: Projection, file: str) -> None:
    """Each character that is copied equals its source; the others stand for an escape, a fold or a line end."""
    at = 0
    for n, char in enumerate(shown.text):
        place = shown.to_source(Span(n, n + 1))
        assert place.start >= at
        at = place.start
        raw = file[place.start : place.end]
        assert char.isspace() or len(raw) <= len("\\ud83d\\ude00")
        assert raw == char or raw[0] in "\\\"'\r\n \t\x85\u2028\u2029" or char.isspace(), (char, raw)


@given(texts, texts, st.sampled_from(["|", ">", "'", '"', None]), st.integers(2, 6), st.integers(10, 90), st.booleans())
def test_yaml(text: str, subject: str, style: str | None, indent: int, width: int, unicode: bool) -> None:
    data = {"mails": [{"id": "x", "body": text, "subject": subject}]}
    file = yaml.safe_dump(data, default_style=style, indent=indent, width=width, allow_unicode=unicode)
    (kept,) = yaml.safe_load(file)["mails"]  # the emitter folds some lines that must not be folded
    assume(kept["body"].strip())
    entry = only("mails.yaml", file)
    assert entry.text.text == kept["body"]
    assert entry.subject is not None
    assert entry.subject.text == kept["subject"]
    check_places(entry.text, file)


@given(texts, st.booleans(), st.sampled_from([None, 2]))
def test_json(text: str, ascii_only: bool, indent: int | None) -> None:
    file = json.dumps([{"other": 1.5, "body": text, "x": [True, {"y": "z"}]}], ensure_ascii=ascii_only, indent=indent)
    entry = only("mails.json", file)
    assert entry.text.text == text
    check_places(entry.text, file)
    for n, char in enumerate(text):
        place = entry.text.to_source(Span(n, n + 1))
        assert json.loads(f'"{file[place.start : place.end]}"') == char


@given(texts, texts, st.sampled_from(",;\t"), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_csv(text: str, subject: str, delimiter: str, end: str, quoting: bool) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(
        out, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL if quoting else csv.QUOTE_MINIMAL
    )
    writer.writerows([["id", "body", "subject"], ["x", text, subject]])
    file = out.getvalue()
    entry = only("mails.csv", file)
    assert entry.text.text == text
    assert entry.subject is not None
    assert entry.subject.text == subject
    check_places(entry.text, file)
