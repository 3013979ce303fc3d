"""
Signed return paths: a report that comes to one proves that the mail was really sent from here.

A variable envelope return path (VERP) with an expiry and an HMAC, after the idea of
draft-levine-smtp-batv: "bounces+taro=example.jp+s" day code "@lists.example.org".
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Final

from bounceclass.model.insight import SignedPath
from bounceclass.model.vocabulary import Signature
from bounceclass.regex import regex

__all__ = ["check_key", "sign_return_path", "verify_return_path"]

_EPOCH: Final = date(1970, 1, 1)
_LOCAL_MAX: Final = 64  # octets of a local part (RFC 5321 §4.5.3.1.1)
_KEY_MIN: Final = 16
_DIGITS: Final = "abcdefghijklmnopqrstuvwxyz234567"  # base32 (RFC 4648 §6) in lower case: servers may fold local parts
_DAY_LENGTH: Final = 4
_CODE_OCTETS: Final = 8
_PURPOSE: Final = b"bounceclass return path 1"
# local = base "+s" day code; base = path [ "+" recipient-local "=" recipient-domain ]
_SIGNED: Final = regex(r"(?P<base>[!-?A-~]{1,64})\+s(?P<day>[a-z2-7]{4})(?P<code>[a-z2-7]{13})@(?P<domain>[a-z0-9.-]{1,255})")
# dot-string (RFC 5321 §4.1.2) and a host name; what needs quotes cannot be signed.
_ADDRESS: Final = regex(r"[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})*")
_MOST_DAYS: Final = 3_650
_LAST_DAY: Final = date(2999, 12, 31)


def sign_return_path(path: str, *, key: bytes, recipient: str | None = None, days: int = 30, now: datetime | None = None) -> str:
    """
    Make the envelope sender for one mail.

    Args:
        path: Where reports go, "bounces@lists.example.org"; no "+" in its local part.
        key: A secret of 16 octets or more; who has it can forge.
        recipient: Whom the mail goes to, so that a report that names nobody still tells.
        days: How long reports are expected: queues give up after 5, mailboxes answer for longer.
        now: The time of sending; None for the clock's.

    Returns:
        An address, all in lower case.

    Raises:
        ValueError: The key is too short, `path` or `recipient` is no plain address of ASCII, `days`
            is not from 0 to 3,650, `now` is not from 1970 to 2999, or the local part would be longer than 64 octets (then sign
            without `recipient`).
        TypeError: The key is no bytes.
    """
    check_key(key)
    if type(days) is not int or not 0 <= days <= _MOST_DAYS:
        raise ValueError(f"days must be from 0 to {_MOST_DAYS}, not {days}")
    local, domain = _split(path, "path")
    if "+" in local:
        raise ValueError("the path must have no '+' in its local part")
    base = local
    if recipient is not None:
        base = f"{local}+{'='.join(_split(recipient, 'recipient'))}"
    today = _today(now)
    if not _EPOCH <= today <= _LAST_DAY:
        raise ValueError(f"now must be from {_EPOCH} to {_LAST_DAY}, not {today}")
    day = _encode_day(today + timedelta(days=days))
    signed = f"{base}+s{day}{_code(base, day, domain, key)}"
    if len(signed) > _LOCAL_MAX:
        raise ValueError(f"the local part would have {len(signed)} octets, and servers need take no more than {_LOCAL_MAX}")
    return f"{signed}@{domain}"


def verify_return_path(address: str, *, key: bytes, now: datetime | None = None) -> SignedPath:
    """
    Check the address that a report came to.  Takes the same time whatever is wrong with the code.

    Args:
        address: As the report's envelope or Delivered-To names it.
        key: The secret that it was signed with.
        now: The time to hold the expiry against; None for the clock's.

    Returns:
        Whether it bears a signature, a right one, and one still in force; path, recipient and
        expiry only where the signature is right.

    Raises:
        ValueError: The key is too short.
        TypeError: The key is no bytes.
    """
    check_key(key)
    match = _SIGNED.fullmatch(address.strip().strip("<>").lower())
    if not match:
        return SignedPath(state=Signature.UNSIGNED)
    base, day, code, domain = match.group("base", "day", "code", "domain")
    from hmac import compare_digest  # noqa: PLC0415 - with hashlib 6 ms, which `import bounceclass` need not cost

    if not compare_digest(code.encode(), _code(base, day, domain, key).encode()):
        return SignedPath(state=Signature.INVALID)
    local, _, verp = base.partition("+")
    user, _, host = verp.rpartition("=")
    expires = _decode_day(day)
    return SignedPath(
        state=Signature.VALID if _today(now) <= expires else Signature.EXPIRED,
        path=f"{local}@{domain}",
        recipient=f"{user}@{host}" if user else None,
        expires=expires,
    )


def _split(address: str, name: str) -> tuple[str, str]:
    if not _ADDRESS.fullmatch(address.lower()):
        raise ValueError(f"the {name} must be a plain address of ASCII letters: {address!r}")
    local, _, domain = address.lower().rpartition("@")
    return local, domain


def _today(now: datetime | None) -> date:
    return (now or datetime.now(UTC)).astimezone(UTC).date()


def _encode_day(day: date) -> str:
    number, digits = (day - _EPOCH).days, ""
    for _ in range(_DAY_LENGTH):
        number, digit = divmod(number, len(_DIGITS))
        digits = _DIGITS[digit] + digits
    return digits


def _decode_day(digits: str) -> date:
    number = 0
    for digit in digits:
        number = number * len(_DIGITS) + _DIGITS.index(digit)
    return _EPOCH + timedelta(days=number)


def check_key(key: bytes) -> None:
    """
    Refuse a key that is none.

    Raises:
        TypeError: It is no bytes.
        ValueError: It has less than 16 octets.
    """
    if not isinstance(key, bytes):
        raise TypeError(f"the key must be bytes, not {type(key).__name__}")
    if len(key) < _KEY_MIN:
        raise ValueError(f"the key must have {_KEY_MIN} octets or more")


def _code(base: str, day: str, domain: str, key: bytes) -> str:
    import base64  # noqa: PLC0415 - as above
    import hashlib  # noqa: PLC0415
    import hmac  # noqa: PLC0415

    message = b"\0".join([_PURPOSE, base.encode(), day.encode(), domain.encode()])
    return base64.b32encode(hmac.new(key, message, hashlib.sha256).digest()[:_CODE_OCTETS]).decode().rstrip("=").lower()
