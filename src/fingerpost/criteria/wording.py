"""Saying a condition in plain English, from its nodes: one wording for every report and engine."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from fingerpost.criteria.nodes import (
    Agree,
    All,
    AnyOf,
    AtLeast,
    CompareDates,
    CompareNumber,
    Constant,
    CountTreatments,
    DateLiteral,
    DateTerm,
    FactTerm,
    Includes,
    IsOneOf,
    Named,
    Node,
    Not,
    Subject,
    Today,
    TreatmentTerm,
)

_NUMBER = {">=": "{} or more", ">": "more than {}", "<=": "{} or less", "<": "less than {}"}
_DATE = {
    "<=": "{left} is no later than {right}",
    "<": "{left} is before {right}",
    ">=": "{left} is no earlier than {right}",
    ">": "{left} is after {right}",
}
_SINCE = {
    "<=": "{left} is {amount} ago or longer",
    "<": "{left} is more than {amount} ago",
    ">=": "{left} is {amount} ago or less",
    ">": "{left} is less than {amount} ago",
}
_OPPOSITE = {">=": "<", ">": "<=", "<=": ">", "<": ">="}
_TURNED = {">=": "<=", ">": "<", "<=": ">=", "<": ">"}
# Words that keep their capital inside a sentence.
_PROPER = frozenset({"Allred", "Child", "Gilbert", "Ki", "Oncotype", "Paget"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """How a fact is called in a sentence, and how its values are.

    `holds` is a flag said as a clause ("the cancer has spread to bones"). `lead` introduces the
    values of an attribute of a treatment ("with", as in "a treatment with letrozole"). `elapsed` is
    the time from a date until the day asked about, where that has a name of its own ("age").
    """

    name: str
    values: Mapping[str, str] = field(default_factory=dict)
    unit: str | None = None
    holds: str | None = None
    lead: str | None = None
    elapsed: str | None = None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The phrases of the person's facts and of the attributes of a treatment."""

    facts: Mapping[str, Phrase]
    attributes: Mapping[str, Phrase]

    def phrase(self, subject: Subject) -> Phrase:
        """The phrase of a fact or attribute; its name with spaces when the catalogue has none."""
        own = self.attributes if isinstance(subject, TreatmentTerm) else self.facts
        return own.get(subject.name) or Phrase(subject.name.replace("_", " "))


def say(node: Node, lexicon: Lexicon, *, negated: bool = False) -> str:
    """The condition (or its opposite) as a clause that begins small and ends without a full stop.

    >>> from fingerpost.criteria.nodes import CompareNumber, FactTerm, IsOneOf
    >>> lexicon = Lexicon({"er": Phrase("ER", unit="%"), "gene": Phrase("Gene change")}, {})
    >>> say(CompareNumber(FactTerm("er"), ">=", 1), lexicon)
    'ER: 1 % or more'
    >>> say(IsOneOf(FactTerm("gene"), frozenset({"present"})), lexicon, negated=True)
    'gene change: not present'
    """
    return _SAY[type(node)](node, lexicon, negated=negated)


def _constant(node: Constant, _: Lexicon, *, negated: bool) -> str:
    return "always" if node.holds is not negated else "never"


def _not(node: Not, lexicon: Lexicon, *, negated: bool) -> str:
    return say(node.part, lexicon, negated=not negated)


def _at_least(node: AtLeast, lexicon: Lexicon, *, negated: bool) -> str:
    listed = _list([say(part, lexicon) for part in node.parts], "and")
    return f"{'fewer than' if negated else 'at least'} {node.count} of these hold: {listed}"


def _agree(node: Agree, lexicon: Lexicon, *, negated: bool) -> str:
    # Several ways of knowing one thing: the first is the best one, and says what is meant.
    return say(node.parts[0], lexicon, negated=negated)


def _several(node: All | AnyOf, lexicon: Lexicon, *, negated: bool) -> str:
    both = isinstance(node, All) is not negated
    span = _between(node, lexicon) if not negated else None
    if span is not None:
        return span
    members = _same_subject(node.parts)
    if members is not None and not both:
        phrase = lexicon.phrase(members[0].subject)
        return f"{small(phrase.name)}: {_list([_value(phrase, m.member) for m in members], 'or')}"
    parts = [say(part, lexicon, negated=negated) for part in node.parts]
    return _joined(parts, "and" if both else "or", [_is_list(part) for part in node.parts])


def _joined(parts: Sequence[str], joint: str, compound: Sequence[bool] = ()) -> str:
    """A list in words; a part that is itself a list stands in brackets, so that none runs over."""
    if len(parts) > 1 and any(compound):
        said = [f"({part})" if own else part for part, own in zip(parts, compound, strict=True)]
        return f", {joint} ".join(said)
    if len(parts) > 1 and any(
        sign in part for part in parts for sign in (", ", " and ", f" {joint} ")
    ):
        return f"; {joint} ".join(parts)
    return _list(parts, joint)


def _is_list(node: Node) -> bool:
    match node:
        case All() | AnyOf():
            return _same_subject(node.parts) is None
        case CountTreatments():
            return isinstance(node.where, All)
        case Not() | Named():
            return isinstance(node, Not) and _is_list(node.part)
        case Agree():
            return _is_list(node.parts[0])
        case _:
            return False


def _between(node: All | AnyOf, lexicon: Lexicon) -> str | None:
    """Two limits of one number, said as a span."""
    match node:
        case All(parts=(CompareNumber() as low, CompareNumber() as high)) if (
            low.subject == high.subject and low.operator == ">=" and high.operator == "<="
        ):
            phrase = lexicon.phrase(low.subject)
            least, most = f"{low.number:g}", _quantity(high.number, phrase)
            return f"{small(phrase.name)}: {most if low.number == high.number else f'{least} to {most}'}"
        case _:
            return None


def _same_subject(parts: Sequence[Node]) -> Sequence[Includes] | None:
    members = [part for part in parts if isinstance(part, Includes)]
    alike = len(members) == len(parts) and len({m.subject for m in members}) == 1
    return members if alike else None


def _named(node: Named, lexicon: Lexicon, *, negated: bool) -> str:
    phrase = lexicon.facts.get(node.fact) or Phrase(node.fact.replace("_", " "))
    if node.value == "yes":
        return f"{small(phrase.name)}: no" if negated else small(phrase.holds or phrase.name)
    words = _value(phrase, node.value)
    # "Positive" alone does not say what is; "HER2-positive" does.
    if words.partition(" (")[0].casefold() == node.value.replace("_", " "):
        return f"{small(phrase.name)}: {'not ' if negated else ''}{small(words)}"
    return f"not {small(words)}" if negated else small(words)


def _membership(node: IsOneOf | Includes, lexicon: Lexicon, *, negated: bool) -> str:
    phrase = lexicon.phrase(node.subject)
    name, refusal = small(phrase.name), "not " if negated else ""
    if isinstance(node, Includes):
        return f"{name}: {refusal}{_value(phrase, node.member)}"
    if node.values in ({"yes"}, {"no"}):
        holds = (node.values == {"yes"}) is not negated
        return (
            small(phrase.holds) if holds and phrase.holds else f"{name}: {'yes' if holds else 'no'}"
        )
    return f"{name}: {refusal}{_joined(_values(phrase, node.values), 'or')}"


def _number(node: CompareNumber, lexicon: Lexicon, *, negated: bool) -> str:
    phrase = lexicon.phrase(node.subject)
    operator = _OPPOSITE[node.operator] if negated else node.operator
    return f"{small(phrase.name)}: {_NUMBER[operator].format(_quantity(node.number, phrase))}"


def _quantity(number: float, phrase: Phrase) -> str:
    return f"{number:g}" + (f" {phrase.unit}" if phrase.unit else "")


def _dates(node: CompareDates, lexicon: Lexicon, *, negated: bool) -> str:
    operator = _OPPOSITE[node.operator] if negated else node.operator
    amount = f"{abs(node.offset)} {node.unit if abs(node.offset) != 1 else node.unit[:-1]}"
    if isinstance(node.left, Today) and node.offset > 0:
        # "Today is 18 years or more after birth" is how it is counted, not how it is said.
        return _since(node.right, _TURNED[operator], amount, lexicon)
    if isinstance(node.right, Today) and node.offset < 0:
        return _since(node.left, operator, amount, lexicon)
    right = _date(node.right, lexicon)
    if node.offset:
        right = f"{amount} {'after' if node.offset > 0 else 'before'} {right}"
    return _DATE[operator].format(left=_date(node.left, lexicon), right=right)


def _since(term: DateTerm, operator: str, amount: str, lexicon: Lexicon) -> str:
    phrase = lexicon.phrase(term) if isinstance(term, FactTerm | TreatmentTerm) else None
    if phrase is None or phrase.elapsed is None:
        return _SINCE[operator].format(left=_date(term, lexicon), amount=amount)
    # The earlier the date, the longer the time since.
    return f"{small(phrase.elapsed)}: {_NUMBER[_TURNED[operator]].format(amount)}"


def _date(term: DateTerm, lexicon: Lexicon) -> str:
    match term:
        case Today():
            return "the day asked about"
        case DateLiteral():
            return day_words(term.day)
        case TreatmentTerm():
            return f"its {small(lexicon.phrase(term).name)}"
        case _:
            return small(lexicon.phrase(term).name)


def _count(node: CountTreatments, lexicon: Lexicon, *, negated: bool) -> str:
    one = node.at_least == 1
    number = f"{'fewer than' if negated else 'at least'} {node.at_least}"
    counted = f"{('no' if negated else 'a') if one else number} treatment{'' if one else 's'}"
    parts = node.where.parts if isinstance(node.where, All) else (node.where,)
    leading = [said for part in parts if (said := _led(part, lexicon)) is not None]
    others = [
        part for part in parts if _led(part, lexicon) is None and not isinstance(part, Constant)
    ]
    about = ", ".join([" ".join([counted, *leading[:1]]), *leading[1:]])
    clauses = [say(part, lexicon) for part in others]
    where = _joined(clauses, "and", [_is_list(part) for part in others])
    return f"{about}, where {where}" if others else about


def _led(node: Node, lexicon: Lexicon) -> str | None:
    """A condition on an attribute that has a leading word: "with letrozole", "given after surgery"."""
    members = _same_subject(node.parts) if isinstance(node, AnyOf) else None
    if isinstance(node, Includes):
        members = (node,)
    if members is not None:
        phrase = lexicon.phrase(members[0].subject)
        words = [_value(phrase, member.member) for member in members]
    elif isinstance(node, IsOneOf):
        phrase = lexicon.phrase(node.subject)
        words = _values(phrase, node.values)
    else:
        return None
    return None if phrase.lead is None else f"{phrase.lead} {_list(words, 'or')}".strip()


def _values(phrase: Phrase, values: frozenset[str]) -> list[str]:
    order = [v for v in phrase.values if v in values] or sorted(values)
    return [_value(phrase, value) for value in order]


def _value(phrase: Phrase, value: str) -> str:
    return phrase.values.get(value) or value.replace("_", " ")


def _list(items: Sequence[str], joint: str) -> str:
    if len(items) <= 1:
        return "".join(items)
    return f"{', '.join(items[:-1])} {joint} {items[-1]}"


# One way of saying for each class of node; a test holds it to `NODE_CLASSES`.
_SAY: Mapping[type, Callable[..., str]] = {
    Constant: _constant,
    All: _several,
    AnyOf: _several,
    Not: _not,
    AtLeast: _at_least,
    Agree: _agree,
    Named: _named,
    CountTreatments: _count,
    IsOneOf: _membership,
    Includes: _membership,
    CompareNumber: _number,
    CompareDates: _dates,
}


def small(words: str) -> str:
    """Words as they stand inside a sentence: a capital that only began one becomes small.

    >>> small("Hormone receptor-positive"), small("HER2-positive"), small("Allred score")
    ('hormone receptor-positive', 'HER2-positive', 'Allred score')
    """
    first = re.match(r"[^\W\d_]+", words)
    begins = first is not None and (first[0] == "A" or (len(first[0]) > 1 and first[0].istitle()))
    if first is None or not begins or first[0] in _PROPER:
        return words
    return words[0].lower() + words[1:]


def day_words(day: dt.date) -> str:
    """A day as people in every country read it alike.

    >>> day_words(dt.date(2026, 6, 24))
    '24 June 2026'
    """
    return f"{day.day} {day:%B %Y}"
