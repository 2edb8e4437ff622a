"""What the record says of each treatment, as values that criteria can read.

Nothing is assumed here beyond what the words mean: a treatment that ended because the cancer grew is
one on which it grew; one that goes on has no end yet; two drugs are the drugs they are and no others.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from fingerpost.knowledge.model import Knowledge
from fingerpost.record.model import Message, Treatment
from fingerpost.values import Absent, Choice, Days, Interval, Members, Value

Attributes = dict[str, Value | Absent]

_GREW = frozenset({"progression", "recurrence"})
_LOCAL = (Choice(frozenset({"radiotherapy"})), Choice(frozenset({"surgery"})))
_CONTROLLED = frozenset({"stable", "responding", "no_evidence_of_disease"})
_YES, _NO = Choice(frozenset({"yes"})), Choice(frozenset({"no"}))
_ADVANCED = frozenset({"locally_advanced", "metastatic"})
_EARLY = frozenset({"neoadjuvant", "adjuvant", "extended_adjuvant"})


def attributes_of(
    treatments: Sequence[Treatment], knowledge: Knowledge, on: dt.date
) -> list[Attributes]:
    """The attributes of all treatments, in the record's order."""
    found = [_attributes(treatment, knowledge, on) for treatment in treatments]
    _number_lines(found)
    return found


def read_status(treatments: Sequence[Attributes], status: Value | Absent) -> list[Message]:
    """Whether the cancer grows on the one treatment that goes on: the disease's status says it."""
    going = [t for t in treatments if t.get("ongoing") == _YES and _is_systemic(t)]
    if len(going) != 1 or "progression" in going[0] or not isinstance(status, Choice):
        return []
    if status.known == "progressing":
        going[0]["progression"] = _YES
        told = "growing"
    elif status.possible <= _CONTROLLED:
        going[0]["progression"] = _NO
        told = "under control"
    else:
        return []
    what = f"the treatment that goes on: the cancer is recorded as {told}, and was taken to be so on this treatment"
    return [Message("inferred", "disease_status", what, "Say so if it is otherwise.", "info")]


def _attributes(treatment: Treatment, knowledge: Knowledge, on: dt.date) -> Attributes:
    own: Attributes = dict(treatment.attributes)
    drugs, classes = _drugs(treatment, knowledge), _classes(treatment, knowledge)
    if own.get("kind") in _LOCAL and not treatment.unresolved:
        # Radiation and operations are no medicine, and so none that was not named.
        drugs = Members(drugs.present, frozenset(knowledge.drugs) - drugs.present)
        classes = Members(classes.present, frozenset(knowledge.classes) - classes.present)
    own["drug"], own["class"] = drugs, classes
    if treatment.drugs and not treatment.unresolved:
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
    known = frozenset(knowledge.drugs) - present - _of_open_families(treatment, knowledge)
    return Members(frozenset(present), known if _is_whole(treatment) else frozenset())


def _is_whole(treatment: Treatment) -> bool:
    """Whether drugs are named, and no name is open: a name not understood may be any drug."""
    return bool(treatment.drugs) and not treatment.unresolved


def _of_open_families(treatment: Treatment, knowledge: Knowledge) -> frozenset[str]:
    """Drugs that a stated family may stand for: the T of AC-T is a taxane, and may be paclitaxel."""
    named = {each for drug in treatment.drugs for each in with_parents(drug, knowledge)}
    open_ = set(treatment.classes) - named
    return frozenset(drug for drug in knowledge.drugs if open_ & with_parents(drug, knowledge))


def _classes(treatment: Treatment, knowledge: Knowledge) -> Members:
    present: set[str] = set()
    for name in treatment.classes:
        present.update(class_with_parents(name, knowledge))
    for drug in treatment.drugs:
        present.update(with_parents(drug, knowledge))
    of_open = _of_open_families(treatment, knowledge)
    may_be = {each for drug in of_open for each in with_parents(drug, knowledge)}
    known = frozenset(knowledge.classes) - present - may_be
    return Members(frozenset(present), known if _is_whole(treatment) else frozenset())


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
    if isinstance(own.get("progression"), Choice):
        return
    reason, response = own.get("end_reason"), own.get("best_response")
    if isinstance(reason, Choice):
        if reason.possible <= _GREW:
            own["progression"] = _YES
        elif reason.possible.isdisjoint(_GREW | {"other"}):
            own["progression"] = _NO
    elif isinstance(response, Choice) and response.known == "progression":
        own["progression"] = _YES


def _number_lines(found: Sequence[Attributes]) -> None:
    """Which treatments begin a new line, as far as that is certain.

    A line begins with the first treatment of a setting and with the one after progression. A change
    for another reason may be the same line or a new one; it stays unknown unless the record numbers
    the lines. The whole of the treatment of early disease counts as one.
    """
    for settings, early in ((_ADVANCED, False), (_EARLY, True)):
        own = [t for t in found if _is_in(t, settings) and _is_systemic(t)]
        if any(not isinstance(t.get("setting"), Choice) for t in found):
            own = [t for t in own if isinstance(t.get("line"), Interval)]
        ordered = sorted(own, key=_order)
        seen: set[float] = set()
        for index, treatment in enumerate(ordered):
            if "new_line" not in treatment:
                begins = _begins(ordered, index, seen, early=early)
                if begins is not None:
                    treatment["new_line"] = begins
            line = treatment.get("line")
            if isinstance(line, Interval) and line.known is not None:
                seen.add(line.known)


def _begins(
    ordered: Sequence[Attributes], index: int, seen: set[float], *, early: bool
) -> Choice | None:
    line = ordered[index].get("line")
    if isinstance(line, Interval) and line.known is not None:
        return _NO if line.known in seen else _YES
    if index == 0:
        return _YES
    if early:
        return _NO
    before = ordered[index - 1]
    if before.get("progression") == _YES:
        return _YES
    # Going on with some of the same medicines, without growth, is the same line (maintenance).
    drugs, earlier = ordered[index].get("drug"), before.get("drug")
    if (
        isinstance(drugs, Members)
        and isinstance(earlier, Members)
        and drugs.absent
        and drugs.present <= earlier.present
        and before.get("progression") == _NO
    ):
        return _NO
    return None


def _is_in(treatment: Mapping[str, Value | Absent], settings: frozenset[str]) -> bool:
    setting = treatment.get("setting")
    return isinstance(setting, Choice) and setting.possible <= settings


def _is_systemic(treatment: Mapping[str, Value | Absent]) -> bool:
    kind = treatment.get("kind")
    return not isinstance(kind, Choice) or "systemic" in kind.possible


def _order(treatment: Mapping[str, Value | Absent]) -> tuple[float, dt.date]:
    line, start = treatment.get("line"), treatment.get("start")
    number = line.low if isinstance(line, Interval) else 0.0
    day = start.first if isinstance(start, Days) and start.first is not None else dt.date.min
    return number, day
