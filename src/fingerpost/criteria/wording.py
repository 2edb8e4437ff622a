"""Saying a condition in plain words, from its nodes: one wording for every report and engine."""

from __future__ import annotations

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
from fingerpost.messages import as_written, marked, ngettext
from fingerpost.messages import gettext as _
from fingerpost.messages.phrases import (
    Joint,
    amount,
    bracketed,
    day_words,
    joint_words,
    listed,
    long_list,
    number,
    small,
)

_NUMBER = {
    ">=": marked("%(number)s or more"),
    ">": marked("more than %(number)s"),
    "<=": marked("%(number)s or less"),
    "<": marked("less than %(number)s"),
}
_DATE = {
    "<=": marked("%(left)s is no later than %(right)s"),
    "<": marked("%(left)s is before %(right)s"),
    ">=": marked("%(left)s is no earlier than %(right)s"),
    ">": marked("%(left)s is after %(right)s"),
}
_SINCE = {
    "<=": marked("%(left)s is %(amount)s ago or longer"),
    "<": marked("%(left)s is more than %(amount)s ago"),
    ">=": marked("%(left)s is %(amount)s ago or less"),
    ">": marked("%(left)s is less than %(amount)s ago"),
}
_OPPOSITE = {">=": "<", ">": "<=", "<=": ">", "<": ">="}
_TURNED = {">=": "<=", ">": "<", "<=": ">=", "<": ">"}


@dataclass(frozen=True, slots=True)
class Phrase:
    """How a fact is called in a sentence, and how its values are.

    `holds` is a flag said as a clause ("the cancer has spread to bones"). `lead` introduces the
    values of an attribute of a treatment ("with %(what)s", as in "a treatment with letrozole"). `elapsed` is
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


def _constant(node: Constant, _lexicon: Lexicon, *, negated: bool) -> str:
    return _("always") if node.holds is not negated else _("never")


def _not(node: Not, lexicon: Lexicon, *, negated: bool) -> str:
    return say(node.part, lexicon, negated=not negated)


def _at_least(node: AtLeast, lexicon: Lexicon, *, negated: bool) -> str:
    parts = listed([say(part, lexicon) for part in node.parts])
    if negated:
        return _("fewer than %(count)s of these hold: %(parts)s", count=node.count, parts=parts)
    return _("at least %(count)s of these hold: %(parts)s", count=node.count, parts=parts)


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
        return f"{small(phrase.name)}: {listed([_value(phrase, m.member) for m in members], 'or')}"
    parts = [say(part, lexicon, negated=negated) for part in node.parts]
    return _joined(parts, "and" if both else "or", [_is_list(part) for part in node.parts])


def _joined(parts: Sequence[str], joint: Joint, compound: Sequence[bool] = ()) -> str:
    """A list in words; a part that is itself a list stands in brackets, so that none runs over."""
    if len(parts) > 1 and any(compound):
        said = [f"({part})" if own else part for part, own in zip(parts, compound, strict=True)]
        return bracketed(said, joint)
    if len(parts) > 1 and any(
        sign in part for part in parts for sign in (", ", joint_words("and"), joint_words(joint))
    ):
        return long_list(parts, joint)
    return listed(parts, joint)


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
            most = _quantity(high.number, phrase)
            if low.number != high.number:
                most = _("%(least)s to %(most)s", least=number(low.number), most=most)
            return f"{small(phrase.name)}: {most}"
        case _:
            return None


def _same_subject(parts: Sequence[Node]) -> Sequence[Includes] | None:
    members = [part for part in parts if isinstance(part, Includes)]
    alike = len(members) == len(parts) and len({m.subject for m in members}) == 1
    return members if alike else None


def _named(node: Named, lexicon: Lexicon, *, negated: bool) -> str:
    phrase = lexicon.facts.get(node.fact) or Phrase(node.fact.replace("_", " "))
    if node.value == "yes":
        holds = small(phrase.holds or phrase.name)
        return holds if not negated else f"{small(phrase.name)}: {_yes(said=False)}"
    words = _value(phrase, node.value)
    # "Positive" alone does not say what is; "HER2-positive" does.
    said = _refused(small(words), negated=negated)
    alone = as_written(words).partition(" (")[0].casefold() != node.value.replace("_", " ")
    return said if alone else f"{small(phrase.name)}: {said}"


def _yes(*, said: bool) -> str:
    return _("yes") if said else _("no")


def _refused(words: str, *, negated: bool) -> str:
    return _("not %(what)s", what=words) if negated else words


def _membership(node: IsOneOf | Includes, lexicon: Lexicon, *, negated: bool) -> str:
    phrase = lexicon.phrase(node.subject)
    name = small(phrase.name)
    if isinstance(node, Includes):
        return f"{name}: {_refused(_value(phrase, node.member), negated=negated)}"
    if node.values in ({"yes"}, {"no"}):
        holds = (node.values == {"yes"}) is not negated
        if holds and phrase.holds:
            return small(phrase.holds)
        return f"{name}: {_yes(said=holds)}"
    return f"{name}: {_refused(_joined(_values(phrase, node.values), 'or'), negated=negated)}"


def _number(node: CompareNumber, lexicon: Lexicon, *, negated: bool) -> str:
    phrase = lexicon.phrase(node.subject)
    operator = _OPPOSITE[node.operator] if negated else node.operator
    said = _(_NUMBER[operator], number=_quantity(node.number, phrase))
    return f"{small(phrase.name)}: {said}"


def _quantity(value: float, phrase: Phrase) -> str:
    return number(value) + (f" {phrase.unit}" if phrase.unit else "")


def _dates(node: CompareDates, lexicon: Lexicon, *, negated: bool) -> str:
    operator = _OPPOSITE[node.operator] if negated else node.operator
    time = amount(abs(node.offset), node.unit)
    if isinstance(node.left, Today) and node.offset > 0:
        # "Today is 18 years or more after birth" is how it is counted, not how it is said.
        return _since(node.right, _TURNED[operator], time, lexicon)
    if isinstance(node.right, Today) and node.offset < 0:
        return _since(node.left, operator, time, lexicon)
    right = _date(node.right, lexicon)
    if node.offset:
        right = (
            _("%(amount)s after %(day)s", amount=time, day=right)
            if node.offset > 0
            else _("%(amount)s before %(day)s", amount=time, day=right)
        )
    return _(_DATE[operator], left=_date(node.left, lexicon), right=right)


def _since(term: DateTerm, operator: str, time: str, lexicon: Lexicon) -> str:
    phrase = lexicon.phrase(term) if isinstance(term, FactTerm | TreatmentTerm) else None
    if phrase is None or phrase.elapsed is None:
        return _(_SINCE[operator], left=_date(term, lexicon), amount=time)
    # The earlier the date, the longer the time since.
    return f"{small(phrase.elapsed)}: {_(_NUMBER[_TURNED[operator]], number=time)}"


def _date(term: DateTerm, lexicon: Lexicon) -> str:
    match term:
        case Today():
            return _("the day asked about")
        case DateLiteral():
            return day_words(term.day)
        case TreatmentTerm():
            return _("its %(what)s", what=small(lexicon.phrase(term).name))
        case _:
            return small(lexicon.phrase(term).name)


def _count(node: CountTreatments, lexicon: Lexicon, *, negated: bool) -> str:
    counted = _counted(node.at_least, negated=negated)
    parts = node.where.parts if isinstance(node.where, All) else (node.where,)
    leading = [said for part in parts if (said := _led(part, lexicon)) is not None]
    others = [
        part for part in parts if _led(part, lexicon) is None and not isinstance(part, Constant)
    ]
    about = ", ".join([" ".join([counted, *leading[:1]]), *leading[1:]])
    clauses = [say(part, lexicon) for part in others]
    where = _joined(clauses, "and", [_is_list(part) for part in others])
    if not others:
        return about
    return _("%(treatments)s, where %(conditions)s", treatments=about, conditions=where)


def _counted(least: int, *, negated: bool) -> str:
    if least == 1:
        return _("no treatment") if negated else _("a treatment")
    if negated:
        return ngettext("fewer than %(num)s treatment", "fewer than %(num)s treatments", least)
    return ngettext("at least %(num)s treatment", "at least %(num)s treatments", least)


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
    return None if phrase.lead is None else _(phrase.lead, what=listed(words, "or"))


def _values(phrase: Phrase, values: frozenset[str]) -> list[str]:
    order = [v for v in phrase.values if v in values] or sorted(values)
    return [_value(phrase, value) for value in order]


def _value(phrase: Phrase, value: str) -> str:
    return phrase.values.get(value) or value.replace("_", " ")


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
