"""Configuration: `feedback-lint.toml`, or `[tool.feedback-lint]` in `pyproject.toml`, nearest upwards."""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictBool, ValidationError

from feedback_lint.diagnostic import Severity
from feedback_lint.mistake import Mistake, MistakesError

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec
    from pydantic_core import ErrorDetails

FILE_NAME = "feedback-lint.toml"
_SECTION = ("tool", "feedback-lint")

Location = tuple[str | int, ...]
Place = tuple[int, int]


def _valid_globs(globs: tuple[str, ...]) -> tuple[str, ...]:
    _compiled(globs)
    return globs


def _hyphenated(name: str) -> str:
    return name.replace("_", "-")


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, alias_generator=_hyphenated, defer_build=True)


class Options(_Table):
    """The keys that depend on the file that is checked. `None` for `select` means all rules."""

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    stage: Literal["auto", "request", "thanks", "follow-up"] = "auto"
    mode: Literal["auto", "draft", "template"] = "auto"
    severity: dict[str, Severity] = Field(default_factory=dict)
    placeholders: tuple[str, ...] | None = None
    text_key: str | None = None
    subject_key: str | None = None
    reader: StrictBool = True


class Override(Options):
    """Options for the files that the globs match, in the manner of .gitignore."""

    paths: Annotated[tuple[str, ...], Field(min_length=1), AfterValidator(_valid_globs)]


class Keys(Options):
    """All that a configuration file can hold."""

    fail_on: Literal["error", "warning", "suggestion", "never"] = "warning"
    format: str = "text"
    model: str | None = None
    extend_rules: tuple[str, ...] = ()
    overrides: tuple[Override, ...] = ()


_DEFAULTS = Keys()


class ConfigError(MistakesError):
    """A configuration file with mistakes; `str()` lists each with file and line."""


@dataclass(frozen=True)
class Config:
    """What one configuration file says; without `path`, the defaults."""

    path: Path | None = None
    keys: Keys = _DEFAULTS
    text: str = ""
    section: Location = ()

    @property
    def rule_folders(self) -> tuple[Path, ...]:
        """`extend-rules`, which is relative to the file."""
        return tuple(self.path.parent / folder for folder in self.keys.extend_rules) if self.path else ()

    def options(self, path: Path) -> Options:
        """The options for one file: later overrides win, but `ignore` and `severity` add up."""
        merged: dict[str, Any] = {name: getattr(self.keys, name) for name in Options.model_fields}
        for _, override in self._overrides(path):
            for name in override.model_fields_set - {"paths"}:
                value = getattr(override, name)
                merged[name] = (
                    (*merged[name], *value)
                    if name == "ignore"
                    else {**merged[name], **value}
                    if name == "severity"
                    else value
                )
        return Options.model_construct(**merged)

    def origins(self, path: Path) -> Iterator[tuple[str, object, str]]:
        """Each key but `overrides`, its value for one file, and where that was said."""
        options = self.options(path)
        for name, info in Keys.model_fields.items():
            if name == "overrides":
                continue
            key = info.alias or name
            said: list[Location] = [(key,)] if name in self.keys.model_fields_set else []
            for n, override in self._overrides(path):
                if name in override.model_fields_set:
                    here: Location = ("overrides", n, key)
                    said = [*said, here] if name in ("ignore", "severity") else [here]
            places = ", ".join(f"{self.path}:{self._place(at)[0]}" for at in said)
            yield key, getattr(options, name, getattr(self.keys, name)), places or "default"

    def check_names(self, rules: Iterable[str], formats: Iterable[str]) -> None:
        """Raise ConfigError for rules and a format that do not exist."""
        named = [(at, "rule", rule, frozenset(rules)) for at, rule in self._named_rules()]
        named.append((("format",), "format", self.keys.format, frozenset(formats)))
        unknown = [
            self.mistake(at, f"there is no {kind} called “{name}”{did_you_mean(name, known)}")
            for at, kind, name, known in named
            if name not in known
        ]
        if unknown:
            raise ConfigError(unknown)

    def mistake(self, at: Location, message: str) -> Mistake:
        """A mistake at a key or list item, or at the nearest place above it that the file has."""
        return Mistake(self.path or Path(), *self._place(at), message)

    def _overrides(self, path: Path) -> list[tuple[int, Override]]:
        if not self.path:
            return []
        name = os.path.relpath(os.path.abspath(path), self.path.parent)
        return [(n, o) for n, o in enumerate(self.keys.overrides) if _compiled(o.paths).match_file(name)]

    def _named_rules(self) -> Iterator[tuple[Location, str]]:
        overrides = [(("overrides", n), o) for n, o in enumerate(self.keys.overrides)]
        tables: list[tuple[Location, Options]] = [((), self.keys), *overrides]
        for at, table in tables:
            for n, rule in enumerate(table.select or ()):
                yield (*at, "select", n), rule
            for n, rule in enumerate(table.ignore):
                yield (*at, "ignore", n), rule
            for rule in table.severity:
                yield (*at, "severity", rule), rule

    @cached_property
    def _places(self) -> dict[Location, Place]:
        return _places(self.text)

    def _place(self, at: Location) -> Place:
        at = (*self.section, *at)
        while at and at not in self._places:
            at = at[:-1]
        return self._places.get(at, (1, 1))


class ConfigFinder:
    """Finds the configuration of each file, and remembers it by folder."""

    def __init__(self, explicit: Path | None = None) -> None:
        """`explicit` is the one file to use for all, wherever they are."""
        self._explicit = explicit
        self._known: dict[Path, Config | ConfigError] = {}

    def of(self, path: Path) -> Config:
        """The configuration of a file or folder. Raises ConfigError."""
        if self._explicit:
            folder = self._explicit
        else:
            absolute = Path(os.path.abspath(path))
            folder = absolute if os.path.isdir(absolute) else absolute.parent
        found = self._lookup(folder)
        if isinstance(found, ConfigError):
            raise found
        return found

    def _lookup(self, folder: Path) -> Config | ConfigError:
        if folder not in self._known:
            try:
                here = read_config(folder) if self._explicit else _config_in(folder)
                top = folder.parent == folder
                self._known[folder] = here or (Config() if top else self._lookup(folder.parent))
            except ConfigError as error:
                self._known[folder] = error
        return self._known[folder]


def _config_in(folder: Path) -> Config | None:
    for path in (folder / FILE_NAME, folder / "pyproject.toml"):
        if os.path.isfile(path) and (found := _read(path)):
            return found
    return None


def read_config(path: Path) -> Config:
    """A configuration file that was named. Raises ConfigError, also where it has no table for us."""
    absolute = Path(os.path.abspath(path))
    found = _read(absolute)
    if found is None:
        raise ConfigError([Mistake(absolute, 0, 0, f"it has no section [{'.'.join(_SECTION)}]")])
    return found


def _read(path: Path) -> Config | None:
    """A configuration file; `None` for a pyproject.toml that says nothing of us."""
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        raise ConfigError([Mistake(path, 0, 0, f"cannot be read: {error.strerror}")]) from error
    except UnicodeDecodeError as error:
        raise ConfigError([Mistake(path, 0, 0, "cannot be read: it is not UTF-8")]) from error
    try:
        data: Any = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError([_syntax_mistake(path, text, str(error))]) from error
    section: Location = ()
    if path.name == "pyproject.toml":
        section = _SECTION
        tool = data.get("tool")
        if not isinstance(tool, dict) or "feedback-lint" not in tool:
            return None
        data = tool["feedback-lint"]
    bare = Config(path, _DEFAULTS, text, section)
    if not isinstance(data, dict):
        raise ConfigError([bare.mistake((), f"“{section[-1]}” must be a table")])
    try:
        return replace(bare, keys=Keys.model_validate(data))
    except ValidationError as error:
        raise ConfigError(bare.mistake(e["loc"], _explained(e)) for e in error.errors(include_url=False)) from error


def _syntax_mistake(path: Path, text: str, reason: str) -> Mistake:
    """A mistake from a message of tomllib, which tells the place only there."""
    match = re.fullmatch(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", reason, re.DOTALL)
    message, line, column = match.groups() if match else (reason, None, None)
    end = text.rstrip("\n").count("\n") + 1
    return Mistake(path, int(line or end), int(column or 1), f"not valid TOML: {message.lower()}")


def _explained(error: ErrorDetails) -> str:
    """One of pydantic's errors as a plain sentence with the nearest valid name."""
    key = next((part for part in reversed(error["loc"]) if isinstance(part, str)), "")
    kind, value = error["type"], error["input"]
    if kind == "extra_forbidden":
        table = Override if error["loc"][0] == "overrides" else Keys
        names = [info.alias or name for name, info in table.model_fields.items()]
        return f"unknown key “{key}”{did_you_mean(key, names)}"
    if kind == "missing":
        return f"the key “{key}” is missing"
    if kind in ("literal_error", "enum"):
        names = re.findall(r"'([^']+)'", error["ctx"]["expected"])
        near = did_you_mean(value, names) if isinstance(value, str) else ""
        return f"“{key}” must be {error['ctx']['expected'].replace(chr(39), '')}, not {value!r}{near}"
    if kind == "value_error":
        return str(error["ctx"]["error"])
    wanted = {
        "tuple_type": "a list",
        "string_type": "a string",
        "dict_type": "a table",
        "model_type": "a table",
        "bool_type": "true or false",
    }
    if isinstance(value, (list, tuple)) and not value:
        return f"“{key}” must not be empty"
    return f"“{key}” must be {wanted[kind]}" if kind in wanted else f"“{key}”: {error['msg']}"


def did_you_mean(word: str, names: Iterable[str]) -> str:
    """`; did you mean “…”?` with the most similar name, or nothing where none is similar."""
    near = difflib.get_close_matches(word, sorted(names), n=1, cutoff=0.5)
    return f"; did you mean “{near[0]}”?" if near else ""


@lru_cache(maxsize=64)
def _compiled(globs: tuple[str, ...]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec  # which few configurations need, and a hundredth of a run

    return GitIgnoreSpec.from_lines(globs)


def _places(text: str) -> dict[Location, Place]:
    """Line and column of each key and list item of a valid TOML text. (tomllib and tomlkit do not tell.)

    A statement is the shortest run of lines that is TOML by itself; within it, keys and items come in order.
    """
    places: dict[Location, Place] = {}
    tables: dict[Location, int] = {}
    lines = text.split("\n")
    table: Location = ()
    first = 0
    while first < len(lines):
        last = first + 1
        while True:
            chunk = "\n".join(lines[first:last])
            try:
                data = tomllib.loads(chunk)
                break
            except tomllib.TOMLDecodeError:
                last += 1
        if chunk.lstrip().startswith("["):
            table = _table_at(data, tables)
            places.setdefault(table, (first + 1, chunk.index("[") + 1))
        else:
            _find(data, table, chunk, 0, first, places)
        first = last
    return places


def _table_at(header: dict[str, Any], tables: dict[Location, int]) -> Location:
    """The location that a table header opens. `tables` counts the tables in each array of tables."""
    at: Location = ()
    value: Any = header
    while value:
        if isinstance(value, list):
            tables[at] = tables.get(at, -1) + 1
            return (*at, tables[at])
        name, value = next(iter(value.items()))
        at = (*at, name)
        if at in tables and not isinstance(value, list):
            at = (*at, tables[at])
    return at


def _find(value: Any, at: Location, chunk: str, cursor: int, first: int, places: dict[Location, Place]) -> int:
    """Note the places of what `value` holds, searching `chunk` from `cursor`; returns the new cursor."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in items:
        written = _written(inner) if isinstance(value, list) else re.escape(str(name))
        found = re.compile(written).search(chunk, cursor)
        start, cursor = found.span() if found else (cursor, cursor)
        line_start = chunk.rfind("\n", 0, start) + 1
        line = first + chunk.count("\n", 0, start) + 1
        places.setdefault((*at, name), (line, start - line_start + 1))
        cursor = _find(inner, (*at, name), chunk, cursor, first, places)
    return cursor


def _written(item: Any) -> str:
    """A pattern for how a list item begins in TOML."""
    if isinstance(item, (dict, list)):
        return r"\{" if isinstance(item, dict) else r"\["
    return rf"([\"']){re.escape(item)}\1" if isinstance(item, str) else re.escape(str(item).lower())
