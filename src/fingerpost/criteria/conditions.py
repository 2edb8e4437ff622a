"""Reading one line: `her2 is positive`, `er_percent >= 1 %`, `any treatment where ...`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import cast

from fingerpost.criteria.cursor import FORMS, TIME_UNITS, Cursor
from fingerpost.criteria.nodes import (
    All,
    AnyOf,
    CompareDates,
    CompareNumber,
    Constant,
    CountTreatments,
    DateLiteral,
    DateTerm,
    FactTerm,
    Includes,
    IsOneOf,
    Node,
    Not,
    Operator,
    Subject,
    Today,
    TreatmentTerm,
    Unit,
    parts_of,
)
from fingerpost.criteria.problems import (
    CircularDefinitionError,
    CriterionError,
    nearest,
)
from fingerpost.criteria.tokens import Token
from fingerpost.criteria.vocabulary import FactType, Vocabulary

_NUMBER = re.compile(r"^(-?\d+(?:\.\d+)?)(\S*)$")
_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_TO_UNIT = {("cm", "mm"): 10.0, ("mm", "cm"): 0.1, ("years", "months"): 12.0}


class ConditionReader(Cursor):
    """Reads one line against a vocabulary; `define` gives the meaning of a derived value."""

    def __init__(
        self, text: str, vocabulary: Vocabulary, define: Callable[[str, str], Node]
    ) -> None:
        """Cut the text into words."""
        super().__init__(text)
        self._vocabulary = vocabulary
        self._define = define
        self._in_where = False

    def read(self) -> Node:
        """The node that the whole line means.

        Raises:
            CriterionError: the first fault of the line, with its column.
        """
        if not self._tokens:
            self._fail("this criterion is empty", "there is nothing to answer", FORMS, 0)
        node = self._condition()
        rest = self._peek()
        if rest is not None:
            try_this = "put several conditions under all: or any:, one per line"
            if rest.text not in ("and", "or"):
                try_this = FORMS
            self._fail(
                f"'{rest.text}' does not belong here",
                "the line already has a whole meaning before it",
                try_this,
            )
        return node

    # --- conditions -------------------------------------------------------------------------

    def _condition(self) -> Node:
        word = self._word("a condition")
        match word.text:
            case "always" | "never":
                return Constant(holds=word.text == "always")
            case "any" | "no" | "at" if not self._in_where:
                return self._count(word)
        following = self._peek()
        if following is not None and following.text == "within":
            return self._within(word)
        if following is not None and following.kind == "operator":
            return self._comparison(word)
        if following is not None and following.text in ("is", "includes"):
            return self._membership(word)
        what = f"'{self._text}' is not a criterion"
        if word.text in self._names():
            what = f"after '{word.text}' a word like is, includes or >= is missing"
        return self._fail(
            what,
            "only the forms of the language have a meaning, prose has none",
            FORMS,
            word.column,
        )

    def _membership(self, name: Token) -> Node:
        subject, fact = self._subject(name)
        verb = self._word("is or includes")
        negated = verb.text == "is" and self._skip("not")
        if fact.type in ("number", "date", "elapsed"):
            why = f"{name.text} is a {'number' if fact.type != 'date' else 'date'}, and is compared with <, <=, > or >="
            self._fail(
                f"'{verb.text}' does not fit {name.text}",
                why,
                f"write '{name.text} >= ...'",
                verb.column,
            )
        if verb.text == "includes" and fact.type != "set":
            self._fail(
                f"{name.text} has one value and cannot include several",
                "only sets include members",
                f"write '{name.text} is ...'",
                verb.column,
            )
        values = self._values(name, fact)
        node = self._one_of(name.text, subject, fact, values)
        return Not(node) if negated else node

    def _one_of(self, name: str, subject: Subject, fact: FactType, values: tuple[str, ...]) -> Node:
        if fact.type == "set":
            members: tuple[Node, ...] = tuple(Includes(subject, value) for value in values)
            return members[0] if len(members) == 1 else AnyOf(members)
        if isinstance(subject, FactTerm) and name in self._vocabulary.derived:
            conditions = tuple(self._derived(name, value) for value in values)
            return conditions[0] if len(conditions) == 1 else AnyOf(conditions)
        return IsOneOf(subject, frozenset(values))

    def _derived(self, name: str, value: str) -> Node:
        try:
            node = self._define(name, value)
        except CircularDefinitionError:
            raise
        except CriterionError:
            return self._fail(
                f"the definition of '{name} is {value}' cannot be read",
                "this line rests on it",
                "mend the definition; its own problems are listed where it stands",
            )
        if self._in_where and _counts_treatments(node):
            self._fail(
                f"{name} looks through the treatments itself",
                "a 'where' looks at one treatment and cannot hold another search",
                "write the two conditions side by side under all:",
            )
        return node

    def _values(self, name: Token, fact: FactType) -> tuple[str, ...]:
        if self._skip("one"):
            self._expect("of")
            several = True
        else:
            several = False
        values: list[str] = []
        while True:
            word = self._word(f"a value of {name.text}")
            expanded = fact.expand(word.text)
            if expanded is None:
                self._fail(
                    f"{name.text} cannot be '{word.text}'",
                    "the fact catalogue does not list this value",
                    nearest(word.text, [*fact.values, *fact.groups]),
                    word.column,
                )
            values.extend(expanded or ())
            if not self._skip(","):
                break
            if not several:
                self._fail(
                    "a list needs 'is one of'",
                    "'is' stands before one value",
                    f"write '{name.text} is one of ...'",
                )
        return tuple(dict.fromkeys(values))

    # --- comparisons ------------------------------------------------------------------------

    def _comparison(self, name: Token) -> Node:
        if name.text == "today" or _DATE.match(name.text):
            return self._dates(self._date_term(name))
        subject, fact = self._subject(name)
        match fact.type:
            case "date":
                return self._dates(subject)
            case "number":
                return self._number(name, subject, fact)
            case "elapsed":
                return self._elapsed(name, fact)
            case _:
                return self._fail(
                    f"{name.text} is not a number or a date",
                    f"it is one of {', '.join(fact.values[:8])}",
                    f"write '{name.text} is {fact.values[0] if fact.values else '...'}'",
                    name.column,
                )

    def _number(self, name: Token, subject: Subject, fact: FactType) -> Node:
        operator = self._operator()
        number = self._quantity(name, fact.unit)
        if operator == "=":
            return All((CompareNumber(subject, ">=", number), CompareNumber(subject, "<=", number)))
        return CompareNumber(subject, cast("Operator", operator), number)

    def _elapsed(self, name: Token, fact: FactType) -> Node:
        # Whole units have passed by a day exactly when the day reached the start moved by them, so
        # an age needs no arithmetic in any engine: "age >= 18 years" is "today >= birth + 18 years".
        operator = self._operator()
        number = self._quantity(name, fact.unit)
        if number != int(number):
            self._fail(
                f"{name.text} is counted in whole {fact.unit}",
                "part of one is not counted",
                "write a whole number",
            )
        since, until = self._plain_date(str(fact.since)), self._plain_date(str(fact.until))
        unit = cast("Unit", fact.unit)

        def reached(count: int) -> Node:
            return CompareDates(until, ">=", since, count, unit)

        whole = int(number)
        match operator:
            case ">=":
                return reached(whole)
            case ">":
                return reached(whole + 1)
            case "<":
                return Not(reached(whole))
            case "<=":
                return Not(reached(whole + 1))
            case _:
                return All((reached(whole), Not(reached(whole + 1))))

    def _dates(self, left: DateTerm) -> Node:
        operator = self._operator()
        if operator == "=":
            self._fail(
                "dates are compared with <, <=, > or >=",
                "a partial date is seldom equal to another",
                "use <= and >=",
            )
        right = self._date_term(self._word("a date"))
        sign = self._peek()
        offset, unit = 0, "days"
        if sign is not None and sign.text in ("+", "-"):
            self._at += 1
            offset, unit = self._duration()
            offset = -offset if sign.text == "-" else offset
        return CompareDates(left, cast("Operator", operator), right, offset, cast("Unit", unit))

    def _within(self, name: Token) -> Node:
        # "recurrence within 6 months of end of treatment where ...": during it, or up to 6 months after.
        self._expect("within")
        offset, unit = self._duration()
        self._expect("of")
        anchor = self._word("end or start")
        if anchor.text not in ("end", "start"):
            self._fail(
                f"'{anchor.text}' is not an edge of a treatment",
                "it has an end and a start",
                "write 'end of treatment where ...'",
                anchor.column,
            )
        self._expect("of")
        self._treatment_word()
        fact = name.text if name.text.endswith("_date") else f"{name.text}_date"
        event = self._date_term(Token(fact, name.column, "word"))
        near = CompareDates(event, "<=", TreatmentTerm(anchor.text), offset, cast("Unit", unit))
        where = self._where()
        return CountTreatments(1, All((where, near)) if where is not None else near)

    # --- treatments -------------------------------------------------------------------------

    def _count(self, first: Token) -> Node:
        at_least = 1
        if first.text == "at":
            self._expect("least")
            word = self._word("a number")
            if not word.text.isdigit() or int(word.text) < 1:
                self._fail(
                    f"'{word.text}' is not a number of treatments",
                    "at least needs 1 or more",
                    "write 'at least 2 treatments where ...'",
                )
            at_least = int(word.text)
        self._treatment_word()
        where = self._where()
        node = CountTreatments(at_least, where if where is not None else Constant(holds=True))
        return Not(node) if first.text == "no" else node

    def _where(self) -> Node | None:
        if not self._skip("where"):
            return None
        self._in_where = True
        node = self._alternatives()
        self._in_where = False
        return node

    def _alternatives(self) -> Node:
        parts = [self._conjunction()]
        while self._skip("or"):
            parts.append(self._conjunction())
        return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))

    def _conjunction(self) -> Node:
        parts = [self._unit()]
        while self._skip("and"):
            parts.append(self._unit())
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _unit(self) -> Node:
        if self._skip("not"):
            return Not(self._unit())
        if self._skip("("):
            node = self._alternatives()
            self._expect(")")
            return node
        return self._condition()

    # --- words ------------------------------------------------------------------------------

    def _names(self) -> list[str]:
        names = list(self._vocabulary.facts)
        return [*names, *self._vocabulary.attributes] if self._in_where else names

    def _subject(self, name: Token) -> tuple[Subject, FactType]:
        if self._in_where and name.text in self._vocabulary.attributes:
            return TreatmentTerm(name.text), self._vocabulary.attributes[name.text]
        if name.text not in self._vocabulary.facts:
            place = "an attribute of a treatment or a fact" if self._in_where else "a fact"
            self._fail(
                f"'{name.text}' is not {place}",
                "the fact catalogue does not list it",
                nearest(name.text, self._names()),
                name.column,
            )
        return FactTerm(name.text), self._vocabulary.facts[name.text]

    def _date_term(self, word: Token) -> DateTerm:
        if _DATE.match(word.text):
            try:
                return DateLiteral(dt.date.fromisoformat(word.text))
            except ValueError:
                self._fail(
                    f"{word.text} is not a day of the calendar",
                    "that month has no such day",
                    "correct it",
                    word.column,
                )
        if word.text == "today":
            return Today()
        subject, fact = self._subject(word)
        if fact.type != "date":
            self._fail(
                f"{word.text} is not a date",
                f"it is a {fact.type}",
                nearest(word.text, self._dates_known()),
                word.column,
            )
        return subject

    def _plain_date(self, name: str) -> DateTerm:
        if name == "today":
            return Today()
        return (
            TreatmentTerm(name)
            if self._in_where and name in self._vocabulary.attributes
            else FactTerm(name)
        )

    def _dates_known(self) -> list[str]:
        return [name for name, fact in self._vocabulary.facts.items() if fact.type == "date"]

    def _quantity(self, name: Token, unit: str | None) -> float:
        word = self._word("a number")
        match = _NUMBER.match(word.text)
        if match is None:
            self._fail(
                f"'{word.text}' is not a number",
                f"{name.text} is compared with a number",
                "write digits, as in 'er_percent >= 1 %'",
                word.column,
            )
        number, written = float(match.group(1)), match.group(2)
        following = self._peek()
        if not written and following is not None and following.text not in ("and", "or", ")"):
            self._at += 1
            written = following.text
        written = TIME_UNITS.get(written, written)
        if not written or written == unit:
            return number
        factor = _TO_UNIT.get((written, unit or ""))
        if factor is None:
            self._fail(
                f"{name.text} is not measured in '{written}'",
                f"its unit is {unit or 'none'}",
                f"write '{match.group(1)} {unit or ''}'".rstrip(),
                word.column,
            )
        return number * (factor or 1.0)

    def _treatment_word(self) -> None:
        word = self._word("treatment")
        if word.text not in ("treatment", "treatments"):
            self._fail(
                f"'{word.text}' stands where 'treatment' should",
                "only treatments are counted",
                "write 'any treatment where ...'",
                word.column,
            )


def _counts_treatments(node: Node) -> bool:
    return isinstance(node, CountTreatments) or any(
        _counts_treatments(part) for part in parts_of(node)
    )
