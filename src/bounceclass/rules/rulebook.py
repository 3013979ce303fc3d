"""A set of rules, indexed so that hundreds cost what ten cost."""

from __future__ import annotations

from copy import copy
from functools import cache
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from bounceclass.errors import RuleError
from bounceclass.rules.rule import Precedence, Rule, builtin_rules
from bounceclass.text.phrases import Hit, PhraseIndex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bounceclass.rules.circumstance import Circumstance
    from bounceclass.rules.learned import Learned

__all__ = ["Match", "RuleBook"]


@frozen
class Match:
    """A rule that speaks, and the text in the folded diagnostic that made it speak ("" for its guards alone)."""

    rule: Rule
    excerpt: str = ""
    phrase: str = ""
    weight: int = 0

    @property
    def order(self) -> tuple[int, int, int, str]:
        """What sorts matches: precedence, priority, the longer text, the id; never the order of files."""
        return (self.rule.precedence, -self.rule.priority, -self.weight, self.rule.id)


class RuleBook:
    """
    Rules that judge together.

    Args:
        rules: In any order.
        learned: Who judges where no rule is sure, or who loads it when it is first needed; None for nobody.

    Raises:
        RuleError: Two rules have the same id.
    """

    def __init__(self, rules: Iterable[Rule], *, learned: Learned | Callable[[], Learned] | None = None) -> None:
        self._learned = learned
        self.rules: tuple[Rule, ...] = tuple(sorted(rules, key=lambda rule: rule.id))
        for one, other in zip(self.rules, self.rules[1:], strict=False):
            if one.id == other.id:
                raise RuleError(other.origin, other.id, "id", f"already given in {one.origin}")
        self._phrases = PhraseIndex((phrase, rule) for rule in self.rules for phrase in rule.any)
        self._vetoes: dict[str, PhraseIndex[None]] = {}
        self._by_code: dict[str, list[Rule]] = {}
        for rule in self.rules:
            if not rule.any:
                for code in rule.status or rule.reply:
                    self._by_code.setdefault(code, []).append(rule)

    @classmethod
    def default(cls) -> RuleBook:
        """Give the rules that bounceclass brings along."""
        return _default()

    def extend(self, rules: Iterable[Rule]) -> RuleBook:
        """
        Give a book with further rules, which go before the ones that are there.

        A rule with the id of one that is there takes its place.

        Raises:
            RuleError: Two of the new rules have the same id.
        """
        new = [evolve(rule, precedence=Precedence.USER) if rule.precedence is not Precedence.USER else rule for rule in rules]
        ids = {rule.id for rule in new}
        return RuleBook([rule for rule in self.rules if rule.id not in ids] + new, learned=self._learned)

    @property
    def learned(self) -> Learned | None:
        """Who judges where no rule is sure."""
        return self._learned() if callable(self._learned) else self._learned

    def with_learned(self, learned: Learned | None) -> RuleBook:
        """Give a book with the same rules, and another judge where no rule is sure; None for none."""
        book = copy(self)
        book._learned = learned  # noqa: SLF001 - a copy of its own
        return book

    def __getitem__(self, rule_id: str) -> Rule:
        """Give the rule of that id."""
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise KeyError(rule_id)

    def matches(self, here: Circumstance) -> list[Match]:
        """Give the rules that speak, the one that decides first."""
        best: dict[str, Match] = {}
        for hit in self._phrases.find(here.folded):
            rule = hit.owner
            known = best.get(rule.id)
            if (known is None or _longer(hit, known)) and self._speaks(rule, here):
                best[rule.id] = _match(hit, here)
        for rule in self._guarded(here):
            if self._speaks(rule, here):
                best[rule.id] = Match(rule)
        return sorted(best.values(), key=lambda match: match.order)

    def _speaks(self, rule: Rule, here: Circumstance) -> bool:
        """Tell whether a rule's guards hold and none of its vetoes does; those are indexed when they are first needed."""
        if not _holds(rule, here):
            return False
        if not rule.unless:
            return True
        vetoes = self._vetoes.get(rule.id)
        if vetoes is None:
            vetoes = self._vetoes[rule.id] = PhraseIndex((phrase, None) for phrase in rule.unless)
        return not vetoes.find(here.folded)

    def _guarded(self, here: Circumstance) -> Iterable[Rule]:
        """Give the rules without phrases that one of the codes calls up."""
        if here.status:
            digits = here.status[1:]
            subject = digits.rpartition(".")[0]
            for code in (here.status, f"X{digits}", f"{here.status[0]}{subject}.*", f"X{subject}.*"):
                yield from self._by_code.get(code, ())
        if here.reply:
            for code in (here.reply, f"{here.reply[0]}xx"):
                yield from self._by_code.get(code, ())


@cache
def _default() -> RuleBook:
    return RuleBook(builtin_rules(), learned=_builtin_learned)


def _builtin_learned() -> Learned:
    from bounceclass.rules.learned import builtin_learned  # noqa: PLC0415 - where rules are sure, nobody else is asked

    return builtin_learned()


def _longer(hit: Hit[Rule], known: Match) -> bool:
    """Prefer the longer phrase, then the alphabet: hits come in no order."""
    return (hit.phrase.weight, hit.phrase.source) > (known.weight, known.phrase)


def _match(hit: Hit[Rule], here: Circumstance) -> Match:
    return Match(hit.owner, here.folded.text[hit.start : hit.end], hit.phrase.source, hit.phrase.weight)


def _holds(rule: Rule, here: Circumstance) -> bool:
    """Tell whether a rule's guards hold."""
    return (
        (not rule.status or any(_is_status(code, here.status) for code in rule.status))
        and (not rule.reply or any(_is_reply(code, here.reply) for code in rule.reply))
        and (not rule.remote or any(_is_host(pattern, here.remote) for pattern in rule.remote))
        and (not rule.dialects or here.dialect in rule.dialects)
        and (not rule.command or here.command in rule.command)
        and all(phrase.find_in(here.folded) for phrase in rule.all)
    )


def _is_status(pattern: str, status: str) -> bool:
    if not status:
        return False
    if pattern[0] not in {"X", status[0]}:
        return False
    return pattern[1:] == status[1:] or (pattern.endswith("*") and status[1:].startswith(pattern[1:-1]))


def _is_reply(pattern: str, reply: str) -> bool:
    return bool(reply) and (pattern == reply or (pattern.endswith("xx") and pattern[0] == reply[0]))


def _is_host(pattern: str, host: str) -> bool:
    if pattern.startswith("*."):
        return host.endswith(pattern[1:]) or host == pattern[2:]
    return host == pattern
