"""
What a person pastes or forwards: a notice without header fields, one within another mail, a bare answer.

It is read for people to understand, and proves nothing: nobody is dropped for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bounceclass.languages import words_of
from bounceclass.reading.formats.reply import read_reply
from bounceclass.reading.smtp_reply import SmtpReply
from bounceclass.regex import regex

if TYPE_CHECKING:
    from bounceclass.reading.draft import Draft

__all__ = ["as_mail", "as_reply"]

_SEARCHED: Final = 64_000
# ---------- Forwarded message ---------   -----Original Message-----   Begin forwarded message:   ---- 転送されたメッセージ ----
_FORWARDED: Final = regex(
    r"(?im)^[>\s]{0,8}(?:-{2,20} ?(?:forwarded|original|weitergeleitete|ursprüngliche|message transféré|mensaje reenviado|转发|轉寄|転送|元のメッセージ)"
    r"[^\n]{0,60}"
    r"|begin forwarded message:?|転送(?:メール|メッセージ|された)[^\n]{0,30}|_{10,80})[ \t]*$"
)
_QUOTE: Final = regex(r"(?m)^[ \t]{0,3}(?:>[ \t]?){1,9}")
_SUBJECT: Final = regex(r"(?i)(?:subject|件名|betreff|objet|asunto|assunto|oggetto|onderwerp|тема|主题|主旨|제목)[ \t]*[:：][ \t]*(?P<subject>[^\n]{1,300})")
_FIELD: Final = regex(r"[^\s:：][^:：\n]{0,40}[:：]")
_MOST_LINES: Final = 12
_LONGEST_ANSWER: Final = 300
# Header fields that programs show above a forwarded mail, beside those that reports themselves show (languages, labels).
_HEAD: Final = frozenset({
    "from", "to", "cc", "date", "sent", "subject", "差出人", "宛先", "日時", "送信日時", "件名", "von", "an", "datum", "betreff", "de", "à", "objet", "para",
    "asunto", "assunto", "oggetto", "da", "data", "onderwerp", "aan",
})  # fmt: skip


def as_mail(text: str) -> bytes:
    """
    Give a text as the mail of a mail program that it may once have been.

    Args:
        text: What stands in the mail, or was pasted; what stands above the mark of a forward is left out, and so are marks of quoting.
    """
    text = text[:_SEARCHED]
    if forwarded := _FORWARDED.search(text):
        text = text[forwarded.end() :]
    subject, body = _without_fields(_QUOTE.sub("", text).strip("\n"))
    head = f"From: MAILER-DAEMON\nReturn-Path: <>\nSubject: {' '.join(subject.split())}\nContent-Type: text/plain; charset=utf-8\n\n"
    return (head + body).encode("utf-8", "replace")


def _without_fields(text: str) -> tuple[str, str]:
    """Part a text from the few header fields above it that programs show; give the subject among them."""
    subject, lines = "", text.split("\n")
    for number, line in enumerate(lines[:_MOST_LINES]):
        if named := _SUBJECT.match(line.strip()):
            subject = named.group("subject")
        if not line.strip() or not (_FIELD.match(line.strip()) and _is_head(line)):
            return subject, "\n".join(lines[number:])
    return subject, "\n".join(lines)


def _is_head(line: str) -> bool:
    name = line.strip().replace("：", ":").partition(":")[0].strip().lower()
    return name in _HEAD or name in words_of("labels", "summary")


def as_reply(text: str) -> Draft | None:
    """Give a text as the server's answer that it may be: one with a code, or short."""
    words = _QUOTE.sub("", text).strip()
    answer = SmtpReply(words)
    return read_reply(words) if answer.reply_code or answer.status or 0 < len(words) <= _LONGEST_ANSWER else None
