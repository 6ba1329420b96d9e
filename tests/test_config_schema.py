from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from feedback_lint.config import Keys, Override
from feedback_lint.config_schema import schema, text
from feedback_lint.rule_files import load_ruleset

SCHEMA = schema()
FILE = Path(__file__).parents[1] / "docs" / "config.schema.json"
GOOD = """\
extends = ["../base.toml"]
select = ["demanding", "our-own-rule"]
ignore = []
stage = "thanks"
mode = "template"
fail-on = "never"
format = "json"
model = "en_core_web_md"
extend-rules = ["rules"]
placeholders = ["first_name"]
text-key = "body"
subject-key = "subject"
reader = false
[severity]
bitter = "warning"
our-own-rule = "error"
[thresholds]
rambling = 250
hard-to-read = 12.5
our-own-rule = 3
[[overrides]]
paths = ["*.j2"]
ignore = ["bitter"]
thresholds = {rambling = 300}
"""


def is_valid(toml: str) -> bool:
    data: Any = tomllib.loads(toml)
    return jsonschema.Draft7Validator(SCHEMA).is_valid(data) and jsonschema.Draft4Validator(SCHEMA).is_valid(data)


def test_the_file_is_up_to_date() -> None:
    made_by = "python -m feedback_lint.config_schema > docs/config.schema.json"
    assert FILE.read_text(encoding="utf-8") == text(), f"run: {made_by}"


def test_it_is_a_schema_of_draft_7_and_4() -> None:
    jsonschema.Draft7Validator.check_schema(SCHEMA)
    jsonschema.Draft4Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("toml", ["", GOOD, 'extends = "a.toml"'])
def test_it_accepts_what_the_reader_accepts(toml: str) -> None:
    Keys.model_validate(tomllib.loads(toml))
    assert is_valid(toml)


@pytest.mark.parametrize(
    "toml",
    [
        "selct = []",
        'fail_on = "error"',
        'fail-on = "warn"',
        'select = "demanding"',
        "ignore = [7]",
        'ignore = ["Demanding!"]',
        "extends = 1",
        'extends = ["a", 1]',
        'reader = "no"',
        'severity.bitter = "eror"',
        'severity.our-own = "eror"',
        'severity."not a rule" = "error"',
        "thresholds.rambling = -1",
        'thresholds.rambling = "200"',
        'overrides = [{stage = "thanks"}]',
        "overrides = [{paths = []}]",
        'overrides = [{paths = ["a"], format = "json"}]',
        'overrides = [{paths = ["a"], extends = "b"}]',
        'overrides = [{paths = ["a"], severity = {bitter = 1}}]',
    ],
)
def test_it_rejects_what_is_wrong(toml: str) -> None:
    assert not is_valid(toml)


def test_each_key_is_described() -> None:
    for kind, properties in ((Keys, SCHEMA["properties"]), (Override, SCHEMA["definitions"]["Override"]["properties"])):
        assert set(properties) == {info.alias for info in kind.model_fields.values()}
        for key, value in properties.items():
            described = SCHEMA["definitions"][key] if "$ref" in value else value
            assert described["description"].endswith("."), key


def test_built_in_rules_are_offered_where_rules_are_expected() -> None:
    rules, tables = load_ruleset(), SCHEMA["definitions"]
    assert set(tables["rule"]["anyOf"][0]["enum"]) == set(tables["severity"]["properties"]) == rules.ids
    assert set(tables["thresholds"]["properties"]) == rules.measuring
    assert tables["severity"]["properties"]["bitter"]["default"] == "error"
    assert "null" not in json.dumps(SCHEMA)


def test_the_page_has_a_row_for_each_key_with_an_example_that_is_valid() -> None:
    page = FILE.with_name("config.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.split("|")] for line in page.split("\n") if line.startswith("| `")]
    assert {row[1].strip("`") for row in rows} == set(SCHEMA["properties"])
    for row in rows[:-1]:  # an override stands in several lines
        assert is_valid(row[3].strip("`")), row


def test_the_page_tells_the_usual_thresholds() -> None:
    page = FILE.with_name("config.md").read_text(encoding="utf-8")
    told = {rule: float(number) for rule, number in re.findall(r"^    ([a-z-]+) = \d+ .*; usually (\d+)$", page, re.M)}
    rules = load_ruleset()
    assert told == {rule: rules.get(rule).threshold for rule in rules.measuring}
