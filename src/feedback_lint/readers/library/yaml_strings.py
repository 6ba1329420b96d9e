"""The strings of YAML files, with the place of each character. (PyYAML tells where a scalar begins and ends.)"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

import yaml

from feedback_lint.document import Projection
from feedback_lint.mistake import BrokenFileError
from feedback_lint.readers.joining import rewritten
from feedback_lint.readers.library.tree import Tree
from feedback_lint.text import ProjectionBuilder, Span

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML was built without libyaml
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

_BREAK = r"(?:\r\n|[\n\r\x85\u2028\u2029])"
_FOLD = rf"(?P<fold>[ \t]*{_BREAK}(?:[ \t]*{_BREAK})*[ \t]*)|(?P<space>[ \t]+)"
# What does not stand for itself in a scalar of each style (YAML 1.1, chapter 9).
_SPECIAL = {
    "": re.compile(_FOLD),
    "'": re.compile(rf"{_FOLD}|''"),
    '"': re.compile(
        rf"\\(?P<join>{_BREAK}(?:[ \t]*{_BREAK})*)[ \t]*|{_FOLD}|"
        r"\\(?:x(?P<x>\w\w)|u(?P<u>\w{4})|U(?P<U>\w{8})|(?P<sign>.))"
    ),
}
_SIGNS = {"0": "\0", "a": "\a", "b": "\b", "t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
          "N": "\x85", "_": "\u00a0", "L": "\u2028", "P": "\u2029"}  # fmt: skip
_BLOCK = re.compile(rf"[|>](?P<how>[-+0-9]*)[^\r\n\x85\u2028\u2029]*(?P<line_end>{_BREAK}|\Z)")
_LINE = re.compile(rf"(?P<indent> *)(?P<words>[^\r\n\x85\u2028\u2029]*)(?P<line_end>{_BREAK}|\Z)")


def read_yaml(text: str) -> Tree:
    """The data of a YAML file; several documents are a list. Raises BrokenFileError."""
    try:
        nodes = list(yaml.compose_all(text, Loader=_Loader))
        known: set[int] = set()
        trees = [_tree(text, node, known) for node in nodes]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise BrokenFileError(f"it is not valid YAML: {error.problem}", mark.line + 1 if mark else 0) from error
    except yaml.YAMLError as error:
        raise BrokenFileError(f"it is not valid YAML: {str(error).splitlines()[0]}") from error
    except RecursionError as error:
        raise BrokenFileError("it is nested too deeply") from error
    return trees[0] if len(trees) == 1 else trees


def _tree(text: str, node: yaml.Node, known: set[int]) -> Tree:
    """A node as data; one that an alias repeats is taken once."""
    if id(node) in known:
        return None
    known.add(id(node))
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): _tree(text, value, known) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_tree(text, child, known) for child in node.value]
    return _string(text, node) if isinstance(node, yaml.ScalarNode) and node.tag.endswith(":str") else None


def _string(text: str, node: yaml.ScalarNode) -> Projection:
    """A scalar as a projection of the file. Where we read it otherwise than PyYAML, all of it stands for its value."""
    start, end = node.start_mark.index, node.end_mark.index
    value = node.value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # libyaml takes no surrogates
    if node.style in ("|", ">"):
        readings = _block_readings(text, start, folded=node.style == ">")
    else:
        quote = len(node.style or "")
        readings = iter((_flow(text, start + quote, end - quote, node.style or ""),))
    for reading in readings:
        if reading.text == value:
            return reading
    builder = ProjectionBuilder(text)
    builder.replace(start, end, value)
    return Projection(*builder.build())


def _flow(text: str, start: int, end: int, style: str) -> Projection:
    """A plain or quoted scalar."""
    return rewritten(text, _SPECIAL[style], _meant, Span(start, end))


def _meant(match: re.Match[str]) -> str:
    """What a fold or an escape stands for."""
    found = {name: value for name, value in match.groupdict().items() if value is not None}
    if "fold" in found:
        breaks = len(re.findall(_BREAK, found["fold"]))
        return "\n" * (breaks - 1) or " "
    if "join" in found:
        return "\n" * (len(re.findall(_BREAK, found["join"])) - 1)
    if "space" in found:
        return found["space"]
    if "sign" in found:
        return _SIGNS.get(found["sign"], found["sign"])
    return chr(int(next(iter(found.values())), 16)) if found else "'"


def _block_readings(text: str, start: int, *, folded: bool) -> Iterator[Projection]:
    """A literal or folded scalar, read with each indentation that it can have."""
    header = _BLOCK.match(text, start)
    if header is None:
        return
    first = next((m for m in _lines(text, header.end()) if m["words"]), None)
    deepest = len(first["indent"]) if first else 0
    for indent in range(deepest, -1, -1):
        yield _block(text, header, indent, folded=folded)


def _lines(text: str, at: int) -> Iterator[re.Match[str]]:
    while at < len(text) and (match := _LINE.match(text, at)):
        yield match
        at = match.end()


def _block(text: str, header: re.Match[str], indent: int, *, folded: bool) -> Projection:
    """A block scalar whose lines are indented so far."""
    builder = ProjectionBuilder(text)
    at = last = header.end()
    breaks = 0
    previous = ""
    for line in takewhile(lambda m: len(m["indent"]) >= indent or not m["words"], _lines(text, at)):
        begin = line.start() + indent
        words = text[begin : line.end("words")] if begin <= line.end("words") else ""
        if words:
            if previous and folded and not (previous[0] in " \t" or words[0] in " \t"):
                gap = "\n" * (breaks - 1) or " "
            else:
                gap = "\n" * breaks
            builder.replace(at, begin, gap)
            builder.copy(begin, line.end("words"))
            at, breaks, previous = line.end("words"), 0, words
        breaks += bool(line["line_end"])
        last = line.end()
    if "+" in header["how"]:
        builder.replace(at, last, "\n" * breaks)
    elif "-" not in header["how"] and breaks and previous:
        builder.replace(at, at + 1, "\n")
    return Projection(*builder.build())
