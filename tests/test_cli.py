"""The command, run as users run it."""

from __future__ import annotations

import gettext
import inspect
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest
from babel.messages.pofile import read_po
from click.testing import CliRunner

import bounceclass
from bounceclass.cli import command, messages
from bounceclass.reading.readers import READERS
from corpus_mails import CORPUS, MAILS

if TYPE_CHECKING:
    from collections.abc import Iterator


MAIL = str(CORPUS / "postfix" / "01-user-unknown.eml")


def run(*arguments: str, octets: bytes = b"", width: int = 80) -> tuple[int, str, str]:
    """Run the command; give exit status, output, and what went to standard error."""
    result = CliRunner(env={"COLUMNS": str(width), "TERM": "dumb", "LC_ALL": "C.UTF-8"}).invoke(command, arguments, input=octets)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize(("locale", "words"), [("ja", "宛先のメールアドレスが見つかりません"), ("en", "The receiving server does not know this address")])
def test_explain(locale: str, words: str) -> None:
    """A person gets title, cause, steps and the server's words, in the language asked for."""
    status, out, _ = run("explain", "--locale", locale, MAIL)

    assert status == 0
    assert words in out
    assert "User unknown" in out
    assert "…" not in out


def test_explain_reads_standard_input() -> None:
    """A dash is standard input."""
    assert run("explain", "--locale", "en", "-", octets=(CORPUS / "postfix" / "01-user-unknown.eml").read_bytes())[0] == 0


@pytest.mark.parametrize("width", [20, 40, 80, 200])
@pytest.mark.parametrize("locale", ["ja", "en"])
def test_lines_fit_the_terminal(width: int, locale: str) -> None:
    """No text is cut, and no line but an unbreakable one is wider than the terminal."""
    from rich.cells import cell_len

    _, out, _ = run("explain", "--full", "--locale", locale, MAIL, width=width)
    for line in out.splitlines():
        assert cell_len(line) <= width
    joined = "".join(out.split())
    assert "".join(bounceclass.explain(MAILS_BY_ID["postfix/01-user-unknown"], locale=locale).cause.split()) in joined


MAILS_BY_ID = {mail.id: mail.octets for mail in MAILS}


def test_every_mail_is_laid_out() -> None:
    """All mails of the corpus at once; no markup of theirs is obeyed."""
    status, out, err = run("explain", "--locale", "ja", *(str(mail.path) for mail in MAILS))

    assert (status, err) == (0, "")
    assert out.count("lookalike") >= 9


def test_control_characters_never_reach_the_terminal() -> None:
    """Escape sequences and markup from a mail are inert."""
    mail = (
        b"From: MAILER-DAEMON@x\nSubject: failure notice\n\nHi. This is the qmail-send program at x.\n\n"
        b"<a@example.jp>:\n550 \x1b]0;owned\x07 \x1b[31mred \xc2\x9b [bold]no such user[/bold]\n\n"
        b"--- Below this line is a copy of the message.\n\nReturn-Path: <x@y>\nSubject: \x1b[2J [red]hi\nFrom: x@y.example\n"
    )
    _, out, _ = run("explain", "--locale", "en", "-", octets=mail)

    assert "\x1b" not in out
    assert "\x07" not in out
    assert "\x9b" not in out
    assert "[bold]no such user[/bold]" in " ".join(out.split())


def test_classify_prints_json_lines() -> None:
    """One object a mail, one a line, in the order of the arguments."""
    status, out, _ = run("classify", MAIL, MAIL)
    rows = [json.loads(line) for line in out.splitlines()]

    assert status == 0
    assert [row["source"] for row in rows] == [MAIL, MAIL]
    assert rows[0]["verdicts"][0]["reason"] == "user_unknown"
    assert out.isascii()


def test_unreadable_files_are_said_and_stop_nothing(tmp_path: Path) -> None:
    """One clear line for each, an exit status at the end, and the other files are done."""
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    status, out, err = run("classify", str(tmp_path / "no\x1b[31mne.eml"), str(picture), MAIL)

    assert status == 1
    assert len(out.splitlines()) == 1
    assert len(err.splitlines()) == 2
    assert all(line.startswith("bounceclass: ") for line in err.splitlines())
    assert "\x1b" not in err


@pytest.mark.parametrize("arguments", [("explain",), ("explain", "--locale", "xx", MAIL), ("no-command",)])
def test_usage_errors(arguments: tuple[str, ...]) -> None:
    """A wrong call is said in a line, with status 2."""
    status, _, err = run(*arguments)

    assert status == 2
    assert "Error" in err


def test_without_the_extra_it_says_how_to_get_it() -> None:
    """`python -m bounceclass` without click and rich."""
    code = (
        "import runpy, sys; sys.modules['rich'] = None; sys.modules['click'] = None; sys.argv = ['bounceclass']; "
        "runpy.run_module('bounceclass', run_name='__main__')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert done.stderr.strip() == "bounceclass: the command needs click and rich: pip install 'bounceclass[cli]'"


def test_the_module_runs() -> None:
    """`python -m bounceclass --version` answers."""
    done = subprocess.run([sys.executable, "-m", "bounceclass", "--version"], capture_output=True, text=True, check=True)

    assert "bounceclass" in done.stdout


def test_a_closed_pipe_is_no_traceback() -> None:
    """A reader that stops reading, as `head` does, is no fault to tell."""
    files = " ".join(str(mail.path) for mail in MAILS)
    done = subprocess.run(["bash", "-c", f"{sys.executable} -m bounceclass classify {files} | head -c 100"], capture_output=True, text=True, check=False)

    assert "Traceback" not in done.stderr


def test_rules_try() -> None:
    """Which rules speak, in what order, and which decides."""
    status, out, _ = run("rules", "try", "550 5.1.1 user unknown; mailbox is full")

    assert status == 0
    assert out.splitlines()[0].startswith("mailbox_full ")
    assert [line.split()[0] for line in out.splitlines()[1:]] == ["decides", "loses"]
    assert run("rules", "try", "550 5.7.30 no", "--remote", "mx.google.com")[1].startswith("auth_failed")


def test_trace() -> None:
    """Who was asked, in order, down to who knew; then each source of evidence; what was not asked says so."""
    status, out, err = run("trace", MAIL)
    rows = [line.split() for line in out.splitlines()]
    asked = [row[1] for row in rows if row[0] == "asked"]

    assert (status, err) == (0, "")
    assert asked == ["rfc5965", "rfc3464", "rules", "codes", "codes", "learned", "command", "label"]
    assert "  asked     rfc5965   no: looks for a feedback report" in out
    assert "  asked     rfc3464   failure, 1 recipient, by the fields of a delivery status" in out
    assert "    asked   command   no: others spoke" in out
    assert "decides  user_unknown." in out


def test_trace_shows_mail_that_reports_nothing() -> None:
    """All are asked, and nobody knew it; what the mail holds cannot write to the terminal."""
    status, out, _ = run("trace", "-", octets=b"From: \x1b[2Jtaro@example.jp\nSubject: lunch\n\nat noon?\n")

    assert status == 0
    assert [line.split()[1] for line in out.splitlines() if "asked" in line] == [reader.name for reader in READERS]
    assert "  kind      other" in out
    assert "\x1b" not in out


def test_trace_shows_who_read_a_report_within() -> None:
    """And that nobody was asked why, where the kind of the mail settles it."""
    _, out, _ = run("trace", *(str(mail.path) for mail in MAILS if mail.folder in {"mailman", "autoreply"}))

    assert "  within    rfc3464" in out
    assert "    asked   nobody: the kind settles it" in out


def test_every_mail_can_be_traced() -> None:
    """The mail's own recipients, no more."""
    for mail in MAILS:
        status, out, _ = run("trace", str(mail.path))
        assert status == 0, mail.id
        assert out.count("\n  recipient ") == len(mail.sidecar["expect"]["report"]["deliveries"]), mail.id


def test_rules_show() -> None:
    """A rule with all that proves it; an unknown id is one clear line."""
    status, out, _ = run("rules", "show", "mailbox_full.over_quota")

    assert status == 0
    assert "over quota" in out
    assert run("rules", "show", "x\x1b.y")[0] == 1


def test_rules_check(tmp_path: Path) -> None:
    """Good files are said to be good; bad ones name file, id and field, and give status 1."""
    good, bad = tmp_path / "good.toml", tmp_path / "bad.toml"
    good.write_text('[[rule]]\nid = "mailbox_full.x"\nreason = "mailbox_full"\nany = ["the attic is full"]\nfires = ["the attic is full"]\n')
    bad.write_text('[[rule]]\nid = "mailbox_full.x"\nreason = "mailbox_full"\nany = ["attic"]\nfires = ["cellar"]\nsinse = "1"\n')

    assert run("rules", "check", str(good))[:2] == (0, f"{good}: 1 rule, all proven\n")
    status, _, err = run("rules", "check", str(good), str(bad), str(tmp_path / "none.toml"))
    assert status == 1
    assert "bad.toml: mailbox_full.x: sinse: unknown key" in err
    assert "none.toml: " in err


def test_explain_warns_of_forged_notices() -> None:
    """The warning comes first, with what gives the notice away."""
    status, out, _ = run("explain", "--locale", "ja", str(CORPUS / "lookalike" / "11-phishing-bounce-with-login.eml"), width=200)

    assert status == 0
    assert "偽物のお知らせです" in out
    assert "メールのエラーのお知らせではないようです" not in out
    assert "message_details.pdf.exe" in out
    assert "偽物のお知らせです" not in run("explain", "--locale", "ja", MAIL)[1]
    out = run("explain", "--locale", "ja", str(CORPUS / "phishing" / "05-report-with-a-log-in.eml"), width=200)[1]
    assert out.index("偽物のお知らせかもしれません") < out.index("宛先のメールアドレスが見つかりません")


@pytest.mark.parametrize(
    ("form", "start"), [("terminal", "Not delivered: "), ("text", "Not delivered: "), ("markdown", "## Not delivered"), ("html", "<section "), ("json", "{")]
)
def test_explain_in_other_forms(form: str, start: str) -> None:
    """For mails, web pages and programs; short unless all is asked for."""
    _, short, _ = run("explain", "--locale", "en", "--format", form, MAIL)
    _, full, _ = run("explain", "--full", "--locale", "en", "--format", form, MAIL)

    assert short.startswith(start)
    assert len(short) < len(full)


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"LANG": "ja_JP.UTF-8"}, "届きませんでした"),
        ({"LANGUAGE": "ja:en"}, "届きませんでした"),
        ({"LC_MESSAGES": "Japanese_Japan.932", "LANG": "de_DE"}, "届きませんでした"),
        ({"LC_ALL": "en_US.UTF-8", "LANG": "ja_JP.UTF-8"}, "Not delivered"),
        ({"LANG": "fr_FR.UTF-8"}, "Not delivered"),
    ],
)
def test_the_language_of_the_surroundings(variables: dict[str, str], words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read as text, so that no locale must be installed; one that we do not have is English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    assert words in CliRunner(env={"COLUMNS": "80", "TERM": "dumb"}).invoke(command, ["explain", MAIL]).stdout


def test_an_unknown_language_is_an_error() -> None:
    """It names those there are, and the one that was probably meant."""
    status, _, err = run("explain", "--locale", "jp", MAIL)

    assert status == 2
    assert "did you mean 'ja'?" in " ".join(err.split())


@pytest.mark.parametrize(("audience", "words"), [("person", "Before your next email"), ("list_owner", "off the list"), ("postmaster", "SMTP reply code: 550")])
def test_explain_for_whom(audience: str, words: str) -> None:
    """Each reader gets what is for it."""
    assert words in run("explain", "--full", "--locale", "en", "--for", audience, MAIL)[1]


def test_check_address() -> None:
    """A line each; the exit status says whether anything seems wrong."""
    assert run("check-address", "taro@example.co.jp") == (0, "taro@example.co.jp: ok\n", "")
    status, out, _ = run("check-address", "taro@dokomo.ne.jp", "taro", "-", octets=b"a@gmial.com\n\na\x1b[31m@gmail.com\n")
    lines = out.splitlines()

    assert status == 1
    assert lines[0] == "taro@dokomo.ne.jp: did you mean taro@docomo.ne.jp (misspelt)?"
    assert lines[1].startswith("taro: not an address: ")
    assert lines[2] == "a@gmial.com: did you mean a@gmail.com (misspelt)?"
    assert "\x1b" not in out


def test_survey(tmp_path: Path) -> None:
    """What the mails of a folder mean together, with the caller's own facts."""
    counts, ids = tmp_path / "counts.csv", tmp_path / "ids.txt"
    counts.write_text("day,sent\n" + "".join(f"{year}-01-{day:02},10\n" for year in (2001, 2020) for day in range(1, 32)))
    ids.write_text("<none@example.jp>\n")
    status, out, err = run("survey", "--locale", "en", "--sent-counts", str(counts), "--sent-ids", str(ids), *(str(mail.path) for mail in MAILS))

    assert (status, err) == (0, "")
    assert "Somebody is using your address as a false sender" in out
    assert run("survey", "--locale", "ja", MAIL)[1].count("個別のエラーだけ") == 1


def test_survey_says_which_line_is_wrong(tmp_path: Path) -> None:
    """Counts that cannot be read are one clear line."""
    counts = tmp_path / "counts.csv"
    counts.write_text("2026-11-20,45\nyesterday,46\n")
    result = CliRunner().invoke(command, ["survey", "--sent-counts", str(counts), MAIL])

    assert result.exit_code == 1
    assert "line 2 is not of the form" in result.output


# -- in the reader's language ------------------------------------------------------------------


def speaking(language: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a program of its own in a language."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
    return subprocess.run(
        [sys.executable, "-m", "bounceclass", *arguments],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**clean, "LANG": language, "PYTHONUTF8": "1"},
    )


def test_help_and_errors_in_japanese() -> None:
    """Of click as of ours; in a language that we do not have in English."""
    assert "オプション:" in speaking("ja_JP.UTF-8", "scan", "--help").stdout
    assert "メールでもメールボックスでもありません" in speaking("ja_JP.UTF-8", "classify", "/dev/zero").stderr
    assert speaking("ja_JP.UTF-8", "check-address", "taro@dokomo.ne.jp").stdout == "taro@dokomo.ne.jp: taro@docomo.ne.jp (つづり) ではありませんか\n"
    assert "はありません。" in speaking("ja_JP.UTF-8", "explan").stderr
    assert "Options:" in speaking("de_DE.UTF-8", "scan", "--help").stdout


def test_every_word_of_the_command_is_translated() -> None:
    """Each help text has its Japanese, and what is compiled is what is written."""

    def texts(one: click.Command) -> Iterator[str]:
        yield inspect.cleandoc(one.help or "")
        yield from (known for parameter in one.params if (known := getattr(parameter, "help", None)))
        if isinstance(one, click.Group):
            context = click.Context(one)
            for name in one.list_commands(context):
                below = one.get_command(context, name)
                assert below
                yield from texts(below)

    room = Path(messages.__file__).parent / "locale" / "ja" / "LC_MESSAGES"
    with (room / "messages.po").open("rb") as written, (room / "messages.mo").open("rb") as compiled:
        catalog, spoken = read_po(written), gettext.GNUTranslations(compiled)
    told = {str(message.id): str(message.string) for message in catalog if message.id}

    assert all(told.values())
    assert {english: spoken.gettext(english) for english in told} == told
    assert [text for text in texts(command) if text and text not in told] == []


def test_dialects_can_be_tried() -> None:
    """Which clues hold, and what is captured; one by name though it is silent; an unknown name is no traceback."""
    mail = str(CORPUS / "qmail" / "01-no-mailbox-here.eml")
    _, out, _ = run("dialects", "try", mail)
    _, exim, _ = run("dialects", "try", "--dialect", "exim", mail)
    wrong = speaking("en", "dialects", "try", "--dialect", "qmale", mail)

    assert "qmail: qmail: 3 of 6 clues, needs 1: speaks" in out
    assert "captures  kikaku@example.jp" in out
    assert "is silent" in exim
    assert wrong.returncode == 1
    assert "did you mean 'qmail'" in wrong.stderr


def test_excel_finds_a_byte_order_mark() -> None:
    """And programs that read CSV do not."""
    for form, mark in (("excel", "\ufeff"), ("csv", "")):
        assert run("scan", "--format", form, MAIL)[1].startswith(f"{mark}source,")


def test_a_pipe_gets_whole_lines() -> None:
    """No line is cut at 80 columns, and nothing is drawn; where COLUMNS says so it is wrapped."""
    clean = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LC_ALL"}}
    command_line = [sys.executable, "-m", "bounceclass", "explain", "--locale", "en", MAIL, MAIL]
    whole, wrapped = (
        subprocess.run(command_line, capture_output=True, encoding="utf-8", check=True, env={**clean, **columns}).stdout for columns in ({}, {"COLUMNS": "40"})
    )
    told = bounceclass.explain(MAILS_BY_ID["postfix/01-user-unknown"]).brief()

    assert told.summary in whole
    assert f"-- {MAIL} --\n" in whole
    assert "─" not in whole
    assert max(map(len, whole.splitlines())) < 1_000
    assert max(map(len, wrapped.splitlines())) <= 40
