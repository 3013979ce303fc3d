"""
OpenSMTPD's notices.

Corpus: corpus/opensmtpd/
"""

from __future__ import annotations

from bounceclass.reading.dialects.dialect import Clue, Dialect
from bounceclass.reading.dialects.shapes import line

__all__ = ["DIALECTS"]

DIALECTS = (
    Dialect(
        name="opensmtpd",
        title="OpenSMTPD",
        source="https://github.com/OpenSMTPD/OpenSMTPD/blob/master/usr.sbin/smtpd/bounce.c",
        since="0.1",
        clues=(
            #     This is the MAILER-DAEMON, please DO NOT REPLY to this e-mail.
            Clue("text", "this is the mailer-daemon, please do not reply to this"),
        ),
        #     Below is a copy of the original message:
        closes=r"^[ \t]++(?:Please note that|Below is a copy)",
        captures=(
            # a@example.jp: 550 5.1.1 User unknown
            line("{recipient}: {diagnostic}"),
        ),
    ),
)
