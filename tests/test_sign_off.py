from __future__ import annotations

import pytest

from feedback_lint.names import looks_like_signature_name
from feedback_lint.sign_off import closes, find_sign_off, is_device_tag, is_disclaimer, is_postscript

SIGNED = """Best,/Sam Porter|Thanks!/Sam x|Cheers,/sam
Thanks again, and all the best to the team,/Sam Porter/Data Analyst · 07700 900123|- Sam|~Sam
Hope the summer goes well,/Sam|With gratitude and warm wishes for the term ahead,/Dr. Samira El-Amin
Mit freundlichen Grüßen/Jörg|Ngā mihi nui,/Hemi|Sincerely/Sam Porter/sam@example.org|Best/SP|Yours, Sam
Cheers - Sam|Take care! Sam|Yours in hope,/Sam|Respectfully yours,/Sam Porter, RN|Ta/Kaz
Warmly,/Sam (she)|I remain,/Yours faithfully,/Sam Porter|Regards/Olúwaṣeun Adébáyọ̀|Kind regards,/Hope
Sam Porter/Candidate for nothing|Sam 🙂"""
UNSIGNED = """Best,|Kind regards|Thank you so much|Have a good week.|Thank you, Ms Osei|Looking forward to your reply
Any help appreciated|No rush|Much appreciated!|Thanks in advance.|Please do reply
Kind regards,/07700 900123|Warm Regards|Many Thanks In Advance|God bless|xx|A disappointed candidate"""


def split(table: str) -> list[str]:
    return [entry for row in table.splitlines() for entry in row.split("|")]


def signature(ending: str) -> list[str]:
    """What is taken as signature below a body with this ending, a line a string."""
    lines = ["I would be glad of any advice.", *ending.split("/")]
    found = find_sign_off(lines, [True] * len(lines), "Dear Ms Osei,")
    if found is None:
        return []
    inline = [lines[found.closing or 0][found.split[1] :]] if found.split else []
    return [line for line in inline + lines[found.name :] if line]


@pytest.mark.parametrize("ending", split(SIGNED))
def test_a_name_is_found(ending: str) -> None:
    assert any(looks_like_signature_name(line) for line in signature(ending))


@pytest.mark.parametrize("ending", split(UNSIGNED))
def test_no_name_is_found(ending: str) -> None:
    assert not any(looks_like_signature_name(line) for line in signature(ending))


@pytest.mark.parametrize(
    "line",
    ["Many thanks and best wishes,", "thanks, have a nice day", "Yours", "Le gach dea-ghuí,", "BR", "Cordialement,"],
)
def test_closing_phrases(line: str) -> None:
    assert closes(line)


@pytest.mark.parametrize(
    "line",
    [
        "Could you help?",
        "I would be glad of any advice.",
        "Thanks for the interview; it was good to see you all there.",
    ],
)
def test_prose_does_not_close(line: str) -> None:
    assert not closes(line)


def test_what_is_put_below() -> None:
    assert is_device_tag("Sent from my Galaxy")
    assert not is_device_tag("Sent with love from all of us who were there on that cold and rainy day in May")
    assert is_disclaimer("CONFIDENTIALITY NOTICE: this message …")
    assert not is_disclaimer("This message is only to thank you.")
    assert is_postscript("P.S. one more thing")
    assert is_postscript("ps: thanks")
    assert not is_postscript("Psychology was my subject.")
