"""
bounceclass: why a mail came back, whether the address is dead, and what to do.

>>> import bounceclass
>>> verdict = bounceclass.classify_reply("552 5.2.2 Mailbox full")
>>> verdict.reason.value, verdict.address.value, verdict.action.value
('mailbox_full', 'alive', 'retry')

`parse()` reads any bounce, `classify()` says why, `explain()` tells a person.
"""

# The list of names is literal, so that type checkers and readers see the same front door.

from bounceclass.advice.catalog import Catalog, load_catalog
from bounceclass.advice.explanation import Explanation, Step
from bounceclass.dialects.dialect import Capture, Clue, Dialect
from bounceclass.dialects.registry import Dialects
from bounceclass.errors import BounceclassError, CatalogError, PluginError, PluginWarning, RuleError
from bounceclass.mail.limits import Limits
from bounceclass.reasons import (
    REASONS,
    Action,
    AddressState,
    DefectCode,
    DeliveryAction,
    Kind,
    Party,
    Permanence,
    Reason,
    ReasonInfo,
)
from bounceclass.results import Defect, Delivery, Details, Evidence, Original, Report, Verdict
from bounceclass.rules.rule import Rule, load_rules
from bounceclass.rules.rulebook import RuleBook
from bounceclass.verbs import classify, classify_reply, explain, looks_like_report, parse

__all__ = [
    "REASONS",
    "Action",
    "AddressState",
    "BounceclassError",
    "Capture",
    "Catalog",
    "CatalogError",
    "Clue",
    "Defect",
    "DefectCode",
    "Delivery",
    "DeliveryAction",
    "Details",
    "Dialect",
    "Dialects",
    "Evidence",
    "Explanation",
    "Kind",
    "Limits",
    "Original",
    "Party",
    "Permanence",
    "PluginError",
    "PluginWarning",
    "Reason",
    "ReasonInfo",
    "Report",
    "Rule",
    "RuleBook",
    "RuleError",
    "Step",
    "Verdict",
    "classify",
    "classify_reply",
    "explain",
    "load_catalog",
    "load_rules",
    "looks_like_report",
    "parse",
]
