"""
Exim's notices: failures and delay warnings.

Corpus: corpus/exim/
"""

from __future__ import annotations

from bounceclass.reading.dialects.dialect import ADDRESS, Capture, Clue, Dialect

__all__ = ["DIALECTS"]

DIALECTS = (
    Dialect(
        name="exim",
        title="Exim",
        source="https://git.exim.org/exim.git/blob/HEAD:/src/src/deliver.c",
        since="0.1",
        clues=(
            # deliver.c: "This message was created automatically by mail delivery software.\n"
            Clue("text", "this message was created automatically by mail delivery software"),
            Clue("text", "this message was created automatically by the smtp relay on"),
            Clue("text", "this message was created automatically by the mail delivery program"),
        ),
        # This is a permanent error. The following address(es) failed:
        # The address to which the message has not yet been delivered is:
        opens=r"(?:following\s{1,9}address(?:\(es\)|es)?\s{1,9}failed|not\s{1,9}(?:yet\s{1,9})?been\s{1,9}delivered\s{1,9}(?:is|are)|following\s{1,9}addresses|could\s{1,9}not\s{1,9}be\s{1,9}delivered\s{1,9}to)[^\n:]{0,80}:[ \t]*+\n",
        # ------ This is a copy of the message, including all the headers. ------
        # No action is required on your part.
        closes=r"^-{3,} |^No action is required|^The following text was generated|^[* ]{5,}$|^Included is a copy",
        captures=(
            #   a@example.jp
            #     (ultimately generated from b@example.jp)
            #     SMTP error from remote mail server after RCPT TO:<a@example.jp>:
            Capture(rf"^ {{0,3}}[<\"]?(?P<recipient>{ADDRESS})[>\"]?:?[ \t]*+(?P<diagnostic>[^\n]*)$", takes_text_below=True),
            #   an undisclosed address
            #     (generated from a@example.jp)
            Capture(r"^[ \t]++an undisclosed address[ \t]*+\n[ \t]++\(generated from (?P<recipient>[^\s()]{1,320}@[^\s()]{1,255})\)"),
            #     (generated from b@example.jp)
            #     (ultimately generated from b@example.jp)
            Capture(r"^[ \t]++\(?(?:ultimately )?generated (?:from|by) (?P<alias>[^\s()]{1,320}@[^\s()]{1,255})\)?"),
        ),
    ),
)
