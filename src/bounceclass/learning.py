"""
Teaching the judge: examples of answers with their reasons, and a table of weights made of them.

    examples = read_examples("labels.jsonl")
    learned = teach(examples)

Needs scipy: `pip install bounceclass[learn]`.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any, Final

from attrs import evolve

from bounceclass.errors import LearnedError
from bounceclass.model.reasons import Reason
from bounceclass.reading.smtp_reply import SmtpReply
from bounceclass.rules.learned import builtin_learned
from bounceclass.rules.rulebook import RuleBook
from bounceclass.rules.training import Example, examples_of, train
from bounceclass.text.nearest import there_are

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from os import PathLike

    from bounceclass.rules.learned import Learned

__all__ = ["example_of", "read_examples", "teach"]

_KEYS: Final = frozenset({"text", "reason", "command", "language", "count"})
# A site's own corrections against what stands in the phrases of rules, which keep the judge from forgetting.
_OF_SITE: Final = 3.0


def example_of(text: str, reason: Reason, command: str = "") -> Example:
    """Give an answer as an example, with the codes that stand in it."""
    answer = SmtpReply(text)
    return Example(text=text, reason=reason, status=answer.status, reply=str(answer.reply_code or ""), command=command or answer.command)


def read_examples(path: str | PathLike[str]) -> list[Example]:
    """
    Read examples: a JSON object a line, `{"text": "550 no such user", "reason": "user_unknown"}`.

    `command`, the SMTP command that was answered, may stand there too, and `language` and `count`, which are for people.

    Raises:
        LearnedError: The file cannot be read, or a line of it cannot be used; it names file, line and field.
    """
    name = os.path.basename(path)  # noqa: PTH119 - pathlib costs 7 ms to import
    examples = []
    try:
        with open(path, encoding="utf-8") as file:  # noqa: PTH123 - as above
            for number, line in enumerate(file, 1):
                if line.strip():
                    examples.append(_read_line(line, name, f"line {number}"))
    except (OSError, UnicodeDecodeError) as error:
        raise LearnedError(name, "", "", str(error)) from error
    if not examples:
        raise LearnedError(name, "", "", "holds no example")
    return examples


def _read_line(line: str, source: str, entry: str) -> Example:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise LearnedError(source, entry, "", f"is no JSON: {error}") from error
    for field, problem in _problems(row):
        raise LearnedError(source, entry, field, problem)
    return example_of(row["text"], Reason(row["reason"]), row.get("command", ""))


def _problems(row: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - whatever stands in the line
    if not isinstance(row, dict):
        yield "", "must be an object"
        return
    yield from ((key, "unknown key") for key in sorted(row.keys() - _KEYS))
    for key in ("text", "reason"):
        if not isinstance(row.get(key), str) or not row[key].strip():
            yield key, "must be a text"
    yield from ((key, "must be a text") for key in ("command", "language") if not isinstance(row.get(key, ""), str))
    if row.get("reason") not in {*Reason}:
        yield "reason", f"{row.get('reason')!r} is no reason; {there_are(row.get('reason'), Reason)}"


def teach(examples: Sequence[Example], *, base: Learned | None = None) -> Learned:
    """
    Make a judge that knows what ours knows, and a site's own examples.

    Args:
        examples: The site's own; one of a kind is enough to be learned.
        base: The judge to start from; None for ours.
    """
    ours = base or builtin_learned()
    own = [evolve(example, weight=_OF_SITE) for example in examples]
    return train([*own, *examples_of(RuleBook.default().rules)], base=ours, made_of=f"{ours.made_of}; {len(examples)} examples of a site's own")
