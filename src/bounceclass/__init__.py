"""
bounceclass: why a mail came back, whether the address is dead, and what to do.

>>> import bounceclass
>>> verdict = bounceclass.classify_reply("552 5.2.2 Mailbox full")
>>> verdict.reason.value, verdict.address_state.value, verdict.action.value
('mailbox_full', 'alive', 'retry')

`parse()` reads any bounce, `classify()` says why, `explain()` tells a person.  `check_address()` looks for typos
before a mail is sent, `assess()` tells real reports from forged ones, `survey()` tells what many mean together.
"""

# The list of names is literal, so that type checkers and readers see the same front door.

from importlib import import_module
from typing import TYPE_CHECKING

from bounceclass.api import assess, classify, classify_error, classify_reply, explain, looks_like_report, may_auto_reply, parse, parse_pasted, survey
from bounceclass.errors import BounceclassError, CatalogError, LearnedError, PayloadError, PluginError, PluginWarning, RedactionError, RuleError
from bounceclass.mail.limits import Limits
from bounceclass.model.reasons import REASONS, Reason, ReasonGroup, ReasonInfo
from bounceclass.model.report import Attachment, Defect, Delivery, Link, Original, Provenance, Report
from bounceclass.model.verdict import Details, Evidence, Verdict
from bounceclass.model.vocabulary import (
    Action,
    AddressState,
    Advice,
    Audience,
    Authenticity,
    Basis,
    DefectCode,
    DeliveryAction,
    Grounds,
    Kind,
    NoAnswer,
    Permanence,
    Responsible,
    Signature,
    Situation,
    Typo,
)
from bounceclass.reading.context import ParseContext, Reader
from bounceclass.reading.dialects.dialect import Capture, Clue, Dialect
from bounceclass.reading.dialects.registry import Dialects
from bounceclass.reading.dialects.shapes import line
from bounceclass.reading.draft import Draft, DraftDelivery
from bounceclass.rules.rule import Case, Precedence, Rule, load_rules
from bounceclass.rules.rulebook import RuleBook
from bounceclass.sources import Source

if TYPE_CHECKING:
    from bounceclass.advice.catalog import Catalog, Translations, catalog_texts, load_catalog, translate_catalog
    from bounceclass.advice.explanation import Explanation, Step
    from bounceclass.insight.addresses import check_address
    from bounceclass.insight.flood import Surveyor
    from bounceclass.insight.ledger import Ledger, Policy
    from bounceclass.insight.return_path import sign_return_path, verify_return_path
    from bounceclass.model.insight import AddressCheck, AddressStanding, Assessment, AutoReplyCheck, Count, Signal, SignedPath, Suggestion, Survey
    from bounceclass.redact import redact_mail
    from bounceclass.rules.learned import Learned, load_learned

# What no verdict needs is imported when somebody asks for it (PEP 562): a third of the time to the first one.
_LATER = {
    "advice.catalog": ("Catalog", "Translations", "catalog_texts", "load_catalog", "translate_catalog"),
    "advice.explanation": ("Explanation", "Step"),
    "insight.addresses": ("check_address",),
    "insight.flood": ("Surveyor",),
    "insight.ledger": ("Ledger", "Policy"),
    "insight.return_path": ("sign_return_path", "verify_return_path"),
    "model.insight": ("AddressCheck", "AddressStanding", "Assessment", "AutoReplyCheck", "Count", "Signal", "SignedPath", "Suggestion", "Survey"),
    "redact": ("redact_mail",),
    "rules.learned": ("Learned", "load_learned"),
}
_ROOMS = {name: room for room, names in _LATER.items() for name in names}

__version__ = "0.1.0"

__all__ = [
    "REASONS",
    "Action",
    "AddressCheck",
    "AddressStanding",
    "AddressState",
    "Advice",
    "Assessment",
    "Attachment",
    "Audience",
    "Authenticity",
    "AutoReplyCheck",
    "Basis",
    "BounceclassError",
    "Capture",
    "Case",
    "Catalog",
    "CatalogError",
    "Clue",
    "Count",
    "Defect",
    "DefectCode",
    "Delivery",
    "DeliveryAction",
    "Details",
    "Dialect",
    "Dialects",
    "Draft",
    "DraftDelivery",
    "Evidence",
    "Explanation",
    "Grounds",
    "Kind",
    "Learned",
    "LearnedError",
    "Ledger",
    "Limits",
    "Link",
    "NoAnswer",
    "Original",
    "ParseContext",
    "PayloadError",
    "Permanence",
    "PluginError",
    "PluginWarning",
    "Policy",
    "Precedence",
    "Provenance",
    "Reader",
    "Reason",
    "ReasonGroup",
    "ReasonInfo",
    "RedactionError",
    "Report",
    "Responsible",
    "Rule",
    "RuleBook",
    "RuleError",
    "Signal",
    "Signature",
    "SignedPath",
    "Situation",
    "Source",
    "Step",
    "Suggestion",
    "Survey",
    "Surveyor",
    "Translations",
    "Typo",
    "Verdict",
    "assess",
    "catalog_texts",
    "check_address",
    "classify",
    "classify_error",
    "classify_reply",
    "explain",
    "line",
    "load_catalog",
    "load_learned",
    "load_rules",
    "looks_like_report",
    "may_auto_reply",
    "parse",
    "parse_pasted",
    "redact_mail",
    "sign_return_path",
    "survey",
    "translate_catalog",
    "verify_return_path",
]


if not TYPE_CHECKING:  # to a type checker a name that is not there is an error

    def __getattr__(name: str) -> object:
        """Import a name that is asked for for the first time."""
        if name not in _ROOMS:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value: object = getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    """Name what is not yet imported as well."""
    return sorted({*globals(), *_ROOMS})
