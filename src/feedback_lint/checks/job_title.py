"""The job applied for, named in words: "the Staff Nurse post", "interviewed for bank teller", "Subject: Data Analyst".

Titles are told from vocabulary (`occupation`, `field` …) and from where they stand, so that other people's jobs ("your
receptionist", "the hiring manager") and the generic "the role" do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from feedback_lint.document import PlaceholderKind, RegionKind
from feedback_lint.matching import PROSE, Manuscript
from feedback_lint.text import Span

_TOKEN = re.compile(r"[^\W_](?:[\w'+#/&.-]*[\w+#])?|[^\w\s]")
# Where a noun phrase cannot go on.
_STOPS = frozenset(
    "a an the this that these those my your our his her its their for as about regarding re concerning on at in "
    "with to from by of into over than i you we they he she it who which what was were is are be been am will "
    "would could can should do did not so because but if when me him them us had have has".split()
)
_DETERMINERS = frozenset("a an the this that your".split())
_OTHER_JOBS = frozenset(
    "other another similar future further any more such comparable different like next previous current former "
    "old".split()
)
_SLOT = frozenset("for as about regarding re concerning of on".split())
_TRIGGERS = re.compile(
    r"interview\w*|appl(?:y|ied|ying|ication|icant)|consider\w*|candida\w+|shortlist\w*|screen\w*|trial\w*|"
    r"audition\w*|test\w*|assess\w*|select\w*|reject\w*|turned|unsuccessful|meet|met|meeting|see|seeing|saw|"
    r"talk\w*|chat\w*|call\w*|speak\w*|spoke|process|search|recruit\w*|competition|running|hir(?:e|ed|ing)|"
    r"cho(?:se|sen|ose)|pick\w*|chance|opportunity|feedback|invit\w*|decision|outcome|result|notes|"
    r"conversation|discuss\w*|regret|mail|email|letter|having|had|time|day|suitab\w+|role|position|post|job|"
    r"vacancy|opening|place|go|tr(?:y|ied)|suited|right|fit|bid|work|join\w*|going|passed|passing|over|down|"
    r"got|get|getting|advice|round|panel|hoped|hoping"
)
# What goes before "as a porter" when the job is meant.
_TAKEN_ON = re.compile(
    r"interview\w*|appl(?:y|ied|ying|ication)|consider\w*|candida\w+|shortlist\w*|trial\w*|select\w*|"
    r"reject\w*|turned|hir(?:e|ed|ing)|"
    r"cho(?:se|sen|ose)|pick\w*|chance|opportunity|role|position|post|job|vacancy|opening|place|tr(?:y|"
    r"ied)|join\w*|start\w*"
)
_REACH = 10
_MOST_MODIFIERS = 7
_SEPARATORS = frozenset(":|-–—,();")
# A line of work alone between two marks of a subject is of no more words.
_MOST_FIELD_WORDS = 4
_PERSONAL_WORD = re.compile(
    r"[a-z]{3,}(?:er|or|ist|ician|ologist|grapher|smith|wright|keeper|man|woman|person|master|eer|monger)",
    re.IGNORECASE,
)
_NO_PERSON = frozenset(
    "other another whatever however former latter later earlier offer letter order paper number computer center "
    "better further never ever over under after longer shorter newer older younger bigger smaller higher lower "
    "easier harder stronger career answer matter manner corner together rather whether either neither employer "
    "error minor major prior senior junior interior exterior honor labor human woman man person player customer "
    "consumer newsletter semester quarter september november october december chapter cover power dinner water "
    "weather mother father brother summer winter exist assist list term year clear near floor door peer beer "
    "sister user member newcomer reminder remainder transfer".split()
)
_COMPANY = re.compile(
    r"(?:ltd|limited|inc|llc|plc|corp|group|trust|university|council|hospital|school|college|library|bank|"
    r"company|team|department|"
    r"agency|nhs|museum|institute|foundation|society|office|centre|center|house|hotel|academy|services|"
    r"association|court|street|road)\.?",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"[A-Z]{2,5}\d?")
# Endings of adjectives, which name no job before "role".
_ADJECTIVE = re.compile(
    r"\w+-(?:day|week|month|year|hour|stage)|\w+(?:ful|ous|ive|able|ible|less|est|ed|ary|ent|ant|ic|al|ly|y)"
)


class _Token(NamedTuple):
    """One word or mark of a paragraph, and where it stands; `word` is in lower case."""

    text: str
    word: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        """The range of the paragraph's text that it takes."""
        return Span(self.start, self.end)


def find(draft: Manuscript) -> Iterable[Span]:
    """Every place in the subject and the body that names the job, as source spans."""
    for placeholder in draft.document.placeholders:
        regions = draft.document.of(PROSE)
        if placeholder.kind is PlaceholderKind.JOB_TITLE and any(r.span.contains(placeholder.span) for r in regions):
            yield placeholder.span
    titles = JobTitles(draft.vocabulary)
    for kind, projection in draft.prose(PROSE):
        for span in titles.find(projection.text, in_subject=kind is RegionKind.SUBJECT):
            yield projection.to_source(span)


class JobTitles:
    """Finds job titles in prose with the word sets of `_vocabulary/occupations.yaml`."""

    def __init__(self, vocabulary: Mapping[str, frozenset[str]]) -> None:
        """`vocabulary` is that of the rules; sets that it lacks count as empty."""

        def words(name: str) -> frozenset[str]:
            return vocabulary.get(name, frozenset())

        self._occupations = words("occupation")
        self._fields = words("field")
        self._posts = words("named-post")
        self._jobs, self._loose_jobs = words("job-word"), words("loose-job-word")
        self._selection, self._stages = words("selection-word"), words("interview-stage")
        self._unnamed = words("unnamed-job")
        self._employers = words("initials-of-employer")
        self._job_nouns = self._jobs | self._loose_jobs | self._selection
        self._people, self._others = words("selection-person"), words("of-somebody-else")

    def find(self, text: str, *, in_subject: bool = False) -> Iterator[Span]:
        """The spans in `text` that name the job applied for. A subject line names it by a bare title, too."""
        tokens = [_Token(m[0], m[0].lower(), *m.span()) for m in _TOKEN.finditer(text)]
        for n, token in enumerate(tokens):
            start = self._before_job_word(tokens, n)
            if start is not None:
                yield Span(tokens[start].start, token.end)
            elif token.word in _SLOT or token.word in (":", "-", "–", "—", "(", "be"):
                yield from self._after_slot(tokens, n)
            elif self._is_post(tokens, n):
                yield token.span
        if in_subject:
            yield from self._in_subject(tokens)

    # "the <title> role": what stands before the word for the job

    def _before_job_word(self, tokens: Sequence[_Token], n: int) -> int | None:
        """Where the title begins that stands before the word at `n`; None where that is no "role" with a title."""
        word = tokens[n].word
        single = _singular(word)
        if single not in self._job_nouns:
            return None
        start = n
        while start and n - start < _MOST_MODIFIERS and self._is_modifier(tokens[start - 1]):
            start -= 1
        if start > 1 and tokens[start - 1].word in ("of", "in") and self._is_title(tokens, start - 2):
            return start - 2  # "the Teacher of Mathematics post"
        modifiers = tokens[start:n]
        determiner = tokens[start - 1].word if start else ""
        plural = single != word and single in self._jobs and determiner != "the"
        if (
            not modifiers
            or plural
            or any(t.word in _OTHER_JOBS for t in modifiers)
            or determiner in ("similar", "another")
        ):
            return None
        if determiner == "my" and single in self._jobs:
            return None
        return start if self._names_job(modifiers, single) else None

    @staticmethod
    def _is_modifier(token: _Token) -> bool:
        return token.word in ("&", "/", "and", "(", ")") or token.word not in _STOPS and token.word[0].isalnum()

    def _names_job(self, modifiers: Sequence[_Token], job: str) -> bool:
        last = modifiers[-1].word
        if last == ")":  # "the analyst (data) role"
            modifiers = [t for t in modifiers if t.word[0].isalnum()]
            last = modifiers[-1].word if modifiers else ""
        if any(self._is_title(modifiers, n) for n in range(len(modifiers))):
            return not (job in self._selection and len(modifiers) == 1 and last in self._people)
        field = self._ends_in(self._fields, modifiers, len(modifiers))
        if job in self._selection:
            return (
                field
                and last not in self._stages
                and job in ("interview", "application", "candidacy", "trial", "candidate")
            )
        if field:
            return job != "opportunity" and last not in self._unnamed
        return job in self._jobs and self._is_unknown_noun(modifiers[-1])

    def _is_unknown_noun(self, token: _Token) -> bool:
        """Whether a word that no vocabulary knows names the job before "role": "the hatter job", "the bookshop job"."""
        word = token.word
        if _INITIALS.fullmatch(token.text):
            return word not in self._employers | self._unnamed
        if word in self._unnamed or not word.replace("-", "").isalpha() or len(word) < 3:
            return False
        return _is_personal(word) or (token.text.islower() and not _ADJECTIVE.fullmatch(word))

    # "interviewed for <title>", "the post of <title>"

    def _after_slot(self, tokens: Sequence[_Token], n: int) -> Iterator[Span]:
        """The title after the preposition (or mark) at `n`."""
        sign = tokens[n].word
        if not self._is_triggered(tokens, n):
            return
        at = n + 1
        determiner = ""
        if at < len(tokens) and tokens[at].word in _DETERMINERS:
            determiner = tokens[at].word
            at += 1
        end = at
        while end < len(tokens) and end - at < _MOST_MODIFIERS and self._is_modifier(tokens[end]):
            end += 1
        phrase = tokens[at:end]
        if (
            not phrase
            or (determiner == "your" and sign != "be")
            or phrase[0].word in _OTHER_JOBS
            or sign == "be"
            and not determiner
        ):
            return
        head = self._head(phrase, title_case=sign == "for" and determiner in ("", "the"))
        if head is None or head == 0 and phrase[0].word in self._people and not self._may_be_person(tokens, n):
            return
        yield Span(phrase[0].start, phrase[head].end)

    def _is_triggered(self, tokens: Sequence[_Token], n: int) -> bool:
        """Whether the words before `n` speak of a job or of choosing somebody for one."""
        sign = tokens[n].word
        reach = 2 if sign[0] in ":-–—(" else _REACH
        before: list[str] = []
        for token in reversed(tokens[max(0, n - reach) : n]):
            if token.word in ".!?;":
                break
            before.append(token.word)
        if sign[0] in ":-–—(":
            return any(w in self._jobs for w in before[:1])
        if sign == "be":
            return any(
                w in ("chance", "opportunity", "hoped", "hoping", "applied", "interview", "interviewed") for w in before
            )
        if any(_singular(w) in self._jobs for w in before[:1]):
            return not any(w in ("my", "current", "previous", "old", "former") for w in before[1:4])
        return any((_TAKEN_ON if sign == "as" else _TRIGGERS).fullmatch(w) for w in before)

    def _may_be_person(self, tokens: Sequence[_Token], n: int) -> bool:
        """Whether "manager" alone after `n` is the job: "interviewed for manager", "the position of manager"."""
        return tokens[n].word == "for" or bool(n) and _singular(tokens[n - 1].word) in self._jobs

    def _head(self, phrase: Sequence[_Token], *, title_case: bool) -> int | None:
        """Which word of a noun phrase is an occupation; with `title_case` a capitalised phrase counts, too."""
        for n in range(len(phrase) - 1, -1, -1):
            if self._is_title(phrase, n) and not phrase[n].text.endswith(("'s", "’s")):
                return n
        capital = 0
        while capital < len(phrase) and phrase[capital].text[0].isupper():
            capital += 1
        if capital and _is_personal(phrase[capital - 1].word) and phrase[capital - 1].word not in self._people:
            return capital - 1 if title_case or capital > 1 else None
        if title_case and capital > 1 and not any(_COMPANY.fullmatch(t.word) for t in phrase[:capital]):
            return capital - 1 if self._ends_in(self._fields, phrase, capital) else None
        last = phrase[-1].word
        if title_case and _is_personal(last) and last not in self._people | self._unnamed:
            return len(phrase) - 1 if all(t.word in self._fields for t in phrase[:-1]) else None
        return None

    # subject lines

    def _in_subject(self, tokens: Sequence[_Token]) -> Iterator[Span]:
        for n, token in enumerate(tokens):
            if self._is_title(tokens, n) and not (token.word in self._people and self._is_alone(tokens, n)):
                yield token.span
        for part in _parts(tokens):
            if len(part) <= _MOST_FIELD_WORDS and self._ends_in(self._fields, part, len(part)):
                yield Span(part[0].start, part[-1].end)

    def _is_alone(self, tokens: Sequence[_Token], n: int) -> bool:
        """Whether a person of the selection's has nothing before it that makes it a title."""
        before = tokens[n - 1].word if n else ""
        return (
            bool(before)
            and (before in _STOPS or not before[0].isalnum() or before in self._unnamed)
            and before not in ("for", "as", ":", "-")
        )

    # words

    def _is_title(self, tokens: Sequence[_Token], n: int) -> bool:
        """Whether the word at `n` is an occupation, and not that of the reader or of a colleague."""
        word = tokens[n].word
        parts = re.split(r"[-/]", word)
        known = (
            self._ends_in(self._occupations, tokens, n + 1)
            or parts[-1] in self._occupations
            or parts[0] in self._occupations
        )
        before = tokens[n - 1].word if n else ""
        return known and before not in self._others and f"{before} {word}" not in self._others

    def _is_post(self, tokens: Sequence[_Token], n: int) -> bool:
        if not self._ends_in(self._posts, tokens, n + 1):
            return False
        return not any(t.word in _OTHER_JOBS | {"my"} for t in tokens[max(0, n - 3) : n])

    @staticmethod
    def _ends_in(words: frozenset[str], tokens: Sequence[_Token], end: int) -> bool:
        """Whether the words before `end` are in a set, the last alone or the last two or three together."""
        if not end or tokens[end - 1].word not in _last_words(words):
            return False
        return any(" ".join(t.word for t in tokens[end - n : end]) in words for n in (1, 2, 3) if n <= end)


@cache
def _last_words(phrases: frozenset[str]) -> frozenset[str]:
    return frozenset(phrase.rsplit(" ", 1)[-1] for phrase in phrases)


def _parts(tokens: Sequence[_Token]) -> Iterator[list[_Token]]:
    """What stands between the marks of a subject line: "Finance", "Leeds" in "Finance, Leeds"."""
    part: list[_Token] = []
    for token in tokens:
        if token.word not in _SEPARATORS:
            part.append(token)
        elif part:
            yield part
            part = []
    if part:
        yield part


def _is_personal(word: str) -> bool:
    """Whether a word looks like one for a person who does something: "hatter", "vinologist"."""
    return bool(_PERSONAL_WORD.fullmatch(word)) and word not in _NO_PERSON


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
