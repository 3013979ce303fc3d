"""
docomo's notices for sp-mode mail.

Corpus: corpus/spmode/
"""

from __future__ import annotations

from bounceclass.reading.dialects.dialect import ADDRESS, Capture, Clue, Dialect

__all__ = ["DIALECTS"]

DIALECTS = (
    Dialect(
        name="spmode",
        title="docomo sp-mode",
        source="https://www.docomo.ne.jp/info/spam_mail/column/20170509/",
        since="0.1",
        clues=(
            # From: spmodemsgr@wdy.docomo.ne.jp
            Clue("from", "spmodemsgr@*"),
            # 下記の宛先にメールを送信できませんでした。
            Clue("text", "下記の宛先にメールを送信できませんでした"),
        ),
        captures=(
            # <a@docomo.ne.jp>
            # 550 Unknown user a@docomo.ne.jp
            Capture(rf"^[ \t]*+<(?P<recipient>{ADDRESS})>[ \t]*+(?:\n[ \t]*+(?P<diagnostic>[45]\d\d[^\n]{{0,500}}))?"),
        ),
    ),
)
