"""An invented person in a few words, and as a record that anybody can run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fingerpost.facts.words import treatment_name, words_of
from fingerpost.messages import gettext as _
from fingerpost.report.treatments import treatment_words
from fingerpost.values import Members

if TYPE_CHECKING:
    from fingerpost.facts.model import Facts
    from fingerpost.knowledge.model import Knowledge
    from fingerpost.options.people import Inventor, Person
    from fingerpost.report.contract import PersonSaid


def person_said(person: Person | None, inventor: Inventor) -> PersonSaid | None:
    """The person as a form record and in words; None where nobody was found."""
    if person is None:
        return None
    facts = inventor.facts_of(person.record, person.on)
    return {
        "on": person.on.isoformat(),
        "words": list(_words(facts, person, inventor.knowledge)),
        "record": person.record,
    }


def _words(facts: Facts, person: Person, knowledge: Knowledge) -> Iterator[str]:
    for name in person.record["facts"]:
        fact, value = knowledge.facts.get(name), facts.chosen[name].value
        if fact is not None:
            labels = {key: label.partition(" (")[0] for key, label in fact.values.items()}
            said = words_of(value, labels, fact.unit)
            empty = isinstance(value, Members) and not value.present
            yield f"{fact.label}: {_('none') if empty else said}"
    for treatment, attributes in zip(facts.treatments, facts.case.treatments, strict=True):
        yield f"{treatment_name(treatment, knowledge)}: {treatment_words(attributes)}"
    if person.record["treatments_complete"]:
        yield _("no other treatment") if facts.treatments else _("no treatment so far")
