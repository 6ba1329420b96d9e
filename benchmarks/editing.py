"""What typing in a draft costs the language server, and whether edits at random ever lead it astray.

python -m benchmarks.editing [--bursts 300] [--edits 10000] [--limit-median 50] [--limit-95th 120]

A burst is a few keystrokes in a draft of about 400 words, then a check, as the server does it once typing has settled;
the figures are milliseconds of processor time from the change to the diagnostics as the editor gets them. Sentences are
typed letter by letter, with slips that are taken back, in paragraphs that are there and in new ones.

Then come edits at random (insertions, deletions, undo, emoji, line ends of all kinds, pasted mails), a check after each
tenth: what the server's own linter says must be what a fresh one says of the final text at each hundredth, and memory
must not grow. The exit status is 1 where something is over its limit, or differs.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from benchmarks.warm import good_mails

from feedback_lint.diagnostic import Diagnostic
from feedback_lint.job import Bench
from feedback_lint.linter import Linter
from feedback_lint.lsp.checking import Checker
from feedback_lint.lsp.drafts import Change, OpenDraft
from feedback_lint.lsp.positions import Encoding, point_at
from feedback_lint.lsp.preferences import Preferences
from feedback_lint.process import begin

ENCODING = Encoding.UTF_16
SENTENCES = Path(__file__).parents[1] / "tests" / "corpus" / "elements-develop.jsonl"
WORDS = 400
PIECES = ("\n", "\r\n", "\r", "\n\n", " ", ".", "?", "😀", "é", "\u2028", "\u00a0", "[Job Title]", "> ", "-- \n")
KEEPS = 50
# Memory may grow by so much over the second half of the edits, in MB: what is remembered is bounded.
GROWTH = 30


def sentences() -> list[str]:
    return [json.loads(line)["text"] for line in SENTENCES.read_text(encoding="utf-8").splitlines()]


def draft_of(chance: random.Random, some: Sequence[str]) -> OpenDraft:
    """A mail of about 400 words in paragraphs of three or four sentences."""
    paragraphs: list[str] = []
    while sum(len(p.split()) for p in paragraphs) < WORDS:
        paragraphs.append(" ".join(chance.sample(some, chance.choice((3, 4)))))
    text = "\n\n".join(("Subject: The interview", "Dear Ms. Osei,", *paragraphs, "Kind regards,\nSam Porter\n"))
    return OpenDraft("file:///draft.txt", Path("/draft.txt"), text)


def replaced(draft: OpenDraft, start: int, end: int, new: str) -> OpenDraft:
    """The draft after an edit that comes in as the protocol sends it."""
    first, last = (point_at(draft.source.lines, offset, ENCODING) for offset in (start, end))
    return draft.edited([Change(new, first, last)], draft.revision, ENCODING)


def bursts(draft: OpenDraft, chance: random.Random, some: Sequence[str]) -> Iterator[OpenDraft]:
    """States of a draft into which sentences are typed, each after a few keystrokes."""
    while True:
        ends = [n + 1 for n, char in enumerate(draft.text) if char == "."]
        at = chance.choice(ends)
        typed = chance.choice((" ", " ", "\n\n")) + chance.choice(some)
        start = at
        while typed:
            keys = chance.randint(1, 12)
            for key in typed[:keys]:
                draft = replaced(draft, at, at, key)
                at += 1
            typed = typed[keys:]
            if chance.random() < 0.1:
                draft = replaced(draft, at, at, "x")
                draft = replaced(draft, at, at + 1, "")
            yield draft
        draft = replaced(draft, start, at, "")  # so that it stays as long as it is


def random_edits(draft: OpenDraft, chance: random.Random, some: Sequence[str]) -> Iterator[OpenDraft]:
    """States of a draft that is edited without sense; now and then many edits are taken back."""
    mails = [mail.text for mail in good_mails()]
    before: list[str] = []
    while True:
        before = [*before, draft.text][-KEEPS:]
        start, end = sorted(chance.choices(range(len(draft.text) + 1), k=2))
        kind = chance.random()
        if kind < 0.5:
            draft = replaced(
                draft, start, start, chance.choice((*PIECES, chance.choice(some), chance.choice("abc xyz")))
            )
        elif kind < 0.8:
            draft = replaced(draft, start, min(end, start + chance.choice((1, 1, 2, 10, 80))), "")
        elif kind < 0.9:
            draft = draft.edited([Change(chance.choice(before))], draft.revision, ENCODING)
        elif kind < 0.92 or len(draft.text) > 4000:
            draft = draft.edited([Change(chance.choice(mails))], draft.revision, ENCODING)
        else:
            draft = replaced(draft, start, min(end, start + 200), chance.choice(some))
        yield draft


def resident() -> float:
    """The memory of this process, in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def places(findings: Sequence[Diagnostic]) -> list[tuple[object, ...]]:
    return [(d.rule, d.span, d.message, d.suggestions, d.fingerprint) for d in findings]


def typing(checker: Checker, count: int, chance: random.Random, some: Sequence[str]) -> list[float]:
    """Milliseconds of processor time for each burst."""
    draft = draft_of(chance, some)
    checker.check(draft, Preferences())
    spent: list[float] = []
    for typed in islice(bursts(draft, chance, some), count):
        start = time.process_time()
        checked = checker.check(typed, Preferences())
        for finding in checked.findings:
            point_at(typed.source.lines, finding.span.start, ENCODING)
        spent.append(1000 * (time.process_time() - start))
    return spent


def astray(checker: Checker, count: int, chance: random.Random, some: Sequence[str]) -> tuple[int, float]:
    """How often what is found is not what a fresh linter finds, and by how much memory grew over the second half."""
    wrong, half = 0, 0.0
    for number, draft in enumerate(islice(random_edits(draft_of(chance, some), chance, some), count), 1):
        if number % 10 == 0:
            checked = checker.check(draft, Preferences())
            if checked.complaint:
                sys.exit(f"{checked.complaint}\nThe draft was: {draft.text!r}")
        if number % 100 == 0:
            fresh = Linter().lint(draft.source, checked.settings)
            wrong += places(checked.findings) != places([d for report in fresh for d in report.diagnostics])
        if number == count // 2:
            half = resident()
    return wrong, resident() - half


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bursts", type=int, default=300)
    parser.add_argument("--edits", type=int, default=10_000)
    parser.add_argument("--limit-median", type=float)
    parser.add_argument("--limit-95th", type=float)
    options = parser.parse_args()
    begin(somebody_types=True)  # as the language server has it
    chance, some = random.Random(0), sentences()  # noqa: S311 - the same edits each time
    checker = Checker()
    if complaint := checker.load(Bench()):
        sys.exit(complaint)
    spent = sorted(typing(checker, options.bursts, chance, some))
    median, late = statistics.median(spent), spent[int(0.95 * len(spent))]
    print(f"typing: {median:.0f} ms median, {late:.0f} ms at the 95th percentile, {spent[-1]:.0f} ms at most")
    wrong, growth = astray(checker, options.edits, chance, some)
    print(f"{options.edits} edits: {wrong} times something else than a fresh lint finds, memory {growth:+.1f} MB")
    over = (options.limit_median or median) < median or (options.limit_95th or late) < late
    sys.exit(1 if over or wrong or growth > GROWTH else 0)


if __name__ == "__main__":
    main()
