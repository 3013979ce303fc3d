"""Servers' logs: each format as its server writes it, line by line."""

from __future__ import annotations

import gzip
import io
import random
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bounceclass
from bounceclass.logs import Attempt, last_fates, looks_like_log, read_log
from corpus_mails import ROOT

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
LOGS = {path.stem: path for path in sorted((ROOT / "tests" / "logs").glob("*.log"))}
# What stands in each log: recipient, action, reason, reply code or status, relay, queue id, sender.
EXPECTED: dict[str, list[tuple[Any, ...]]] = {
    "postfix": [
        ("jane@example.com", "failed", "user_unknown", "5.1.1", "mx.example.com", "4cXy2B1Jz3z1", "taro@example.net"),
        ("john@example.com", "delayed", "network_error", "4.4.1", "mx.example.com", "4cXy2B1Jz3z2", ""),
        ("kate@example.org", "delivered", "delivered", "2.0.0", "mx.example.org", "4cXy2B1Jz3z3", "taro@example.net"),
        ("lars@example.org", "failed", "mailbox_full", "5.2.2", "mx.example.org", "4cXy2B1Jz3z3", "taro@example.net"),
        ("mina@example.com", "failed", "host_unknown", "5.4.4", None, "4cXy2B1Jz3z4", None),
        ("john@example.com", "failed", "delivery_expired", "4.4.7", "mx.example.com", "4cXy2B1Jz3z2", ""),
    ],
    "exim": [
        ("jane@example.com", "failed", "user_unknown", 550, "mx.example.com", "1tFabc-0000000AbCd-1Xyz", "taro@example.net"),
        ("john@example.com", "delayed", "network_error", None, None, "1tFabd-000abd-Xy", ""),
        ("kate@example.org", "delivered", "delivered", 250, "mx.example.org", "1tFabe-000abe-Xy", "taro@example.net"),
        ("unknown@example.net", "failed", "user_unknown", None, None, "1tFabe-000abe-Xy", "taro@example.net"),
        ("lars@example.net", "delivered", "delivered", None, None, "1tFabe-000abe-Xy", "taro@example.net"),
        ("john@example.com", "failed", "delivery_expired", None, None, "1tFabd-000abd-Xy", ""),
    ],
    "sendmail": [
        ("jane@example.com", "failed", "user_unknown", "5.1.1", "mx.example.com", "4AQ900AB012345", "taro@example.net"),
        ("john@example.com", "delayed", "network_error", "4.0.0", "mx.example.com", "4AQ900AB012346", "taro@example.net"),
        ("kate@example.org", "delivered", "delivered", "2.0.0", "mx.example.org", "4AQ900AB012346", "taro@example.net"),
        ("lars@example.org", "delivered", "delivered", "2.0.0", "mx.example.org", "4AQ900AB012346", "taro@example.net"),
    ],
    "powermta": [
        ("jane@example.com", "failed", "user_unknown", "5.1.1", "mx.example.com", "job7", "taro@example.net"),
        ("john@example.com", "delayed", "rate_limited", "4.7.0", "mx.example.com", "job7", "taro@example.net"),
        ("kate@example.org", "delivered", "delivered", "2.0.0", "mx.example.org", "job7", "taro@example.net"),
        ("lars@example.org", "failed", "mailbox_full", "5.0.0", None, "job7", "taro@example.net"),
    ],
    "kumomta": [
        ("jane@example.com", "failed", "user_unknown", "5.1.1", "mx.example.com", "d7ef", "taro@example.net"),
        ("john@example.com", "delayed", "greylisted", "4.7.1", "mx.example.com", "d7f0", "taro@example.net"),
        ("kate@example.org", "delivered", "delivered", "2.0.0", "mx.example.org", "d7f1", "taro@example.net"),
    ],
    "exchange": [
        ("jane@example.com", "failed", "user_unknown", "5.1.10", "mx.example.com", "4711", "taro@example.net"),
        ("john@example.com", "failed", "mailbox_full", "5.2.2", None, "4712", "taro@example.net"),
        ("kate@example.com", "failed", "user_unknown", "5.1.1", None, "4712", "taro@example.net"),
        ("lars@example.org", "delayed", "network_error", "4.4.1", None, "4713", ""),
        ("mina@example.org", "delivered", "delivered", "2.1.5", None, "4714", "taro@example.net"),
    ],
}


def told(attempt: Attempt, code: object) -> tuple[Any, ...]:
    """Give what a row of `EXPECTED` has of an attempt."""
    delivery = attempt.delivery
    shown = delivery.reply_code if isinstance(code, int) else delivery.status
    return (delivery.recipient, delivery.action, attempt.verdict.reason, shown, delivery.remote_mta, attempt.queue_id, attempt.sender)


@pytest.mark.parametrize("name", LOGS)
def test_log(name: str) -> None:
    """Each attempt, in the log's order; lines of others are counted."""
    log = read_log(LOGS[name], now=NOW)
    attempts = list(log)

    assert [told(attempt, row[3]) for attempt, row in zip(attempts, EXPECTED[name], strict=True)] == EXPECTED[name]
    assert {attempt.program for attempt in attempts} == {name}
    assert all(attempt.at and attempt.at.year == 2026 and attempt.at <= NOW for attempt in attempts)
    assert log.passed_over == 2
    assert looks_like_log(LOGS[name].read_bytes()[:2_048])
    for attempt in attempts:
        assert Attempt.from_dict(attempt.to_dict()) == attempt


def test_every_format_is_tried() -> None:
    """The logs are those that are expected."""
    assert LOGS.keys() == EXPECTED.keys()


def test_what_more_a_log_tells() -> None:
    """The address that was written to, the Message-ID, the command, the label."""
    postfix = next(iter(read_log(LOGS["postfix"], now=NOW)))

    assert (postfix.message_id, postfix.delivery.original_recipient, postfix.delivery.command) == ("<1@example.net>", "info@example.net", "RCPT")
    assert postfix.delivery.last_attempt_at == postfix.at == datetime(2026, 11, 26, 10, 0, 1, tzinfo=UTC)
    assert [attempt.delivery.label for attempt in read_log(LOGS["powermta"])] == ["bad-mailbox", "policy-related", None, "quota-issues"]


def test_logs_come_in_all_forms(tmp_path: Path) -> None:
    """As a path, a file of octets or text, lines, gzipped, and mixed with those of others."""
    path = LOGS["postfix"]
    octets = path.read_bytes()
    packed = tmp_path / "mail.log.gz"
    packed.write_bytes(gzip.compress(octets))
    whole = list(read_log(path, now=NOW))

    for source in (str(path), packed, io.BytesIO(octets), io.StringIO(octets.decode()), octets.decode().splitlines(), octets.splitlines(keepends=True)):
        assert list(read_log(source, now=NOW)) == whole
    mixed = read_log([line for name in LOGS for line in LOGS[name].read_text().splitlines()], now=NOW)
    assert sum(1 for _ in mixed) == sum(map(len, EXPECTED.values()))


@pytest.mark.parametrize("source", [1, b"octets", [1]])
def test_other_sources_are_refused(source: Any) -> None:
    """With what is taken."""
    with pytest.raises(TypeError, match=r"read_log\(\) takes"):
        list(read_log(source))


def test_times_without_a_year_are_not_of_the_future() -> None:
    """Of the year before, in January; the zone is the server's."""
    line = "Dec 31 23:59:59 mx postfix/smtp[1]: 4cXy2B1Jz: to=<a@example.com>, relay=none, delay=1, delays=0/0/1/0, dsn=5.4.4, status=bounced (Host not found)"
    tokyo = timezone(timedelta(hours=9))

    attempt = next(iter(read_log([line], now=datetime(2027, 1, 2, tzinfo=UTC), zone=tokyo)))
    assert attempt.at == datetime(2026, 12, 31, 23, 59, 59, tzinfo=tokyo)
    leap = next(iter(read_log([line.replace("Dec 31", "Feb 29")], now=NOW)))
    assert leap.at == datetime(2024, 2, 29, 23, 59, 59, tzinfo=UTC)


def test_last_fates() -> None:
    """Ten deferrals and a delivery are no failure; of a message that is still tried the last deferral counts."""

    def line(minute: int, queue_id: str, address: str, status: str) -> str:
        words = "dsn=2.0.0, status=sent (250 OK)" if status == "sent" else "dsn=4.2.2, status=deferred (host mx.example.com[192.0.2.1] said: 452 4.2.2 full)"
        return f"Nov 26 10:{minute:02}:00 mx postfix/smtp[1]: {queue_id}: to=<{address}>, relay=mx.example.com[192.0.2.1]:25, delay=1, delays=0/0/1/0, {words}"

    lines = [line(minute, "4cXy2B1Jz", "a@example.com", "deferred") for minute in range(10)]
    lines += [line(11, "4cXy2B1Jz", "a@example.com", "sent")]
    lines += [line(minute, "4cXy2B1Ja", "b@example.com", "deferred") for minute in (1, 20, 30)]
    fates = list(last_fates(read_log(lines, now=NOW)))

    assert [(fate.delivery.recipient, str(fate.delivery.action), fate.at.minute if fate.at else None) for fate in fates] == [
        ("a@example.com", "delivered", 11),
        ("b@example.com", "delayed", 30),
    ]


@given(st.sampled_from(sorted(LOGS)), st.randoms(use_true_random=False))
def test_broken_lines_never_raise(name: str, chance: random.Random) -> None:
    """Cut, doubled and spliced."""
    lines = LOGS[name].read_text().splitlines()
    broken = []
    for line in lines:
        at = chance.randrange(len(line) + 1)
        other = chance.choice(lines)
        broken.append(chance.choice([line[:at], line[at:], line + line, line[:at] + other[at:], line.replace(",", "").replace(":", " ")]))
    for attempt in read_log(lines[:2] + broken, now=NOW):
        assert isinstance(attempt.verdict, bounceclass.Verdict)


PF = "Nov 26 10:00:00 mx postfix/smtp[1]: 4cXy2B1Jz: "
EX = "2026-11-26 10:00:00 1tFabc-000abc-Xy "
SM = "Nov 26 10:00:00 mx sendmail[1]: 4AQ900AB012345: "
BOUNCED = ", relay=mx.example.com[192.0.2.1]:25, delay=1, dsn=5.1.1, status=bounced (host mx.example.com[192.0.2.1] said: 550 5.1.1 "


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # An answer to MAIL FROM speaks of the sender, whatever it says.
        ([f"{PF}to=<a@example.com>{BOUNCED}<s@example.net>: User unknown (in reply to MAIL FROM command))"], [("a@example.com", "failed", "sender_rejected")]),
        ([f"{EX}** a@example.com R=r T=t H=mx.example.com [192.0.2.1]: SMTP error from remote mail server after MAIL FROM:<s@example.net> SIZE=1: 550 5.1.1 User unknown"], [("a@example.com", "failed", "sender_rejected")]),
        ([f"{EX}** a@example.com R=r T=t H=mx.example.com [192.0.2.1]: SMTP error from remote mail server after initial connection: 554 5.1.1 no such user"], [("a@example.com", "failed", "policy_rejected")]),
        # What one writes into an address decides nothing.
        ([f'{PF}to=<"john, doe"@example.com>, relay=mx.example.com[192.0.2.1]:25, delay=1, dsn=2.0.0, status=sent (250 ok)'], [('"john, doe"@example.com', "delivered", "delivered")]),
        ([f'{PF}to=<"x, status=bounced (y"@example.com>, relay=mx.example.com[192.0.2.1]:25, dsn=5.1.1, status=sent (250 ok)'], [('"x, status=bounced (y"@example.com', "delivered", "delivered")]),
        ([f'{SM}to="john, doe"@example.com, delay=00:00:01, relay=mx.example.com. [192.0.2.1], dsn=2.0.0, stat=Sent (OK)'], [('"john, doe"@example.com', "delivered", "delivered")]),
        ([f'{SM}to="x, reply=550 5.1.1 no, stat=User unknown"@example.com, delay=1, dsn=2.0.0, stat=Sent (OK, really)'], [('"x, reply=550 5.1.1 no, stat=User unknown"@example.com', "delivered", "delivered")]),
        ([f'{EX}=> "john doe"@example.com R=r T=t H=mx.example.com [192.0.2.1] C="250 OK"'], [('"john doe"@example.com', "delivered", "delivered")]),
        ([f"{EX}** a@[IPv6:2001:db8::1] R=r T=t H=2001:db8::1 [2001:db8::1]: 550 5.1.1 User unknown"], [("a@[IPv6:2001:db8::1]", "failed", "user_unknown")]),
        # Given up: by Postfix, by hand, by Sendmail; with soft_bounce a refusal is a delay.
        ([f"{PF}to=<a@example.com>, relay=none, delay=1, dsn=4.4.1, status=deferred (Connection timed out)", "Nov 26 11:00:00 mx postfix/qmgr[1]: 4cXy2B1Jz: from=<s@example.net>, status=force-expired, returned to sender"], [("a@example.com", "failed", "delivery_expired")]),
        ([f"{SM}to=<a@example.com>, delay=1, relay=mx.example.com., dsn=4.0.0, stat=Deferred: Connection timed out", f"{SM}4AR900AB012345: return to sender: Cannot send message for 5 days"], [("a@example.com", "failed", "delivery_expired")]),
        ([f"{PF}to=<a@example.com>, relay=none, delay=1, dsn=4.1.1, status=SOFTBOUNCE (host mx.example.com[192.0.2.1] said: 550 5.1.1 User unknown)"], [("a@example.com", "delayed", "user_unknown")]),
        # Programs, files and names of this machine's stand for an address.
        ([f'{EX}>> b@example.com R=dnslookup T=remote_smtp H=mx.example.com [192.0.2.1] C="250 OK"'], [("b@example.com", "delivered", "delivered")]),
        ([f"{EX}=> |/usr/bin/vacation jane <jane@example.com> R=userforward T=address_pipe"], [("jane@example.com", "delivered", "delivered")]),
        ([f"{EX}=> :blackhole: <bh@example.com> R=system_aliases"], [("bh@example.com", "delivered", "delivered")]),
        ([f'{SM}to="| /usr/bin/vacation jane", ctladdr=<jane@example.com> (1001/1001), delay=00:00:00, mailer=prog, dsn=2.0.0, stat=Sent'], [("jane@example.com", "delivered", "delivered")]),
        # Names of instances, and other forms of syslog.
        (["Nov 26 10:00:00 mx mta-out/smtp[1]: 4cXy2B1Jz: to=<a@example.com>, relay=none, dsn=5.4.4, status=bounced (Host not found)"], [("a@example.com", "failed", "host_unknown")]),
        (["<22>1 2026-11-26T10:00:00.000Z mx postfix/smtp 123 - - 4cXy2B1Jz: to=<a@example.com>, relay=none, dsn=5.4.4, status=bounced (Host not found)"], [("a@example.com", "failed", "host_unknown")]),
        (["Nov 26 10:00:00 mx exim[1]: 1tFabc-000abc-Xy ** a@example.com: Unrouteable address"], [("a@example.com", "failed", "host_unknown")]),
        (["Nov 26 10:00:00 mx exim4[1]: [1\\2] 2026-11-26 10:00:00 1tFabc-000abc-Xy ** a@example.com: Unrouteable address"], [("a@example.com", "failed", "host_unknown")]),
        (["Nov 26 10:00:00 mx sendmail[1]: [ID 801593 mail.info] 4AQ900AB012345: to=<a@example.com>, dsn=5.1.1, stat=User unknown"], [("a@example.com", "failed", "user_unknown")]),
        (["\ufefftype,rcpt,dsnStatus", "b,a@example.com,5.1.1"], [("a@example.com", "failed", "user_unknown")]),
        (["2026-11-26 10:00:00 mx postfix/smtp[1]: 4cXy2B1Jz: to=<a@example.com>, relay=none, dsn=5.1.1, status=bounced (550 5.1.1 User unknown)"], [("a@example.com", "failed", "user_unknown")]),
        (["Thu 2026-11-26 10:00:00 UTC mx postfix/smtp[1]: 4cXy2B1Jz: to=<a@example.com>, relay=none, dsn=5.1.1, status=bounced (550 5.1.1 User unknown)"], [("a@example.com", "failed", "user_unknown")]),
        (["Nov 26 10:00:00.123456 2001:db8::1 postfix/smtp[1]: 4cXy2B1Jz: to=<a@example.com>, relay=none, dsn=5.1.1, status=bounced (550 5.1.1 User unknown)"], [("a@example.com", "failed", "user_unknown")]),
        (["Nov 26 10:00:00 mx sendmail-out[1]: 4AQ900AB012345: to=<a@example.com>, dsn=5.1.1, stat=User unknown"], [("a@example.com", "failed", "user_unknown")]),
        (['"type","rcpt","orig","dsnStatus"', '"t","a@example.com","s@example.net","4.0.0"', '"d","a@example.com","s@example.net","2.0.0"'], [("a@example.com", "delivered", "delivered")]),
        # One answer for three recipients names nobody.
        (["#Fields: date-time,event-id,recipient-address,recipient-status", "2026-11-26T10:00:00Z,FAIL,a@example.com;b@example.com,[{LED=550 5.1.1 User unknown};{MSG=}]"], [("a@example.com", "failed", "unknown"), ("b@example.com", "failed", "unknown")]),
        (["#Fields: event-id,recipient-address,recipient-status", "2026,,"], []),
    ],
)  # fmt: skip
def test_lines_as_servers_write_them(lines: list[str], expected: list[tuple[str, str, str]]) -> None:
    """What became of each recipient at last."""
    fates = last_fates(read_log(lines, now=NOW))

    assert [(fate.delivery.recipient, str(fate.delivery.action), str(fate.verdict.reason)) for fate in fates] == expected


def test_a_name_of_this_machine_is_no_address_that_anybody_wrote_to() -> None:
    """An alias without a domain does not take the place of where it leads."""
    line = f"{PF}to=<jane@example.com>, orig_to=<root>{BOUNCED}User unknown (in reply to RCPT TO command))"

    assert next(iter(read_log([line], now=NOW))).verdict.intended_recipient == "jane@example.com"


def test_a_log_may_begin_with_an_empty_line() -> None:
    """It is one all the same."""
    assert looks_like_log(b"\n" + f"{EX}=> a@example.com R=r T=t\n".encode())
    assert looks_like_log(b"-- Logs begin at Thu 2026-11-26 --\n" + f"{EX}=> a@example.com R=r T=t\n".encode())
    assert looks_like_log(b"\0" * 1_000 + f"{EX}=> a@example.com R=r T=t\n".encode())


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of deferrals so many, whatever the number of messages; the messages longest unheard of are forgotten first."""
    monkeypatch.setattr("bounceclass.logs.mailqueue._MOST_DEFERRED", 10)
    lines = [
        f"{PF.replace('4cXy2B1Jz', queue)}to=<a{n}@example.com>, relay=none, dsn=4.4.1, status=deferred (Connection timed out)"
        for queue in ("4cXy2B1Ja", "4cXy2B1Jb")
        for n in range(8)
    ]
    lines += [f"Nov 26 11:00:00 mx postfix/qmgr[1]: {queue}: from=<s@example.net>, status=expired, returned to sender" for queue in ("4cXy2B1Ja", "4cXy2B1Jb")]

    given_up = [attempt for attempt in read_log(lines, now=NOW) if attempt.delivery.action == "failed"]
    assert [attempt.queue_id for attempt in given_up] == ["4cXy2B1Jb"] * 8
