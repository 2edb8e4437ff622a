"""Two answers that do not usually go together: said once, at the moment they are given."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from fingerpost.criteria.nodes import CountTreatments, FactTerm
from fingerpost.web.exchange import Page
from fingerpost.web.pages.origins import is_own

if TYPE_CHECKING:
    from starlette.responses import Response

    from fingerpost.criteria.graph import Graph
    from fingerpost.options.model import Options
    from fingerpost.record.model import Finding, Message, Treatment
    from fingerpost.web.exchange import Exchange

# Where the page may lead on to; nothing else is taken from a form.
_ONWARD = frozenset({"/questions", "/check", "/results", "/treatments"})


def contradictions(exchange: Exchange) -> list[Message]:
    """What does not fit together in the answers as they stand."""
    options = exchange.engine.options(exchange.session)
    return [
        each
        for each in options.facts.messages
        if each.code == "contradicts"
        or (each.code.startswith("notice:") and each.severity == "warning")
    ]


def on_to(exchange: Exchange, to: str) -> str:
    """Where to go after an answer: to the page of this group first, if it does not fit to another."""
    seen = exchange.session.answers.seen
    if all(_key(each) in seen for each in contradictions(exchange)):
        return to
    return f"/two-answers?to={to.removeprefix('/')}"


def show(exchange: Exchange) -> Response:
    """Both answers, with the ways to change them."""
    seen = exchange.session.answers.seen
    fresh = [each for each in contradictions(exchange) if _key(each) not in seen]
    to = _to(exchange.query("to"))
    if not fresh:
        return exchange.go(to)
    told = [(each, ways(exchange, each)) for each in fresh]
    return exchange.page("conflict.html.jinja", told=told, to=to.removeprefix("/"))


def go_on(exchange: Exchange) -> Response:
    """Leave both as they are, and do not say it again."""
    session = exchange.session
    with session.lock:
        session.answers.seen.update(_key(each) for each in contradictions(exchange))
    return exchange.go(_to(exchange.text("to")))


def _to(name: str) -> str:
    return f"/{name}" if f"/{name}" in _ONWARD else "/check"


def _key(message: Message) -> str:
    return f"{message.code} {message.what}"


def contradicted(exchange: Exchange, facts: Collection[str]) -> frozenset[str]:
    """Those of some facts of which a file says what does not fit together with something else."""
    chosen = exchange.engine.options(exchange.session).facts.chosen
    told = contradictions(exchange)
    return frozenset(
        name
        for name in facts
        for finding in (*chosen[name].findings, *chosen[name].passed_over)
        if not is_own(finding.source) and any(_is_about(each, finding) for each in told)
    )


def _is_about(message: Message, told: Finding | Treatment) -> bool:
    """Whether a message names a place where this stood; a place may have a comma in it."""
    where = f", {message.where}, "
    prefix = f"{message.file}: " if message.file else ""
    return any(f", {place.removeprefix(prefix)}, " in where for place in told.places)


def ways(exchange: Exchange, message: Message) -> list[tuple[str, str]]:
    """The questions that a contradiction may come from: their words and their pages."""
    options = exchange.engine.options(exchange.session)
    interview = exchange.knowledge.following.interview.values()
    facts, of_treatments = _concerned(options, message)
    found = [
        (exchange.knowledge.facts[ask.fact].label, f"/questions/{ask.id}?back=check")
        for ask in interview
        if ask.fact is not None and facts & {ask.fact, ask.coarser}
    ]
    if of_treatments or not found:
        ask = next(a for a in interview if a.page == "treatments")
        found.append((ask.title or "", "/treatments?back=check"))
    return found


def _concerned(options: Options, message: Message) -> tuple[set[str], bool]:
    """The facts that something is known of and that a message is about; and whether treatments are."""
    known = {
        name: (*one.findings, *one.passed_over)
        for name, one in options.facts.chosen.items()
        if one.findings or one.passed_over
    }
    notice = options.knowledge.notices.get(message.code.removeprefix("notice:"))
    if notice is not None:
        read, of_treatments = _read(options.knowledge.graph, notice.node)
        return read & known.keys(), of_treatments and bool(options.facts.treatments)
    of_treatments = any(_is_about(message, each) for each in options.facts.treatments)
    named = {name for name, all_ in known.items() if any(_is_about(message, f) for f in all_)}
    return named, of_treatments


def _read(graph: Graph, node: int) -> tuple[set[str], bool]:
    """The facts that a condition reads, and whether it looks at treatments."""
    facts, of_treatments, seen, waiting = set(), False, set(), [node]
    while waiting:
        number = waiting.pop()
        if number in seen:
            continue
        seen.add(number)
        waiting += graph.parts[number]
        subject = getattr(graph.nodes[number], "subject", None)
        if isinstance(subject, FactTerm):
            facts.add(subject.name)
        of_treatments |= isinstance(graph.nodes[number], CountTreatments)
    return facts, of_treatments


PAGES: Sequence[Page] = (Page("/two-answers", show, go_on),)
