"""
phquery, the mail forwarder of the CCSO name server.

Corpus: corpus/phquery/
"""

from __future__ import annotations

from bounceclass.reading.dialects.dialect import Capture, Clue, Dialect

__all__ = ["DIALECTS"]

DIALECTS = (
    Dialect(
        name="phquery",
        title="phquery (CCSO name server)",
        source="qi/ph 3.0, phquery.c",
        since="0.1",
        clues=(
            #  --------Message not delivered to the following:
            Clue("text", "--------message not delivered to the following"),
            #  --------Error Detail (phquery V3.0):
            Clue("text", "error detail (phquery"),
        ),
        min_clues=2,
        opens=r"^[ \t]{0,8}-{3,20}Message not delivered to the following[^\n]*:",
        closes=r"^[ \t]*+-{3,}Unsent Message below",
        captures=(
            #  userx    No matches to nameserver query
            Capture(r"^[ \t]{1,12}(?P<recipient>[A-Za-z0-9_.@-]{1,64})[ \t]{2,20}(?P<diagnostic>[A-Z][^\n]{5,200})$"),
            #             user@example.edu
            Capture(r"^[ \t]{1,12}(?P<recipient>[^\s@]{1,64}@[^\s@]{1,255})[ \t]*+$"),
            #      Does not have a final email delivery point,
            Capture(r"^-{4} [^\s@]{1,64}@[^\s@]{1,255}[ \t]*+\n[ \t]++(?P<diagnostic>[^\n]{5,200})"),
        ),
    ),
)
