"""Words that address or sign: what can be a person's name in a mail, and what cannot."""

from __future__ import annotations

import re

HONORIFICS = frozenset(
    "mr mrs ms mx miss mister dr doctor prof professor sir madam madame ma'am maam mam sister brother father "
    "mother rev reverend pastor rabbi imam fr sr captain capt major colonel lieutenant sergeant sgt corporal chef "
    "coach judge justice lady lord dame cllr councillor councilor engr barrister barr advocate adv herr frau "
    "señor señora señorita senor senora sra monsieur mme mlle signor signora sig dott ing don doña dom dona ji "
    "jee san sama sensei saheb sahib bhai bhaiya didi uncle aunty auntie hon honourable honorable chief dean "
    "provost chancellor".split()
)
# Words that stand for the people in an office, and so name nobody.
GROUPS = frozenset(
    "team teams committee panel board department dept office staff all everyone everybody folks guys colleagues "
    "friends friend crew squad hr personnel group members recruiters managers interviewers sirs ladies gentlemen "
    "both people recruitment talent faculty agency colleague school college university hospital council company "
    "organisation organization admissions whom concern crowd ltd limited inc llc plc gmbh corp".split()
)
# Offices and roles: "Dear Hiring Manager" names nobody, "Dear Manager Lee" does.
ROLES = frozenset(
    "hiring manager recruiter recruiting acquisition human resources interviewer employer director head "
    "representative rep lead leader coordinator specialist officer advisor adviser consultant supervisor "
    "administrator admin secretary president chair chairman chairwoman chairperson principal headteacher "
    "headmaster headmistress owner founder ceo cto cfo coo vp boss person executive generalist partner assistant "
    "selection search interview interviewing operations operation people's matron nurse inspector superintendent "
    "editor curator landlord teacher".split()
)
PARTICLES = frozenset(
    "de da di do dos das del della der den van von zu la le el al bin binti ibn bint ben mac mc ní ó o ap "
    "st y e".split()
)
# Names that are words as well: names where nothing but punctuation follows.
_WORDS_TOO = frozenset(
    "hope will may mark grace joy faith bill rich sue art pat drew june april august summer jean rob nick chase "
    "grant jack dale dawn rose lily ivy iris ruby amber pearl melody harmony charity patience precious blessing "
    "comfort happy sunny lucky best love young good long short small white black brown green king bishop "
    "page day".split()
)
ORDINARY = frozenset(
    "a about above absolutely accepted actually advance advice after afternoon again ago ah all alright also "
    "although always am an and another answer any anyone anything anyway apologies applicant application apply "
    "appreciate appreciated are as ask asking at attached back be because been before being believe below best "
    "better big both briefly bright brilliant but by bye can candidate chance cheers chill clearly closing come "
    "could cv day dear delighted despite did didn't didnt disappointed do does doing don't done dont each either "
    "else email end enjoy enjoyed enough even evening ever every everything excuse experience fair faithfully "
    "feedback few finally fine first firstly following follow for forward frankly from further future genuinely "
    "get gets getting give given glad go god going good got grateful great greetings ha had happy hard has hate "
    "have having haven't he hear heard hearing hello help her here hey hi hiya him his honestly hope hoped "
    "hopefully hoping how however humbly hurt i i'd i'll i'm i've id if ill im in indeed interview interviewing "
    "into is isn't it it's its i’d i’ll i’m i’ve ive job just keep kind kindest kindly know last lastly late "
    "lately later least let letter like listen lol look looking lot lots love luck lucky made make many may maybe "
    "me meanwhile message might mine moreover morning most much must my myself namely naturally need never new "
    "news next nice night no none nope nor not note nothing notes now obviously of off oh ok okay on once one "
    "only onwards opportunity or other otherwise our out over part patience peace per perhaps place please "
    "pleased plus position possible post previously probably ps quick quickly quite re read ready really "
    "receiving recently regarding regards regret reject rejected rejection reply request respectfully respect "
    "right role rude sad sadly said same saw say see seeing seen sent she short should silly since sincerely "
    "small so some someone something soon sorry speak still stuff subject such suppose sure surely sympathies "
    "take talk tell ten thank thankful thankfully thanking thanks thanx thx tbh that that's thats the their them "
    "then there therefore these they thing things think this those though thought through thus till time to today "
    "together tomorrow tonight too took tough tried true truly trust try ty unfortunately unsuccessful until up "
    "update upon upset us very wait waiting want wanted warm warmest warmly was wasn't wasnt way we week weekend "
    "weeks welcome well went were what when where whether which while who whole why will wish wishes wishing with "
    "within without wondering word words work working would wow write writing wrong wrote yeah year years yep yes "
    "yesterday yet you your you're you've yours yourself xx xxx x monday tuesday wednesday thursday friday "
    "saturday sunday january february march april june july august september october november december applied "
    "accept cheerio ciao ta appreciation gratitude humble sincere deepest heartfelt respects attn attention date "
    "enclosed enc encl confidential disclaimer manager's two three four five six seven eight nine happily gutted "
    "pity cool awesome amazing lovely wonderful fantastic excellent super".split()
)
_LETTERS = r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*"
_WORD = re.compile(rf"{_LETTERS}(?:['’.-]{_LETTERS})*\.?")


def is_ordinary(word: str) -> bool:
    """Whether a word is plain English rather than (part of) a name, however it is written."""
    lower = word.lower().strip(".'’")
    adverb = lower.endswith("ly") and len(lower) > 5 and not word.istitle()
    return lower in ORDINARY or lower.replace("’", "'") in ORDINARY or adverb


def may_be_name(word: str, *, last: bool = False) -> bool:
    """Whether a word can be a name. `last`: nothing but punctuation follows, so "Hope" and "Will" can be, too."""
    if not _WORD.fullmatch(word):
        return False
    return (last and word.lower().strip(".") in _WORDS_TOO) or not is_ordinary(word)


def bare(word: str) -> str:
    """A word in lower case without the marks around it."""
    return word.strip(".,;:!?()[]<>\"'“”‘’*_~-–—/").lower().replace("’", "'")


def is_honorific(word: str) -> bool:
    """Whether a word is a title: "Dr", "Mrs.", "Mr./Ms."."""
    parts = [bare(part) for part in word.split("/")]
    return bool(word) and all(part in HONORIFICS for part in parts)


def names_somebody(addressee: str) -> bool:
    """Whether one addressee ("Dr. O'Neill", "Hiring Manager", "Acme Team") is named."""
    words = [w for w in (bare(w) for w in re.split(r"\s+(?:from|at|of|in|c/o|with)\s+", addressee)[0].split()) if w]
    if any(w in GROUPS for w in words):
        return False
    rest = [w for w in words if not is_honorific(w)]
    if not rest or rest[-1] in ROLES:
        return False
    titled = is_honorific(words[0])  # "Mrs. Bright"
    return titled or any(w not in ROLES and may_be_name(w, last=True) for w in rest)


def looks_like_signature_name(line: str) -> bool:
    """Whether a line is, or begins with, a name: "Sam Porter", "M.J.", "kev x", "- Priya", "Dr L. Ray (she/her)"."""
    line = re.sub(r"\([^)]*\)|(?<=.)[|•·,/].*$", "", line).strip(" \t\u00a0-–—~*_/.!:)(;xX❤♥💛😊🙂🙏")
    words = [w.strip("\"'“”*_,") for w in line.split()]
    words = [w for w in words if any(c.isalpha() for c in w)]
    if not 1 <= len(words) <= 6:
        return False
    plain = [w for w in words if not is_honorific(w) and bare(w) not in PARTICLES]
    if not plain:
        return len(words) == 1 and words[0][0].isupper() and not is_honorific(words[0])
    if not all(may_be_name(w, last=n == len(plain) - 1) for n, w in enumerate(plain)):
        return False
    return all(w[0].isupper() for w in plain) or len(words) <= 2
