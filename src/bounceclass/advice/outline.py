"""An explanation as headings and lines, in the order to be read: what is written out as text, Markdown, HTML, or on a terminal."""

from __future__ import annotations

from enum import Enum, auto

from attrs import frozen

__all__ = ["Block", "Outline", "Style"]


class Style(Enum):
    """How the lines of a block are set."""

    PROSE = auto()
    NUMBERED = auto()
    BULLETS = auto()
    QUOTE = auto()


@frozen
class Block:
    """
    One part of an explanation below its heading.

    Attributes:
        heading: In the locale's words.
        style: How the lines are set.
        lines: What stands in front of each line in bold ("" for nothing), and the line.
        close: Whether it follows what stands above without an empty line.
    """

    heading: str
    style: Style
    lines: tuple[tuple[str, str], ...]
    close: bool = False


@frozen(kw_only=True)
class Outline:
    """
    The parts of an explanation.

    Attributes:
        locale: In which language it is.
        title: One line.
        about: Which mail it is, one line, or none.
        summary: What happened.
        blocks: The parts behind, none of them empty.
        further_heading: What stands above the others.
        further: The same for other recipients with another fate.
    """

    locale: str
    title: str
    about: str
    summary: str
    blocks: tuple[Block, ...]
    further_heading: str
    further: tuple[Outline, ...] = ()
