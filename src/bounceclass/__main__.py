"""The command, also as `python -m bounceclass`."""

from __future__ import annotations

import sys

__all__ = ["main"]

_NEEDS = ("click", "rich")


def main() -> None:
    """Run the command; without the extra `cli`, say how to get it."""
    try:
        from bounceclass.cli import command  # noqa: PLC0415 - click and rich come with the extra only
        from bounceclass.cli.messages import speak_to_surroundings  # noqa: PLC0415
    except ModuleNotFoundError as error:
        if error.name not in _NEEDS:
            raise
        sys.exit(f"bounceclass: the command needs {' and '.join(_NEEDS)}: pip install 'bounceclass[cli]'")
    speak_to_surroundings(command)
    command()


if __name__ == "__main__":
    main()
