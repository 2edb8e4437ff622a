"""What one other answer would change: it is tried, shown, and kept only when the person says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

import fingerpost
from fingerpost.errors import Problem, RecordError
from fingerpost.knowledge.plan_model import Ask
from fingerpost.messages import gettext as _
from fingerpost.options.moved import moved
from fingerpost.report.spoken import spoken
from fingerpost.report.verdicts_said import VERDICTS, moved_said
from fingerpost.terms import Answer
from fingerpost.values import Absent, Choice, Value
from fingerpost.web.exchange import NotThere, Page
from fingerpost.web.interview import facts_that_decide
from fingerpost.web.pages.given import (
    EMPTY,
    choices,
    given_in,
    refused,
    sent_in,
    written_before,
)
from fingerpost.web.pages.questions import asked

if TYPE_CHECKING:
    from starlette.responses import Response

    from fingerpost.facts.model import Facts
    from fingerpost.options.model import Judged, Options
    from fingerpost.record.model import Treatment
    from fingerpost.web.answers import Answers
    from fingerpost.web.exchange import Exchange
    from fingerpost.web.pages.given import Fields

# What of a treatment can be tried otherwise; the values stand with the attributes in the knowledge.
TRIED = ("end_reason", "progression", "ongoing", "setting")
# What is said of an end of a treatment that goes on, or of a course that did not end so.
_ENDS = ("end", "end_reason")
_OPEN = frozenset({"matches", "might_match", "not_yet"})
_TRIED = "what if"
_TRIED_OF = "what if treatment"


# --- which answer could be another --------------------------------------------------------


def overview(exchange: Exchange) -> Response:
    """The answers that could be tried: those that may decide something first."""
    options = exchange.engine.options(exchange.session)
    deciding, answered = _facts(exchange, options)
    return exchange.page(
        "what_if_list.html.jinja",
        deciding=deciding,
        answered=answered,
        treatments=_names(options.facts, options),
    )


def _facts(
    exchange: Exchange, options: Options
) -> tuple[Sequence[Mapping[str, str]], Sequence[Mapping[str, str]]]:
    """The facts that could decide something, the most deciding first; and all that were answered."""
    ranked = [fact for missing in options.missing.single for fact in missing.facts]
    ranked += sorted(facts_that_decide(options) - set(ranked))
    chosen = options.facts.chosen
    known = [name for name, each in chosen.items() if each.findings or each.passed_over]
    first = [name for name in ranked if name not in known or isinstance(chosen[name].value, Absent)]
    deciding = _lines(exchange, first)
    there = {line["fact"] for line in deciding}
    return deciding, [line for line in _lines(exchange, known) if line["fact"] not in there]


def _lines(exchange: Exchange, names: Iterable[str]) -> list[Mapping[str, str]]:
    """Each fact once, under the question that is asked about it."""
    facts = exchange.knowledge.facts
    asks = {name: _ask_about(exchange, name) for name in names if name in facts}
    own = dict.fromkeys(ask.fact or "" for ask in asks.values())
    return [{"fact": name, "label": facts[name].label} for name in own]


def _ask_about(exchange: Exchange, name: str) -> Ask:
    """The question of the interview about a fact; one of our own where it has none."""
    for ask in exchange.knowledge.following.interview.values():
        if ask.page == "fact" and name in (ask.fact, ask.coarser):
            return ask
    return Ask(name, "", 0, "fact", name, None, False, None, "", None, None, "")


# --- one fact -----------------------------------------------------------------------------


def show(exchange: Exchange) -> Response:
    """One fact with its possible answers; and what the tried one would change."""
    ask = _given_ask(exchange)
    tried = _tried(exchange, ask)
    result = None if tried is None else tried["result"]
    return _page(exchange, ask, _shown(exchange, ask), result, ())


def _tried(exchange: Exchange, ask: Ask) -> Mapping[str, Any] | None:
    return cast("Mapping[str, Any] | None", exchange.session.kept.get(f"{_TRIED} {ask.id}"))


def _shown(exchange: Exchange, ask: Ask) -> Fields:
    """What the fields of the page hold: what was tried last, or what was answered."""
    tried = _tried(exchange, ask)
    return written_before(exchange, ask) if tried is None else tried["sent"]


def attempt(exchange: Exchange) -> Response:
    """Try an answer, or make it the person's own."""
    ask = _given_ask(exchange)
    today = exchange.engine.day(exchange.session.answers)
    given, problem = given_in(exchange, ask, _shown(exchange, ask), undated=today)
    if problem is not None:
        return _page(exchange, ask, sent_in(exchange), None, [problem])
    with exchange.session.lock:
        other = _with(exchange.session.answers, ask, given)
        try:
            facts = exchange.engine.facts(other)
        except RecordError as error:
            said = refused(error.problems, ask.fact or "", exchange)
            return _page(exchange, ask, sent_in(exchange), None, said)
        if exchange.text("mine"):
            return _keep(exchange, ask, other)
        result = _result(exchange, facts)
        kept = {"sent": written_before(exchange, ask, given), "result": result}
        exchange.session.kept[f"{_TRIED} {ask.id}"] = kept
    return exchange.go(f"/what-if/{ask.fact}#result")


def _given_ask(exchange: Exchange) -> Ask:
    name = exchange.given["fact"]
    if name not in exchange.knowledge.facts:
        raise NotThere
    return _ask_about(exchange, name)


def _with(answers: Answers, ask: Ask, given: Mapping[str, Any]) -> Answers:
    """The answers with another one to this question, instead of whatever was said of it before."""
    about = frozenset(name for name in (ask.fact, ask.coarser) if name is not None)
    facts = {name: value for name, value in answers.facts.items() if name not in about}
    return replace(answers, facts={**facts, **given}, set_aside=answers.set_aside | about)


def _keep(exchange: Exchange, ask: Ask, other: Answers) -> Response:
    answers = exchange.session.answers
    answers.facts, answers.set_aside = other.facts, other.set_aside
    answers.done.add(ask.id)
    exchange.session.changed()
    return exchange.go("/results")


def _page(
    exchange: Exchange,
    ask: Ask,
    written: Mapping[str, Any],
    result: object,
    problems: Sequence[Problem],
) -> Response:
    return exchange.page(
        "what_if.html.jinja",
        status=422 if problems else 200,
        problems=problems,
        asked=asked(exchange, ask),
        written={**EMPTY, **written},
        result=result,
        now=_now(exchange, ask),
    )


def _now(exchange: Exchange, ask: Ask) -> str:
    """What is known of it now, in words."""
    from fingerpost.report.facts_said import fact_said

    options = exchange.engine.options(exchange.session)
    for name in (ask.fact, ask.coarser):
        chosen = options.facts.chosen.get(name or "")
        if chosen is not None and not isinstance(chosen.value, Absent):
            return fact_said(exchange.knowledge.facts[name or ""], chosen)["words"]
    return _("not known")


# --- what moves ---------------------------------------------------------------------------


def _result(exchange: Exchange, facts: Facts) -> Mapping[str, Any]:
    """Which options would move, from where to where, why; and the cautions that would turn."""
    options = exchange.engine.options(exchange.session)
    before = exchange.engine.judged(options.facts, options.on, options.authority)
    after = exchange.engine.judged(facts, options.on, options.authority)
    found = moved_said(moved(before, after), options.knowledge)
    return {
        "moved": found,
        "groups": {
            name: sum(each["after"] == name for each in found)
            for name in VERDICTS
            if any(each["after"] == name for each in found)
        },
        "stay": len(after.verdicts) - len(found),
        "cautions": _cautions(before, after),
    }


def _cautions(before: Judged, after: Judged) -> Sequence[Mapping[str, str]]:
    """The cautions that come or go, of options that are still open."""
    concerned = {
        name
        for rule in after.rules
        if after.verdicts[rule.option.id] in _OPEN
        for name in rule.cautions
    }
    return [
        {"text": spoken(new.caution).text, "before": old.answer.value, "after": new.answer.value}
        | {"state": new.caution.state}
        for name, new in after.cautions.items()
        if name in concerned
        and (old := before.cautions[name]).answer is not new.answer
        and Answer.YES in (old.answer, new.answer)
    ]


# --- one treatment ------------------------------------------------------------------------


def treatment_shown(exchange: Exchange) -> Response:
    """One treatment, and what of it could have gone otherwise."""
    number = _number(exchange)
    tried = cast("Mapping[str, Any] | None", exchange.session.kept.get(f"{_TRIED_OF} {number}"))
    if tried is None:
        return _treatment_page(exchange, number, {}, None, ())
    return _treatment_page(exchange, number, tried["sent"], tried["result"], ())


def treatment_tried(exchange: Exchange) -> Response:
    """Try one treatment that went otherwise."""
    number = _number(exchange)
    wanted = {name: exchange.text(name) for name in TRIED}
    known = exchange.knowledge.attributes
    picked = {n: v for n, v in wanted.items() if v in choices(known[n])}
    if not picked:
        what = _("Choose at least one thing that would be otherwise.")
        problem = Problem("no-answer", TRIED[0], what, "", "")
        return _treatment_page(exchange, number, wanted, None, [problem])
    with exchange.session.lock:
        result = _result(exchange, _facts_with(exchange, number, picked))
        kept = {"sent": wanted, "result": result}
        exchange.session.kept[f"{_TRIED_OF} {number}"] = kept
    return exchange.go(f"/what-if/treatments/{number}#result")


def _number(exchange: Exchange) -> int:
    written = exchange.given["number"]
    there = len(exchange.engine.options(exchange.session).facts.treatments)
    if not written.isdecimal() or not 1 <= int(written) <= there:
        raise NotThere
    return int(written)


def _facts_with(exchange: Exchange, number: int, picked: Mapping[str, str]) -> Facts:
    """What would be known if that treatment had gone so."""
    engine, answers = exchange.engine, exchange.session.answers
    on = engine.day(answers)
    record = answers.record(engine.knowledge, engine.dictionaries(on))
    treatments = list(record.treatments)
    treatments[number - 1] = _otherwise(treatments[number - 1], picked)
    other = replace(record, treatments=tuple(treatments))
    return fingerpost.derive(other, engine.knowledge, on)


def _otherwise(treatment: Treatment, picked: Mapping[str, str]) -> Treatment:
    """The treatment with what was picked, and without what could not be said beside it."""
    attributes: dict[str, Value] = dict(treatment.attributes)
    if picked.get("ongoing") == "yes":
        attributes = {name: v for name, v in attributes.items() if name not in _ENDS}
    if "end_reason" in picked and "ongoing" not in picked:
        attributes["ongoing"] = Choice(frozenset({"no"}))
    if "end_reason" in picked and "progression" not in picked:
        # Whether it grew is then read from the reason, as in any record.
        attributes.pop("progression", None)
        attributes.pop("best_response", None)
    attributes |= {name: Choice(frozenset({value})) for name, value in picked.items()}
    return replace(treatment, attributes=attributes)


def _treatment_page(
    exchange: Exchange,
    number: int,
    sent: Mapping[str, str],
    result: object,
    problems: Sequence[Problem],
) -> Response:
    options = exchange.engine.options(exchange.session)
    known = exchange.knowledge.attributes
    return exchange.page(
        "what_if_treatment.html.jinja",
        status=422 if problems else 200,
        problems=problems,
        number=number,
        treatment=_names(options.facts, options)[number - 1],
        parts={
            name: (known[name].plain or known[name].label, choices(known[name])) for name in TRIED
        },
        sent={name: sent.get(name, "") for name in TRIED},
        result=result,
    )


def _names(facts: Facts, options: Options) -> Sequence[Mapping[str, str]]:
    from fingerpost.report.treatments import treatments_said

    said = treatments_said(facts, spoken(options.knowledge))
    return [{"number": str(each["number"]), "words": each["words"]} for each in said]


PAGES: Sequence[Page] = (
    Page("/what-if", overview),
    Page("/what-if/treatments/{number}", treatment_shown, treatment_tried),
    Page("/what-if/{fact}", show, attempt),
)
