"""
The Internet Mail Service of Exchange 5.5, 2000 and 2003, and GroupWise gateways of its wording.

Corpus: corpus/exchange/
"""

from __future__ import annotations

from bounceclass.reading.dialects.dialect import ADDRESS, Capture, Clue, Dialect

__all__ = ["DIALECTS"]

DIALECTS = (
    Dialect(
        name="exchange_ims",
        title="Exchange 5.5 to 2003",
        source="https://learn.microsoft.com/en-us/exchange/mail-flow/non-delivery-reports-and-bounce-messages/non-delivery-reports-and-bounce-messages",
        since="0.1",
        clues=(
            # did not reach the following recipient(s):
            Clue("text", "did not reach the following recipient(s)"),
            # MSEXCH:IMS:EXAMPLE:JP:MX 0 (000C05A6) Unknown Recipient
            Clue("text", "msexch:ims:*"),
            # The MTS-ID of the original message is: …
            Clue("text", "the mts-id of the original message is"),
            # The following recipient(s) could not be reached:
            Clue("text", "your message did not reach some or all of the intended recipients"),
        ),
        # did not reach the following recipient(s):
        opens=r"(?:did not reach the following recipient\(s\)|following recipient\(s\) could not be reached):",
        captures=(
            # a@example.jp on Thu, 1 Jan 2004 00:00:00 +0900
            #     The recipient name is not recognized
            Capture(rf"^[ \t]{{0,8}}(?:c=[^\n;]{{0,20}};[^\n@]{{0,80}}?SMTP=)?(?P<recipient>{ADDRESS});? on [^\n]{{5,80}}$", takes_text_below=True),
        ),
    ),
)
