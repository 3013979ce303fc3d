"""What the command says of itself, in the reader's language: its help and its errors, by gettext.

click speaks by gettext too, in the domain "messages".  The texts stand in locale/, a `.po` file a language
beside the `.mo` that is made of it (tools/messages.py).
"""

from __future__ import annotations

import inspect
import os
from gettext import bindtextdomain, find, gettext
from typing import TYPE_CHECKING, Final

from bounceclass.cli.options import language_of_surroundings

if TYPE_CHECKING:
    import click

__all__ = ["speak_to_surroundings", "translate_help"]

_ROOM: Final = os.path.join(os.path.dirname(__file__), "locale")  # noqa: PTH118, PTH120 - pathlib costs 7 ms to import


def speak_to_surroundings(command: click.Command) -> None:
    """Let gettext speak the language of the surroundings from now on, and the help of the command with it; English where we have no other."""
    language = language_of_surroundings().partition("_")[0].lower()
    if find("messages", _ROOM, [language]) is None:
        language = "en"
    os.environ["LANGUAGE"] = language  # where gettext looks first, on every system
    bindtextdomain("messages", _ROOM)
    translate_help(command)


def translate_help(command: click.Command) -> None:
    """Put the help of a command, of its options and of the commands below it into the language that is spoken."""
    if command.help:
        command.help = gettext(inspect.cleandoc(command.help))
        command.short_help = command.help.partition("\n")[0]
    for parameter in command.params:
        known = getattr(parameter, "help", None)
        if known:
            parameter.help = gettext(known)
    for below in getattr(command, "commands", {}).values():
        translate_help(below)
