"""Every example of every rule file, and what a rule file must have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
import yaml

from feedback_lint.document import Source, Stage
from feedback_lint.examples import example_result, unmark
from feedback_lint.linter import Linter
from feedback_lint.rule_files import load_examples, load_ruleset
from feedback_lint.rule_folders import built_in
from feedback_lint.ruleset import Example, Rule
from feedback_lint.settings import Settings
from feedback_lint.slots import filled

RULES = load_ruleset()


def _cases() -> Iterator[object]:
    for rule in RULES.rules:
        for line, example in load_examples(rule):
            marks = [pytest.mark.xfail(reason=example.todo, strict=True)] if example.todo else []
            yield pytest.param(rule, line, example, marks=marks, id=f"{rule.id}:{line}")


@pytest.mark.parametrize(("rule", "line", "example"), list(_cases()))
def test_example(linter: Linter, rule: Rule, line: int, example: Example) -> None:
    result = example_result(linter, rule, line, example)
    assert result.passed, f"{result.path}:{result.line}: {result.message}"


@pytest.mark.parametrize("rule", RULES.rules, ids=lambda r: r.id)
def test_a_rule_has_enough_examples(rule: Rule) -> None:
    examples = [e for _, e in load_examples(rule) if not e.todo]
    assert sum(e.kind == "bad" for e in examples) >= 3
    assert sum(e.kind == "good" for e in examples) >= 3
    assert sum(e.near is not None for e in examples) >= 2


@pytest.mark.parametrize("path", sorted(built_in().glob("**/*.yaml")), ids=lambda p: p.stem)
def test_a_rule_file_reads_without_libyaml_too(path: Path) -> None:
    """PyYAML's own parser is stricter than libyaml's, and some installs have no other."""
    text = path.read_text(encoding="utf-8")
    assert yaml.load(text, yaml.SafeLoader) == yaml.load(text, yaml.CSafeLoader)


def test_the_rules_have_at_least_400_examples() -> None:
    texts = [unmark(e.text)[0].strip() for r in RULES.rules for _, e in load_examples(r)]
    assert len(set(texts)) >= 400


JOBS = sorted(RULES.vocabulary["occupation"])[::40]


@pytest.mark.parametrize(
    ("rule", "suggestion"), [pytest.param(r, s, id=f"{r.id}:{n}") for r in RULES.rules for n, s in enumerate(r.suggest)]
)
def test_a_suggested_sentence_lints_clean(linter: Linter, rule: Rule, suggestion: str) -> None:
    names = {"company": "Mercy Hospital", "sender": "Sam Lee", "recipient": "Ana Lupu", "request": "help me"}
    texts = {filled(suggestion, {}), *(filled(suggestion, {**names, "job": job}) for job in JOBS)}
    for text in filter(None, texts):
        assert said(linter, text, rule.stages) == []


def said(linter: Linter, text: str, stages: Iterable[Stage]) -> list[tuple[str, str]]:
    """What the rules about what a mail says find in a text."""
    tone = frozenset(r.id for r in RULES.rules if r.expect.max is not None)
    reports = (linter.lint(Source("suggestion.txt", text), Settings(tone, stage=s))[0] for s in stages)
    return [(d.rule, d.quote) for report in reports for d in report.diagnostics]


@pytest.mark.parametrize("rule", [r for r in RULES.rules if r.category == "tone"], ids=lambda r: r.id)
def test_what_is_suggested_for_an_example_lints_clean(linter: Linter, rule: Rule) -> None:
    for example in (e for _, e in load_examples(rule) if e.kind == "bad" and not e.todo):
        stage = example.stage or rule.stages[0]
        text = unmark(example.text)[0]
        (report,) = linter.lint(Source("draft.txt", text), Settings(stage=stage))
        findings = [d for d in report.diagnostics if d.rule == rule.id]
        assert all(1 <= len(d.suggestions) <= 3 for d in findings), text
        for suggestion in {s.text for d in findings for s in d.suggestions}:
            assert said(linter, suggestion, [stage]) == [], suggestion
