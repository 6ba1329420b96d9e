from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reporters.builders import diagnostic, rendered, report

from feedback_lint.diagnostic import Severity
from feedback_lint.input import InputError
from feedback_lint.report import Report
from feedback_lint.reporters import printable

DRAFT = "Dear Ms. Osei,\n\nSend me your\nfeedback – now."

# Written from GitLab's documentation ("Code Quality report format"). The schema that GitLab itself checks with asks for
# less: it takes any severity, and knows no `check_name`.
SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "pattern": "^[a-z]+(-[a-z]+)*$"},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "properties": {
                    "path": {"type": "string", "minLength": 1, "not": {"pattern": r"^\./"}},
                    "lines": {
                        "type": "object",
                        "properties": {
                            "begin": {"type": "integer", "minimum": 1},
                            "end": {"type": "integer", "minimum": 1},
                        },
                        "required": ["begin"],
                        "additionalProperties": False,
                    },
                },
                "required": ["path", "lines"],
                "additionalProperties": False,
            },
        },
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "additionalProperties": False,
    },
}


def parsed(reports: Sequence[Report], errors: Sequence[InputError] = ()) -> Any:
    out = rendered("gitlab", reports, errors)
    assert out.isascii()
    issues = json.loads(out)
    jsonschema.validate(issues, SCHEMA)
    names = [issue["fingerprint"] for issue in issues]
    assert len(names) == len(set(names))
    return issues


def test_whole_report() -> None:
    found = replace(diagnostic(DRAFT, "Send me your\nfeedback", message="“Send me …” orders"), confidence=0.987)
    out = rendered("gitlab", (report("x"), report(DRAFT, found)), (InputError("b.txt", "This file cannot be read."),))
    assert out == (
        "[\n"
        "  {\n"
        '    "description": "\\u201cSend me \\u2026\\u201d orders (an impression, 99% sure). Ask instead.",\n'
        '    "check_name": "demanding",\n'
        '    "fingerprint": "22d872b5988e2747341877f3d6d24c9f",\n'
        '    "severity": "major",\n'
        '    "location": {\n'
        '      "path": "draft.txt",\n'
        '      "lines": {\n'
        '        "begin": 3,\n'
        '        "end": 4\n'
        "      }\n"
        "    }\n"
        "  },\n"
        "  {\n"
        '    "description": "This file cannot be read.",\n'
        '    "check_name": "not-checked",\n'
        '    "fingerprint": "b5b4669aa5ff5096c05e15089aa8031b",\n'
        '    "severity": "blocker",\n'
        '    "location": {\n'
        '      "path": "b.txt",\n'
        '      "lines": {\n'
        '        "begin": 1\n'
        "      }\n"
        "    }\n"
        "  }\n"
        "]\n"
    )


def test_nothing_found() -> None:
    assert rendered("gitlab", ()) == rendered("gitlab", (report("x"),)) == "[]\n"
    assert parsed(()) == []


def test_levels() -> None:
    issues = parsed([report(DRAFT, diagnostic(DRAFT, "Send", severity=severity)) for severity in Severity])
    assert [issue["severity"] for issue in issues] == ["major", "minor", "info"]


def test_no_two_issues_share_a_fingerprint() -> None:
    here, there = (report(DRAFT, diagnostic(DRAFT, "Send", path=p), path=p) for p in ("a.txt", "b.txt"))
    letters = [replace(here, name=name) for name in ("first", "second", "second")]
    error = InputError("a.txt", "No.")
    assert len(parsed([here, there, *letters], [error, error])) == 7


def test_a_fingerprint_stays_where_other_mails_of_the_file_change() -> None:
    found = report(DRAFT, diagnostic(DRAFT, "Send"))
    first, second = (replace(found, name=name) for name in ("first", "second"))
    assert parsed([first, second])[1] == parsed([second])[0]


def test_a_fingerprint_stays_where_other_lines_change() -> None:
    longer = f"Hello!\n{DRAFT}"
    reports = (report(text, diagnostic(text, "Send")) for text in (DRAFT, longer))
    first, second = (parsed([each])[0] for each in reports)
    assert first["fingerprint"] == second["fingerprint"]
    assert first["location"] != second["location"]


@given(st.text(st.characters(exclude_categories=()), min_size=1))
def test_any_words_are_carried(words: str) -> None:
    (issue,) = parsed([report(DRAFT, diagnostic(DRAFT, "Send", message=words))])
    assert issue["description"] == f"{printable(words)}. Ask instead."


@pytest.mark.parametrize(
    ("path", "shown"),
    [("./a/b.txt", "a/b.txt"), ("caf\udce9\n.txt", "caf\\udce9\n.txt"), ("/elsewhere/b.txt", "/elsewhere/b.txt")],
)
def test_a_path_is_the_one_in_the_repository(path: str, shown: str) -> None:
    (issue,) = parsed([report(DRAFT, diagnostic(DRAFT, "Send", path=path))])
    assert issue["location"]["path"] == shown
