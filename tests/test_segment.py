from __future__ import annotations

import pytest

from feedback_lint.document import Document, PlaceholderKind, Projection, RegionKind, Source
from feedback_lint.readers import plain
from feedback_lint.segment import segment

GREETING, BODY, CLOSING, SIGNATURE = RegionKind.GREETING, RegionKind.BODY, RegionKind.CLOSING, RegionKind.SIGNATURE
QUOTE, MARKUP, HEADER, SUBJECT = RegionKind.QUOTE, RegionKind.MARKUP, RegionKind.HEADER, RegionKind.SUBJECT


def cut(text: str) -> Document:
    return segment(plain.read(Source("draft.txt", text), Projection.whole(text)))


def regions(text: str) -> list[tuple[RegionKind, str]]:
    """Kind and prose (or the stripped source, where there is none) of each region."""
    return [
        (r.kind, r.projection.text if r.projection else text[r.span.start : r.span.end].strip())
        for r in cut(text).regions
    ]


def prose(document: Document, *kinds: RegionKind) -> str:
    """The projected text of the regions of these kinds, a paragraph a line."""
    return "\n".join(r.projection.text for r in document.of(kinds) if r.projection)


def test_a_letter() -> None:
    assert regions(
        "Dear Ms Osei,\n\nThank you for the\ninterview.\n\nCould you share a tip?\n\n"
        "Kind regards,\nSam Porter\nCarpenter\n"
    ) == [
        (GREETING, "Dear Ms Osei,"),
        (BODY, "Thank you for the interview."),
        (BODY, "Could you share a tip?"),
        (CLOSING, "Kind regards,"),
        (SIGNATURE, "Sam Porter"),
        (SIGNATURE, "Carpenter"),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end(end: str) -> None:
    text = "Hi Jo,\n\nThanks a lot for\nseeing me.\n\nCheers\nSam\n".replace("\n", end)
    assert regions(text) == [
        (GREETING, "Hi Jo,"),
        (BODY, "Thanks a lot for seeing me."),
        (CLOSING, "Cheers"),
        (SIGNATURE, "Sam"),
    ]


@pytest.mark.parametrize(
    "text", ["Why was I not picked?", "Thanks for your time, Sam.", "hello i had an interview", "Hello"]
)
def test_one_sentence_is_all_body(text: str) -> None:
    assert regions(text) == [(BODY, text.replace(" i ", " I ") + ("" if text.endswith(("?", ".")) else "."))]


def test_nothing_to_read() -> None:
    assert regions("") == []
    assert regions(" \n\u00a0\n") == [(MARKUP, "")]


def test_greeting_and_sign_off_may_share_a_line_with_text() -> None:
    assert regions("Hi Chloe, thanks so much!\n\nAny tips? Thanks again and have a great summer, Sam") == [
        (GREETING, "Hi Chloe,"),
        (BODY, "thanks so much!"),
        (BODY, "Any tips?"),
        (CLOSING, "Thanks again and have a great summer,"),
        (SIGNATURE, "Sam"),
    ]


def test_a_letterhead_may_stand_above_the_greeting() -> None:
    assert regions("12 March 2025\nAcme Ltd\n\nRe: Tailor vacancy\n\nDear Ms Osei\n\nI thank you.\n\nSam Porter") == [
        (HEADER, "12 March 2025\nAcme Ltd"),
        (BODY, "Re: Tailor vacancy."),
        (GREETING, "Dear Ms Osei"),
        (BODY, "I thank you."),
        (SIGNATURE, "Sam Porter"),
    ]


def test_a_name_without_capitals_below_unwrapped_text() -> None:
    assert regions("hi dave thanks for seeing me\nhope to hear from you soon\nkev") == [
        (GREETING, "hi dave"),
        (BODY, "thanks for seeing me hope to hear from you soon."),
        (SIGNATURE, "kev"),
    ]


def test_the_end_of_a_wrapped_paragraph_is_no_name() -> None:
    wrapped = "Could you please tell me what I might do better when I next speak to a\nBig Panel\n"
    assert regions("Hi Jo,\n\n" + wrapped)[-1] == (BODY, wrapped.replace("\n", " ").strip() + ".")


def test_a_wish_ending_in_a_comma_is_the_closing() -> None:
    assert regions("Hi Jo,\n\nThank you.\n\nI take the point. Hoping the harvest is good,\n\nSam")[2:] == [
        (BODY, "I take the point."),
        (CLOSING, "Hoping the harvest is good,"),
        (SIGNATURE, "Sam"),
    ]


def test_the_readers_name_is_no_signature() -> None:
    assert regions("Dear Sarah,\n\nAny tips? Thanks again, Sarah")[-1] == (BODY, "Any tips? Thanks again, Sarah.")


def test_a_postscript_is_body() -> None:
    assert regions("Hi Jo,\n\nThank you.\n\nCheers,\nSam\n\nP.S. Say hi to Bo.")[2:] == [
        (CLOSING, "Cheers,"),
        (SIGNATURE, "Sam"),
        (BODY, "P.S. Say hi to Bo."),
    ]


@pytest.mark.parametrize(
    "tag",
    ["Sent from my iPhone", "Get Outlook for iOS", "Sent from Yahoo Mail on Android", "Von meinem iPhone gesendet"],
)
def test_device_tags_are_nobodys_words(tag: str) -> None:
    assert regions(f"Hi Jo,\n\nThank you.\n\nSam\n\n{tag}")[2:] == [(SIGNATURE, "Sam"), (MARKUP, tag)]


def test_disclaimers_are_nobodys_words() -> None:
    notice = "This e-mail and any attachment is confidential.\nYou must delete it."
    assert regions(f"Hi Jo,\n\nThank you.\n\nSam\n\n{notice}")[-1] == (MARKUP, notice)


def test_the_block_below_two_dashes_is_signature() -> None:
    text = "Hi Jo,\n\nThank you.\n\nThanks,\n\n-- \nSam Porter\nPhD student"
    assert regions(text)[2:] == [
        (CLOSING, "Thanks,"),
        (SIGNATURE, "--"),
        (SIGNATURE, "Sam Porter"),
        (SIGNATURE, "PhD student"),
    ]


def test_a_quoted_reply_below() -> None:
    quote = (
        "On Tue, 4 Mar 2025 at 09:12, Peter Whitlock <p@example.org>\nwrote:\n> You must return your badge.\n>\n> Peter"
    )
    found = regions(f"Hi Peter,\n\nThank you.\n\nSam\n\n{quote}")
    assert found[2] == (SIGNATURE, "Sam")
    assert {kind for kind, _ in found[3:]} == {QUOTE}


@pytest.mark.parametrize(
    "first",
    [
        "-----Original Message-----\nFrom: A <a@b.example>",
        "________________________________\nFrom: A <a@b.example>",
        "*From:* A <a@b.example>",
        "Von: A <a@b.example>",
    ],
)
def test_an_outlook_block_is_quoted_to_the_end(first: str) -> None:
    found = regions(
        f"Hi Al,\n\nThank you.\n\nSam\n\n{first}\nSent: 10 June 2025\nTo: Sam\nSubject: Tailor\n\nYou must go."
    )
    assert found[2] == (SIGNATURE, "Sam")
    assert {kind for kind, _ in found[3:]} == {QUOTE}


def test_answers_between_quoted_lines_are_body() -> None:
    assert regions("Hi Li,\n\nIn your mail you wrote:\n\n> You were late.\n\nI was.\n\n> And slow.\n\nI agree.\n\nSam")[
        1:
    ] == [
        (BODY, "In your mail you wrote:"),
        (QUOTE, "> You were late."),
        (BODY, "I was."),
        (QUOTE, "> And slow."),
        (BODY, "I agree."),
        (SIGNATURE, "Sam"),
    ]


def test_list_items_are_paragraphs() -> None:
    assert regions("Hi Jo,\n\nMay I ask:\n- what to read\n- whom to meet\n\nSam")[1:4] == [
        (BODY, "May I ask:"),
        (BODY, "- what to read."),
        (BODY, "- whom to meet."),
    ]


def test_blanks_are_read_as_words_of_their_kind() -> None:
    document = cut("Dear [Name],\n\nThank you for the {{job_title}} interview at <Company>.\n\nBest,\n[Your Name]")
    assert (
        prose(document, GREETING, BODY, SIGNATURE) == "Dear Robin,\nThank you for the Manager interview at Acme.\nRobin"
    )


def test_blanks_in_quotes_do_not_count() -> None:
    assert not cut("Hi Jo,\n\nThanks.\n\n> Dear [Name],").placeholders


def test_headers_and_subject() -> None:
    assert regions("From: a@b.example\nSubject: Tailor,\n thanks\nX-Mailer: q\n\nHi Jo,\n\nThanks.")[:4] == [
        (HEADER, "From: a@b.example\nSubject:"),
        (SUBJECT, "Tailor, thanks"),
        (HEADER, "X-Mailer: q"),
        (GREETING, "Hi Jo,"),
    ]


def test_spaces_and_signs_are_as_the_reader_sees_them() -> None:
    text = "Hi Jo,\n\nI\u00a0\u00a0don’t want to pes\u00adter you.\n\nSam"
    body = cut(text).of((BODY,))[0]
    assert body.projection is not None
    assert body.projection.text == "I don't want to pester you."


def test_brackets_below_the_dashes_are_no_blanks_but_for_names() -> None:
    placeholders = cut("Hi Jo,\n\nThanks for [topic].\n\nSam\n\n-- \n[Subscribe here]\n[Your Name]\n").placeholders
    assert [p.kind for p in placeholders] == [PlaceholderKind.TEXT, PlaceholderKind.PERSON]


def test_a_closing_phrase_may_stand_in_the_signature_that_a_program_adds() -> None:
    text = "Dear Ana,\n\nThanks for the tour.\n\n-- \nKind regards,\nSam Porter\nThanks to all"
    assert regions(text)[-4:] == [
        (SIGNATURE, "--"),
        (CLOSING, "Kind regards,"),
        (SIGNATURE, "Sam Porter"),
        (SIGNATURE, "Thanks to all"),
    ]
