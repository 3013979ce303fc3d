"""How much of a mail is read."""

from __future__ import annotations

from attrs import field, frozen, validators

__all__ = ["Limits"]


def _positive(default: int) -> int:
    value: int = field(default=default, validator=[validators.instance_of(int), validators.ge(1)])
    return value


@frozen(kw_only=True)
class Limits:
    """
    How much of a mail is read; what is cut off is noted as a `Defect`.

    Attributes:
        octets: Of the whole mail (16 MiB).
        header_octets: Of one header block (128 KiB).
        text_octets: Of one text, before decoding (256 KiB).
        depth: Of parts within parts (12).
        parts: Of one mail, all levels together (200).
        recipients: Of one report (5,000).
    """

    octets: int = _positive(16 * 2**20)
    header_octets: int = _positive(128 * 2**10)
    text_octets: int = _positive(256 * 2**10)
    depth: int = _positive(12)
    parts: int = _positive(200)
    recipients: int = _positive(5_000)
