"""What mail programs write above a quoted mail, in many languages.

All as `dates.folded` writes it: without case and accents. Languages as in `calendar_words`, and Japanese, Chinese
and Korean.
"""

from __future__ import annotations


def _phrases(text: str) -> frozenset[str]:
    return frozenset(phrase.strip() for phrase in text.split("|"))


# The verb of "On 3 March 2025, Jane Doe wrote:". Where it can be part of another word, spaces stand around it.
WROTE = _phrases(
    "wrote | writes | said | schrieb | geschrieben | ecrit | escribio | escribe | scritto | scrive | escreveu | "
    "schreef | geschreven | napisal | napisala | napisal(a) | pisze | skrev | kirjoitti | napsal | napsala | "
    "napsal(a) | irta | scris | yazdi | yazmis | εγραψε | написал | написала | написал(а) | пишет | написав | "
    "написав(ла) | пише"
)
# Languages without spaces between words.
WROTE_WITHIN = ("写道", "寫道", "書きました", "のメッセーシ", "작성", "씀")

FROM, SENT, TO, SUBJECT, OTHER = "from", "sent", "to", "subject", "other"
_HEADERS = {
    FROM: _phrases(
        "from | von | de | da | van | od | fra | fran | lahettaja | felado | de la | expeditor | kimden | "
        "gonderen | απο | αποστολεασ | от | від | від кого | от кого | 差出人 | 送信者 | 发件人 | 發件人 | "
        "寄件者 | 보낸 사람 | 보낸사람"
    ),
    SENT: _phrases(
        "sent | date | gesendet | datum | envoye | envoye le | enviado | enviado el | fecha | enviada em | "
        "enviado em | enviada | data | inviato | data invio | verzonden | wyslano | skickat | sendt | dato | "
        "lahetetty | paivamaara | paivays | odeslano | elkuldve | datum poslani | trimis | gonderildi | "
        "gonderme tarihi | tarih | σταλθηκε | απεσταλη | εσταλη | ημερομηνια | отправлено | дата | надіслано | "
        "відправлено | date de | 送信日時 | 日付 | 日時 | 发送时间 | 發送時間 | 寄件日期 | 日期 | 보낸 날짜 | "
        "날짜 | sent on | date sent"
    ),
    TO: _phrases(
        "to | an | a | para | aan | do | till | til | vastaanottaja | komu | cimzett | catre | kime | alici | "
        "προσ | кому | 宛先 | 收件人 | 收件者 | 받는 사람 | 받는사람"
    ),
    SUBJECT: _phrases(
        "subject | betreff | objet | asunto | oggetto | assunto | onderwerp | temat | amne | emne | aihe | "
        "predmet | targy | subiect | konu | θεμα | тема | 件名 | 主题 | 主旨 | 主題 | 제목"
    ),
    OTHER: _phrases(
        "cc | bcc | cci | cco | ccn | copie a | copie | kopie | kopia | kopio | kopi | dw | udw | masolat | "
        "bilgi | κοιν | копия | копія | importance | priority | sensitivity | attachments | attachment | "
        "reply-to | reply to | organization | wichtigkeit | anlagen | pieces jointes | importanza | importancia | "
        "prioridade | antwort an | adjuntos | allegati | bijlagen | zalaczniki | bilagor | repondre a | "
        "responder a | rispondi a | 抄送 | 副本 | 참조 | categories | message-id | resent-from | list-id"
    ),
}
HEADERS = {word: kind for kind, words in _HEADERS.items() for word in words}

# What stands between the dashes of "-----Original Message-----", or alone with a colon.
DIVIDERS = _phrases(
    "original message | original email | original e-mail | original appointment | original text | reply message | "
    "quoted message | forwarded message | forwarded email | forwarded by | begin forwarded message | "
    "forwarded mail | ursprungliche nachricht | originalnachricht | original-nachricht | urspr. nachricht | "
    "weitergeleitete nachricht | weitergeleitete e-mail | anfang der weitergeleiteten nachricht | "
    "anfang der weitergeleiteten e-mail | message d'origine | message original | message transfere | "
    "message reexpedie | e-mail d'origine | courriel original | debut du message reexpedie | "
    "debut du message transfere | mensaje original | mensaje reenviado | inicio del mensaje reenviado | "
    "mensaje transmitido | messaggio originale | messaggio inoltrato | inizio messaggio inoltrato | "
    "messaggio originario | mensagem original | mensagem encaminhada | mensagem reencaminhada | "
    "inicio da mensagem reenviada | inicio da mensagem encaminhada | oorspronkelijk bericht | origineel bericht | "
    "doorgestuurd bericht | begin doorgestuurd bericht | begin doorgestuurde bericht | wiadomosc oryginalna | "
    "oryginalna wiadomosc | wiadomosc przekazana | przekazana wiadomosc | poczatek przekazywanej wiadomosci | "
    "tresc przekazanej wiadomosci | ursprungligt meddelande | originalmeddelande | vidarebefordrat meddelande | "
    "vidarebefordrat brev | borjan pa vidarebefordrat brev | oprindelig meddelelse | oprindelig besked | "
    "original meddelelse | videresendt meddelelse | videresendt besked | start pa videresendt besked | "
    "opprinnelig melding | videresendt melding | opprinnelig e-post | videresendt e-post | "
    "start pa videresendt melding | alkuperainen viesti | valitetty viesti | edelleenlahetetty viesti | "
    "valitetty viesti alkaa | puvodni zprava | originalni zprava | povodna sprava | preposlana zprava | "
    "zacatek preposlane zpravy | zacatek predavane zpravy | eredeti uzenet | tovabbitott uzenet | "
    "tovabbitott level | tovabbitott uzenet kezdete | mesaj original | mesaj redirectionat | mesajul original | "
    "mesaj transmis | inceputul mesajului redirectionat | ozgun ileti | orijinal mesaj | orijinal ileti | "
    "asil mesaj | iletilen mesaj | iletilmis mesaj | yonlendirilen mesaj | αρχικο μηνυμα | προωθημενο μηνυμα | "
    "исходное сообщение | пересылаемое сообщение | перенаправленное сообщение | пересланное сообщение | "
    "начало переадресованного сообщения | переадресованное сообщение | оригинальное сообщение | "
    "вихідне повідомлення | початкове повідомлення | переслане повідомлення | оригінальне повідомлення | "
    "元のメッセーシ | 転送されたメッセーシ | 转发邮件 | 原始邮件 | 原始郵件 | 转发的邮件 | 轉寄的郵件 | "
    "轉寄郵件 | 원본 메시지 | 원본 메일 | 전달된 메시지 | 전달된 메일 | reply above this line | "
    "please reply above this line | please type your reply above this line | write above this line to reply"
)
