"""Our own contract tests, for the authors of rules, dialects and catalogs: each gives the list of what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bounceclass.formats.smtp_reply import Answer
from bounceclass.reasons import Kind
from bounceclass.results import Delivery
from bounceclass.rules.decide import decide
from bounceclass.rules.rulebook import RuleBook

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bounceclass.results import Verdict
    from bounceclass.rules.rule import Case, Rule

__all__ = ["check_rules"]


def check_rules(rules: Iterable[Rule] | RuleBook) -> list[str]:
    """
    Let rules prove themselves against all rules.

    Args:
        rules: Rules of one's own, which are held against ours too; or a whole book.

    Returns:
        One sentence for each `fires` text that another rule wins and each `silent` text
        that the rule wins, with file and id; empty where all is well.
    """
    book = rules if isinstance(rules, RuleBook) else RuleBook.default().extend(rules)
    checked = book.rules if isinstance(rules, RuleBook) else tuple(book[rule.id] for rule in rules)
    problems = []
    for rule in checked:
        for case in rule.fires:
            winner = _winner(_judge(case, book))
            if winner != rule.id:
                problems.append(f"{rule.origin}: {rule.id}: fires: {case.text!r} is won by {winner or 'no rule'}")
        problems += [f"{rule.origin}: {rule.id}: silent: {case.text!r} is won by this rule" for case in rule.silent if _winner(_judge(case, book)) == rule.id]
    return problems


def _judge(case: Case, book: RuleBook) -> Verdict:
    answer = Answer(case.text)
    delivery = Delivery(
        recipient="",
        status=answer.status or None,
        reply_code=answer.reply_code,
        command=case.command or answer.command or None,
        diagnostic=case.text,
        remote_mta=case.remote or answer.host or None,
    )
    return decide(delivery, Kind.FAILURE, case.dialect or None, book)


def _winner(verdict: Verdict) -> str:
    return verdict.evidence[0].rule if verdict.evidence else ""
