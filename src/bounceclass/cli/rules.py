"""`bounceclass rules`: check files of rules, show one, try a reply, learn from replies."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta

import click

from bounceclass.api import classify_reply
from bounceclass.cli.streams import Output
from bounceclass.cli.trace import verdict_lines
from bounceclass.errors import LearnedError, RuleError, TableError
from bounceclass.plugins import installed_rules
from bounceclass.rules.learned import load_learned
from bounceclass.rules.rule import load_rules
from bounceclass.testing import check_rules
from bounceclass.text.folding import safe_line

__all__ = ["rules"]


@click.group()
def rules() -> None:
    """Check rules of one's own, show one, try a reply, learn from replies."""


@rules.command("check")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
def check_command(files: tuple[str, ...]) -> None:
    """Let the rules of each FILE prove themselves against all rules; exit status 1 where one does not."""
    failed = False
    for name in files:
        try:
            found = load_rules(name)
            problems = check_rules(found)
        except RuleError as error:
            found, problems = [], [str(error)]
        for problem in problems:
            click.echo(safe_line(problem), err=True)
        failed = failed or bool(problems)
        if not problems:
            click.echo(f"{safe_line(name)}: {len(found)} {'rule' if len(found) == 1 else 'rules'}, all proven")
    if failed:
        sys.exit(1)


@rules.command("stale")
@click.option("--days", type=click.IntRange(0), default=2 * 365, metavar="N", help="How many days may have gone by, 730 by default.")
def stale_command(days: int) -> None:
    """List the rules that nobody has held against their sources for two years, with what to look at; exit status 1 where there are any."""
    oldest = (datetime.now(UTC).date() - timedelta(days=days)).isoformat()
    found = [rule for rule in installed_rules().rules if rule.checked < oldest]
    for rule in found:
        click.echo(safe_line(f"{rule.id}  {rule.checked or '-'}  {rule.source}"))
    if found:
        sys.exit(1)


@rules.command("show")
@click.argument("rule_id", metavar="ID")
def show_command(rule_id: str) -> None:
    """Print the rule of that ID: what it looks for, where it is from, what proves it; of a prefix, which rules there are."""
    book = installed_rules()
    try:
        rule = book[rule_id]
    except KeyError:
        ids = [known.id for known in book.rules if known.id.startswith(rule_id)]
        if not ids:
            sys.exit(f"bounceclass: there is no rule {safe_line(rule_id)}")
        click.echo("\n".join(ids))
        return
    rows: dict[str, list[str]] = {
        "id": [rule.id],
        "reason": [rule.reason],
        "precedence": [rule.precedence.name.lower()],
        "permanence": [rule.permanence] if rule.permanence else [],
        "priority": [str(rule.priority)],
        "provider": [rule.provider],
        "title": [rule.title],
        "any": [phrase.source for phrase in rule.any],
        "all": [phrase.source for phrase in rule.all],
        "unless": [phrase.source for phrase in rule.unless],
        **{key: list(getattr(rule, key)) for key in ("status", "reply", "remote", "dialects", "command")},
        "source": [rule.source],
        "since": [rule.since],
        "file": [rule.origin],
        "fires": [case.text for case in rule.fires],
        "silent": [case.text for case in rule.silent],
    }
    for key, texts in rows.items():
        for index, text in enumerate(text for text in texts if text):
            click.echo(f"{'' if index else key:10} {safe_line(text)}")


@rules.command("try")
@click.argument("reply")
@click.option("--remote", default=None, metavar="HOST", help="The host that said so.")
@click.option("--rules", "files", multiple=True, metavar="FILE", help="Rules of one's own, which go first.")
@click.option("--learned", "weights", default=None, metavar="FILE", help="What `rules learn` wrote, in the place of what is brought along.")
def try_command(reply: str, remote: str | None, files: tuple[str, ...], weights: str | None) -> None:
    """Say which rules, codes and learned words speak for a REPLY, in what order, and which decides."""
    book = installed_rules()
    try:
        for name in files:
            book = book.extend(load_rules(name))
        if weights:
            book = book.with_learned(load_learned(weights))
    except TableError as error:
        sys.exit(f"bounceclass: {safe_line(str(error))}")
    verdict = classify_reply(reply, remote_mta=remote, rules=book)
    if not verdict.evidence:
        click.echo("unknown: no rule and no code speaks")
        return
    for line in verdict_lines(verdict):
        click.echo(line)


@rules.command("learn")
@click.argument("labels", metavar="LABELS")
@click.option("--output", "-o", required=True, type=click.Path(dir_okay=False), metavar="FILE", help="Where the weights go.")
def learn_command(labels: str, output: str) -> None:
    """
    Teach the judge replies of one's own, beside what it knows.

    LABELS has a JSON object a line, {"text": "550 no such user", "reason": "user_unknown"}, and
    "command" where it is known.  Needs scipy: pip install 'bounceclass[learn]'.
    """
    try:
        from bounceclass.learning import read_examples, teach  # noqa: PLC0415 - scipy takes a second

        examples = read_examples(labels)
        text = teach(examples).to_json()
    except LearnedError as error:
        sys.exit(f"bounceclass: {safe_line(str(error))}")
    except ModuleNotFoundError as error:
        sys.exit(f"bounceclass: {error.name} is missing: pip install 'bounceclass[learn]'")
    with Output(output) as file:
        file.write(text)
    if file.failed:
        sys.exit(1)
    click.echo(f"{safe_line(output)}: {len(examples)} {'example' if len(examples) == 1 else 'examples'} learned")
