"""
Facts that stand in a server's words beside the reason: block lists, limits, times, addresses.

Every pattern is bounded and runs in linear time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bounceclass.model.reasons import Reason
from bounceclass.model.verdict import Details
from bounceclass.regex import regex
from bounceclass.rules.zones import find_list
from bounceclass.text.folding import LONGEST_ANSWER
from bounceclass.text.patterns import IP, URL

if TYPE_CHECKING:
    from bounceclass.text.answers import Answer

__all__ = ["read_details"]

_URL: Final = regex(URL)
_URL_TRAIL: Final = ".,;:!?"
_IP: Final = regex(IP)
_ZONE: Final = regex(
    r"\b(?:using|in|at|by|on|see|list|found) (?:the )?((?:[a-z0-9_-]{1,40}\.){1,5}(?:org|net|com|de|info|cz|it|ru|jp|zap|biz))(?![a-z0-9.-]*[a-z0-9])"
)
_LIST_REASONS: Final = frozenset({Reason.BLOCKLISTED, Reason.POOR_REPUTATION})
# "try again in 5 minutes", "please retry after 300 seconds"; never "could not be delivered for 8 hours".
_RETRY: Final = regex(
    r"(?i)(?:try|retry|come back|resend|resubmit|send|deliver|attempt)(?: (?:again|later|it|the message|your message|mail)){0,3}(?: (?:in|after|within))?"
    r"(?: (?:about|at least|approximately))? (\d{1,5}) ?(s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?)\b"
)
_RETRY_WORDS: Final = frozenset({"try", "retry", "back", "resend", "resubmit", "attempt", "greylisted", "greylisting", "deliver", "send"})
_GREYLISTED_FOR: Final = regex(
    r"(?i)greylist(?:ed|ing)(?: in action)?(?:,)? (?:for |please come back in )(\d{1,5}) ?(s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?)\b"
)
_UNITS: Final = {"s": 1, "m": 60, "h": 3_600}
_MAX_RETRY: Final = 5 * 86_400
_SIZE: Final = regex(
    r"(?i)(?:limit|maximum|max|exceeds?|larger than|over)\D{0,40}?(\d{1,12}(?:\.\d{1,3})?) ?(bytes|octets|kb|kib|kbytes|mb|mib|mbytes|megabytes|k|m)\b"
)
# message size 14882345 exceeds size limit 10485760: without a unit they are octets.
_BARE_LIMIT: Final = regex(r"(?i)(?:limit|maximum|max)(?: of| is|:| =)? (\d{5,12})(?![\d.]| ?[kmg]i?b?\b)")
_MESSAGE_SIZE: Final = regex(r"(?i)message(?: is| size)?(?: of| is|:)? (\d{4,12})(?: bytes| octets)?(?![\d.])")
_SIZE_UNITS: Final = {"b": 1, "o": 1, "k": 1_024, "m": 1_024**2}
_NEW_ADDRESS: Final = regex(
    r"(?i)(?:moved to|new address(?: is)?|please (?:try|use|send (?:mail )?to)|forward(?:ed)? to|has changed to|now at|user not local; please try)[:\s]{1,3}<?([^\s<>@,;]{1,64}@[a-z0-9.-]{1,255}[a-z0-9])>?"
)
_MECHANISMS: Final = {
    "spf": regex(r"(?i)\bspf\b(?! ?[=:] ?\[?pass)|sender policy framework|openspf"),
    "dkim": regex(r"(?i)\bdkim\b(?! ?[=:] ?\[?pass)"),
    "dmarc": regex(r"(?i)\bdmarc(?! ?[=:] ?\[?pass)"),
}


def read_details(diagnostic: str, words: Answer, reason: Reason, provider: str) -> Details:
    """
    Read what a server's words say beside the reason.

    Args:
        diagnostic: The server's words.
        words: The same, ready to be searched: what no single word hints at is not looked for.
        reason: What was decided; only what belongs to it is read.
        provider: The service whose table decided; "" where none did.
    """
    text = diagnostic[:LONGEST_ANSWER]
    listed = _listing(words) if reason in _LIST_REASONS else {}
    return Details(
        provider=provider or None,
        retry_after=_retry_after(text) if words.words & _RETRY_WORDS else None,
        size_limit=_size_limit(text) if reason is Reason.MESSAGE_TOO_LARGE else None,
        message_size=_message_size(text) if reason is Reason.MESSAGE_TOO_LARGE else None,
        mechanisms=tuple(name for name, pattern in _MECHANISMS.items() if pattern.search(text)) if reason is Reason.AUTH_FAILED else (),
        new_address=_new_address(text) if reason is Reason.RECIPIENT_MOVED else None,
        urls=tuple(dict.fromkeys(url.rstrip(_URL_TRAIL) for url in _URL.findall(text))) if "http" in text else (),
        **listed,
    )


def _listing(words: Answer) -> dict[str, str | None]:
    """Read which list names which address, and where to look it up; of a list that nobody knows, its zone."""
    listed = _listed_address(words)
    known = find_list(words)
    if known is None:
        zone = _ZONE.search(words.text)
        return {"listed_value": listed, "blocklist": zone.group(1) if zone else None}
    pages = {name: _page(page, listed) for name, page in (("lookup_url", known.lookup), ("delist_url", known.delist))}
    return {"listed_value": listed, "blocklist": known.name, "blocklist_kind": known.kind, **pages}


def _page(page: str, listed: str | None) -> str | None:
    """Give a page of a list's; without an address the one without a search."""
    if listed is None and "{ip}" in page:
        page = page.partition("{ip}")[0].partition("?")[0]
    return page.replace("{ip}", listed or "") or None


def _listed_address(words: Answer) -> str | None:
    """
    Give the IP address that an answer blames: not the answering host's own, no time of day, no version number.

    One that stands in the words goes before one in a link, "?ip=192.0.2.1".
    """
    for text in (_URL.sub(" ", words.unframed), words.unframed):
        for match in _IP.finditer(text):
            if _is_address(match.group()):
                return match.group()
    return None


def _is_address(text: str) -> bool:
    from ipaddress import ip_address  # noqa: PLC0415 - 8 ms, and only refusals of hosts name one

    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _retry_after(text: str) -> int | None:
    match = _RETRY.search(text) or _GREYLISTED_FOR.search(text)
    if not match:
        return None
    return min(int(match.group(1)) * _UNITS[match.group(2)[0].lower()], _MAX_RETRY)


def _size_limit(text: str) -> int | None:
    if match := _SIZE.search(text):
        return int(float(match.group(1)) * _SIZE_UNITS[match.group(2)[0].lower()])
    match = _BARE_LIMIT.search(text)
    return int(match.group(1)) if match else None


def _message_size(text: str) -> int | None:
    match = _MESSAGE_SIZE.search(text)
    return int(match.group(1)) if match else None


def _new_address(text: str) -> str | None:
    match = _NEW_ADDRESS.search(text)
    return match.group(1) if match else None
