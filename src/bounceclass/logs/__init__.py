"""
Servers' logs: each attempt to deliver, with the verdict on it.

::

    from bounceclass.logs import last_fates, read_log

    log = read_log("/var/log/mail.log.1.gz")
    for attempt in last_fates(log):
        print(attempt.at, attempt.delivery.recipient, attempt.verdict.reason)
    print(log.passed_over, "lines were of other programs")

Read are Postfix, Exim (mainlog), Sendmail, PowerMTA's accounting CSV, KumoMTA's JSON lines and Exchange's message tracking
CSV, told by each line: a syslog of several servers is read as a whole.  Memory is bounded, whatever the size of the log.
"""

from __future__ import annotations

from bounceclass.logs.attempt import Attempt
from bounceclass.logs.fates import last_fates
from bounceclass.logs.read import Log, looks_like_log, read_log

__all__ = ["Attempt", "Log", "last_fates", "looks_like_log", "read_log"]
