from __future__ import annotations

import pytest

from feedback_lint.diagnostic import Severity, fingerprint, same_words


def test_severities_are_ordered_worst_first() -> None:
    assert sorted(Severity, key=lambda s: s.rank) == [Severity.ERROR, Severity.WARNING, Severity.SUGGESTION]
    assert Severity.ERROR.at_least(Severity.WARNING)
    assert not Severity.SUGGESTION.at_least(Severity.WARNING)


def test_a_fingerprint_survives_white_space_and_case_but_tells_findings_apart() -> None:
    first = fingerprint("bitter", same_words("Thanks for\nnothing"), 0)
    assert first == fingerprint("bitter", same_words("thanks  for nothing"), 0)
    others = {fingerprint("bitter", "thanks for nothing", 1), fingerprint("demanding", "thanks for nothing", 0)}
    assert len(others | {first}) == 3


@pytest.mark.parametrize("quote", ["Thanks for nothing", "Müller"])
def test_a_fingerprint_holds_no_words(quote: str) -> None:
    assert not any(word.lower() in fingerprint("bitter", quote, 0) for word in quote.split())
