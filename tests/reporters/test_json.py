from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from tests.reporters.builders import diagnostic, rendered, report

from feedback_lint.input import InputError
from feedback_lint.report import Report

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "report.schema.json").read_text(encoding="utf-8"))
DRAFT = "Dear Ms. Osei,\n\nSend me your\nfeedback – now."


def parsed(reports: Sequence[Report], errors: Sequence[InputError] = ()) -> Any:
    data = json.loads(rendered("json", reports, errors))
    jsonschema.validate(data, SCHEMA)
    return data


def test_the_contract() -> None:
    found = diagnostic(DRAFT, "Send me your\nfeedback")
    data = parsed((report(DRAFT, found),), (InputError("b.txt", "This file cannot be read."),))
    assert data == {
        "version": 1,
        "files": [{"path": "draft.txt", "name": "", "stage": "request", "mode": "draft", "words": 9}],
        "diagnostics": [
            {
                "path": "draft.txt",
                "rule": "demanding",
                "severity": "error",
                "message": "that is an order",
                "help": "Ask instead.",
                "line": 3,
                "column": 1,
                "end_line": 4,
                "end_column": 9,
                "quote": "Send me your feedback",
                "suggestions": [
                    {
                        "text": "Would you share any feedback?",
                        "replaces": {"line": 3, "column": 1, "end_line": 4, "end_column": 9},
                        "safe": True,
                    },
                    {"text": "A second one.", "replaces": None, "safe": False},
                ],
                "missing": False,
                "confidence": None,
                "fingerprint": "0123456789abcdef",
            }
        ],
        "errors": [{"path": "b.txt", "message": "This file cannot be read."}],
    }


def test_an_impression_tells_how_sure_it_is() -> None:
    found = replace(diagnostic(DRAFT, "Send"), confidence=0.98765)
    assert parsed((report(DRAFT, found),))["diagnostics"][0]["confidence"] == 0.99


def test_keys_stand_in_the_order_of_the_schema() -> None:
    data = parsed((report(DRAFT, diagnostic(DRAFT, "Send")),), (InputError("b", "c"),))
    assert list(data) == list(SCHEMA["properties"])
    for name in ("files", "diagnostics", "errors"):
        assert list(data[name][0]) == list(SCHEMA["properties"][name]["items"]["properties"])


def test_nothing_found() -> None:
    assert parsed(()) == {"version": 1, "files": [], "diagnostics": [], "errors": []}


def test_any_stream_can_carry_it() -> None:
    name = "caf\udce9.txt"
    found = diagnostic(DRAFT, "–", path=name)
    out = rendered("json", (report(DRAFT, found, path=name),), (InputError(name, "é"),))
    assert out.isascii()
    assert {e["path"] for key in ("files", "diagnostics", "errors") for e in json.loads(out)[key]} == {"caf\\udce9.txt"}


@pytest.mark.parametrize("key", ["version", "files", "diagnostics", "errors"])
def test_the_schema_wants_every_key(key: str) -> None:
    data = parsed(())
    del data[key]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, SCHEMA)
