"""Our own contract tests, for the authors of rules, dialects, readers and catalogs: each gives the list of what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bounceclass.advice.catalog import Entry, find_catalog, read_catalog, table_faults
from bounceclass.advice.shape import DATES, PLACEHOLDER
from bounceclass.api import classify, parse
from bounceclass.errors import PluginError
from bounceclass.mail.limits import Limits
from bounceclass.mail.message import ParseLog, read
from bounceclass.model.vocabulary import Kind
from bounceclass.reading.dialects.interpret import decode
from bounceclass.reading.dialects.registry import Dialects, builtin_dialects
from bounceclass.reading.draft import check_draft
from bounceclass.reading.formats.reply import read_reply
from bounceclass.reading.parts import ReportParts
from bounceclass.reading.readers import open_mail
from bounceclass.reading.report import build_report
from bounceclass.rules.rulebook import RuleBook

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bounceclass.advice.catalog import Catalog
    from bounceclass.model.verdict import Verdict
    from bounceclass.reading.context import Reader
    from bounceclass.reading.dialects.dialect import Dialect
    from bounceclass.reading.draft import Draft
    from bounceclass.rules.rule import Case, Rule

__all__ = ["check_catalog", "check_dialect", "check_reader", "check_rules"]

# In how many places a mail is cut: bad mail never raises.
_CUTS: Final = 50
_NO_TEXTS: Final[Mapping[str, tuple[str, ...]]] = {"title": (), "summary": ()}


def check_rules(rules: Iterable[Rule] | RuleBook) -> list[str]:
    """
    Let rules prove themselves against all rules.

    Args:
        rules: Rules of one's own, which are held against ours too; or a whole book.

    Returns:
        One sentence for each `fires` text that another rule wins and each `silent` text
        that the rule wins, with file and id; empty where all is well.
    """
    if isinstance(rules, RuleBook):
        book, checked = rules, rules.rules
    else:
        own = tuple(rules)
        book = RuleBook.default().extend(own)
        checked = tuple(book[rule.id] for rule in own)
    book = book.with_learned(None)  # rules prove themselves; what was learned changes with each table of weights
    problems = []
    for rule in checked:
        for case in rule.fires:
            winner = _winner(_judge(case, book))
            if winner != rule.id:
                problems.append(f"{rule.origin}: {rule.id}: fires: {case.text!r} is won by {winner or 'no rule'}")
        problems += [f"{rule.origin}: {rule.id}: silent: {case.text!r} is won by this rule" for case in rule.silent if _winner(_judge(case, book)) == rule.id]
    return problems


def _judge(case: Case, book: RuleBook) -> Verdict:
    draft = read_reply(case.text, remote_mta=case.remote, command=case.command, dialect=case.dialect or None)
    return classify(build_report(draft, ParseLog(Limits())), rules=book)[0]


def _winner(verdict: Verdict) -> str:
    return verdict.evidence[0].rule if verdict.evidence else ""


def check_dialect(dialect: Dialect, mails: Mapping[str, tuple[bytes, Iterable[str]]]) -> list[str]:
    """
    Hold a dialect against the mails it was written for.

    Args:
        dialect: The table.
        mails: By any name, a mail and the addresses that it must find in it, in order; none for a
            mail of another server that it must leave alone.

    Returns:
        One sentence for each mail that it reads otherwise; empty where all is well.
    """
    try:
        dialects = Dialects([dialect])
    except PluginError as error:
        return [str(error)]
    problems = []
    for name, (octets, addresses) in mails.items():
        part, log = read(octets, Limits())
        parts = ReportParts(part, log)
        found = [draft.recipient for draft in decode(dialect, parts, 1_000)] if dialects.speaking(parts) else []
        if found != (wanted := list(addresses)):
            problems.append(f"{dialect.name}: {name}: finds {found}, not {wanted}")
        elif wanted and parse(octets, dialects=dialects).kind is Kind.OTHER:
            problems.append(
                f"{dialect.name}: {name}: nothing but the clues shows that it is a notice, no author and no subject: the dialect must be clues_suffice=True"
            )
    return problems


def check_reader(reader: Reader, mails: Mapping[str, tuple[bytes, Iterable[str] | None]]) -> list[str]:
    """
    Hold a reader against the mails it was written for.

    Args:
        reader: The reader.
        mails: By any name, a mail and the addresses that it must name in it, in order; None for a mail
            of another format, which it must leave to others.

    Returns:
        One sentence for each mail that it reads otherwise or fails at, and for each mail cut short that
        it fails at; empty where all is well.
    """
    problems = []
    for name, (octets, addresses) in mails.items():
        found = _ask(reader, octets)
        if isinstance(found, str):
            problems.append(f"{reader.name}: {name}: {found}")
        elif (named := found and [delivery.recipient for delivery in found.deliveries]) != (wanted := None if addresses is None else [*addresses]):
            problems.append(f"{reader.name}: {name}: names {named}, not {wanted}")
        cuts = (octets[: len(octets) * share // _CUTS] for share in range(_CUTS))
        if failed := next((told for cut in cuts if isinstance(told := _ask(reader, cut), str)), None):
            problems.append(f"{reader.name}: {name}: cut short: {failed}")
    return problems


def _ask(reader: Reader, octets: bytes) -> Draft | str | None:
    """Ask a reader alone; what it raises, or gives that is no draft, is told in words."""
    context = open_mail(octets, builtin_dialects(), Limits())
    try:
        answer = reader.read(context)
    except Exception as error:  # noqa: BLE001 - it is the author who must know
        return f"raises {error!r}"
    try:
        return check_draft(answer)
    except TypeError as error:
        return str(error)


def check_catalog(table: Mapping[str, Any], source: str = "catalog") -> list[str]:
    """
    Hold a whole catalog against the English one: the same keys, placeholders, steps and actors.

    Args:
        table: As TOML gives it; of our variants it may leave out `when`, and have variants of its own.
        source: Its name, for the sentences.

    Returns:
        One sentence for each key that is missing or unknown, each placeholder that is missing or unknown, and
        each step of another actor; empty where all is well.
    """
    faults = [str(fault) for fault in table_faults(table, source)]
    return faults or [f"{source}: {problem}" for problem in _differences(read_catalog(table, source), find_catalog("en"))]


def _differences(catalog: Catalog, english: Catalog) -> Iterable[str]:
    for key, entry in english.entries.items():
        yield from _entry_differences(key, entry, catalog.entries[key])
    variants = {variant.name: Entry(**{**_NO_TEXTS, **variant.texts}) for variant in catalog.variants}
    for variant in english.variants:
        if variant.name not in variants:
            yield f"variant: {variant.name}: missing"
        else:
            yield from _entry_differences(f"variant.{variant.name}", Entry(**{**_NO_TEXTS, **variant.texts}), variants[variant.name])
    for section in ("common", "checklist", "owner"):
        for name, texts in getattr(english, section).items():
            others = getattr(catalog, section)[name]
            if bool(texts) != bool(others):
                yield f"{section}: {name}: missing"
            yield from _placeholder_differences(f"{section}: {name}", texts, others)
    for name, text in english.labels.items():
        if name not in DATES:  # what a date is made of is the locale's own
            yield from _placeholder_differences(f"labels: {name}", (text,), (catalog.labels[name],))


def _entry_differences(key: str, entry: Entry, other: Entry) -> Iterable[str]:
    if [who for who, _ in other.steps] != [who for who, _ in entry.steps]:
        yield f"{key}: steps: the actors are not those of the English catalog"
        return
    for (_, texts), (_, others) in zip(entry.steps, other.steps, strict=True):
        yield from _placeholder_differences(f"{key}: steps", texts, others)
    for field in ("title", "summary", "cause", "resend", "instead", "cautions", "checks"):
        texts, others = getattr(entry, field), getattr(other, field)
        if bool(texts) != bool(others):
            yield f"{key}: {field}: {'missing' if texts else 'the English catalog has none'}"
        yield from _placeholder_differences(f"{key}: {field}", texts, others)


def _placeholder_differences(place: str, texts: Iterable[str], others: Iterable[str]) -> Iterable[str]:
    # How the reader is addressed is the locale's own.
    wanted, found = ({placeholder for text in group for placeholder in PLACEHOLDER.findall(text)} - {"you"} for group in (texts, others))
    for placeholder in sorted(wanted - found):
        yield f"{place}: placeholder {{{placeholder}}} is missing"
    for placeholder in sorted(found - wanted):
        yield f"{place}: the English catalog has no placeholder {{{placeholder}}} there"
