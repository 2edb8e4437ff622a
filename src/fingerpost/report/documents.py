"""The answers as documents of the public contract, ready to be written as JSON or as text."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, cast

import fingerpost
from fingerpost.messages import resaid
from fingerpost.report.facts_said import facts_said
from fingerpost.report.lexicon import lexicon_of
from fingerpost.report.missing_said import missing_said, named
from fingerpost.report.option_said import (
    Audience,
    Saying,
    heading_of,
    medicines_of,
    not_in_force_said,
    only_elsewhere,
    option_said,
)
from fingerpost.report.reasons import Reasons
from fingerpost.report.spoken import spoken
from fingerpost.report.subtype import subtype_said
from fingerpost.report.trace import Tracer
from fingerpost.terms import Verdict

if TYPE_CHECKING:
    import datetime as dt

    from fingerpost.errors import FingerpostError
    from fingerpost.facts.model import Facts
    from fingerpost.knowledge.model import Knowledge
    from fingerpost.options.model import Options
    from fingerpost.report.contract import (
        ErrorsDocument,
        FactsDocument,
        KnowledgeSaid,
        MessageSaid,
        MissingDocument,
        OptionsDocument,
        SourceSaid,
        State,
    )


def options_document(
    options: Options, *, explain: bool = False, audience: Audience = "professional"
) -> OptionsDocument:
    """Everything that `fingerpost options` answers; with `explain` each condition's whole trace.

    For a patient, figures that nobody has verified are left out, and counted.
    """
    options = spoken(options)
    saying = replace(saying_of(options, explain=explain), audience=audience)
    document: OptionsDocument = {
        "ok": True,
        "fingerpost": fingerpost.__version__,
        "knowledge": knowledge_said(options),
        "on": options.on.isoformat(),
        "authority": options.authority,
        "audience": audience,
        "subtype": subtype_said(options, saying.reasons),
        "options": [option_said(answer, saying) for answer in options.options],
        "not_in_force": [
            not_in_force_said(absent, options.knowledge) for absent in options.not_in_force
        ],
        "only_elsewhere": only_elsewhere(options),
        "guideline_based": [option_said(answer, saying) for answer in options.guideline],
        "missing": [missing_said(each, saying) for each in options.missing.single],
        "messages": messages_said(options.facts),
        "facts": facts_said(options, saying.reasons),
        "sources": {},
    }
    document["sources"] = _sources(document, options.knowledge)
    if saying.tracer is not None:
        document["derivations"] = saying.tracer.derivations()
    return document


def facts_document(options: Options) -> FactsDocument:
    """Everything that `fingerpost facts` answers."""
    options = spoken(options)
    saying = saying_of(options)
    return {
        "ok": True,
        "fingerpost": fingerpost.__version__,
        "knowledge": knowledge_said(options),
        "on": options.on.isoformat(),
        "subtype": subtype_said(options, saying.reasons),
        "facts": facts_said(options, saying.reasons),
        "messages": messages_said(options.facts),
    }


def missing_document(options: Options) -> MissingDocument:
    """Everything that `fingerpost missing` answers."""
    options = spoken(options)
    saying = saying_of(options)
    missing = options.missing
    still_open = [a.option.id for a in options.options if a.verdict is Verdict.MIGHT_MATCH]
    ids = {*still_open, *(name for each in missing.single for name in each.options)}
    ids.update(name for pair in missing.pairs for name in pair.only_together)
    answers = [answer for answer in options.options if answer.option.id in ids]
    return {
        "ok": True,
        "fingerpost": fingerpost.__version__,
        "knowledge": knowledge_said(options),
        "on": options.on.isoformat(),
        "authority": options.authority,
        "open_options": still_open,
        "headings": {a.option.id: heading_of(a.option, options.knowledge) for a in answers},
        "names": {a.option.id: medicines_of(a.option, options.knowledge) for a in answers},
        "missing": [missing_said(each, saying) for each in missing.single],
        "pairs": [
            {
                "first": named(pair.first, saying),
                "second": named(pair.second, saying),
                "average": round(pair.gain, 3),
                "only_together": list(pair.only_together),
            }
            for pair in missing.pairs
        ],
        "settles_all": [named(each, saying) for each in missing.settles_all],
        "exact": missing.exact,
    }


def errors_document(error: FingerpostError) -> ErrorsDocument:
    """What is wrong with what was given, every problem."""
    return {
        "ok": False,
        "errors": [
            {
                "code": problem.code,
                "where": problem.where,
                "what": problem.what,
                "why": problem.why,
                "try_this": problem.try_this,
            }
            for problem in error.problems
        ],
    }


def as_json(document: object) -> str:
    """A document as JSON text, the same bytes for the same answer."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def knowledge_said(options: Options) -> KnowledgeSaid:
    """Which state of the knowledge answered, and whether the day lies beyond it."""
    return state_of(options.knowledge, options.on)


def state_of(knowledge: Knowledge, on: dt.date) -> KnowledgeSaid:
    """Which state of the knowledge this is, and whether a day lies beyond it."""
    about = knowledge.about
    return {
        "version": about.knowledge_version,
        "verified_through": about.verified_through.isoformat(),
        "day_after_verified": on > about.verified_through,
        "reviewed_by": [f"{person.name}, {person.role}" for person in about.reviewed_by],
        "content": knowledge.content,
        "local_files": list(knowledge.local),
    }


def messages_said(facts: Facts) -> list[MessageSaid]:
    """What is odd in the record, each thing once."""
    return [
        {
            "code": message.code,
            "where": message.place,
            "what": resaid(message.what),
            "try_this": resaid(message.try_this),
            "severity": message.severity,
            "source": message.source,
            "state": cast("State | None", message.state),
        }
        for message in dict.fromkeys(facts.messages)
    ]


def saying_of(options: Options, *, explain: bool = False) -> Saying:
    """What is needed to say this answer in words."""
    reasons = Reasons(options.facts, options.knowledge)
    lexicon = lexicon_of(options.knowledge)
    tracer = Tracer(options.facts.case, lexicon, reasons) if explain else None
    return Saying(options, lexicon, reasons, tracer)


def _sources(document: OptionsDocument, knowledge: Knowledge) -> dict[str, SourceSaid]:
    """Every source that the answer names, told once."""
    names: set[str | None] = {absent["source"] for absent in document["not_in_force"]}
    for option in (*document["options"], *document["guideline_based"]):
        names.add(option["source"])
        for part in ("criteria", "cautions", "trial_only", "evidence"):
            names.update(each["source"] for each in option[part])
    there = sorted(name for name in names if name in knowledge.sources and name is not None)
    return {name: source_said(name, knowledge) for name in there}


def source_said(name: str, knowledge: Knowledge) -> SourceSaid:
    """A document that was relied on, and when somebody last looked."""
    source = knowledge.sources[name]
    return {
        "title": source.title,
        "publisher": source.publisher,
        "kind": source.kind,
        "url": source.url,
        "published": source.published.isoformat() if source.published else None,
        "checked_on": source.checked_on.isoformat(),
        "checked_how": source.checked_how,
    }
