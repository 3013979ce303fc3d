"""
The few exceptions: a mail never raises one, a bad table does, when it is loaded.

Each names where the fault stands: file (or plugin), id of the entry, field.
"""

from __future__ import annotations

__all__ = ["BounceclassError", "CatalogError", "LearnedError", "PayloadError", "PluginError", "PluginWarning", "RedactionError", "RuleError", "TableError"]


class BounceclassError(Exception):
    """The base of all exceptions that bounceclass raises on purpose."""


class PayloadError(BounceclassError, ValueError):
    """What a sending service is said to have called with, and cannot be one of its events."""


class RedactionError(BounceclassError, ValueError):
    """A mail in which people cannot be hidden without changing what is made of it."""


class TableError(BounceclassError, ValueError):
    """
    A table of rules, of texts or of a dialect that cannot be used.

    Attributes:
        source: The file, or the plugin, that holds the entry.
        entry: The id of the entry; "" where the fault is the whole file's.
        field: The field of the entry; "" where the fault is the whole entry's.
        problem: What is wrong, one sentence without its full stop.
    """

    def __init__(self, source: str, entry: str, field: str, problem: str) -> None:
        self.source = source
        self.entry = entry
        self.field = field
        self.problem = problem
        super().__init__(": ".join(word for word in (source, entry, field, problem) if word))


class RuleError(TableError):
    """A rule that cannot be used."""


class CatalogError(TableError):
    """A catalog of texts that cannot be used."""


class LearnedError(TableError):
    """A table of weights, or examples to learn from, that cannot be used."""


class PluginWarning(UserWarning):
    """A plugin that cannot be loaded is left out."""


class PluginError(TableError):
    """A plugin that cannot be loaded; `source` names its distribution and entry point."""
