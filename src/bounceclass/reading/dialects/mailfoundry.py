"""
MailFoundry appliances.

Corpus: corpus/mailfoundry/
"""

from __future__ import annotations

from bounceclass.reading.dialects.dialect import Capture, Clue, Dialect

__all__ = ["DIALECTS"]

DIALECTS = (
    Dialect(
        name="mailfoundry",
        title="MailFoundry",
        source="MailFoundry, message delivery has failed",
        since="0.1",
        clues=(
            # Delivery failed for the following reason:
            Clue("text", "delivery failed for the following reason"),
            # Unable to deliver message to: <a@example.jp>
            Clue("text", "unable to deliver message to:"),
        ),
        min_clues=2,
        captures=(
            # Unable to deliver message to: <a@example.jp>
            Capture(r"Unable to deliver message to:\s{0,5}<(?P<recipient>[^>\n]{1,320})>"),
            # Delivery failed for the following reason:
            # mx.example.jp[192.0.2.1] responded with failure: 552 …
            Capture(r"Delivery failed for the following reason:[ \t]*+\n++(?P<diagnostic>[^\n]{1,1000})"),
        ),
    ),
)
