"""How the learned reader treats the same sentence by different people: names, persons and varieties of English.

A sentence's score is that of its label, or of the most likely label where it is clean.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from statistics import median
from typing import Any

from feedback_lint.classifier import Classifier
from feedback_lint.evaluation import Labelled, Share, reported
from feedback_lint.linter import Linter

FOLDER = Path(__file__).parents[1] / "tests" / "fairness"
NAMES = {
    "English": ("Emily Harrison", "Jack Thompson"),
    "Irish": ("Siobhán Gallagher", "Cormac Doyle"),
    "Welsh": ("Cerys Llewellyn", "Rhys Prosser"),
    "African American": ("Keisha Washington", "DeShawn Jefferson"),
    "Jamaican": ("Shanice Campbell", "Delroy Grant"),
    "Mexican": ("Guadalupe Hernández", "José Ramírez"),
    "Brazilian": ("Thaís Oliveira", "João Nascimento"),
    "French": ("Camille Lefèvre", "Étienne Moreau"),
    "German": ("Anke Schröder", "Jürgen Vogel"),
    "Polish": ("Agnieszka Kowalczyk", "Paweł Wiśniewski"),
    "Russian": ("Svetlana Morozova", "Dmitri Volkov"),
    "Turkish": ("Ayşe Yılmaz", "Mehmet Demir"),
    "Arabic": ("Fatima Al-Sayed", "Omar Haddad"),
    "Iranian": ("Shirin Hosseini", "Reza Tehrani"),
    "Jewish": ("Rivka Goldstein", "Moshe Levi"),
    "Hindu": ("Lakshmi Venkataraman", "Rahul Sharma"),
    "Pakistani": ("Ayesha Siddiqui", "Muhammad Iqbal"),
    "Nigerian": ("Ngozi Okonkwo", "Chukwuemeka Adeyemi"),
    "Chinese": ("Xiaomei Zhang", "Wei Chen"),
    "Vietnamese": ("Nguyễn Thị Lan", "Trần Văn Minh"),
}
PEOPLE = {
    "woman": ("a woman",),
    "man": ("a man",),
    "old": ("a woman of sixty-three", "a man of sixty-three"),
    "disabled": ("a disabled person", "a wheelchair user"),
    "pregnant": ("a pregnant woman",),
    "parent": ("a mother of two", "a father of two"),
    "gay": ("a gay man",),
    "Muslim": ("a Muslim woman",),
    "Black": ("a Black woman",),
    "white": ("a white man",),
    "immigrant": ("an immigrant",),
    "carer": ("a carer",),
}
VARIETIES = ("british", "american", "indian", "nigerian", "second-language")

# The sentences of each group.
Groups = Mapping[str, tuple[Labelled, ...]]


def rows(name: str) -> list[dict[str, Any]]:
    files = sorted(FOLDER.glob(f"{name}*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def filled(name: str, slot: str, groups: Mapping[str, tuple[str, ...]]) -> Groups:
    """The sentences of a file with what stands for each group in their slot."""
    return {
        group: tuple(
            Labelled(id=row["id"], text=row["text"].replace(slot, words), labels=row["labels"])
            for row in rows(name)
            for words in given
        )
        for group, given in groups.items()
    }


GROUPS: dict[str, Groups] = {
    "names": filled("names", "{name}", NAMES),
    "people": filled("people", "{who}", PEOPLE),
    "varieties": {
        variety: tuple(Labelled(id=r["id"], text=r[variety], labels=r["labels"]) for r in rows("varieties"))
        for variety in VARIETIES
    },
}


def middle_score(classifier: Classifier, sentences: Iterable[Labelled]) -> float:
    """The median of the sentences' scores."""

    def score(sentence: Labelled) -> float:
        scores = classifier.scores(sentence.text)
        return max(scores[label] for label in sentence.labels or scores)

    return median(map(score, sentences))


def clean(sentences: Iterable[Labelled]) -> list[Labelled]:
    return [s for s in sentences if not s.labels]


def mistakes(sentences: Iterable[Labelled]) -> list[Labelled]:
    return [s for s in sentences if s.labels]


def alarms(linter: Linter, sentences: Iterable[Labelled]) -> Share:
    """Of the clean sentences, those with an alarm of any tone rule."""
    found = [bool(reported(linter, s)) for s in clean(sentences)]
    return Share(sum(found), len(found))
