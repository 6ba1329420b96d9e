"""Under what a clause stands: asked for, denied, reported, supposed, thought, known or wanted.

The verbs that put what they govern under a light of its own are a closed class of English. So they stand here, and not
in `rules/_vocabulary/`.
"""

from __future__ import annotations

from feedback_lint.clause import Clause, Embedding, Forms, Mood
from feedback_lint.syntax import Token


def _states(words: str) -> frozenset[str]:
    return frozenset(f"be {word}" for word in words.split())


THINK = frozenset("think believe feel suppose expect imagine seem find reckon guess doubt consider suspect".split())
_KNOW = frozenset(
    "know understand see realise realize appreciate accept respect gather recognise recognize grasp get figure tell "
    "remember learn notice".split()
) | {"make sense", "be clear", "work out", "make out", "find out", "fathom"}
_NOT_KNOWN = _KNOW | _states("sure clear certain told wiser apparent obvious evident")
_SAY = frozenset(
    "say tell write mention ask claim suggest state note explain hear read reply advise promise wonder argue joke "
    "call describe assure warn".split()
)
# "My sister asked why …": somebody else's question.
_INQUIRE = frozenset("ask wonder demand enquire inquire".split())
_ASK = frozenset(
    "tell explain share say let give send provide advise clarify elaborate ask disclose reveal inform indicate state "
    "outline describe shed help confirm intimate offer comment expand spell answer enlighten point mind know hear "
    "learn understand find".split()
)
WANT = (
    frozenset(
        "want like love wish hope need long desire prefer seek expect demand require request intend aim try await "
        "welcome appreciate value wonder ask care beg deserve insist plan".split()
    )
    | _states(
        "grateful glad happy curious keen eager thankful pleased obliged interested delighted thrilled indebted "
        "desperate anxious interesting helpful useful valuable great good nice welcome kind lovely"
    )
    | {"would help", "look forward", "mean lot", "mean world", "go way"}
)
_WANT_TO_KNOW = frozenset({"wonder", "ask", "request", "be curious", "demand", "beg"})
# "It was good to hear why …" is past and done: nothing is wanted.
_PLEASED = _states(
    "grateful glad happy thankful pleased delighted interesting helpful useful valuable great good nice welcome kind "
    "lovely"
)
# "Would you be able to …", "is it possible to …": what they govern is asked for.
_READY = _states(
    "able willing open possible prepared happy ready okay ok free liberty kind good trouble allowed permitted feasible "
    "comfortable usual imposition presumptuous"
) | {"mind", "care", "have time", "have minute", "have moment", "have decency", "have courtesy"}
_IMPROPER = _states("wrong rude pointless unfair silly improper impertinent childish petty")
# "You didn't say why …" asks.
_TOLD = frozenset("tell say explain mention state specify indicate clarify give".split())
# "I can't help asking", "if it's not too much trouble to …", "I wouldn't mind …" deny nothing.
# "I don't doubt that …", "there is no question that …" even affirm it.
_UNNEGATED = (
    frozenset("help mind wait stop hide hesitate doubt deny".split())
    | _states("trouble imposition bother burden problem much afraid shy doubt question")
    | {"have doubt"}
)
_AFFIRMED = frozenset({"no doubt", "no question"})
_REFUSE = frozenset(
    "prevent forbid prohibit refuse avoid refrain stop decline resist forgo forbear abstain hesitate".split()
) | {"give up", "take back"}
_SUPPOSE = frozenset("imagine suppose pretend wish assume picture".split())
# "It puzzles me why …" asks; "my question is why …", "my hope is to …" say so by a noun.
_PUZZLE = frozenset("puzzle baffle bewilder mystify perplex intrigue elude escape haunt".split()) | _states(
    "mystery puzzle riddle unclear beyond enigma"
)
_EQUATES = frozenset({"be", "remain"})
_QUESTION_NOUNS = frozenset("question query puzzle mystery".split())
_WISH_NOUNS = frozenset("wish hope request aim goal desire plea intention purpose".split())
# "I could ask why …", "I would have asked why …" do not ask.
_REQUEST = frozenset("ask demand request beg insist".split())
_QUOTE = frozenset("say put tell write call state".split())
_NEARLY_DONE = frozenset("going about tempted".split())
_CORRESPOND = frozenset("write email contact message".split())
_CONDITIONS = frozenset("if unless lest supposing provided whether".split())
_COMPLEMENTS = frozenset({"ccomp", "oprd", "xcomp", "pcomp", "csubj", "csubjpass", "acl", "relcl", "parataxis", "dep"})
_REQUESTING_MODALS = frozenset({"can", "could", "would", "will", "must", "should", "need to", "have to"})
_ANYBODY = frozenset({"you", "anyone", "somebody", "someone", "i", "we"})
_ANY_VIEW = frozenset(
    "i we you it this that what which anyone anybody everyone everybody nobody one people some many most".split()
)
_OWN_VOICE = frozenset({"i", "we", "you", "it"})
_QUESTIONS = (Mood.QUESTION, Mood.WH_QUESTION)


def embedding(
    head: Token, above: Clause | None, governor: Forms, mood: Mood, *, coordinated: bool, raised: bool
) -> frozenset[Embedding]:
    """What the clause of `head` stands under.

    `above` is the clause on which it hangs, by the nouns `governor`; `coordinated` says that it stands beside that one
    ("… and …"), `raised` that its negation stands above ("I don't think that …").
    """
    own = _by_itself(head, governor, mood)
    if above is None or _is_spliced(head, above):
        return own
    if mood is Mood.IMPERATIVE:  # an order is given, whatever was said before it
        own |= above.embedded - {Embedding.REPORTED, Embedding.KNOWN, Embedding.THOUGHT}
    else:
        own |= above.embedded
    if head.dep_ == "advcl" and head.tag_ == "VB" and above.negated and above.verb & _CORRESPOND:
        own |= {Embedding.DENIED}  # "I'm not writing to question …"
    if coordinated or not _is_governed(head, above, governor):
        return own
    return _under(head, above, own, raised=raised)


def is_conditional(head: Token) -> bool:
    """Whether a clause is a condition: "if …", "unless …", "should you …", "had I …"."""
    if any(c.dep_ in ("mark", "advmod") and c.lower_ in _CONDITIONS for c in head.children):
        return True
    first = next((c for c in head.children if c.dep_ in ("aux", "auxpass")), None)
    inverts = first is not None and first.lower_ in ("should", "had", "were")
    return inverts and first is not None and head.dep_ == "advcl" and first.i == min(t.i for t in head.subtree)


def is_bare_order(head: Token) -> bool:
    """Whether a clause that looks subordinate is nothing but a bare verb and what follows it: "send it, I …"."""
    return (
        head.dep_ in ("advcl", "ccomp")
        and head.tag_ == "VB"
        and not any(c.dep_ in ("mark", "aux", "nsubj", "nsubjpass", "expl") for c in head.children)
    )


def _by_itself(head: Token, governor: Forms, mood: Mood) -> frozenset[Embedding]:
    own: set[Embedding] = set()
    if is_conditional(head):
        own.add(Embedding.SUPPOSED)
    if mood is Mood.STATEMENT and any(_quotes(c) for c in head.children):
        own.add(Embedding.REPORTED)
    denied = not governor & _AFFIRMED and any(form.startswith("no ") for form in governor)
    if denied or _is_under_without(head) or _is_given_up(head):
        own.add(Embedding.DENIED)
    return frozenset(own)


def _quotes(child: Token) -> bool:
    """ "As my friend put it, …", "…, says my friend": the clause beside it is somebody else's."""
    if child.dep_ not in ("advcl", "parataxis") or child.lemma_ not in _QUOTE:
        return False
    if child.dep_ == "advcl" and not any(c.lower_ == "as" for c in child.children):
        return False
    return any(c.dep_ == "nsubj" and c.lower_ not in ("i", "we", "you") for c in child.children)


def _is_given_up(head: Token) -> bool:
    """What the sender no longer does, or did not do after all: "I used to argue", "I was about to argue, but …"."""
    if head.dep_ != "xcomp":
        return False
    verb = head.head.head if head.head.lower_ == "about" else head.head
    if not any(c.dep_ in ("nsubj", "nsubjpass") and c.lower_ in ("i", "we") for c in verb.children):
        return False
    was = any(t.lower_ in ("was", "were") for t in (verb, *verb.children))
    averted = was and head.head.lower_ in _NEARLY_DONE and any(c.lower_ == "but" for c in verb.children)
    return averted or verb.lower_ == "used"


def _is_under_without(head: Token) -> bool:
    """ "without asking", "rather than asking", "instead of asking", "no intention of asking"."""
    preposition = head.head
    if head.dep_ != "pcomp" or preposition.lower_ not in ("without", "than", "of"):
        return False
    return preposition.lower_ != "of" or preposition.head.lower_ in ("instead", "intention")


def _is_governed(head: Token, above: Clause, governor: Forms) -> bool:
    if head.dep_ in _COMPLEMENTS:
        return True
    if head.dep_ != "advcl":
        return False
    so_kind_as_to = bool(governor) and bool(above.verb & _READY)
    riddle = bool(above.verb & _PUZZLE)  # "It puzzles me why …"
    extraposed = "it" in above.subject and head.tag_ == "VB" and bool(above.verb & WANT)  # "it would help to hear …"
    # "I am in no way questioning …", "far be it from me to question …"
    under_be = above.negated and "be" in above.verb and head.tag_ in ("VB", "VBG") and not governor
    return so_kind_as_to or riddle or extraposed or (under_be and _is_infinite(head))


def _is_infinite(head: Token) -> bool:
    return not any(c.dep_ in ("mark", "nsubj", "nsubjpass") for c in head.children)


def _is_spliced(head: Token, above: Clause) -> bool:
    """Whether what looks governed is a sentence of its own.

    "I collected your number, please do not mind": before its verb. "If I dont hear anything Ill write again": the
    parser makes the condition the main clause.
    """
    if head.i < head.head.i and is_bare_order(head):
        return True  # "Send it to me, I have waited long enough"
    if not _is_independent(head):
        return False
    if head.i > head.head.i:
        verb = head.head.head if head.dep_ == "relcl" else head.head
        announced = any(c.dep_ == "aux" and c.lower_ in ("will", "'ll", "would", "'d") for c in head.children)
        return announced and head.dep_ in ("ccomp", "relcl") and verb.dep_ == "ROOT" and is_conditional(verb)
    if any(c.lower_ == "so" and head.i < c.i < head.head.i for c in head.head.children):
        return True  # "It would help me, so I know what to do"
    if above.mood is not Mood.IMPERATIVE and above.verb & ((_SAY - {"call"}) | THINK | _KNOW):
        return False  # "I was late, you said"
    return head.dep_ == "ccomp"


def _is_independent(head: Token) -> bool:
    """Whether a clause has a subject, and no word that makes it subordinate."""
    kinds = {c.dep_ for c in head.children}
    return "nsubj" in kinds and "mark" not in kinds


def _under(head: Token, above: Clause, own: frozenset[Embedding], *, raised: bool) -> frozenset[Embedding]:
    """`own` and what the verb above adds."""
    verb, asks = above.verb, above.mood in _QUESTIONS
    infinitive = head.tag_ in ("VB", "VBG") and not any(c.dep_ in ("nsubj", "nsubjpass") for c in head.children)
    out = set(own)
    if infinitive and verb & _IMPROPER and not asks:
        out.add(Embedding.DENIED)
    if _is_others_question(above):
        return frozenset(out | {Embedding.REPORTED})
    if _is_mere_thought(head, above):
        return frozenset(out | {Embedding.DENIED})
    if _is_told_to_ask(above):
        return frozenset(out)
    wants = _wants(head, above, infinitive=infinitive)
    if wants:
        out.add(Embedding.WANTED)
    if not above.negated and (_requests(above, asks=asks) or _is_riddle(above) or (wants and verb & _WANT_TO_KNOW)):
        out.add(Embedding.ASKED)
    # "The person you chose has never …" does not deny that you chose, nor "what you did was not fair" that you did it.
    relative = head.dep_ in ("relcl", "acl") and head.head.dep_ in ("nsubj", "nsubjpass")
    in_subject = relative or (head.dep_ in ("csubj", "csubjpass") and any(c.lower_ == "what" for c in head.children))
    if above.negated and not (raised or asks or in_subject or verb & _UNNEGATED or _is_contrast(head.head)):
        out.add(Embedding.ASKED if _is_puzzled(above) else Embedding.DENIED)
    if verb & _REFUSE and not above.negated:
        out.add(Embedding.DENIED)
    if verb & _SUPPOSE and "you" not in above.subject:
        out.add(Embedding.SUPPOSED)
    if verb & THINK:
        out.add(Embedding.THOUGHT)
        if _is_others_view(above):
            out.add(Embedding.REPORTED)
    if not out & {Embedding.ASKED, Embedding.WANTED} and not above.negated:
        to_know = head.head.dep_ == "acl" and head.head.tag_ == "VB"  # "a right to know why …"
        if verb & _KNOW and not to_know:
            out.add(Embedding.KNOWN)
        if verb & _SAY and above.mood is Mood.STATEMENT and (above.tense == "past" or not above.subject & {"i", "we"}):
            out.add(Embedding.REPORTED)
    return frozenset(out)


def _is_others_question(above: Clause) -> bool:
    """ "My sister asked why …", "people often wonder why …"."""
    told = above.mood in (Mood.STATEMENT, Mood.INDIRECT_QUESTION)
    others = bool(above.subject) and not above.subject & _OWN_VOICE
    return told and others and bool(above.verb & _INQUIRE) and "would" not in above.modal


def _is_told_to_ask(above: Clause) -> bool:
    """ "My coach said that I should ask why …": the request is the coach's."""
    own = above.mood is Mood.STATEMENT and bool(above.subject & {"i", "we"})
    return own and Embedding.REPORTED in above.embedded and bool(above.verb & _REQUEST)


def _is_contrast(adjective: Token) -> bool:
    """ "I am not angry, only curious why …"."""
    return adjective.dep_ in ("acomp", "conj") and any(
        c.lower_ in ("only", "just", "merely") and c.i < adjective.i for c in adjective.children
    )


def _is_others_view(above: Clause) -> bool:
    """ "My sister finds it unfair"; but "anyone would find it unfair" is the sender's own view."""
    return above.mood is Mood.STATEMENT and bool(above.subject) and not above.subject & _ANY_VIEW


def _wants(head: Token, above: Clause, *, infinitive: bool) -> bool:
    """Whether the clause above wants this one: "I'd like to …", "it would be fair to …"."""
    if above.negated or (above.tense == "past" and not above.modal and above.verb & _PLEASED):
        return False
    hypothetical = infinitive and "would" in above.modal and "you" not in above.subject and head.dep_ != "acl"
    hoped = bool(above.verb & _EQUATES) and bool(above.subject & _WISH_NOUNS)
    return bool(above.verb & WANT) or hypothetical or hoped


def _is_mere_thought(head: Token, above: Clause) -> bool:
    """Whether the request above is not made: "I could ask why …, but I won't", "I would have asked you to …"."""
    if above.mood is not Mood.STATEMENT or not above.verb & _REQUEST or not above.subject & {"i", "we"}:
        return False
    unmade = ("would" in above.modal and above.tense == "past") or bool(above.adjunct & {"almost", "nearly"})
    mere = bool(above.modal & {"could", "might"})
    return unmade or any(_is_unreal(c) or (mere and _is_refusal(c)) for c in head.head.children)


def _is_refusal(child: Token) -> bool:
    """ "… but I won't"."""
    return child.dep_ == "conj" and any(c.dep_ == "neg" for c in child.children)


def _is_unreal(child: Token) -> bool:
    """ "If I were bitter": a condition that does not hold."""
    subject = any(c.dep_ == "nsubj" and c.lower_ == "i" for c in child.children)
    return child.dep_ == "advcl" and child.lower_ == "were" and subject and is_conditional(child)


def _is_riddle(above: Clause) -> bool:
    """Whether a statement leaves something open: "it puzzles me why …", "my question is why …"."""
    if above.mood is not Mood.STATEMENT:
        return False
    return bool(above.verb & _PUZZLE) or bool(above.verb & _EQUATES and above.subject & _QUESTION_NOUNS)


def _requests(above: Clause, *, asks: bool) -> bool:
    """Whether the clause above requests what it governs: "could you say …", "tell me …", "I'd like to hear …"."""
    supposed = Embedding.SUPPOSED in above.embedded
    if above.verb & _READY and (asks or supposed):
        return True
    if supposed and above.tense == "past" and above.verb & _KNOW and above.subject & {"i", "we"}:
        return True  # "if I knew why …, I could let it go"
    if not above.verb & _ASK:
        return False
    you = "you" in above.subject
    return (
        (asks and bool(above.subject & _ANYBODY))
        or above.mood is Mood.IMPERATIVE
        or bool(above.embedded & {Embedding.WANTED, Embedding.ASKED})
        or (you and (supposed or bool(above.modal & _REQUESTING_MODALS)))
    )


def _is_puzzled(above: Clause) -> bool:
    """Whether not knowing, or not having been told, is as good as asking: "I don't see why …"."""
    not_known = bool(above.verb & _NOT_KNOWN) and "you" not in above.subject
    not_told = bool(above.verb & _TOLD) and above.tense == "past" and not above.modal and "i" not in above.subject
    return not_known or not_told
