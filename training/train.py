"""Makes the learned reader anew from `training/data`, and writes it where the package ships it.

python -m training.train [--folder FOLDER]

Takes about 25 minutes on two cores. The seeds are fixed, but processors round differently: another machine's
model may differ in its last digits, and in its figures a little. `training/README.md` tells what to install.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers.fusion_options import FusionOptions
from onnxruntime.transformers.optimizer import optimize_model
from tokenizers import Encoding
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits

from feedback_lint.classifier import CARD_FILE, MODEL_FOLDER, NETWORK, TOKENIZER, context
from feedback_lint.evaluation import Labelled, tone_rules
from feedback_lint.rule_files import load_ruleset
from training import glance
from training.network import MOST_TOKENS, Batch, Judge, Network, batch, tokenizer
from training.sentences import digest, to_train

SEED = 20261122
EPOCHS = 4
BATCH = 32
LEARNING_RATE = 1.5e-4
# The new layer on top has everything to learn yet.
FASTER_ON_TOP = 3.0
WEIGHT_DECAY = 0.01
DROPOUT = 0.1
# The share of the steps in which the learning rate rises.
WARM_UP = 0.06
# How often a sentence that came without the one before it is given some other clean one: mostly it does not matter.
SOME_CONTEXT = 0.4
# So many words of the sentence before are learned from; when judging, fewer are read for speed.
CONTEXT = 12
# Batches of like length are put together from so many at a time.
POOL = 16


def main() -> None:
    """Read, train and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=MODEL_FOLDER, help="where to write the model")
    options = parser.parse_args()
    sentences = to_train()
    labels = tone_rules(load_ruleset())
    network = trained(sentences, labels)
    options.folder.mkdir(parents=True, exist_ok=True)
    write(network, labels, digest(sentences), options.folder)
    glance.write(options.folder)


def trained(sentences: Sequence[Labelled], labels: Sequence[str]) -> Network:
    """The base fine-tuned on sentences."""
    torch.manual_seed(SEED)
    torch.use_deterministic_algorithms(True)
    chance = random.Random(SEED)  # noqa: S311 - the same order each time
    network = Network(len(labels), DROPOUT).train()
    steps = EPOCHS * math.ceil(len(sentences) / BATCH)
    optimizer = _optimizer(network)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, steps))
    start = time.monotonic()
    for epoch in range(EPOCHS):
        losses = [_step(network, optimizer, schedule, *lesson) for lesson in _lessons(sentences, labels, chance)]
        minutes = (time.monotonic() - start) / 60
        print(f"epoch {epoch + 1} of {EPOCHS}: loss {sum(losses) / len(losses):.4f}, {minutes:.0f} min", flush=True)
    return network.eval()


def _optimizer(network: Network) -> torch.optim.Optimizer:
    """AdamW; biases and norms do not decay, and the layer on top learns faster."""
    groups: dict[tuple[float, float], list[nn.Parameter]] = {}
    for name, parameter in network.named_parameters():
        rate = LEARNING_RATE if name.startswith("encoder.") else FASTER_ON_TOP * LEARNING_RATE
        groups.setdefault((rate, WEIGHT_DECAY if parameter.ndim > 1 else 0.0), []).append(parameter)
    return torch.optim.AdamW([{"params": p, "lr": rate, "weight_decay": d} for (rate, d), p in groups.items()])


def _rate(step: int, steps: int) -> float:
    """The share of the learning rate: it rises, then falls to nothing."""
    warm = WARM_UP * steps
    return min((step + 1) / warm, max(0.0, (steps - step) / (steps - warm)))


def _lessons(
    sentences: Sequence[Labelled], labels: Sequence[str], chance: random.Random
) -> Iterator[tuple[Batch, Tensor]]:
    """All sentences once, in batches of like length, with what is to be found in them."""
    encoder = tokenizer()
    clean = [s.text for s in sentences if not s.labels]

    def encoded(sentence: Labelled) -> Encoding:
        before = sentence.before or (chance.choice(clean) if chance.random() < SOME_CONTEXT else "")
        return encoder.encode(sentence.text, context(sentence.text, before, CONTEXT) or None)

    order = chance.sample(sentences, len(sentences))
    for first in range(0, len(order), BATCH * POOL):
        pool = sorted(((s, encoded(s)) for s in order[first : first + BATCH * POOL]), key=lambda pair: len(pair[1].ids))
        batches = [pool[n : n + BATCH] for n in range(0, len(pool), BATCH)]
        for chosen in chance.sample(batches, len(batches)):
            wanted = torch.tensor([[float(label in s.labels) for label in labels] for s, _ in chosen])
            yield batch([e for _, e in chosen]), wanted


def _step(
    network: Network,
    optimizer: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LRScheduler,
    given: Batch,
    wanted: Tensor,
) -> float:
    """Learn from one batch; its loss."""
    loss = binary_cross_entropy_with_logits(network(*given), wanted, reduction="none").sum(1).mean()
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimizer.step()
    schedule.step()
    return loss.item()


def write(network: Network, labels: Sequence[str], learned_from: str, folder: Path) -> None:
    """Export a network to int8 ONNX, and write it with its tokenizer and its card."""
    with tempfile.TemporaryDirectory() as temporary:
        plain, fused = f"{temporary}/plain.onnx", f"{temporary}/fused.onnx"
        example = batch([tokenizer().encode("Thank you.", "I see."), tokenizer().encode("Why?")])
        names = list(Batch._fields)
        axes = {name: {0: "sentences", 1: "tokens"} for name in names} | {"scores": {0: "sentences"}}
        torch.onnx.export(
            Judge(network).eval(), tuple(example), plain, input_names=names, output_names=["scores"],
            dynamic_axes=axes, opset_version=17, dynamo=False,
        )  # fmt: skip
        optimize_model(plain, model_type="bert", optimization_options=_fusions()).save_model_to_file(fused)
        # Seven bits for weights: with eight, processors without VNNI overflow and give other scores.
        quantize_dynamic(
            fused, folder / NETWORK, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True,
            extra_options={"DefaultTensorType": 1},
        )  # fmt: skip
    tokenizer().save(str(folder / TOKENIZER), pretty=False)
    card = {
        "labels": list(labels),
        "tokens": MOST_TOKENS,
        "least": 0.0,  # until `glance.write` knows better
        "learned_from": learned_from,
        "sha256": {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in (NETWORK, TOKENIZER)},
    }
    (folder / CARD_FILE.name).write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")


def _fusions() -> FusionOptions:
    """The fused operators that are faster than their parts for one sentence in int8: that of GELU only."""
    options = FusionOptions("bert")
    options.enable_attention = options.enable_embed_layer_norm = False
    options.enable_skip_layer_norm = options.enable_bias_skip_layer_norm = False
    return options


if __name__ == "__main__":
    main()
