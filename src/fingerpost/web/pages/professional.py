"""The same case for the treating team: the whole trace, authorities beside each other, another day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from fingerpost.errors import Problem
from fingerpost.messages import gettext as _
from fingerpost.messages import marked
from fingerpost.options.beside import BESIDE, look_beside
from fingerpost.options.uses import COMPARED
from fingerpost.report.spoken import spoken
from fingerpost.report.text.head import AUTHORITIES
from fingerpost.terms import Answer
from fingerpost.web import found
from fingerpost.web.exchange import NotThere, Page, file
from fingerpost.web.told import is_english, placed

if TYPE_CHECKING:
    from starlette.responses import Response

    from fingerpost.options.model import OptionAnswer, Options
    from fingerpost.record.model import Record
    from fingerpost.report.option_said import Saying
    from fingerpost.report.plan_contract import PlanDocument
    from fingerpost.web.exchange import Exchange

# Whose options may be the main ones of the page; the others stand beside them.
_MAIN = {name: AUTHORITIES[name] for name in COMPARED}
_FIRST_DAY = dt.date(1990, 1, 1)
_LAST_YEARS = 5
# Why a fact that the record speaks of says nothing, each kind with its own next step.
ABSENCES = {
    "conflicting": marked("Findings that contradict each other"),
    "stale": marked("Results too old to count"),
    "pending": marked("Results awaited"),
    "not_tested": marked("Not tested"),
    "not_known": marked("Said not to be known"),
    "not_understood": marked("Not understood"),
    "not_applicable": marked("Said not to apply"),
    "not_stated": marked("Not stated"),
}
_MOST_MISSING = 12


# --- the whole case -----------------------------------------------------------------------


def overview(exchange: Exchange) -> Response:
    """The whole case at a glance; who is no professional is asked first."""
    if not exchange.is_professional:
        return exchange.page("professional_switch.html.jinja")
    return _page(exchange, "professional.html.jinja", (), {})


def authorities(exchange: Exchange) -> Response:
    """Every use of every authority, those that fit nowhere too."""
    if not exchange.is_professional:
        return exchange.page("professional_switch.html.jinja")
    return _page(exchange, "professional_authorities.html.jinja", (), {})


def _page(
    exchange: Exchange, template: str, problems: Sequence[Problem], sent: Mapping[str, str]
) -> Response:
    engine, answers = exchange.engine, exchange.session.answers
    options = spoken(engine.options(exchange.session))
    return exchange.page(
        template,
        status=422 if problems else 200,
        problems=problems,
        case=found.kept(exchange, "professional case", lambda: _case(exchange, options)),
        authorities=_MAIN,
        absences=ABSENCES,
        on=sent.get("on", options.on.isoformat()),
        case_on=options.on.isoformat(),
        authority=sent.get("authority", options.authority),
        another_day=answers.on is not None and answers.on != engine.today(),
    )


def _case(exchange: Exchange, options: Options) -> Mapping[str, Any]:
    """Everything that the page says of the case."""
    from fingerpost.report.authorities_said import authorities_said
    from fingerpost.report.documents import messages_said, saying_of, state_of
    from fingerpost.report.facts_said import fact_said
    from fingerpost.report.missing_said import missing_said
    from fingerpost.report.option_said import not_in_force_said
    from fingerpost.report.samples_said import samples_said
    from fingerpost.report.subtype import subtype_said
    from fingerpost.report.text.head import message_text
    from fingerpost.report.treatments import treatments_said
    from fingerpost.values import Absent

    knowledge, facts = options.knowledge, options.facts
    saying = saying_of(options)
    said = {name: fact_said(knowledge.facts[name], each) for name, each in facts.chosen.items()}
    told = {name: each for name, each in said.items() if each["findings"] or each["passed_over"]}
    judged = {name: exchange.engine.judged(facts, options.on, name) for name in BESIDE}
    verdicts = {name: each for found in judged.values() for name, each in found.verdicts.items()}
    uses = authorities_said(verdicts, knowledge, options.on)
    return {
        "knowledge": state_of(knowledge, options.on),
        "subtype": subtype_said(options, saying.reasons),
        "groups": _groups(options),
        "uses": [use for use in uses if use.is_open],
        "other_uses": [use for use in uses if not use.is_open],
        "guideline": [
            _line(each, options) for each in _guidelines(exchange, options) if _is_open(each)
        ],
        "not_in_force": [not_in_force_said(each, knowledge) for each in options.not_in_force],
        "facts": {n: f for n, f in told.items() if not isinstance(facts.chosen[n].value, Absent)},
        "presumed": {n: f for n, f in said.items() if n not in told and f["absence"] is None},
        "gaps": _gaps(told),
        "passed_over": {n: f for n, f in told.items() if f["passed_over"]},
        "treatments": treatments_said(facts, knowledge),
        "treatments_complete": facts.case.treatments_complete.value,
        "missing": [missing_said(each, saying) for each in options.missing.single[:_MOST_MISSING]],
        "missing_left": max(len(options.missing.single) - _MOST_MISSING, 0),
        "messages": [
            {
                "severity": said["severity"],
                "text": message_text({**said, "where": placed(said["where"])}),
            }
            | {"english": is_english(message.what)}
            for message, said in zip(
                dict.fromkeys(facts.messages), messages_said(facts), strict=True
            )
        ],
        "samples": samples_said(facts, knowledge),
        "moved": _since(exchange, options),
    }


def _gaps(told: Mapping[str, Any]) -> Mapping[str, Sequence[Any]]:
    """What the record speaks of and gives no value for, by why."""
    found = {kind: [f for f in told.values() if f["absence"] == kind] for kind in ABSENCES}
    return {kind: facts for kind, facts in found.items() if facts}


def _groups(options: Options) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    from fingerpost.report.verdicts_said import VERDICTS

    lines = [_line(each, options) for each in options.options]
    return {name: [line for line in lines if line["verdict"] == name] for name in VERDICTS}


def _line(answer: OptionAnswer, options: Options) -> Mapping[str, Any]:
    """An option as one line: its verdict, how its conditions were answered, and where they stand."""
    from fingerpost.report.option_said import first_day, heading_of

    window = answer.window
    source = options.knowledge.sources.get(window.source)
    return {
        "id": answer.option.id,
        "heading": heading_of(answer.option, options.knowledge),
        "setting": answer.option.setting,
        "verdict": answer.verdict.value,
        "met": sum(each.answer is Answer.YES for each in answer.criteria),
        "not_met": sum(each.answer is Answer.NO for each in answer.criteria),
        "open": sum(each.answer is Answer.UNKNOWN for each in answer.criteria),
        "status": window.status,
        "since": first_day(window),
        "section": window.section,
        "source": source.title if source else window.source,
        "state": answer.state,
    }


def _is_open(answer: OptionAnswer) -> bool:
    return answer.verdict in ("matches", "might_match", "not_yet")


def _guidelines(exchange: Exchange, options: Options) -> Sequence[OptionAnswer]:
    return _beside(exchange, options).guideline


def _beside(exchange: Exchange, options: Options) -> Options:
    """The same answer, with the word of every other authority of that day."""

    def look() -> Options:
        others = [exchange.engine.rules(options.on, name) for name in BESIDE]
        return spoken(look_beside(options, others))

    return found.kept(exchange, "professional beside", look)


def _since(exchange: Exchange, options: Options) -> Sequence[Mapping[str, Any]]:
    """What is otherwise for this person between the day asked about and today."""
    from fingerpost.options.moved import moved
    from fingerpost.report.verdicts_said import moved_said

    engine, answers = exchange.engine, exchange.session.answers
    today = engine.today()
    if options.on == today:
        return ()
    now = engine.facts(replace(answers, on=None))
    asked = engine.judged(options.facts, options.on, options.authority)
    current = engine.judged(now, today, options.authority)
    days = (asked, current) if options.on < today else (current, asked)
    return moved_said(moved(*days), options.knowledge)


# --- another day, another authority, another reader ---------------------------------------


def change(exchange: Exchange) -> Response:
    """Another day, another authority, or the switch to this page; then the page again."""
    answers = exchange.session.answers
    if exchange.text("switch"):
        answers.who = "professional"
        exchange.session.changed()
        return exchange.go("/professional")
    if not exchange.is_professional:
        return exchange.go("/professional")
    if exchange.text("back_to_today"):
        answers.on = None
        exchange.session.changed()
        return exchange.go("/professional")
    on, problems = _day(exchange)
    authority = exchange.text("authority")
    if authority not in _MAIN:
        what = _("choose one of these")
        problems = [*problems, Problem("no-answer", "authority", what, "", "")]
    if problems:
        sent = {"on": exchange.text("on")}
        return _page(exchange, "professional.html.jinja", problems, sent)
    with exchange.session.lock:
        answers.on = None if on == exchange.engine.today() else on
        answers.authority = authority
        exchange.session.changed()
    return exchange.go("/professional")


def _day(exchange: Exchange) -> tuple[dt.date | None, list[Problem]]:
    """The day that was asked for, or what is wrong with it."""
    last = exchange.engine.today().year + _LAST_YEARS
    try:
        on = dt.date.fromisoformat(exchange.text("on"))
    except ValueError:
        on = None
    if on is None or on < _FIRST_DAY or on.year > last:
        what = _("this is no day that can be asked about")
        advice = _("year, month and day, from 1990 on: 2026-11-22")
        return None, [Problem("wrong-value", "on", what, "", advice)]
    return on, []


# --- one option ---------------------------------------------------------------------------


def option(exchange: Exchange) -> Response:
    """One option with its whole trace."""
    if not exchange.is_professional:
        return exchange.page("professional_switch.html.jinja")
    options = spoken(exchange.engine.options(exchange.session))
    answer = _find(exchange, options)
    return exchange.page(
        "professional_option.html.jinja",
        on=options.on.isoformat(),
        **found.kept(
            exchange,
            f"professional option {answer.option.id}",
            lambda: _option(exchange, answer, options),
        ),
    )


def _find(exchange: Exchange, options: Options) -> OptionAnswer:
    wanted = exchange.given["id"]
    for each in (*options.options, *_guidelines(exchange, options)):
        if each.option.id == wanted:
            return each
    raise NotThere


def _option(exchange: Exchange, answer: OptionAnswer, options: Options) -> dict[str, Any]:
    from fingerpost.plan.make import make_plan
    from fingerpost.report.documents import source_said, state_of
    from fingerpost.report.option_said import option_said
    from fingerpost.report.plan_said import plan_document

    knowledge = options.knowledge
    saying = _saying(exchange, options)
    said = option_said(answer, saying)
    plan = plan_document(make_plan(_beside(exchange, options), answer.option.id), options)
    names = {said["source"], *(each["source"] for each in said["criteria"])}
    names |= {each["source"] or "" for each in (*said["cautions"], *said["trial_only"])}
    names |= {each["source"] or "" for each in said["evidence"]}
    gates = _gates(plan)
    names |= {each["source"] or "" for each in (*gates, *plan["given"], *plan["boxed"])}
    return {
        "option": said,
        "authority": _(AUTHORITIES.get(said["authority"], said["authority"])),
        "knowledge": state_of(knowledge, options.on),
        "derivations": saying.tracer.derivations() if saying.tracer else {},
        "wordings": _wordings(answer, saying),
        "given": plan["given"],
        "gates": gates,
        "boxed": plan["boxed"],
        "sources": {n: source_said(n, knowledge) for n in sorted(names & set(knowledge.sources))},
        "following": knowledge.following.checks,
    }


def _saying(exchange: Exchange, options: Options) -> Saying:
    from fingerpost.report.documents import saying_of
    from fingerpost.report.trace import Tracer

    base = found.kept(
        exchange, "professional saying", lambda: saying_of(_beside(exchange, options))
    )
    # A tracer of its own for each option: it tells what was reached, and that is of this option only.
    return replace(base, tracer=Tracer(options.facts.case, base.lexicon, base.reasons))


def _gates(plan: PlanDocument) -> list[dict[str, Any]]:
    """What the label wants to be seen before a dose, and what holds it: each once."""
    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    for day in plan["days"]:
        for check in day["checks"]:
            for why in check["why"]:
                if why["gate"]:
                    key = (check["label"], why["drug"], why["gate"])
                    found.setdefault(key, {**why, "check": check["label"], "wish": check["wish"]})
    return list(found.values())


def _wordings(answer: OptionAnswer, saying: Saying) -> list[dict[str, Any]]:
    """What the other authorities ask for the same use on this day, in their own words."""
    from fingerpost.knowledge.as_of import window_on
    from fingerpost.report.conditions_said import conditions_said

    options = saying.options
    judged = {each.option.id: each.verdict.value for each in options.elsewhere}
    own = {criterion.node for criterion in answer.window.criteria}
    found = []
    for other in saying.uses.of(answer.option):
        window = window_on(other, options.on)
        if other.id == answer.option.id or window is None:
            continue
        more = [criterion for criterion in window.criteria if criterion.node not in own]
        theirs = {criterion.node for criterion in window.criteria}
        less = [c for c in answer.window.criteria if c.node not in theirs]
        found.append(
            {
                "id": other.id,
                "authority": _(AUTHORITIES.get(other.authority, other.authority)),
                "status": window.status,
                "section": window.section,
                "state": window.date_state,
                "verdict": judged.get(other.id),
                "more": conditions_said(more, options.knowledge),
                "less": conditions_said(less, options.knowledge),
            }
        )
    return found


# --- files to keep ------------------------------------------------------------------------


def keep(exchange: Exchange) -> Response:
    """The case as a file; its name says nothing of anybody."""
    from fingerpost.report.documents import as_json, facts_document, options_document

    if not exchange.is_professional:
        return exchange.go("/professional")
    options = exchange.engine.options(exchange.session)
    match exchange.text("what"):
        case "options":
            made = options_document(_beside(exchange, options), explain=True)
            return file(as_json(made), "case.json", "application/json")
        case "facts":
            return file(as_json(facts_document(options)), "facts.json", "application/json")
        case "fhir":
            return file(_as_fhir(exchange, options), "case-fhir.json", "application/fhir+json")
        case _:
            raise NotThere


def _as_fhir(exchange: Exchange, options: Options) -> str:
    """What the record says as a FHIR Bundle that our own reader reads back."""
    from fingerpost.record.read import read_text
    from fingerpost.record.source_text import load
    from fingerpost.report.documents import as_json
    from fingerpost.report.fhir_bundle import fhir_bundle

    dictionaries = exchange.engine.dictionaries(options.on)

    def read(bundle: bytes) -> Record:
        return read_text(load(bundle, "case"), dictionaries)

    return as_json(fhir_bundle(options.facts, options.knowledge, read))


def keep_shown(exchange: Exchange) -> Response:
    """The buttons stand on the page of the case."""
    return exchange.go("/professional#keep")


PAGES: Sequence[Page] = (
    Page("/professional", overview, change),
    Page("/professional/keep", keep_shown, keep),
    Page("/professional/authorities", authorities),
    Page("/professional/{id}", option),
)
