"""The answers as a file of the person's own, and such a file read again.

The file is a form that every reader of records takes. What the pages need beside it, to go on where the
person stopped, stands under the key `pages`, which other readers pass over.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from fingerpost.errors import Problem, RecordError
from fingerpost.messages import gettext as _
from fingerpost.record.form.write import form_tree
from fingerpost.terms import Answer, Authority
from fingerpost.web.answers import OWN, Answers
from fingerpost.web.exchange import Page, file
from fingerpost.web.file_problems import CHANGED
from fingerpost.web.pages.bring import LONGEST
from fingerpost.web.pages.start import WHO
from fingerpost.web.pages.symptoms import LONGEST_NUMBER

if TYPE_CHECKING:
    from starlette.responses import Response

    from fingerpost.record.model import Record
    from fingerpost.web.exchange import Exchange

# Says nothing of what is in it: files are seen by others.
NAME = "saved-answers.json"


def show(exchange: Exchange) -> Response:
    """What will be in the file, and a button to get it."""
    return exchange.page("save.html.jinja", empty=exchange.session.answers.is_empty)


def save(exchange: Exchange) -> Response:
    """The file itself."""
    engine, answers = exchange.engine, exchange.session.answers
    record = answers.record(engine.knowledge, engine.dictionaries(engine.day(answers)))
    tree = {**form_tree(record, engine.knowledge), "pages": _beside(answers)}
    text = json.dumps(tree, ensure_ascii=False, indent=2) + "\n"
    return file(text, NAME, "application/json")


def _beside(answers: Answers) -> dict[str, Any]:
    return {
        "who": answers.who,
        "authority": answers.authority,
        "region": answers.region,
        "number": answers.number,
        "fever": answers.fever,
        "own_questions": list(answers.own_questions),
        "matters": list(answers.matters),
        "done": sorted(answers.done),
        "answers": answers.form(),
    }


# --- reading it again ---------------------------------------------------------------------


def is_saved(tree: object) -> bool:
    """Whether a tree is a file that was saved here."""
    return isinstance(tree, dict) and "fingerpost" in tree and "pages" in tree


def check(exchange: Exchange, tree: Mapping[str, Any], record: Record) -> Answers:
    """The answers of a saved file, if they can be gone on with; nothing is changed by it.

    Raises:
        RecordError: the file was changed so that it cannot be gone on with.
    """
    engine, pages = exchange.engine, tree["pages"]
    wrong = list(_wrong_parts(pages))
    if wrong:
        raise RecordError([Problem(CHANGED, record.name, "; ".join(wrong))])
    made = _answers(pages, record, exchange)
    made.record(engine.knowledge, engine.dictionaries(engine.day(made)))
    return made


def restore(exchange: Exchange, tree: Mapping[str, Any], record: Record) -> None:
    """Go on with saved answers: they replace those given here, and nothing else is lost.

    Raises:
        RecordError: the file was changed so that it cannot be gone on with.
    """
    session = exchange.session
    with session.lock:
        session.answers = check(exchange, tree, record)
        session.changed()


def _answers(pages: Mapping[str, Any], record: Record, exchange: Exchange) -> Answers:
    following = exchange.engine.knowledge.following
    form, who, authority = pages["answers"], pages.get("who"), pages.get("authority")
    treatments = form.get("treatments") or []
    rest, here = _of_files(record), exchange.session.answers
    region = pages.get("region")
    return replace(
        here,
        who=who if who in WHO else "me",
        authority=authority if authority in set(Authority) else None,
        region=region if region in set(Authority) else here.region,
        number=pages.get("number") or here.number,
        fever=pages.get("fever") or here.fever,
        own_questions=tuple(
            dict.fromkeys((*here.own_questions, *(pages.get("own_questions") or ())))
        ),
        facts=form["facts"],
        treatments=[] if treatments == "none" else treatments,
        treatments_complete=form.get("treatments_complete"),
        brought=[rest] if rest.findings or rest.treatments else [],
        same_person=frozenset(),
        matters=tuple(each for each in pages.get("matters") or () if each in following.matters),
        done={each for each in pages.get("done") or () if each in following.interview},
    )


# --- whether it is as it was saved ---------------------------------------------------------


def _wrong_parts(pages: object) -> Iterator[str]:
    """The parts that are not of the kind that is saved, by the names that the pages use."""
    if not isinstance(pages, dict):
        yield _("everything that belongs to the pages")
        return
    checks: Mapping[str, tuple[Callable[[object], bool], str]] = {
        "who": (_is_text, _("who it is for")),
        "authority": (_is_text, _("whose approvals count")),
        "region": (_is_text, _("where the care is given")),
        "number": (_is_number_to_call, _("the number of your team")),
        "fever": (_is_number_to_call, _("the fever to call for")),
        "own_questions": (_are_questions, _("your own questions")),
        "matters": (_are_texts, _("what matters most to you")),
        "done": (_are_texts, _("which questions you have seen")),
    }
    for name, (is_right, label) in checks.items():
        if pages.get(name) is not None and not is_right(pages[name]):
            yield label
    if not _is_form(pages.get("answers")):
        yield _("your answers")


def _is_text(raw: object) -> bool:
    return isinstance(raw, str)


def _is_number_to_call(raw: object) -> bool:
    return isinstance(raw, str) and len(raw) <= LONGEST_NUMBER


def _are_texts(raw: object) -> bool:
    return isinstance(raw, list) and all(isinstance(each, str) for each in raw)


def _are_questions(raw: object) -> bool:
    return isinstance(raw, list) and all(
        isinstance(each, str) and 0 < len(each) <= LONGEST for each in raw
    )


def _is_form(raw: object) -> bool:
    if not isinstance(raw, dict):
        return False
    # There are facts in every file that was saved, also where nothing was answered.
    facts, treatments = raw.get("facts"), raw.get("treatments", [])
    complete = raw.get("treatments_complete")
    return (
        isinstance(facts, dict)
        and (treatments == "none" or _are_treatments(treatments))
        and (complete is None or isinstance(complete, bool) or complete == "unknown")
    )


def _are_treatments(raw: object) -> bool:
    return isinstance(raw, list) and all(_is_treatment(each) for each in raw)


def _is_treatment(raw: object) -> bool:
    """One treatment as its page keeps it: names, and beside them single values."""
    return (
        isinstance(raw, dict)
        and _are_texts(raw.get("drugs"))
        and all(
            name == "drugs" or isinstance(value, str | int | float) for name, value in raw.items()
        )
    )


def _of_files(record: Record) -> Record:
    """What a saved record has from files: all but the person's own answers, which stand beside it."""

    def is_own(place: str | None, kind: str) -> bool:
        return kind == "form" and place in (None, OWN)

    return replace(
        record,
        findings=tuple(f for f in record.findings if not is_own(f.source.file, f.source.kind)),
        treatments=tuple(t for t in record.treatments if not is_own(t.source.file, t.source.kind)),
        treatments_complete=Answer.UNKNOWN,
        messages=tuple(
            m
            for m in record.messages
            # What is told when records are put together is told again each time.
            if m.file not in (None, OWN) and m.code != "person_not_compared"
        ),
    )


PAGES: Sequence[Page] = (Page("/save", show, save),)
