"""
au's notices, Japanese and English.

Corpus: corpus/ezweb/
"""

from __future__ import annotations

from bounceclass.reading.dialects.dialect import Capture, Clue, Dialect

__all__ = ["DIALECTS"]

DIALECTS = (
    Dialect(
        name="ezweb",
        title="au (EZweb)",
        source="docs/languages.md",
        since="0.1",
        clues=(
            # 次のあて先へのメッセージはエラーのため送信できませんでした。
            Clue("text", "次のあて先へのメッセージはエラーのため送信できませんでした"),
            # Each of the following recipients was rejected by a remote mail server.
            Clue("text", "each of the following recipients was rejected by a remote mail server"),
            # From: Postmaster@ezweb.ne.jp
            Clue("from", "postmaster@ezweb.ne.jp"),
        ),
        captures=(
            # The user(s) account is disabled.
            Capture(
                r"^(?P<diagnostic>The user\(s\) account is [^\n]{1,100}|送信先メールアドレスが[^\n]{1,100}|再送信を試みましたが[^\n]{1,200}|Each of the following recipients was [^\n]{1,200}|Your message was not delivered within [^\n]{1,200}|[^\n]{0,40}mailbox is full[^\n]{0,100})$"
            ),
            # <a@example.jp>: 550 user unknown (in reply to RCPT TO command)
            Capture(r"^<(?P<recipient>[^>\n]{1,320})>:?[ \t]*+(?P<diagnostic>[^\n]*)$"),
        ),
    ),
)
