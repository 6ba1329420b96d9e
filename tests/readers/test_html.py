from __future__ import annotations

import time

import pytest

from feedback_lint.document import Mode, Projection, Reading, RegionKind, Source
from feedback_lint.readers import FORMATS, html
from feedback_lint.segment import segment
from feedback_lint.text import Span


def shown(text: str) -> str:
    return html.render(text).text


def reading(text: str) -> Reading:
    return html.read(Source("draft.html", text), Projection.whole(text))


def own_words(text: str) -> str:
    """What is left for the rules: greeting, body, closing and signature."""
    kinds = (RegionKind.GREETING, RegionKind.BODY, RegionKind.CLOSING, RegionKind.SIGNATURE)
    regions = segment(reading(text), Mode.DRAFT).of(kinds)
    return " | ".join(r.projection.text for r in regions if r.projection)


def test_the_registry_knows_html() -> None:
    assert ".html" in FORMATS
    assert ".htm" in FORMATS


# --- lines and paragraphs ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("<p>One.<p>Two.", "One.\n\nTwo."),
        ("<p>One.</p>\n\n<p>Two.</p>\n", "One.\n\nTwo."),
        ("<div>One</div><div>Two</div>", "One\nTwo"),
        ("<div>One</div><div><br></div><div>Two</div>", "One\n\nTwo"),
        ("<div>One<br></div><div>Two</div>", "One\nTwo"),
        ("One<br><br/>Two</br>Three", "One\n\nTwo\nThree"),
        ("<div><div><div>One</div></div></div>Two", "One\nTwo"),
        ("<h1>Note</h1>Hi", "Note\n\nHi"),
        ("<table><tr><td>A</td><td>B</td></tr><tr><td>C</table>D", "A\nB\nC\nD"),
        ("<p class=MsoNormal>One<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>Two", "One\n\n\u00a0\n\nTwo"),
        ("One<hr>Two", "One\n_____\nTwo"),
        ("<br><br><div></div>One<br>", "One"),
        ("<dl><dt>A<dd>B</dl>", "A\nB"),
        ("", ""),
        ("<p></p>", ""),
    ],
)
def test_line_ends(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\nb\r\nc\rd\t\f e", "a b c d e"),
        ("a <b> b</b> <i>c </i> d", "a b c d"),
        ("wo<b>r</b>k<span>room</span>", "workroom"),
        ("wo&shy;r\u00adk\u200broom&#xad;s&ZeroWidthSpace;", "workrooms"),
        ("<pre>a\n  b\r\n\r\nc</pre>", "a\n  b\n\nc"),
        ("<p style='white-space: pre-wrap'>a\nb<span style='white-space:normal'>c\nd</span></p>", "a\nbc d"),
        ("<p>a&nbsp; b</p>", "a\u00a0 b"),
        ("a&#10;&#13;b", "a b"),
        ("<p> a </p> <p> b </p>", "a\n\nb"),
    ],
)
def test_white_space(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("&lt;p&gt; &amp;amp; &quot;&rsquo;&#8217;&#x2019;&eacute", '<p> &amp; "’’’é'),
        ("&copy2025 R&D Q&A &nosuch; &# &#; &;", "©2025 R&D Q&A &nosuch; &# &#; &;"),
        ("&#128512;&#x110000;&#0;", "😀\ufffd\ufffd"),
        ("&NotEqualTilde;", "≂̸"),
    ],
)
def test_references(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<ul><li>One<li>Two</ul>Three", "- One\n- Two\n\nThree"),
        ("<ol><li>One</li><li>Two<ul><li>In</li></ul></li><li>Three</li></ol>", "1. One\n2. Two\n\n- In\n\n3. Three"),
        ("<ul><li></li></ul>None", "None"),
        ("<ul><li><p>One</p></li></ul>", "- One"),
        (
            "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]>"
            "<span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp; </span></span></span>"
            "<![endif]>One<o:p></o:p></p>",
            "- One",
        ),
    ],
)
def test_lists(text: str, expected: str) -> None:
    assert shown(text) == expected


# --- what is not shown ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "hidden",
    [
        "<!-- no -->",
        "<!--[if mso]><p>no</p><![endif]-->",
        "<style>p { content: 'no' }</style>",
        "<script>no()</script>",
        "<head><title>no</title></head>",
        "<template><p>no</p></template>",
        "<p hidden>no</p>",
        "<div style='display:none;font-size:1px'><p>no</p><br></div>",
        "<div style='DISPLAY : NONE !important'>no</div>",
        "<span style='visibility:hidden'>no</span>",
        "<span style='mso-hide:all'>no</span>",
        "<span style='font-size:0'>no</span>",
        "<span style='color:red; font-size: 0px; line-height:0'>no</span>",
        "<span style='max-height:0;overflow:hidden'>no</span>",
        "<span style='opacity:0.0'>no</span>",
        "<img src='x.gif' alt='no' width=1>",
        "<textarea>no</textarea><select><option>no</select><input value=no>",
        "<style>@media print { .x { color: red } } .note, p.pre{display:none}</style><p class='a Pre'>no</p>",
        "<style><!-- #top { /* a */ display: none } --></style><div id=Top>no</div>",
    ],
)
def test_hidden(hidden: str) -> None:
    assert shown(f"Yes{hidden}, really") == "Yes, really"


@pytest.mark.parametrize(
    "visible",
    [
        "<span aria-hidden=true>this</span>",
        "<span style='font-size:0.9em'>this</span>",
        "<span style='font-size:10px'>this</span>",
        "<span style='font-size:0'><b style='font:12px Arial'>this</b></span>",
        "<span style='opacity:0.5'>this</span>",
        "<span style='max-height:0.5em'>this</span>",
        "<style>@media (max-width:600px) { .x { display:none } }</style><b class=x>this</b>",
        "<style>.y p { display:none }</style><b class=y>this</b>",
        "<a href='https://x.example'>this</a>",
        "<button>this</button>",
        "<noscript>this</noscript>",
    ],
)
def test_not_hidden(visible: str) -> None:
    assert shown(f"Yes, {visible}.") == "Yes, this."


@pytest.mark.parametrize(
    "text",
    [
        "{{ first_name }}",
        "{{#if a}}x{{else}}y{{/if}}",
        "<%= a > b %>",
        "<% if a < b && c > d %>",
        "${name}",
        "*|FNAME|*",
        "[Job Title]",
        "«Name»",
        "<<First Name>>",
        "%NAME%",
        "{% if a > b %}",
    ],
)
def test_template_expressions_stay(text: str) -> None:
    assert shown(f"<p>Dear {text},</p>") == f"Dear {text},"


# --- what is not the sender's -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Me<blockquote>You<br>too<p>so</blockquote>Me", "Me\n\n> You\n> too\n\n> so\n\nMe"),
        ("<blockquote>B<blockquote>A</blockquote></blockquote>", "> B\n\n> > A"),
        ("<blockquote><ul><li>A</ul></blockquote>", "> - A"),
        ("<blockquote><pre>A\nB</pre></blockquote>", "> A\n> B"),
        ("Me<div name=quote>You</div>", "Me\n> You"),
        ("Me<div style='border:none;border-left:solid blue 1.5pt;padding:0in 0in 0in 4.0pt'>You</div>", "Me\n> You"),
        ("Me<div id=appendonsend></div><p>You", "Me\n\n-----Original Message-----\nYou"),
        ("Me<div id=appendonsend></div>", "Me"),
        ("<div class=gmail_signature>Sam", "-- \nSam"),
        ("Me<br>-- <br><div class=gmail_signature>Sam", "Me\n--\nSam"),
        ("Me<pre class=moz-signature>-- \nSam</pre>", "Me\n\n-- \nSam"),
        ("<blockquote>B<div class=gmail_signature>Sam</div></blockquote>Me", "> B\n> Sam\n\nMe"),
    ],
)
def test_marks(text: str, expected: str) -> None:
    assert shown(text) == expected


GMAIL = """\
<div dir="ltr"><div>Dear Ms. Okafor,</div><div><br></div><div>Thank you for your kind note. I would be glad of
a&nbsp;hint on my <b>site</b> plans.</div><div><br></div><div>Kind regards,</div><div>Jonas Lind<br clear="all"></div>\
<div><br></div><span class="gmail_signature_prefix">-- </span><br><div dir="ltr" class="gmail_signature" \
data-smartmail="gmail_signature"><div dir="ltr">Jonas Lind | Surveyor</div></div></div><br>
<div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">On Tue, 4 Mar 2025 at 10:15, Ada \
Okafor &lt;<a href="mailto:ada@plans.example">ada@plans.example</a>&gt; wrote:<br></div><blockquote \
class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">
<div dir="ltr"><div>You must tell us why you were late!</div></div></blockquote></div>
"""

OUTLOOK = """\
<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns="http://www.w3.org/TR/REC-html40"><head>
<meta name=Generator content="Microsoft Word 15 (filtered medium)"><style><!--
/* Style Definitions */
p.MsoNormal {margin:0cm; font-size:11.0pt;}
span.EmailStyle17 {mso-style-type:personal-compose;}
--></style><!--[if gte mso 9]><xml><o:shapedefaults v:ext="edit" spidmax="1026" /></xml><![endif]--></head>
<body lang=EN-GB link="#0563C1" style='word-wrap:break-word'><div class=WordSection1>
<p class=MsoNormal>Dear <st1:PersonName w:st="on">Ms Okafor</st1:PersonName>,<o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoNormal>Thank you for ringing me. Two things I would
like to get better at:<o:p></o:p></p>
<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span \
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; \
</span></span></span><![endif]>levelling a theo<span style='background:yellow'>dolite</span><o:p></o:p></p>
<p class=MsoNormal>Kind regards,<o:p></o:p></p>
<p class=MsoNormal>Jonas Lind<o:p></o:p></p>
<div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'>
<p class=MsoNormal><b><span lang=EN-US>Von:</span></b><span lang=EN-US> Ada Okafor &lt;ada@plans.example&gt; <br>
<b>Gesendet:</b> Dienstag, 4. M&auml;rz 2025 10:15<o:p></o:p></span></p></div>
<p class=MsoNormal>You must tell us why you were late!<o:p></o:p></p></div></body></html>
"""

OUTLOOK_WEB = """\
<html><head><style type="text/css" style="display:none;"> P {margin-top:0;margin-bottom:0;} </style></head>
<body dir="ltr">
<div class="elementToProof" style="font-family: Aptos, sans-serif; font-size: 12pt;">Dear Ms Okafor,</div>
<div class="elementToProof"><br></div>
<div class="elementToProof">Thank you for telling me so soon. Could you spare a hint?</div>
<div class="elementToProof"><br></div>
<div class="elementToProof">Kind regards,</div>
<div id="Signature"><p>Jonas Lind</p></div>
<div id="appendonsend"></div>
<hr style="display:inline-block;width:98%" tabindex="-1">
<div id="divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif" style="font-size:11pt"><b>From:</b> Ada Okafor<br>
<b>Sent:</b> 04 March 2025 10:15<br><b>Subject:</b> Your application</font><div>&nbsp;</div></div>
<div>You must tell us why you were late!</div></body></html>
"""

OUTLOOK_MOBILE = """\
<div dir="auto">Dear Ms Okafor,</div><div dir="auto"><br></div><div dir="auto">Could you spare a hint?</div>
<div dir="auto"><br></div><div dir="auto">Kind regards,</div><div id="ms-outlook-mobile-signature" dir="auto">\
Jonas Lind</div><div id="mail-editor-reference-message-container" class="ms-outlook-mobile-reference-message">
<div>You must tell us why you were late!</div></div>
"""

APPLE = """\
<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"></head><body style="overflow-wrap: \
break-word; -webkit-nbsp-mode: space; line-break: after-white-space;">Dear Ms Okafor,<div><br></div><div>Thank you for
telling me.&nbsp;<span class="Apple-converted-space">&nbsp;</span>Could you spare a hint?</div><div><br></div>\
<div>Kind regards,</div><div>Jonas Lind</div><div><br id="lineBreakAtBeginningOfMessage"><div><br>
<blockquote type="cite">\
<div>On 4 Mar 2025, at 10:15, Ada Okafor &lt;ada@plans.example&gt; wrote:</div><br class="Apple-interchange-newline">\
<div><div>You must tell us why you were late!</div></div></blockquote></div><br></div></body></html>
"""

THUNDERBIRD = """\
<!DOCTYPE html>
<html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"></head>
  <body>
    <p>Dear Ms Okafor,</p>
    <div class="moz-cite-prefix">On 04/03/2025 10:15, Ada Okafor wrote:<br>
    </div>
    <blockquote type="cite" cite="mid:3a7@plans.example">
      <pre wrap="" class="moz-quote-pre">You must tell us why
you were late!
</pre>
    </blockquote>
    <p>The bus broke down. Could you spare
      a hint?</p>
    <p>Kind regards,<br>
      Jonas Lind</p>
    <pre class="moz-signature" cols="72">--\x20
Jonas Lind | Surveyor</pre>
  </body>
</html>
"""


@pytest.mark.parametrize(
    "mail",
    [GMAIL, OUTLOOK, OUTLOOK_WEB, OUTLOOK_MOBILE, APPLE, THUNDERBIRD],
    ids=["gmail", "outlook", "outlook web", "outlook mobile", "apple", "thunderbird"],
)
def test_old_mail_is_not_the_senders(mail: str) -> None:
    words = own_words(mail)
    assert words.startswith("Dear Ms")
    assert "hint" in words or "theodolite" in words
    assert "| Kind regards, |" in words
    assert "Jonas Lind" in words
    assert "late" not in words
    assert "Ada" not in words


def test_answers_below_a_quote_are_the_senders() -> None:
    assert "The bus broke down. Could you spare a hint?" in own_words(THUNDERBIRD)


def test_words_and_lists_of_word_are_whole() -> None:
    assert "levelling a theodolite" in own_words(OUTLOOK)


# --- reading ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line", ["<p><b>Subject:</b> Tai&shy;lor</p>", "<div>Subject: <i>Tailor</i></div>", "Subject: Tailor<br>"]
)
def test_a_subject_line(line: str) -> None:
    found = reading(f"<title>Draft</title>\n{line}<p>Dear Jo,</p>")
    assert found.subject is not None
    assert found.subject.text == "Tailor"
    assert found.body.text.strip() == "Dear Jo,"
    assert found.source.text[: found.headers].endswith(("lor", "Tailor"))


def test_a_title_is_no_subject() -> None:
    assert reading("<title>Tailor</title><p>Dear Jo,</p>").subject is None


def test_comments_can_name_rules_to_ignore() -> None:
    assert reading("<!-- feedback-lint: ignore=bitter, demanding --><p>Hi").ignored == {"bitter", "demanding"}


def test_a_place_is_that_of_the_source() -> None:
    text = "<p>Why <b>was</b>&nbsp;I tur&shy;ned <i>down</i>?</p>"
    page = html.render(text)
    start = page.text.index("turned")
    place = page.to_source(Span(start, start + len("turned")))
    assert text[place.start : place.end] == "tur&shy;ned"


@pytest.mark.parametrize(
    ("words", "charset", "expected"),
    [
        ("dĺžka", "iso-8859-2", "iso-8859-2"),
        ("“it’s”", "iso-8859-1", "iso-8859-1"),
        ("“it’s”", "windows-1252", "windows-1252"),
        ("“it’s”", "", "cp1252"),
        ("“it’s”", "nonsense", "cp1252"),
        ("“it’s”", "hex", "cp1252"),
        ("“it’s”", "utf-8", "cp1252"),
    ],
)
def test_the_declared_character_set(words: str, charset: str, expected: str) -> None:
    head = f'<meta http-equiv=Content-Type content="text/html; charset={charset}">' if charset else ""
    data = f"{head}<p>{words}".encode("iso-8859-2" if charset == "iso-8859-2" else "cp1252")
    text, encoding = html.decode(data)
    assert (shown(text), encoding) == (words, expected)


def test_utf_8_is_told_from_its_bytes() -> None:
    assert html.decode("<meta charset=iso-8859-1>“it’s”".encode()) == ("<meta charset=iso-8859-1>“it’s”", "utf-8")


def test_a_text_expanded_before() -> None:
    outer = Projection.whole("{# no #}<p>Hi <b>Jo</b>").part(Span(8, 23))
    found = html.read(Source("a.html.j2", "{# no #}<p>Hi <b>Jo</b>"), outer)
    assert found.body.text == "Hi Jo"
    assert found.body.to_source(Span(3, 5)) == Span(17, 19)


# --- any input --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "<div>" * 50_000 + "x" + "</div>" * 50_000,
        "<div>" * 50_000 + "</span>" * 50_000,
        "<i><div>" + "<b>" * 50_000 + "</i>" * 50_000,
        "<blockquote>x" * 30_000,
        "<ul><li>x" * 30_000,
        "<table><tr><td>" * 20_000 + "</div>" * 20_000,
        "<style>" + ".a{" * 50_000 + "/*" * 50_000 + "@" * 50_000,
        "<p style='" + "font: " * 50_000 + "opacity:" + "0" * 50_000 + "x'>",
        "&" * 100_000 + "&#" * 100_000 + "&#" + "9" * 100_000,
    ],
)
def test_time_grows_with_the_length(text: str) -> None:
    started = time.process_time()
    html.render(text)
    assert time.process_time() - started < 4


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("</p></div></blockquote>Hi", "Hi"),
        ("<b><p>One</b> two<p>three", "One two\n\nthree"),
        ("<blockquote>A<table><tr><td>B</blockquote>C</td></tr></table></blockquote>D", "> A\n> BC\n\nD"),
        ("<table><tr hidden><td>no<tr><td>Yes</table>", "Yes"),
        ("<p hidden>no<p>Yes", "Yes"),
        ("<span hidden>no<div>no</span>no</div></span>Yes", "Yes"),
        ("<![CDATA[ x ]]>Hi\0\ud800", "Hi\0\ud800"),
    ],
)
def test_tag_soup(text: str, expected: str) -> None:
    assert shown(text) == expected
