"""Which mails are judged before they are sent, and what stops them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from feedback_lint.diagnostic import Severity
from feedback_lint.document import Letter, Mode, Source
from feedback_lint.input import InputError
from feedback_lint.linter import Linter
from feedback_lint.matching import Matcher
from feedback_lint.presend import judge, may_be_ours
from feedback_lint.readers import Keys, read
from feedback_lint.settings import Settings

TESTS = Path(__file__).parent
FOLDER = TESTS / "presend"
ROUNDS = ("develop", "develop-2", "develop-3", "develop-4", "develop-5")
# Known to be taken for the other kind, by round and name.
MISSED = frozenset({("develop", "reply-to-rejection-rude")})
STOPPED_WRONGLY = frozenset(
    {("develop-2", "rejection-letter-draft"), ("develop-4", "election"), ("develop-5", "journalist")}
)
# They ask for nothing.
MISSED_EMAILS = frozenset({"bad-architect-never-asks.txt", "good-thanks-backend-developer-spanish-gmail.eml"})
BAD = b"""\
Subject: Warehouse Supervisor interview

Dear Mr Brandt,

Thanks for the interview for the warehouse supervisor job. I accept that you have picked someone else.

Send me your full interview notes by Friday at noon. I want to improve before my next interview.

Thank you and all the best,

Gary Pugh
"""
ORDINARY = b"Subject: Lunch\n\nHi Ann,\n\nsend me the menu by Friday at noon!\n\nBob\n"


def message(mail: str) -> bytes:
    return mail.encode() if mail.startswith(("Subject:", "From:")) else f"Subject: \n\n{mail}".encode()


def mails(kind: str) -> list[tuple[str, str, bytes]]:
    return [
        (round_, name, message(mail))
        for round_ in ROUNDS
        for name, mail in yaml.safe_load((FOLDER / f"{round_}.yaml").read_text(encoding="utf-8"))[kind].items()
    ]


def test_mails_that_ask_for_feedback_are_told_but_for_known_misses(linter: Linter) -> None:
    missed = {(round_, name) for round_, name, data in mails("ours") if not judge(linter, data).is_ours}
    assert missed == MISSED


def test_other_mails_about_jobs_and_feedback_are_left_alone_but_for_known_mistakes(linter: Linter) -> None:
    taken = {(round_, name) for round_, name, data in mails("others") if judge(linter, data).is_ours}
    assert taken == STOPPED_WRONGLY


def test_ordinary_mails_are_left_alone(linter: Linter) -> None:
    paths = sorted((TESTS / "ordinary").glob("*.txt"))
    assert len(paths) >= 200
    assert [p.name for p in paths if judge(linter, p.read_bytes(), name=p.name).is_ours] == []


def test_few_ordinary_mails_are_parsed() -> None:
    paths = sorted((TESTS / "ordinary").glob("*.txt"))
    assert sum(may_be_ours(path.read_bytes(), path.name) for path in paths) <= 0.1 * len(paths)


def test_hardly_a_mail_of_ours_lacks_the_words() -> None:
    lacking = {(round_, name) for round_, name, data in mails("ours") if not may_be_ours(data)}
    assert lacking == MISSED


def test_whole_mails_of_ours_are_told(linter: Linter) -> None:
    paths = [p for p in sorted((TESTS / "emails").iterdir()) if p.name.startswith(("bad-", "good-"))]
    assert len(paths) > 100
    assert {p.name for p in paths if not judge(linter, p.read_bytes(), name=p.name).is_ours} == MISSED_EMAILS


@pytest.mark.parametrize("mail", [m for _, _, m in mails("ours")[::7]])
def test_the_words_are_found_in_any_encoding(mail: bytes) -> None:
    from email import message_from_bytes
    from email.policy import SMTP

    plain = message_from_bytes(mail, policy=SMTP)
    plain.set_content(plain.get_content(), cte="base64")
    assert b"interview" not in plain.as_bytes().partition(b"\r\n\r\n")[2]
    assert may_be_ours(plain.as_bytes()) == may_be_ours(mail)


def test_a_finding_at_the_level_stops_a_mail(linter: Linter) -> None:
    judged = judge(linter, BAD)
    assert judged.is_ours
    assert [d.rule for d in judged.stopping] == ["demanding"]
    assert len(judged.reports) == 1


def test_the_level_decides(linter: Linter) -> None:
    mild = BAD.replace(b"Send me your full interview notes by Friday at noon.", b"Could you tell me how I did?")
    mild = mild.replace(b"Thank you and all the best,\n\n", b"")
    every = judge(linter, mild, level=Severity.SUGGESTION).stopping
    errors = judge(linter, mild, level=Severity.ERROR).stopping
    assert {d.severity for d in every} - {Severity.ERROR}
    assert errors == tuple(d for d in every if d.severity is Severity.ERROR)


def test_findings_are_in_reading_order(linter: Linter) -> None:
    worse = BAD.replace(b"Dear Mr Brandt,", b"You picked the wrong man, and you know it.")
    spans = [d.span for d in judge(linter, worse, level=Severity.SUGGESTION).stopping]
    assert len(spans) > 1
    assert spans == sorted(spans)


def test_another_mail_is_judged_only_where_everything_is(linter: Linter) -> None:
    assert judge(linter, ORDINARY) == judge(linter, ORDINARY, level=Severity.SUGGESTION)
    judged = judge(linter, ORDINARY)
    assert (judged.is_ours, judged.reports, judged.stopping) == (False, (), ())
    every = judge(linter, ORDINARY, everything=True)
    assert not every.is_ours
    assert every.reports
    assert every.stopping


def test_blanks_are_for_a_template_and_stop_what_is_sent(linter: Linter) -> None:
    blank = BAD.replace(b"Mr Brandt", b"{{name}}")
    assert "unfilled-placeholder" in {d.rule for d in judge(linter, blank).stopping}


def test_the_settings_of_the_linter_count() -> None:
    assert judge(Linter(settings=Settings(ignore=frozenset({"demanding"}))), BAD).stopping == ()


def test_the_header_that_leaves_a_rule_out_counts(linter: Linter) -> None:
    assert judge(linter, b"X-Feedback-Lint: ignore=demanding\n" + BAD).stopping == ()


def test_what_is_no_mail_is_an_error(linter: Linter) -> None:
    with pytest.raises(InputError, match="not a draft"):
        judge(linter, b"\0\1\2\3" * 300)


def test_words_are_told_without_spacy() -> None:
    code = (
        "import sys; from feedback_lint.presend import may_be_ours; "
        f"assert may_be_ours({BAD!r}) and not may_be_ours({ORDINARY!r}); "
        "assert not {'spacy', 'onnxruntime', 'feedback_lint.linter'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_mails_that_it_was_not_made_with(linter: Linter) -> None:
    """The judgement was not changed by these. At first it told 12 of ours and took none of the others."""
    unseen = yaml.safe_load((FOLDER / "check.yaml").read_text(encoding="utf-8"))
    taken = {
        kind: {name for name, mail in some.items() if judge(linter, message(mail)).is_ours}
        for kind, some in unseen.items()
    }
    assert set(unseen["ours"]) - taken["ours"] == {"rude-scaffolder", "shouting-chef"}
    assert taken["others"] == set()


def sentences(kind: str) -> Iterator[tuple[str, str]]:
    known = yaml.safe_load((FOLDER / "signals.yaml").read_text(encoding="utf-8"))
    return ((signal, text) for signal, examples in known.items() for text in examples[kind])


def holds(linter: Linter, signal: str, text: str) -> bool:
    (document,) = linter.documents(Source("draft.txt", text), Settings(mode=Mode.DRAFT))
    return bool(Matcher(linter.rules, linter.draft(document)).signal(signal))


@pytest.mark.parametrize(("signal", "text"), list(sentences("holds")))
def test_a_signal_is_found(linter: Linter, signal: str, text: str) -> None:
    assert holds(linter, signal, text)


@pytest.mark.parametrize(("signal", "text"), list(sentences("not")))
def test_a_signal_is_not_found_in_what_is_near_it(linter: Linter, signal: str, text: str) -> None:
    assert not holds(linter, signal, text)


def test_a_mail_is_read_once(linter: Linter, monkeypatch: pytest.MonkeyPatch) -> None:
    readings: list[Source] = []

    def counting(source: Source, mode: Mode, keys: Keys) -> tuple[Letter, ...]:
        readings.append(source)
        return read(source, mode, keys)

    monkeypatch.setattr("feedback_lint.linter.read", counting)
    monkeypatch.setattr("feedback_lint.presend.read", counting)
    assert judge(linter, BAD.replace(b"Mr Brandt", b"Mr Oduya")).reports
    assert len(readings) == 1
