"""`bounceclass scan --html`: one page to look at, complete in itself, in the words of a catalog."""

from __future__ import annotations

import io
import warnings
from datetime import date, timedelta
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

import matplotlib as mpl
from jinja2 import Environment, PackageLoader
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from rich.cells import cell_len, set_cell_size

from bounceclass.advice.placeholders import placeholders_of_survey, title
from bounceclass.api import explain
from bounceclass.model.verdict import Verdict
from bounceclass.model.vocabulary import Audience, Situation
from bounceclass.providers import provider_title
from bounceclass.regex import regex
from bounceclass.text.folding import safe_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from bounceclass.advice.catalog import Catalog
    from bounceclass.cli.summary import Answer, Summary
    from bounceclass.model.insight import Count
    from bounceclass.model.reasons import Reason

__all__ = ["make_page"]

_BARS: Final = 12
_MOST_TIMES: Final = 62
_MOST_ANSWERS: Final = 200
_MOST_DEAD: Final = 500
_WIDTH: Final = 4.6  # inches: as wide as a phone's screen is in points
_LABEL: Final = 44  # columns
_COLOUR: Final = "#2f6690"
_INK: Final = "#1d2733"
_STYLE: Final[Any] = {"svg.fonttype": "none", "svg.hashsalt": "bounceclass", "font.size": 9.5, "font.family": "sans-serif"}
_FONT: Final = regex(r"font: ([0-9.]+px) [^;\"]+")
_WEB_FONT: Final = r"font: \1 system-ui, 'Segoe UI', 'Hiragino Sans', 'Noto Sans CJK JP', 'Noto Sans JP', 'Yu Gothic UI', Meiryo, sans-serif"

Rows = list[tuple[str, int]]


def make_page(summary: Summary, catalog: Catalog) -> str:
    """Write the page: dead addresses first, then plots, the sender's own faults, folded, and each distinct answer once."""
    found, words, colon = summary.survey(), catalog.page, catalog.labels["colon"]
    answers = summary.most_frequent()
    environment = Environment(loader=PackageLoader("bounceclass", "cli/writers"), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    plots = {
        "reasons": _bars([(title(f"reason.{row.name}", catalog), row.count) for row in found.by_reason]),
        "days": _days(found.by_day),
        "domains": _bars([(row.name, row.count) for row in found.by_domain]),
        "providers": _bars([(provider_title(row.name), row.count) for row in found.by_provider]),
    }
    return environment.get_template("page.html.j2").render(
        locale=catalog.locale,
        page=words,
        colon=colon,
        period=placeholders_of_survey(found, catalog)["period"],
        cards=[(words[name], number) for name, number in _cards(summary).items()],
        # Whose mail it was is not asked here: "unclear" would only frighten the owner of a list.
        situation=None if found.situation is Situation.UNCLEAR else explain(found, catalog=catalog),
        faults=[_fault(reason, count, answers, catalog) for reason, count in summary.faults.most_common()],
        plots=[(words[name], plot) for name, plot in plots.items() if plot],
        dead=[(safe_line(address), title(f"reason.{reason}", catalog)) for address, reason in summary.dead[:_MOST_DEAD]],
        dead_count=summary.dead_count,
        dead_shown=words["shown"].replace("{count}", str(_MOST_DEAD)),
        answers=[{"count": a.count, "reason": title(f"reason.{a.reason}", catalog), "text": safe_line(a.text)} for a in answers[:_MOST_ANSWERS]],
        answers_count=len(answers),
        answers_shown=words["shown"].replace("{count}", str(_MOST_ANSWERS)),
        version=version("bounceclass"),
    )


def _cards(summary: Summary) -> dict[str, int]:
    found = summary.survey()
    return {"mails": summary.mails, "reports": found.reports, "failures": found.failures, "dead": summary.dead_count}


def _fault(reason: Reason, count: int, answers: Sequence[Answer], catalog: Catalog) -> dict[str, Any]:
    """Tell of one fault of the sender's own: what to do, whichever server it was, and the answer that came most often."""
    info = reason.info
    verdict = Verdict(
        recipient="",
        reason=reason,
        permanence=info.permanence,
        address_state=info.address_state,
        responsible=info.responsible,
        action=info.action,
        confidence=1.0,
    )
    told = explain(verdict, catalog=catalog, audience=Audience.LIST_OWNER)
    answer = next((safe_line(item.text) for item in answers if item.reason is reason), "")
    return {"count": count, "title": told.title, "cause": told.cause, "steps": told.steps, "answer": answer}


# -- plots -------------------------------------------------------------------------------------


def _bars(rows: Rows) -> str:
    """Draw one bar a row, its name above it: names are long, and a phone is narrow."""
    rows = rows[:_BARS]
    if not rows:
        return ""
    figure, axes = _figure(0.42 * len(rows) + 0.1)
    most = max(count for _, count in rows)
    axes.barh(range(len(rows)), [count for _, count in rows], height=0.36, color=_COLOUR)
    for place, (name, count) in enumerate(rows):
        axes.text(0, place - 0.28, _shortened(name), va="bottom", ha="left", color=_INK)
        axes.text(count + most * 0.015, place, str(count), va="center", ha="left", color=_INK)
    axes.set_ylim(len(rows) - 0.6, -0.85)
    axes.set_xlim(0, most * 1.12)
    axes.axis("off")
    return _svg(figure)


def _days(days: tuple[Count, ...]) -> str:
    """Draw reports day by day, or by month or year where the time is long; times without any have their place too."""
    rows = _by_time(days)
    if not rows:
        return ""
    figure, axes = _figure(2.4, (0.09, 0.13, 0.89, 0.82))
    axes.bar(range(len(rows)), [count for _, count in rows], width=0.8, color=_COLOUR)
    step = max(1, len(rows) // 4)
    axes.set_xticks(range(0, len(rows), step), [name for name, _ in rows][::step])
    axes.spines[["top", "right"]].set_visible(False)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
    axes.tick_params(colors=_INK, length=3)
    return _svg(figure)


def _by_time(days: tuple[Count, ...]) -> Rows:
    counted = {date.fromisoformat(row.name): row.count for row in days}
    if not counted:
        return []
    first, last = min(counted), max(counted)
    span = [first + timedelta(number) for number in range((last - first).days + 1)]
    for form in ("%Y-%m-%d", "%Y-%m", "%Y"):
        counts = dict.fromkeys((f"{day:{form}}" for day in span), 0)
        if len(counts) <= _MOST_TIMES:
            break
    for day, count in counted.items():
        counts[f"{day:{form}}"] += count
    return [*counts.items()][-_MOST_TIMES:]


def _figure(height: float, place: tuple[float, float, float, float] = (0, 0, 1, 1)) -> tuple[Figure, Axes]:
    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=(_WIDTH, height))
        axes = figure.add_axes(place)
    return figure, axes


def _shortened(name: str) -> str:
    return name if cell_len(name) <= _LABEL else set_cell_size(name, _LABEL - 1).rstrip() + "…"


def _svg(figure: Figure) -> str:
    """Write a figure as an SVG element whose text is text, in the page's own fonts."""
    with io.StringIO() as out, mpl.rc_context(_STYLE), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a font without Japanese on this machine: the reader's browser has one
        figure.savefig(out, format="svg", transparent=True, metadata={"Date": None})
        text = out.getvalue()
    return _FONT.sub(_WEB_FONT, text[text.index("<svg") :])
