"""The answers as a file of the person's own, and such a file read again.

The file is a form that every reader of records takes. What the pages need beside it, to go on where the
person stopped, stands under the key `pages`, which other readers pass over.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from fingerpost.errors import Problem, RecordError
from fingerpost.messages import marked
from fingerpost.record.form.write import form_tree
from fingerpost.terms import Answer, Authority
from fingerpost.web.answers import OWN, Answers
from fingerpost.web.exchange import Page, file
from fingerpost.web.pages.start import WHO
from fingerpost.web.pages.symptoms import LONGEST_NUMBER

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    return isinstance(tree, dict) and "fingerpost" in tree and isinstance(tree.get("pages"), dict)


def restore(exchange: Exchange, tree: Mapping[str, Any], record: Record) -> None:
    """Go on with saved answers: they replace those given here, and nothing else is lost.

    Raises:
        RecordError: the file was changed by hand so that it cannot be gone on with.
    """
    session, engine = exchange.session, exchange.engine
    with session.lock:
        made = _answers(tree["pages"], record, exchange)
        made.record(engine.knowledge, engine.dictionaries(engine.day(made)))
        session.answers = made
        session.changed()


def _answers(pages: Mapping[str, Any], record: Record, exchange: Exchange) -> Answers:
    following = exchange.engine.knowledge.following
    own, who, authority = pages.get("answers"), pages.get("who"), pages.get("authority")
    form = own if isinstance(own, dict) else {}
    facts, treatments = form.get("facts", {}), form.get("treatments", [])
    if treatments == "none":
        treatments = []
    if not isinstance(facts, dict) or not _are_treatments(treatments):
        what = marked("this saved file was changed so that it cannot be read")
        raise RecordError([Problem("not-a-record", record.name, what)])
    rest, here = _of_files(record), exchange.session.answers
    region = pages.get("region")
    return replace(
        here,
        who=who if who in WHO else "me",
        authority=authority if authority in set(Authority) else None,
        region=region if region in set(Authority) else here.region,
        number=_short(pages.get("number")) or here.number,
        fever=_short(pages.get("fever")) or here.fever,
        own_questions=tuple(
            dict.fromkeys((*here.own_questions, *_texts(pages.get("own_questions"))))
        ),
        facts=facts,
        treatments=treatments,
        treatments_complete=form.get("treatments_complete"),
        brought=[rest] if rest.findings or rest.treatments else [],
        matters=tuple(each for each in _texts(pages.get("matters")) if each in following.matters),
        done={each for each in _texts(pages.get("done")) if each in following.interview},
    )


def _are_treatments(raw: object) -> bool:
    return isinstance(raw, list) and all(
        isinstance(each, dict) and _texts(each.get("drugs")) == each.get("drugs") for each in raw
    )


def _short(raw: object) -> str:
    return raw if isinstance(raw, str) and len(raw) <= LONGEST_NUMBER else ""


def _texts(raw: object) -> list[str]:
    return [each for each in raw if isinstance(each, str)] if isinstance(raw, list) else []


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
