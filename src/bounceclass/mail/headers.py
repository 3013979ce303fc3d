"""
Header blocks: where they end, their fields, their encoded-words and parameters.

Spec:
    RFC 5322 §2.2 (fields, folding), RFC 2047 (encoded-words), RFC 2231 (parameters).
"""

from __future__ import annotations

import binascii
import re
from typing import TYPE_CHECKING, Final

from bounceclass.mail import charsets
from bounceclass.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Headers", "decode_words", "split_block", "split_parameters"]

# field = field-name ":" unstructured CRLF (RFC 5322 §2.2); continuation lines begin with WSP (§2.2.3).
# The blank before the colon is obs-optional.  A ">From " or "From " line may stand among them.
_BLOCK: Final = regex(rb"\A(?:[!-9;-~]++[ \t]*+:[^\n]*+(?:\n|\Z)(?:[ \t][^\n]*+(?:\n|\Z))*+|>?From {1,3}[^ \t:\n][^\n]*+\n)*+")
_FIELD: Final = regex(r"^([!-9;-~]++)[ \t]*+:[ \t]*+([^\n]*+(?:\n[ \t][^\n]*+)*+)", re.MULTILINE)

# encoded-word = "=?" charset "?" encoding "?" encoded-text "?=" (RFC 2047 §2), with or without blanks between.
_WORD: Final = regex(r"=\?([^?\s*]{1,40})(?:\*[^?\s]{0,20})?\?([bBqQ])\?([^?\n]*)\?=")
_SPLIT_WORD: Final = regex(r"(=\?[^?\s]{1,60}\?[bB]\?[A-Za-z0-9+/=]*)[ \t]+(?=[A-Za-z0-9+/]*=*\?=)")

# parameter = attribute "=" value; value = token / quoted-string (RFC 2045 §5.1).
_PARAMETER: Final = regex(r";\s*([^\s=;\"]{1,80})\s*=\s*(?:\"((?:[^\"\\]|\\.)*)\"?|([^\s;]*))")
_QUOTED_PAIR: Final = regex(r"\\(.)")
_SECTION: Final = regex(r"\A([^*]++)\*(?:(\d{1,3})\*?|)$")


def split_block(octets: bytes, limit: int) -> tuple[bytes, int]:
    """
    Find the header block at the start of `octets` (line ends are LF).

    Args:
        octets: A message or a part.
        limit: How many octets the block may have.

    Returns:
        The block, cut at the limit, and where the body begins.
    """
    match = _BLOCK.match(octets)
    end = match.end() if match else 0
    block = octets[:end]
    if end < len(octets) and octets[end : end + 1] == b"\n":
        end += 1
    return block[:limit], end


class Headers:
    """
    The fields of one header block; names in any case, values decoded when asked for.

    Args:
        block: The octets of the block, line ends LF.
    """

    __slots__ = ("_decoded", "_fields", "_first")

    def __init__(self, block: bytes) -> None:
        # Latin-1 gives each octet a character, and back: charsets are for the single fields.
        self._fields: list[tuple[str, str]] = [(name.lower(), value) for name, value in _FIELD.findall(block.decode("latin-1"))]
        self._first: dict[str, str] = dict(reversed(self._fields))
        self._decoded: dict[str, str] = {}

    def __contains__(self, name: str) -> bool:
        """Tell whether a field of that lower-case name is there."""
        return name in self._first

    def get(self, name: str) -> str:
        """Give the first field of that lower-case name, decoded and unfolded; "" where there is none."""
        value = self._decoded.get(name)
        if value is None:
            value = self._first.get(name, "")
            self._decoded[name] = value = _decode_value(value) if value else ""
        return value

    def all(self, name: str) -> list[str]:
        """Give every field of that lower-case name, decoded and unfolded."""
        return [_decode_value(value) for key, value in self._fields if key == name]

    def items(self) -> Iterator[tuple[str, str]]:
        """Give all fields in their order: lower-case name, value decoded and unfolded."""
        return ((key, _decode_value(value)) for key, value in self._fields)


def _decode_value(value: str) -> str:
    if "\n" in value:
        value = " ".join(piece for line in value.split("\n") if (piece := line.strip(" \t")))
    if value.isascii() and "$" not in value and "\x1b" not in value:
        return (decode_words(value) if "=?" in value else value).strip()
    return decode_words(charsets.decode(value.encode("latin-1"))[0]).strip()


def decode_words(text: str) -> str:
    """
    Decode the encoded-words in a text, wherever they stand.

    More lenient than RFC 2047 §5: words inside quotes, without blanks between, with broken
    padding, cut in the middle by folding.  Octets of neighbouring words of one charset are
    joined before they are decoded, since some writers split characters.
    """
    if "=?" not in text:
        return text
    decoded = _decode_words(text)
    if "=?" in decoded:  # some words were folded in their middle
        decoded = _decode_words(_SPLIT_WORD.sub(r"\1", text))
    return decoded


def _decode_words(text: str) -> str:
    out: list[str] = []
    charset, octets = "", b""
    rest = 0
    for match in _WORD.finditer(text):
        between = text[rest : match.start()]
        label = match.group(1).lower()
        if label != charset or between.strip():
            out += (_decode_word(charset, octets), "" if octets and between.isspace() else between)
            charset, octets = label, b""
        octets += _word_octets(match.group(2), match.group(3))
        rest = match.end()
    out += (_decode_word(charset, octets), text[rest:])
    return "".join(out)


def _decode_word(charset: str, octets: bytes) -> str:
    return charsets.decode(octets, charset)[0] if octets else ""


def _word_octets(encoding: str, encoded: str) -> bytes:
    octets = encoded.encode("utf-8", "replace")
    if encoding in "qQ":
        return binascii.a2b_qp(octets, header=True)
    octets = octets.replace(b" ", b"").rstrip(b"=")
    octets = octets[: len(octets) - (len(octets) % 4 == 1)]
    try:
        return binascii.a2b_base64(octets + b"=" * (-len(octets) % 4))
    except binascii.Error:
        return b""


def split_parameters(value: str) -> tuple[str, dict[str, str]]:
    """
    Split a structured field such as Content-Type into its value and parameters.

    Returns:
        The value in lower case, and the parameters by lower-case name; RFC 2231
        continuations joined and percent-encoding undone.
    """
    main, _, rest = value.partition(";")
    main, _, unparted = main.strip().partition(" ")  # some writers forget the semicolon
    if not rest and not unparted:
        return main.lower(), {}
    parameters: dict[str, str] = {}
    sections: dict[str, str] = {}
    for name, quoted, token in _PARAMETER.findall(f";{unparted};{rest}"):
        text = _QUOTED_PAIR.sub(r"\1", quoted) if "\\" in quoted else quoted or token
        if "*" in name:
            base = _SECTION.match(name)
            key = (base.group(1) if base else name).lower()
            sections[key] = sections.get(key, "") + text
        else:
            parameters.setdefault(name.lower(), text)
    for name, text in sections.items():
        parameters.setdefault(name, _decode_extended(text))
    return main.lower(), parameters


def _decode_extended(text: str) -> str:
    """extended-initial-value = [charset] "'" [language] "'" extended-other-values (RFC 2231 §7)."""
    charset, quote, rest = text.partition("'")
    if not quote or "'" not in rest:
        return text
    from urllib.parse import unquote_to_bytes  # noqa: PLC0415 - hardly any mail has such a parameter

    return charsets.decode(unquote_to_bytes(rest.partition("'")[2]), charset)[0]
