"""When to call, and how soon for one symptom; also without any answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from fingerpost.errors import Problem, RecordError
from fingerpost.messages import gettext as _
from fingerpost.messages import kept
from fingerpost.plan.symptoms import Said, Told
from fingerpost.report.sheet_said import calls_said
from fingerpost.report.symptoms_said import symptoms_document
from fingerpost.report.text.symptoms import (
    deciding_reasons,
    is_above,
    reason_words,
    reasons_that_hold,
    signed_words,
)
from fingerpost.web.exchange import NotThere, Page

if TYPE_CHECKING:
    from starlette.responses import Response

    from fingerpost.facts.model import Facts
    from fingerpost.knowledge.plan_model import Symptom
    from fingerpost.report.symptoms_said import (
        LevelReasonSaid,
        SymptomsDocument,
        UrgencySaid,
        WouldRaiseSaid,
    )
    from fingerpost.web.exchange import Exchange

LONGEST_NUMBER = 60
_OWN = ("number", "fever")
_NOBODY_SAID = Said()


def region_of(exchange: Exchange) -> str | None:
    """Whose numbers count; None those of all, also where somebody is cared for elsewhere."""
    return exchange.session.answers.region if exchange.has_session else None


def facts_of(exchange: Exchange) -> Facts | None:
    """What is known of the person today; None if nothing is, and then every rule counts.

    A record that cannot be read must not keep anybody from this page.
    """
    if not exchange.has_session or exchange.session.answers.is_empty:
        return None
    session = exchange.session
    with session.lock:
        key = f"facts {exchange.engine.today()}"
        if key not in session.kept:
            try:
                found = exchange.engine.facts(replace(session.answers, on=None))
            except RecordError:
                found = None
            session.kept[key] = found
        return cast("Facts | None", session.kept[key])


def overview(exchange: Exchange) -> Response:
    """What to call for, how soon, and the number."""
    return _overview(exchange, ())


def _overview(exchange: Exchange, problems: Sequence[Problem]) -> Response:
    document = _document(exchange, _NOBODY_SAID)
    calls = calls_said(
        facts_of(exchange),
        exchange.knowledge,
        on=exchange.engine.today(),
        authority=region_of(exchange),
    )
    return exchange.page(
        "when_to_call.html.jinja",
        status=422 if problems else 200,
        problems=problems,
        linked=False,
        document=document,
        first={call["level"]: call["signs"] for call in calls},
        own=_own(exchange) if not problems else _sent(exchange),
        signed=signed_words(document["levels_signed_by"]),
        symptoms=_by_name(exchange),
        told=_told(exchange),
    )


def keep_numbers(exchange: Exchange) -> Response:
    """Keep the numbers that the team gave."""
    sent = _sent(exchange)
    problems = [
        Problem("too-large", name, _("This is longer than a number. Write it shorter."), "", "")
        for name, written in sent.items()
        if len(written) > LONGEST_NUMBER
    ]
    if problems:
        return _overview(exchange, problems)
    answers = exchange.session.answers
    answers.number, answers.fever = sent["number"], sent["fever"]
    return exchange.go("/when-to-call")


def _own(exchange: Exchange) -> dict[str, str]:
    if not exchange.has_session:
        return dict.fromkeys(_OWN, "")
    answers = exchange.session.answers
    return {"number": answers.number, "fever": answers.fever}


def _sent(exchange: Exchange) -> dict[str, str]:
    return {name: " ".join(exchange.text(name).split()) for name in _OWN}


def _document(exchange: Exchange, said: Said) -> SymptomsDocument:
    return symptoms_document(
        facts_of(exchange),
        exchange.knowledge,
        said=said,
        on=exchange.engine.today(),
        authority=region_of(exchange),
    )


def _by_name(exchange: Exchange) -> list[Symptom]:
    """Every symptom, also one that the record speaks against: whoever has it wants to look."""
    return sorted(
        exchange.knowledge.following.symptoms.values(),
        key=lambda each: each.label.casefold(),
    )


# --- one symptom, and several together ------------------------------------------------------


def ask(exchange: Exchange) -> Response:
    """The question about one symptom, and the signs beside it."""
    symptom = _symptom(exchange)
    told = _told(exchange).get(symptom.id)
    answer = "unknown" if told is not None and told.answer is None else None
    return exchange.page(
        "symptom.html.jinja",
        linked=False,
        symptom=symptom,
        answer=told.answer or answer if told is not None else None,
        signs=told.signs if told is not None else (),
        worried=exchange.has_session and exchange.session.answers.worried,
        others=[each for name, each in _named(exchange).items() if name != symptom.id],
    )


def tell(exchange: Exchange) -> Response:
    """Take what is said of a symptom; an answer that is not given counts as the worst."""
    symptom = _symptom(exchange)
    answer = exchange.text("answer")
    signs = frozenset(exchange.texts("sign")) & set(symptom.signs)
    answers = exchange.session.answers
    with exchange.session.lock:
        given = answer if answer in symptom.answers else None
        answers.symptoms[symptom.id] = Told(symptom.id, given, signs)
        answers.worried = bool(exchange.text("worried"))
    return exchange.go("/when-to-call/how-soon")


def how_soon(exchange: Exchange) -> Response:
    """How soon, why, and what would make it more urgent."""
    told = _told(exchange)
    if not told:
        return exchange.go("/when-to-call")
    worried = exchange.session.answers.worried
    document = _document(exchange, Said(tuple(told.values()), worried))
    answer = document["answer"]
    if answer is None:
        raise NotThere
    levels = {level["id"]: level for level in document["levels"]}
    return exchange.page(
        "how_soon.html.jinja",
        linked=False,
        answer=answer,
        level=levels[answer["level"]],
        levels=levels,
        why=list(_why(exchange, answer)),
        higher=[
            each
            for each in _would_raise(answer)
            if is_above(each["level"], answer["level"], document["levels"])
        ],
        meanwhile=list(dict.fromkeys(s["meanwhile"] for s in answer["symptoms"] if s["meanwhile"])),
        say=list(dict.fromkeys(r["say"] for r in reasons_that_hold(answer) if r["say"])),
        signed=signed_words(document["levels_signed_by"]),
        own=_own(exchange),
        others=[each for each in _by_name(exchange) if each.id not in told],
    )


def change(exchange: Exchange) -> Response:
    """Say that one is very worried, take a symptom away, or begin anew."""
    answers = exchange.session.answers
    with exchange.session.lock:
        if exchange.text("again"):
            answers.symptoms.clear()
            answers.worried = False
        answers.symptoms.pop(exchange.text("remove"), None)
        if exchange.text("worried"):
            answers.worried = exchange.text("worried") == "yes"
    return exchange.go("/when-to-call/how-soon")


def _symptom(exchange: Exchange) -> Symptom:
    found = exchange.knowledge.following.symptoms.get(exchange.given["symptom"])
    if found is None:
        raise NotThere
    return found


def _told(exchange: Exchange) -> dict[str, Told]:
    if not exchange.has_session:
        return {}
    known = exchange.knowledge.following.symptoms
    with exchange.session.lock:
        told = exchange.session.answers.symptoms
        return {name: each for name, each in told.items() if name in known}


def _named(exchange: Exchange) -> dict[str, str]:
    known = exchange.knowledge.following.symptoms
    return {name: known[name].label for name in _told(exchange)}


def _would_raise(answer: UrgencySaid) -> Iterator[WouldRaiseSaid]:
    seen: set[str] = set()
    for symptom in answer["symptoms"]:
        for each in symptom["would_raise"]:
            if each["plain"] not in seen:
                seen.add(each["plain"])
                yield each


def _why(exchange: Exchange, answer: UrgencySaid) -> Iterator[tuple[str, str, list[str]]]:
    """For each symptom its name, its level and the sentences why; then what counts over all."""
    for symptom in answer["symptoms"]:
        deciding = deciding_reasons(symptom)
        yield symptom["label"], symptom["level"], _sentences(exchange, deciding)
    for reason in answer["reasons"]:
        title = {
            "several": _("More than one symptom"),
            "worried": _("You are very worried"),
        }.get(reason["kind"], _("In all"))
        yield title, reason["level"], _sentences(exchange, [reason])


def _sentences(exchange: Exchange, reasons: Sequence[LevelReasonSaid]) -> list[str]:
    return list(dict.fromkeys(_sentence(exchange, reason) for reason in reasons))


def _sentence(exchange: Exchange, reason: LevelReasonSaid) -> str:
    """Why, with what it was read in, in one sentence."""
    why = reason_words(reason)
    source = exchange.knowledge.sources.get(reason["source"] or "")
    if source is None:
        return _("%(why)s; no source has been read for this yet.", why=why)
    # What stands between quotation marks is not spelled in another way.
    said = {"why": why, "title": source.title, "publisher": kept(source.publisher)}
    if reason["state"] == "verified":
        return _("%(why)s: this was read in “%(title)s” (%(publisher)s).", **said)
    return _("%(why)s: this is after “%(title)s” (%(publisher)s), and not verified yet.", **said)


PAGES: Sequence[Page] = (
    Page("/when-to-call", overview, keep_numbers),
    Page("/when-to-call/how-soon", how_soon, change),
    Page("/when-to-call/{symptom}", ask, tell),
)
