"""
How a report itself came: what tells whether it is genuine, gathered and not judged.

Spec:
    RFC 8601 (Authentication-Results), RFC 5321 §4.4 (Return-Path), RFC 2183 (attachments).
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from bounceclass.mail import html
from bounceclass.mail.addresses import bare, first_address
from bounceclass.mail.dates import parse_date
from bounceclass.mail.headers import split_parameters
from bounceclass.model.report import Attachment, Link, Provenance
from bounceclass.reading.parts import Role
from bounceclass.reading.subjects import claims_failure
from bounceclass.regex import regex
from bounceclass.text.folding import LONGEST_EXCERPT, on_one_line
from bounceclass.text.patterns import LONGEST_URL, REPLY_CODE, STATUS_CODE, URL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bounceclass.mail.message import Part
    from bounceclass.reading.parts import ReportParts

__all__ = ["read_provenance"]

_URL: Final = regex(URL)
_DELIVERED_TO: Final = ("delivered-to", "x-original-to", "envelope-to", "to")
_MOST_LINKS: Final = 20
_MOST_ATTACHMENTS: Final = 20
_SEARCHED: Final = 32_000
# What came back is not attached by whoever wrote the report.
_SENT_BACK: Final = frozenset({Role.MESSAGE, Role.HEADERS})
# A tag that can lead somewhere, its attributes, and the text behind it; possessive, so that it costs linear time.
_ANCHOR: Final = regex(r"(?i)<(?:a|area)(?=[\s/])((?:[^<>\"']{1,600}+|\"[^\"]{0,600}+\"|'[^']{0,600}+'){0,40}+)>((?:[^<]|<(?!/?a[\s>])){0,400})")
_HREF: Final = regex(r"(?i)\bhref\s{0,3}=\s{0,3}(?:\"([^\"]{0,600})\"|'([^']{0,600})'|([^\s\"'<>]{1,600}))")
# What a browser goes to: also without a scheme, or with one slash.
_LEADS: Final = regex(r"(?i)https?:|[/\\]{2}")
# "https://shown.example <https://target.example>", as HTML is turned into text; a server's answer; an echoed subject.
_LABELLED: Final = regex(rf"(https?://[^\s<>\"]{{3,{LONGEST_URL}}}) ?<(https?://[^\s<>\"]{{3,{LONGEST_URL}}})>")
_SAID: Final = regex(rf"(?i)(?:^|[\s:;\[(>]){REPLY_CODE}[- ](?:{STATUS_CODE}|\S)|\bsubject(?: of the message)?(?: is)?:|\bsaid:")
_PARAGRAPHS: Final = regex(r"\n[ \t\r]*\n\s*")
_FORM: Final = regex(rf"(?i)<form\b(?:[^<>]{{0,500}}?action\s{{0,3}}=\s{{0,3}}[\"']?([^\s\"'<>]{{1,{LONGEST_URL}}}))?")


def read_provenance(parts: ReportParts) -> Provenance:
    """Gather what header fields, attachments and links tell of where a report comes from."""
    headers, traits = parts.headers, parts.traits
    path = None if "return-path" not in headers else "" if traits.null_path else bare(headers.get("return-path"))
    return Provenance(
        date=parse_date(headers.get("date")),
        author=first_address(headers.get("from")),
        daemon=traits.daemon,
        poses_as_report=traits.daemon or traits.names_delivery or bool(traits.report_type) or claims_failure(headers.get("subject")),
        return_path=path,
        delivered_to=tuple(_delivered_to(parts)),
        authentication=tuple(headers.all("authentication-results")) if "authentication-results" in headers else (),
        attachments=tuple(_attachments(parts)),
        links=tuple(dict.fromkeys(_links(parts)))[:_MOST_LINKS],
    )


def _delivered_to(parts: ReportParts) -> dict[str, None]:
    found = (first_address(parts.headers.get(name)) for name in _DELIVERED_TO if name in parts.headers)
    return dict.fromkeys(address for address in found if address)


def _attachments(parts: ReportParts) -> Iterator[Attachment]:
    """Give what no plain report carries: parts with a file name, and those that are no part of a report."""
    named = ((_file_name(part), part, role) for part, role in parts.leaves if role not in _SENT_BACK)
    found = (Attachment(name, part.media_type) for name, part, role in named if name or role is Role.FOREIGN)
    return islice((item for item in found if not item.media_type.startswith("message/")), _MOST_ATTACHMENTS)


def _file_name(part: Part) -> str:
    if "content-disposition" in part.headers:
        _, parameters = split_parameters(part.headers.get("content-disposition"))
        if "filename" in parameters:
            return on_one_line(parameters["filename"])[:LONGEST_EXCERPT]
    return on_one_line(part.parameters.get("name", ""))[:LONGEST_EXCERPT]


def _links(parts: ReportParts) -> Iterator[Link]:
    """Read the links of the texts before the message that came back."""
    told = False
    for part, _ in parts.own[:_MOST_ATTACHMENTS]:
        if not part.media_type.startswith("text/"):
            continue
        if part.is_html:
            yield from _links_of_html(part.decoded[:_SEARCHED])
        elif not told:  # all plain texts are one
            told = True
            if "http" in parts.whole_text:  # where a returned message begins is looked for only then
                yield from _links_of_text(parts.text[:_SEARCHED])


def _links_of_html(source: str) -> Iterator[Link]:
    for match in _ANCHOR.finditer(source):
        target = _target(match.group(1))
        if _LEADS.match(target):
            yield Link(target, _shown(match.group(2)))
    for match in _FORM.finditer(source):
        yield Link(match.group(1) or "", "<form>")


def _shown(label: str) -> str:
    """Give what a link's words look like; most are words alone."""
    return on_one_line(html.to_text(label) if "<" in label or "&" in label else label)[:LONGEST_EXCERPT]


def _target(attributes: str) -> str:
    """Give where a tag leads, as a browser reads it: entities decoded, blanks and control characters dropped."""
    from html import unescape  # noqa: PLC0415 - brings two thousand entities along

    match = _HREF.search(attributes)
    text = unescape(next((group for group in match.groups() if group is not None), "")) if match else ""
    return "".join(letter for letter in text if letter > " ")[:LONGEST_URL]


def _links_of_text(text: str) -> Iterator[Link]:
    """
    Read the links of a plain text, each with the line before it and what else its own line says.

    What servers say is left out: their answers, and the subject of the message that came back.
    """
    before = ""
    for paragraph in _PARAGRAPHS.split(text):
        if "http" in paragraph:
            yield from _links_of_paragraph(paragraph, before)
        before = paragraph[paragraph.rfind("\n") + 1 :]


def _links_of_paragraph(paragraph: str, before: str) -> Iterator[Link]:
    said = False
    for line in paragraph.split("\n"):
        # A server's answer goes on in indented lines.
        said = _SAID.search(line) is not None or (said and line[:1] in {" ", "\t"})
        if "http" in line and not said:
            for shown, target in _LABELLED.findall(line):
                yield Link(target, shown)
            words = on_one_line(_URL.sub(" ", f"{before} {line}"))[:LONGEST_EXCERPT]
            yield from (Link(match.group(), words) for match in _URL.finditer(_LABELLED.sub(" ", line)))
        before = line
