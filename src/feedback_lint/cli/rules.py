"""The commands about rules: explain, list and test them."""

from __future__ import annotations

import json
import shutil
import textwrap
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from feedback_lint.cli.options import config_option, model_option
from feedback_lint.cli.rulesets import no_such_rule, rule_files_may_be_broken, ruleset_here
from feedback_lint.cli.terminal import Failure, emit, table

if TYPE_CHECKING:
    from feedback_lint.ruleset import Example, Rule, Ruleset

_CATEGORIES = ("tone", "completeness", "length", "timing")


@click.command()
@click.argument("rule")
@config_option
def explain(rule: str, config_file: Path | None) -> None:
    """Explain a rule: what it finds, why, and what to write instead."""
    from feedback_lint.rule_files import load_examples

    ruleset = ruleset_here(config_file)
    if rule not in ruleset.ids:
        raise click.UsageError(no_such_rule(rule, ruleset.ids))
    found = ruleset.get(rule)
    with rule_files_may_be_broken():
        examples = [example for _, example in load_examples(found)]
    width = min(shutil.get_terminal_size((80, 24)).columns, 100)
    emit("\n".join(_explanation(found, examples, width)) + "\n")


def _explanation(rule: Rule, examples: list[Example], width: int) -> Iterator[str]:
    from feedback_lint.examples import unmark
    from feedback_lint.slots import plain

    def paragraph(text: str) -> str:
        lines = textwrap.wrap(text, width - 4, break_on_hyphens=False, break_long_words=False)
        return textwrap.indent("\n".join(lines), "  ")

    yield f"{rule.id} ({rule.severity}, {rule.category})"
    yield paragraph(rule.summary)
    yield f"  Applies to: {', '.join(rule.stages)}"
    yield "\nWhy"
    for part in rule.why.strip().split("\n\n"):
        yield paragraph(part)
    yield f"  Sources: {', '.join(rule.sources)}"
    yield "\nInstead"
    yield paragraph(plain(rule.help))
    for suggestion in filter(None, map(plain, rule.suggest)):
        yield paragraph(f"“{suggestion}”")
    for label, kind in (("It reports", "bad"), ("It accepts", "good")):
        fitting = [e for e in examples if e.kind == kind and e.todo is None]
        fitting.sort(key=lambda e: e.near is not None)  # a near miss explains less
        if fitting:
            yield f"\n{label}"
            yield textwrap.indent(unmark(fitting[0].text)[0].strip(), "  ")


@click.command()
@click.option("--format", "output_format", type=click.Choice(["text", "json", "markdown"]), default="text",
              help="(text)")  # fmt: skip
@config_option
def rules(output_format: str, config_file: Path | None) -> None:
    """List the rules."""
    ranked = sorted(ruleset_here(config_file).rules, key=lambda r: (_place_of(r.category), r.severity.rank, r.id))
    if output_format == "json":
        keys = {"id", "severity", "category", "summary", "help", "why", "sources", "stages"}
        data = [{**r.model_dump(mode="json", include=keys), "category": r.category} for r in ranked]
        emit(json.dumps({"version": 1, "rules": data}, indent=2) + "\n")
        return
    heads = ("rule", "severity", "category", "what it finds")
    rows = [heads, *((r.id, str(r.severity), r.category, r.summary) for r in ranked)]
    if output_format == "markdown":
        cells = [(f"`{i}`", s, c, summary.replace("|", r"\|")) for i, s, c, summary in rows[1:]]
        emit("".join(f"| {' | '.join(row)} |\n" for row in (heads, ("---",) * 4, *cells)))
    else:
        emit(table(rows))


def _place_of(category: str) -> tuple[int, str]:
    return (_CATEGORIES.index(category) if category in _CATEGORIES else len(_CATEGORIES), category)


@click.command()
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@model_option
@click.pass_context
def test(ctx: click.Context, folder: Path | None, model: str | None) -> None:
    """Run the examples of the built-in rules, or of the rule files in FOLDER.

    Status 0: all as expected; 1: a rule does not do what an example says; 2: a rule file is broken.
    """
    from feedback_lint.classifier import ClassifierError
    from feedback_lint.examples import run_examples
    from feedback_lint.language import ModelError
    from feedback_lint.linter import Linter

    passed = failed = missed = 0
    with rule_files_may_be_broken():
        ruleset = _ruleset_to_test(folder)
        try:
            for result in run_examples(Linter(ruleset[0], model=model), ruleset[1]):
                if result.passed and result.todo:
                    failed += 1
                    emit(f"{result.path}:{result.line}: [{result.rule}] passes: take its “todo” away\n")
                elif result.passed:
                    passed += 1
                elif result.todo:
                    missed += 1
                else:
                    failed += 1
                    emit(f"{result.path}:{result.line}: [{result.rule}] {result.message}\n")
        except (ClassifierError, ModelError) as error:
            raise Failure(str(error)) from error
    emit(f"{passed} passed, {failed} failed, {missed} known misses\n")
    ctx.exit(1 if failed else 0)


def _ruleset_to_test(folder: Path | None) -> tuple[Ruleset, Ruleset]:
    """The rules to lint with, and those among them whose examples are to be run."""
    from feedback_lint.rule_files import load_ruleset
    from feedback_lint.rule_folders import built_in

    if folder is None:
        ruleset = load_ruleset()
        return ruleset, ruleset
    is_ours = folder.resolve().is_relative_to(built_in().resolve())
    ruleset = load_ruleset() if is_ours else load_ruleset(folder)
    chosen = tuple(r for r in ruleset.rules if r.path.resolve().is_relative_to(folder.resolve()))
    if not chosen:
        raise Failure(f"{folder}: There is no rule (.yaml, .yml) in this folder.")
    return ruleset, replace(ruleset, rules=chosen)
