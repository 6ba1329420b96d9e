"""The command that measures how often the rules are right."""

from __future__ import annotations

from pathlib import Path

import click

from feedback_lint.cli.options import READER_HELP, config_option, existing_file, model_option, rule_ids
from feedback_lint.cli.rulesets import ruleset_here
from feedback_lint.cli.terminal import Failure, emit


def _as_part(_: click.Context, __: click.Parameter, given: str) -> slice:
    """`N/M`: each M-th, from number N on."""
    try:
        first, divisor = (int(number) for number in given.split("/"))
    except ValueError as error:
        raise click.BadParameter(f"“{given}” is not of the form 0/2") from error
    if not 0 <= first < divisor:
        raise click.BadParameter(f"“{given}”: the first number must be smaller than the second")
    return slice(first, None, divisor)


@click.command("eval")
@click.argument("files", nargs=-1, required=True, type=existing_file)
@click.option("--rule", "chosen", multiple=True, callback=rule_ids, metavar="RULES",
              help="Count only these tone rules (comma-separated).")  # fmt: skip
@click.option("--modulo", "part", default="0/1", callback=_as_part, metavar="N/M",
              help="Take each M-th sentence of a file, from number N (0, 1 …) on; leave the rest unseen.")  # fmt: skip
@click.option("--show", is_flag=True, help="List each miss and each false alarm.")
@click.option("--format", "output_format", type=click.Choice(["text", "json", "markdown"]), default="text",
              help="(text)")  # fmt: skip
@model_option
@click.option("--reader/--no-reader", default=True, help=READER_HELP)
@config_option
def evaluate(
    files: tuple[Path, ...],
    chosen: tuple[str, ...] | None,
    part: slice,
    show: bool,
    output_format: str,
    model: str | None,
    reader: bool,
    config_file: Path | None,
) -> None:
    """Measure how often the tone rules are right, on labelled sentences.

    Each line of FILES is a JSON object: "id", "text", "labels" (the tone rules that ought to report it) and, where they
    help, "before" (the sentence before it) and "implied": true (for a mistake that is not said in so many words).
    """
    from feedback_lint.classifier import ClassifierError
    from feedback_lint.config import did_you_mean
    from feedback_lint.evaluation import Evaluation, LabelError, judge, read_labelled, tone_rules
    from feedback_lint.language import ModelError
    from feedback_lint.linter import Linter
    from feedback_lint.scorecard import SHOWN_AS

    linter = Linter(ruleset_here(config_file), model=model)
    known = tone_rules(linter.rules)
    for rule in chosen or ():
        if rule not in known:
            raise click.UsageError(f"--rule: there is no tone rule called “{rule}”{did_you_mean(rule, known)}")
    try:
        sentences = [sentence for file in files for sentence in read_labelled(file, linter.rules)[part]]
        judged = tuple(judge(linter, sentences, reader=reader))
    except (ClassifierError, LabelError, ModelError) as error:
        raise Failure(str(error)) from error
    counted = tuple(rule for rule in known if not chosen or rule in chosen)
    emit(SHOWN_AS[output_format](Evaluation(counted, judged), show=show))
