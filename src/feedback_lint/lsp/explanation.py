"""What is told of a finding when the pointer rests on it, in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from feedback_lint.diagnostic import Diagnostic
from feedback_lint.examples import unmark
from feedback_lint.mistake import MistakesError
from feedback_lint.reporters import printable
from feedback_lint.reporters.wording import message
from feedback_lint.rule_files import load_examples
from feedback_lint.ruleset import Rule

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~])")


def explanation(finding: Diagnostic, rule: Rule) -> str:
    """What was found, what to do about it, why, who says so, and an example."""
    return "\n\n".join(_parts(finding, rule))


def _parts(finding: Diagnostic, rule: Rule) -> Iterator[str]:
    yield f"**{_plain(message(finding))}** ({rule.id}, {finding.severity})"
    if finding.help:
        yield _plain(printable(finding.help))
    for suggestion in finding.suggestions[:1]:
        if suggestion.text.strip():
            yield f"> {_plain(' '.join(suggestion.text.split()))}"
    for paragraph in rule.why.strip().split("\n\n"):
        yield _plain(" ".join(paragraph.split()))
    for label, text in _examples(rule):
        yield f"{label}:\n\n{_fenced(text)}"
    yield f"Sources: {_plain(', '.join(rule.sources))}"


def _examples(rule: Rule) -> tuple[tuple[str, str], ...]:
    """One example of what is reported and one of what is not."""
    try:
        examples = [example for _, example in load_examples(rule)]
    except MistakesError:
        return ()  # the rule's file was changed; that is told when rules are read again
    out: list[tuple[str, str]] = []
    for label, kind in (("It reports", "bad"), ("It accepts", "good")):
        fitting = sorted((e for e in examples if e.kind == kind and e.todo is None), key=lambda e: e.near is not None)
        out += ((label, unmark(example.text)[0].strip()) for example in fitting[:1])
    return tuple(out)


def _plain(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)


def _fenced(text: str) -> str:
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall(r"`+", text)), default=0))
    return f"{fence}\n{text}\n{fence}"
