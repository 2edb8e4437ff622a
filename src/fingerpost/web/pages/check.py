"""All answers on one page: what was said, where it is from, and what is still open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fingerpost.messages import gettext as _
from fingerpost.report.treatments import treatments_said
from fingerpost.report.values import value_words
from fingerpost.values import Absent
from fingerpost.web.exchange import Page
from fingerpost.web.interview import asks_in_order, facts_that_decide, open_asks
from fingerpost.web.pages.conflict import contradictions, ways
from fingerpost.web.pages.given import ABSENT
from fingerpost.web.pages.origins import is_own, origin_of, source_named
from fingerpost.web.pages.treatments import WHOLE

if TYPE_CHECKING:
    from starlette.responses import Response

    from fingerpost.facts.model import Chosen
    from fingerpost.knowledge.plan_model import Ask
    from fingerpost.options.model import Options
    from fingerpost.web.exchange import Exchange


@dataclass(frozen=True, slots=True)
class Row:
    """One answer: its question, what was answered, and where each part of it is from.

    `state` is "known", "not_known" (answered so) or "open" (not asked yet).
    """

    label: str
    words: str
    state: str
    origins: Sequence[str] = ()
    note: str = ""
    change: str = ""


@dataclass(slots=True)
class Part:
    """A section of the questions with its rows."""

    label: str
    rows: list[Row] = field(default_factory=list)


def show(exchange: Exchange) -> Response:
    """Everything that was answered or brought, and whether anything is worth answering still."""
    options = exchange.engine.options(exchange.session)
    answers = exchange.session.answers
    still_open = list(open_asks(options, answers))
    parts, left_out = _parts(exchange, options, {ask.id for ask in still_open})
    quarrels = contradictions(exchange)
    return exchange.page(
        "check.html.jinja",
        parts=parts,
        left_out=left_out,
        also=_also_read(exchange, options),
        quarrels=[(each, ways(exchange, each)) for each in quarrels],
        warnings=[
            each
            for each in options.facts.messages
            if each.severity == "warning" and each not in quarrels
        ],
        still_open=len(still_open),
        undecided=bool(facts_that_decide(options)),
        waiting=len(answers.waiting),
        empty=answers.is_empty,
    )


def _parts(
    exchange: Exchange, options: Options, still_open: set[str]
) -> tuple[list[Part], list[str]]:
    """The sections with what belongs into them, and what was not asked since it changes nothing."""
    following = exchange.knowledge.following
    parts = {
        each.id: Part(each.label)
        for each in sorted(following.sections.values(), key=lambda each: each.order)
    }
    left_out: list[str] = []
    # A question that is not for this person may still be open: only what decides nothing is said to.
    never_matter = options.knowledge.facts.keys() - facts_that_decide(options)
    said: set[str] = set()
    for ask in asks_in_order(options):
        # Two questions may share the answer that says less; it stands once.
        rows = [row for row in _rows(exchange, options, ask, still_open) if row.label not in said]
        said.update(row.label for row in rows if row.state != "open" and ask.page == "fact")
        parts[ask.section].rows += rows
        if not rows and ask.fact in never_matter and not _is_answered(options, ask):
            left_out.append(exchange.knowledge.facts[ask.fact].label)
    return [part for part in parts.values() if part.rows], left_out


def _rows(exchange: Exchange, options: Options, ask: Ask, still_open: set[str]) -> Iterator[Row]:
    if ask.page == "treatments":
        yield from _treatments(exchange, options, ask)
    elif ask.page == "matters":
        yield _matters(exchange, ask)
    else:
        yield from _answered(exchange, options, ask, still_open)


# --- one answer ---------------------------------------------------------------------------


def _answered(
    exchange: Exchange, options: Options, ask: Ask, still_open: set[str]
) -> Iterator[Row]:
    """The rows of a question: of its fact, and of the one that says less where that was answered."""
    change = f"/questions/{ask.id}?back=check"
    found = []
    for fact in (ask.fact, ask.coarser):
        chosen = options.facts.chosen.get(fact or "")
        if fact is not None and chosen is not None and (chosen.findings or chosen.passed_over):
            found.append(_row(exchange, fact, chosen, change))
    if found:
        yield from found
    elif ask.id in exchange.session.answers.done:
        yield Row(_label(exchange, ask), _("You left this out"), "not_known", change=change)
    elif ask.id in still_open:
        yield Row(_label(exchange, ask), _("Not answered yet"), "open", change=change)


def _is_answered(options: Options, ask: Ask) -> bool:
    chosen = [options.facts.chosen.get(fact or "") for fact in (ask.fact, ask.coarser)]
    return any(each is not None and each.findings for each in chosen)


def _label(exchange: Exchange, ask: Ask) -> str:
    return exchange.knowledge.facts[ask.fact or ""].label


def _row(exchange: Exchange, name: str, chosen: Chosen, change: str) -> Row:
    fact = exchange.knowledge.facts[name]
    findings = chosen.findings or chosen.passed_over
    origins = [origin_of(each) for each in findings]
    if isinstance(chosen.value, Absent):
        kind = chosen.value.kind.value
        words = _(ABSENT[kind]) if kind in ABSENT else _("Not known for certain")
        return Row(fact.label, words, "not_known", origins, chosen.note or "", change)
    words = value_words(chosen.value, fact)
    words = fact.steps.get(words, words)
    return Row(fact.label, words, "known", origins, chosen.note or "", change)


def _also_read(exchange: Exchange, options: Options) -> list[Row]:
    """What files told of facts that no question is about."""
    asked = {
        fact
        for ask in exchange.knowledge.following.interview.values()
        for fact in (ask.fact, ask.coarser)
    }
    return [
        _row(exchange, name, chosen, "")
        for name, chosen in options.facts.chosen.items()
        if name not in asked and chosen.findings
    ]


# --- treatments and what matters ----------------------------------------------------------


def _treatments(exchange: Exchange, options: Options, ask: Ask) -> Iterator[Row]:
    change = "/treatments?back=check"
    for treatment, said in zip(
        options.facts.treatments,
        treatments_said(options.facts, exchange.knowledge),
        strict=True,
    ):
        source = treatment.source
        origin = _("you told us") if is_own(source) else source_named(source.kind, source.file)
        yield Row(_("Treatment"), said["words"], "known", [origin], change=change)
    complete = options.facts.case.treatments_complete.value
    label = _("Is this every treatment so far?")
    if "treatments" not in exchange.session.answers.done and complete == "unknown":
        yield Row(ask.title or label, _("Not answered yet"), "open", change=change)
    elif not options.facts.treatments and complete == "yes":
        yield Row(ask.title or label, _("None"), "known", change=change)
    else:
        state = "not_known" if complete == "unknown" else "known"
        yield Row(label, _(WHOLE[complete]), state, change=change)


def _matters(exchange: Exchange, ask: Ask) -> Row:
    answers, known = exchange.session.answers, exchange.knowledge.following.matters
    words = ", ".join(known[each].label for each in answers.matters)
    if not words:
        words = _("Nothing ticked") if ask.id in answers.done else _("Not answered yet")
    state = "known" if ask.id in answers.done else "open"
    return Row(ask.title or "", words, state, change="/matters")


PAGES: Sequence[Page] = (Page("/check", show),)
