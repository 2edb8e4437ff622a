"""The treatments so far: added one by one, in the person's own words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import fingerpost
from fingerpost.errors import Problem, RecordError
from fingerpost.messages import gettext as _
from fingerpost.messages import marked, resaid
from fingerpost.record.drugs.model import SET_ASIDE
from fingerpost.record.drugs.told import are_in_turn
from fingerpost.record.form.treatments import kinds_named
from fingerpost.record.form.twice import may_be_the_same
from fingerpost.report.treatments import treatments_said
from fingerpost.web.answers import OWN
from fingerpost.web.exchange import NotThere, Page
from fingerpost.web.pages.conflict import on_to
from fingerpost.web.pages.questions import previous
from fingerpost.web.pages.treatment_form import (
    FIELDS,
    as_fields,
    as_form,
    names_in,
    problems_of,
    sent_in,
)
from fingerpost.web.pages.treatment_names import (
    AS_WRITTEN,
    chosen_of,
    no_treatment,
    not_said,
    read,
    unsure_of,
)
from fingerpost.web.told import told_problems

if TYPE_CHECKING:
    from starlette.responses import Response

    from fingerpost.knowledge.plan_model import Ask
    from fingerpost.record.drugs.model import NamedPart
    from fingerpost.record.model import Treatment
    from fingerpost.web.answers import Form
    from fingerpost.web.exchange import Exchange

WHOLE = {
    "yes": marked("Yes, this is every treatment"),
    "no": marked("No, some are missing here"),
    "unknown": marked("I do not know"),
}
_SAID: Mapping[str, bool | str] = {"yes": True, "no": False, "unknown": "unknown"}
GROWN = {"yes": marked("Yes"), "no": marked("No"), "": marked("I do not know")}
_MOST = 60
# Pages that lead here and want to be come back to; the interview goes on by itself.
_BACK = {"check": "/check", "results": "/results"}
_OF_THE_FORM = frozenset({None, OWN})


@dataclass(frozen=True, slots=True)
class Listed:
    """A treatment in the list: as it was understood, and how it can be changed.

    `notes` say how a name was read; `is_operation` leads to the question that asks for the operation.
    """

    words: str
    source: str
    notes: Sequence[str] = ()
    change: str = ""
    leave_out: str = ""
    is_operation: bool = False


@dataclass(frozen=True, slots=True)
class Twin:
    """A treatment of the list that may be the one that is being added."""

    words: str
    source: str


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
    return exchange.go(on_to(exchange, _BACK.get(_back(exchange), "/questions")))


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
    return exchange.go(_to_list(exchange))


def _back(exchange: Exchange) -> str:
    """The page that led here, where it wants to be come back to."""
    back = exchange.text("back") or exchange.query("back")
    return back if back in _BACK else ""


def _with_back(exchange: Exchange, path: str) -> str:
    back = _back(exchange)
    return f"{path}?back={back}" if back else path


def _to_list(exchange: Exchange) -> str:
    return _with_back(exchange, "/treatments")


def _ask(exchange: Exchange) -> Ask:
    interview = exchange.knowledge.following.interview.values()
    return next(each for each in interview if each.page == "treatments")


def _list(exchange: Exchange, problems: Sequence[Problem]) -> Response:
    answers = exchange.session.answers
    said = next((name for name, v in _SAID.items() if v is answers.treatments_complete), "")
    if answers.treatments_complete == "unknown":
        said = "unknown"
    ask, back = _ask(exchange), _back(exchange)
    messages = exchange.engine.options(exchange.session).facts.messages
    return exchange.page(
        "treatments.html.jinja",
        status=422 if problems else 200,
        ask=ask,
        listed=[*_own(exchange), *_brought(exchange)],
        twice=[each for each in messages if each.code == "listed_twice"],
        whole=WHOLE,
        given=exchange.text("whole") or said,
        back=back,
        previous=_BACK.get(back) or previous(exchange, ask),
        new=_with_back(exchange, "/treatments/new"),
        problems=problems,
    )


def _own(exchange: Exchange) -> Iterator[Listed]:
    """The person's own treatments, as the reader of records understood them."""
    options = exchange.engine.options(exchange.session)
    said = treatments_said(options.facts, exchange.knowledge)
    for number, form in enumerate(exchange.session.answers.treatments):
        at = next(
            (at for at, each in enumerate(options.facts.treatments) if _is_own(each, number)), None
        )
        names = names_in(form)
        yield Listed(
            names if at is None else said[at]["words"],
            _("you told us"),
            [*_notes(exchange, form)],
            change=_with_back(exchange, f"/treatments/{number + 1}"),
            is_operation="surgery" in kinds_named(names),
        )


def _is_own(treatment: Treatment, number: int) -> bool:
    """Whether a treatment of the record is the one that stands at this place of the list."""
    return any(
        each.kind == "form"
        and each.file in _OF_THE_FORM
        and each.reference == f"treatments[{number}]"
        for each in treatment.sources
    )


def _notes(exchange: Exchange, form: Form) -> Iterator[str]:
    """How the names of a treatment were read, where that is not plain."""
    for part in (part for name in form["drugs"] for part in read(exchange, name).parts):
        if part.certainty != "certain":
            yield _("You wrote “%(words)s”: %(why)s.", words=part.words, why=resaid(part.why))
        elif kinds_named(part.words):
            yield _(
                "“%(words)s” is no medicine and does not count here. Add it by itself.",
                words=part.words,
            )
        elif part.how in SET_ASIDE:
            yield _(
                "“%(words)s” does not count here: %(why)s.", words=part.words, why=resaid(part.why)
            )
    if any(are_in_turn(name, read(exchange, name)) for name in form["drugs"]):
        yield _(
            "These are taken as given together. If one came after the other, add each by itself, with its own dates."
        )
    for words in form.get("unresolved", ()):
        yield _("You wrote “%(words)s”. Which medicine it was stays open.", words=words)


def _brought(exchange: Exchange) -> Iterator[Listed]:
    knowledge = exchange.engine.knowledge
    for number, record in enumerate(exchange.session.answers.brought):
        if not record.treatments:
            continue
        facts = fingerpost.derive(record, knowledge, exchange.engine.day(exchange.session.answers))
        for place, said in enumerate(treatments_said(facts, exchange.knowledge)):
            source = _("from %(file)s", file=record.name)
            yield Listed(said["words"], source, leave_out=f"{number}-{place}")


# --- one treatment ------------------------------------------------------------------------


def new(exchange: Exchange) -> Response:
    """An empty form for one treatment."""
    return _one(exchange, {}, ())


def add(exchange: Exchange) -> Response:
    """Add one treatment, if it can be read."""
    if len(exchange.session.answers.treatments) >= _MOST:
        what = _("The list is full. Put medicines that were given together into one entry.")
        return _one(exchange, sent_in(exchange), [Problem("too-many", "drugs", what)])
    return _keep(exchange, None)


def one(exchange: Exchange) -> Response:
    """The form of a treatment that was added before."""
    return _one(exchange, as_fields(exchange.session.answers.treatments[_number(exchange)]), ())


def change(exchange: Exchange) -> Response:
    """Change a treatment, or remove it."""
    number, session = _number(exchange), exchange.session
    if not exchange.text("remove"):
        return _keep(exchange, number)
    with session.lock:
        del session.answers.treatments[number]
        session.changed()
    return exchange.go(_to_list(exchange))


def _number(exchange: Exchange) -> int:
    given = exchange.given["number"]
    if not (given.isdecimal() and len(given) < 4):
        raise NotThere
    number = int(given) - 1
    if not 0 <= number < len(exchange.session.answers.treatments):
        raise NotThere
    return number


def _keep(exchange: Exchange, number: int | None) -> Response:
    """Keep what was sent, unless something must be mended or asked about first."""
    sent = sent_in(exchange)
    named = read(exchange, sent["drugs"])
    problems = problems_of(sent, exchange.engine.today()) or no_treatment(exchange, named, sent)
    if problems:
        return _one(exchange, sent, problems)
    unsure = unsure_of(named)
    chosen = chosen_of(exchange, named, sent["drugs"])
    if chosen is None:
        return _one(exchange, sent, not_said(exchange, unsure, sent["drugs"]), unsure)
    form = as_form(sent, chosen)
    try:
        twin = _twin(exchange, form, number)
        if twin is not None and not _is_another(exchange, sent["drugs"]):
            if exchange.text("twice") == "same":
                return exchange.go(_to_list(exchange))
            return _one(exchange, sent, (), unsure, twin)
        _put(exchange, form, number)
    except RecordError as error:
        told = told_problems(error.problems, exchange.knowledge)
        return _one(exchange, sent, [_beside_field(each) for each in told])
    back = _BACK.get(_back(exchange), "/treatments")
    to = on_to(exchange, back)
    return exchange.go(_to_list(exchange) if to == back else to)


def _put(exchange: Exchange, form: Form, number: int | None) -> None:
    """Put a treatment into the list.

    Raises:
        RecordError: it cannot be read; the list is then as it was.
    """
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
        except RecordError:
            session.answers.treatments = before
            session.changed()
            raise


def _beside_field(problem: Problem) -> Problem:
    """A problem of the reader of forms, at the field of this page that it is about."""
    name = problem.where.rsplit(".", 1)[-1]
    field = {"start": "start_year", "end": "end_year"}.get(name, name)
    return replace(problem, where=field if field in FIELDS else "drugs")


def _one(
    exchange: Exchange,
    given: Mapping[str, str],
    problems: Sequence[Problem],
    unsure: Sequence[tuple[int, NamedPart]] = (),
    twin: Twin | None = None,
) -> Response:
    known = exchange.knowledge.attributes
    return exchange.page(
        "treatment.html.jinja",
        status=422 if problems else 200,
        given={**dict.fromkeys(FIELDS, ""), **given},
        is_new=exchange.path.endswith("/new"),
        settings={**known["setting"].values, "": _("I do not know")},
        reasons={**known["end_reason"].values, "": _("I do not know")},
        grown=GROWN,
        names=sorted(each.name for each in exchange.knowledge.drugs.values()),
        unsure=unsure,
        as_written=AS_WRITTEN,
        twin=twin,
        back=_back(exchange),
        to_list=_to_list(exchange),
        problems=problems,
    )


# --- already in the list ------------------------------------------------------------------


def _twin(exchange: Exchange, form: Form, number: int | None) -> Twin | None:
    """The treatment of the list that this one may be: counted twice, it would look like two.

    Raises:
        RecordError: the form cannot be read.
    """
    engine, answers = exchange.engine, exchange.session.answers
    own = [each for at, each in enumerate(answers.treatments) if at != number]
    alone = engine.facts(replace(answers, treatments=[form], brought=[])).treatments
    facts = engine.facts(replace(answers, treatments=own))
    said = treatments_said(facts, engine.knowledge)
    for treatment, each in zip(facts.treatments, said, strict=True):
        if alone and may_be_the_same(treatment, alone[0]):
            files = [s.file for s in treatment.sources if s.file not in _OF_THE_FORM]
            source = _("from %(file)s", file=files[0]) if files else _("you told us")
            return Twin(each["words"], source)
    return None


def _is_another(exchange: Exchange, words: str) -> bool:
    """Whether the person said that these very medicines were given as another course."""
    return exchange.text("twice") == "other" and exchange.text("twice_of") == words


PAGES: Sequence[Page] = (
    Page("/treatments", show, finish),
    Page("/treatments/new", new, add),
    Page("/treatments/leave-out", show, leave_out),
    Page("/treatments/{number}", one, change),
)
