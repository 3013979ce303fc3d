"""A mail as callers have it, as octets: text, a binary file, a message that the standard library has parsed."""

from __future__ import annotations

import os
import sys
import warnings
from typing import TYPE_CHECKING, Final, TypeAlias, TypeGuard

from bounceclass.regex import regex

if TYPE_CHECKING:
    from email.message import Message
    from os import PathLike
    from typing import IO

    from bounceclass.mail.limits import Limits

__all__ = ["Source", "octets_of"]

# What a mail can be handed over as: its octets, its text, a parsed message, a binary file, or the path of one.
Source: TypeAlias = "bytes | bytearray | memoryview | str | Message | IO[bytes] | PathLike[str]"

_LONGEST_LINE: Final = 500
_ANSWER: Final = regex(r"\s{0,8}[245]\d\d(?:[ -]|$)")
_PATH: Final = regex(r"[^\s:]{0,400}[/\\][^\s:/\\]{1,100}|[^\s:/\\]{1,100}\.(?:eml|msg|mbox|txt)")


def octets_of(source: object, limits: Limits, *, pasted: bool = False) -> bytes:
    """
    Give the octets of a mail, in whatever form a caller hands it over.

    Args:
        source: Octets, text, a parsed message, a binary file, or the path of a file.
        limits: Of a file no more is read than of a mail, and one octet.
        pasted: Whether a text may be anything, so that nobody is warned of it.

    Raises:
        TypeError: It is none of these.
        OSError: The file cannot be read.

    A text that is no mail, and a file that is at its end, are read as they are, with a warning that says what to do.
    """
    if isinstance(source, bytes):
        return source
    if isinstance(source, (bytearray, memoryview)):
        return bytes(source)
    if isinstance(source, str):
        if not pasted:
            _warn_of(source)
        return _encode(source)
    if isinstance(source, os.PathLike):
        with open(source, "rb") as file:  # noqa: PTH123 - pathlib costs 7 ms to import
            return file.read(limits.octets + 1)
    if _is_message(source):
        return _octets_of_message(source, limits.depth)
    if hasattr(source, "read"):
        octets = source.read(limits.octets + 1)
        if isinstance(octets, bytes):
            if not octets:
                warnings.warn("the file is empty, or was read to its end before", UserWarning, stacklevel=3)
            return octets
        raise TypeError("parse() takes a file opened in binary mode; this one gives text")
    raise TypeError(f"parse() takes bytes, str, email.message.Message, a binary file or a Path, not {type(source).__name__}")


def _warn_of(text: str) -> None:
    """Warn of a line that is no mail, but something that people hand over in its place."""
    if len(text) > _LONGEST_LINE or "\n" in text.strip() or not text.strip():
        return
    if _ANSWER.match(text):
        warnings.warn("this is a server's answer, not a mail: call classify_reply(), or parse_pasted()", UserWarning, stacklevel=4)
    elif _PATH.fullmatch(text.strip()):
        warnings.warn("this is the name of a file, not a mail: hand over a pathlib.Path, or its octets", UserWarning, stacklevel=4)


def _is_message(source: object) -> TypeGuard[Message]:
    """Tell a parsed message, without importing the parser: who holds one has done so."""
    module = sys.modules.get("email.message")
    return module is not None and isinstance(source, module.Message)


def _encode(text: str) -> bytes:
    """Give the octets of a text; raw ones back where it was read with surrogateescape."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace")


def _octets_of_message(message: Message, depth: int) -> bytes:
    """
    Write a parsed message out again as it was read.

    Not by `as_bytes()`: that folds fields anew, loses the parts of some malformed mails, and raises on others.
    """
    fields = _encode("".join(f"{name}: {value}\n" for name, value in message.raw_items()))
    parts = _payload(message)
    if isinstance(parts, str) or depth < 0:
        return fields + b"\n" + (_encode(parts) if isinstance(parts, str) else b"")
    inner = [_octets_of_message(part, depth - 1) for part in parts]
    if message.get_content_maintype() == "message":  # one message, or the groups of a status part
        return fields + b"\n" + b"\n".join(inner)
    boundary = _boundary(message)
    if not boundary:
        boundary = "=_parts"
        fields = _encode(f"Content-Type: {message.get_content_type()}; boundary={boundary}\n") + fields
    delimiter = b"\n--" + _encode(boundary)
    epilogue = delimiter + b"--\n" + _encode(message.epilogue or "")
    return fields + b"\n" + _encode(message.preamble or "") + b"".join(delimiter + b"\n" + part for part in inner) + epilogue


def _boundary(message: Message) -> str:
    try:
        return message.get_boundary() or ""
    except Exception:  # noqa: BLE001 - as below
        return ""


def _payload(message: Message) -> str | list[Message]:
    """Give what stands below the fields, as the library's own generator takes it: `get_payload()` loses the octets that are no ASCII."""
    payload = message._payload  # type: ignore[attr-defined]  # noqa: SLF001
    if isinstance(payload, list):
        return [part for part in payload if _is_message(part)]
    return payload if isinstance(payload, str) else ""
