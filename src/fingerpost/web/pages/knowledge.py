"""Looking things up: medicines, families, tests, options, their history and what changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from fingerpost.errors import Problem
from fingerpost.messages import gettext as _
from fingerpost.messages import marked
from fingerpost.report.kinds_said import kind_words
from fingerpost.report.spoken import spoken
from fingerpost.report.text.head import AUTHORITIES
from fingerpost.web.exchange import NotThere, Page

if TYPE_CHECKING:
    from starlette.responses import Response

    from fingerpost.knowledge.model import Option
    from fingerpost.options.coverage import Covered
    from fingerpost.report.option_said import Audience
    from fingerpost.web.exchange import Exchange

Made = TypeVar("Made")
SETTINGS = {
    "neoadjuvant": marked("Before surgery"),
    "perioperative": marked("Before and after surgery"),
    "adjuvant": marked("After surgery"),
    "post_neoadjuvant": marked("After surgery that followed treatment"),
    "extended_adjuvant": marked("After the first course that followed surgery"),
    "advanced": marked("Advanced: it has spread, or cannot be removed by surgery"),
    "supportive": marked("Supportive care"),
    "any": marked("In any of these"),
}
SUBTYPES = {
    "hr_positive_her2_negative": marked("Hormone receptor-positive, HER2-negative"),
    "hr_positive_her2_positive": marked("Hormone receptor-positive, HER2-positive"),
    "hr_negative_her2_positive": marked("Hormone receptor-negative, HER2-positive"),
    "triple_negative": marked("Triple-negative"),
    "her2_low": marked("HER2-low"),
}
SOURCE_KINDS = {
    "label": marked("Labels"),
    "approval_notice": marked("Notices of approval"),
    "guideline": marked("Guidelines and guidance"),
    "trial_report": marked("Reports of trials"),
    "review": marked("Reviews"),
    "registry": marked("Registries"),
    "knowledge_base": marked("Collections of knowledge"),
    "news": marked("News"),
}
_YEAR = dt.timedelta(days=365)
_FIRST_DAY = dt.date(1950, 1, 1)


def _on(exchange: Exchange) -> dt.date:
    """The day that is looked at: a professional may have asked about another."""
    return exchange.engine.day(exchange.session.answers)


def _audience(exchange: Exchange) -> Audience:
    return "professional" if exchange.is_professional else "patient"


def _shelved(exchange: Exchange, *key: object, make: Callable[[], Made]) -> Made:
    """Worked out once for everybody: nothing of a person is in it."""
    return exchange.engine.shelved((*key, exchange.language()), make)


def _page(exchange: Exchange, template: str, **values: Any) -> Response:  # noqa: ANN401
    return exchange.page(
        f"knowledge/{template}.html.jinja",
        on=_on(exchange).isoformat(),
        authorities=AUTHORITIES,
        settings=SETTINGS,
        subtypes=SUBTYPES,
        **values,
    )


def _picked(exchange: Exchange, **choices: Mapping[str, object]) -> dict[str, str]:
    """What was picked from each list; a word that no list has is as if nothing was picked."""
    return {
        name: wanted if (wanted := exchange.query(name)) in words else ""
        for name, words in choices.items()
    }


def overview(exchange: Exchange) -> Response:
    """Where to look what up."""
    knowledge = exchange.knowledge
    counts = {
        name: len(getattr(knowledge, name))
        for name in ("drugs", "classes", "tests", "options", "sources")
    }
    return _page(exchange, "overview", counts=counts)


# --- medicines ----------------------------------------------------------------------------


def drugs(exchange: Exchange) -> Response:
    """The medicines, as narrow as somebody wants the list."""
    from fingerpost.report.drugs_said import Wanted, drugs_document

    knowledge, on = exchange.knowledge, _on(exchange)
    kinds = {name: each.label for name, each in knowledge.classes.items()}
    targets = {each.target: each.target for each in knowledge.drugs.values() if each.target}
    picked = _picked(
        exchange,
        kind=kinds,
        target=targets,
        subtype=SUBTYPES,
        setting=SETTINGS,
        authority=AUTHORITIES,
    )
    wanted = Wanted(*(picked[name] or None for name in picked))
    document = _shelved(
        exchange, "drugs", on, wanted, make=lambda: drugs_document(knowledge, on, wanted)
    )
    lists = {
        "kind": (_("Kind"), dict(sorted(kinds.items(), key=lambda each: each[1].casefold()))),
        "target": (
            _("Acts on"),
            dict(sorted(targets.items(), key=lambda each: each[0].casefold())),
        ),
    }
    return _page(
        exchange, "drugs", drugs=document["drugs"], kinds=kinds, picked=picked, lists=lists
    )


def drug(exchange: Exchange) -> Response:
    """One medicine."""
    from fingerpost.report.medicine_said import medicine_said

    knowledge, on, audience = exchange.knowledge, _on(exchange), _audience(exchange)
    found = knowledge.drugs.get(exchange.given["id"])
    if found is None:
        raise NotThere
    said = _shelved(
        exchange,
        *("drug", found.id, on, audience),
        make=lambda: medicine_said(found, knowledge, on, audience),
    )
    return _page(exchange, "drug", known=knowledge.sources, **said)


def classes(exchange: Exchange) -> Response:
    """The families of medicines, each with its medicines."""
    knowledge = exchange.knowledge
    members = {
        name: [each for each in knowledge.drugs.values() if name in each.classes]
        for name in knowledge.classes
    }
    found = sorted(knowledge.classes.values(), key=lambda each: each.label.casefold())
    return _page(exchange, "classes", classes=found, members=members)


# --- tests --------------------------------------------------------------------------------


def tests(exchange: Exchange) -> Response:
    """The tests, and what each shows."""
    found = sorted(exchange.knowledge.tests.values(), key=lambda each: each.label.casefold())
    return _page(exchange, "tests", tests=found)


def test(exchange: Exchange) -> Response:
    """One test, and the options that it bears on."""
    from fingerpost.report.bears_on import options_reading

    knowledge, on = exchange.knowledge, _on(exchange)
    found = knowledge.tests.get(exchange.given["id"])
    if found is None:
        raise NotThere

    def bears_on() -> Mapping[str, Sequence[Mapping[str, Any]]]:
        return _by_authority(exchange, options_reading(found.answers, knowledge), on)

    return _page(
        exchange,
        "test",
        test=found,
        answers=[knowledge.facts[name] for name in found.answers if name in knowledge.facts],
        options=_shelved(exchange, "bears on", found.id, on, make=bears_on),
        drugs=knowledge.drugs,
        known=knowledge.sources,
    )


def _by_authority(
    exchange: Exchange, found: Sequence[Option], on: dt.date
) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Options that are in force on the day, by authority."""
    from fingerpost.knowledge.as_of import window_on
    from fingerpost.report.option_said import heading_of

    lines: dict[str, list[Mapping[str, Any]]] = {name: [] for name in AUTHORITIES}
    for option in found:
        window = window_on(option, on)
        if window is not None and window.opens:
            heading = heading_of(option, exchange.knowledge)
            line = {"id": option.id, "heading": heading, "status": window.status}
            lines[option.authority].append({**line, "setting": option.setting})
    return {name: each for name, each in lines.items() if each}


# --- options ------------------------------------------------------------------------------


def options(exchange: Exchange) -> Response:
    """The uses in force, by subtype, setting and authority."""
    from fingerpost.options.coverage import covered

    on = _on(exchange)
    picked = _picked(exchange, subtype=SUBTYPES, setting=SETTINGS, authority=AUTHORITIES)

    def found() -> Mapping[str, Sequence[Mapping[str, Any]]]:
        uses: Sequence[Covered] = exchange.engine.shelved(
            ("covered", on), lambda: covered(exchange.engine.knowledge, on)
        )
        wanted = [
            spoken(use.option)
            for use in uses
            if picked["authority"] in ("", use.option.authority)
            and picked["setting"] in ("", use.option.setting)
            and (not picked["subtype"] or picked["subtype"] in use.subtypes)
        ]
        return _by_authority(exchange, wanted, on)

    lines = _shelved(exchange, "options", on, *picked.values(), make=found)
    return _page(exchange, "options", options=lines, picked=picked)


def option(exchange: Exchange) -> Response:
    """One option, with all its wordings on a time line."""
    from markupsafe import Markup

    from fingerpost.report.evidence_said import evidence_said
    from fingerpost.report.history_said import history_drawn, history_said
    from fingerpost.report.option_said import heading_of, licence_said

    knowledge, on = exchange.knowledge, _on(exchange)
    found = knowledge.options.get(exchange.given["id"])
    if found is None:
        raise NotThere
    history = _shelved(
        exchange, "history", found.id, on, make=lambda: history_said(found, knowledge, on)
    )
    evidence = evidence_said(found, knowledge)
    if not exchange.is_professional:
        # A figure that nobody verified is never shown to a patient, nor is a trial number.
        checked = {"verified", None}
        evidence = [e for e in evidence if {e["state"], e["nct_state"]} <= checked]
    return _page(
        exchange,
        "option",
        option=found,
        heading=heading_of(found, knowledge),
        history=history,
        drawn=Markup(history_drawn(found, on)),  # noqa: S704 (days and numbers of our own)
        drugs=[knowledge.drugs[name] for name in found.drugs if name in knowledge.drugs],
        licence=licence_said(found),
        evidence=evidence,
        known=knowledge.sources,
    )


# --- what changed -------------------------------------------------------------------------


def changes(exchange: Exchange) -> Response:
    """What changed between two days; the days stand in the address, for they are no answers."""
    from fingerpost.report.changed import CHANGE_TITLES, changes_document

    knowledge = exchange.knowledge
    earlier, later, problems = _days(exchange)
    picked = _picked(exchange, authority=AUTHORITIES)
    found: Sequence[Any] = ()
    if not problems:
        document = _shelved(
            exchange,
            *("changes", earlier, later, picked["authority"]),
            make=lambda: changes_document(
                knowledge, earlier, later, authority=picked["authority"] or None, people=False
            ),
        )
        found = document["changes"]
    return _page(
        exchange,
        "changes",
        problems=problems,
        earlier=exchange.query("earlier") or earlier.isoformat(),
        later=exchange.query("later") or later.isoformat(),
        picked=picked,
        groups={
            kind: (title, [each for each in found if each["kind"] == kind])
            for kind, title in CHANGE_TITLES.items()
        },
        known=knowledge.sources,
    )


def change(exchange: Exchange) -> Response:
    """One change, and invented people for whom it matters."""
    from fingerpost.report.changed import GAINS, LOSES, changes_document

    knowledge = exchange.knowledge
    earlier, later, problems = _days(exchange)
    name = exchange.given["id"]
    if problems or name not in knowledge.options:
        raise NotThere
    document = _shelved(
        exchange,
        *("change", name, earlier, later),
        make=lambda: changes_document(knowledge, earlier, later, only=name),
    )
    if not document["changes"]:
        raise NotThere
    return _page(
        exchange,
        "change",
        change=document["changes"][0],
        earlier=earlier.isoformat(),
        later=later.isoformat(),
        gains=GAINS,
        loses=LOSES,
        known=knowledge.sources,
    )


def _days(exchange: Exchange) -> tuple[dt.date, dt.date, list[Problem]]:
    """The two days of the address, the last year without any; and what is wrong with them."""
    today = exchange.engine.today()
    usual = {"earlier": today - _YEAR, "later": today}
    days, problems = dict(usual), []
    for name in usual:
        written = exchange.query(name)
        try:
            days[name] = dt.date.fromisoformat(written) if written else usual[name]
        except ValueError:
            days[name] = dt.date.min
        if days[name] < _FIRST_DAY:
            what = _("this is no day that can be asked about")
            advice = _("year, month and day, from 1950 on: 2026-11-22")
            problems.append(Problem("wrong-value", name, what, "", advice))
    if not problems and days["later"] < days["earlier"]:
        what = _("the later day lies before the earlier one")
        problems.append(Problem("wrong-value", "later", what, "", ""))
    return days["earlier"], days["later"], problems


# --- where it is from ---------------------------------------------------------------------


def sources(exchange: Exchange) -> Response:
    """The documents that were relied on, one kind at a time."""
    found = exchange.knowledge.sources.values()
    kinds = dict.fromkeys(each.kind for each in found)
    labels = {name: SOURCE_KINDS.get(name, kind_words(name)) for name in kinds}
    picked = _picked(exchange, kind=labels)
    shown = [each for each in found if each.kind == picked["kind"]]
    return _page(
        exchange,
        "sources",
        kinds={name: (label, sum(s.kind == name for s in found)) for name, label in labels.items()},
        picked=picked,
        sources=sorted(shown, key=lambda each: each.title.casefold()),
    )


def coverage(exchange: Exchange) -> Response:
    """How much is known, and how far it was checked."""
    from fingerpost.report.coverage_said import coverage_document

    knowledge, on = exchange.knowledge, _on(exchange)
    document = _shelved(exchange, "coverage", on, make=lambda: coverage_document(knowledge, on))
    return _page(exchange, "coverage", document=document)


PAGES: Sequence[Page] = (
    Page("/knowledge", overview),
    Page("/knowledge/drugs", drugs),
    Page("/knowledge/drugs/{id}", drug),
    Page("/knowledge/classes", classes),
    Page("/knowledge/tests", tests),
    Page("/knowledge/tests/{id}", test),
    Page("/knowledge/options", options),
    Page("/knowledge/options/{id}", option),
    Page("/knowledge/changes", changes),
    Page("/knowledge/changes/{id}", change),
    Page("/knowledge/sources", sources),
    Page("/knowledge/coverage", coverage),
)
