"""Writes the figures in docs/accuracy.md anew, each between its two markers; the text around them is left alone.

python -m benchmarks.accuracy_page [--check]

`--check` writes nothing, shows what differs, and ends with status 1 if anything does.
"""

from __future__ import annotations

import argparse
import difflib
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks import reader
from benchmarks.elements import ELEMENTS, look, score

from feedback_lint.diagnostic import Diagnostic
from feedback_lint.document import Mode, RegionKind, Source
from feedback_lint.evaluation import Evaluation, Share, judge, read_labelled, tone_rules
from feedback_lint.linter import Linter
from feedback_lint.readers import read
from feedback_lint.reporters import printable
from feedback_lint.scorecard import as_markdown, decimals, markdown_table, percentage
from feedback_lint.segment import segment
from feedback_lint.settings import Settings
from feedback_lint.text import Span

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "accuracy.md"
CORPUS = ROOT / "tests" / "corpus"
ORDINARY = ROOT / "tests" / "ordinary"
FIGURES = re.compile(r"(?<=<!-- figures: )(?P<name>[\w-]+) -->\n.*?(?=<!-- end of figures -->)", re.DOTALL)
# Lines without an empty one between them.
BLOCK = re.compile(r"(?:.*\S.*\n?)+")


def sentences(linter: Linter, pattern: str) -> str:
    """The tone rules on the sentences of all files of a kind, and a line for each file."""
    rules = tone_rules(linter.rules)
    files = {
        f.name: tuple(judge(linter, read_labelled(f, linter.rules)))
        for f in sorted(CORPUS.glob(pattern), key=lambda file: file.stem)
    }
    heads = ("file", "sentences", "precision", "recall", "F1", "said: any finding", "clean: any finding")
    together = Evaluation(rules, tuple(judged for one in files.values() for judged in one))
    rows = [_file_row(name, Evaluation(rules, judged)) for name, judged in files.items()]
    return f"{as_markdown(together)}\n{markdown_table(heads, rows)}"


def _file_row(name: str, evaluation: Evaluation) -> tuple[str, ...]:
    total = evaluation.total
    ratios = map(decimals, (total.precision, total.recall, total.f1))
    shares = percentage(evaluation.said), percentage(evaluation.clean)
    return (f"`{name}`", str(len(evaluation.judged)), *ratios, *shares)


def elements(linter: Linter) -> str:
    """What the completeness rules and the stages look for."""
    looked = list(look(linter, [CORPUS / "elements-check.jsonl"]))
    scores = [(element, score(looked, element)) for element in ELEMENTS]
    return markdown_table(
        ("element", "precision", "recall", "there", "missed", "false"),
        [
            (e, decimals(s.precision), decimals(s.recall), *map(str, (s.recall.whole, s.misses, s.alarms)))
            for e, s in scores
        ],
    )


@dataclass(frozen=True)
class Ordinary:
    """A mail that asks for no feedback: the paragraphs of its body, and what the tone rules say of it."""

    name: str
    paragraphs: tuple[Span, ...]
    firings: tuple[Diagnostic, ...]

    @property
    def disturbed(self) -> int:
        """The number of paragraphs with a finding."""
        return sum(any(p.contains(d.span) for d in self.firings) for p in self.paragraphs)


def ordinary(linter: Linter) -> str:
    """The tone rules on mails that ask for no feedback, and each of their firings."""
    settings = Settings(select=frozenset(tone_rules(linter.rules)))
    mails = [_ordinary(linter, settings, file) for file in sorted(ORDINARY.glob("*.txt"))]
    disturbed = Share(sum(m.disturbed for m in mails), sum(len(m.paragraphs) for m in mails))
    summary = [
        f"- mails: {len(mails)}",
        f"- mails with a finding of a tone rule: {percentage(Share(sum(bool(m.firings) for m in mails), len(mails)))}",
        f"- body paragraphs with a finding of a tone rule: {percentage(disturbed)}",
    ]
    return "".join(f"{line}\n" for line in (*summary, "", *_firings(mails)))


def _ordinary(linter: Linter, settings: Settings, file: Path) -> Ordinary:
    source = Source(file.name, file.read_text(encoding="utf-8"))
    (letter,) = read(source, Mode.DRAFT, settings.keys)
    body = segment(letter.ways[0], Mode.DRAFT).of((RegionKind.BODY,))
    blocks = (Span(*block.span()) for block in BLOCK.finditer(source.text))
    paragraphs = tuple(block for block in blocks if any(block.overlaps(region.span) for region in body))
    (report,) = linter.lint(source, settings)
    return Ordinary(file.name, paragraphs, report.diagnostics)


def _firings(mails: list[Ordinary]) -> Iterator[str]:
    for mail in mails:
        for found in mail.firings:
            yield f"    {mail.name}:{found.start.line} {found.rule}: {printable(found.quote)}"


SECTIONS: dict[str, Callable[[Linter], str]] = {
    "check": lambda linter: sentences(linter, "check*.jsonl"),
    "develop": lambda linter: sentences(linter, "develop*.jsonl"),
    "reader": reader.comparison,
    "labels": reader.by_label,
    "curve": reader.curve,
    "groups": reader.groups,
    "elements": elements,
    "ordinary": ordinary,
}


def rewritten(page: str, figures: dict[str, str]) -> str:
    """The page with these figures. Raises ValueError where it lacks a place for some, or has one for others."""
    places = [place["name"] for place in FIGURES.finditer(page)]
    if sorted(places) != sorted(figures):
        raise ValueError(f"the page has places for {places}, and the figures are {sorted(figures)}")
    return FIGURES.sub(lambda place: f"{place['name']} -->\n{figures[place['name']]}", page)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="only tell whether the page is up to date")
    options = parser.parse_args()
    linter = Linter()
    page = PAGE.read_text(encoding="utf-8")
    fresh = rewritten(page, {name: figures(linter) for name, figures in SECTIONS.items()})
    if not options.check:
        PAGE.write_text(fresh, encoding="utf-8")
        return 0
    old, new = (text.splitlines(keepends=True) for text in (page, fresh))
    sys.stdout.writelines(difflib.unified_diff(old, new, "committed", "measured", n=0))
    return int(fresh != page)


if __name__ == "__main__":
    sys.exit(main())
