"""What `parse()` gives: what one mail reports, and how it came."""

from __future__ import annotations

from datetime import datetime

from attrs import field, frozen

from bounceclass.model.value import Value
from bounceclass.model.vocabulary import DefectCode, DeliveryAction, Kind
from bounceclass.serial.redaction import ADDRESS, WORD

__all__ = ["Attachment", "Defect", "Delivery", "Link", "Original", "Provenance", "Report"]


@frozen(repr=False)
class Defect(Value):
    """
    Something odd in a mail, read all the same.

    Attributes:
        code: What it was.
        detail: Where, or which value; empty where the code says it all.
    """

    code: DefectCode
    detail: str = ""


@frozen(kw_only=True, repr=False)
class Original(Value):
    """
    The message that came back, as far as the notice returned it.

    Attributes:
        message_id: With its angle brackets; None where it is not there.
        subject: Decoded and unfolded.
        sender: The address of its From field, else of its Return-Path.
        recipients: The addresses of To and Cc, in that order; empty where there are none.
        date: Its Date field.
        list_id: Its List-Id field (RFC 2919), verbatim.
        fields: All header fields in their order: name in lower case, value decoded and unfolded.
    """

    message_id: str | None = None
    subject: str | None = None
    sender: str | None = field(default=None, metadata=ADDRESS)
    recipients: tuple[str, ...] = field(default=(), metadata=ADDRESS)
    date: datetime | None = None
    list_id: str | None = None
    fields: tuple[tuple[str, str], ...] = ()

    def header(self, name: str) -> str | None:
        """Give the first header field of that name, in any case; None where there is none."""
        wanted = name.lower()
        return next((value for key, value in self.fields if key.lower() == wanted), None)


@frozen(kw_only=True, repr=False)
class Delivery(Value):
    """
    What became of one recipient.

    Attributes:
        recipient: The address that failed, normalised; verbatim text where it is no address.
        original_recipient: The address that the sender wrote to, where it differs.
        action: What the reporting server did (RFC 3464 §2.3.3).
        status: The enhanced status code, "5.1.1" (RFC 3463); None where nobody gave one.
        reply_code: The SMTP reply code, 200 to 599 (RFC 5321 §4.2).
        command: The SMTP command that was answered so, in upper case: "RCPT", "DATA" ….
        diagnostic: The server's words, decoded, on one line; empty where there are none.
        remote_mta: The host that said so.
        last_attempt_at: When it was last tried.
        will_retry_until: Until when the server goes on trying, of delays.
        label: What a sending service or a log files it under, in its own word: "Permanent/NoEmail", "bad-mailbox"; None elsewhere.
    """

    recipient: str = field(metadata=ADDRESS)
    original_recipient: str | None = field(default=None, metadata=ADDRESS)
    action: DeliveryAction = DeliveryAction.FAILED
    status: str | None = field(default=None, metadata=WORD)
    reply_code: int | None = None
    command: str | None = field(default=None, metadata=WORD)
    diagnostic: str = ""
    remote_mta: str | None = None
    last_attempt_at: datetime | None = None
    will_retry_until: datetime | None = None
    label: str | None = None


@frozen(repr=False)
class Attachment(Value):
    """
    A part of a report that is neither its text, nor its fields, nor the message that came back.

    Attributes:
        name: Its file name, decoded; empty where it has none.
        media_type: In lower case, as it calls itself.
    """

    name: str
    media_type: str = field(metadata=WORD)


@frozen(repr=False)
class Link(Value):
    """
    A web address in the text of a report.

    Attributes:
        url: As written, at most 300 characters; of a form, where it sends to.
        words: What the reader sees there: the text of the link or its line; "<form>" of a form.
    """

    url: str
    words: str


@frozen(kw_only=True, repr=False)
class Provenance(Value):
    """
    How the report itself came, as far as it tells whether the report is genuine.

    Attributes:
        date: Its Date field.
        author: The address of its From field; empty where there is none.
        daemon: Whether the author is a mail program by name.
        poses_as_report: Whether author or subject present the mail as a report, whatever it holds.
        return_path: Its envelope sender: "" for the null path, None where the field is not there.
        delivered_to: The addresses it was sent to: the first of Delivered-To, X-Original-To, Envelope-To and To each.
        authentication: The Authentication-Results fields (RFC 8601), topmost first, verbatim.
        attachments: What no plain report carries, in message order; empty where there is nothing.
        links: Web addresses in its own text, at most 20; not those of the message that came back.
    """

    date: datetime | None = None
    author: str = field(default="", metadata=ADDRESS)
    daemon: bool = False
    poses_as_report: bool = False
    return_path: str | None = field(default=None, metadata=ADDRESS)
    delivered_to: tuple[str, ...] = field(default=(), metadata=ADDRESS)
    authentication: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    links: tuple[Link, ...] = ()


@frozen(kw_only=True, repr=False)
class Report(Value):
    """
    What one mail reports.

    Attributes:
        kind: What the mail is, as a whole.
        deliveries: One for each recipient, in message order; empty where none is named.
        original: The message that it is about; None where nothing of it came back.
        reporting_mta: The host that wrote the report, without its type prefix.
        dialect: Who decoded it: "rfc3464", a server family's name, "generic" …; None for other mail.
        arrival_date: When the message that came back had reached the reporting server (RFC 3464 §2.2.5).
        defects: What was odd, in the order met.
        provenance: How the report itself came, which is another mail than the one that came back.
        secondhand: Nothing but somebody's words says so: a person forwards or sends it, or it only copies the words
            of a server, as worms do.  Nobody is dropped for it (docs/trust.md).
        forwarded: It stood within what somebody pasted or forwarded (`parse_pasted()`).
    """

    kind: Kind
    deliveries: tuple[Delivery, ...] = ()
    original: Original | None = None
    reporting_mta: str | None = None
    dialect: str | None = field(default=None, metadata=WORD)
    arrival_date: datetime | None = None
    defects: tuple[Defect, ...] = ()
    provenance: Provenance = Provenance()
    secondhand: bool = False
    forwarded: bool = False
