"""
Gmail's notices in plain text, old and new.

Corpus: corpus/gmail/
"""

from __future__ import annotations

from bounceclass.reading.dialects.dialect import ADDRESS, Capture, Clue, Dialect

__all__ = ["DIALECTS"]

DIALECTS = (
    Dialect(
        name="gmail",
        title="Gmail",
        source="https://support.google.com/mail/answer/6596",
        since="0.1",
        clues=(
            # Delivery to the following recipient failed permanently:
            Clue("text", "delivery to the following recipient failed permanently"),
            # Delivery to the following recipient has been delayed:
            Clue("text", "delivery to the following recipient has been delayed"),
            # Your message wasn't delivered to a@example.jp because the address couldn't be found.
            Clue("text", "your message wasn't delivered to"),
            # There was a temporary problem delivering your message to a@example.jp. Gmail will retry for 46 more hours.
            Clue("text", "gmail will retry for"),
            # Technical details of permanent failure:
            Clue("text", "technical details of permanent failure"),
            Clue("text", "technical details of temporary failure"),
            # The response from the remote server was:
            Clue("text", "the response from the remote server was"),
        ),
        captures=(
            #      a@example.jp
            Capture(rf"^[ \t]{{3,8}}(?P<recipient>{ADDRESS})[ \t]*+$"),
            # Your message wasn't delivered to a@example.jp because the address couldn't be found.
            Capture(rf"^Your message (?:wasn't delivered to|to) (?P<recipient>{ADDRESS}) (?P<diagnostic>(?:because|has been|couldn't|was)[^\n]{{1,500}})"),
            # Technical details of permanent failure:
            Capture(r"^Technical details of (?:permanent|temporary) failure:[ \t]*+\n(?P<diagnostic>[^\n]++(?:\n[^\n]++){0,19})"),
            # The error that the other server returned was:
            # 550 5.1.1 <a@example.jp>... User unknown
            Capture(r"^The error that the other server returned was:[ \t]*+\n?(?P<diagnostic>[^\n]++(?:\n[^\n]++){0,19})"),
            # The response from the remote server was:
            Capture(r"^The response(?: from the remote server)? was:[ \t]*+\n++(?P<diagnostic>[^\n]++(?:\n[^\n]++){0,19})"),
        ),
    ),
)
