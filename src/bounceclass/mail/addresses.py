"""
Addresses: found in text and header fields, checked and normalised.

Spec:
    RFC 5321 §4.1.2 (Mailbox), RFC 5322 §3.4 (address), RFC 6531 §3.3 (internationalised).
"""

from __future__ import annotations

from typing import Final

from bounceclass.regex import regex
from bounceclass.text.patterns import SOUGHT

__all__ = ["bare", "first_address", "list_addresses", "normalise"]

_ADDRESS: Final = regex(SOUGHT)
_IN_BRACKETS: Final = regex(r"<\s*([^<>\s]{1,320})\s*>")
_PREFIX: Final = regex(r"(?i)^(?:mailto:|smtp[:=]|rfc822[:;]|utf-8[:;])\s*")
_QUOTED_LOCAL: Final = regex(r"\"[^\"\n]{1,64}\"@")
_LISTED: Final = regex(rf"<\s*[^<>\s]{{1,320}}\s*>|{SOUGHT}")
_NOISE: Final = regex(r"\"(?:[^\"\\]|\\.){0,200}+\"(?=\s{0,20}<)|\([^()]{0,200}+\)")

# What email-validator accepts unchanged but for the case of the domain: dot-atom ASCII local
# part, host name of letters, digits and hyphens.  tests/properties proves that they agree.
_PLAIN: Final = regex(
    r"\A[A-Za-z0-9_+-]++(?:\.[A-Za-z0-9_+-]++)*+@(?:[A-Za-z0-9]++(?:-++[A-Za-z0-9]++)*+\.)+[A-Za-z]{2,}",
)
_LOCAL_MAX: Final = 64
_LABEL_MAX: Final = 63
_ADDRESS_MAX: Final = 254


def normalise(address: str) -> tuple[str, bool]:
    """
    Check an address and give its normal form: syntax only, nothing is looked up.

    Args:
        address: An address without angle brackets.

    Returns:
        The normal form (domain in lower case; ASCII stays ASCII, so that it still equals what
        was written to) and True; or the text as it came, and False, where it is no address.
    """
    if _PLAIN.fullmatch(address) and _is_short(address):
        local, _, domain = address.partition("@")
        return f"{local}@{domain.lower()}", True
    return _validate(address)


def _is_short(address: str) -> bool:
    """Tell whether an address keeps to the lengths of RFC 5321 §4.5.3.1, and needs no IDNA reading."""
    local, _, domain = address.partition("@")
    if len(local) > _LOCAL_MAX or len(address) > _ADDRESS_MAX or "--" in domain:
        return False
    return all(len(label) <= _LABEL_MAX for label in domain.split("."))


def _validate(address: str) -> tuple[str, bool]:
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 - 25 ms, and most mails never need it

    try:
        valid = validate_email(
            address,
            check_deliverability=False,
            globally_deliverable=False,
            test_environment=True,
            allow_quoted_local=True,
            allow_domain_literal=True,
        )
    except (EmailNotValidError, ValueError):
        return address, False
    return (valid.ascii_email or valid.normalized) if address.isascii() else valid.normalized, True


def bare(text: str) -> str:
    """Strip what servers put around an address: brackets, quotes, "mailto:", a type prefix, a closing dot."""
    if _QUOTED_LOCAL.search(text):  # quotes that belong to the address: only what stands around it goes
        return _PREFIX.sub("", text.strip().strip("<>'`,;. ")).strip("<>' ")
    return _PREFIX.sub("", text.strip().strip("<>\"'`,;.").strip()).strip("<>\"' ")


def first_address(text: str) -> str:
    """Give the first address in a text, preferring one in angle brackets; "" where there is none."""
    for found in _IN_BRACKETS.findall(text):
        if "@" in found:
            return bare(found)
    match = _ADDRESS.search(text)
    return bare(match.group()) if match else ""


def list_addresses(value: str, limit: int) -> tuple[str, ...]:
    """
    Give the addresses of an address-list field, without names, comments and groups.

    Args:
        value: A To, Cc … field, decoded and unfolded.
        limit: How many at most.
    """
    if "@" not in value:
        return ()
    if '"' in value or "(" in value:
        value = _NOISE.sub("", value)
    found = (bare(match.group()) for match in _LISTED.finditer(value))
    return tuple(dict.fromkeys(address for address in found if "@" in address))[:limit]
