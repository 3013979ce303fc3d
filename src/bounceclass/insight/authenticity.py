"""
Is a report genuine, and was the mail mine?

Each thing looked at gives a `Signal` with a weight; `_judge` says what follows from the signals.  What
stands inside the returned message is never proof: whoever got the mail, or any copy of it, can
return it.  Proof is only what a forger cannot write: a signed return path, or what a server
that the caller trusts found out about the report's origin.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from attrs import field, frozen

from bounceclass.insight.return_path import check_key, verify_return_path
from bounceclass.languages import index_of
from bounceclass.model.insight import Assessment, Signal
from bounceclass.model.vocabulary import Authenticity, DefectCode, Kind, Signature
from bounceclass.regex import regex
from bounceclass.tables import read_table
from bounceclass.text.folding import LONGEST_EXCERPT, fold, on_one_line
from bounceclass.text.hosts import is_under
from bounceclass.text.phrases import Folded

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator
    from datetime import datetime

    from publicsuffixlist import PublicSuffixList

    from bounceclass.model.insight import SignedPath
    from bounceclass.model.report import Delivery, Link, Report

    Sent = Container[str] | Callable[[str], bool]

__all__ = ["Records", "assess_report"]

_PROOF, _FOR, _TELLS, _AGAINST, _BETRAYS = 2, 1, 0, -1, -2
_BETRAYED_TWICE: Final = 2
_WEAK_ENOUGH: Final = 2
# Who plays a mail daemon, reports nothing, is no server, and has something to click: no word list is needed.
_ACTING: Final = frozenset({"content.no_report", "return_path.not_null", "author.daemon"})

_LURING_PATH: Final = regex(r"(?i)[/.?&=_-](?:log-?in|sign-?in|webmail|owa|verify|verification|password|passwd|auth|validate|cpanel|roundcube|upgrade)\b")
# "sakura.ad.jp.evil.example": a domain worn as the first labels of another.
_WORN: Final = regex(r"(?i)(?:^|\.)[a-z0-9-]{2,63}\.(?:com|net|org|(?:co|ne|or|ad|ac|go)\.jp|com\.cn|co\.uk)\.[a-z0-9-]{1,63}\.[a-z.]{2,24}$")
_SHOWN_HOST: Final = regex(r"(?i)(?:https?://)?((?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,24})(?:[/:?#]\S*)?")
_URL_HOST: Final = regex(r"(?i)(?:https?:)?(?<![/\\])[/\\]{1,9}+(?:[^/\\@\s]{0,200}@)?([^/\\:?#\s]{1,255})")  # as browsers read it
_BY_HOST: Final = regex(r"(?i)\bby ([a-z0-9.-]{1,255})")
# authres-header = authserv-id *( ";" method "=" result *( ptype "." property "=" value ) ) (RFC 8601 §2.2)
_AUTHSERV: Final = regex(r"\A\s*+([^\s;]{1,255})(?:\s++\d)?\s*+;")
_RESULT: Final = regex(r"(?i)\A\s*+(dmarc|dkim|spf)\s*+=\s*+([a-z]{1,12})\b(.{0,600})", re.DOTALL)
_PROPERTY: Final = regex(r"(?i)(?:^|\s)(header\.(?:d|i|from)|smtp\.(?:helo|mailfrom))=([^\s;]{0,255})")
_CALLS_FAIL: Final = frozenset({("dmarc", "fail"), ("spf", "fail")})


def _folded(names: Iterable[str] | str) -> frozenset[str]:
    """Give names in lower case; one name by itself is one name, and not its letters."""
    return frozenset(name.lower().strip("@. ") for name in ([names] if isinstance(names, str) else names)) - {""}


def _is_sent(_: object, __: object, sent: Any) -> None:  # noqa: ANN401 - whatever is handed over
    if sent is not None and not callable(sent) and (isinstance(sent, (str, bytes)) or not hasattr(sent, "__contains__")):
        raise TypeError(f"sent must be a container of Message-IDs, such as a set, or a function, not {type(sent).__name__}")


def _is_key(_: object, __: object, key: bytes | None) -> None:
    if key is not None:
        check_key(key)


@frozen(kw_only=True)
class Records:
    """
    What the caller knows of its own mail; all of it optional.

    Attributes:
        sent: The Message-IDs sent, as any container, or a function that tells of one.
        own_domains: Domains of the caller's own servers and addresses, in lower case.
        trusted_authserv_ids: The names of the servers whose Authentication-Results are believed, in lower case.
        key: The secret of signed return paths.
        now: The time to hold expiries against.
    """

    sent: Container[str] | Callable[[str], bool] | None = field(default=None, validator=_is_sent)
    own_domains: frozenset[str] = field(default=(), converter=_folded)
    trusted_authserv_ids: frozenset[str] = field(default=(), converter=_folded)
    key: bytes | None = field(default=None, validator=_is_key)
    now: datetime | None = None

    @property
    def given(self) -> bool:
        """Whether anything is known at all."""
        return self.sent is not None or bool(self.own_domains or self.trusted_authserv_ids or self.key)


def assess_report(report: Report, records: Records) -> Assessment:
    """Weigh what speaks for a report and against it."""
    signals = [signal for look in (_return_path, _origin, _original, _shape, _hosts, _attachments, _links) for signal in look(report, records)]
    signals = [Signal(signal.name, signal.weight, signal.excerpt[:LONGEST_EXCERPT]) for signal in _related_only(signals)]
    signals.sort(key=lambda signal: -abs(signal.weight))
    names = {signal.name for signal in signals}
    return Assessment(authenticity=_judge(signals, names, report, records), sent_by_us=_sent_by_us(names), signals=tuple(signals))


def _sent_by_us(names: set[str]) -> bool | None:
    if "original.not_sent" in names:
        return False
    return True if names & {"original.sent", "verp.valid", "verp.other"} else None


def _judge(signals: list[Signal], names: set[str], report: Report, records: Records) -> Authenticity:
    betrayals = sum(signal.weight == _BETRAYS for signal in signals)
    proven = any(signal.weight == _PROOF for signal in signals)
    certain = names & {"authentication.fail", "verp.invalid"} or betrayals >= _BETRAYED_TWICE
    if betrayals and certain and not proven and "original.sent" not in names:
        return Authenticity.FORGED
    if betrayals or (names >= _ACTING and (report.provenance.links or report.provenance.attachments)):
        return Authenticity.SUSPICIOUS
    if not records.given:
        return Authenticity.UNCHECKED
    return Authenticity.VERIFIED if proven else _judge_unproven(signals, names, report)


def _judge_unproven(signals: list[Signal], names: set[str], report: Report) -> Authenticity:
    if names & {"original.sent", "original.own_path", "authentication.pass", "verp.valid"}:
        return Authenticity.PLAUSIBLE
    if report.deliveries and {"return_path.null", "author.daemon"} <= names:
        return Authenticity.PLAUSIBLE if "original.not_sent" in names else Authenticity.UNCHECKED
    return Authenticity.SUSPICIOUS if sum(signal.weight == _AGAINST for signal in signals) >= _WEAK_ENOUGH else Authenticity.UNCHECKED


def _related_only(signals: list[Signal]) -> list[Signal]:
    """A proven origin proves little where that origin has nothing to do with the mail."""
    if any(signal.name == "host.fits" for signal in signals):
        return signals
    return [Signal(signal.name, _FOR, signal.excerpt) if signal.name == "authentication.pass" else signal for signal in signals]


# -- what is looked at -------------------------------------------------------------------------


def _return_path(report: Report, records: Records) -> Iterator[Signal]:
    """The address that the report came to, by its signature."""
    if records.key is None:
        return
    paths = {address: verify_return_path(address, key=records.key, now=records.now) for address in report.provenance.delivered_to}
    for state, weight in ((Signature.VALID, _PROOF), (Signature.EXPIRED, _AGAINST), (Signature.INVALID, _BETRAYS)):
        for address, path in paths.items():
            if path.state is state:
                if state is Signature.VALID and not _is_of(path, report):
                    yield Signal("verp.valid", _FOR, address) if path.recipient is None else Signal("verp.other", _TELLS, address)
                else:
                    yield Signal(f"verp.{state}", weight, address)
                return


def _is_of(path: SignedPath, report: Report) -> bool:
    """
    Tell whether a signed path is that of the addresses that would be dropped: who got one mail knows its path, and no other's.

    A path without a recipient proves nothing about whom.
    """
    return path.recipient is not None and all(path.recipient == _dropped(delivery) for delivery in report.deliveries)


def _dropped(delivery: Delivery) -> str:
    """Give the address that a list would drop: the one that was written to."""
    return (delivery.original_recipient or delivery.recipient).lower()


def _origin(report: Report, records: Records) -> Iterator[Signal]:
    """Authentication-Results of a trusted server; it must strip those that others write in its name (RFC 8601 §5)."""
    author = _domain(report.provenance.author)
    fields = [_without_words(value) for value in report.provenance.authentication]
    trusted = [value for value in fields if (match := _AUTHSERV.match(value)) and match.group(1).lower() in records.trusted_authserv_ids]
    results = [found for value in trusted for part in value.split(";")[1:] if (found := _result(part))]
    aligned = [result for result in results if result.verdict == "pass" and _aligned(result.domain, author)]
    refuted = [result for result in results if (result.method, result.verdict) in _CALLS_FAIL]
    # DMARC has weighed the others already.
    judged = [result for result in aligned + refuted if result.method == "dmarc"] or aligned or refuted
    if len({result.verdict for result in judged}) == 1:  # results that contradict each other say nothing
        proven = judged[0].verdict == "pass"
        yield Signal(f"authentication.{judged[0].verdict}", _PROOF if proven else _BETRAYS, judged[0].text)


@frozen
class _Result:
    """What one method found out: about which domain."""

    method: str
    verdict: str
    domain: str
    text: str


def _result(part: str) -> _Result | None:
    """Read one resinfo (RFC 8601 §2.2).  SPF speaks of the envelope sender, of the HELO name only where that is null."""
    match = _RESULT.match(part)
    if not match:
        return None
    method, verdict, rest = match.groups()
    found = {name.lower(): _domain(value) for name, value in _PROPERTY.findall(rest)}
    names = {"dmarc": ("header.from",), "dkim": ("header.d", "header.i"), "spf": ("smtp.mailfrom", "smtp.helo")}[method.lower()]
    domain = next((found[name] for name in names if found.get(name)), "")
    return _Result(method.lower(), verdict.lower(), domain, on_one_line(part))


def _without_words(value: str) -> str:
    """
    Drop comments and quoted strings (RFC 5322 §3.2.2, §3.2.4): whoever sent the mail may have written those.

    One pass, so that it costs linear time whatever stands in it.
    """
    kept: list[str] = []
    depth, quoted, escaped = 0, False, False
    for letter in value:
        if escaped:
            escaped = False
        elif letter == "\\":
            escaped = True
        elif quoted:
            quoted = letter != '"'
        elif letter == "(":
            depth += 1
        elif letter == ")" and depth:
            depth -= 1
        elif depth:
            continue
        elif letter == '"':
            quoted = True
        else:
            kept.append(letter)
    return "".join(kept)


def _original(report: Report, records: Records) -> Iterator[Signal]:
    """The message that came back: whether the caller sent it, and whether it went through the caller's own hosts."""
    original = report.original
    if original is None:
        return
    if records.sent is not None and original.message_id:
        known = _is_among(original.message_id, records.sent)
        yield Signal("original.sent", _FOR, original.message_id) if known else Signal("original.not_sent", _TELLS, original.message_id)
    hosts = [match.group(1) for name, value in original.fields if name == "received" for match in _BY_HOST.finditer(value)]
    if records.own_domains and hosts:
        own = next((host for host in hosts if is_under(host.lower(), records.own_domains)), None)
        yield Signal("original.own_path", _FOR, own) if own else Signal("original.foreign_path", _TELLS, hosts[-1])


def _is_among(message_id: str, sent: Sent) -> bool:
    bare = message_id.strip("<>")
    forms = (f"<{bare}>", bare)
    if callable(sent):
        return any(map(sent, forms))
    container: Container[object] = sent  # of text, or of octets as mail programs have them
    return any(form in container or form.encode("utf-8", "replace") in container for form in forms)


def _shape(report: Report, _: Records) -> Iterator[Signal]:
    """How reports are sent: with the null path (RFC 5321 §4.5.5), by a mail program."""
    provenance = report.provenance
    if any(defect.code is DefectCode.SESSION_IMPOSSIBLE for defect in report.defects):
        yield Signal("content.copied", _BETRAYS)
    posing = report.kind is Kind.OTHER and provenance.poses_as_report
    if posing:
        yield Signal("content.no_report", _AGAINST)
    if report.kind.is_of_delivery or posing or report.secondhand:
        if provenance.return_path is not None:
            yield Signal("return_path.not_null", _AGAINST, provenance.return_path) if provenance.return_path else Signal("return_path.null", _FOR)
        yield Signal("author.daemon", _FOR, provenance.author) if provenance.daemon else Signal("author.no_daemon", _AGAINST, provenance.author)


def _hosts(report: Report, records: Records) -> Iterator[Signal]:
    """
    The author's domain against the caller's own and the recipients'.

    It must be that of all recipients: else whoever proves a domain of its own could report that somebody
    else's address is dead.  The hosts that the report names prove nothing, since its author wrote them.
    """
    if not report.kind.is_of_delivery or not report.deliveries:
        return
    reporter = _domain(report.provenance.author) or report.reporting_mta or ""
    recipients = {_domain(_dropped(delivery)) for delivery in report.deliveries}
    fits = all(_aligned(domain, reporter) for domain in recipients) or is_under(reporter, records.own_domains)
    if reporter:
        yield Signal("host.fits", _FOR, reporter) if fits else Signal("host.strange", _TELLS, reporter)


def _attachments(report: Report, _: Records) -> Iterator[Signal]:
    """What no genuine report carries.  The last ending counts: "report.pdf.exe"."""
    found: dict[str, str] = {}
    for attachment in report.provenance.attachments if _poses(report) else ():
        ending = fold(attachment.name).rstrip(". ").rpartition(".")[2] if "." in attachment.name else ""
        kind = _dangers().get(ending) or _dangers().get(attachment.media_type)
        if kind:
            found.setdefault(kind, attachment.name or attachment.media_type)
    return (Signal(f"attachment.{kind}", _BETRAYS, name) for kind, name in found.items())


def _links(report: Report, records: Records) -> Iterator[Signal]:
    """Links to log in, forms, and links that lead elsewhere than they say."""
    if not _poses(report):
        return
    found: dict[str, str] = {}
    for link in report.provenance.links:
        host = _host_of(link.url)
        if not is_under(host, records.own_domains) and (name := _name_of(link, host) or _personal(link, report)):
            found.setdefault(name, link.url)
    yield from (Signal(f"link.{name}", _BETRAYS, url) for name, url in found.items())


def _poses(report: Report) -> bool:
    return report.kind.is_of_delivery or (report.kind is Kind.OTHER and report.provenance.poses_as_report)


def _name_of(link: Link, host: str) -> str:
    if link.words == "<form>":
        return "form"
    shown = _SHOWN_HOST.fullmatch(link.words.strip())
    shown_host = shown.group(1).lower() if shown else ""
    if _organisation(host) in _table()["makers"]:
        return ""
    if shown_host and host and _organisation(shown_host) != _organisation(host):
        return "disguised"
    if _WORN.search(host):
        return "disguised"
    if is_under(host, _table()["hosts"]):
        return "hidden"
    path = _URL_HOST.sub("", link.url, count=1)
    return "login" if _LURING_PATH.search(path) or index_of("words", "lures").find(Folded(link.words)) else ""


def _personal(link: Link, report: Report) -> str:
    """Tell a link made for one reader: it carries the address that the notice came to.  To unsubscribe needs one."""
    url = link.url.lower().replace("%40", "@")
    return "personal" if "unsubscribe" not in url and any(address.lower() in url for address in report.provenance.delivered_to if "@" in address) else ""


@cache
def _dangers() -> dict[str, str]:
    """Give what an attachment is, by the ending of its name and by its media type."""
    return {name: kind for section in ("endings", "types") for kind, names in _table()[section].items() for name in names}


@cache
def _table() -> dict[str, Any]:
    return read_table("insight/data", "fakes")


# -- domains -----------------------------------------------------------------------------------


def _domain(address: str) -> str:
    return address.rpartition("@")[2].strip("[]<>. ").lower()


def _host_of(url: str) -> str:
    match = _URL_HOST.match(url)
    return match.group(1).lower() if match else ""


def _aligned(domain: str, author: str) -> bool:
    """
    Tell whether two domains are one, or one stands below the other.

    Stricter than relaxed alignment (RFC 7489 §3.1.1), which needs the list of all suffixes: two customers of one
    host, or two offices of one prefecture, are not each other.
    """
    return bool(domain and author) and (domain == author or domain.endswith(f".{author}") or author.endswith(f".{domain}"))


@cache
def _suffixes() -> PublicSuffixList:
    from publicsuffixlist import PublicSuffixList  # noqa: PLC0415 - 30 ms, and only links and proofs need it

    return PublicSuffixList()


def _organisation(host: str) -> str:
    """Give the domain that an organisation registered, by the list of suffixes that many share (https://publicsuffix.org)."""
    name = host.strip(".").lower()
    return _suffixes().privatesuffix(name) or name
