"""Run the examples that stand in rule files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from feedback_lint.document import Mode, Source
from feedback_lint.linter import Linter
from feedback_lint.rule_files import load_examples
from feedback_lint.ruleset import Example, Rule, Ruleset
from feedback_lint.settings import Settings
from feedback_lint.text import Span


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """What one example showed. `todo` gives the reason of a known miss, which is expected to fail."""

    rule: str
    path: Path
    line: int
    kind: Literal["bad", "good"]
    passed: bool
    todo: str
    message: str


class MarkError(ValueError):
    """`[|` and `|]` in an example do not pair."""


def unmark(text: str) -> tuple[str, tuple[Span, ...]]:
    """The text without its marks, and the spans they marked. Raises MarkError."""
    plain: list[str] = []
    spans: list[Span] = []
    length = 0
    for n, part in enumerate(text.split("[|")):
        if n == 0:
            plain.append(part)
            length += len(part)
            continue
        inside, closing, rest = part.partition("|]")
        if not closing or "|]" in rest:
            raise MarkError("a mark “[|” has no “|]”")
        spans.append(Span(length, length + len(inside)))
        plain.append(inside + rest)
        length += len(inside) + len(rest)
    if not spans and "|]" in text:
        raise MarkError("a mark “|]” has no “[|”")
    return "".join(plain), tuple(spans)


def run_examples(linter: Linter, rules: Ruleset) -> Iterator[ExampleResult]:
    """Lint each example of each rule with that rule alone."""
    for rule in rules.rules:
        for line, example in load_examples(rule):
            yield example_result(linter, rule, line, example)


def example_result(linter: Linter, rule: Rule, line: int, example: Example) -> ExampleResult:
    """Lint the example at a line of a rule's file with that rule alone."""
    message = _failure(linter, rule, example)
    return ExampleResult(rule.id, rule.path, line, example.kind, not message, example.todo or "", message)


def _failure(linter: Linter, rule: Rule, example: Example) -> str:
    """What is wrong with an example, or an empty string."""
    try:
        text, expected = unmark(example.text)
    except MarkError as error:
        return str(error)
    if example.kind == "bad" and not expected:
        return "a bad example needs a mark [|…|] around what is reported"
    stage = example.stage or (rule.stages[0] if rule.stages else None)
    settings = Settings(frozenset({rule.id}), stage=stage, mode=example.mode or Mode.DRAFT)
    (report,) = linter.lint(Source("example.txt", text), settings)
    found = tuple(d.span for d in report.diagnostics)
    if found == expected:
        return ""
    shown = ", ".join(f"“{text[s.start : s.end]}”" for s in found) or "nothing"
    wanted = ", ".join(f"“{text[s.start : s.end]}”" for s in expected) or "nothing"
    return f"reports {shown}; expected {wanted}"
