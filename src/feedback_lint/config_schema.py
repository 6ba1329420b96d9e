"""A JSON Schema of configuration files, for editors: `docs/config.schema.json`.

It is of draft 7, and says nothing that draft 4 lacks: editors for TOML know no newer ones. What depends on more than
one file, such as the names of rules of one's own, is left to the linter.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from feedback_lint.config import Keys
from feedback_lint.reporters import FORMATS
from feedback_lint.rule_files import load_ruleset
from feedback_lint.ruleset import Rule, Ruleset

_OWN_RULE = "^[a-z]+(-[a-z]+)*$"
_DRAFT = "http://json-schema.org/draft-07/schema#"


class _Generator(GenerateJsonSchema):
    """Without titles, which say no more than the keys, and without null, which TOML does not have."""

    schema_dialect = _DRAFT

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def nullable_schema(self, schema: Any) -> dict[str, Any]:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: Any) -> dict[str, Any]:
        found = super().default_schema(schema)
        return {key: value for key, value in found.items() if key != "default" or value is not None}


def schema() -> dict[str, Any]:
    """The schema of `feedback-lint.toml`, and of `[tool.feedback-lint]` in `pyproject.toml`.

    Built-in rules are named, so that editors can offer them; rules of one's own may have any well-formed name.
    """
    rules = load_ruleset()
    keys = Keys.model_json_schema(schema_generator=_Generator, ref_template="#/definitions/{model}")
    made = keys.pop("$defs")
    definitions = _definitions(rules, made["Severity"]["enum"])
    for properties in (keys["properties"], made["Override"]["properties"]):
        for key in ("severity", "thresholds"):
            definitions[key]["description"] = properties[key]["description"]
            properties[key] = {"$ref": f"#/definitions/{key}"}
        for key in ("select", "ignore"):
            properties[key]["items"] = {"$ref": "#/definitions/rule"}
    keys["properties"]["format"]["enum"] = sorted(FORMATS)
    keys |= {"title": "feedback-lint configuration", "description": "What feedback-lint checks, and how."}
    return {"$schema": _DRAFT, **keys, "definitions": {**definitions, "Override": made["Override"]}}


def _definitions(rules: Ruleset, severities: list[str]) -> dict[str, dict[str, Any]]:
    """The name of a rule, and the tables whose keys are such names."""
    named = {"enum": sorted(rules.ids), "description": "A built-in rule."}
    own = {"type": "string", "pattern": _OWN_RULE, "description": "A rule of your own (extend-rules)."}
    severity = {"enum": severities}
    number = {"type": "number", "minimum": 0}
    bounds = {rule: rule.threshold for rule in rules.rules if rule.threshold is not None}
    return {
        "rule": {"anyOf": [named, own]},
        "severity": _table({rule: {**severity, "default": str(rule.severity)} for rule in rules.rules}, severity),
        "thresholds": _table({rule: {**number, "default": bound} for rule, bound in bounds.items()}, number),
    }


def _table(of_rule: Mapping[Rule, Mapping[str, Any]], of_own: Mapping[str, Any]) -> dict[str, Any]:
    """A table whose keys are rules."""
    return {
        "type": "object",
        "properties": {rule.id: {**value, "description": rule.summary} for rule, value in of_rule.items()},
        "patternProperties": {_OWN_RULE: of_own},
        "additionalProperties": False,
    }


def text() -> str:
    """The schema as it is kept in `docs/config.schema.json`."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(text())
