r"""
Lines of notices written down as they look, for tables of dialects: no regular expression to get wrong.

    line("Recipient address: {recipient}")
    line("<{recipient}>: {diagnostic}")
    line("Reason:\n{paragraph}")

What they become takes linear time, whatever the mail.
"""

from __future__ import annotations

import re
from typing import Final

from bounceclass.errors import PluginError
from bounceclass.reading.dialects.dialect import Capture
from bounceclass.text.patterns import TABLE_ADDRESS

__all__ = ["line"]

_PIECE: Final = re.compile(r"(<\{(?:recipient|alias)\}>)|\{([^{}]*)\}|(\n)|([ \t]+)|([^{}\n \t]+|.)")
_BLANKS: Final = r"[ \t]*+"
_HOLDS: Final = {
    "recipient": rf"(?P<recipient>{TABLE_ADDRESS})",
    "alias": rf"(?P<alias>{TABLE_ADDRESS})",
    "diagnostic": r"(?P<diagnostic>[^\n]{0,1000})",
    "paragraph": r"(?P<diagnostic>[^\n]++(?:\n[^\n]++){0,19})",
    "remote": r"(?P<remote>[^\s(;]{1,255})",
}


def line(template: str, *, takes_text_below: bool = False) -> Capture:
    """
    Give the capture of lines that look like a template.

    Args:
        template: One line or several, from their beginning on.  `{recipient}` and `{alias}` are addresses, between "<" and ">"
            whatever stands there; `{diagnostic}` is the rest of the line, `{paragraph}` all lines down to the next empty one,
            `{remote}` a host.  Where there is a blank, and at the beginning of a line, there may be any number of them,
            or none; a line end may be followed by empty lines.  Upper and lower case are the same.
        takes_text_below: As of `Capture`.

    Raises:
        PluginError: It names something else in braces, or nothing at all.
    """
    pattern, named, last = f"^{_BLANKS}", 0, ""
    for piece in _PIECE.finditer(template):
        bracketed, name, end, blanks, _ = piece.groups()
        last = name or bracketed or ""
        named += bool(last)
        if name is not None and name not in _HOLDS:
            raise PluginError("line()", template, name, f"unknown name; there are {', '.join(_HOLDS)}")
        if bracketed:
            pattern += f"<(?P<{bracketed[2:-2]}>[^>\\n]{{1,320}})>"
        elif name:
            pattern += _HOLDS[name]
        elif end:
            pattern += rf"{_BLANKS}\n++{_BLANKS}"
        else:
            pattern += _BLANKS if blanks else re.escape(piece.group())
    if not named:
        raise PluginError("line()", template, "", f"names nothing; there are {', '.join(_HOLDS)}")
    return Capture(pattern + (f"{_BLANKS}$" if last in {"recipient", "alias"} else ""), takes_text_below)
