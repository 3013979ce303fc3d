"""
Slips in addresses: what somebody probably meant to write.  Nothing is looked up, nothing is rewritten.

A domain that is well known itself is never doubted.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from os.path import commonprefix
from typing import TYPE_CHECKING, Final

from attrs import frozen

from bounceclass.model.insight import AddressCheck, Suggestion
from bounceclass.model.vocabulary import Typo
from bounceclass.regex import regex
from bounceclass.tables import read_table
from bounceclass.text.folding import replace_surrogates

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["check_address", "suggest_address"]

_LONGEST: Final = 320
_LONGEST_READ: Final = 1_000
_MOST: Final = 3
# Below these lengths of a domain's longest label a near name is as likely somebody else's: "aol" and "all".
_LABEL_FOR_ONE: Final = 5
_LABEL_FOR_TWO: Final = 6
_LONGEST_DOMAIN: Final = 40
_PLAIN: Final = regex(r"\A[A-Za-z0-9_+.-]++@(?:[A-Za-z0-9-]++\.)++[A-Za-z0-9-]++")
# What stands around an address where it was copied from.
_MARKS: Final = regex(r"(?i)\A\s*+(?:mailto:|[<'(\[])\s*+|(?<![\s>;,')\]])\s*+[>;,')\]]++\s*+\Z")
_FULL_STOPS: Final = str.maketrans("。．｡", "...")
_DOTS: Final = regex(r"\.{2,}")
_LOOKALIKES: Final = (("0", "o"), ("1", "l"), ("rn", "m"), ("vv", "w"))
# A brand with this many homes may have one more that we do not know; one with less has not.
_MANY_HOMES: Final = 3
# The endings that are countries', yet hardly ever meant: what is left of .com.
_RESTS_OF_COM: Final = frozenset({"co", "cm", "om"})


@frozen(kw_only=True)
class _Domains:
    """The table of domains, ready to be asked."""

    meant: tuple[str, ...]
    known: frozenset[str]
    sole: Mapping[str, str]
    confused: tuple[str, ...]
    typos: Mapping[str, str]
    endings: Mapping[str, str]
    undotted: Mapping[str, str]
    lookalikes: Mapping[str, str]
    letters: tuple[int, ...]
    brands: frozenset[str]


@cache
def _domains() -> _Domains:
    table = read_table("insight/data", "domains")
    meant = tuple(table["meant"])
    known = frozenset([*meant, *table["known"]])
    labels = [domain.partition(".")[0] for domain in known]
    return _Domains(
        meant=meant,
        known=known,
        sole={domain.partition(".")[0]: domain for domain in table["sole"]},
        confused=tuple(table["confused"]),
        typos=table["typos"],
        endings=table["endings"],
        undotted={domain.replace(".", ""): domain for domain in reversed(meant)},
        lookalikes={_alike(domain): domain for domain in reversed(meant)},
        letters=tuple(_letters(domain) for domain in meant),
        brands=frozenset(label for label in labels if labels.count(label) >= _MANY_HOMES),
    )


def check_address(address: str) -> AddressCheck:
    """
    Check an address before mail is sent to it.

    Args:
        address: As somebody typed it.

    Returns:
        email-validator's verdict on its syntax, and what it was probably meant to be, with the typo.
        Where it is as it should be there are no suggestions.

    Raises:
        TypeError: `address` is no str.
    """
    if not isinstance(address, str):
        raise TypeError(f"check_address() takes str, not {type(address).__name__}")
    address = replace_surrogates(address)  # half a character is none, and no output could carry it
    normalized, problem = _validate(address)
    return AddressCheck(address=address, normalized=normalized, problem=problem, suggestions=_suggestions(address))


def suggest_address(address: str) -> str | None:
    """Give the likeliest of what an address was meant to be; None where nothing seems wrong."""
    return next((suggestion.address for suggestion in _suggestions(address)), None)


def _validate(address: str) -> tuple[str | None, str]:
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 - 25 ms, and not for `import bounceclass`

    try:
        return validate_email(address[:_LONGEST_READ], check_deliverability=False, allow_quoted_local=True).normalized, ""
    except (EmailNotValidError, ValueError) as error:
        return None, str(error)


def _suggestions(address: str) -> tuple[Suggestion, ...]:
    if len(address) > _LONGEST:
        return ()
    cleaned, typo = _clean(address)
    local, at, domain = cleaned.rpartition("@")
    if not at or not local or not domain or "@" in local:
        return ()
    meant = dict(_meant(domain.lower()))
    if not meant and typo:
        meant = {domain: typo}
    found = (Suggestion(f"{local}@{other}", typo) for other, typo in meant.items())
    return tuple(suggestion for suggestion in found if _validate(suggestion.address)[0])[:_MOST]


def _clean(address: str) -> tuple[str, Typo | None]:
    """Undo what a keyboard or a clipboard adds; the typo is the first that was found."""
    if _PLAIN.fullmatch(address):  # as nearly all are
        return address, None
    typos: list[Typo] = []

    def undo(text: str, cleaned: str, typo: Typo) -> str:
        if cleaned != text:
            typos.append(typo)
        return cleaned

    address = undo(address, _MARKS.sub("", address), Typo.MARKS)
    if not address.startswith('"'):  # blanks within quotes belong to the address
        address = undo(address, "".join(address.split()), Typo.BLANK)
    address = undo(address, unicodedata.normalize("NFKC", address.translate(_FULL_STOPS)), Typo.FULL_WIDTH)
    local, at, domain = address.rpartition("@")
    domain = undo(domain, domain.replace(",", "."), Typo.COMMA)
    domain = undo(domain, _DOTS.sub(".", domain).strip("."), Typo.DOTS)
    return f"{local}{at}{domain}", typos[0] if typos else None


@lru_cache(maxsize=4_096)
def _meant(domain: str) -> tuple[tuple[str, Typo], ...]:
    """Give the domains that one was probably meant to be, likeliest first."""
    domains = _domains()
    if domain in domains.typos:
        return ((domains.typos[domain], Typo.ENDING),)
    if domain in domains.known or len(domain) > _LONGEST_DOMAIN or _is_below(domain, domains.known):
        return ()
    exact = {
        Typo.MISSING_DOT: domains.undotted.get(domain.replace(".", "")),
        Typo.DIGIT: domains.lookalikes.get(_alike(domain)),
        Typo.ENDING: _home(domain, domains),
    }
    for typo, other in exact.items():
        if other:
            return ((other, typo),)
    fixed = _with_ending(domain, domains.endings)
    if fixed in domains.known:
        return ((fixed, Typo.ENDING),)
    near = _near(fixed or domain, domains)
    return tuple((other, Typo.MISSPELT) for other in near) or (((fixed, Typo.ENDING),) if fixed else ())


def _is_below(domain: str, known: frozenset[str]) -> bool:
    """Tell whether a domain is a part of a known one, as "abc.ezweb.ne.jp" is."""
    rest = domain.partition(".")[2]
    while "." in rest:
        if rest in known:
            return True
        rest = rest.partition(".")[2]
    return False


def _home(domain: str, domains: _Domains) -> str | None:
    """Give the domain of which only the ending is another: of a brand with one home, cut short, or confused."""
    label, dot, _ = domain.partition(".")
    if dot and label in domains.sole:
        return domains.sole[label]
    rest = next((domain.removesuffix(ending) for ending in domains.confused if domain.endswith(ending)), None)
    exchanged = [rest + ending for ending in domains.confused if rest and rest + ending in domains.meant]
    return next((other for other in (*exchanged, *domains.meant) if other in exchanged or other.startswith(f"{domain}.")), None)


def _with_ending(domain: str, endings: Mapping[str, str]) -> str:
    """Put another ending in place of one in a table; "" where it has none of them.  The longest is tried first."""
    labels = domain.split(".")
    for start in (-2, -1):
        ending = "." + ".".join(labels[start:])
        if len(labels) > -start and ending in endings:
            return domain.removesuffix(ending) + endings[ending]
    return ""


def _alike(text: str) -> str:
    for written, meant in _LOOKALIKES:
        text = text.replace(written, meant)
    return text


def _letters(domain: str) -> int:
    """Give which letters a domain has, each a bit."""
    bits = 0
    for letter in domain:
        bits |= 1 << (ord(letter) & 63)
    return bits


def _near(domain: str, domains: _Domains) -> list[str]:
    """Give the domains at a distance that their lengths allow, nearest first."""
    letters = _letters(domain)
    # Two changes put two letters in the place of two others at the most: the few that may be near are measured.
    likely = [
        other
        for other, bits in zip(domains.meant, domains.letters, strict=True)
        if (letters ^ bits).bit_count() <= 4 and -2 <= len(other) - len(domain) <= 2 and _may_be(domain, other, domains)  # noqa: PLR2004 - see above
    ]
    distances = {other: _distance(domain, other) for other in likely}
    near = [other for other, distance in distances.items() if distance <= _allowed(other)]
    return sorted(near, key=distances.__getitem__)


def _may_be(domain: str, other: str, domains: _Domains) -> bool:
    """Tell whether one can stand for the other: a brand of many countries has homes that we do not know."""
    label, _, ending = domain.partition(".")
    same_brand = label == other.partition(".")[0]
    return bool(ending) and (not same_brand or label not in domains.brands or ending in _RESTS_OF_COM)


def _allowed(other: str) -> int:
    label = max(other.split(".")[:-1], key=len)
    return 2 if len(label) >= _LABEL_FOR_TWO else 1 if len(label) >= _LABEL_FOR_ONE else 0


def _distance(one: str, other: str) -> int:
    """
    Count letters left out, added, changed or exchanged with their neighbour (Damerau and Levenshtein, each letter once).

    Twenty lines for what takes a library 40 ms to import; the tests hold it against one.
    """
    same = len(commonprefix((one, other)))  # noqa: RUF071 - letters are what is compared
    one, other = one[same:], other[same:]
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        here = [row]
        for column, its in enumerate(other, 1):
            steps = min(last[column], here[column - 1]) + 1
            steps = min(steps, last[column - 1] + (letter != its))
            if row > 1 and column > 1 and letter == other[column - 2] and its == one[row - 2]:
                steps = min(steps, before[column - 2] + 1)
            here.append(steps)
        before, last = last, here
    return last[-1]
