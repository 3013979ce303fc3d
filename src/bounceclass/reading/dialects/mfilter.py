"""
Digital Arts' m-FILTER.

Corpus: corpus/mfilter/
"""

from __future__ import annotations

from bounceclass.reading.dialects.dialect import ADDRESS, Capture, Clue, Dialect

__all__ = ["DIALECTS"]

DIALECTS = (
    Dialect(
        name="mfilter",
        title="m-FILTER",
        source="docs/languages.md",
        since="0.1",
        clues=(
            # -------server message
            Clue("text", "-------server message"),
            # 以下のメールアドレスへの送信に失敗しました。
            Clue("text", "以下のメールアドレスへの送信に失敗しました"),
        ),
        # -------original message
        closes=r"^-{3,}original m",
        captures=(
            # 以下のメールアドレスへの送信に失敗しました。
            # a@example.jp
            Capture(rf"以下のメールアドレスへの送信に失敗しました。\s{{0,20}}(?P<recipient>{ADDRESS})"),
            # -------server message
            # 550 unknown user <a@example.jp>
            Capture(r"^-{3,}server message[ \t]*+\n++(?P<diagnostic>(?!-{3})[^\n]++(?:\n(?!-{3})[^\n]++){0,19})"),
            # -------SMTP command
            # DATA
            Capture(r"^-{3,}SMTP command[ \t]*+\n++[ \t]*+(?P<command>HELO|EHLO|MAIL|RCPT|DATA)"),
        ),
    ),
)
