"""
Netscape Messaging Server, and the kin of its wording.

Corpus: corpus/netscape/
"""

from __future__ import annotations

from bounceclass.reading.dialects.dialect import Capture, Clue, Dialect

__all__ = ["DIALECTS"]

DIALECTS = (
    Dialect(
        name="netscape",
        title="Netscape Messaging Server",
        source="Netscape Messaging Server 4.15, ndr templates",
        since="0.1",
        clues=(
            # This Message was undeliverable due to the following reason:
            Clue("text", "this message was undeliverable due to the following reason"),
        ),
        # This Message was undeliverable due to the following reason:
        opens=r"undeliverable due to the following reason:[ \t]*+\n++",
        # Please reply to postmaster@example.jp
        closes=r"^Please reply to",
        captures=(
            # Your message was not delivered within 2 days.
            # Host example.jp is not responding.
            Capture(r"\A(?P<diagnostic>[^<]{5,1500}?)(?=The following recipients)"),
            #      <a@example.jp>
            Capture(r"^[ \t]{0,8}<(?P<recipient>[^>\n]{1,320})>[ \t]*+$"),
        ),
    ),
)
