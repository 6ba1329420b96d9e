"""Whether a mail turns a candidate down: told from its words, sentence by sentence. English only."""

from __future__ import annotations

import re

# What is read of a mail: enough for any rejection, and little enough to be quick with any text.
_MOST_CHARACTERS = 4000
_LONGEST_SENTENCE = 600
_SENTENCE_END = re.compile(r"(?<=[.!?;]) ")
_SHORTENED = (("won't", "will not"), ("can't", "can not"), ("cannot", "can not"), ("n't", " not"))
_BETTER = r"(?:other|another|different|internal|external|stronger|better \w+|more \w+|successful|preferred)"
_CANDIDATE = r"(?:candidates?|applicants?|person|people|individuals?|profiles?|colleague|finalist)"
_SOMEBODY_ELSE = (
    rf"(?:{_BETTER}(?: \w+){{0,2}} {_CANDIDATE}|(?:someone|somebody)\b|to another\b(?=[.,;]|$)|"
    rf"(?:{_CANDIDATE}|those) (?:who|whose|with)(?: \w+){{0,4}} (?:more|closer|better|stronger|greater)\b)"
)
_JOB = (
    r"\b(?:applications?|candidates?|candidacy|applicants?|position|role|post|vacancy|job|successful|unsuccessful|"
    r"progress|proceed|forward|further|offer|selected|shortlist\w*)\b"
)
_NO = r"\b(?:not|unable|unsuccessful|no longer|declin\w+|reject\w+)\b"
_TURNED_DOWN = tuple(
    re.compile(pattern)
    for pattern in (
        # "you have not been successful", "your application was unsuccessful"
        r"\b(?:you|your|applications?|candidates)\b.{0,80}\b(?:unsuccessful|not (?:been |be )?"
        r"(?:successful|selected|shortlisted|chosen|appointed|progressed|taken forward))\b",
        # "we have decided to go with another candidate", "we are moving forward with other applicants"
        rf"\b(?:go|going|gone|went|proceed\w*|forward|ahead|on|progress\w*|continu\w*)\b(?: \w+){{0,3}} with "
        rf"(?:\w+ ){{0,3}}{_SOMEBODY_ELSE}",
        # "we offered the role to someone else", "another candidate was appointed"
        rf"\b(?:offer\w*|appoint\w*|hir\w+|select\w*|chosen|chose|pick\w*|prefer\w*|decided (?:up)?on|award\w*|"
        rf"given|gave|gone|went|accepted by|filled by)\b(?: \w+){{0,6}} {_SOMEBODY_ELSE}",
        rf"{_BETTER}(?: \w+){{0,2}} {_CANDIDATE}\b.{{0,60}}\b(?:appointed|hired|selected|chosen|preferred|offered|"
        r"matched|match|closer|closely|stronger|better|more)\b",
        # "we will not be moving forward", "we are unable to offer you the role"
        r"\b(?:not|unable to|no longer)(?: \w+){0,3} (?:mov(?:e|ing) (?:you |your \w+ |things )?(?:forward|ahead|on)\b|"
        r"tak(?:e|ing) (?:you|your|this|things|matters|it)\b.{0,30}\b(?:further|forward)\b|"
        r"progress(?:ing)? (?:you|your|with|further)\b|proceed(?:ing)?\b|continu(?:e|ing) with\b|"
        r"offer(?:ing)? you (?:\w+ ){0,5}(?:role|position|job|post|place|contract|employment|interview)\b|"
        r"(?:be |being )?(?:considered|hiring|recruiting)\b|(?:invite|shortlist|appoint|select|hire|choose) you\b)",
        r"\bdecided (?:not to|against)\b",
        # "I am sorry to tell you that … not …", "not … on this occasion"
        rf"\b(?:regret\w*|sorry|afraid|unfortunately|sadly|disappoint\w+)\b(?=.*{_JOB}).*{_NO}",
        rf"{_NO}(?=.*\b(?:on this occasion|(?:at )?this time)\b).*",
        # "the position has now been filled"
        r"\b(?:position|role|post|job|vacancy)\b(?: \w+){0,4} (?:has|have|is|was)(?: \w+){0,2} "
        r"(?:filled|offered to|given to|gone to|closed|withdrawn|cancelled)\b",
        r"\bkeep (?:you|your)\b.{0,40}\bon (?:file|record)\b",
        r"\bnot (?:\w+ ){0,3}(?:fit|match)\b",
        r"\byour (?:application|candidacy)\b.{0,40}\b(?:declined|rejected|turned down)\b|\bturn\w* you down\b",
    )
)
_UNDECIDED = re.compile(r"\byet\b|^(?:if|unless|should|in case|whether)\b")
# The employer answers the request for feedback.
_ANSWERS = re.compile(
    r"\b(?:you asked|as (?:you )?(?:asked|requested|promised)|"
    r"(?:thanks|thank you) for (?:asking|your (?:request|question))|"
    r"(?:answer|reply|response|relation) to your (?:request|question)|"
    r"here (?:is|are|'s)\b.{0,40}\b(?:feedback|comments|thoughts|notes|pointers)|feedback (?:below|follows|:)|"
    r"(?:my|our|the panel's|some|the) (?:feedback|comments|notes)(?: on \w+(?: \w+)?)? (?:is|are|was|were|follows?)\b"
    r"(?! (?:not|only)))"
)

# What the candidate did badly, or should do: "your test had no structure", "you must learn to name things".
_CRITICISM = re.compile(
    r"\byour (?:\w+ ){0,3}(?:was|were|is|are|had|lacked|needs?|needed|seemed|felt) (?:\w+ ){0,2}"
    r"(?:no|not|too|weak\w*|thin|vague|missing|short|unclear|rushed|more|a little|a bit)\b|"
    r"\byou (?:must|should|need to|could have|might have|ought to) (?:\w+ ){0,2}(?:learn|work|practise|practice|"
    r"improve|prepare|prepared|read|slow|speak|show|shown|give|given|explain|explained|listen|use|try)\b|"
    r"\byou (?:lacked|rushed|missed|failed|rambled|argued|interrupted|mumbled|talked too|spoke too|speak too)\b"
)


def holds_feedback(text: str) -> bool:
    """Whether a mail tells its reader what was weak in their interview, or what to do better."""
    plain = " ".join(text[:_MOST_CHARACTERS].lower().split())
    return bool(_ANSWERS.search(plain) or _CRITICISM.search(plain))


def is_rejection(text: str) -> bool:
    """Whether a mail tells its reader that somebody else was chosen, and is not the feedback on that."""
    plain = " ".join(text[:_MOST_CHARACTERS].lower().replace("’", "'").split())
    for short, full in _SHORTENED:
        plain = plain.replace(short, full)
    return not _ANSWERS.search(plain) and any(map(_turns_down, _SENTENCE_END.split(plain)))


def _turns_down(sentence: str) -> bool:
    sentence = sentence[:_LONGEST_SENTENCE]
    return not _UNDECIDED.search(sentence) and any(pattern.search(sentence) for pattern in _TURNED_DOWN)
