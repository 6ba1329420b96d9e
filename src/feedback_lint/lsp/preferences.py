"""What an editor's settings say, over what configuration files say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from feedback_lint.config import did_you_mean
from feedback_lint.document import Mode, Stage
from feedback_lint.run import Chosen

_ISO_DAY = len("2025-03-31")


@dataclass(frozen=True)
class Preferences:
    """What the settings choose, the configuration `file` to use for all drafts, and what is wrong with the settings."""

    chosen: Chosen = field(default_factory=Chosen)
    file: Path | None = None
    mistakes: tuple[str, ...] = ()


def preferences_of(*settings: object) -> Preferences:
    """The preferences in settings, of which later ones win.

    A setting that is null, "", [] or "auto" leaves the choice to the configuration: editors send the defaults of what
    nobody set. One that is broken is left out, and told of. Tables of settings are a plugin's own.
    """
    chosen: dict[str, Any] = {}
    mistakes: list[str] = []
    for name, value in (item for some in settings for item in _items(some)):
        if isinstance(value, Mapping):
            continue
        if name not in _READERS:
            mistakes.append(f"There is no setting “{name}”{did_you_mean(name, _READERS) or '.'}")
        elif value not in (None, "", "auto") and value != []:
            key, read = _READERS[name]
            try:
                chosen[key] = read(value)
            except (TypeError, ValueError) as error:
                mistakes.append(f"The setting “{name}” {error}.")
    file = chosen.pop("file", None)
    return Preferences(Chosen(**chosen), file, tuple(dict.fromkeys(mistakes)))


def _items(settings: object) -> Iterable[tuple[str, object]]:
    return settings.items() if isinstance(settings, Mapping) else ()


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("must be a text")
    return value


def _one_of(names: Iterable[str]) -> Callable[[object], str]:
    known = tuple(names)

    def read(value: object) -> str:
        if value not in known:
            raise ValueError(f"must be one of auto, {', '.join(known)}")
        return str(value)

    return read


def _rules(value: object) -> tuple[str, ...]:
    """A list of rules, or a text with commas between them."""
    listed = value.split(",") if isinstance(value, str) else value
    if not isinstance(listed, (list, tuple)) or not all(isinstance(rule, str) for rule in listed):
        raise TypeError("must be a list of rules")
    return tuple(rule.strip() for rule in listed if rule.strip())


def _switch(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError("must be true or false")
    return value


def _moment(value: object) -> date:
    text = _text(value)
    try:
        return date.fromisoformat(text) if len(text) <= _ISO_DAY else datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError("must be a date such as 2025-03-31 or 2025-03-31T16:00") from error


def _file(value: object) -> Path:
    path = Path(_text(value)).expanduser()
    if not path.is_file():
        raise ValueError(f"names no file: {path}")
    return path


# The settings: the field that each sets, and how its value is read.
_READERS: Mapping[str, tuple[str, Callable[[object], object]]] = {
    "select": ("select", _rules),
    "ignore": ("ignore", _rules),
    "stage": ("stage", _one_of(Stage)),
    "mode": ("mode", _one_of(Mode)),
    "rejectedOn": ("rejected_on", _moment),
    "textKey": ("text_key", _text),
    "subjectKey": ("subject_key", _text),
    "reader": ("reader", _switch),
    "model": ("model", _text),
    "config": ("file", _file),
}
