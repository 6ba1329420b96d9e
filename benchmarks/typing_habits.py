"""Whether findings survive how people type: labelled sentences, each typed in other ways that mean the same.

python benchmarks/typing_habits.py FILE.jsonl… [--habit NAME] [--show] [--modulo N/M]

The sentences are those of `feedback-lint eval`. Taken are the mistakes that are found, and the clean sentences that
are silent, as they are written. For each habit, of the sentences that it changes: the share of findings that are kept,
and the share of clean sentences with an alarm that was not there.
"""

from __future__ import annotations

import argparse
import re
import textwrap
from collections import Counter
from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path

from feedback_lint.evaluation import Share, read_labelled, reported
from feedback_lint.linter import Linter
from feedback_lint.scorecard import percentage

_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")
_STRETCHED = {
    "so": "soooo",
    "why": "whyyy",
    "please": "pleaseee",
    "no": "nooo",
    "really": "reallyyy",
    "never": "neverrr",
}
_TEXTING = {
    "you": "u", "your": "ur", "you're": "ur", "please": "plz", "thanks": "thx", "because": "bcoz", "why": "y",
    "about": "abt", "would": "wud", "could": "cud", "should": "shud", "message": "msg", "are": "r", "great": "gr8",
    "today": "2day", "tomorrow": "2moro", "before": "b4", "people": "ppl", "what": "wat", "to": "2", "for": "4",
    "and": "n", "have": "hav", "with": "wid", "tonight": "2nite", "okay": "k", "feedback": "fdbk", "don't": "dnt",
}  # fmt: skip
_MISSPELT = {
    "receive": "recieve", "received": "recieved", "definitely": "definately", "feedback": "feedack",
    "interview": "intervew", "interviews": "intervews", "because": "becuase", "which": "wich", "believe": "beleive",
    "disappointed": "dissapointed", "disappointing": "dissapointing", "decision": "desicion", "reason": "reson",
    "reasons": "resons", "rejected": "regected", "rejection": "rejecton", "candidate": "canidate",
    "candidates": "canidates", "experience": "experiance", "position": "postion", "opportunity": "oppurtunity",
    "application": "aplication", "immediately": "immediatly", "unfortunately": "unfortunatly", "wrong": "worng",
    "response": "responce", "answer": "anwser", "lawyer": "laywer", "discrimination": "discrimation",
    "complaint": "complant", "apparently": "apparantly", "successful": "succesful", "unsuccessful": "unsuccesful",
    "reconsider": "reconsidor", "waiting": "waitng", "explain": "expalin", "explanation": "explaination",
    "actually": "actualy", "really": "realy", "their": "thier", "tomorrow": "tommorow", "until": "untill",
    "company": "compnay", "email": "emial", "emails": "emials", "expect": "expext", "again": "agian",
    "hired": "hierd", "chosen": "choosen", "qualified": "qualifed", "unfair": "unfiar", "mistake": "mistke",
    "should": "shoud", "would": "woudl", "could": "coudl", "people": "poeple", "through": "throught",
}  # fmt: skip
_PRESENT = {
    "was": "is", "were": "are", "wasn't": "isn't", "weren't": "aren't", "did": "do", "didn't": "don't", "went": "go",
    "gave": "give", "chose": "choose", "took": "take", "wrote": "write",
}  # fmt: skip
_SLIPS = {
    "information": "informations", "feedback": "feedbacks", "advice": "advices", "please": "kindly",
    "explain": "explain me", "discuss": "discuss about", "reply": "revert",
}  # fmt: skip


def _respelt(table: Mapping[str, str]) -> Callable[[str], str]:
    """Puts other words for those of a table; a capital at the beginning stays."""

    def retyped(text: str) -> str:
        return _WORD.sub(lambda m: _like(m[0], table.get(m[0].lower().replace("’", "'"), m[0])), text)

    return retyped


def _like(word: str, new: str) -> str:
    return new[0].upper() + new[1:] if word[0].isupper() else new


def _bare(text: str) -> str:
    return re.sub(r"(?<=\w)['’](?=\w)", "", text)


def _uncapitalised(text: str) -> str:
    return text.lower().rstrip(".")


def _slipped(slip: Callable[[str], str]) -> Callable[[str], str]:
    """Makes the same slip in each third of the longer words, in the middle of it."""

    def retyped(text: str) -> str:
        number = count()
        return re.sub(r"[a-z]{7,}", lambda m: m[0] if next(number) % 3 else slip(m[0]), text)

    return retyped


def _turned(word: str) -> str:
    middle = len(word) // 2
    return word[:middle] + word[middle + 1] + word[middle] + word[middle + 2 :]


def _dropped(word: str) -> str:
    middle = len(word) // 2
    return word[:middle] + word[middle + 1 :]


def _in_present(text: str) -> str:
    text = re.sub(r"\b(?:was|were) (?=I\b)", "am ", re.sub(r"\b(?<=I) (?:was|were)\b", " am", text))
    return _respelt(_PRESENT)(text)


def _stretched(text: str) -> str:
    text = _respelt(_STRETCHED)(text)
    return re.sub(r"(?<=\w)!", "!!!", re.sub(r"(?<=\w)\?", "??!!", text))


HABITS: dict[str, Callable[[str], str]] = {
    "no apostrophes": _bare,
    "curly apostrophes": lambda text: re.sub(r"(?<=\w)'(?=\w)", "’", text),
    "no capitals, no stop": _uncapitalised,
    "no capitals, no signs": lambda text: re.sub(r"[.,;:!?](?=\s|$)", "", _bare(text.lower())),
    "all capitals": str.upper,
    "stretched": _stretched,
    "texting": _respelt(_TEXTING),
    "texting in lower case": lambda text: _bare(_uncapitalised(_respelt(_TEXTING)(text))),
    "no space after sign": lambda text: re.sub(r"(?<=[a-z][,.?!]) (?=[A-Za-z])", "", text),
    "space before sign": lambda text: re.sub(r"(?<=\w)(?=[,?!])", " ", text),
    "hard wraps": lambda text: textwrap.fill(text, 60),
    "emoji": lambda text: text + " 🙏😊",
    "double spaces": lambda text: text.replace(" ", "  "),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "no articles": lambda text: re.sub(r"\b(?:a|an|the) ", "", text),
    "present for past": _in_present,
    "second language": _respelt(_SLIPS),
    "misspellings": _respelt(_MISSPELT),
    "letters turned": _slipped(_turned),
    "letters dropped": _slipped(_dropped),
}


def line(habit: str, tally: Counter[str]) -> str:
    kept = Share(tally["kept"], tally["kept"] + tally["lost"])
    alarms = Share(tally["alarm"], tally["clean"])
    return f"{habit:22} kept {percentage(kept):22} alarms {percentage(alarms)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--habit", action="append", choices=HABITS)
    parser.add_argument("--show", action="store_true", help="print each finding lost and each new alarm")
    parser.add_argument("--modulo", default="0/1", help="take the sentences whose number leaves N when divided by M")
    options = parser.parse_args()
    rest, divisor = (int(n) for n in options.modulo.split("/"))
    linter = Linter()
    tallies: dict[str, Counter[str]] = {habit: Counter() for habit in options.habit or HABITS}
    sentences = [s for file in options.files for s in read_labelled(file, linter.rules)]
    for sentence in sentences[rest::divisor]:
        usual, want = reported(linter, sentence), sentence.labels
        if bool(usual) != bool(want) or (want and not usual & want):
            continue
        for habit, tally in tallies.items():
            typed = HABITS[habit](sentence.text)
            if typed == sentence.text:
                continue
            got = reported(linter, sentence.model_copy(update={"text": typed}))
            lost = usual & want - got
            alarm = bool(got) and not want
            tally.update(kept=len(usual & want) - len(lost), lost=len(lost), clean=not want, alarm=alarm)
            if options.show and (lost or alarm):
                print(f"{habit} | {'alarm' if alarm else 'lost'} {sorted(lost or got)} {sentence.id}: {typed}")
    for habit, tally in tallies.items():
        print(line(habit, tally))


if __name__ == "__main__":
    main()
