"""
The closed vocabularies.

Every enum is a `StrEnum`: its value is the wire name, stable for ever.
"""

from __future__ import annotations

from enum import StrEnum

__all__ = [
    "Action",
    "AddressState",
    "Advice",
    "Audience",
    "Authenticity",
    "Basis",
    "DefectCode",
    "DeliveryAction",
    "Grounds",
    "Kind",
    "NoAnswer",
    "Permanence",
    "Responsible",
    "Signature",
    "Situation",
    "Typo",
]


class Kind(StrEnum):
    """What a mail is, as a whole.  Failures beside delays make a `FAILURE`."""

    FAILURE = "failure"  #: Something was not delivered.
    DELAY = "delay"  #: Something is not delivered yet; the server goes on trying.
    SUCCESS = "success"  #: Everything was delivered, relayed or expanded, and the sender asked to be told.
    COMPLAINT = "complaint"  #: The recipient reported a message as unwanted (RFC 5965).
    AUTO_REPLY = "auto_reply"  #: An automatic answer, such as a holiday notice (RFC 3834).
    DISPOSITION = "disposition"  #: A read receipt (RFC 8098).
    CHALLENGE = "challenge"  #: A request to prove that a person sent the message.
    OTHER = "other"  #: Any other mail.

    @property
    def is_of_delivery(self) -> bool:
        """Whether it tells what became of a delivery (RFC 3464 §2.3.3)."""
        return self in {Kind.FAILURE, Kind.DELAY, Kind.SUCCESS}

    @property
    def is_trouble(self) -> bool:
        """Whether something did not arrive, or not yet."""
        return self in {Kind.FAILURE, Kind.DELAY}


class DeliveryAction(StrEnum):
    """
    What the reporting server did with one recipient.

    Spec:
        RFC 3464 §2.3.3.
    """

    FAILED = "failed"  #: It gave up.
    DELAYED = "delayed"  #: It could not deliver yet, and goes on trying.
    DELIVERED = "delivered"  #: It delivered to the mailbox.
    RELAYED = "relayed"  #: It passed the message on to a server that sends no reports.
    EXPANDED = "expanded"  #: It delivered to the address of a list, which passes it on.

    @property
    def kind(self) -> Kind:
        """What a mail is that reports nothing else."""
        return {DeliveryAction.FAILED: Kind.FAILURE, DeliveryAction.DELAYED: Kind.DELAY}.get(self, Kind.SUCCESS)


class Permanence(StrEnum):
    """What the servers said of trying again, after correction."""

    PERMANENT = "permanent"  #: Trying again as it is will fail again.
    TEMPORARY = "temporary"  #: Trying again later may work.
    UNKNOWN = "unknown"  #: They did not say.


class AddressState(StrEnum):
    """What a list manager needs to know of the address itself."""

    DEAD = "dead"  #: It takes no mail, and will not.
    ALIVE = "alive"  #: It takes mail; this message failed for another reason.
    UNKNOWN = "unknown"  #: The failure says nothing of it.


class Responsible(StrEnum):
    """Who can fix it."""

    SENDER = "sender"  #: Whoever wrote the message, or keeps the list.
    SENDER_ADMIN = "sender_admin"  #: Whoever runs the sender's servers, domain or sending service.
    RECIPIENT = "recipient"  #: Whoever the message was for.
    RECIPIENT_ADMIN = "recipient_admin"  #: Whoever runs the recipient's servers.
    NOBODY = "nobody"  #: Nobody: nothing is wrong, or nobody knows.


class Action(StrEnum):
    """What a program should do with the recipient."""

    SUPPRESS = "suppress"  #: Stop sending to the address.
    RETRY = "retry"  #: Send again later.
    FIX = "fix"  #: Fix something on the sender's side first; the address is not at fault.
    REVIEW = "review"  #: Let a person decide.
    NONE = "none"  #: Nothing.


class Basis(StrEnum):
    """What a piece of evidence rests on."""

    KIND = "kind"  #: The kind of the mail.
    PHRASE = "phrase"  #: The server's words.
    PROVIDER = "provider"  #: The server's words or codes, by the table of the service that wrote them.
    STATUS = "status"  #: The enhanced status code (RFC 3463).
    REPLY = "reply"  #: The SMTP reply code (RFC 5321).
    COMMAND = "command"  #: The SMTP command that was refused.
    LEARNED = "learned"  #: Words that spoke for the same in examples.
    LABEL = "label"  #: What a sending service files it under.


class Advice(StrEnum):
    """What to do with an address, by all that became of mail to it."""

    KEEP = "keep"  #: Go on sending.
    PAUSE = "pause"  #: Wait, and send again after a while.
    DROP = "drop"  #: Stop sending.


class Grounds(StrEnum):
    """Why an address is to be dropped."""

    COMPLAINT = "complaint"  #: The recipient reported a message as unwanted.
    DEAD = "dead"  #: A server said that the address takes no mail.
    FAILING = "failing"  #: Messages kept failing, over a long time, with no delivery in between.
    FULL = "full"  #: The mailbox has been full for months.


class Audience(StrEnum):
    """Whom an explanation is for."""

    PERSON = "person"  #: Whoever wrote the message.
    SUPPORT = "support"  #: A help desk, which passes it on to its customer.
    LIST_OWNER = "list_owner"  #: Whoever keeps a mailing list, and must decide about a subscriber.
    POSTMASTER = "postmaster"  #: Whoever runs the mail server.


class Authenticity(StrEnum):
    """Whether a report is what it claims to be."""

    VERIFIED = "verified"  #: It speaks of a message that the caller sent, and is proven.
    PLAUSIBLE = "plausible"  #: Nothing speaks against it.
    SUSPICIOUS = "suspicious"  #: Something betrays it: a program attached, a link to log in.
    FORGED = "forged"  #: It cannot be genuine.
    UNCHECKED = "unchecked"  #: Nothing is known that it could be checked by.


class Signature(StrEnum):
    """What the signature of a return path is worth."""

    VALID = "valid"  #: It is the signature of this path, and not expired.
    EXPIRED = "expired"  #: It was valid once.
    INVALID = "invalid"  #: Somebody else made it, or changed the path.
    UNSIGNED = "unsigned"  #: There is none.


class NoAnswer(StrEnum):
    """Why a program may not answer a mail."""

    REPORT = "report"  #: It is a report, or its author is a mail program.
    AUTOMATIC = "automatic"  #: A program wrote it.
    NULL_PATH = "null_path"  #: Its return path is null.
    LIST = "list"  #: It came over a mailing list.
    BULK = "bulk"  #: It says that it was sent in bulk.
    ASKS_FOR_SILENCE = "asks_for_silence"  #: It asks programs not to answer.
    NO_REPLY = "no_reply"  #: Its author takes no answers.
    OWN_ADDRESS = "own_address"  #: The answer would go to the program itself.
    NO_ADDRESS = "no_address"  #: There is no address to answer to.


class Situation(StrEnum):
    """What a window of reports tells as a whole."""

    QUIET = "quiet"  #: There are no reports.
    SINGLE_FAILURES = "single_failures"  #: A few failures, each a case of its own.
    ACCOUNT_ABUSED = "account_abused"  #: Somebody sends through the caller's account.
    ADDRESS_FORGED = "address_forged"  #: Somebody uses the caller's address as a false sender.
    SENDING_REFUSED = "sending_refused"  #: A receiver refuses the caller's mail as a whole.
    OWN_FAILURES = "own_failures"  #: Many reports of one's own mail, for many reasons: the addresses are old.
    UNCLEAR = "unclear"  #: Many reports of mail that nobody is known to have sent, and no counts of what was sent.


class Typo(StrEnum):
    """What somebody probably did wrong when writing an address."""

    MARKS = "marks"  #: Brackets, quotes or "mailto:" were copied along.
    FULL_WIDTH = "full_width"  #: Full-width letters, as Japanese keyboards write them.
    BLANK = "blank"  #: A blank within.
    COMMA = "comma"  #: A comma for a dot.
    DOTS = "dots"  #: A dot too many.
    DIGIT = "digit"  #: A digit or a look-alike for a letter.
    ENDING = "ending"  #: Another ending than was meant: .con for .com.
    MISSING_DOT = "missing_dot"  #: A dot is missing.
    MISSPELT = "misspelt"  #: A letter left out, added, changed or exchanged.


class DefectCode(StrEnum):
    """What was odd about a mail; nothing of this ever raises."""

    OCTETS_CUT = "octets_cut"  #: The mail is larger than what is read of one.
    HEADER_CUT = "header_cut"  #: The header is larger than what is read of one.
    HEADER_LATE = "header_late"  #: The first field stands behind lines that are none.
    TEXT_CUT = "text_cut"  #: A text is longer than what is read of one.
    DEPTH_CUT = "depth_cut"  #: Parts are nested more deeply than is looked.
    PARTS_CUT = "parts_cut"  #: There are more parts than are read.
    RECIPIENTS_CUT = "recipients_cut"  #: There are more recipients than are given.
    BOUNDARY_GUESSED = "boundary_guessed"  #: The parts are divided otherwise than the header says.
    BOUNDARY_MISSING = "boundary_missing"  #: The header promises parts, and there are none.
    BOUNDARY_UNCLOSED = "boundary_unclosed"  #: The last part does not end.
    BASE64_BROKEN = "base64_broken"  #: Base64 that is cut, or holds other characters.
    CHARSET_GUESSED = "charset_guessed"  #: The charset was found from the text.
    CHARSET_REPAIRED = "charset_repaired"  #: A gateway had damaged the charset, and it could be undone.
    CHARSET_LOST = "charset_lost"  #: The charset could not be found: characters are missing.
    ADDRESS_INVALID = "address_invalid"  #: An address that is none.
    DATE_INVALID = "date_invalid"  #: A date that is none.
    DSN_MISLABELLED = "dsn_mislabelled"  #: Fields of a delivery status in a part that calls itself something else.
    DETECTOR_FAILED = "detector_failed"  #: A plugin's reader, or flufl.bounce, raised.
    SESSION_IMPOSSIBLE = "session_impossible"  #: The text shows a session that no server can have had.
