"""Libraries of letter templates to measure with, made from sentence patterns; the same for the same seed.

A letter asks for feedback in about 120 words, mostly kindly: in one of five a sentence makes a mistake. In a library
of `distinct` letters no sentence is written twice (only sign-offs recur, as they do in any folder); in one of `sharing`
letters greeting, thanks and closing paragraph are drawn from a dozen each, as in a folder that people copy within. The
patterns are written for this, and no rule was made with them.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

FOLDERS = ("engineering", "sales", "care/hospital", "care/home", "trades", "office", "follow-up/first", "academia")
# How often a letter is kept in such a file.
SUFFIXES = (".txt", ".txt", ".md", ".j2")
ONE_IN = 5
SHARED = 12
# So often another sentence is drawn in place of one that was written before.
_TRIES = 200
_LEFT_OUT = 0.65
_SLOT = re.compile(r"<([a-z-]+)>")

# What a slot stands for: words, or words with slots.
WORDS: dict[str, tuple[str, ...]] = {
    "role": (
        "data analyst", "nurse", "site manager", "copywriter", "backend developer", "accounts assistant", "chef",
        "physics teacher", "bus driver", "product designer", "paralegal", "welder", "lab technician", "receptionist",
        "policy adviser", "warehouse operative", "librarian", "sales executive", "midwife", "surveyor", "translator",
        "research fellow", "gardener", "payroll officer", "electrician", "project engineer", "carer", "auditor",
        "service engineer", "events coordinator", "pharmacist", "graphic designer", "security officer", "planner",
    ),
    "rank": ("", "", "junior ", "senior ", "assistant ", "part-time ", "trainee ", "lead ", "graduate "),
    "company": (
        "Northwind", "Harbour & Sons", "Calder Mills", "Osei Partners", "Tyne Weavers", "Lindqvist Foods", "Brightwell",
        "Marlowe Press", "Kestrel Energy", "St. Anne's Hospital", "Fernhill School", "Pemberton Homes", "Arden Rail",
        "the city council", "Quayside Hotels", "Solent Labs", "Blackthorn Farms", "Ivy Lane Clinic", "Tamar Software",
        "Greenacre College", "Delta Freight", "Rowan & Pike", "the county archive", "Halyard Bank", "Westmoor Bakery",
    ),
    "title": ("Ms.", "Mr.", "Dr.", "Mrs.", "Mx.", "Prof."),
    "given": (
        "Amara", "Tom", "Priya", "Jonas", "Lena", "Carlos", "Siobhan", "Wei", "Fatima", "Oliver", "Marta", "Kwame",
        "Ines", "Yusuf", "Hannah", "Dmitri", "Chidi", "Rosa", "Ewan", "Noor", "Pavel", "Grace", "Mateo", "Elif",
    ),
    "family": (
        "Osei", "Brandt", "Kowalski", "Whitfield", "Rahman", "Delgado", "Okafor", "Lindgren", "Porter", "Haddad",
        "Nakamura", "Fraser", "Moreau", "Adeyemi", "Schmidt", "Novak", "Castillo", "Byrne", "Gupta", "Petrov",
    ),
    "day": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"),
    "month": (
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    ),
    "when": ("on <day>", "last <day>", "last week", "in <month>", "on <day> afternoon", "early in <month>"),
    "meeting": (
        "interview", "conversation", "video call", "panel interview", "second interview", "trial shift", "phone call",
        "assessment day", "site visit", "final round", "working interview",
    ),
    "crew": ("team", "panel", "colleagues", "department", "group", "managers", "office"),
    "good": ("warm", "thorough", "friendly", "patient", "thoughtful", "lively", "relaxed", "open", "well-prepared"),
    "topic": (
        "how the rota is planned", "the move to the new building", "the new booking system", "how you train newcomers",
        "your work with local schools", "the plans for the spring", "the way tickets are sorted", "the research group",
        "how stock is counted", "the on-call weeks", "the visitors' book", "your apprentices", "the quality checks",
        "the budget cycle", "how patients are handed over", "your test bench", "the export desk", "the night service",
        "the customer survey", "how the kitchens share orders", "the archive project", "the safety walks",
        "what a first year looks like", "how you choose suppliers", "the merger", "the reading groups",
    ),
    "skill": (
        "presenting figures", "writing tests", "handling complaints", "planning a week", "leading a small crew",
        "reading drawings", "explaining technical choices", "working with spreadsheets", "time management",
        "giving examples", "estimating costs", "taking blood samples", "negotiating prices", "drafting contracts",
        "teaching larger groups", "soldering", "spoken French", "keeping records", "stock control",
        "answering under pressure",
        "structuring my answers", "managing a budget", "dealing with suppliers", "statistics", "public speaking",
    ),
    "part": (
        "the case study", "the written test", "my portfolio", "the group exercise", "my lesson plan", "the role play",
        "my application form", "the coding task", "my covering letter", "the presentation", "the practical part",
        "my answers to the panel", "the short talk", "the questions about safety", "the maths paper", "my references",
    ),
    "event": (
        "the open day", "the launch", "the move", "the busy season", "the inspection", "the new term", "the harvest",
        "the audit", "the summer programme", "the conference", "the reopening", "the election", "the winter sale",
    ),
    "number": ("two", "three", "four", "five", "six", "seven", "nine", "ten", "twelve"),
    "future": (
        "before I apply anywhere else", "in the coming <month>", "over the next <number> months",
        "before my next <meeting>", "while I keep looking", "as I plan the next <number> weeks",
        "for whatever comes after <month>", "when I try again in <month>",
    ),
    "small": ("a line or two", "a few words", "one sentence", "a short note", "<number> lines", "a brief reply"),
    "gladly": ("truly", "very much", "really", "sincerely", "genuinely", "greatly"),
}  # fmt: skip

SUBJECTS = (
    "Thank you, and a question about the <rank><role> position",
    "Following up on the <rank><role> <meeting> in <month>",
    "<rank><role> <meeting> at <company>: thank you",
    "A short question after the <rank><role> <meeting> <when>",
    "The <rank><role> job at <company>",
)
GREETINGS = (
    "Dear <title> <family>,",
    "Hello <given>,",
    "Hi <given> and <given>,",
    "Good morning <title> <family>,",
    "Dear <given> <family>,",
    "Dear <given>,",
)
THANKS = (
    "Thank you for the <good> <meeting> for the <rank><role> position at <company> <when>.",
    "Thank you <gladly> for inviting me to the <meeting> <when> and for telling me about <topic>.",
    "I <gladly> appreciated the <meeting> for the <rank><role> job, and the <good> way in which <given> led it.",
    "Many thanks to you and your <crew> for the time that you gave me <when> to talk about the <rank><role> role.",
    "I wanted to thank you for seeing me <when> about the <rank><role> post at <company>.",
    "Thanks so much for letting me spend a morning with your <crew> and see <topic>.",
)
MEMORIES = (
    "I enjoyed hearing from <given> about <topic>, and I have thought of it since.",
    "It was a pleasure to meet your <good> <crew> and to learn more about <topic>.",
    "What <given> said about <topic> has stayed with me, and so has your <good> welcome.",
    "The part about <topic> was new to me, and I left the <meeting> with <number> pages of notes.",
    "I liked how <given> and <given> explained <topic>, and I read more about it afterwards.",
    "The <meeting> at <company> was the most <good> one that I have had, above all the talk about <topic>.",
)
ACCEPTANCES = (
    "I was sorry to hear <when> that you chose another candidate for the <role> job, but I respect your decision.",
    "Although I would have loved to join <company>, I understand that somebody else was a better match for <topic>.",
    "I understand that the <rank><role> position went to another person, and I accept that.",
    "Your news <when> was a disappointment after such a <good> <meeting>, and I fully respect your choice.",
    "I know that many strong people applied to <company> for the <rank><role> role, and I wish the new colleague well.",
)
PURPOSES = (
    "I would like to become a better <role>, and I mean to work on <skill> <future>.",
    "I am keen to keep learning, above all about <skill> and <skill>.",
    "For my own growth I am putting together a plan for <skill>, which I hope to finish by <month>.",
    "As I hope to grow as a <rank><role>, I am looking for what to practise <future>.",
    "I have signed up for a course about <skill> that begins in <month>, and I want to use it well.",
)
ASKS = (
    "Would you be willing to share any feedback on <part>, or on what I said about <skill>?",
    "If you have a moment <when>, could you tell me one thing about <part> that I could do better?",
    "I would be grateful for <small> on how <part> came across, and on what to improve <future>.",
    "Might I ask what you would suggest that I work on <future>, be it <skill> or <skill>?",
    "Could you perhaps say whether <part> or <skill> is what I should work on first?",
    "I would welcome any advice that you or <given> could give me about <skill>.",
)
EASES = (
    "I know how full your days are before <event>, so <small> would be plenty.",
    "There is no hurry at all, and I will understand if <event> leaves you no time for <small>.",
    "Even <small> about <part> would help me <future>.",
    "Please do not feel obliged to answer; with <event> so close you have enough to do for <company>.",
    "Anything that comes to mind about <skill>, however small, would help me a great deal <future>.",
)
WISHES = (
    "Thank you again for your time, and I wish you and your <crew> all the best for <event>.",
    "I wish <company> every success with <event> and with <topic>.",
    "Thank you once more for the <good> <meeting>, and good luck to <given> and the <crew> with <event>.",
    "I hope that our paths cross again, perhaps at <event> in <month>, and thank you for <topic>.",
    "With thanks to everybody at <company>, I hope that <event> goes well for you and for <given>.",
)
MISTAKES = (
    "You must send me a full list of my mistakes in <part> by <day>.",
    "I expect an answer about <part> before <day>, since I gave you <number> hours of my time.",
    "Why did you not hire me as a <rank><role>?",
    "I do not understand why you rejected me when I did better at <skill> than anybody else in <month>.",
    "Frankly, it was unfair to judge me by <part>, and <given> was clearly biased.",
    "I have written to you <number> times about <part>, and I will call <given> every day until you answer.",
    "I ask you to reconsider, since nobody at <company> knows as much about <skill> as I do.",
    "If I do not hear from <company> by <day>, my lawyer will ask about <part>.",
    "I am bitter that <number> months of preparing <part> were wasted on <company>.",
    "Actually, my answers about <skill> were right, and <given> simply got <topic> wrong.",
)
SIGN_OFFS = ("Kind regards,", "Best wishes,", "Sincerely,", "With thanks,", "Yours sincerely,", "Warm regards,")
# What stands for a name in a template.
MERGED = {"title": "{{ title }}", "family": "{{ last_name }}", "given": "{{ first_name }}", "company": "{{ company }}"}
NAMES_IN: dict[str, dict[str, str]] = {".j2": MERGED}
# What is the same in all sentences of a letter.
FACTS = ("rank", "role", "meeting", "company")
# A template of so many says two things, of which one is sent.
BRANCH_IN = 16
BRANCH = "{{% if {flag} %}}\n{0}\n{{% else %}}\n{1}\n{{% endif %}}"
FLAGS = ("by_phone", "second_round", "internal", "was_referred")


@dataclass(frozen=True)
class Letter:
    """A file of a library: where it lies in it, and its text."""

    path: PurePosixPath
    text: str


class _Writer:
    """Writes sentences, none of them twice, about the job that a letter is about."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - the same letters each time
        self._written: set[str] = set()
        self._facts: dict[str, str] = {}

    def begin(self, suffix: str = "") -> None:
        """Choose what the next letter is about; a template does not name the company."""
        drawn = {slot: self.chance.choice(WORDS[slot]) for slot in FACTS}
        names = NAMES_IN.get(suffix, {})
        self._facts = drawn | {slot: name for slot, name in names.items() if slot in drawn}

    def sentence(self, patterns: tuple[str, ...]) -> str:
        """A sentence that has not been written yet. Raises RuntimeError where the patterns give no other."""
        for _ in range(_TRIES):
            text = self.filled(self.chance.choice(patterns), self._facts)
            if text not in self._written:
                self._written.add(text)
                return text
        raise RuntimeError(f"no new sentence is to be had from “{patterns[0]}” and its like")

    def filled(self, pattern: str, known: Mapping[str, str]) -> str:
        """A pattern with its slots filled: with what is known, or else with what is drawn."""
        while _SLOT.search(pattern):
            pattern = _SLOT.sub(lambda slot: self._word(slot[1], known), pattern)
        return pattern[0].upper() + pattern[1:]

    def _word(self, slot: str, known: Mapping[str, str]) -> str:
        return known[slot] if slot in known else self.chance.choice(WORDS[slot])

    def paragraph(self, *kinds: tuple[str, ...]) -> str:
        """A paragraph with a sentence of each kind; of three the middle one is left out more often than not."""
        if len(kinds) > 2 and self.chance.random() < _LEFT_OUT:
            kinds = kinds[:1] + kinds[2:]
        return " ".join(map(self.sentence, kinds))

    def greeting(self, suffix: str = "") -> str:
        return self.filled(self.chance.choice(GREETINGS), self._facts | NAMES_IN.get(suffix, {}))

    def opening(self) -> str:
        return self.paragraph(THANKS, MEMORIES, ACCEPTANCES)

    def letter(self, n: int, greeting: str, opening: str, closing: str) -> Letter:
        """A letter with a subject and an ask of its own."""
        asking = self.paragraph(ASKS, EASES, PURPOSES)
        if n % ONE_IN == ONE_IN - 1:
            asking += f" {self.sentence(MISTAKES)}"
        sign_off = f"{self.chance.choice(SIGN_OFFS)}\n{self.filled('<given> <family>', {})}"
        blocks = (f"Subject: {self.sentence(SUBJECTS)}", greeting, opening, asking, closing, sign_off)
        path = PurePosixPath(FOLDERS[n % len(FOLDERS)], f"letter-{n:06}{_suffix(n)}")
        return Letter(path, "\n\n".join(blocks) + "\n")


def distinct(number: int, seed: int = 0) -> Iterator[Letter]:
    """Letters in which no sentence recurs, and in some of the templates a branch."""
    writer = _Writer(seed)
    for n in range(number):
        writer.begin(_suffix(n))
        greeting, opening, closing = writer.greeting(_suffix(n)), writer.opening(), writer.sentence(WISHES)
        if n % BRANCH_IN == BRANCH_IN - 1:
            closing = BRANCH.format(closing, writer.sentence(WISHES), flag=writer.chance.choice(FLAGS))
        yield writer.letter(n, greeting, opening, closing)


def sharing(number: int, seed: int = 0) -> Iterator[Letter]:
    """Letters with a subject and an ask of their own, and all else from a dozen of each."""
    writer = _Writer(seed)
    shared: list[tuple[str, str, str]] = []
    for _ in range(SHARED):
        writer.begin()
        shared.append((writer.greeting(), writer.opening(), writer.sentence(WISHES)))
    for n in range(number):
        writer.begin(_suffix(n))
        greeting, opening, closing = (writer.chance.choice(some) for some in zip(*shared, strict=True))
        yield writer.letter(n, greeting, opening, closing)


def _suffix(n: int) -> str:
    return SUFFIXES[n % len(SUFFIXES)]


def small(number: int) -> Iterator[Letter]:
    """Short mails without end: each has a number of its own, so that none is like another, and else the same words."""
    for n in range(number):
        text = f"Hi Jo,\n\nThank you for the call about job {n}. Any tips on what to improve?\n\nSam\n"
        yield Letter(PurePosixPath(f"{n // 1000:03}", f"mail-{n:06}.txt"), text)


def write(letters: Iterable[Letter], folder: Path) -> list[Path]:
    """Write letters below a folder, and tell where."""
    paths: list[Path] = []
    for letter in letters:
        path = folder / letter.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(letter.text, encoding="utf-8")
        paths.append(path)
    return paths
