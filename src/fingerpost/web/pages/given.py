"""From the form of a question to an answer as a form of a record holds it, and back to the fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from fingerpost.errors import Problem
from fingerpost.messages import gettext as _
from fingerpost.messages import marked
from fingerpost.record.written.number_text import read_bounds, read_number
from fingerpost.record.written.value_reader import WHOLE
from fingerpost.web.answers import date_written
from fingerpost.web.told import told

if TYPE_CHECKING:
    import datetime as dt

    from fingerpost.knowledge.model import Fact
    from fingerpost.knowledge.plan_model import Ask
    from fingerpost.web.exchange import Exchange

Fields = Mapping[str, Any]

# Not tested and not known are different answers, and lead to different advice.
ABSENT = {
    "not_tested": marked("I have not been tested"),
    "pending": marked("I am waiting for the result"),
    "not_known": marked("I do not know"),
}
# The same, said by somebody who answers for the person.
OF_ANOTHER = {
    "not_tested": marked("Not tested"),
    "pending": marked("The result is not there yet"),
    "not_known": marked("I do not know"),
}
# The radio that says: none of the radios, but what stands in the fields above them.
ABOVE = "above"
_WRITTEN = ("number", "unit", "year", "month", "day", "none")
_RESULT = ("result_year", "result_month", "result_day")
EMPTY: Fields = {
    **dict.fromkeys(("answer", "complete", *_WRITTEN, *_RESULT), ""),
    "member": (),
}
_FLAG = {"yes": marked("Yes"), "no": marked("No")}
# Reports give lengths in either, and 2.5 is a different tumor in each.
_UNITS = {"mm": ("mm", "cm")}


def choices(fact: Fact) -> Mapping[str, str]:
    """The values that a person can choose from, in words."""
    if fact.type == "flag":
        return {name: _(label) for name, label in _FLAG.items()}
    return fact.values or fact.steps


def units_to_choose(fact: Fact) -> tuple[str, ...]:
    """The units of which one must be said, since both are in use; none for most facts."""
    return _UNITS.get(fact.unit or "", ())


def is_measured(fact: Fact) -> bool:
    """Whether it is a result that changes with time, so that its day counts."""
    return fact.type == "number" and fact.current_for is not None


# --- from a form to an answer -------------------------------------------------------------


def given_in(
    exchange: Exchange, ask: Ask, shown: Fields, undated: dt.date | None = None
) -> tuple[dict[str, Any], Problem | None]:
    """The facts that a form states, or why it states none.

    `shown` is what the fields held when the page was opened: of two answers the one that was changed
    is meant. `undated` is the day of a result without one, where the page says that it is taken so.
    """
    fact = exchange.knowledge.facts[ask.fact or ""]
    choice, written = exchange.text("answer"), _value(exchange, fact)
    if choice == ABOVE:
        choice = ""
    if exchange.text("none") and exchange.texts("member"):
        return {}, _problem(_("You ticked some of the list, and also “None of these”. Keep one."))
    if written is not None and choice:
        is_new = _was_changed(exchange, shown)
        if is_new == (choice != shown.get("answer")):
            what = _("Two answers were given here. Keep the one that is right.")
            return {}, _problem(what)
        choice, written = ("", written) if is_new else (choice, None)
    if written is not None:
        if problem := _unit_is_missing(exchange, fact):
            return {}, problem
        return {fact.id: _dated(exchange, fact, written, undated)}, None
    return _chosen(exchange, ask, fact, choice)


def _chosen(
    exchange: Exchange, ask: Ask, fact: Fact, choice: str
) -> tuple[dict[str, Any], Problem | None]:
    kind, _colon, value = choice.partition(":")
    if kind == "absent" and value in ABSENT:
        return {fact.id: {"absent": value}}, None
    if kind == "another" and ask.another_result is not None:
        return {fact.id: {"absent": "not_known", "words": ask.another_result}}, None
    if kind == "coarser" and ask.coarser is not None:
        return {ask.coarser: value}, None
    if kind == "value" and value in choices(fact):
        return {fact.id: _dated(exchange, fact, value, None)}, None
    return {}, _problem(_("Choose an answer. “I do not know” is fine."))


def _problem(what: str) -> Problem:
    return Problem("no-answer", "answer", what, "", "")


def _was_changed(exchange: Exchange, shown: Fields) -> bool:
    """Whether the fields hold something else than when the page was opened."""
    ticked = sorted(exchange.texts("member")) != sorted(shown.get("member", ()))
    return ticked or any(exchange.text(name) != shown.get(name, "") for name in _WRITTEN)


def _value(exchange: Exchange, fact: Fact) -> object:
    """What was written or ticked, apart from the choices; None if nothing was."""
    if fact.type == "number":
        return _number(exchange, fact) or None
    if fact.type == "date":
        return date_written(*(exchange.text(name) for name in ("year", "month", "day"))) or None
    if fact.type == "set":
        return _members(exchange, fact)
    return None


def _number(exchange: Exchange, fact: Fact) -> str:
    number, unit = exchange.text("number"), exchange.text("unit")
    return f"{number} {unit}" if unit in units_to_choose(fact) and _is_bare(number) else number


def _is_bare(number: str) -> bool:
    """Whether it is a number that says no unit."""
    read = read_number(number) or read_bounds(number)
    return read is not None and read.unit is None


def _unit_is_missing(exchange: Exchange, fact: Fact) -> Problem | None:
    units = units_to_choose(fact)
    if not units or exchange.text("unit") in units or not _is_bare(exchange.text("number")):
        return None
    one, other = units
    return _problem(_("Is this in %(one)s or in %(other)s? Choose one.", one=one, other=other))


def _members(exchange: Exchange, fact: Fact) -> object:
    ticked = [each for each in exchange.texts("member") if each in fact.values]
    if exchange.text("none"):
        return "none"
    if not ticked:
        return None
    return {"present": ticked, "complete": exchange.text("complete") == "yes"}


def _dated(exchange: Exchange, fact: Fact, value: object, undated: dt.date | None) -> object:
    """The value with its day, if it changes with time: what is asked of now is of today."""
    if fact.current_for is None or fact.type == "set":
        return value
    date = ""
    if is_measured(fact):
        date = date_written(*(exchange.text(name) for name in _RESULT))
    else:
        undated = exchange.engine.day(exchange.session.answers)
    if not date and undated is not None:
        date = undated.isoformat()
    return {"value": value, "date": date} if date else value


# --- and back to the fields ---------------------------------------------------------------


def sent_in(exchange: Exchange) -> Fields:
    """What was sent, to be shown again beside what is wrong with it."""
    texts = {name: exchange.text(name) for name in EMPTY if name != "member"}
    return {**texts, "member": exchange.texts("member")}


def written_before(exchange: Exchange, ask: Ask, facts: Mapping[str, Any] | None = None) -> Fields:
    """What was answered before, or stands in `facts`, as the fields of the form."""
    if facts is None:
        facts = exchange.session.answers.facts
    if ask.coarser is not None and ask.coarser in facts:
        return {"answer": f"coarser:{facts[ask.coarser]}"}
    value = facts.get(ask.fact or "")
    if value is None:
        return {}
    if isinstance(value, dict) and value.get("absent") in ABSENT and "present" not in value:
        if ask.another_result is not None and "words" in value:
            return {"answer": "another:"}
        return {"answer": f"absent:{value['absent']}"}
    return _fields(exchange.knowledge.facts[ask.fact or ""], value)


def _fields(fact: Fact, value: object) -> Fields:
    of_result: dict[str, str] = {}
    if isinstance(value, dict) and "value" in value:
        if is_measured(fact) and "date" in value:
            of_result = dict(zip(_RESULT, str(value["date"]).split("-"), strict=False))
        value = value["value"]
    match fact.type:
        case "number" if not fact.steps:
            return {"number": str(value), **of_result}
        case "date":
            names = ("year", "month", "day")
            return dict(zip(names, str(value).split("-"), strict=False))
        case "set":
            if isinstance(value, dict):
                complete = "yes" if value.get("complete") else "no"
                return {"member": list(value.get("present", ())), "complete": complete}
            return {"none": "yes"}
        case _:
            return {"answer": f"value:{value}"}


# --- what the reader of records refuses ---------------------------------------------------


_REFUSED = {
    "future-date": marked("This date lies in the future. Look at the year again."),
    "wrong-date": marked(
        "This is not a date. Write the year with four digits, and the month as a number from 1 to 12."
    ),
    "not-a-number": marked(
        "This could not be read as a number. Write it as your report has it, such as 90 or 1-10."
    ),
}


def refused(problems: Sequence[Problem], name: str, exchange: Exchange) -> list[Problem]:
    """What is wrong with an answer, in the words of its page: the reader speaks of keys and files."""
    return [_problem(_refusal(each, name, exchange)) for each in problems]


def _refusal(problem: Problem, name: str, exchange: Exchange) -> str:
    fact = exchange.knowledge.facts[name]
    if problem.code in _REFUSED:
        return _(_REFUSED[problem.code])
    if problem.code == "out-of-range":
        return _out_of_range(fact)
    if problem.code != "wrong-unit":
        return told(problem.what, exchange.knowledge, begins=True)
    if fact.unit:
        return _("This cannot be in that unit. It is measured in %(unit)s.", unit=fact.unit)
    return _("This has no unit. Write the number alone.")


def _out_of_range(fact: Fact) -> str:
    low, high = fact.range or (None, None)
    if low is not None and high is not None and fact.id in WHOLE:
        return _(
            "This must be a whole number from %(low)s to %(high)s. Look at your report again.",
            low=f"{low:g}",
            high=f"{high:g}",
        )
    if low is not None and high is not None:
        return _(
            "This must be a number from %(low)s to %(high)s. Look at your report again.",
            low=f"{low:g}",
            high=f"{high:g}",
        )
    return _("This number cannot be right. Look at your report again.")
