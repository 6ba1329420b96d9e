from __future__ import annotations

import json

import pytest

from feedback_lint.evaluation import Evaluation, Judged, Labelled
from feedback_lint.scorecard import SHOWN_AS, as_json, as_markdown, as_text

EVALUATION = Evaluation(
    ("bitter", "demanding"),
    (
        Judged(Labelled(id="a1", text="So\nthat is that.", labels=frozenset({"bitter"})), frozenset({"demanding"})),
        Judged(Labelled(id="a2", text="Answer!", labels=frozenset({"demanding"})), frozenset({"demanding"})),
        Judged(Labelled(id="a3", text="Please \x1b[2J.", labels=frozenset()), frozenset({"demanding"})),
        Judged(Labelled(id="a4", text="Thanks.", labels=frozenset()), frozenset()),
    ),
)

TEXT = """\
miss of bitter in a1 (bitter): So that is that.
alarm of demanding in a1 (bitter): So that is that.
alarm of demanding in a3 (clean): Please \\x1b[2J.

rule       precision  recall     F1  expected  missed  alarms
bitter             –   0.000  0.000         1       1       0
demanding      0.333   1.000  0.500         1       0       2
all            0.333   0.500  0.400         2       1       2

sentences with a mistake that is said, with any finding: 2 of 2 (100.0%)
sentences with a mistake that is only implied, with any finding: 0 of 0
clean sentences with an alarm: 1 of 2 (50.0%)

expected → reported instead  sentences
bitter → demanding                   1
"""

MARKDOWN = """\
| rule | precision | recall | F1 | expected | missed | alarms |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
| `bitter` | – | 0.000 | 0.000 | 1 | 1 | 0 |
| `demanding` | 0.333 | 1.000 | 0.500 | 1 | 0 | 2 |
| all | 0.333 | 0.500 | 0.400 | 2 | 1 | 2 |

- sentences with a mistake that is said, with any finding: 2 of 2 (100.0%)
- sentences with a mistake that is only implied, with any finding: 0 of 0
- clean sentences with an alarm: 1 of 2 (50.0%)

| expected → reported instead | sentences |
| --- | ---: |
| `bitter` → `demanding` | 1 |

    miss of bitter in a1 (bitter): So that is that.
    alarm of demanding in a1 (bitter): So that is that.
    alarm of demanding in a3 (clean): Please \\x1b[2J.
"""


def test_text() -> None:
    assert as_text(EVALUATION, show=True) == TEXT


def test_markdown() -> None:
    assert as_markdown(EVALUATION, show=True) == MARKDOWN


def test_json() -> None:
    data = json.loads(as_json(EVALUATION, show=True))
    assert data["rules"][0] == {
        "rule": "bitter",
        "precision": None,
        "recall": 0.0,
        "f1": 0.0,
        "expected": 1,
        "missed": 1,
        "alarms": 0,
    }
    assert data["all"]["f1"] == pytest.approx(0.4)
    assert (data["version"], data["sentences"]) == (1, 4)
    assert data["clean"] == {"sentences": 2, "alarms": 1}
    assert data["said"] == {"sentences": 2, "noticed": 2}
    assert data["confusions"] == [{"expected": "bitter", "reported": "demanding", "sentences": 1}]
    assert data["slips"][0] == {
        "kind": "miss",
        "rule": "bitter",
        "id": "a1",
        "text": "So\nthat is that.",
        "labels": ["bitter"],
        "before": "",
        "implied": False,
    }


@pytest.mark.parametrize("name", SHOWN_AS)
def test_sentences_are_shown_only_when_asked_for(name: str) -> None:
    assert "Please" not in SHOWN_AS[name](EVALUATION)
