"""
Sina's notices, in Chinese, of qmail's shape.

Corpus: corpus/sina/
"""

from __future__ import annotations

from bounceclass.reading.dialects.dialect import Clue, Dialect
from bounceclass.reading.dialects.shapes import line

__all__ = ["DIALECTS"]

DIALECTS = (
    Dialect(
        name="sina",
        title="Sina",
        source="docs/languages.md",
        since="0.1",
        clues=(
            # 邮件无法发送到您指定的地址中。
            Clue("text", "邮件无法发送到您指定的地址中"),
            Clue("text", "在邮件传输过程中由于外部的无法避免的错误导致邮件无法送达"),
        ),
        # --- 附件中的内容是原信件的一份拷贝
        closes=r"^--- 附件",
        captures=(
            # <a@example.jp>:
            line("<{recipient}>: {diagnostic}", takes_text_below=True),
        ),
    ),
)
