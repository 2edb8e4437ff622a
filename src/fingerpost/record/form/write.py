"""A record as a form, whatever it was read from: to look at, correct by hand, keep, and read again.

```
Record (form, FHIR, report text, table, several brought together)
  -> tree (`form_tree`)  -> JSON (`record_as_json`)
                         -> YAML with comments (`record_as_yaml`)
```

What is written reads back to the same record: the same findings (those of one fact in the same
order), treatments and messages, each with where it stood. Nothing is left out and nothing added.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from fingerpost.record.catalogue import Catalogue, Drugs
from fingerpost.record.form import yaml_text
from fingerpost.record.form.read import VERSION
from fingerpost.record.form.written_value import days_written, value_written
from fingerpost.record.model import Finding, Message, Record, Source, Treatment
from fingerpost.record.written.attributes import ATTRIBUTES
from fingerpost.terms import Answer
from fingerpost.values import Absent

if TYPE_CHECKING:
    from fingerpost.knowledge.model import Knowledge

Tree = dict[str, Any]

_COMPLETE = {Answer.YES: True, Answer.NO: False, Answer.UNKNOWN: "unknown"}


def form_tree(record: Record, knowledge: Knowledge) -> Tree:
    """The form as maps and lists, in the order in which it is written."""
    catalogue, drugs = knowledge.facts, knowledge.drugs
    count = Counter(finding.fact for finding in record.findings)
    single = [finding for finding in record.findings if count[finding.fact] == 1]
    several = [finding for finding in record.findings if count[finding.fact] > 1]
    tree: Tree = {
        "fingerpost": VERSION,
        "facts": {f.fact: _fact(f, catalogue) for f in single},
        "findings": [
            {"fact": f.fact, **_about(f, f"findings[{index}]", catalogue)}
            for index, f in enumerate(_grouped(several))
        ],
        "treatments": [
            _treatment(t, f"treatments[{index}]", drugs)
            for index, t in enumerate(record.treatments)
        ],
        "treatments_complete": _COMPLETE[record.treatments_complete],
        "messages": [_message(message) for message in record.messages],
    }
    return {key: value for key, value in tree.items() if value not in ({}, []) or key == "facts"}


def record_as_json(record: Record, knowledge: Knowledge) -> str:
    """What was read of a record, as a form in JSON: for a program to go on with."""
    return json.dumps(form_tree(record, knowledge), ensure_ascii=False, indent=2) + "\n"


def record_as_yaml(record: Record, knowledge: Knowledge) -> str:
    """What was read of a record, as a form in YAML, with comments for a person who changes it."""
    return yaml_text.form_text(form_tree(record, knowledge), knowledge.facts)


# --- findings -----------------------------------------------------------------------------


def _grouped(findings: list[Finding]) -> list[Finding]:
    """Findings of one fact side by side, in the order in which the facts first stand."""
    order = {fact: place for place, fact in enumerate(dict.fromkeys(f.fact for f in findings))}
    return sorted(findings, key=lambda finding: order[finding.fact])


def _fact(finding: Finding, catalogue: Catalogue) -> object:
    """One finding of a fact: its value alone, if that is all there is to say."""
    about = _about(finding, f"facts.{finding.fact}", catalogue)
    if set(about) == {"value"}:
        return about["value"]
    alone = isinstance(finding.value, Absent) and set(about) == {"absent"}
    return about["absent"] if alone else about


def _about(finding: Finding, place: str, catalogue: Catalogue) -> Tree:
    """Everything a finding says, as a map; `place` is where it will stand."""
    if isinstance(finding.value, Absent):
        said: Tree = {"absent": finding.value.kind.value}
    else:
        said = value_written(finding.value, catalogue[finding.fact])
    if finding.date is not None:
        said["date"] = days_written(finding.date)
    said |= _present(
        specimen=finding.specimen or _no_specimen(finding),
        site=finding.site,
        basis=finding.basis,
        status=None if finding.status == "final" else finding.status,
        words=finding.source.words,
        because=finding.because,
    )
    return said | _sources(finding.sources, place)


def _no_specimen(finding: Finding) -> str | None:
    """The reader takes a sample from the liver for one of a metastasis; say where nobody said so."""
    return "not_stated" if finding.site is not None else None


def _sources(sources: tuple[Source, ...], place: str) -> Tree:
    """Where it stood; nothing, if that is the place in the form itself."""
    first, *others = sources
    said: Tree = {}
    if first.kind != "form" or first.file is not None:
        said["source"] = _source(first, words=False)
    elif first.reference != place:
        said["source"] = first.reference
    if others:
        said["also_in"] = [_source(other, words=True) for other in others]
    return said


def _source(source: Source, *, words: bool) -> Tree:
    return {
        "kind": source.kind,
        "reference": source.reference,
        **_present(file=source.file, words=source.words if words else None),
    }


def _present(**texts: object) -> Tree:
    return {name: text for name, text in texts.items() if text is not None}


# --- treatments and messages --------------------------------------------------------------


def _treatment(treatment: Treatment, place: str, drugs: Drugs) -> Tree:
    said: Tree = {}
    if treatment.drugs:
        said["drugs"] = [_drug(drug, drugs) for drug in treatment.drugs]
    if treatment.unresolved:
        said["unresolved"] = list(treatment.unresolved)
    if treatment.classes:
        said["classes"] = list(treatment.classes)
    said |= _attributes(treatment.attributes)
    said |= _present(words=treatment.words)
    sources = _sources(treatment.sources, place)
    if treatment.source.words is not None:
        # Beside the words on the whole treatment, those of the place itself.
        sources["source"] = _source(treatment.source, words=True)
    return said | sources


def _attributes(attributes: Mapping[str, Any]) -> Tree:
    order = sorted(attributes, key=list(ATTRIBUTES).index)
    said: Tree = {}
    for name in order:
        written = value_written(attributes[name], ATTRIBUTES[name])
        said[name] = written["value"]
    return said


def _drug(drug: str, drugs: Drugs) -> str:
    """The name that a reader knows it by."""
    return drugs[drug].name if drug in drugs else drug


def _message(message: Message) -> Tree:
    severity = None if message.severity == "info" else message.severity
    return {
        "code": message.code,
        "where": message.where,
        "what": message.what,
        **_present(try_this=message.try_this or None, severity=severity, file=message.file),
    }
