"""Treatments of a table: from columns that say yes or no, or from rows that are treatments each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from fingerpost.record.dictionaries import Dictionaries
from fingerpost.record.drugs.regimens import as_regimens
from fingerpost.record.drugs.told import told_of
from fingerpost.record.model import Message, Source, Treatment
from fingerpost.record.table.cells import says_something
from fingerpost.record.table.plan import AttributeRule, TablePlan, TreatmentRule
from fingerpost.record.written.attributes import ATTRIBUTES
from fingerpost.record.written.value_reader import NotRead, ValueReader
from fingerpost.terms import Answer
from fingerpost.values import Absent, Choice, Days, Value

Row = Sequence[str | None]
NO_MEANING = "the mapping does not say what this word means"


@dataclass(slots=True)
class Treatments:
    """The treatments of one person, and whether they are said to be all."""

    dictionaries: Dictionaries
    found: list[Treatment] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    # One for each row, column or table that the mapping calls complete: does it answer?
    answered: list[bool] = field(default_factory=list)

    @property
    def complete(self) -> Answer:
        """Whether these are all treatments: only if a table says so, and nothing in it is open."""
        return Answer.YES if self.answered and all(self.answered) else Answer.UNKNOWN

    # --- columns --------------------------------------------------------------------------

    def from_columns(self, plan: TablePlan, place: int, row: Row) -> None:
        """Read every yes-or-no column of a row."""
        answers = [self._column(plan, rule, place, row) for rule in plan.treatments]
        # One column that does not answer, or is not there, leaves open whether there was more.
        if plan.shape.treatments_are_all and plan.shape.treatments:
            there = len(answers) == len(plan.shape.treatments)
            self.answered.append(there and None not in answers)

    def _column(self, plan: TablePlan, rule: TreatmentRule, place: int, row: Row) -> bool | None:
        """Whether the treatment was given, or None if the column does not say."""
        word = row[rule.index]
        cell = rule.cells.read(word)
        rule.tally.count(cell, word or "")
        where = f"{plan.loaded.name}, row {place}, {rule.column}"
        if cell.kind == "unread":
            self.messages.append(not_understood(where, word, cell.problem))
            return None
        if not isinstance(cell.value, Choice):
            return None
        if cell.value.known == "no":
            if not plan.shape.treatments_are_all:
                what = f"{rule.column} says no; that is no proof that none was given"
                advice = "ask whether the list of treatments is complete"
                self.messages.append(Message("treatment_denied", where, what, advice))
            return False
        return self._given(plan, rule, where, row)

    def _given(
        self, plan: TablePlan, rule: TreatmentRule, where: str, row: Row
    ) -> Literal[True] | None:
        """Note a treatment that was given; one that is only planned is no answer."""
        attributes = self._attributes(plan, rule.attributes, where, row)
        self._sound(attributes, where)
        if self._lies_ahead(rule.attributes, where, row):
            return None
        named = [self.dictionaries.names.read(name) for name in rule.shape.drugs]
        self.found.append(
            Treatment(
                tuple(drug for each in named for drug in each.drugs),
                (),
                tuple(rule.shape.classes),
                attributes,
                Source("table", where, f"{rule.column}: {row[rule.index]}"),
                f"{rule.column}: {row[rule.index]}",
            )
        )
        return True

    # --- rows -----------------------------------------------------------------------------

    def from_rows(self, plan: TablePlan, rows: Iterable[tuple[int, Row]]) -> None:
        """Read a table in which each row is a treatment, a drug or a dose."""
        shape = plan.shape.treatment_rows
        if shape is None:
            return
        kept = [
            (place, row) for place, row in rows if plan.row_when is None or plan.row_when.holds(row)
        ]
        found = [self._row(plan, place, row) for place, row in kept]
        several = [each for each in found if each is not None]
        if "regimen" in plan.rows:
            names = [_regimen(plan, place, row) for place, row in kept]
            several = self._by_regimen(list(zip(names, found, strict=True)))
        elif shape.join_same_start:
            several = as_regimens(several, self.dictionaries.line_rules)
        self.found += several
        if plan.shape.treatments_are_all:
            # Without the column of its condition, no row counts, and none is denied.
            self.answered.append(plan.row_when is None or plan.row_when.known)

    def _by_regimen(self, named: list[tuple[str | int, Treatment | None]]) -> list[Treatment]:
        """Rows with the same regimen as one treatment; what they do not agree on is left open."""
        groups: dict[str | int, list[Treatment]] = {}
        for name, treatment in named:
            if treatment is not None:
                groups.setdefault(name, []).append(treatment)
        for group in groups.values():
            differ = [name for name in ATTRIBUTES if name != "start" and _differ(group, name)]
            if differ:
                where = ", ".join(each.source.reference for each in group)
                what = f"the rows of one regimen differ on {', '.join(differ)}, so it was left open"
                self.messages.append(Message("contradicts", where, what, "correct it", "warning"))
        return [_as_one(group) for group in groups.values()]

    def _row(self, plan: TablePlan, place: int, row: Row) -> Treatment | None:
        where = f"{plan.loaded.name}, row {place}"
        words = (row[plan.rows["drug"]] or "").strip() if "drug" in plan.rows else ""
        named = self.dictionaries.names.read(words) if words else None
        classes = self._classes(plan, where, row)
        attributes = self._attributes(plan, plan.row_attributes, where, row)
        self._sound(attributes, where)
        if self._lies_ahead(plan.row_attributes, where, row):
            self.answered.append(False)
            return None
        if named is None and not classes and "kind" not in attributes:
            what = "this row names no treatment"
            self.messages.append(Message("no_value", where, what))
            self.answered.append(False)
            return None
        unresolved = named.unresolved if named is not None else ()
        self.messages += told_of(named, where) if named is not None else []
        if named is not None and named.set_aside and not (named.drugs or unresolved or classes):
            # No medicine against the cancer, and the owner is told so: no treatment of it.
            return None
        return Treatment(
            named.drugs if named is not None else (),
            unresolved,
            tuple(dict.fromkeys((*classes, *(named.classes if named is not None else ())))),
            attributes,
            Source("table", where, words or None),
            words or None,
        )

    def _classes(self, plan: TablePlan, where: str, row: Row) -> tuple[str, ...]:
        rows = plan.shape.treatment_rows
        shape = rows.classes if rows is not None else None
        if shape is None:
            return ()
        if shape.column is None:
            return tuple(shape.value or ())
        word = (row[plan.rows["classes"]] or "").strip() if "classes" in plan.rows else ""
        said = {key.casefold(): meaning for key, meaning in shape.values.items()}
        if word.casefold() in said:
            return tuple(said[word.casefold()])
        own = {key.casefold() for key in shape.absent}
        if word.casefold() not in own and says_something(word, plan.absent):
            self.messages.append(not_understood(where, word, NO_MEANING))
        return ()

    def _attributes(
        self, plan: TablePlan, rules: Iterable[AttributeRule], where: str, row: Row
    ) -> dict[str, Value]:
        found: dict[str, Value] = {}
        for rule in rules:
            if rule.index is None:
                value = _constant(rule, self.dictionaries)
                if value is not None:
                    found[rule.name] = value
                continue
            word = row[rule.index]
            cell = rule.cells.read(word)
            rule.tally.count(cell, word or "")
            if cell.kind == "unread":
                self.messages.append(not_understood(f"{where}, {rule.column}", word, cell.problem))
            elif cell.value is not None and not isinstance(cell.value, Absent):
                found[rule.name] = cell.value
        return found

    def _lies_ahead(self, rules: Iterable[AttributeRule], where: str, row: Row) -> bool:
        """Whether a treatment begins in the future: it is planned, or its year is a slip."""
        ahead = any(
            rule.name == "start"
            and rule.index is not None
            and rule.cells.read(row[rule.index]).code == "future-date"
            for rule in rules
        )
        if ahead:
            what = "left out: a treatment that begins in the future has not been given"
            self.messages.append(Message("not_read", where, what, "correct the date", "warning"))
        return ahead

    def _sound(self, attributes: dict[str, Value], where: str) -> None:
        """A treatment that ends before it starts has one date wrong: neither is used."""
        start, end = attributes.get("start"), attributes.get("end")
        if not isinstance(start, Days) or not isinstance(end, Days):
            return
        if start.first is not None and end.last is not None and end.last < start.first:
            del attributes["start"], attributes["end"]
            what = "this treatment ends before it starts, so neither date was used"
            self.messages.append(Message("contradicts", where, what, "correct one", "warning"))


def _constant(rule: AttributeRule, dictionaries: Dictionaries) -> Value | None:
    try:
        value = ValueReader(ATTRIBUTES, dictionaries.on).read(rule.name, rule.always).value
    except NotRead:
        return None
    return None if isinstance(value, Absent) else value


def _regimen(plan: TablePlan, place: int, row: Row) -> str | int:
    """The regimen that a row names; a row that names none is one of its own."""
    word = (row[plan.rows["regimen"]] or "").strip()
    return word if says_something(word, plan.absent) else place


# What holds for a regimen only if every row of it says so: one drug may go on without the other.
_OF_ALL = frozenset({"end", "end_reason", "ongoing"})


def _differ(group: list[Treatment], name: str) -> bool:
    said = [each.attributes[name] for each in group if name in each.attributes]
    return any(value != said[0] for value in said)


def _as_one(group: list[Treatment]) -> Treatment:
    if len(group) == 1:
        return group[0]
    attributes: dict[str, Value] = {}
    for name in ATTRIBUTES:
        said = [each.attributes[name] for each in group if name in each.attributes]
        whole = len(said) == len(group) or name not in _OF_ALL
        if said and whole and all(value == said[0] for value in said):
            attributes[name] = said[0]
    starts = [each.attributes.get("start") for each in group]
    known = [days for days in starts if isinstance(days, Days) and days.first is not None]
    if known and len(known) == len(starts):
        attributes["start"] = min(known, key=lambda days: str(days.first))
    words = "; ".join(dict.fromkeys(each.words for each in group if each.words))
    return Treatment(
        tuple(dict.fromkeys(drug for each in group for drug in each.drugs)),
        tuple(dict.fromkeys(name for each in group for name in each.unresolved)),
        tuple(dict.fromkeys(name for each in group for name in each.classes)),
        attributes,
        Source("table", ", ".join(each.source.reference for each in group), words or None),
        words or None,
    )


def not_understood(where: str, word: str | None, problem: str) -> Message:
    """What the owner is told of a cell that says something nobody understood."""
    what = f'"{" ".join((word or "").split())[:120]}" was not used: {problem}'
    return Message("not_understood", where, what, "check it, and say in the mapping", "warning")
