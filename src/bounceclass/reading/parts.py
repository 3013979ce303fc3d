"""
A mail seen as a notice: which part is its text, which its fields, which the message that came back.

Spec:
    RFC 6522 §3 (multipart/report: text, then machine-readable part, then the message).
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from bounceclass.cached import cached
from bounceclass.mail.message import MESSAGE_TYPES
from bounceclass.model.vocabulary import DefectCode, Kind
from bounceclass.reading.formats.dsn import holds_fields
from bounceclass.reading.original import HEADER_TYPES, find_pasted, read_headers_part
from bounceclass.reading.traits import REPORTING, HeaderTraits
from bounceclass.text.phrases import Folded

if TYPE_CHECKING:
    from bounceclass.mail.headers import Headers
    from bounceclass.mail.message import ParseLog, Part

__all__ = ["ReportParts"]

_STATUS_TYPES: Final = frozenset({"message/delivery-status", "message/global-delivery-status", "text/delivery-status", "message/x-delivery-status"})
_FEEDBACK_TYPES: Final = frozenset({"message/feedback-report"})
_DISPOSITION_TYPES: Final = frozenset({"message/disposition-notification", "message/global-disposition-notification"})
_RETURNED: Final = re.compile(
    r"(?i)\b(?:copy of|original|returned|unsent|undelivered|old|your) (?:the |your )?(?:message|mail)\b|\bmessage (?:text|headers?) follow"
)
_NAMED_SENDER: Final = re.compile(r"(?i)\bmail from:[ \t]?(?:\"|[^\s<>@:][^\n<>@]{0,80}<)")
_SEARCHED: Final = 8_000
_PLAIN_TYPES: Final = frozenset({"text/plain", "text"})
_QUOTED: Final = re.compile(r"(?m)^[ \t]?>[> ]{0,3}")


class ReportParts:
    """
    The roles of a mail's parts; each is found when it is asked for.

    Args:
        mail: The mail.
        reading: Where defects are noted.
    """

    def __init__(self, mail: Part, reading: ParseLog) -> None:
        self.mail = mail
        self.reading = reading
        self.headers = mail.headers

    @cached
    def signs(self) -> HeaderTraits:
        """What the header fields say."""
        return HeaderTraits(self.headers)

    @cached
    def leaves(self) -> tuple[Part, ...]:
        """The parts without parts, and messages within the mail unopened."""
        return tuple(_leaves(self.mail))

    def _first_of(self, types: frozenset[str]) -> Part | None:
        return next((part for part in self.leaves if part.media_type in types), None)

    @cached
    def status_texts(self) -> tuple[str, ...]:
        """
        The delivery-status fields: of parts that say so, else of a notice's own text.

        Of a person's mail neither: anybody can write or quote them.  Of the message that came back never.
        """
        labelled = tuple(text for part in self.leaves if part.media_type in _STATUS_TYPES and holds_fields(text := part.decoded))
        if labelled:
            return () if self.signs.ordinary and not self.signs.forward else labelled
        if not self._may_be_mislabelled:
            return ()
        parts = takewhile(lambda part: part.media_type not in MESSAGE_TYPES | HEADER_TYPES, self.leaves)
        held = [part for part in parts if part.media_type not in _FEEDBACK_TYPES | _DISPOSITION_TYPES]
        texts = [_QUOTED.sub("", part.text) if self.signs.forward else part.text for part in held if _may_hold_fields(part)]
        found = tuple(own for text in texts if holds_fields(own := find_pasted(text, fields_too=True)[0]))
        if found:
            self.reading.note(DefectCode.DSN_MISLABELLED, held[0].media_type)
        return found

    @property
    def _may_be_mislabelled(self) -> bool:
        """Whether fields in a text can be the mail's own: a program wrote it, or a person forwards what one wrote."""
        signs = self.signs
        if signs.daemon:
            return True
        if signs.personal:
            return signs.forward
        named = signs.null_path and signs.subject_kind in REPORTING
        return bool(signs.report_type or signs.failed_recipients or signs.ndr or signs.forward or named) or not self.headers.get("from")

    @cached
    def feedback(self) -> str | None:
        """The fields of a complaint; of a person's mail none."""
        part = self._first_of(_FEEDBACK_TYPES)
        signs = self.signs
        if part is None or signs.personal or (signs.human and not signs.null_path and not signs.report_type):
            return None
        return part.decoded

    @cached
    def disposition(self) -> str | None:
        """The fields of a read receipt."""
        part = self._first_of(_DISPOSITION_TYPES)
        return part.decoded if part else None

    @cached
    def _parted(self) -> tuple[str, Headers | None]:
        return find_pasted(self.whole_text)

    @cached
    def whole_text(self) -> str:
        """The text for people, together with what is pasted below it."""
        return "\n".join(_human_texts(self.leaves)).strip("\n")

    @property
    def text(self) -> str:
        """The text for people, as far as the message that came back."""
        return self._parted[0]

    @cached
    def folded(self) -> Folded:
        """The text for people, as far as it is searched for phrases, ready for that."""
        return Folded(self.text[:_SEARCHED])

    @cached
    def returns_message(self) -> bool:
        """Whether a message, or its header block, is attached."""
        return any(part.media_type in MESSAGE_TYPES | HEADER_TYPES for part in self.leaves if part is not self.mail)

    @cached
    def says_it_returns(self) -> bool:
        """Whether something of the message came back, or the text says so."""
        return self.original is not None or _RETURNED.search(self.whole_text) is not None

    @cached
    def copied(self) -> bool:
        """Whether the text shows a session that no server has had: worms put a display name into MAIL FROM (RFC 5321 §4.1.1.2)."""
        if "mail from:" not in self.folded.text or not _NAMED_SENDER.search(self.text[:_SEARCHED]):
            return False
        self.reading.note(DefectCode.SESSION_IMPOSSIBLE)
        return True

    @cached
    def may_report(self) -> bool:
        """Whether the mail can be a notice at all, whatever its text says."""
        signs = self.signs
        if (signs.answer and not signs.daemon) or signs.subject_kind is Kind.OTHER or (signs.personal and not signs.report_type):
            return False
        if signs.listed and not (signs.daemon or self.returns_message or (signs.subject_opens and not signs.bulk_list)):
            return False
        return (
            signs.notifying
            or (signs.subject_kind in REPORTING and (self.returns_message or signs.subject_opens) and not (signs.ordinary and not self._sent_back))
            or (signs.noreply and self.returns_message)
        )

    @property
    def _sent_back(self) -> bool:
        """Whether a notice of an odd daemon's: an automatic one, by its fields or by what it returns, and none of a person's by its path."""
        return bool(self.signs.auto_submitted) or (self.returns_message and not self.signs.personal and "return-path" in self.headers)

    @cached
    def inner(self) -> Part | None:
        """The message within: attached, else pasted below the text."""
        for part in self.leaves:
            if part.media_type in MESSAGE_TYPES and part is not self.mail:
                return next(iter(part.children), None)
        start = len(self.text)
        pasted = self.whole_text[start:].lstrip()
        return self.mail.inner(pasted.encode("utf-8", "replace")) if self._parted[1] is not None else None

    @property
    def holds_report(self) -> bool:
        """Whether a daemon's mail holds the report of another: providers pass on to their customers what came to themselves."""
        if not self.signs.daemon or self.inner is None:
            return False
        inner = HeaderTraits(self.inner.headers)
        return inner.daemon and bool(inner.report_type)

    @property
    def enclosing(self) -> bool:
        """Whether a report of the same author and subject is attached: gateways that scan mail pass some on so."""
        if not self.signs.daemon or self.inner is None:
            return False
        inner = self.inner.headers
        same = all(inner.get(name) == self.headers.get(name) for name in ("from", "subject"))
        return same and bool(HeaderTraits(inner).report_type)

    @cached
    def original(self) -> Headers | None:
        """The header fields of the message that came back."""
        for part in self.leaves:
            if part.media_type in MESSAGE_TYPES and part is not self.mail:
                return next((child.headers for child in part.children), None)
            if part.media_type in HEADER_TYPES:
                return read_headers_part(part)
        return self._parted[1]


def _leaves(part: Part) -> list[Part]:
    if part.media_type in MESSAGE_TYPES or not part.children:
        return [part]
    return [leaf for child in part.children for leaf in _leaves(child)]


def _may_hold_fields(part: Part) -> bool:
    return b"ecipient" in part.body or b"ECIPIENT" in part.body


def _human_texts(leaves: tuple[Part, ...]) -> list[str]:
    """The texts before the first attached message; HTML only where no plain text stands beside it."""
    parts = list(takewhile(lambda part: part.media_type not in MESSAGE_TYPES | HEADER_TYPES, leaves))
    plain = [part.text for part in parts if part.media_type in _PLAIN_TYPES or part.media_type.startswith("multipart/")]
    plain = [text for text in plain if text.strip()]
    return plain or [part.text for part in parts if part.media_type == "text/html"]
