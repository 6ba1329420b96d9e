"""Reading rule files: validation, compilation, and the examples in them.

A folder of rules holds one YAML file a rule in a folder a category, shared word sets in `_vocabulary/` and shared
detectors in `_signals/`. `docs/rules.md` describes the format.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from feedback_lint import cache
from feedback_lint.classifier import CARD_FILE, ClassifierError, read_card
from feedback_lint.mistake import Mistake, RuleFileError
from feedback_lint.pattern import Name, PatternError, Phrase, compile_phrase, index_of
from feedback_lint.rule_folders import built_in, files_in, name_of
from feedback_lint.ruleset import ClauseTest, Condition, Example, Rule, Ruleset, Signal, hyphenated

if TYPE_CHECKING:  # PyYAML is imported when a file is read, which the cache makes rare
    from feedback_lint.yaml_source import Location, YamlSource


def load_ruleset(*extra: Path) -> Ruleset:
    """The built-in rules, and those of `extra` folders, which may use the built-in words and signals.

    What was compiled before from the same files comes from the cache. Raises RuleFileError, with every mistake found,
    for files that are no valid rules.
    """
    folders = (built_in(), *extra)
    name = name_of(folders)
    found = cache.load("rules", name)
    if not isinstance(found, Ruleset):
        found = _compile(folders)
        cache.store("rules", name, found)
    return found


def _compile(folders: Iterable[Path]) -> Ruleset:
    """Read, validate and compile all files."""
    from feedback_lint.yaml_source import read_yaml

    mistakes: list[Mistake] = []
    words: dict[str, YamlSource] = {}
    signals: dict[str, Signal] = {}
    rules: dict[str, Rule] = {}
    loaded: list[tuple[YamlSource, Rule | Signal]] = []
    for folder in folders:
        if not folder.is_dir():
            mistakes.append(Mistake(folder, 1, 1, "no such folder of rules"))
            continue
        for path in files_in(folder):
            kind = path.parent.name
            try:
                source = read_yaml(path, until="examples")
                if kind == "_vocabulary":
                    _add_words(source, words, mistakes)
                    continue
                model = _validated(source, Signal if kind == "_signals" else Rule)
            except RuleFileError as error:
                mistakes += error.mistakes
                continue
            if isinstance(model, Signal):
                signals[model.id] = model
            else:
                if model.id in rules:
                    mistakes.append(source.mistake(("id",), f"the rule “{model.id}” exists already"))
                model = rules[model.id] = model.model_copy(update={"category": kind, "path": path})
            if model.id != path.stem:
                mistakes.append(source.mistake(("id",), f"the file of “{model.id}” must be named {model.id}.yaml"))
            loaded.append((source, model))
    vocabulary = _open_vocabulary(words, mistakes)
    phrases: dict[str, Phrase] = {}
    index: dict[str, Mapping[str, tuple[Name, ...]]] = {}
    try:
        labels = read_card().labels
    except ClassifierError as error:
        raise RuleFileError((Mistake(CARD_FILE, 0, 0, str(error)),)) from error
    ruleset = Ruleset(tuple(rules[k] for k in sorted(rules)), signals, vocabulary, phrases, index)
    for source, owner in loaded:
        for key in ("match", "unless"):
            for n, condition in enumerate(getattr(owner, key)):
                mistakes += _unresolved(source, (key, n), condition, ruleset, phrases, labels)
        if isinstance(owner, Rule):
            if owner.topic is not None and owner.topic not in ruleset.signals:
                mistakes.append(source.mistake(("topic",), _unknown("signal", owner.topic, ruleset.signals)))
            for other in owner.supersedes:
                if other not in ruleset.ids:
                    mistakes.append(source.mistake(("supersedes",), _unknown("rule", other, ruleset.ids)))
    if mistakes:
        raise RuleFileError(tuple(mistakes))
    index.update(index_of({phrase: phrases[phrase] for phrase in ruleset.of_phrase}))
    return ruleset


def load_examples(rule: Rule) -> tuple[tuple[int, Example], ...]:
    """The examples in a rule's file, each with its line. Raises RuleFileError."""
    from feedback_lint.yaml_source import read_yaml

    source = read_yaml(rule.path)
    examples = source.data.get("examples") or []
    if not isinstance(examples, list):
        raise RuleFileError((source.mistake(("examples",), "must be a list"),))
    out: list[tuple[int, Example]] = []
    for n, data in enumerate(examples):
        try:
            out.append((source.places["examples", n][0], Example.model_validate(data)))
        except ValidationError as error:
            raise RuleFileError(_explained(source, error, ("examples", n))) from error
    return tuple(out)


def _add_words(source: YamlSource, words: dict[str, YamlSource], mistakes: list[Mistake]) -> None:
    if not isinstance(source.data, dict):
        mistakes.append(source.mistake((), "must map set names to lists of words"))
        return
    for name, members in source.data.items():
        if not isinstance(members, list) or not all(isinstance(m, str) for m in members):
            mistakes.append(source.mistake((name,), "must be a list of words"))
        elif name in words:
            mistakes.append(source.mistake((name,), f"@{name} is defined already in {words[name].path}"))
        else:
            words[name] = source


def _open_vocabulary(words: Mapping[str, YamlSource], mistakes: list[Mistake]) -> dict[str, frozenset[str]]:
    """Each set with the sets it names opened."""
    opened: dict[str, frozenset[str]] = {}

    def members(name: str, within: tuple[str, ...]) -> frozenset[str]:
        if name not in opened:
            out: set[str] = set()
            for n, word in enumerate(words[name].data[name]):
                if not word.startswith("@"):
                    out.add(word.lower())
                elif word[1:] not in words:
                    mistakes.append(words[name].mistake((name, n), _unknown("vocabulary set", word[1:], words)))
                elif word[1:] in (*within, name):
                    mistakes.append(words[name].mistake((name, n), f"{word} contains itself"))
                else:
                    out |= members(word[1:], (*within, name))
            opened[name] = frozenset(out)
        return opened[name]

    for name in words:
        members(name, ())
    return opened


def _validated(source: YamlSource, model: type[Rule] | type[Signal]) -> Rule | Signal:
    try:
        return model.model_validate(source.data)
    except ValidationError as error:
        raise RuleFileError(_explained(source, error, ())) from error


def _explained(source: YamlSource, error: ValidationError, at: Location) -> tuple[Mistake, ...]:
    """Pydantic's errors as mistakes with a place in the file."""
    out: list[Mistake] = []
    for item in error.errors(include_url=False):
        location = (*at, *item["loc"])
        message = item["msg"].removeprefix("Value error, ")
        if item["type"] == "extra_forbidden":
            message = f"unknown key “{item['loc'][-1]}”"
        elif item["type"] == "missing":
            message = f"the key “{item['loc'][-1]}” is missing"
        out.append(source.mistake(location, message))
    return tuple(dict.fromkeys(out))


def _unresolved(
    source: YamlSource,
    at: Location,
    condition: Condition,
    ruleset: Ruleset,
    phrases: dict[str, Phrase],
    labels: Collection[str],
) -> Iterator[Mistake]:
    """Names in a condition that nothing answers to, and phrases that do not parse; those that do go to `phrases`."""
    for n, phrase in enumerate(condition.phrase or ()):
        try:
            phrases[phrase] = compile_phrase(phrase, ruleset.vocabulary)
        except PatternError as error:
            yield source.mistake((*at, "phrase", n), f"{error} (at character {error.at + 1} of “{phrase}”)")
    if condition.signal is not None and condition.signal not in ruleset.signals:
        yield source.mistake((*at, "signal"), _unknown("signal", condition.signal, ruleset.signals))
    if condition.reader is not None and condition.reader.label not in labels:
        yield source.mistake((*at, "reader", "label"), _unknown("label", condition.reader.label, labels))
    if condition.check is not None and not find_spec(f"feedback_lint.checks.{condition.check.replace('-', '_')}"):
        yield source.mistake((*at, "check"), f"there is no check called “{condition.check}”")
    yield from _unknown_sets(source, (*at, "clause"), condition.clause, ruleset)
    for key in ("also", "unless"):
        for n, inner in enumerate(getattr(condition, key)):
            yield from _unresolved(source, (*at, key, n), inner, ruleset, phrases, labels)


def _unknown_sets(source: YamlSource, at: Location, test: ClauseTest | None, ruleset: Ruleset) -> Iterator[Mistake]:
    if test is None:
        return
    for name, words in test:
        if isinstance(words, ClauseTest):
            yield from _unknown_sets(source, (*at, hyphenated(name)), words, ruleset)
        elif isinstance(words, tuple):
            for word in words:
                if word.startswith("@") and word[1:] not in ruleset.vocabulary:
                    place = (*at, hyphenated(name))
                    yield source.mistake(place, _unknown("vocabulary set", word[1:], ruleset.vocabulary))


def _unknown(what: str, name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.5)
    return f"there is no {what} called “{name}”" + (f"; did you mean “{near[0]}”?" if near else "")
