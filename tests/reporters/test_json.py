from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from tests.reporters.builders import diagnostic, report

from feedback_lint.linter import InputError
from feedback_lint.reporters import Results, Style
from feedback_lint.reporters.json import render

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "report.schema.json").read_text(encoding="utf-8"))
DRAFT = "Dear Ms. Osei,\n\nSend me your\nfeedback – now."


def rendered(results: Results) -> Any:
    data = json.loads(render(results, Style()))
    jsonschema.validate(data, SCHEMA)
    return data


def test_the_contract() -> None:
    found = diagnostic(DRAFT, "Send me your\nfeedback")
    data = rendered(Results((report(DRAFT, found),), (InputError("b.txt", "This file cannot be read."),)))
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
    assert rendered(Results((report(DRAFT, found),)))["diagnostics"][0]["confidence"] == 0.99


def test_keys_stand_in_the_order_of_the_schema() -> None:
    data = rendered(Results((report(DRAFT, diagnostic(DRAFT, "Send")),), (InputError("b", "c"),)))
    assert list(data) == list(SCHEMA["properties"])
    for name in ("files", "diagnostics", "errors"):
        assert list(data[name][0]) == list(SCHEMA["properties"][name]["items"]["properties"])


def test_nothing_found() -> None:
    assert rendered(Results(())) == {"version": 1, "files": [], "diagnostics": [], "errors": []}


def test_any_stream_can_carry_it() -> None:
    name = "caf\udce9.txt"
    found = diagnostic(DRAFT, "–", path=name)
    out = render(Results((report(DRAFT, found, path=name),), (InputError(name, "é"),)), Style())
    assert out.isascii()
    assert {e["path"] for key in ("files", "diagnostics", "errors") for e in json.loads(out)[key]} == {"caf\\udce9.txt"}


@pytest.mark.parametrize("key", ["version", "files", "diagnostics", "errors"])
def test_the_schema_wants_every_key(key: str) -> None:
    data = rendered(Results(()))
    del data[key]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, SCHEMA)
