"""The bounce runner in a real Mailman core with its own SQLite database, beside Mailman's own runner."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from shapes import SHAPES
from shapes import mail as shaped

pytest.importorskip("mailman", reason="Mailman is not installed: pip install 'bounceclass[mailman]'")
# Mailman and what it stands on warn of their own future.
pytestmark = pytest.mark.filterwarnings("ignore")

MEMBERS = ("anne", "bart", "cris", "dora", "elle", "fred", "gwen", "herb")
SITE = """
[mailman]
site_owner: owner@example.com
layout: local
[paths.local]
var_dir: {folder}
[mta]
incoming: mailman.testing.mta.FakeMTA
verp_delivery_interval: 1
[runner.bounces]
class: {runner}
"""


@pytest.fixture(scope="module")
def core(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Start a Mailman core with a configuration and a database of its own."""
    from mailman.config import config
    from mailman.core.initialize import initialize
    from mailman.interfaces.domain import IDomainManager
    from zope.component import getUtility

    folder = tmp_path_factory.mktemp("mailman")
    path = folder / "mailman.cfg"
    path.write_text(SITE.format(folder=folder / "var", runner="bounceclass.contrib.mailman.BounceRunner"))
    initialize(str(path))
    getUtility(IDomainManager).add("example.com")
    config.db.commit()
    yield config
    config.db.abort()
    logging.getLogger("mailman.bounce").handlers.clear()


@pytest.fixture
def mlist(core: Any) -> Iterator[Any]:
    """Give a list with members, which nothing has happened to yet."""
    from mailman.app.lifecycle import create_list, remove_list
    from mailman.database.transaction import transaction
    from mailman.interfaces.bounce import UnrecognizedBounceDisposition
    from mailman.interfaces.member import MemberRole
    from mailman.interfaces.usermanager import IUserManager
    from zope.component import getUtility

    with transaction():
        mlist = create_list("test@example.com")
        mlist.send_welcome_message = False
        mlist.forward_unrecognized_bounces_to = UnrecognizedBounceDisposition.discard
        for name in MEMBERS:
            manager = getUtility(IUserManager)
            mlist.subscribe(manager.get_address(f"{name}@example.net") or manager.create_address(f"{name}@example.net"), MemberRole.member)
    yield mlist
    with transaction():
        from mailman.model.bounce import BounceEvent

        remove_list(mlist)
        core.db.store.query(BounceEvent).delete()


Run = Callable[..., list[str]]


@pytest.fixture
def run(core: Any, mlist: Any) -> Run:
    """Give what injects mails, lets a runner process them, and reads the bounce events out of the database."""
    from mailman.database.transaction import transaction
    from mailman.interfaces.bounce import IBounceProcessor
    from mailman.runners.bounce import BounceRunner as OwnRunner
    from mailman.testing.helpers import make_testable_runner, specialized_message_from_string
    from mailman.utilities.modules import find_name
    from zope.component import getUtility

    def run(*mails: str, own: bool = False) -> list[str]:
        # The class as the site's configuration names it.
        runner_class = OwnRunner if own else find_name(getattr(core, "runner.bounces")["class"])
        runner = make_testable_runner(runner_class, "bounces")
        for mail in mails:
            core.switchboards["bounces"].enqueue(specialized_message_from_string(mail), {"listid": mlist.list_id})
        with transaction():
            runner.run()
        assert not core.switchboards["shunt"].files
        return sorted(event.email for event in getUtility(IBounceProcessor).events)

    return run


def dsn(
    *failed: str, to: str = "test-bounces@example.com", reply: str = "550 5.1.1 User unknown", action: str = "failed", text: str = "", more: str = ""
) -> str:
    """Give a delivery report of one recipient or several."""
    fields = "\n".join(f"Final-Recipient: rfc822; {address}\nAction: {action}\nStatus: {reply[4:9]}\nDiagnostic-Code: smtp; {reply}\n" for address in failed)
    return (
        f"Return-Path: <>\nFrom: MAILER-DAEMON@mx.example.net\nTo: {to}\nSubject: Undelivered Mail Returned to Sender\n"
        f"Message-ID: <{abs(hash((failed, to, reply, action, text)))}@x>\nDate: Sat, 21 Nov 2026 10:00:00 +0900\n"
        "MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=AAA\n\n"
        f"--AAA\nContent-Type: text/plain\n\nI could not deliver it. {text}\n\n--AAA\nContent-Type: message/delivery-status\n\n"
        f"Reporting-MTA: dns; mx.example.net\n\n{fields}\n{more}--AAA--\n"
    )


def verp(name: str) -> str:
    """Give the return path that Mailman makes for a member."""
    return f"test-bounces+{name}=example.net@example.com"


DMARC = "550 5.7.26 Unauthenticated email is not accepted due to domain's DMARC policy"
LISTED = "554 5.7.1 Client host [192.0.2.1] blocked using zen.spamhaus.org"
FULL = "552 5.2.2 Mailbox full"
VACATION = f"From: anne@example.net\nTo: {verp('anne')}\nSubject: Out of office\nMessage-ID: <v@x>\nAuto-Submitted: auto-replied\n\nI am away until Monday.\n"
RECEIPT = (
    f"From: anne@example.net\nTo: {verp('anne')}\nSubject: Read: hello\nMessage-ID: <r@x>\nMIME-Version: 1.0\n"
    "Content-Type: multipart/report; report-type=disposition-notification; boundary=AAA\n\n--AAA\nContent-Type: text/plain\n\nRead.\n\n"
    "--AAA\nContent-Type: message/disposition-notification\n\nFinal-Recipient: rfc822; anne@example.net\n"
    "Disposition: manual-action/MDN-sent-manually; displayed\n\n--AAA--\n"
)
SPAM = f"From: shop@spam.example\nTo: {verp('anne')}\nSubject: Best prices\nMessage-ID: <s@x>\n\nBuy now. Delivery never failed.\n"
PROGRAM = '--AAA\nContent-Type: application/octet-stream; name="details.pdf.exe"\nContent-Disposition: attachment; filename="details.pdf.exe"\n\nx\n\n'
FORGED = dsn("anne@example.net", to=verp("anne"), text="Signal in to release it: https://evil.example/login", more=PROGRAM)
DELAYED = dsn("anne@example.net", to=verp("anne"), reply="451 4.4.1 Connection timed out", action="delayed")


# What each mail makes of the bounce events: ours, and Mailman's own runner's.
CASES = {
    "dead address, VERP": (dsn("anne@example.net", to=verp("anne")), ["anne@example.net"], ["anne@example.net"]),
    "dead address": (dsn("anne@example.net"), ["anne@example.net"], ["anne@example.net"]),
    "dead address in capitals": (dsn("ANNE@Example.net"), ["anne@example.net"], ["ANNE@Example.net"]),
    "forwarded, VERP names the member": (dsn("on@elsewhere.example", to=verp("anne")), ["anne@example.net"], ["anne@example.net"]),
    "DMARC refusal, VERP": (dsn("anne@example.net", to=verp("anne"), reply=DMARC), [], ["anne@example.net"]),
    "DMARC refusal": (dsn("anne@example.net", reply=DMARC), [], ["anne@example.net"]),
    "block list": (dsn("anne@example.net", to=verp("anne"), reply=LISTED), [], ["anne@example.net"]),
    "full mailbox": (dsn("anne@example.net", to=verp("anne"), reply=FULL), [], ["anne@example.net"]),
    "vacation": (VACATION, [], []),
    "read receipt": (RECEIPT, [], []),
    "spam to the VERP address": (SPAM, [], []),
    "forged": (FORGED, [], ["anne@example.net"]),
    "delayed": (DELAYED, [], []),
    "several recipients": (dsn("anne@example.net", "bart@example.net"), ["anne@example.net", "bart@example.net"], ["anne@example.net", "bart@example.net"]),
    "no member": (dsn("stranger@example.org"), [], ["stranger@example.org"]),
}


@pytest.mark.parametrize("case", CASES)
def test_who_is_scored(run: Run, case: str) -> None:
    """The bounce events in the database after our runner."""
    mail, ours, _ = CASES[case]

    assert run(mail) == ours


@pytest.mark.parametrize("case", CASES)
def test_whom_mailman_scores_by_itself(run: Run, case: str) -> None:
    """The same mails with Mailman's own runner: what docs/mailman.md says of it is true."""
    mail, _, own = CASES[case]

    assert run(mail, own=True) == own


def test_recipients_of_one_report_are_judged_each(run: Run, caplog: pytest.LogCaptureFixture) -> None:
    """One dead, one refused for the list's fault, one full: one is scored, and each has its line in the log."""
    mail = dsn("anne@example.net").replace(
        "--AAA--",
        f"Final-Recipient: rfc822; bart@example.net\nAction: failed\nDiagnostic-Code: smtp; {DMARC}\n\n"
        f"Final-Recipient: rfc822; cris@example.net\nAction: failed\nDiagnostic-Code: smtp; {FULL}\n\n--AAA--",
    )
    with caplog.at_level(logging.INFO, "mailman.bounce"):
        logging.getLogger("mailman.bounce").addHandler(caplog.handler)
        assert run(mail) == ["anne@example.net"]

    lines = [record.getMessage() for record in caplog.records if record.getMessage().startswith("bounceclass ")]
    assert [line.partition(" reason=")[2].partition(" ")[0] for line in lines] == ["user_unknown", "auth_failed", "mailbox_full"]
    assert [line.partition(" outcome=")[2] for line in lines] == ["scored", '"not scored"', '"not scored"']
    assert all(" list=test.example.com " in line and " rule=" in line and " evidence=" in line and " action=" in line for line in lines)


def test_a_refusal_scores_nobody_and_is_said_once(run: Run, caplog: pytest.LogCaptureFixture) -> None:
    """One provider, one fault of the list's own, many members."""
    with caplog.at_level(logging.INFO, "mailman.bounce"):
        logging.getLogger("mailman.bounce").addHandler(caplog.handler)
        assert run(*(dsn(f"{name}@example.net", to=verp(name), reply=DMARC) for name in MEMBERS)) == []

    walls = [record.getMessage() for record in caplog.records if record.getMessage().startswith("bounceclass refusal ")]
    assert len(walls) == 1
    assert "reason=auth_failed" in walls[0]
    assert 'outcome="not scored"' in walls[0]


def test_a_mail_cannot_write_lines_of_the_log(run: Run, caplog: pytest.LogCaptureFixture) -> None:
    """What a server or a forger says stays within its quotes."""
    with caplog.at_level(logging.INFO, "mailman.bounce"):
        logging.getLogger("mailman.bounce").addHandler(caplog.handler)
        run(dsn("anne@example.net", reply='550 5.1.1 User unknown" outcome=scored \x1b[31m'))

    (line,) = [record.getMessage() for record in caplog.records if record.getMessage().startswith("bounceclass ")]
    assert "\x1b" not in line
    assert line.count(" outcome=") == 1 or '\\"' in line


def test_a_probe_is_used_up_by_a_real_bounce_alone(run: Run, mlist: Any) -> None:
    """A vacation reply to a probe disables nobody, and the probe still works afterwards."""
    from mailman.app.bounces import send_probe
    from mailman.database.transaction import transaction

    with transaction():
        token = send_probe(mlist.members.get_member("anne@example.net"), message_id="<first@x>")
    to = f"test-bounces+{token}@example.com"

    assert run(VACATION.replace(verp("anne"), to)) == []
    assert run(dsn("anne@example.net", to=to, reply=DMARC)) == []
    assert run(dsn("forwarded@elsewhere.example", to=to)) == ["anne@example.net"]


def test_a_list_without_bounce_processing_is_left_alone(run: Run, mlist: Any) -> None:
    """As Mailman's own runner does."""
    from mailman.database.transaction import transaction

    with transaction():
        mlist.process_bounces = False

    assert run(dsn("anne@example.net")) == []


def test_a_site_can_tell_what_it_knows(core: Any, mlist: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A report that the site's own server refuted is not scored."""
    from mailman.database.transaction import transaction
    from mailman.interfaces.bounce import IBounceProcessor
    from mailman.testing.helpers import make_testable_runner, specialized_message_from_string
    from zope.component import getUtility

    from bounceclass.contrib.mailman import BounceRunner

    mail = "Authentication-Results: mx.example.com; dmarc=fail header.from=mx.example.net\n" + dsn("anne@example.net", to=verp("anne"))
    for facts, scored in (({"trusted_authserv_ids": ["mx.example.com"]}, []), ({}, ["anne@example.net"])):
        monkeypatch.setattr(BounceRunner, "facts", lambda _, __, facts=facts: facts)
        core.switchboards["bounces"].enqueue(specialized_message_from_string(mail), {"listid": mlist.list_id})
        with transaction():
            make_testable_runner(BounceRunner, "bounces").run()
        assert [event.email for event in getUtility(IBounceProcessor).events] == scored


def test_a_site_can_score_more(core: Any, mlist: Any) -> None:
    """By overriding one method."""
    from bounceclass import Reason, Verdict, classify_reply
    from bounceclass.contrib.mailman import BounceRunner

    class Strict(BounceRunner):
        def blames(self, verdict: Verdict) -> bool:
            return super().blames(verdict) or verdict.reason is Reason.MAILBOX_FULL

    assert core
    assert mlist
    assert Strict("bounces").blames(classify_reply(FULL))
    assert not BounceRunner("bounces").blames(classify_reply(FULL))


# -- the table of docs/trust.md ----------------------------------------------------------------

MATRIX = (Path(__file__).parent.parent / "docs/trust.md").read_text("utf-8")


@pytest.mark.parametrize("own", [False, True], ids=["ours", "mailmans"])
@pytest.mark.parametrize("name", SHAPES)
def test_what_a_stranger_can_do(run: Run, name: str, own: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """Whom each runner scores for each shape; ours is never the more trusting one."""
    (row,) = (line for line in MATRIX.splitlines() if line.startswith(f"| {name} |"))
    cells = [cell.strip() for cell in row.strip("|").split("|")]

    assert names(run(shaped(name), own=own)) == cells[8 if own else 6]
    assert cells[6] in {cells[8], "-"}


def names(addresses: list[str]) -> str:
    """Give addresses as the page names them."""
    return ", ".join(sorted(address.partition("@")[0] for address in addresses)) or "-"
