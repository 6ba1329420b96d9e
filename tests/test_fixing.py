from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback_lint.document import Mode
from feedback_lint.fixing import fix
from feedback_lint.input import InputError
from feedback_lint.linter import Linter
from feedback_lint.report import Report
from feedback_lint.settings import Settings

EMAILS = Path(__file__).parent / "emails"
LABELS: dict[str, dict[str, Any]] = yaml.safe_load((EMAILS / "labels.yaml").read_text(encoding="utf-8"))
BAD = sorted(name for name, row in LABELS.items() if row["expect"])
DRAFT = """\
Dear Ms. Osei,

Thank you for seeing me about the baker job. I respect your choice. {sentence} I want to do
better next time. I wish you all the best.

Kind regards,
Sam Porter
"""


def mended(linter: Linter, text: str, path: str = "draft.txt", **chosen: Any) -> str:
    return fix(linter, text.encode(), path, Settings(**chosen)).data.decode()


def rules(reports: Sequence[Report]) -> Counter[str]:
    return Counter(d.rule for report in reports for d in report.diagnostics)


def test_a_sentence_is_replaced_and_wrapped_like_its_paragraph(linter: Linter) -> None:
    text = DRAFT.format(sentence="Why didn't you pick me?")
    assert mended(linter, text) == DRAFT.format(
        sentence="What could I do to be a stronger\ncandidate for another baker role?"
    )


def test_line_ends_stay_as_they_are(linter: Linter) -> None:
    text = DRAFT.format(sentence="Why didn't you pick me?").replace("\n", "\r\n")
    out = mended(linter, text)
    assert out.count("\r\n") == out.count("\n") == text.count("\n") + 1


def test_what_is_missing_is_put_in_its_place(linter: Linter) -> None:
    text = "Dear Ana,\n\nCould you tell me what I could improve as a baker?\n\nKind regards,\nSam Lee\n"
    out = mended(linter, text)
    assert out.startswith("Dear Ana,\n\nThank you ")
    assert out.endswith(" all the best.\n\nKind regards,\nSam Lee\n")
    assert out.index("Thank you") < out.index("I respect") < out.index("Could you")
    assert not rules(linter.lint_bytes(out.encode(), "draft.txt")) & Counter({"missing-thanks": 1})


def test_a_name_that_the_header_tells(linter: Linter) -> None:
    head = "From: Sam Lee <sam@x.example>\nTo: Ana Lupu <ana.lupu@y.example>\nSubject: Baker interview\n\n"
    body = "Thank you for the baker trial. I respect your choice. What could I do better next time?\n\nAll the best"
    out = mended(linter, f"{head}Hi,\n\n{body}\n", "mail.eml")
    assert "Dear Ana Lupu,\n" in out
    assert out.endswith("All the best\nSam Lee\n")


def test_no_thanks_are_put_beside_a_threat(linter: Linter) -> None:
    text = "Dear Ana,\n\nMy lawyer will be in touch about the baker job.\n\nSam Lee\n"
    assert mended(linter, text) == text


def test_a_threat_in_the_same_sentence_is_left_to_the_writer(linter: Linter) -> None:
    text = DRAFT.format(sentence="Send me your notes by Friday, or my lawyer will write to you.")
    assert mended(linter, text) == text


def test_settings_are_heard(linter: Linter) -> None:
    text = DRAFT.format(sentence="Why didn't you pick me?")
    assert mended(linter, text, ignore=frozenset({"why-not-hired", "why-not-hired-soft", "missing-ask"})) == text


def test_quoted_printable_is_written_as_such(linter: Linter) -> None:
    head = "Subject: Baker interview\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
    body = DRAFT.format(sentence="Caf=C3=A9 or not, why didn't you pick =\nme?")
    out = mended(linter, f"{head}Content-Transfer-Encoding: quoted-printable\n\n{body}", "mail.eml")
    assert "=\nme?" not in out
    assert "stronger candidate for another Baker role?" in " ".join(out.split())


def test_base64_is_left_alone(linter: Linter) -> None:
    import base64

    head = (
        "Subject: Baker interview\nMIME-Version: 1.0\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n"
    )
    text = head + base64.encodebytes(DRAFT.format(sentence="Why didn't you pick me?").encode()).decode()
    assert mended(linter, text, "mail.eml") == text


def test_a_template_keeps_its_placeholders(linter: Linter) -> None:
    text = DRAFT.replace("baker", "{{{{ job }}}}").format(sentence="Why didn't you pick me?")
    out = mended(linter, text, "letter.txt.j2")
    assert out.count("{{ job }}") == 2


def test_a_branch_of_a_template_is_mended(linter: Linter) -> None:
    text = DRAFT.format(sentence="\n{% if met %}\nIt was fun.\n{% else %}\nWhy didn't you pick me?\n{% endif %}\n")
    out = mended(linter, text, "letter.txt.j2")
    assert "{% if met %}\nIt was fun.\n{% else %}\nWhat could I do" in out


def test_bytes_that_cannot_be_written_back(linter: Linter) -> None:
    data = b"\xfe\xff" + DRAFT.format(sentence="Why?").encode("utf-16-be")
    with pytest.raises(InputError, match="byte for byte"):
        fix(linter, data, "draft.txt")


@pytest.mark.parametrize("name", BAD)
def test_a_fixed_mail_is_better_and_stays_as_it_is(linter: Linter, name: str) -> None:
    data, chosen = (EMAILS / name).read_bytes(), Settings(mode=Mode(LABELS[name].get("mode", "draft")))
    before = rules(linter.lint_bytes(data, name, chosen))
    fixed = fix(linter, data, name, chosen)
    after = rules(linter.lint_bytes(fixed.data, name, chosen))
    assert after == rules(fixed.reports)
    assert not after - before
    assert all(after[rule] < before[rule] for rule in {d.rule for d in fixed.mended})
    assert fix(linter, fixed.data, name, chosen).data == fixed.data


@pytest.mark.parametrize("name", BAD)
def test_all_other_bytes_are_kept(linter: Linter, name: str) -> None:
    data, mode = (EMAILS / name).read_bytes(), Mode(LABELS[name].get("mode", "draft"))
    for rule in LABELS[name]["expect"]:
        fixed = fix(linter, data, name, Settings(select=frozenset({rule["rule"]}), mode=mode))
        places = [s.place for d in fixed.mended for s in d.suggestions if s.place is not None]
        if not places:
            assert fixed.data == data
            continue
        (report,) = linter.lint_bytes(data, name, Settings(mode=mode))
        text, new = report.source.text, fixed.source.text
        first, last = min(p.start for p in places), max(p.end for p in places)
        assert new.startswith(text[:first])
        assert new.endswith(text[last:])


SENTENCES = (
    "Why didn't you pick me?",
    "Send me your notes today.",
    "This is my fourth email.",
    "I found your address on LinkedIn, and I enjoyed the trial.",
    "You made a mistake.",
    "Could you tell me why I was not chosen, so that I can improve?",
    "What could I do better?",
    "Thank you for the trial.",
)


@settings(max_examples=25)
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4), st.sampled_from([" ", "\n", "\n\n", "\r\n"]))
def test_fixing_twice_changes_nothing(sentences: list[str], between: str) -> None:
    data = f"Dear Ana,\n\n{between.join(sentences)}\n\nSam Lee\n".encode()
    fixed = fix(LINTER, data, "draft.txt")
    assert not rules(fixed.reports) - rules(LINTER.lint_bytes(data, "draft.txt"))
    assert fix(LINTER, fixed.data, "draft.txt").data == fixed.data


LINTER = Linter()
