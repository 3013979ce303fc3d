"""
gromox' notices without their delivery-status part.

Corpus: corpus/gromox/
"""

from __future__ import annotations

from bounceclass.reading.dialects.dialect import ADDRESS, Capture, Clue, Dialect

__all__ = ["DIALECTS"]

DIALECTS = (
    Dialect(
        name="gromox",
        title="grommunio gromox",
        source="https://github.com/grommunio/gromox, data/local_bounce",
        since="0.1",
        clues=(
            # "a@example.jp"へのメールを正しく送信
            Clue("text", "へのメールを正しく送信"),
            # 您发送到“a@example.jp”的邮件无法被正确投递
            Clue("text", "的邮件无法被正确投递"),
        ),
        captures=(
            # "a@example.jp"へのメールを正しく送信
            Capture(rf"[\"“](?P<recipient>{ADDRESS})[\"”]\s?(?:へのメール|的邮件)"),
        ),
    ),
)
