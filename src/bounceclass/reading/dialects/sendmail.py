"""
Sendmail's notices where they have no delivery-status part: releases 5 and 8, and their transcripts.

Corpus: corpus/sendmail/
"""

from __future__ import annotations

from bounceclass.reading.dialects.dialect import ADDRESS, Capture, Clue, Dialect

__all__ = ["DIALECTS"]

DIALECTS = (
    Dialect(
        name="sendmail",
        title="Sendmail",
        source="sendmail 8.18 sendmail/savemail.c, errbody(); sendmail 5.65 src/savemail.c",
        since="0.1",
        clues=(
            # savemail.c: "   ----- The following addresses had permanent fatal errors -----\n"
            Clue("text", "the following addresses had permanent fatal errors"),
            Clue("text", "the following addresses had transient non-fatal errors"),
            Clue("text", "the following addresses had delivery problems"),
            # savemail.c: "   ----- Transcript of session follows -----\n"
            Clue("text", "transcript of session follows"),
        ),
        #    ----- Unsent message follows -----
        closes=r"^\W{0,12}(?:unsent message|message header|original message|returned message|message text) follows",
        captures=(
            # <a@example.jp>
            #     (reason: 550 5.1.1 <a@example.jp>... User unknown)
            Capture(
                rf"^[ \t]{{0,8}}(?:>>> )?<?(?P<recipient>{ADDRESS})>?[ \t]*+(?:<[^<>\s]{{1,320}}>[ \t]*+)?(?P<diagnostic>(?:\.\.\.[^\n]*|-[^\n]*|\([^\n]*\))?(?:\n[ \t]++\(reason: [^\n]*)?)$"
            ),
            #     (expanded from: <b@example.jp>)
            Capture(rf"^[ \t]++\(expanded from: <?(?P<alias>{ADDRESS})>?\)"),
            #     (reason: 550 5.1.1 <a@example.jp>... User unknown)
            Capture(r"^[ \t]++\(reason: (?P<diagnostic>[^\n]{1,1000})\)[ \t]*+$"),
            # 550 5.1.1 <a@example.jp>... User unknown
            Capture(rf"^[ \t]{{0,4}}(?P<diagnostic>[45]\d\d[ -](?:[45]\.\d{{1,3}}\.\d{{1,3}} )?<?(?P<recipient>{ADDRESS})>?\.\.\. [^\n]{{1,1000}})"),
            # 550 <a@example.jp>: Recipient address rejected: User unknown in local recipient table
            Capture(rf"^[ \t]{{0,4}}(?P<diagnostic>[45]\d\d[ -](?:[45]\.\d{{1,3}}\.\d{{1,3}} )?<(?P<recipient>{ADDRESS})>:? [^\n]{{1,1000}})"),
            # <a@example.jp>... Deferred: Connection timed out with mx.example.jp.
            Capture(rf"^[ \t]{{0,4}}<?(?P<recipient>{ADDRESS})>?\.\.\. (?P<diagnostic>[^\n]{{1,1000}})"),
            # 554 Too many hops 26 (25 max): from b@example.com via localhost, to a@example.jp
            Capture(r"^(?P<diagnostic>[45]\d\d (?![^\n]{0,500}\.\.\. )[^<\n]{1,500})$"),
            #    ----- Non-delivered information -----
            # The number of messages in recipient's mailbox exceeded the local limit.
            Capture(r"^[ \t]*+-{3,} Non-delivered information -{3,}[ \t]*+\n++(?P<diagnostic>[^\n]{1,500})"),
        ),
    ),
)
