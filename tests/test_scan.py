"""`bounceclass scan` and its page."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from bounceclass.cli import command
from bounceclass.cli.writers.csv import cells_of
from bounceclass.serial.schema import read_schema
from corpus_mails import CORPUS, MAILS, ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAIL = str(CORPUS / "postfix" / "01-user-unknown.eml")
FILES = [str(mail.path) for mail in MAILS]


def run(*arguments: str, octets: bytes = b"") -> tuple[int, str, str]:
    """Run the command; give exit status, output, and what went to standard error."""
    result = CliRunner(env={"COLUMNS": "100", "TERM": "dumb", "LC_ALL": "C.UTF-8"}).invoke(command, ["scan", *arguments], input=octets)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


def mbox(copies: int = 1) -> bytes:
    """Give the corpus as one mbox."""
    mails = (mail.octets.replace(b"\r\n", b"\n").replace(b"\r", b"\n").replace(b"\nFrom ", b"\n>From ").lstrip() for mail in MAILS * copies)
    return b"".join(b"From x@example.jp Sat Nov 21 10:00:00 2026\n" + mail + b"\n\n" for mail in mails)


@pytest.mark.parametrize(("locale", "words"), [("en", "Faults of the sending side"), ("ja", "送信側の問題")])
def test_table(locale: str, words: str) -> None:
    """The sender's own faults first, then counts, then the addresses to drop."""
    status, out, err = run("--locale", locale, *FILES)

    assert (status, err) == (0, "")
    assert out.index(words) < out.index("example.org")
    assert f"{len(MAILS)}" in out


def test_jsonl_is_of_the_schema_and_the_jobs_change_nothing(tmp_path: Path) -> None:
    """One object a mail, in order, by one process and by two."""
    box = tmp_path / "box"
    box.write_bytes(mbox())
    one, two = tmp_path / "one", tmp_path / "two"

    assert run("--format", "jsonl", "--output", str(one), str(box))[0] == 0
    assert run("--format", "jsonl", "--output", str(two), "--jobs", "2", str(box))[0] == 0
    assert one.read_bytes() == two.read_bytes()
    rows = [json.loads(line) for line in one.read_text().splitlines()]
    assert [row["source"] for row in rows] == [f"{box}:{number}" for number in range(1, len(MAILS) + 1)]
    validator = Draft202012Validator(json.loads(read_schema()))
    assert not [error for row in rows for error in validator.iter_errors(row)]


def test_csv() -> None:
    """One row a recipient, one for a mail that reports nothing."""
    _, out, _ = run("--format", "csv", *FILES)
    rows = [*csv.DictReader(io.StringIO(out))]

    assert len({row["source"] for row in rows}) == len(MAILS)
    assert {"user_unknown", "mailbox_full", ""} <= {row["reason"] for row in rows}


@given(st.text())
def test_no_cell_is_a_formula(text: str) -> None:
    """Whatever a mail says."""
    cell = cells_of({"diagnostic": text})["diagnostic"]

    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))
    assert "\n" not in cell


@pytest.mark.parametrize("lead", ["\u200b", "\ufeff", "\u00ad", "\u2060", "\u3164", "\u2800", "\u115f", "\ufe0f", "\u3000", "\U000e0041", "\u202e"])
@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝"])
def test_nothing_that_shows_nothing_hides_a_formula(lead: str, sign: str) -> None:
    """A spreadsheet may drop what stands in front."""
    assert cells_of({"diagnostic": f"{lead}{sign}1+1"})["diagnostic"].startswith("'")


def test_what_is_no_address_is_not_dropped(tmp_path: Path) -> None:
    """`--dead` holds addresses: a program reads it."""
    mail = tmp_path / "mail.eml"
    mail.write_text(
        "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nSubject: Undelivered Mail Returned to Sender\nContent-Type: message/delivery-status\n\n"
        "Reporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; a b\nAction: failed\nStatus: 5.1.1\n\n"
        "Final-Recipient: rfc822; kaneda@example.co.jp\nAction: failed\nStatus: 5.1.1\n"
    )
    assert run("--dead", str(tmp_path / "dead"), str(mail))[0] == 0
    assert (tmp_path / "dead").read_text() == "kaneda@example.co.jp\n"


def test_a_formula_in_a_mail_is_inert() -> None:
    """Through the whole command."""
    mail = (
        b"From: MAILER-DAEMON@x\nSubject: failure notice\n\nHi. This is the qmail-send program at x.\n\n"
        b'<=cmd|x!A1@example.jp>:\n=HYPERLINK("http://x") no such user\n'
    )
    _, out, _ = run("--format", "csv", "-", octets=mail)

    assert "HYPERLINK" in out
    assert not [cell for row in csv.reader(io.StringIO(out)) for cell in row if cell.startswith("=")]


def test_dead_addresses(tmp_path: Path) -> None:
    """Each once, none that is only refused for a fault of the sender's."""
    dead = tmp_path / "dead"

    assert run("--dead", str(dead), *FILES, *FILES)[0] == 0
    addresses = dead.read_text().splitlines()
    assert len(addresses) == len(set(addresses)) > 50
    assert "kaneda@example.co.jp" in addresses
    assert "hanako@example.co.jp" not in addresses  # postfix/08-google-dmarc


def test_since() -> None:
    """Mails dated before the day are left out; those without a date are not."""
    everything = len(run("--format", "jsonl", *FILES)[1].splitlines())
    late = run("--format", "jsonl", "--since", "2024-01-01", *FILES)[1].splitlines()

    assert 0 < len(late) < everything
    dates = [json.loads(line)["report"]["provenance"]["date"] for line in late]
    assert all(date is None or date[:4] >= "2023" for date in dates)


def test_redact() -> None:
    """No address of a recipient in any form of output."""
    for form in ("table", "csv", "jsonl"):
        out = run("--redact", "--format", form, MAIL)[1]
        assert "kaneda" not in out
        assert "***@example.co.jp" in out


def test_a_page_to_look_at(tmp_path: Path) -> None:
    """Complete in itself, in both languages, with the four plots."""
    for locale, words in (("ja", "理由別"), ("en", "By reason")):
        page = tmp_path / "report.html"
        assert run("--html", str(page), "--locale", locale, *FILES)[0] == 0
        text = page.read_text("utf-8")
        assert f'<html lang="{locale}">' in text
        assert words in text
        assert text.count("<svg") == 4
        assert not re.search(r"(?i)<(?:script|img|link|iframe|object|embed)\b|url\((?!#)|@import|\bsrc=", text)
        assert not re.search(r"(?i)\bhref=\"(?!#)", text)


def test_a_mail_cannot_write_into_the_page(tmp_path: Path) -> None:
    """What it says is escaped, in texts and in plots."""
    mail = (
        b"From: MAILER-DAEMON@x\nSubject: failure notice\nDate: Sat, 21 Nov 2026 10:00:00 +0900\n\nHi. This is the qmail-send program at x.\n\n"
        b"<a@example.jp>:\n550 <script>alert(1)</script> & DMARC policy $x^2$\n"
    )
    page = tmp_path / "report.html"

    assert run("--html", str(page), "-", octets=mail)[0] == 0
    assert "<script" not in page.read_text("utf-8")
    assert "&lt;script&gt;" in page.read_text("utf-8")


@pytest.mark.skipif(not shutil.which("chromium"), reason="no chromium on this machine")
@pytest.mark.parametrize("width", [390, 1100])
def test_the_page_fits_its_screen(tmp_path: Path, width: int) -> None:
    """Rendered in headless Chromium, on a desk and on a phone: nothing is wider than the screen."""
    page, shot = tmp_path / "report.html", tmp_path / "shot.png"
    run("--html", str(page), "--locale", "ja", *FILES)
    probe = page.read_text("utf-8").replace("default-src 'none';", "default-src 'none'; script-src 'unsafe-inline';")
    probe = probe.replace("</body>", "<script>document.title = document.documentElement.scrollWidth + ' ' + innerWidth</script></body>")
    (tmp_path / "probe.html").write_text(probe, "utf-8")
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
    base = ["chromium", *flags, f"--user-data-dir={tmp_path / 'profile'}", f"--window-size={width},2000"]
    done = subprocess.run([*base, "--dump-dom", str(tmp_path / "probe.html")], capture_output=True, text=True, check=True, timeout=120)
    subprocess.run([*base, f"--screenshot={shot}", str(page)], capture_output=True, check=True, timeout=120)
    match = re.search(r"<title>(\d+) (\d+)</title>", done.stdout)

    assert match
    assert int(match.group(1)) <= int(match.group(2))
    assert shot.stat().st_size > 50_000


# -- what goes wrong ---------------------------------------------------------------------------


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    """One clear line each, the status at the end, everything else is done."""
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    status, out, err = run("--format", "jsonl", str(tmp_path / "none"), str(picture), MAIL)

    assert status == 1
    assert len(out.splitlines()) == 1
    assert [line.split(": ")[0] for line in err.splitlines()] == ["bounceclass", "bounceclass"]


def test_other_files_in_a_folder_are_counted(tmp_path: Path) -> None:
    """A folder may hold what is no mail: said once, and no fault."""
    shutil.copy(MAIL, tmp_path)
    (tmp_path / "notes.txt").write_text("nothing")
    status, _, err = run("--format", "csv", str(tmp_path))

    assert (status, err) == (0, "bounceclass: skipped 1 files that are not email\n")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full on this machine")  # noqa: PTH110
@pytest.mark.parametrize("option", ["--output", "--dead", "--html"])
def test_a_full_disk(option: str) -> None:
    """One clear line and an exit status."""
    status, _, err = run("--format", "jsonl", option, "/dev/full", *FILES)

    assert status == 1
    assert err == "bounceclass: /dev/full: No space left on device\n"


def test_a_full_disk_stops_no_other_output(tmp_path: Path) -> None:
    """The table is printed, the addresses are written, though the page cannot be."""
    dead, table = tmp_path / "dead", tmp_path / "table"
    status, _, err = run("--html", "/dev/full", "--dead", str(dead), "--output", str(table), *FILES)

    assert (status, err) == (1, "bounceclass: /dev/full: No space left on device\n")
    assert len(dead.read_text().splitlines()) > 50
    assert str(len(MAILS)) in table.read_text()


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full on this machine")  # noqa: PTH110
@pytest.mark.parametrize("name", ["classify", "explain", "survey", "check-address", "schema", "rules show mailbox_full", "scan"])
def test_a_full_disk_for_each_command(name: str) -> None:
    """One line and a status, from all of them."""
    argument = {"check-address": "a@example.jp", "schema": "", "rules show mailbox_full": ""}.get(name, MAIL)
    done = subprocess.run(["bash", "-c", f"{sys.executable} -m bounceclass {name} {argument} > /dev/full"], capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert done.stderr == "bounceclass: standard output: No space left on device\n"


def test_an_empty_folder(tmp_path: Path) -> None:
    """Said, and no fault."""
    assert run("--format", "csv", str(tmp_path))[::2] == (0, "bounceclass: no mails found\n")


def test_rows_and_addresses_do_not_mix() -> None:
    """Both to standard output would be neither."""
    status, _, err = run("--format", "csv", "--dead", "-", MAIL)

    assert status == 2
    assert "cannot both go to standard output" in err


def test_outputs_destroy_nothing(tmp_path: Path) -> None:
    """Neither what is read, nor each other."""
    mail, out = tmp_path / "mail.eml", tmp_path / "out"
    shutil.copy(MAIL, mail)
    out.touch()

    assert run("--output", str(mail), str(mail))[0] == 2
    assert mail.read_bytes() == (CORPUS / "postfix" / "01-user-unknown.eml").read_bytes()
    assert run("--output", str(out), "--dead", str(out), MAIL)[0] == 2


def test_forged_notices_drop_nobody(tmp_path: Path) -> None:
    """What looks forged is counted, and not believed."""
    dead = tmp_path / "dead"
    run("--dead", str(dead), str(CORPUS / "phishing"))

    assert dead.read_text() == ""


@pytest.mark.parametrize("form", ["table", "csv", "jsonl"])
def test_what_stands_alone_is_hidden_too(form: str, tmp_path: Path) -> None:
    """In rows, table and page."""
    mail, page = tmp_path / "kaneda@example.jp.eml", tmp_path / "page.html"
    mail.write_bytes((CORPUS / "postfix" / "01-user-unknown.eml").read_bytes().replace(b"User unknown in", b"kaneda: no such user in"))
    _, out, _ = run("--redact", "--format", form, "--html", str(page), str(mail))

    assert "kaneda" not in out + page.read_text("utf-8")


@pytest.mark.parametrize("form", ["table", "csv", "jsonl"])
def test_what_is_hidden_of_one_is_hidden_in_the_others_answers(form: str, tmp_path: Path) -> None:
    """A mail's recipients belong together."""
    mail = tmp_path / "two.eml"
    two = b"Final-Recipient: rfc822; kaneda@example.jp\nAction: failed\nStatus: 5.1.1\n\n"
    two += b"Final-Recipient: rfc822; ok@example.jp\nAction: failed\nDiagnostic-Code: smtp; 550 alias of kaneda is gone\n"
    mail.write_bytes(
        b"From: MAILER-DAEMON@example.jp\nReturn-Path: <>\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
        b"--b\n\nfailed\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.jp\n\n" + two + b"\n--b--\n"
    )

    assert "kaneda" not in run("--redact", "--format", form, str(mail))[1]


def test_a_table_in_a_file_has_no_colours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the terminal has some."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    run("--output", str(tmp_path / "table.txt"), MAIL)

    assert "\x1b" not in (tmp_path / "table.txt").read_text()


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    """Said before any work is done."""
    status, out, err = run("--format", "jsonl", "--output", str(tmp_path / "none" / "out"), MAIL)

    assert (status, out) == (1, "")
    assert err.endswith("none/out: No such file or directory\n")


def test_a_closed_pipe(tmp_path: Path) -> None:
    """A reader that stops reading, as `head` does: one line, and the addresses found so far are in their file."""
    dead = tmp_path / "dead"
    command_line = f"{sys.executable} -m bounceclass scan --format jsonl --dead {dead} {' '.join(FILES)} | head -c 50000"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command_line], capture_output=True, text=True, check=False)

    assert done.stderr == "bounceclass: standard output: Broken pipe\n"
    assert done.returncode == 1
    assert dead.read_text()


def test_a_mail_of_100_mb(tmp_path: Path) -> None:
    """One line, the status at the end; what its beginning tells is told, and the next mail is read."""
    large = tmp_path / "large.eml"
    with open(MAIL, "rb") as mail, open(large, "wb") as file:  # noqa: PTH123
        file.write(mail.read())
        file.truncate(100 * 2**20)
    status, out, err = run("--format", "csv", str(large), MAIL)

    assert status == 1
    assert err == f"bounceclass: {large}: is larger than 16 MiB: only its beginning was read\n"
    assert out.count("kaneda@example.co.jp") >= 2


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_ends_with_what_was_done(tmp_path: Path, jobs: str) -> None:
    """Rows are written whole, and it is said how far it came."""
    box, out = tmp_path / "box", tmp_path / "out.jsonl"
    box.write_bytes(mbox(copies=200))
    process = subprocess.Popen(
        [sys.executable, "-m", "bounceclass", "scan", "--format", "jsonl", "--jobs", jobs, "--output", str(out), str(box)],
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    while not (out.exists() and out.stat().st_size > 100_000):
        assert process.poll() is None
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=60)

    assert process.returncode == 130
    assert re.fullmatch(r"bounceclass: stopped after \d+ mails; what was done is written\n", err), err
    assert all(json.loads(line)["schema"] == 1 for line in out.read_text().splitlines())


def workers_of(pid: int) -> set[int]:
    """Name the worker processes of a scan."""
    found = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,args="], capture_output=True, text=True, check=True).stdout
    rows = [line.split(None, 2) for line in found.splitlines()]
    return {int(own) for own, parent, command in rows if int(parent) == pid and "spawn_main" in command}


def gone(pids: set[int]) -> bool:
    """Wait up to three seconds for processes to end."""
    for _ in range(60):
        alive = subprocess.run(["ps", "-o", "pid=,stat=", "-p", ",".join(map(str, pids))], capture_output=True, text=True, check=False).stdout
        if not [line for line in alive.splitlines() if "Z" not in line]:
            return True
        time.sleep(0.05)
    return False


@pytest.fixture
def scan_in_work(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], set[int], Path]]:
    """Start a scan by two workers, and wait until it writes."""
    box, out = tmp_path / "box", tmp_path / "out.jsonl"
    box.write_bytes(mbox(copies=100))
    command = [
        sys.executable,
        "-m",
        "bounceclass",
        "scan",
        "--format",
        "jsonl",
        "--jobs",
        "2",
        "--dead",
        str(tmp_path / "dead"),
        "--output",
        str(out),
        str(box),
    ]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    while not (out.exists() and out.stat().st_size > 100_000):
        assert process.poll() is None
        time.sleep(0.02)
    yield process, workers_of(process.pid), out
    process.kill()
    process.wait()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL], ids=lambda number: number.name)
def test_workers_end_with_the_scan(scan_in_work: tuple[subprocess.Popen[str], set[int], Path], number: signal.Signals) -> None:
    """However it dies; where it can, it writes what was done."""
    process, workers, out = scan_in_work
    assert len(workers) == 2

    process.send_signal(number)
    _, err = process.communicate(timeout=60)

    assert gone(workers)
    if number is signal.SIGKILL:
        return
    assert process.returncode == 128 + number
    assert re.fullmatch(r"bounceclass: stopped after \d+ mails; what was done is written\n", err), err
    assert all(json.loads(line)["schema"] == 1 for line in out.read_text().splitlines())


def test_a_worker_that_is_killed_ends_the_scan(scan_in_work: tuple[subprocess.Popen[str], set[int], Path]) -> None:
    """One line, a status, and everything judged so far: rows, and the addresses to drop."""
    process, workers, out = scan_in_work

    os.kill(min(workers), signal.SIGKILL)
    _, err = process.communicate(timeout=60)

    assert process.returncode == 1
    assert err == "bounceclass: a worker process died; what was done is written\n"
    assert gone(workers)
    assert all(json.loads(line)["schema"] == 1 for line in out.read_text().splitlines())
    assert (out.parent / "dead").read_text()


def test_without_the_extra_it_says_how_to_get_it(tmp_path: Path) -> None:
    """A page needs plots."""
    code = (
        "import runpy, sys; sys.modules['matplotlib'] = None; "
        f"sys.argv = ['bounceclass', 'scan', '--html', {str(tmp_path / 'x.html')!r}, {MAIL!r}]; runpy.run_module('bounceclass', run_name='__main__')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert "pip install 'bounceclass[report]'" in done.stderr
    assert "Traceback" not in done.stderr


LOG = str(ROOT / "tests" / "logs" / "postfix.log")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_logs_are_read_beside_mails(tmp_path: Path, jobs: str) -> None:
    """What became of each recipient at last, where that is trouble; the dead ones go into the list."""
    packed, dead = tmp_path / "mail.log.1.gz", tmp_path / "dead"
    packed.write_bytes(gzip.compress((ROOT / "tests" / "logs" / "postfix.log").read_bytes()))
    status, out, err = run("--format", "csv", "--jobs", jobs, "--dead", str(dead), str(packed), MAIL)
    rows = list(csv.DictReader(io.StringIO(out)))

    assert (status, err) == (0, "bounceclass: skipped 2 log lines of other programs\n")
    assert [(row["recipient"], row["reason"]) for row in rows[:4]] == [
        ("jane@example.com", "user_unknown"),
        ("lars@example.org", "mailbox_full"),
        ("mina@example.com", "host_unknown"),
        ("john@example.com", "delivery_expired"),
    ]
    assert rows[0]["source"] == f"{packed}:4cXy2B1Jz3z1"
    assert rows[4]["source"] == MAIL
    assert dead.read_text().splitlines()[:2] == ["info@example.net", "mina@example.com"]


def test_every_attempt_of_a_log() -> None:
    """Deferrals and deliveries too."""
    _, out, _ = run("--format", "jsonl", "--attempts", LOG)
    lines = [json.loads(line) for line in out.splitlines()]

    assert [line["report"]["kind"] for line in lines] == ["failure", "delay", "success", "failure", "failure", "failure"]
    assert all(Draft202012Validator(json.loads(read_schema())).is_valid(line) for line in lines)


def test_a_log_from_standard_input() -> None:
    """As `journalctl -o short-iso | bounceclass scan -` gives it; one with nothing in it that failed is no fault."""
    line = "2026-11-26T10:00:00+0900 mx postfix/smtp[1]: 4cXy2B1Jz: to=<a@example.com>, relay=none, delay=1, delays=0/0/1/0, dsn=2.0.0, status=sent (250 OK)"
    command_line = [sys.executable, "-m", "bounceclass", "scan", "--format", "csv", "-"]
    done = subprocess.run(command_line, input=line, capture_output=True, text=True, check=True)

    assert done.stderr == ""
    assert len(done.stdout.splitlines()) == 1


def test_a_log_that_breaks_off(tmp_path: Path) -> None:
    """What it told up to there is written."""
    packed = tmp_path / "mail.log.gz"
    packed.write_bytes(gzip.compress((ROOT / "tests" / "logs" / "postfix.log").read_bytes() * 400)[:-100])
    status, out, err = run("--format", "csv", str(packed))

    assert status == 1
    assert f"{packed}: " in err
    assert out.count("jane@example.com") > 1


@pytest.mark.parametrize("pause", ["", "sleep 0.5;"])
def test_a_log_through_a_pipe(pause: str) -> None:
    """What comes in pieces is told by its first lines all the same."""
    rest = "tfix/smtp[1]: 4ABCdefg: to=<a@example.com>, relay=none, dsn=5.1.1, status=bounced (550 5.1.1 no)\\n"
    script = f"(printf 'Nov 26 10:00:00 mx pos'; {pause} printf '{rest}')"
    line = f"{script} | {sys.executable} -m bounceclass scan --format csv -"
    named = f"{sys.executable} -m bounceclass scan --format csv <({script})"
    mail = f"{sys.executable} -m bounceclass scan --format csv <(cat {MAIL})"

    for command_line, address in ((line, "a@example.com"), (named, "a@example.com"), (mail, "kaneda@example.co.jp")):
        done = subprocess.run(["bash", "-c", command_line], capture_output=True, text=True, check=True)
        assert address in done.stdout.splitlines()[1]


def test_the_time_of_a_log_is_that_of_its_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """In summer that of summer."""
    monkeypatch.setenv("TZ", "Europe/Berlin")
    line = "{} 26 10:00:00 mx postfix/smtp[1]: 4ABCdefg: to=<a@example.com>, relay=none, dsn=5.1.1, status=bounced (550 5.1.1 no)\n"
    command_line = [sys.executable, "-m", "bounceclass", "scan", "--format", "csv", "-"]
    done = subprocess.run(command_line, input=line.format("Jul") + line.format("Nov"), capture_output=True, text=True, check=True)

    assert [row["date"][-6:] for row in csv.DictReader(io.StringIO(done.stdout))] == ["+02:00", "+01:00"]
