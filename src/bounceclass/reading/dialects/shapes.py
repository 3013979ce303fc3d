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
from bounceclass.regex import regex
from bounceclass.text.patterns import TABLE_ADDRESS

__all__ = ["line"]

_PIECE: Final = regex(r"(<\{(?:recipient|alias)\}>)|\{([^{}]*)\}|(\n)|([ \t]+)|([^{}\n \t]+|.)")
_BLANKS: Final = r"[ \t]*+"
_HOLDS: Final = {
    "recipient": rf"(?P<recipient>{TABLE_ADDRESS})",
    "alias": rf"(?P<alias>{TABLE_ADDRESS})",
    "diagnostic": r"(?P<diagnostic>[^\n]{0,1000})",
    "paragraph": r"(?P<diagnostic>[^\n]++(?:\n[^\n]++){0,19})",
    "remote": r"(?P<remote>[^\s(;]{1,255})",
}

_BEHIND_REST: Final = regex(r"\{(diagnostic|paragraph)\}[^\n{]*\{")


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
        PluginError: It names something else in braces, one thing twice, or nothing at all; or a name stands behind the rest of a line.
    """
    if problem := _problem([piece.group(2) for piece in _PIECE.finditer(template.replace("<{", "{")) if piece.group(2) is not None], template):
        raise PluginError("line()", template, *problem)
    pattern, last = f"^{_BLANKS}", ""
    for piece in _PIECE.finditer(template):
        bracketed, name, end, blanks, _ = piece.groups()
        last = name or bracketed or ""
        if bracketed:
            pattern += f"<(?P<{bracketed[2:-2]}>[^>\\n]{{1,320}})>"
        elif name:
            pattern += _HOLDS[name]
        elif end:
            pattern += rf"{_BLANKS}\n++{_BLANKS}"
        else:
            pattern += _BLANKS if blanks else re.escape(piece.group())
    return Capture(pattern + (f"{_BLANKS}$" if last in {"recipient", "alias"} else ""), takes_text_below)


def _problem(names: list[str], template: str) -> tuple[str, str] | None:
    """Say what is wrong with a template: of which name, and what."""
    if unknown := [name for name in names if name not in _HOLDS]:
        return unknown[0], f"unknown name; there are {', '.join(_HOLDS)}"
    if not names:
        return "", f"names nothing; there are {', '.join(_HOLDS)}"
    groups = ["diagnostic" if name == "paragraph" else name for name in names]
    if twice := [name for number, name in enumerate(groups) if name in groups[:number]]:
        return twice[0], "named twice"
    if rest := _BEHIND_REST.search(template):
        return rest.group(1), "takes the rest of the line: no name may stand behind it"
    return None
