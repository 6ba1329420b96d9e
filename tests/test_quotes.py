from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_lint.dates import folded
from feedback_lint.quote_words import DIVIDERS, HEADERS, WROTE, WROTE_WITHIN
from feedback_lint.quotes import Line, Quotes, find_quotes, unmarked

OWN = "Dear Ada,\n\nThank you for the news.\n\nTom Ridley\n"


def lines_of(text: str) -> list[Line]:
    lines: list[Line] = []
    blank = True
    for line in text.split("\n"):
        if line.strip():
            lines.append(Line(line.strip(), blank))
        blank = not line.strip()
    return lines


def quotes(text: str) -> Quotes:
    return find_quotes(lines_of(text))


def own(text: str) -> list[str]:
    """The lines that are the sender's."""
    found = quotes(text)
    return [line.text for n, line in enumerate(lines_of(text)) if n not in found.lines | found.rules]


ATTRIBUTIONS = [
    # Gmail
    "On Wed, Jan 8, 2025 at 9:15\u202fAM Lou Vance <lou@oak.example> wrote:",
    "On Wed, 8 Jan 2025 at 09:15, Lou Vance <lou@oak.example> wrote:",
    "Am Mi., 8. Jan. 2025 um 09:15 Uhr schrieb Lou Vance <lou@oak.example>:",
    "Le mer. 8 janv. 2025 à 09:15, Lou Vance <lou@oak.example> a écrit :",
    "El mié, 8 ene 2025 a la(s) 9:15 a.m., Lou Vance (<lou@oak.example>) escribió:",
    "Il giorno mer 8 gen 2025 alle ore 09:15 Lou Vance <lou@oak.example> ha scritto:",
    "Em qua., 8 de jan. de 2025 às 09:15, Lou Vance <lou@oak.example> escreveu:",
    "Op wo 8 jan 2025 om 09:15 schreef Lou Vance <lou@oak.example>:",
    "śr., 8 sty 2025 o 09:15 Lou Vance <lou@oak.example> napisał(a):",
    "Den ons 8 jan. 2025 kl 09:15 skrev Lou Vance <lou@oak.example>:",
    "ons. 8. jan. 2025 kl. 09.15 skrev Lou Vance <lou@oak.example>:",
    "ke 8. tammik. 2025 klo 9.15 Lou Vance (lou@oak.example) kirjoitti:",
    "st 8. 1. 2025 v 9:15 odesílatel Lou Vance <lou@oak.example> napsal:",
    "Lou Vance <lou@oak.example> ezt írta (időpont: 2025. jan. 8., Sze, 9:15):",
    "În mie., 8 ian. 2025 la 09:15, Lou Vance <lou@oak.example> a scris:",
    "Lou Vance <lou@oak.example>, 8 Oca 2025 Çar, 09:15 tarihinde şunu yazdı:",
    "Στις Τετ 8 Ιαν 2025 στις 9:15 π.μ., ο χρήστης Lou Vance <lou@oak.example> έγραψε:",
    "ср, 8 янв. 2025 г. в 09:15, Lou Vance <lou@oak.example>:",
    "ср, 8 січ. 2025 р. о 09:15 Lou Vance <lou@oak.example> пише:",
    "2025年1月8日(水) 9:15 Lou Vance <lou@oak.example>:",
    "Lou Vance <lou@oak.example> 于2025年1月8日周三 09:15写道：",
    "2025년 1월 8일 (수) 오전 9:15, Lou Vance <lou@oak.example>님이 작성:",
    # Apple Mail
    "On 8 Jan 2025, at 09:15, Lou Vance <lou@oak.example> wrote:",
    "Am 08.01.2025 um 09:15 schrieb Lou Vance <lou@oak.example>:",
    "Il giorno 8 gen 2025, alle ore 09:15, Lou Vance <lou@oak.example> ha scritto:",
    # Thunderbird, K-9, mutt
    "On 08/01/2025 09:15, Lou Vance wrote:",
    "Am 08.01.25 um 09:15 schrieb Lou Vance:",
    "Le 08/01/2025 à 09:15, Lou Vance a écrit :",
    "W dniu 8.01.2025 o 09:15, Lou Vance pisze:",
    "08.01.2025 09:15, Lou Vance пишет:",
    "On 8 January 2025 09:15:00 GMT, Lou Vance <lou@oak.example> wrote:",
    "On Wed, Jan 08, 2025 at 09:15:00AM +0100, Lou Vance wrote:",
    # Yahoo, Proton, Outlook for iOS, Zoho
    "On Wednesday, January 8, 2025 at 09:15:00 AM EST, Lou Vance <lou@oak.example> wrote:",
    "On Wednesday, January 8th, 2025 at 9:15 AM, Lou Vance <lou@oak.example> wrote:",
    "Lou Vance wrote on 1/8/2025 9:15 AM:",
    "Lou Vance <lou@oak.example> schrieb am Mi., 8. Jan. 2025, 09:15:",
    '---- On Wed, 08 Jan 2025 09:15:00 +0000 "Vance, Lou (HR)" <lou@oak.example> wrote ----',
]


@pytest.mark.parametrize("attribution", ATTRIBUTIONS)
def test_below_an_attribution_all_is_quoted(attribution: str) -> None:
    text = f"{OWN}\n{attribution}\n\nDear Tom,\nyou must wait.\n"
    assert own(text) == ["Dear Ada,", "Thank you for the news.", "Tom Ridley"]
    (mail,) = quotes(text).mails
    assert [lines_of(text)[n].text for n in mail.body] == ["Dear Tom,", "you must wait."]


@pytest.mark.parametrize("attribution", ATTRIBUTIONS)
def test_with_marks_only_marked_lines_are(attribution: str) -> None:
    assert own(f"{attribution}\n> You must wait.\n>\n> Lou\n\nI will.\n\n> One more.\nYes.") == ["I will.", "Yes."]


@pytest.mark.parametrize("attribution", [a for a in ATTRIBUTIONS if len(a) > 50])
def test_an_attribution_may_be_wrapped_below_a_name(attribution: str) -> None:
    spaces = [n for n, c in enumerate(attribution) if c == " " and n > 20]
    for at in spaces:
        if attribution[:at].endswith("Lou"):  # nobody knows whether “… Lou” ends a line of its own
            continue
        wrapped = f"{attribution[:at]}\n{attribution[at + 1 :]}"
        assert own(f"{OWN}{wrapped}\n> You must wait.") == ["Dear Ada,", "Thank you for the news.", "Tom Ridley"], at


@pytest.mark.parametrize(
    "prose",
    [
        "On Tuesday you wrote: great portfolio.",
        "Thank you for what you wrote:",
        "On 8 January 2025 you wrote:",
        "In your mail of 8 January 2025 at 09:15 you wrote:",
        "This is what the panel wrote to me on 8 January 2025:",
        "My interview was on 8 January 2025 at 09:15:",
        "I am free on these days: 08/01/2025 at 09:15, and on:",
        "Two things that I wrote down:",
        "On Monday, Lou said:",
        "Date of interview: 8 January 2025",
        "From: Leeds\nDate: 8 January 2025",
        "To: the panel",
        "Forwarded message",
        "- Original message",
    ],
)
def test_prose_is_no_attribution(prose: str) -> None:
    assert own(f"Dear Ada,\n\nThanks.\n\n{prose}\n\nI liked that.\n\nTom")[2:] == [
        *prose.split("\n"),
        "I liked that.",
        "Tom",
    ]


def test_a_name_and_a_verb_are_enough_above_marks() -> None:
    assert own("Lou Vance wrote:\n> You must.\n\nI will.") == ["I will."]
    assert own("On Wednesday 08 January 2025 09:15:00 you wrote:\n> You must.\n\nI will.") == ["I will."]


BLOCKS = [
    "From: Lou Vance <lou@oak.example>\nSent: Wednesday, 8 January 2025 09:15\nTo: Tom Ridley\nSubject: Outcome",
    "*From:* Lou Vance\n*Date:* Wed, 8 Jan 2025 09:15:00 +0000\n*To:* <tom@elm.example>\n*Cc:* HR\n*Subject:* Outcome",
    "**From:** Lou Vance\n**Sent:** 08 January 2025 09:15\n**To:** Tom\n**Subject:** Outcome\n**Importance:** High",
    "Von: Lou Vance <lou@oak.example>\nGesendet: Mittwoch, 8. Januar 2025 09:15\nAn: Tom Ridley\nBetreff: Ergebnis",
    "De : Lou Vance <lou@oak.example>\nEnvoyé : mercredi 8 janvier 2025 09:15\nÀ : Tom Ridley\nObjet : Résultat",
    "De: Lou Vance <lou@oak.example>\nEnviado el: miércoles, 8 de enero de 2025 9:15\nPara: Tom\nAsunto: Resultado",
    "Da: Lou Vance\nInviato: mercoledì 8 gennaio 2025 09:15\nA: Tom Ridley\nOggetto: Esito",
    "De: Lou Vance\nEnviado: 8 de janeiro de 2025 09:15\nPara: Tom\nAssunto: Resultado",
    "Van: Lou Vance\nVerzonden: woensdag 8 januari 2025 09:15\nAan: Tom\nOnderwerp: Uitslag",
    "Od: Lou Vance\nWysłano: środa, 8 stycznia 2025 09:15\nDo: Tom\nTemat: Wynik",
    "Från: Lou Vance\nSkickat: den 8 januari 2025 09:15\nTill: Tom\nÄmne: Besked",
    "Fra: Lou Vance\nSendt: 8. januar 2025 09:15\nTil: Tom\nEmne: Svar",
    "Lähettäjä: Lou Vance\nLähetetty: keskiviikko 8. tammikuuta 2025 9.15\nVastaanottaja: Tom\nAihe: Tulos",
    "Od: Lou Vance\nOdesláno: středa 8. ledna 2025 9:15\nKomu: Tom\nPředmět: Výsledek",
    "Feladó: Lou Vance\nElküldve: 2025. január 8., szerda 9:15\nCímzett: Tom\nTárgy: Eredmény",
    "Kimden: Lou Vance\nGönderildi: 8 Ocak 2025 Çarşamba 09:15\nKime: Tom\nKonu: Sonuç",
    "Από: Lou Vance\nΣτάλθηκε: Τετάρτη, 8 Ιανουαρίου 2025 9:15 πμ\nΠρος: Tom\nΘέμα: Απάντηση",
    "От: Lou Vance\nОтправлено: 8 января 2025 г. 9:15\nКому: Tom\nТема: Ответ",
    "差出人: Lou Vance\n送信日時: 2025年1月8日 9:15\n宛先: Tom\n件名: 結果",
    "发件人: Lou Vance\n发送时间: 2025年1月8日 9:15\n收件人: Tom\n主题: 结果",
    "Subject: Outcome\nDate: Wed, 8 Jan 2025 09:15:00 +0000\nFrom: Lou Vance <lou@oak.example>\nTo: Tom Ridley",
    "From: Lou Vance <lou@oak.example>\nSent: 8 January 2025 09:15\nTo: Tom <tom@elm.example>;\nAda <ada@oak.example>\n"
    "Subject: Outcome",
]


@pytest.mark.parametrize("above", ["", "________________________________\n", "-----Original Message-----\n"])
@pytest.mark.parametrize("block", BLOCKS)
def test_a_block_of_headers(block: str, above: str) -> None:
    text = f"{OWN}\n{above}{block}\n\nDear Tom,\nyou must wait.\n"
    assert own(text) == ["Dear Ada,", "Thank you for the news.", "Tom Ridley"]
    (mail,) = quotes(text).mails
    lines = [line.text for line in lines_of(text)]
    assert "Lou Vance" in lines[mail.author[0]]
    assert "2025" in lines[mail.dated[0]]
    assert [lines[n] for n in mail.body] == ["Dear Tom,", "you must wait."]


@pytest.mark.parametrize(
    "divider",
    [
        "-----Original Message-----",
        "-------- Original Message --------",
        "---------- Forwarded message ---------",
        "Begin forwarded message:",
        "-----Ursprüngliche Nachricht-----",
        "-------- Weitergeleitete Nachricht --------",
        "Anfang der weitergeleiteten Nachricht:",
        "-----Message d’origine-----",
        "-------- Message transféré --------",
        "Début du message réexpédié :",
        "-----Mensaje original-----",
        "Inizio messaggio inoltrato:",
        "-----Oorspronkelijk bericht-----",
        "-------- Vidarebefordrat meddelande --------",
        "-------- Välitetty viesti --------",
        "-------- Původní zpráva --------",
        "-------- Пересылаемое сообщение --------",
        "-------- Вихідне повідомлення --------",
        "-------- 転送されたメッセージ --------",
        "---------- 转发的邮件 ---------",
    ],
)
def test_a_divider(divider: str) -> None:
    assert own(f"{OWN}\n{divider}\n\nYou must wait.") == ["Dear Ada,", "Thank you for the news.", "Tom Ridley"]


@pytest.mark.parametrize("mark", ["> ", ">", ">> ", "> > ", "| "])
def test_marks(mark: str) -> None:
    assert own(f"Thanks.\n{mark}You must.\n{mark}You will.\nI see.") == ["Thanks.", "I see."]
    assert unmarked(f"{mark}You must.") == "You must."


def test_a_table_or_an_arrow_is_no_quote() -> None:
    assert own("-> one\n=> two\n|x|") == ["-> one", "=> two", "|x|"]


LONG = "> We were impressed by how you spoke about the seven years that you spent in the"


def test_the_end_of_a_wrapped_quoted_line_belongs_to_it() -> None:
    assert own(f"{LONG}\nold kiln\n> yard, and wish you well.\n\nMe too.") == ["Me too."]


@pytest.mark.parametrize(
    "text",
    [
        f"{LONG}\n\nold kiln\n> yard.",  # a blank line: an answer
        f"{LONG}\nMy answer\n> yard.",
        f"{LONG}?\nyes\n> yard.",
        f"{LONG}\nold kiln",
        "> Was it cold?\nyes\n> And wet?",
    ],
)
def test_an_answer_is_not_such_an_end(text: str) -> None:
    assert len(own(text)) == 1


def test_mails_quoted_in_quoted_mails() -> None:
    text = (
        "Thanks.\n\nOn 8 Jan 2025 at 09:15, Lou Vance wrote:\n> Not this time.\n>\n"
        "> On 7 Jan 2025 at 10:00, Tom Ridley wrote:\n>> Any news?\n> Lou\n\nMore of mine."
    )
    lines = [unmarked(line.text) for line in lines_of(text)]
    outer, inner = quotes(text).mails
    assert [lines[n] for n in outer.body if lines[n]] == ["Not this time.", "Lou"]
    assert [lines[n] for n in inner.body] == ["Any news?"]
    assert own(text) == ["Thanks.", "More of mine."]


def test_blocks_below_blocks() -> None:
    text = f"Thanks.\n\n{BLOCKS[0]}\n\nNot this time.\n\n{BLOCKS[3]}\n\nAny news?"
    assert [len(mail.body) for mail in quotes(text).mails] == [1, 1]
    assert own(text) == ["Thanks."]


def test_a_bare_rule_is_neither() -> None:
    found = quotes("Thanks.\n\n__________\n\nTom")
    assert (found.lines, found.rules) == (frozenset(), frozenset({1}))


def test_words_are_folded() -> None:
    for word in (*DIVIDERS, *HEADERS, *WROTE, *WROTE_WITHIN):
        assert word == folded(word) != ""


@pytest.mark.parametrize(
    "lines",
    [
        ["a " * 500_000],
        [">" * 1_000_000],
        ["On 3 " * 200_000 + ":"],
        ["-" * 1_000_000],
        ["> | " * 250_000],
        ["On Wed, 8 January 2025 at 09:15 Lou"] * 10_000,
        ["From: a@b.example"] * 10_000,
        ["To: " + "a@b.example;" * 20] * 5_000,
    ],
)
def test_any_text_takes_little_time(lines: list[str]) -> None:
    start = time.perf_counter()
    find_quotes([Line(line, False) for line in lines])
    assert time.perf_counter() - start < 2


PIECES = [*ATTRIBUTIONS, *BLOCKS, "> ", ">> ", "| ", "wrote:", "-----"]
pieces = st.one_of(st.text(max_size=20), st.sampled_from(PIECES))


@given(st.lists(pieces, max_size=12).map("\n".join))
def test_a_line_belongs_to_one_mail_at_most(text: str) -> None:
    found = quotes(text)
    bodies = [n for mail in found.mails for n in mail.body]
    assert len(bodies) == len(set(bodies))
    assert found.lines >= {*bodies, *(n for mail in found.mails for n in (*mail.author, *mail.dated))}
    assert not found.lines & found.rules
