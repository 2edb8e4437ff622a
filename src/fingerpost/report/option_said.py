"""One option as the reports say it: its conditions, answers, cautions, limits and evidence."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from fingerpost.criteria.wording import Lexicon, say
from fingerpost.facts.treatments import class_with_parents, with_parents
from fingerpost.facts.words import treatment_name
from fingerpost.messages import gettext as _
from fingerpost.messages.phrases import small
from fingerpost.options.uses import Uses
from fingerpost.report.evidence_said import evidence_said
from fingerpost.report.reasons import Reasons, differences
from fingerpost.report.text.layout import listed
from fingerpost.report.trace import Tracer
from fingerpost.report.treatments import treatment_words
from fingerpost.terms import Answer, Verdict
from fingerpost.values import Choice, Members

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fingerpost.criteria.nodes import Node
    from fingerpost.knowledge.model import Knowledge, Option, Window
    from fingerpost.options.model import (
        CautionAnswer,
        CriterionAnswer,
        Elsewhere,
        NotInForce,
        OptionAnswer,
        Options,
        TrialNote,
    )
    from fingerpost.report.contract import (
        CautionSaid,
        ConditionsSaid,
        CriterionSaid,
        DecidingSaid,
        DrugSaid,
        ElsewhereSaid,
        EvidenceSaid,
        LicenceSaid,
        NotInForceSaid,
        OptionSaid,
        TrialLimitSaid,
    )

Audience = Literal["patient", "professional"]
_MOST_DIFFERENCES = 8
_AFTER_SURGERY = ("adjuvant", "post_neoadjuvant", "extended_adjuvant")
_STRONGEST = ("contraindicated", "boxed", "avoid")


@dataclass(frozen=True)
class Saying:
    """Everything that is needed to say one answer in words."""

    options: Options
    lexicon: Lexicon
    reasons: Reasons
    tracer: Tracer | None = None
    audience: Audience = "professional"
    # Many options share their cautions and conditions: each is put into words once.
    _cautions: dict[str, CautionSaid] = field(default_factory=dict, init=False)
    _clauses: dict[int, str] = field(default_factory=dict, init=False)

    def clause(self, number: int) -> str:
        """The condition with this number in plain English."""
        if number not in self._clauses:
            self._clauses[number] = sentence(say(self.node(number), self.lexicon))
        return self._clauses[number]

    def caution(self, answered: CautionAnswer) -> CautionSaid:
        """A caution of this person in words."""
        name = answered.caution.id
        if name not in self._cautions:
            self._cautions[name] = _caution(answered, self)
        return self._cautions[name]

    @cached_property
    def uses(self) -> Uses:
        """Which options of other authorities are the same use."""
        return Uses(self.options.knowledge)

    def node(self, number: int) -> Node:
        """The condition with this number in the knowledge."""
        return self.options.knowledge.graph.nodes[number]


def option_said(answer: OptionAnswer, saying: Saying) -> OptionSaid:
    """One option, with every condition and what decided it."""
    option, window = answer.option, answer.window
    evidence = evidence_said(option, saying.options.knowledge)
    same_use = {each.id for each in saying.uses.of(option)}
    conditions = conditions_said(answer, saying)
    return {
        "id": option.id,
        "row": option.row,
        "title": option.title,
        "heading": heading_of(option, saying.options.knowledge),
        "medicines": medicines_of(option, saying.options.knowledge),
        "drugs": [_name(name, saying.options.knowledge) for name in option.drugs],
        "drug_details": [drug_said(name, saying.options.knowledge) for name in option.drugs],
        "authority": option.authority,
        "setting": option.setting,
        "verdict": answer.verdict.value,
        "status": window.status,
        "in_force_from": first_day(window),
        "in_force_until": window.until.isoformat() if window.until else None,
        "in_force_state": window.date_state,
        "criteria": conditions["criteria"],
        "deciding": conditions["deciding"],
        "deciding_cautions": conditions["deciding_cautions"],
        "would_have_to_differ": differences(saying.reasons, answer.changes, _MOST_DIFFERENCES),
        "cautions": conditions["cautions"],
        "trial_only": [_limit(note) for note in answer.trial_notes],
        "evidence": [each for each in evidence if _is_for(each, saying)],
        "evidence_withheld": sum(not _is_for(each, saying) for each in evidence),
        "had_before": had_before_said(option, saying.options),
        "had_family_before": had_family_before_said(option, saying.options),
        "to_discuss": [each.caution.id for each in to_discuss(answer)],
        "strong_warning": has_strong_warning(answer),
        "note": " ".join(filter(None, (window.note, option.note))) or None,
        "source": window.source,
        "section": window.section,
        "state": answer.state,  # type: ignore[typeddict-item]
        "licence": licence_said(option),
        "approved_elsewhere": _elsewhere(option, saying),
        "elsewhere": [
            elsewhere_said(other, saying.options.knowledge)
            for other in saying.options.elsewhere
            if other.option.id in same_use
        ],
    }


def conditions_said(answer: OptionAnswer, saying: Saying) -> ConditionsSaid:
    """The conditions and cautions of one option and which of them decided: all that a reason needs."""
    return {
        "criteria": [_criterion(each, saying) for each in answer.criteria],
        "deciding": list(answer.deciding),
        "deciding_cautions": _deciding_cautions(answer),
        "cautions": [saying.caution(each) for each in answer.cautions],
    }


def deciding_said(answer: OptionAnswer, saying: Saying) -> DecidingSaid:
    """Why one option does not fit, for lists: the first condition that says no, or the cautions that do."""
    first = [answer.criteria[place] for place in answer.deciding[:1]]
    names = [] if first else _deciding_cautions(answer)
    return {
        "criteria": [_criterion(each, saying) for each in first],
        "cautions": [saying.caution(each) for each in answer.cautions if each.caution.id in names],
    }


def _is_for(evidence: EvidenceSaid, saying: Saying) -> bool:
    """A figure that nobody verified is never shown to a patient, nor is a trial number."""
    states = (evidence["state"], evidence["nct_state"])
    return saying.audience == "professional" or set(states) <= {"verified", None}


def first_day(window: Window) -> str | None:
    """The first day of a wording; None where it is older than anybody wrote down."""
    return None if window.start == dt.date.min else window.start.isoformat()


def elsewhere_said(other: Elsewhere, knowledge: Knowledge) -> ElsewhereSaid:
    """Another authority's word on a use, for the same record."""
    return {
        "authority": other.option.authority,
        "id": other.option.id,
        "heading": heading_of(other.option, knowledge),
        "medicines": medicines_of(other.option, knowledge),
        "status": other.window.status,
        "verdict": other.verdict.value,
    }


def only_elsewhere(options: Options) -> list[ElsewhereSaid]:
    """Uses that fit or might fit elsewhere, and that this authority does not have in force."""
    uses = Uses(options.knowledge)
    own = {each.id for answer in options.options for each in uses.of(answer.option)}
    return [
        elsewhere_said(other, options.knowledge)
        for other in options.elsewhere
        if other.verdict in (Verdict.MATCHES, Verdict.MIGHT_MATCH) and other.option.id not in own
    ]


def licence_said(option: Option) -> LicenceSaid | None:
    """Whether the medicine is licensed, where the authority itself does not say so."""
    licence = option.licence
    if licence is None:
        return None
    return {
        "authority": licence.authority,
        "status": licence.status,
        "since": licence.since.isoformat() if licence.since else None,
        "source": licence.source,
        "state": licence.state,
    }


def had_before_said(option: Option, options: Options) -> list[str]:
    """Treatments with a medicine of the option, in words.

    Labels seldom ask it, but nobody should be shown a medicine they had without a word.
    """
    wanted = set(option.drugs)
    return [
        f"{name}: {words}"
        for name, words, drugs in _treatments(options)
        if not wanted.isdisjoint(drugs)
    ]


def had_family_before_said(option: Option, options: Options) -> list[str]:
    """Treatments with another medicine of a family that the option has one of, in words."""
    knowledge = options.knowledge
    wanted = {name for drug in option.drugs for name in _families(drug, knowledge)}
    found = []
    for name, words, drugs in _treatments(options):
        same = {family for drug in drugs for family in _families(drug, knowledge)} & wanted
        # With one of these very medicines it is told as such.
        if same and drugs.isdisjoint(option.drugs):
            labels = listed(sorted(small(knowledge.classes[f].label) for f in same))
            found.append(f"{name} ({labels}): {words}")
    return found


def _treatments(options: Options) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Each treatment whose medicines are known: its name, what the record says of it, the medicines."""
    facts = options.facts
    for treatment, attributes in zip(facts.treatments, facts.case.treatments, strict=True):
        drugs = attributes.get("drug")
        if isinstance(drugs, Members):
            name = treatment_name(treatment, options.knowledge)
            yield name, treatment_words(attributes), drugs.present


def _families(drug: str, knowledge: Knowledge) -> set[str]:
    """The families that a medicine, or a class that stands for one of its medicines, belongs to."""
    classes = knowledge.classes
    above = (
        class_with_parents(drug, knowledge) if drug in classes else with_parents(drug, knowledge)
    )
    return {name for name in above if name in classes and classes[name].family}


def is_after_surgery(answer: OptionAnswer, options: Options) -> bool:
    """Whether all that says no is that surgery, still ahead, comes before this option.

    What else the label asks to have been given may still be given as well.
    """
    surgery = options.facts.case.facts.get("breast_surgery")
    early = options.derived.get("extent", {}).get("early")
    kinds = {answer.criteria[place].criterion.kind for place in answer.deciding}
    return (
        isinstance(surgery, Choice)
        and surgery.known == "planned"
        and early is not Answer.NO
        and answer.verdict is Verdict.DOES_NOT_MATCH
        and answer.option.setting in _AFTER_SURGERY
        and "setting" in kinds
        and kinds <= {"setting", "sequence"}
    )


def group_of(answer: OptionAnswer, options: Options) -> str:
    """Where an option stands in lists: its verdict, or `to_discuss` or `later` where that says more."""
    if answer.verdict is Verdict.MATCHES and to_discuss(answer):
        return "to_discuss"
    return "later" if is_after_surgery(answer, options) else answer.verdict.value


def to_discuss(answer: OptionAnswer) -> list[CautionAnswer]:
    """The cautions that something in the record calls up; what holds for everybody is none of them."""
    return [
        each
        for each in answer.cautions
        if each.answer is Answer.YES
        and each.caution.node is not None
        and each.caution.effect != "info"
        and each.reasons
    ]


def has_strong_warning(answer: OptionAnswer) -> bool:
    """Whether one of the strongest cautions applies because of something in this record."""
    return any(each.caution.effect in _STRONGEST for each in to_discuss(answer))


def heading_of(option: Option, knowledge: Knowledge) -> str:
    """The title with the medicine's name in front, where it does not begin with it."""
    drug = knowledge.drugs.get(option.drug)
    name = drug.name if drug else option.drug.replace("_", " ")
    if option.title.casefold().startswith(name.casefold()):
        return option.title
    brand = f" ({drug.brands[0]})" if drug and drug.brands else ""
    return sentence(f"{name}{brand}, {small(option.title)}")


def medicines_of(option: Option, knowledge: Knowledge) -> str:
    """The option by its medicines only, for lists.

    The first is the one that the option is about, the others are its partners.
    """
    first, *partners = (_name(drug, knowledge) for drug in option.drugs)
    if not partners:
        return first
    return _("%(first)s with %(other)s", first=first, other=listed(partners))


def _name(drug: str, knowledge: Knowledge) -> str:
    if drug in knowledge.drugs:
        return knowledge.drugs[drug].name
    family = knowledge.classes.get(drug)
    return small(family.label) if family else drug.replace("_", " ")


def not_in_force_said(absent: NotInForce, knowledge: Knowledge) -> NotInForceSaid:
    """A use that is not in force on the day, and why."""
    option, window = absent.option, absent.window
    return {
        "id": option.id,
        "row": option.row,
        "title": option.title,
        "heading": heading_of(option, knowledge),
        "reason": absent.reason,
        "in_force_from": first_day(window),
        "in_force_until": window.until.isoformat() if window.until else None,
        "status": window.status,
        "population": None if absent.population is None else absent.population.value,
        "section": window.section,
        "licence": licence_said(option),
        "source": window.source,
        "state": window.date_state,
    }


def drug_said(name: str, knowledge: Knowledge) -> DrugSaid:
    """A medicine with its names; a family of medicines where only that is named."""
    drug, family = knowledge.drugs.get(name), knowledge.classes.get(name)
    does = drug.what_it_does if drug else family.plain if family else None
    return {
        "id": name,
        "name": _name(name, knowledge),
        "brands": list(drug.brands) if drug else [],
        "is_class": drug is None,
        "what_it_does": does,
    }


def _criterion(answered: CriterionAnswer, saying: Saying) -> CriterionSaid:
    criterion = answered.criterion
    node = saying.node(criterion.node)
    said: CriterionSaid = {
        "when": criterion.when,
        "says": saying.clause(criterion.node),
        "label": criterion.label,
        "quoted": criterion.quoted,
        "kind": criterion.kind,  # type: ignore[typeddict-item]
        "answer": answered.answer.value,
        "because": saying.reasons.because(
            answered.reasons,
            answered.answer,
            node,
            of_treatment=criterion.kind == "sequence",
        ),
        "note": criterion.note,
        "source": criterion.source,
        "state": criterion.state,
    }
    if saying.tracer is not None:
        said["trace"] = saying.tracer.trace(node)
    return said


def sentence(clause: str) -> str:
    """A clause with a capital at its beginning, where that is a letter that has one.

    >>> sentence("the cancer has spread")
    'The cancer has spread'
    """
    return clause[:1].upper() + clause[1:]


def _caution(answered: CautionAnswer, saying: Saying) -> CautionSaid:
    caution = answered.caution
    node = None if caution.node is None else saying.node(caution.node)
    return {
        "id": caution.id,
        "effect": caution.effect,  # type: ignore[typeddict-item]
        "text": caution.text,
        "answer": answered.answer.value,
        "because": saying.reasons.because(answered.reasons, answered.answer, node),
        "asks": caution.asks,
        "about_children": caution.about_children,
        "tells": caution.tells,
        "authority": caution.authority,
        "source": caution.source,
        "state": caution.state,
    }


def _deciding_cautions(answer: OptionAnswer) -> list[str]:
    """The cautions without which the verdict would be another: only these two effects can."""
    changing = {
        Verdict.DOES_NOT_MATCH: "contraindicated",
        Verdict.MIGHT_MATCH: "not_studied",
    }.get(answer.verdict)
    settled = all(c.answer is not Answer.UNKNOWN for c in answer.criteria)
    if answer.deciding or changing is None or (changing == "not_studied" and not settled):
        return []
    return [
        c.caution.id
        for c in answer.cautions
        if c.answer is Answer.YES and c.caution.effect == changing
    ]


def _limit(note: TrialNote) -> TrialLimitSaid:
    limit = note.limit
    return {
        "text": limit.text,
        "answer": note.answer.value,
        "source": limit.source,
        "state": limit.state,
    }


def _elsewhere(option: Option, saying: Saying) -> list[str]:
    """Other authorities that have the same use in force that day."""
    return sorted(
        {
            other.authority
            for other in saying.uses.of(option)
            if other.authority != option.authority
            and any(w.holds_on(saying.options.on) and w.opens for w in other.windows)
        }
    )
