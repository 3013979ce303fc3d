"""
A mail seen as a notice: which part is its text, which its fields, which the message that came back.

Spec:
    RFC 6522 §3 (multipart/report: text, then machine-readable part, then the message).
"""

from __future__ import annotations

from enum import Enum, auto
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from bounceclass.cached import cached
from bounceclass.mail.message import MESSAGE_TYPES
from bounceclass.model.vocabulary import DefectCode, Kind
from bounceclass.reading.fields import holds_status
from bounceclass.reading.original import HEADER_TYPES, find_pasted, read_headers_part
from bounceclass.reading.traits import HeaderTraits
from bounceclass.reading.words import says_delayed, says_delivered, says_failed
from bounceclass.regex import regex
from bounceclass.text.phrases import Folded

if TYPE_CHECKING:
    from bounceclass.mail.headers import Headers
    from bounceclass.mail.message import ParseLog, Part

__all__ = ["ReportParts", "Role"]

_RETURNED: Final = regex(
    r"(?i)\b(?:copy of|original|returned|unsent|undelivered|old|your) (?:the |your )?(?:message|mail)\b|\bmessage (?:text|headers?) follow"
)
_NAMED_SENDER: Final = regex(r"(?i)\bmail from:[ \t]?(?:\"|[^\s<>@:][^\n<>@]{0,80}<)")
_SEARCHED: Final = 8_000
_QUOTED: Final = regex(r"(?m)^[ \t]?>[> ]{0,3}")


class Role(Enum):
    """What a part is in a report (RFC 6522 §3)."""

    TEXT = auto()
    HTML = auto()
    STATUS = auto()
    FEEDBACK = auto()
    DISPOSITION = auto()
    MESSAGE = auto()
    HEADERS = auto()
    FOREIGN = auto()


_ROLES: Final = {
    **dict.fromkeys(("text/plain", "text"), Role.TEXT),
    "text/html": Role.HTML,
    **dict.fromkeys(
        ("message/delivery-status", "message/global-delivery-status", "text/delivery-status", "text/x-delivery-status", "message/x-delivery-status"),
        Role.STATUS,
    ),
    "message/feedback-report": Role.FEEDBACK,
    **dict.fromkeys(("message/disposition-notification", "message/global-disposition-notification"), Role.DISPOSITION),
    **dict.fromkeys(MESSAGE_TYPES, Role.MESSAGE),
    **dict.fromkeys(HEADER_TYPES, Role.HEADERS),
}
# What came back, whole or its header block alone.
_RETURNS: Final = frozenset({Role.MESSAGE, Role.HEADERS})
# What is nobody's text.
_FIELDS_OF_OTHERS: Final = frozenset({Role.FEEDBACK, Role.DISPOSITION})


class ReportParts:
    """
    The roles of a mail's parts; each is found when it is asked for.

    Args:
        mail: The mail.
        log: Where defects are noted.
    """

    def __init__(self, mail: Part, log: ParseLog) -> None:
        self.mail = mail
        self.log = log
        self.headers: Headers = mail.headers

    @cached
    def traits(self) -> HeaderTraits:
        """What the header fields say."""
        return HeaderTraits(self.headers)

    @cached
    def leaves(self) -> tuple[tuple[Part, Role], ...]:
        """The parts without parts, and messages within the mail unopened, each with its role."""
        return tuple((part, _role(part)) for part in _leaves(self.mail))

    @cached
    def own(self) -> tuple[tuple[Part, Role], ...]:
        """The parts before the message that came back."""
        return tuple(takewhile(lambda leaf: leaf[1] not in _RETURNS, self.leaves))

    def _first(self, role: Role) -> Part | None:
        return next((part for part, found in self.leaves if found is role), None)

    @cached
    def status_texts(self) -> tuple[str, ...]:
        """
        The delivery-status fields: of parts that say so, else of a notice's own text.

        Of a person's mail neither: anybody can write or quote them.  Of the message that came back never.
        """
        labelled = tuple(text for part, role in self.leaves if role is Role.STATUS and holds_status(text := part.decoded))
        if labelled:
            return () if self.traits.ordinary and not self.traits.forward else labelled
        if not self._may_be_mislabelled:
            return ()
        held = [part for part, role in self.own if role not in _FIELDS_OF_OTHERS]
        texts = [_QUOTED.sub("", part.text) if self.traits.forward else part.text for part in held if _may_hold_fields(part)]
        found = tuple(own for text in texts if holds_status(own := find_pasted(text, fields_too=True)[0]))
        if found:
            self.log.note(DefectCode.DSN_MISLABELLED, held[0].media_type)
        return found

    @property
    def _may_be_mislabelled(self) -> bool:
        """Whether fields in a text can be the mail's own: a program wrote it, or a person forwards what one wrote."""
        traits = self.traits
        if traits.daemon:
            return True
        if traits.personal:
            return traits.forward
        named = traits.null_path and traits.names_delivery
        return bool(traits.report_type or traits.failed_recipients or traits.ndr or traits.forward or named) or not self.headers.get("from")

    @cached
    def feedback(self) -> str | None:
        """The fields of a complaint; of a person's mail none."""
        part = self._first(Role.FEEDBACK)
        traits = self.traits
        if part is None or traits.personal or (traits.human and not traits.null_path and not traits.report_type):
            return None
        return part.decoded

    @cached
    def disposition(self) -> str | None:
        """The fields of a read receipt."""
        part = self._first(Role.DISPOSITION)
        return part.decoded if part else None

    @cached
    def _parted(self) -> tuple[str, Headers | None]:
        return find_pasted(self.whole_text)

    @cached
    def whole_text(self) -> str:
        """The text for people, together with what is pasted below it."""
        return "\n".join(_human_texts(self.own)).strip("\n")

    @property
    def text(self) -> str:
        """The text for people, as far as the message that came back."""
        return self._parted[0]

    @cached
    def folded(self) -> Folded:
        """The text for people, as far as it is searched for phrases, ready for that."""
        return Folded(self.text[:_SEARCHED])

    @cached
    def kind_in_words(self) -> Kind:
        """Whether the subject and the words tell of a delay or a success; else it is a failure."""
        named = self.traits.subject_kind
        if named is Kind.DELAY or says_delayed(self.folded):
            return Kind.DELAY
        if named is Kind.SUCCESS or (says_delivered(self.folded) and not says_failed(self.folded)):
            return Kind.SUCCESS
        return Kind.FAILURE

    @cached
    def returns_message(self) -> bool:
        """Whether a message, or its header block, is attached."""
        return any(role in _RETURNS for part, role in self.leaves if part is not self.mail)

    @cached
    def says_it_returns(self) -> bool:
        """Whether something of the message came back, or the text says so."""
        return self.original is not None or _RETURNED.search(self.whole_text) is not None

    @cached
    def copied(self) -> bool:
        """Whether the text shows a session that no server has had: worms put a display name into MAIL FROM (RFC 5321 §4.1.1.2)."""
        if "mail from:" not in self.folded.text or not _NAMED_SENDER.search(self.text[:_SEARCHED]):
            return False
        self.log.note(DefectCode.SESSION_IMPOSSIBLE)
        return True

    @cached
    def may_report(self) -> bool:
        """Whether the mail can be a notice at all, whatever its text says."""
        traits = self.traits
        if (traits.answer and not traits.daemon) or traits.subject_kind is Kind.OTHER or (traits.personal and not traits.report_type):
            return False
        if traits.listed and not (traits.daemon or self.returns_message or (traits.subject_opens and not traits.bulk_list)):
            return False
        return (
            traits.notifying
            or (traits.names_delivery and (self.returns_message or traits.subject_opens) and not (traits.ordinary and not self._sent_back))
            or (traits.noreply and self.returns_message)
        )

    @property
    def _sent_back(self) -> bool:
        """Whether a notice of an odd daemon's: an automatic one, by its fields or by what it returns, and none of a person's by its path."""
        return bool(self.traits.auto_submitted) or (self.returns_message and not self.traits.personal and "return-path" in self.headers)

    @cached
    def inner(self) -> Part | None:
        """The message within: attached, else pasted below the text."""
        for part, role in self.leaves:
            if role is Role.MESSAGE and part is not self.mail:
                return next(iter(part.children), None)
        start = len(self.text)
        pasted = self.whole_text[start:].lstrip()
        return self.mail.inner(pasted.encode("utf-8", "replace")) if self._parted[1] is not None else None

    @property
    def holds_report(self) -> bool:
        """Whether a daemon's mail holds the report of another: providers pass on to their customers what came to themselves."""
        if not self.traits.daemon or self.inner is None:
            return False
        inner = HeaderTraits(self.inner.headers)
        return inner.daemon and bool(inner.report_type)

    @property
    def enclosing(self) -> bool:
        """Whether a report of the same author and subject is attached: gateways that scan mail pass some on so."""
        if not self.traits.daemon or self.inner is None:
            return False
        inner = self.inner.headers
        same = all(inner.get(name) == self.headers.get(name) for name in ("from", "subject"))
        return same and bool(HeaderTraits(inner).report_type)

    @cached
    def original(self) -> Headers | None:
        """The header fields of the message that came back."""
        for part, role in self.leaves:
            if role is Role.MESSAGE and part is not self.mail:
                return next((child.headers for child in part.children), None)
            if role is Role.HEADERS:
                return read_headers_part(part)
        return self._parted[1]


def _leaves(part: Part) -> list[Part]:
    if part.media_type in MESSAGE_TYPES or not part.children:
        return [part]
    return [leaf for child in part.children for leaf in _leaves(child)]


def _role(part: Part) -> Role:
    """Tell what a part is; a multipart that could not be parted is read as text."""
    media_type = part.media_type
    return _ROLES.get(media_type) or (Role.TEXT if media_type.startswith("multipart/") else Role.FOREIGN)


def _may_hold_fields(part: Part) -> bool:
    return any(name in part.body for name in (b"-recipient", b"-Recipient", b"-RECIPIENT"))


def _human_texts(own: tuple[tuple[Part, Role], ...]) -> list[str]:
    """Give the plain texts; HTML only where there is none."""
    plain = [text for part, role in own if role is Role.TEXT and (text := part.text).strip()]
    return plain or [part.text for part, role in own if role is Role.HTML]
