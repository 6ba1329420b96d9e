from __future__ import annotations

import json

import pytest

from feedback_lint.document import Mode, Projection, Reading, Source
from feedback_lint.mistake import BrokenFileError
from feedback_lint.readers import Keys, mode_of, read
from feedback_lint.readers.library import Entry, entries


def kept(path: str, text: str, subject_key: str | None = "subject") -> tuple[Entry, ...]:
    return entries(path, Projection.whole(text), "body", subject_key)


def found(shown: Projection | None, text: str) -> tuple[str, str]:
    assert shown is not None
    return shown.text, text[shown.place.start : shown.place.end]


@pytest.mark.parametrize(
    ("yaml", "text", "source"),
    [
        ("body: Hello there", "Hello there", "Hello there"),
        ("body: one\n  two\n\n  three\nx: 1", "one two\nthree", "one\n  two\n\n  three"),
        ("body: 'it''s'", "it's", "it''s"),
        ("body: 'a\n\n\n  b'", "a\n\nb", "a\n\n\n  b"),
        ('body: "a\\tb\\n\\"c\\" \\u00e9\\x41\\/"', 'a\tb\n"c" éA/', 'a\\tb\\n\\"c\\" \\u00e9\\x41\\/'),
        ('body: "a\\\n   \\ b\n   c"', "a b c", "a\\\n   \\ b\n   c"),
        ('body: "\\U0001F600"', "😀", "\\U0001F600"),
        ("body: |\n  a\n   b\n\n  c\n\n\nx: 1", "a\n b\n\nc\n", "a\n   b\n\n  c\n"),
        ("body: |-  # note\n      a\n      b\n", "a\nb", "a\n      b"),
        ("body: |+\n  a\n\n\nx: 1", "a\n\n\n", "a\n\n\n"),
        ("body: |2\n    a\n   b\n", "  a\n b\n", "  a\n   b\n"),
        ("body: >\n  a\n  b\n\n  c\n    d\n  e\n", "a b\nc\n  d\ne\n", "a\n  b\n\n  c\n    d\n  e\n"),
        ("body: >-\r\n  a\r\n  b\r\n", "a b", "a\r\n  b"),
        ("- {x: {body: [1]}}\n- {body: two}", "two", "two"),
        ("a: &t {body: two}\nb: *t", "two", "two"),
        ("x: 1\n---\nbody: two", "two", "two"),
        ("body: 'a   b'", "a   b", "a   b"),
    ],
)
def test_yaml(yaml: str, text: str, source: str) -> None:
    (entry,) = kept("letters.yml", yaml)
    assert found(entry.text, yaml) == (text, source)


def test_json() -> None:
    text = json.dumps({"a": [{"subject": 'q "x"', "body": "é\n\\ 😀"}, {"body": None}], "body": {"body": "b"}})
    first, second = kept("letters.json", text)
    assert found(first.text, text) == ("é\n\\ 😀", "\\u00e9\\n\\\\ \\ud83d\\ude00")
    assert found(first.subject, text) == ('q "x"', 'q \\"x\\"')
    assert (first.name, second.name) == ("a.1", "body")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_csv(delimiter: str, end: str) -> None:
    lines = [["id", "subject", "body"], ["", "s", '"a ""b"",' + end + 'c;"'], [], ["two", "", "Hello"], ["x"]]
    text = end.join(delimiter.join(cells) for cells in lines)
    first, second = kept("letters.csv", text)
    assert found(first.text, text) == (f'a "b",{end}c;', f'a ""b"",{end}c;')
    assert found(first.subject, text) == ("s", "s")
    assert (first.name, second.name) == ("row 2", "two")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("letters: {decline: {body: x}, thanks: {body: y}}", ["letters.decline", "letters.thanks"]),
        ("- {id: a, body: x}\n- {name: b, body: y}\n- body: z", ["a", "b", "3"]),
        ("body: x", [""]),
    ],
)
def test_names(text: str, names: list[str]) -> None:
    assert [entry.name for entry in kept("letters.yaml", text)] == names


@pytest.mark.parametrize(
    ("path", "text", "message"),
    [
        ("a.yaml", "x: 1\nbody: }\n", "Line 2: it is not valid YAML"),
        ("a.yaml", "body: \0", "It is not valid YAML"),
        ("a.json", '{"body":\n "x",}', "Line 2: it is not valid JSON"),
        ("a.csv", 'id,body\n1,x\n2,"y\n', "Line 3: a quoted cell is not closed."),
        ("a.yaml", "boody: x", "There is no “body” in this file."),
        ("a.json", "[]", "There is no “body” in this file."),
        ("a.csv", "id,text\n1,x", "There is no “body” in this file."),
        ("a.csv", "", "There is no “body” in this file."),
        ("a.yaml", "", "There is no “body” in this file."),
        ("a.json", "[" * 100_000, "It is nested too deeply"),
        ("a.yaml", "[" * 20_000, ""),
    ],
)
def test_broken_files(path: str, text: str, message: str) -> None:
    with pytest.raises(BrokenFileError) as error:
        kept(path, text)
    assert message in str(error.value)


def letter(path: str, text: str, subject_key: str | None = "subject") -> Reading:
    source = Source(path, text)
    (found,) = read(source, mode_of(source), Keys("body", subject_key))
    return found.ways[0]


def test_the_subject_under_the_key_wins() -> None:
    reading = letter("a.yaml", "subject: One\nbody: |\n  Subject: Two\n\n  Hi Jo,")
    assert reading.subject is not None
    assert reading.subject.text == "One"
    assert reading.body.text.strip() == "Hi Jo,"


def test_a_missing_subject_has_its_place_at_the_start_of_the_text() -> None:
    reading = letter("a.yaml", "name: x\nbody: Hi Jo,")
    assert reading.subject is not None
    assert reading.subject.text == ""
    assert reading.start == "name: x\nbody: Hi Jo,".index("Hi")
    assert letter("a.yaml", "body: Hi", None).subject is None


def test_html_in_a_string() -> None:
    text = 'body: "<p>Hi Jo,</p><p>I am so&nbsp;sad.</p>"'
    assert letter("a.yaml", text).body.text.split() == ["Hi", "Jo,", "I", "am", "so", "sad."]


def test_libraries_hold_templates() -> None:
    assert mode_of(Source("a.csv", "")) is Mode.TEMPLATE
