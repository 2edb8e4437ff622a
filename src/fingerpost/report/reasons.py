"""The way back from an answer: places in the record, said as findings, treatments and gaps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from fingerpost.criteria.evaluate import Remembered
from fingerpost.criteria.explain import deciding_parts
from fingerpost.criteria.nodes import CountTreatments, Node, parts_of
from fingerpost.criteria.planes import COMPLETE, Slot
from fingerpost.dates import whole_units
from fingerpost.facts.words import treatment_name
from fingerpost.messages import gettext as _
from fingerpost.messages import marked, ngettext
from fingerpost.messages.phrases import amount, small
from fingerpost.report.treatments import attribute_words, treatment_words
from fingerpost.report.values import absence_of, iso_of, short, value_words
from fingerpost.terms import AbsenceKind, Answer
from fingerpost.values import Absent, Days, Members, Value

if TYPE_CHECKING:
    from fingerpost.facts.model import Chosen, Facts
    from fingerpost.knowledge.model import Fact, Knowledge
    from fingerpost.report.contract import Because, Difference

_WHOLE = marked("the list is stated to be complete")


class Reasons:
    """Says the reasons of answers about one person."""

    def __init__(self, facts: Facts, knowledge: Knowledge) -> None:
        """Keep the person's facts and the catalogue that names them."""
        self._facts = facts
        self._knowledge = knowledge
        self._remembered = Remembered(facts.case)
        self._said: dict[Slot, Because] = {}
        # By identity: equal conditions are one node of the graph, and nodes are slow to compare.
        self._none: dict[int, bool] = {}
        self._elapsed = {
            fact.start: fact for fact in knowledge.derived.values() if fact.end == "today"
        }

    def because(
        self,
        slots: Iterable[Slot],
        answer: Answer,
        node: Node | None,
        *,
        of_treatment: bool = True,
    ) -> list[Because]:
        """What decided an answer, or what keeps it open; treatments first if they are what is asked."""
        slots = tuple(slots)
        if not slots:
            return [_rule(answer)]
        if Slot(COMPLETE) not in slots or answer is Answer.UNKNOWN:
            return [self.of(slot) for slot in slots]
        none = self._none_counts(node)
        others = [slot for slot in slots if slot.name != COMPLETE]
        if none:
            others = [slot for slot in others if slot.name != "treatment"]
        whole = self._whole_list(none=none)
        if of_treatment:
            return [whole, *map(self.of, others)]
        facts = [self.of(slot) for slot in others if slot.treatment is None]
        given = [self.of(slot) for slot in others if slot.treatment is not None]
        return [*facts, whole, *given]

    def of(self, slot: Slot) -> Because:
        """What one place of the record says."""
        if slot not in self._said:
            self._said[slot] = self._find(slot)
        return self._said[slot]

    def difference(self, slot: Slot) -> Difference:
        """One place that would have to say something else."""
        if slot.name == "treatments":
            number = len(self._facts.treatments)
            now = ngettext("%(num)s listed", "%(num)s listed", number)
            return _difference(
                slot, _("the treatments so far"), now if number else _("none listed")
            )
        said = self.of(slot)
        return _difference(slot, said["label"], said["value"])

    def _find(self, slot: Slot) -> Because:
        if slot.name == COMPLETE and slot.treatment is None:
            stated = self._facts.case.treatments_complete
            value = _(_WHOLE) if stated is Answer.YES else _("not stated to be complete")
            absence = None if stated is Answer.YES else AbsenceKind.NOT_STATED
            return _because("treatment_list", COMPLETE, _("List of treatments"), value, absence)
        if slot.treatment is None:
            return self._fact(slot)
        treatment = self._facts.treatments[slot.treatment]
        attributes = self._facts.case.treatments[slot.treatment]
        name = treatment_name(treatment, self._knowledge)
        number = slot.treatment + 1
        if slot.name == "treatment":
            value = treatment_words(attributes)
            found = _because("treatment", "treatment", name, value, None, number)
        elif slot.name in ("drug", "class"):
            # What it certainly held does not say what else it did.
            absence = AbsenceKind.NOT_UNDERSTOOD if treatment.unresolved else AbsenceKind.NOT_STATED
            label = _("%(treatment)s: which medicines it held", treatment=name)
            found = _because(
                "treatment_detail", slot.name, label, _("not fully known"), absence, number
            )
        else:
            own = attributes.get(slot.name, Absent())
            known = self._knowledge.attributes.get(slot.name)
            label = small(known.label) if known else slot.name.replace("_", " ")
            value = attribute_words(slot.name, own, self._knowledge)
            found = _because(
                "treatment_detail", slot.name, f"{name}: {label}", value, absence_of(own), number
            )
        found["words"] = treatment.words
        found["source"] = ", ".join(treatment.places)
        return found

    def _fact(self, slot: Slot) -> Because:
        fact = self._knowledge.facts.get(slot.name)
        chosen = self._facts.chosen.get(slot.name)
        if fact is None or chosen is None:
            return _because("fact", slot.name, slot.name.replace("_", " "), _("not stated"), None)
        label, words, absence = self._what(slot, fact, chosen.value)
        found = _because("fact", slot.name, label, words, absence)
        found["detail"] = fact.detail
        _add_origin(found, chosen)
        return found

    def _what(
        self, slot: Slot, fact: Fact, value: Value | Absent
    ) -> tuple[str, str, AbsenceKind | None]:
        if slot.member is None:
            return fact.label, self._value(fact, value), absence_of(value)
        label = f"{fact.label}: {short(fact.values.get(slot.member, slot.member))}"
        present, absent = (
            (slot.member in value.present, slot.member in value.absent)
            if isinstance(value, Members)
            else (False, False)
        )
        if present or absent:
            return label, _("yes") if present else _("no"), None
        return label, _("not stated"), absence_of(value) or AbsenceKind.NOT_STATED

    def _value(self, fact: Fact, value: Value | Absent) -> str:
        words = value_words(value, fact)
        elapsed = self._elapsed.get(fact.id)
        if elapsed is None or not isinstance(value, Days) or not value.first or not value.last:
            return words
        today, unit = self._facts.case.today, elapsed.unit or "years"
        least, most = (whole_units(day, today, unit) for day in (value.last, value.first))
        if elapsed.id == "age":
            how_old = _("age %(years)s", years=least)
            if least != most:
                how_old = _("age %(least)s to %(most)s", least=least, most=most)
        else:
            how_old = _ago(least, most, unit)
        return f"{words} ({how_old})"

    def _whole_list(self, *, none: bool) -> Because:
        number = len(self._facts.treatments)
        if not number:
            value = _("no treatment is listed, and the list is stated to be complete")
        elif none:
            value = _none_of(number)
        else:
            value = ngettext(
                "there are no treatments but the %(num)s listed: the list is stated to be complete",
                "there are no treatments but the %(num)s listed: the list is stated to be complete",
                number,
            )
        return _because("treatment_list", COMPLETE, _("List of treatments"), value, None)

    def _none_counts(self, node: Node | None) -> bool:
        """Whether all counts that decided came to none: then no single treatment is to be named."""
        if node is None:
            return False
        if id(node) not in self._none:
            counted = list(self._counts(node))
            self._none[id(node)] = bool(counted) and all(
                count.at_least == 1 and answer is Answer.NO for count, answer in counted
            )
        return self._none[id(node)]

    def _counts(self, node: Node) -> Iterable[tuple[CountTreatments, Answer]]:
        """The counts of treatments that decided a node, with their answers."""
        answer = self._remembered.answer(node)
        if isinstance(node, CountTreatments):
            yield node, answer
            return
        parts = parts_of(node)
        answers = [self._remembered.answer(part) for part in parts]
        for index in deciding_parts(node, answer, answers) if parts else ():
            yield from self._counts(parts[index])


def _none_of(number: int) -> str:
    if number == 1:
        return _("the one treatment listed does not count, and the list is stated to be complete")
    return ngettext(
        "none of the %(num)s treatments listed counts, and the list is stated to be complete",
        "none of the %(num)s treatments listed counts, and the list is stated to be complete",
        number,
    )


def _ago(least: int, most: int, unit: str) -> str:
    """How long ago, where only a year or a month is known from and to.

    >>> _ago(3, 4, "years"), _ago(1, 1, "years")
    ('3 to 4 years ago', '1 year ago')
    """
    if least == most:
        return _("%(time)s ago", time=amount(least, unit))
    return _("%(least)s to %(most)s ago", least=least, most=amount(most, unit))


def _add_origin(found: Because, chosen: Chosen) -> None:
    findings = chosen.findings
    if not findings:
        return
    found["source"] = ", ".join(dict.fromkeys(p for f in findings for p in f.places))
    words = dict.fromkeys(s.words for f in findings for s in f.sources if s.words)
    found["words"] = " / ".join(words) or None
    found["date"] = iso_of(findings[-1].date)
    found["presumed"] = any(f.source.kind == "presumed" for f in findings)


def _because(  # noqa: PLR0913, PLR0917 (the fields of one small record)
    kind: str,
    name: str,
    label: str,
    value: str,
    absence: AbsenceKind | None,
    treatment: int | None = None,
) -> Because:
    return {
        "kind": kind,  # type: ignore[typeddict-item]
        "name": name,
        "treatment": treatment,
        "label": label,
        "value": value,
        "absence": absence.value if absence else None,
        "words": None,
        "source": None,
        "date": None,
        "presumed": False,
        "detail": False,
    }


def _rule(answer: Answer) -> Because:
    """What decides where nothing of the person does."""
    if answer is Answer.UNKNOWN:
        value, absence = _("the sources leave it open; ask your team"), AbsenceKind.NOT_KNOWN
        return _because("rule", "rule", _("The rule itself"), value, absence)
    return _because("rule", "rule", _("The rule itself"), _("the same for everybody"), None)


def _difference(slot: Slot, label: str, now: str) -> Difference:
    number = None if slot.treatment is None else slot.treatment + 1
    return {"name": slot.name, "treatment": number, "label": label, "is_now": now}


def differences(
    reasons: Reasons, changes: Sequence[frozenset[Slot]], most: int
) -> list[list[Difference]]:
    """The smallest sets of things that would have to be otherwise, at most so many."""
    return [
        [reasons.difference(slot) for slot in sorted(change, key=repr)] for change in changes[:most]
    ]
