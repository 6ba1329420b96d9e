from __future__ import annotations

import pytest

from feedback_lint.spelling import respell
from feedback_lint.text import Span


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("y wasnt i picked??", "why wasn't I picked?"),
        ("can u b honest", "can you be honest"),
        ("id like that, ill send it", "I'd like that, I'll send it"),
        ("thats it, hes nice", "that's it, he's nice"),
        ("WHY WASNT I PICKED", "why wasn't I picked"),
        ("I am SO sorry", "I am so sorry"),
        ("sooo good", "so good"),
        ("ok..... wait.. what", "ok... wait... what"),
        ("“quoted” – it’s", '"quoted" – it\'s'),
        ("fish n chips", "fish and chips"),
        ("Y did u pass on me? R u sure", "Why did you pass on me? Are you sure"),
        ("reply 2 me, i waited 4 ur call", "reply to me, I waited for your call"),
        ("ur wrong n ur panel knows", "you're wrong and your panel knows"),
        ("Id argue its not fair, lets talk", "I'd argue it's not fair, let's talk"),
        ("and hell be getting a letter, well see", "and he'll be getting a letter, we'll see"),
        ("sorry,but when?I asked.Please tell me.thanks", "sorry, but when? I asked. Please tell me. thanks"),
        ("a gooood reason pleeease", "a good reason please"),
        ("I recieved ur desicion becuase", "I received your decision because"),
        ("teh intervew, canidates and oppurtunity", "the interview, candidates and opportunity"),
        ("INTERVEIW ON MONDAY WITH HR AT GOOGLE", "interview on Monday with HR at Google"),
    ],
)
def test_chat_and_shouting_become_plain(typed: str, plain: str) -> None:
    assert respell(typed)[0] == plain


@pytest.mark.parametrize(
    "text",
    [
        "plan b is fine",
        "hepatitis b",
        "O(n) and x and y",
        "b) second",
        "C and R code",
        "my ID card",
        "I was ill last week",
        "Vancouver, BC",
        "post it on FB",
        "NHS Trust HR IT",
        "e.g. this",
        "see a.b/c or r@b.example",
        "n = 3",
        "N. Osei and Y axis",
        "2 interviews, 4 star and 2 of them",
        "stage 2 interview, level 4 plumbing",
        "my id is 12, tell me your id",
        "as is my wont",
        "what the hell, well done",
        "the panel and its people",
        "Were all candidates asked?",
        "Phase III at www.acme.com or a@b.example, https://a.example/x?Id=3",
        "the personnel in charge prevent a remainder of properly collected content",
        "a Feedbacker at Interviewz",
    ],
)
def test_words_with_another_reading_stay(text: str) -> None:
    assert respell(text)[0] == text


def test_places_are_kept() -> None:
    text = "tell me y u didnt pick me"
    plain, offsets = respell(text)
    start = plain.index("didn't")
    place = offsets.to_source(Span(start, start + 6))
    assert text[place.start : place.end] == "didnt"
