"""The names that conditions are said with: the catalogue's labels and plain words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fingerpost.criteria.wording import Lexicon, Phrase
from fingerpost.messages import gettext as _
from fingerpost.messages import marked
from fingerpost.messages.phrases import small
from fingerpost.report.values import short

if TYPE_CHECKING:
    from fingerpost.knowledge.model import DerivedFact, Fact, Knowledge


# What introduces the values of an attribute: "a treatment with letrozole, given after surgery".
_LEADS = {
    "drug": marked("with %(what)s"),
    "class": marked("with %(what)s"),
    "setting": marked("given %(what)s"),
    "kind": marked("of the kind %(what)s"),
}

# The flags of a treatment, as they read after "a treatment with letrozole, where ...".
_HOLDS = {
    "new_line": marked("it began a new line of treatment"),
    "ongoing": marked("it is still being given"),
    "progression": marked("the cancer grew or came back during it"),
}


def lexicon_of(knowledge: Knowledge) -> Lexicon:
    """The phrases of every fact and attribute of the knowledge."""
    facts = {name: _phrase(fact) for name, fact in knowledge.facts.items()}
    facts |= {name: _derived(fact) for name, fact in knowledge.derived.items()}
    for fact in knowledge.derived.values():
        if fact.type == "elapsed" and fact.end == "today" and fact.start in facts:
            facts[fact.start] = replace(facts[fact.start], elapsed=fact.plain or fact.label)
    attributes = {
        name: replace(_phrase(fact), holds=_(_HOLDS[name]) if name in _HOLDS else None)
        for name, fact in knowledge.attributes.items()
    }
    drugs = {drug.id: drug.name for drug in knowledge.drugs.values()}
    classes = {family.id: small(family.label) for family in knowledge.classes.values()}
    attributes["drug"] = Phrase(_("medicine"), drugs, lead=_LEADS["drug"])
    attributes["class"] = Phrase(_("kind of medicine"), classes, lead=_LEADS["class"])
    return Lexicon(facts, attributes)


def _phrase(fact: Fact) -> Phrase:
    values = {name: short(label) for name, label in fact.values.items()}
    holds = _clause(fact.plain) if fact.type == "flag" else None
    return Phrase(fact.label, values, fact.unit, holds, _LEADS.get(fact.id))


def _derived(fact: DerivedFact) -> Phrase:
    values = {name: value.plain for name, value in fact.values.items() if value.plain}
    return Phrase(fact.label, values, fact.unit, _clause(values.get("yes") or fact.plain))


def _clause(plain: str | None) -> str | None:
    """Plain words that say that a flag holds; a question says nothing."""
    return None if plain is None or plain.endswith("?") else plain
