"""The command line: the only room that opens files and writes to a terminal."""

from bounceclass.cli.command import command

__all__ = ["command"]
