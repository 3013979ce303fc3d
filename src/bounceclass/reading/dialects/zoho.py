"""
Zoho Mail's notices.

Corpus: corpus/zoho/
"""

from __future__ import annotations

from bounceclass.reading.dialects.dialect import ADDRESS, Capture, Clue, Dialect

__all__ = ["DIALECTS"]

DIALECTS = (
    Dialect(
        name="zoho",
        title="Zoho Mail",
        source="https://www.zoho.com/mail/help/email-delivery.html",
        since="0.1",
        clues=(
            # a@example.jp Invalid Address, ERROR_CODE :550, ERROR_CODE :…
            Clue("text", "error_code :*"),
            # [Status: Error, Address: <a@example.jp>, ResponseCode 421, , Host not reachable.]
            Clue("text", "[status: error, address:"),
        ),
        captures=(
            # a@example.jp Invalid Address, ERROR_CODE :550, ERROR_CODE :…
            Capture(rf"^[ \t]*+(?P<recipient>{ADDRESS})[ \t]++(?P<diagnostic>[^\n]{{0,200}}ERROR_CODE :[^\n]{{1,1000}})"),
            # [Status: Error, Address: <a@example.jp>, ResponseCode 421, , Host not reachable.]
            Capture(rf"\[Status: Error, Address: <(?P<recipient>{ADDRESS})>, ResponseCode (?P<diagnostic>[^\]\n]{{1,1000}})\]"),
        ),
    ),
)
