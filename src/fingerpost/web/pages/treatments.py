"""The treatments so far: added one by one, in the person's own words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import fingerpost
from fingerpost.errors import Problem, RecordError
from fingerpost.messages import gettext as _
from fingerpost.messages import marked
from fingerpost.report.treatments import treatments_said
from fingerpost.web.answers import date_written
from fingerpost.web.exchange import NotThere, Page
from fingerpost.web.pages.conflict import on_to
from fingerpost.web.told import told_problems

if TYPE_CHECKING:
    from starlette.responses import Response

    from fingerpost.record.drugs.model import NamedDrugs, NamedPart
    from fingerpost.web.answers import Form
    from fingerpost.web.exchange import Exchange

WHOLE = {
    "yes": marked("Yes, this is every treatment"),
    "no": marked("No, some are missing here"),
    "unknown": marked("I do not know"),
}
_SAID: Mapping[str, bool | str] = {"yes": True, "no": False, "unknown": "unknown"}
GROWN = {"yes": marked("Yes"), "no": marked("No"), "": marked("I do not know")}
_FIELDS = (
    *("drugs", "setting", "start_year", "start_month", "end_year", "end_month"),
    *("ongoing", "end_reason", "progression"),
)
_MOST = 60


@dataclass(frozen=True, slots=True)
class Listed:
    """A treatment in the list: as it was understood, and how it can be changed."""

    words: str
    source: str
    told: Sequence[NamedPart]
    change: str = ""
    leave_out: str = ""


# --- the list -----------------------------------------------------------------------------


def show(exchange: Exchange) -> Response:
    """Every treatment so far, and whether that is all."""
    return _list(exchange, ())


def finish(exchange: Exchange) -> Response:
    """Take whether the list is whole, or that there was no treatment, and go on."""
    session = exchange.session
    answers, whole = session.answers, exchange.text("whole")
    nothing = bool(exchange.text("none"))
    some = bool(answers.treatments) or any(each.treatments for each in answers.brought)
    if nothing and some:
        what = _("The list holds treatments. Remove them first if you have had none.")
        return _list(exchange, [Problem("no-answer", "whole", what)])
    if not nothing and whole not in _SAID:
        what = _("Say whether this is every treatment. “I do not know” is fine.")
        return _list(exchange, [Problem("no-answer", "whole", what)])
    with session.lock:
        answers.treatments_complete = True if nothing else _SAID[whole]
        answers.done.add("treatments")
        session.changed()
    return exchange.go(on_to(exchange, "/check" if exchange.text("back") else "/questions"))


def leave_out(exchange: Exchange) -> Response:
    """Leave out a treatment that a file tells of."""
    session = exchange.session
    with session.lock:
        for number, record in enumerate(session.answers.brought):
            kept = tuple(
                each
                for place, each in enumerate(record.treatments)
                if exchange.text("which") != f"{number}-{place}"
            )
            session.answers.brought[number] = replace(record, treatments=kept)
        session.changed()
    return exchange.go("/treatments")


def _list(exchange: Exchange, problems: Sequence[Problem]) -> Response:
    answers = exchange.session.answers
    said = next((name for name, v in _SAID.items() if v is answers.treatments_complete), "")
    if answers.treatments_complete == "unknown":
        said = "unknown"
    following = exchange.knowledge.following
    return exchange.page(
        "treatments.html.jinja",
        status=422 if problems else 200,
        ask=next(each for each in following.interview.values() if each.page == "treatments"),
        listed=[*_own(exchange), *_brought(exchange)],
        whole=WHOLE,
        given=exchange.text("whole") or said,
        back=exchange.text("back") or exchange.query("back"),
        problems=problems,
    )


def _own(exchange: Exchange) -> Iterator[Listed]:
    """The person's own treatments, as the reader of records understood them."""
    options = exchange.engine.options(exchange.session)
    words = {
        each["source"]: each["words"] for each in treatments_said(options.facts, exchange.knowledge)
    }
    for number, form in enumerate(exchange.session.answers.treatments):
        told = [part for name in form["drugs"] for part in _read(exchange, name).parts]
        place = f"treatments[{number}]"
        found = next((said for source, said in words.items() if place in source), "")
        yield Listed(
            found or ", ".join(form["drugs"]),
            _("you told us"),
            [part for part in told if part.certainty != "certain"],
            change=f"/treatments/{number + 1}",
        )


def _brought(exchange: Exchange) -> Iterator[Listed]:
    knowledge = exchange.engine.knowledge
    for number, record in enumerate(exchange.session.answers.brought):
        if not record.treatments:
            continue
        facts = fingerpost.derive(record, knowledge, exchange.engine.day(exchange.session.answers))
        for place, said in enumerate(treatments_said(facts, exchange.knowledge)):
            source = _("from %(file)s", file=record.name)
            yield Listed(said["words"], source, (), leave_out=f"{number}-{place}")


# --- one treatment ------------------------------------------------------------------------


def new(exchange: Exchange) -> Response:
    """An empty form for one treatment."""
    return _one(exchange, {}, ())


def add(exchange: Exchange) -> Response:
    """Add one treatment, if it can be read."""
    if len(exchange.session.answers.treatments) >= _MOST:
        what = _("The list is full. Put medicines that were given together into one entry.")
        return _one(exchange, _sent(exchange), [Problem("too-many", "drugs", what)])
    return _keep(exchange, None)


def one(exchange: Exchange) -> Response:
    """The form of a treatment that was added before."""
    return _one(exchange, _as_fields(exchange.session.answers.treatments[_number(exchange)]), ())


def change(exchange: Exchange) -> Response:
    """Change a treatment, or remove it."""
    number, session = _number(exchange), exchange.session
    if not exchange.text("remove"):
        return _keep(exchange, number)
    with session.lock:
        del session.answers.treatments[number]
        session.changed()
    return exchange.go("/treatments")


def _number(exchange: Exchange) -> int:
    given = exchange.given["number"]
    if not (given.isdecimal() and len(given) < 4):
        raise NotThere
    number = int(given) - 1
    if not 0 <= number < len(exchange.session.answers.treatments):
        raise NotThere
    return number


def _keep(exchange: Exchange, number: int | None) -> Response:
    sent = _sent(exchange)
    if not sent["drugs"]:
        what = _(
            "Write which medicines or which treatment it was. A family such as chemotherapy will do."
        )
        return _one(exchange, sent, [Problem("no-answer", "drugs", what)])
    drugs = _chosen(exchange, _read(exchange, sent["drugs"]), sent["drugs"])
    if drugs is None:
        return _one(exchange, sent, (), unsure=_unsure(_read(exchange, sent["drugs"])))
    form = _as_form(sent, drugs)
    session = exchange.session
    with session.lock:
        before = list(session.answers.treatments)
        if number is None:
            session.answers.treatments.append(form)
        else:
            session.answers.treatments[number] = form
        session.changed()
        try:
            exchange.engine.options(session)
        except RecordError as error:
            session.answers.treatments = before
            session.changed()
            return _one(
                exchange,
                sent,
                [_beside_field(each) for each in told_problems(error.problems, exchange.knowledge)],
            )
    return exchange.go(on_to(exchange, "/treatments"))


def _beside_field(problem: Problem) -> Problem:
    """A problem of the reader of forms, at the field of this page that it is about."""
    name = problem.where.rsplit(".", 1)[-1]
    field = {"start": "start_year", "end": "end_year"}.get(name, name)
    return replace(problem, where=field if field in _FIELDS else "drugs")


def _one(
    exchange: Exchange,
    given: Mapping[str, str],
    problems: Sequence[Problem],
    unsure: Sequence[tuple[int, NamedPart]] = (),
) -> Response:
    known = exchange.knowledge.attributes
    return exchange.page(
        "treatment.html.jinja",
        status=422 if problems else 200,
        given={**dict.fromkeys(_FIELDS, ""), **given},
        is_new=exchange.path.endswith("/new"),
        settings={**known["setting"].values, "": _("I do not know")},
        reasons={**known["end_reason"].values, "": _("I do not know")},
        grown=GROWN,
        names=sorted(each.name for each in exchange.knowledge.drugs.values()),
        unsure=unsure,
        problems=problems,
    )


# --- names --------------------------------------------------------------------------------


def _read(exchange: Exchange, words: str) -> NamedDrugs:
    engine = exchange.engine
    return engine.dictionaries(engine.day(exchange.session.answers)).names.read(words)


def _unsure(named: NamedDrugs) -> list[tuple[int, NamedPart]]:
    """The names to ask about: those that fit none, and those that were read as another word."""
    return [(at, part) for at, part in enumerate(named.parts) if part.certainty != "certain"]


def _chosen(exchange: Exchange, named: NamedDrugs, words: str) -> list[str] | None:
    """The names as they will be kept; None while the person has not said what was meant.

    What was asked about is replaced in place by what was chosen; all else stays as it was written.
    """
    asked = _unsure(named)
    if not asked:
        return [words]
    if exchange.text("asked") != words:
        return None
    kept = []
    for at, part in enumerate(named.parts):
        known = {part.known_as, *part.candidates}
        wanted = exchange.text(f"meant-{at}")
        kept.append(wanted if part.certainty != "certain" and wanted in known else part.words)
    return kept


# --- between the fields of the page and a form ---------------------------------------------


def _sent(exchange: Exchange) -> dict[str, str]:
    return {name: exchange.text(name) for name in _FIELDS}


def _as_form(sent: Mapping[str, str], drugs: list[str]) -> Form:
    form: dict[str, Any] = {"drugs": drugs}
    for name in ("setting", "progression"):
        if sent[name]:
            form[name] = sent[name]
    if sent["start_year"] or sent["start_month"]:
        form["start"] = date_written(sent["start_year"], sent["start_month"])
    if sent["ongoing"]:
        return {**form, "ongoing": "yes"}
    if sent["end_year"] or sent["end_month"]:
        form["end"] = date_written(sent["end_year"], sent["end_month"])
    if sent["end_reason"]:
        form["end_reason"] = sent["end_reason"]
    return form


def _as_fields(form: Form) -> dict[str, str]:
    fields: dict[str, str] = {
        name: str(form[name]) for name in ("setting", "progression", "end_reason") if name in form
    }
    for which in ("start", "end"):
        year, _dash, month = str(form.get(which, "")).partition("-")
        fields |= {f"{which}_year": year, f"{which}_month": month}
    return {
        **fields,
        "drugs": ", ".join(form["drugs"]),
        "ongoing": "yes" if form.get("ongoing") else "",
    }


PAGES: Sequence[Page] = (
    Page("/treatments", show, finish),
    Page("/treatments/new", new, add),
    Page("/treatments/leave-out", show, leave_out),
    Page("/treatments/{number}", one, change),
)
