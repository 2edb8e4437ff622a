"""What the record says of each treatment, as values that criteria can read.

Nothing is assumed here beyond what the words mean: a treatment that ended because the cancer grew is
one on which it grew; one that goes on has no end yet; two drugs are the drugs they are and no others.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from fingerpost.knowledge.model import Knowledge
from fingerpost.messages import marked
from fingerpost.record.growth_said import says_grown, says_not_grown
from fingerpost.record.model import Message, Treatment
from fingerpost.values import Absent, Choice, Days, Interval, Members, Value

Attributes = dict[str, Value | Absent]

_LOCAL = (Choice(frozenset({"radiotherapy"})), Choice(frozenset({"surgery"})))
_CONTROLLED = frozenset({"stable", "responding", "no_evidence_of_disease"})
_YES, _NO = Choice(frozenset({"yes"})), Choice(frozenset({"no"}))


def attributes_of(
    treatments: Sequence[Treatment], knowledge: Knowledge, on: dt.date
) -> list[Attributes]:
    """The attributes of all treatments, in the record's order; lines are `find_lines`' to tell."""
    return [_attributes(treatment, knowledge, on) for treatment in treatments]


def read_status(
    treatments: Sequence[Attributes], status: Value | Absent, checks: Sequence[Days | None] = ()
) -> list[Message]:
    """Whether the cancer grows on the one treatment that goes on: the disease's status says it.

    `checks` are the days on which it was found so. One that may lie before the treatment began says
    nothing of it.
    """
    going = [t for t in treatments if t.get("ongoing") == _YES and _is_systemic(t)]
    if len(going) == 1 and not all(_is_during(day, going[0]) for day in checks):
        return []
    if len(going) != 1 or "progression" in going[0] or not isinstance(status, Choice):
        return []
    if status.known == "progressing":
        going[0]["progression"] = _YES
        what = marked(
            "the treatment that goes on: the cancer is recorded as growing, and was taken to be so on "
            "this treatment"
        )
    elif status.possible <= _CONTROLLED:
        going[0]["progression"] = _NO
        what = marked(
            "the treatment that goes on: the cancer is recorded as under control, and was taken to be so "
            "on this treatment"
        )
    else:
        return []
    return [
        Message("inferred", "disease_status", what, marked("Say so if it is otherwise."), "info")
    ]


def _is_during(day: Days | None, treatment: Attributes) -> bool:
    """Whether a check is of the time of a treatment that goes on; one without a day is of today."""
    if day is None or (day.first is None and day.last is None):
        return True
    start = treatment.get("start")
    begun = start.last if isinstance(start, Days) else None
    return begun is not None and day.first is not None and day.first >= begun


def _attributes(treatment: Treatment, knowledge: Knowledge, on: dt.date) -> Attributes:
    own: Attributes = dict(treatment.attributes)
    drugs, classes = _drugs(treatment, knowledge), _classes(treatment, knowledge)
    if own.get("kind") in _LOCAL and not treatment.unresolved:
        # Radiation and operations are no medicine, and so none that was not named.
        drugs = Members(drugs.present, frozenset(knowledge.drugs) - drugs.present)
        classes = Members(classes.present, frozenset(knowledge.classes) - classes.present)
    own["drug"], own["class"] = drugs, classes
    if treatment.drugs and not treatment.unresolved and not _not_named(treatment, knowledge):
        number = sum("chemotherapy" in with_parents(d, knowledge) for d in treatment.drugs)
        own["chemotherapy_drugs"] = Interval(number, number)
    if "kind" not in own and (treatment.drugs or treatment.classes):
        own["kind"] = Choice(frozenset({_kind(treatment, knowledge)}))
    _end(own, on)
    _progression(own)
    return own


def _kind(treatment: Treatment, knowledge: Knowledge) -> str:
    """Medicine for the bones alone is no treatment of the cancer, and counts as no line."""
    groups = [with_parents(drug, knowledge) for drug in treatment.drugs]
    groups += [class_with_parents(name, knowledge) for name in treatment.classes]
    for_bones = bool(groups) and all("bone_agent" in group for group in groups)
    return "supportive" if for_bones and not treatment.unresolved else "systemic"


def _drugs(treatment: Treatment, knowledge: Knowledge) -> Members:
    present = set(treatment.drugs)
    for drug in treatment.drugs:
        present.update(knowledge.drugs[drug].components if drug in knowledge.drugs else ())
    if not treatment.drugs or treatment.unresolved:
        # A name that was not understood may be any drug; then none can be ruled out.
        return Members(frozenset(present))
    ruled_out = frozenset(knowledge.drugs) - present - _not_named(treatment, knowledge)
    return Members(frozenset(present), ruled_out)


def _classes(treatment: Treatment, knowledge: Knowledge) -> Members:
    present: set[str] = set()
    for name in treatment.classes:
        present.update(class_with_parents(name, knowledge))
    for drug in treatment.drugs:
        present.update(with_parents(drug, knowledge))
    if not treatment.drugs or treatment.unresolved:
        return Members(frozenset(present))
    possible = {
        c for drug in _not_named(treatment, knowledge) for c in with_parents(drug, knowledge)
    }
    return Members(frozenset(present), frozenset(knowledge.classes) - present - possible)


def _not_named(treatment: Treatment, knowledge: Knowledge) -> frozenset[str]:
    """The drugs that may stand behind a family that none of the named drugs belongs to.

    The T of AC-T is paclitaxel or docetaxel: neither is ruled out, and everything else is.
    """
    if not treatment.classes:
        return frozenset()
    named = {name for drug in treatment.drugs for name in with_parents(drug, knowledge)}
    left = set(treatment.classes) - named
    if not left:
        return frozenset()
    return frozenset(
        drug for drug in knowledge.drugs if not left.isdisjoint(with_parents(drug, knowledge))
    )


def with_parents(drug: str, knowledge: Knowledge) -> set[str]:
    """The classes of a drug, of its components, and the classes above them."""
    known = knowledge.drugs.get(drug)
    if known is None:
        return set()
    own = {c for name in known.classes for c in class_with_parents(name, knowledge)}
    return (
        own.union(*(with_parents(part, knowledge) for part in known.components))
        if known.components
        else own
    )


def class_with_parents(name: str, knowledge: Knowledge) -> set[str]:
    """A class and the classes above it."""
    found = {name}
    if name in knowledge.classes:
        for parent in knowledge.classes[name].parents:
            found |= class_with_parents(parent, knowledge)
    return found


def _end(own: Attributes, on: dt.date) -> None:
    end = own.get("end")
    if own.get("ongoing") == _YES and not isinstance(end, Days):
        # It has not ended: whatever day it ends lies ahead.
        own["end"] = Days(on, None)
    elif "ongoing" not in own:
        ended = isinstance(end, Days) and end.last is not None and end.last <= on
        if ended or isinstance(own.get("end_reason"), Choice):
            own["ongoing"] = _NO


def _progression(own: Attributes) -> None:
    """Whether the cancer grew on it: only if nothing that is said of the treatment speaks against it."""
    grew, stayed = says_grown(own), says_not_grown(own)
    if grew and stayed:
        own.pop("progression", None)
    elif isinstance(own.get("progression"), Choice):
        return
    elif grew:
        own["progression"] = _YES
    elif stayed and not _may_have_grown(own.get("best_response")):
        own["progression"] = _NO


def _may_have_grown(response: Value | Absent | None) -> bool:
    return isinstance(response, Choice) and "progression" in response.possible


def growth_quarrels(treatments: Sequence[Treatment]) -> list[Message]:
    """Treatments of which it is said that the cancer grew, and that it did not: it stays unknown."""
    what = marked(
        "what is said of this treatment does not fit together: that the cancer grew on it, and that it "
        "did not (why it ended, and the best that it did); whether it grew is left open"
    )
    return [
        Message(
            "contradicts",
            ", ".join(each.places),
            what,
            marked("Ask which one is right."),
            "warning",
        )
        for each in treatments
        if says_grown(each.attributes) and says_not_grown(each.attributes)
    ]


def _is_systemic(treatment: Mapping[str, Value | Absent]) -> bool:
    kind = treatment.get("kind")
    return not isinstance(kind, Choice) or "systemic" in kind.possible
