from __future__ import annotations

import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reporters.builders import diagnostic, rendered, report

from feedback_lint.diagnostic import Severity
from feedback_lint.input import InputError
from feedback_lint.report import Report
from feedback_lint.reporters import printable
from feedback_lint.reporters.junit import attribute, text

DRAFT = "Dear Ms. Osei,\n\nSend me your\nfeedback – now."
UNREAD = InputError("b.txt", "This file cannot be read.")
HOSTILE = "a\0b\x1b[2J\x85\u2028\ufffe\udce9 ]]> <![CDATA[ &amp; \"' 😀 \t\r\n"


def parsed(reports: Sequence[Report], errors: Sequence[InputError] = ()) -> ElementTree.Element:
    out = rendered("junit", reports, errors)
    assert out.isascii()
    root = ElementTree.fromstring(out)  # noqa: S314
    for element in (root, root[0]):
        told = [int(element.attrib[key]) for key in ("tests", "failures", "errors")]
        assert told == [len(list(root.iter(tag))) for tag in ("testcase", "failure", "error")]
    names = Counter((case.attrib["classname"], case.attrib["name"]) for case in root.iter("testcase"))
    assert set(names.values()) <= {1}
    return root


def test_whole_report() -> None:
    found = replace(diagnostic(DRAFT, "Send me", message="“Send me” is an order"), confidence=0.987)
    out = rendered("junit", (report(DRAFT, found), report("x", path="./clean.txt")), (UNREAD,))
    assert out == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<testsuites name="feedback-lint" tests="3" failures="1" errors="1">\n'
        '  <testsuite name="feedback-lint" tests="3" failures="1" errors="1" skipped="0">\n'
        '    <testcase classname="draft.txt" name="demanding">\n'
        '      <failure type="error" message="&#8220;Send me&#8221; is an order (an impression, 99% sure)">'
        "draft.txt:3:1\n"
        "&#8220;Send me&#8221; is an order (an impression, 99% sure)\n"
        "help: Ask instead.\n"
        "try: &#8220;Would you share any feedback?&#8221;</failure>\n"
        "    </testcase>\n"
        '    <testcase classname="clean.txt" name="clean.txt"/>\n'
        '    <testcase classname="b.txt" name="b.txt">\n'
        '      <error type="not-checked" message="This file cannot be read.">This file cannot be read.</error>\n'
        "    </testcase>\n"
        "  </testsuite>\n"
        "</testsuites>\n"
    )


def test_no_drafts() -> None:
    assert [element.tag for element in parsed(()).iter()] == ["testsuites", "testsuite"]


def test_a_finding_of_any_level_is_shown() -> None:
    root = parsed([report(DRAFT, *(diagnostic(DRAFT, "Send", severity=s) for s in Severity))])
    assert [failure.attrib["type"] for failure in root.iter("failure")] == ["error", "warning", "suggestion"]
    assert [case.attrib["name"] for case in root.iter("testcase")] == ["demanding", "demanding (2)", "demanding (3)"]


def test_letters_of_a_file_are_told_apart() -> None:
    clean, found = report("x"), report(DRAFT, diagnostic(DRAFT, "Send"))
    letters = [replace(each, name=name) for each, name in ((clean, "first"), (found, "second"), (clean, "first"))]
    cases = parsed(letters).iter("testcase")
    assert [case.attrib["name"] for case in cases] == ["first", "second: demanding", "first (2)"]


@given(st.text(st.characters(exclude_categories=())))
def test_xml_reads_what_was_meant(words: str) -> None:
    shown = printable(words)
    element = ElementTree.fromstring(f"<a b={attribute(shown)}>{text(shown)}</a>")  # noqa: S314
    assert (element.text or "", element.attrib["b"]) == (shown, shown)


def test_hostile_words_are_shown_escaped() -> None:
    found = diagnostic(DRAFT, "Send", message=HOSTILE, path=HOSTILE)
    letter = replace(report(DRAFT, found), name=HOSTILE)
    root = parsed([letter, replace(report("x", path=HOSTILE), name=HOSTILE)], [InputError(HOSTILE, HOSTILE)])
    for element in (*root.iter("failure"), *root.iter("error")):
        assert element.attrib["message"] == printable(HOSTILE)
        assert printable(HOSTILE) in (element.text or "")


@pytest.fixture
def schema() -> Path:
    """`junit-10.xsd`, which lies in pytest's source distribution."""
    if not (named := os.environ.get("JUNIT_XSD")):
        pytest.skip("JUNIT_XSD does not name pytest's junit-10.xsd")
    if not shutil.which("xmllint"):
        pytest.skip("xmllint is not installed (Debian: libxml2-utils)")
    return Path(named)


def complaints(schema: Path, xml: str, folder: Path) -> str:
    file = folder / "report.xml"
    file.write_text(xml, encoding="utf-8")
    command = ["xmllint", "--noout", "--nonet", "--schema", str(schema), str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stderr


def test_the_schema_takes_it(schema: Path, tmp_path: Path) -> None:
    found = [diagnostic(DRAFT, "Send", severity=s, message=HOSTILE) for s in Severity]
    hostile = InputError(HOSTILE, HOSTILE)
    for reports, errors in (((), ()), ((report("x"),), ()), ((report(DRAFT, *found), report("x")), (UNREAD, hostile))):
        assert complaints(schema, rendered("junit", reports, errors), tmp_path) == ""


def test_the_schema_refuses_what_is_wrong(schema: Path, tmp_path: Path) -> None:
    xml = rendered("junit", (report("x"),))
    assert "name" in complaints(schema, xml.replace(' name="draft.txt"', ""), tmp_path)
