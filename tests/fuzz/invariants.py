"""What holds of every octets, by every verb."""

from __future__ import annotations

import email
import json
import re
import time
import zlib
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any, Final, TypeVar

import bounceclass
from bounceclass import Report, Verdict
from bounceclass.cli.writers.csv import cells_of
from bounceclass.contrib.flufl import all_failures

T = TypeVar("T")

_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f\ud800-\udfff]")
# Unescaped in Markdown: raw HTML, links, web and mail addresses.
_LIVE: Final = re.compile(r"(?<!\\)(?:\\\\)*(?:<|\]\(|https?:(?=//)|www\.(?=\w)|(?<=\w)@(?=\w))")
_TAGS: Final = frozenset({"section", "h2", "h3", "p", "ol", "ul", "li", "strong", "blockquote"})
_SHOWN: Final = re.compile(r"[^\s<>\"@,;:()\[\]\\*=]{3,}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_FORMULA: Final = tuple("=+-@＝＋－＠")
_LONGEST_STEP: Final = 0.1  # seconds, for 6 kB
_SLOWED: Final = 4.0  # what the fuzzer's instruments cost


class _Tags(HTMLParser):
    """Refuses every tag and attribute that is not ours."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in _TAGS, tag
        assert {name for name, _ in attrs} <= {"class", "lang"}, attrs


def check(octets: bytes) -> None:
    """Do with a mail what a caller can do, and hold the results against what must be true; of all but the first verbs one part a mail."""
    report = timed(lambda: bounceclass.parse(octets))
    verdicts = timed(lambda: bounceclass.classify(report))
    assert len(verdicts) == len(report.deliveries)
    if report.secondhand:
        assert all(verdict.action != "suppress" for verdict in verdicts)
    part = zlib.crc32(octets) % 5
    if part == 0:
        check_values(report, verdicts)
    elif part == 1:
        check_texts(report, "ja" if len(octets) % 2 else "en")
    elif part == 2:
        check_redaction(report, verdicts)
    elif part == 3:
        bounceclass.survey([(report, verdicts, timed(lambda: bounceclass.assess(report, own_domains=["example.jp"])))])
    else:
        check_other_doors(octets, report)


def timed(act: Callable[[], T]) -> T:
    """Do it; where that took long, do it again: a machine may be busy, twice is the mail's fault."""
    for _ in range(3):
        start = time.process_time()
        result = act()
        if time.process_time() - start < _LONGEST_STEP * _SLOWED:
            return result
    raise AssertionError(f"three times over {_LONGEST_STEP * _SLOWED} s")


def check_values(report: Report, verdicts: tuple[Verdict, ...]) -> None:
    """Values go to JSON and back."""
    assert Report.from_dict(json.loads(json.dumps(report.to_dict()))) == report
    for verdict in verdicts[:3]:
        assert Verdict.from_dict(json.loads(json.dumps(verdict.to_dict()))) == verdict
        cells = cells_of({"recipient": verdict.recipient, "diagnostic": verdict.diagnostic, "remote": verdict.remote_mta})
        assert not any(cell.lstrip("\u3164\u2800\u115f\u1160\uffa0 ").startswith(_FORMULA) for cell in cells.values()), cells


def check_texts(report: Report, locale: str) -> None:
    """Texts obey their reader's medium: no control characters, no markup, no live links."""
    explanation = timed(lambda: bounceclass.explain(report, locale=locale))
    text, markdown, page = str(explanation), explanation.to_markdown(), explanation.to_html()
    for written in (text, markdown, page):
        written.encode()
        found = _CONTROL.search(written)
        assert not found, (found, written[max(0, found.start() - 30) : found.end() + 30])
    live = _LIVE.search(markdown)
    assert not live, markdown[max(0, live.start() - 40) : live.end() + 40]
    _Tags().feed(page)


def check_redaction(report: Report, verdicts: tuple[Verdict, ...]) -> None:
    """No address is left whole in what is redacted."""
    hidden = timed(lambda: [report.to_dict(redact=True), *(verdict.to_dict(redact=True) for verdict in verdicts[:3])])
    for text in _texts(hidden):
        # Within a link "/", "?" and "&" part its pieces.
        shown = _SHOWN.search(" ".join(re.sub(r"[/?&]", " ", word) if "://" in word else word for word in text.split()))
        assert not shown, (shown, text)


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for item in value.values() for text in _texts(item)]
    return [text for item in value for text in _texts(item)] if isinstance(value, list) else []


def check_other_doors(octets: bytes, report: Report) -> None:
    """Headers, a bare answer, an address, a parsed message, the drop-in."""
    text = octets.decode("utf-8", "replace")
    timed(lambda: bounceclass.looks_like_report(octets))
    verdict = timed(lambda: bounceclass.classify_reply(text[:2_000]))
    assert not _CONTROL.search(str(bounceclass.explain(verdict)))
    json.dumps(timed(lambda: bounceclass.check_address(text[:200])).to_dict(), ensure_ascii=False).encode()
    try:
        message = email.message_from_bytes(octets)
    except Exception:  # noqa: BLE001 - the library's own fault
        return
    again = bounceclass.parse(message)
    assert len(bounceclass.classify(again)) == len(again.deliveries)
    if not report.secondhand and report.kind == again.kind:
        all_failures(message)
