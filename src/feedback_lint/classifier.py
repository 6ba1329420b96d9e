"""The learned reader: how likely it is that a sentence makes each of the mistakes of tone, though it does not say so.

A small encoder (MiniLM, fine-tuned by `training/`) run by onnxruntime; the only module that imports it, when the first
sentence is read. `docs/reader.md` tells what it learned from, how often it is right, and what it gets wrong.
"""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feedback_lint.glance import Glance

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

MODEL_FOLDER = Path(__file__).parent / "reader_model"
CARD_FILE = MODEL_FOLDER / "reader.json"
NETWORK = "reader.onnx"
TOKENIZER = "tokenizer.json"
GLANCE = "glance.bin"
# A sentence of more words says by itself what it means.
_SHORT = 15
# So many words of the sentence before tell what a short one answers. Each costs a tenth of a millisecond.
_CONTEXT = 10


class ClassifierError(Exception):
    """The model cannot be used; the message is one plain sentence."""


@dataclass(frozen=True)
class Card:
    """What `reader.json` says of a model: its labels, how many tokens it reads, and the SHA-256 of its files.

    `least` is what a sentence must weigh at a first look to be worth reading.
    """

    labels: tuple[str, ...]
    tokens: int
    least: float
    sha256: Mapping[str, str]


def read_card(folder: Path = MODEL_FOLDER) -> Card:
    """What is known of a model without loading it. Raises ClassifierError."""
    try:
        data = json.loads((folder / CARD_FILE.name).read_bytes())
        return Card(tuple(data["labels"]), data["tokens"], data["least"], data["sha256"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ClassifierError(f"The reader's model in {folder} is not whole: install feedback-lint anew.") from error


class Classifier:
    """Judges sentences, and remembers the last `capacity` of them."""

    def __init__(self, folder: Path = MODEL_FOLDER, capacity: int = 4096) -> None:
        """`folder` holds the model, its tokenizer and its card; they are read at the first sentence."""
        self._folder = folder
        self._capacity = capacity
        self._known: OrderedDict[tuple[str, str], Mapping[str, float]] = OrderedDict()

    def is_worth_reading(self, sentence: str) -> bool:
        """Whether a mistake may be found in a sentence, at a first look. Raises ClassifierError."""
        return _glance(self._folder).is_worth_reading(sentence)

    def scores(self, sentence: str, before: str = "") -> Mapping[str, float]:
        """How sure the reader is of each label, from 0 to 1. Raises ClassifierError.

        A short sentence is read with the end of the one `before` it: "It was the traffic." answers something, or not.
        Sentences are judged one at a time: int8 arithmetic is scaled by all that is judged together, so that in a batch
        the score of one would depend on its neighbours.
        """
        key = sentence, context(sentence, before)
        if key not in self._known:
            self._known[key] = _loaded(self._folder).judge(*key)
            if len(self._known) > self._capacity:
                self._known.popitem(last=False)
        self._known.move_to_end(key)
        return self._known[key]


def context(sentence: str, before: str, most: int = _CONTEXT) -> str:
    """What is read with a sentence: the last words of the one before a short one, and nothing before a long one."""
    return " ".join(before.split()[-most:]) if len(sentence.split()) <= _SHORT else ""


@dataclass(frozen=True)
class _Model:
    labels: tuple[str, ...]
    tokenizer: Tokenizer
    session: InferenceSession

    def judge(self, sentence: str, before: str) -> Mapping[str, float]:
        encoded = self.tokenizer.encode(sentence, before or None)
        inputs = {"ids": encoded.ids, "mask": encoded.attention_mask, "types": encoded.type_ids}
        (scores,) = self.session.run(None, {name: _row(numbers) for name, numbers in inputs.items()})
        return dict(zip(self.labels, map(float, scores[0]), strict=True))


@cache
def _glance(folder: Path) -> Glance:
    """What takes the first look, loaded once in a process. Raises ClassifierError."""
    card = read_card(folder)
    return Glance(memoryview(_content(folder, GLANCE, card)).cast("b"), card.least)


@cache
def _loaded(folder: Path) -> _Model:
    """A model, loaded once in a process. Raises ClassifierError."""
    import onnxruntime
    from tokenizers import Tokenizer

    card = read_card(folder)
    tokenizer = Tokenizer.from_buffer(_content(folder, TOKENIZER, card))
    tokenizer.enable_truncation(card.tokens)
    tokenizer.no_padding()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    network = _content(folder, NETWORK, card)
    return _Model(card.labels, tokenizer, onnxruntime.InferenceSession(network, options, ["CPUExecutionProvider"]))


def _content(folder: Path, name: str, card: Card) -> bytes:
    """A file of the model, as it was made. Raises ClassifierError."""
    path = folder / name
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ClassifierError(f"The reader's model {path} cannot be read: {error.strerror}.") from error
    if hashlib.sha256(data).hexdigest() != card.sha256.get(name):
        raise ClassifierError(f"The reader's model {path} has been changed: install feedback-lint anew.")
    return data


def _row(numbers: list[int]) -> Any:
    """A batch of one."""
    import numpy

    return numpy.array([numbers], dtype=numpy.int64)
