"""The table of docs/trust.md is true: each shape of mail by each way out, beside what we stand in for."""

from __future__ import annotations

import email
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from click.testing import CliRunner
from flufl.bounce import all_failures as flufls_failures

import bounceclass
from bounceclass.cli.scan import scan_command
from bounceclass.contrib.flufl import all_failures
from corpus_mails import ROOT
from shapes import FIELDS, SHAPES, mail

KEY: Final = b"sixteen octets or more"
NOW: Final = datetime(2026, 11, 21, tzinfo=UTC)
FACTS: Final[dict[str, Any]] = {"sent": {"<1@example.com>"}, "own_domains": ["example.com"], "trusted_authserv_ids": ["mx.example.com"]}


def table(heading: str) -> dict[str, list[str]]:
    """Read a table of the page: the cells of each row by its first cell."""
    lines = (ROOT / "docs/trust.md").read_text("utf-8").partition(f"| {heading} |")[2].partition("\n\n")[0].splitlines()[2:]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {row[0]: row[1:] for row in rows}


MATRIX: Final = table("shape")


def names(addresses: Any) -> str:
    """Give addresses as the page names them."""
    found = sorted(address.decode() if isinstance(address, bytes) else address for address in addresses)
    return ", ".join(address.partition("@")[0] for address in found) or "-"


def test_every_shape_has_its_row() -> None:
    """And every row its shape."""
    assert [*MATRIX] == [*SHAPES]


@pytest.mark.parametrize("name", SHAPES)
def test_shape(name: str, tmp_path: Path) -> None:
    """What each way out concludes: the verdict, the README's recipe, `scan --dead`, the drop-in, and flufl.bounce itself."""
    kind, action, dropped, dead, drop_in, _runner, flufl, _own, _told_by = MATRIX[name]
    report = bounceclass.parse(mail(name))
    verdicts = bounceclass.classify(report)

    assert report.kind == kind
    assert (
        ", ".join(f"{verdict.recipient.partition('@')[0]}: {verdict.action}" for verdict in verdicts if verdict.recipient.endswith("@example.net"))
        or action == "-"
    )
    assert names({verdict.original_recipient or verdict.recipient for verdict in verdicts if verdict.action == "suppress"}) == dropped
    assert scanned(mail(name), tmp_path) == dead
    assert names(all_failures(email.message_from_string(mail(name)))[1]) == drop_in
    assert names(address for address in flufls_failures(email.message_from_string(mail(name)))[1] if address.count(b"@") == 1 and b'"' not in address) == flufl
    # Nothing is more trusting than what it stands in for, but where a server's own words name a recipient.
    assert drop_in in {flufl, "-"}


def scanned(text: str, folder: Path) -> str:
    """Give whom `scan --dead` lists."""
    (folder / "mail.eml").write_text(text, "utf-8")
    done = CliRunner().invoke(scan_command, [str(folder / "mail.eml"), "--dead", str(folder / "dead.txt")])
    assert done.exit_code == 0, done.output
    return names((folder / "dead.txt").read_text("utf-8").split())


def test_no_words_of_a_person_drop_anybody() -> None:
    """The promise in one line: of what a stranger writes as himself nobody is dropped."""
    written = [
        name for name in SHAPES if "Return-Path: <mallory@" in mail(name).partition("\n\n")[0] and "MAILER-DAEMON@mx" not in mail(name).partition("\n\n")[0]
    ]
    assert len(written) > 12
    for name in written:
        assert all(verdict.action != "suppress" for verdict in bounceclass.classify(mail(name))), name


def report_to(path: str, fields: str = FIELDS) -> bytes:
    """Give a report that came to a return path."""
    text = mail("a real report").replace("test-bounces@example.com", path).replace(FIELDS, fields)
    return text.encode()


def signed(recipient: str | None, key: bytes = KEY, days: int = 30) -> str:
    """Give a return path signed for a recipient."""
    return bounceclass.sign_return_path("bounces@example.com", key=key, recipient=recipient, days=days, now=NOW)


REPLAYED: Final = FIELDS.replace(
    "Final-Recipient: rfc822; anne@example.net", "Original-Recipient: rfc822; anne@example.net\nFinal-Recipient: rfc822; eve@evil.example"
)
SIGNED: Final = {
    "signed for the recipient": report_to(signed("anne@example.net")),
    "signed for another": report_to(signed("eve@evil.example")),
    "signed for another, who names the recipient as the original one": report_to(signed("eve@evil.example"), REPLAYED),
    "signed for nobody": report_to(signed(None)),
    "expired": report_to(signed("anne@example.net", days=0)),
    "signed with another key": report_to(signed("anne@example.net", key=KEY[::-1])),
    "not signed": report_to("bounces@example.com"),
}
PATHS: Final = table("the path that the report came to")


def test_every_path_has_its_row() -> None:
    """And every row its path."""
    assert [*PATHS] == [*SIGNED]


@pytest.mark.parametrize("name", SIGNED)
def test_signed_path(name: str) -> None:
    """A proof covers the address that would be dropped."""
    assessment = bounceclass.assess(SIGNED[name], key=KEY, now=NOW + timedelta(days=2))

    assert [str(assessment.authenticity), {True: "yes", False: "no", None: "-"}[assessment.mine]] == PATHS[name][:2]


def test_a_person_who_knows_all_is_suspected() -> None:
    """With the caller's facts given, a complaint or report that a person writes is told from a server's."""
    assert bounceclass.assess(mail("a complaint that a person writes"), **FACTS).fake
    assert not bounceclass.assess(mail("a real report"), **FACTS).fake
