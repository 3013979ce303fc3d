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

    FAILURE = "failure"
    DELAY = "delay"
    SUCCESS = "success"
    COMPLAINT = "complaint"
    AUTO_REPLY = "auto_reply"
    DISPOSITION = "disposition"
    CHALLENGE = "challenge"
    OTHER = "other"

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

    FAILED = "failed"
    DELAYED = "delayed"
    DELIVERED = "delivered"
    RELAYED = "relayed"
    EXPANDED = "expanded"

    @property
    def kind(self) -> Kind:
        """What a mail is that reports nothing else."""
        return {DeliveryAction.FAILED: Kind.FAILURE, DeliveryAction.DELAYED: Kind.DELAY}.get(self, Kind.SUCCESS)


class Permanence(StrEnum):
    """What the servers said of trying again, after correction."""

    PERMANENT = "permanent"
    TEMPORARY = "temporary"
    UNKNOWN = "unknown"


class AddressState(StrEnum):
    """What a list manager needs to know of the address itself."""

    DEAD = "dead"
    ALIVE = "alive"
    UNKNOWN = "unknown"


class Responsible(StrEnum):
    """Who can mend it."""

    SENDER = "sender"
    SENDER_ADMIN = "sender_admin"
    RECIPIENT = "recipient"
    RECIPIENT_ADMIN = "recipient_admin"
    NOBODY = "nobody"


class Action(StrEnum):
    """What a program should do with the recipient."""

    SUPPRESS = "suppress"
    RETRY = "retry"
    FIX = "fix"
    REVIEW = "review"
    NONE = "none"


class Basis(StrEnum):
    """What a piece of evidence rests on."""

    KIND = "kind"
    PHRASE = "phrase"
    PROVIDER = "provider"
    STATUS = "status"
    REPLY = "reply"
    COMMAND = "command"
    LEARNED = "learned"
    LABEL = "label"


class Advice(StrEnum):
    """What to do with an address, by all that became of mail to it."""

    KEEP = "keep"
    PAUSE = "pause"
    DROP = "drop"


class Grounds(StrEnum):
    """Why an address is to be dropped."""

    COMPLAINT = "complaint"
    DEAD = "dead"
    FAILING = "failing"
    FULL = "full"


class Audience(StrEnum):
    """Whom an explanation is for; `SUPPORT`: a help desk, which passes it on to its customer."""

    PERSON = "person"
    SUPPORT = "support"
    LIST_OWNER = "list_owner"
    POSTMASTER = "postmaster"


class Authenticity(StrEnum):
    """Whether a report is what it claims to be."""

    VERIFIED = "verified"
    PLAUSIBLE = "plausible"
    SUSPICIOUS = "suspicious"
    FORGED = "forged"
    UNCHECKED = "unchecked"


class Signature(StrEnum):
    """What the signature of a return path is worth."""

    VALID = "valid"
    EXPIRED = "expired"
    INVALID = "invalid"
    UNSIGNED = "unsigned"


class NoAnswer(StrEnum):
    """Why a program may not answer a mail."""

    REPORT = "report"
    AUTOMATIC = "automatic"
    NULL_PATH = "null_path"
    LIST = "list"
    BULK = "bulk"
    ASKS_FOR_SILENCE = "asks_for_silence"
    NO_REPLY = "no_reply"
    OWN_ADDRESS = "own_address"
    NO_ADDRESS = "no_address"


class Situation(StrEnum):
    """
    What a window of reports tells as a whole.

    `UNCLEAR`: many reports of mail that nobody is known to have sent, and no counts of what was sent.
    `OWN_FAILURES`: many reports of one's own mail, for many reasons: the addresses are old.
    """

    QUIET = "quiet"
    SINGLE_FAILURES = "single_failures"
    ACCOUNT_ABUSED = "account_abused"
    ADDRESS_FORGED = "address_forged"
    SENDING_REFUSED = "sending_refused"
    OWN_FAILURES = "own_failures"
    UNCLEAR = "unclear"


class Typo(StrEnum):
    """What somebody probably did wrong when writing an address."""

    MARKS = "marks"
    FULL_WIDTH = "full_width"
    BLANK = "blank"
    COMMA = "comma"
    DOTS = "dots"
    DIGIT = "digit"
    ENDING = "ending"
    MISSING_DOT = "missing_dot"
    MISSPELT = "misspelt"


class DefectCode(StrEnum):
    """What was odd about a mail; nothing of this ever raises."""

    OCTETS_CUT = "octets_cut"
    HEADER_CUT = "header_cut"
    HEADER_LATE = "header_late"
    TEXT_CUT = "text_cut"
    DEPTH_CUT = "depth_cut"
    PARTS_CUT = "parts_cut"
    RECIPIENTS_CUT = "recipients_cut"
    BOUNDARY_GUESSED = "boundary_guessed"
    BOUNDARY_MISSING = "boundary_missing"
    BOUNDARY_UNCLOSED = "boundary_unclosed"
    BASE64_BROKEN = "base64_broken"
    CHARSET_GUESSED = "charset_guessed"
    CHARSET_REPAIRED = "charset_repaired"
    CHARSET_LOST = "charset_lost"
    ADDRESS_INVALID = "address_invalid"
    DATE_INVALID = "date_invalid"
    DSN_MISLABELLED = "dsn_mislabelled"
    DETECTOR_FAILED = "detector_failed"
    SESSION_IMPOSSIBLE = "session_impossible"
