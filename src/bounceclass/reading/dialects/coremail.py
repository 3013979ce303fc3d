"""
Coremail's notices, as 163.com, 126.com and its other sites send them; Chinese, with English beside.

Corpus: corpus/coremail/
"""

from __future__ import annotations

from bounceclass.reading.dialects.dialect import ADDRESS, Capture, Clue, Dialect

__all__ = ["DIALECTS"]

DIALECTS = (
    Dialect(
        name="coremail",
        title="Coremail",
        source="https://mail.163.com/help/help_spam_16.htm",
        since="0.1",
        clues=(
            # Subject: 系统退信
            Clue("subject", "系统退信"),
            # 退信原因
            Clue("text", "退信原因"),
        ),
        min_clues=2,
        captures=(
            # 收件人 / Recipient:
            # <a@example.jp>
            Capture(rf"^[ \t]*+收件人[^\n<@]{{0,20}}[:：]?\s{{0,10}}<?(?P<recipient>{ADDRESS})>?"),
            # 英文说明 SMTP error, RCPT TO: Host mx.example.jp(192.0.2.1) said: 550 …
            Capture(r"^[^\n]{0,20}(?P<diagnostic>SMTP error[^\n]{1,1000})"),
            # 中文说明 收件人邮箱不存在
            Capture(r"^[ \t]*+中文说明[ \t:：]{1,4}(?P<diagnostic>[^\n]{2,300})"),
        ),
    ),
)
