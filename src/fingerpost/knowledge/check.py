"""Looking over the whole knowledge for what the loader alone cannot see.

Errors must be mended; warnings are for a person to judge: a source nobody looked at for a year, a
word that sounds easy to whoever wrote it, a formula that may stay open although it is decided.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import fields, is_dataclass

from fingerpost.criteria.nodes import (
    Agree,
    CompareNumber,
    FactTerm,
    IsOneOf,
    Named,
    Node,
    Not,
    parts_of,
)
from fingerpost.criteria.problems import nearest
from fingerpost.errors import Problem
from fingerpost.knowledge.check_digits import valid_loinc, valid_snomed
from fingerpost.knowledge.interview_check import (
    questions_have_one_order,
    questions_lead_somewhere,
)
from fingerpost.knowledge.model import CodeMeaning, CodeSystem, Knowledge
from fingerpost.knowledge.plan_check import (
    drawings_are_plain,
    drugs_are_followed,
    effects_are_known,
    helps_are_known,
    numbers_have_sources,
    parts_follow,
    patient_words,
)

STALE_AFTER = dt.timedelta(days=365)

# Words that make a reader feel slow, and one that promises what a label does not.
_UNKIND = re.compile(r"\b(simply|just|obviously|eligible)\b", re.IGNORECASE)

Check = Callable[[Knowledge, dt.date], Iterator[Problem]]


def check(knowledge: Knowledge, on: dt.date, *more: Check) -> list[Problem]:
    """Every problem of the knowledge as a whole, errors first; `on` is the day to judge age by.

    `more` are checks that need rooms above this one, such as whether anybody could match an option.
    """
    problems = [problem for look in (*CHECKS, *more) for problem in look(knowledge, on)]
    return sorted(problems, key=lambda problem: problem.severity)


def unused_sources(knowledge: Knowledge, _: dt.date) -> Iterator[Problem]:
    """Sources that nothing rests on: left over, or a claim lost its source."""
    used = {value for thing in _things(knowledge) for value in _sources_of(thing)}
    for source in knowledge.sources.values():
        if source.id not in used:
            what = f"no claim rests on the source `{source.id}`"
            yield _warning("unused-source", source.place, what, "use it, or remove the file")


def stale_sources(knowledge: Knowledge, on: dt.date) -> Iterator[Problem]:
    """Sources that nobody has looked at for a year."""
    for source in knowledge.sources.values():
        if on - source.checked_on > STALE_AFTER:
            what = f"this source was last looked at on {source.checked_on}"
            advice = "look whether it still says the same, and date `checked_on` again"
            yield _warning("stale-source", source.place, what, advice)


def unread_sources(knowledge: Knowledge, _: dt.date) -> Iterator[Problem]:
    """Claims that say they are verified by a source that nobody has read."""
    for thing in _things(knowledge):
        source = knowledge.sources.get(getattr(thing, "source", None) or "")
        if (
            source
            and source.checked_how == "not_read"
            and getattr(thing, "state", "") == "verified"
        ):
            what = f"this is marked as verified, but nobody has read its source `{source.id}`"
            place: str = getattr(thing, "place", "")
            yield _warning("unread-source", place, what, "`state: unverified`, or read the source")


def tests_and_facts_agree(knowledge: Knowledge, _: dt.date) -> Iterator[Problem]:
    """A fact names the test that answers it, and the test names the fact."""
    for fact in knowledge.facts.values():
        test = knowledge.tests.get(fact.test or "")
        if test is not None and fact.id not in test.answers:
            what = f"`{fact.id}` is answered by the test `{test.id}`, which does not name it"
            yield _error("one-sided", fact.place, what, f"add it to `answers` at {test.place}")
    for test in knowledge.tests.values():
        for name in test.answers:
            known = knowledge.facts.get(name)
            if known is None:
                what = f"the test answers `{name}`, which is not measured but derived"
                yield _error("one-sided", test.place, what, "name the facts it rests on")
            elif known.test is None:
                what = f"the test answers `{name}`, which names no test"
                yield _error("one-sided", test.place, what, f"`test: {test.id}` at {known.place}")


def review_can_speak(knowledge: Knowledge, _: dt.date) -> Iterator[Problem]:
    """Lines of the record review that could never be said: no such panel, status or result."""
    panels = {fact.panel for fact in knowledge.facts.values() if fact.panel is not None}
    for compared in knowledge.compared.values():
        if compared.panel not in panels:
            what = f"no fact is of the panel `{compared.panel}`"
            yield _error("unknown-id", compared.place, what, nearest(compared.panel, panels))
        if compared.status not in knowledge.derived:
            what = f"`{compared.status}` is measured, and only what is derived can be compared"
            yield _error("unknown-id", compared.place, what, "the name of a derived fact")
    for edition in knowledge.editions.values():
        allowed = {value for name in edition.about for value in knowledge.facts[name].values}
        for result in edition.results:
            if result not in allowed:
                what = f"none of the facts named here can be `{result}`"
                yield _error("unknown-value", edition.place, what, nearest(result, allowed))


def codes_are_whole(knowledge: Knowledge, _: dt.date) -> Iterator[Problem]:
    """Codes whose check digit is wrong: mistyped, rounded or invented."""
    for place, system, code in _codes(knowledge):
        valid = {"loinc": valid_loinc, "snomed": valid_snomed}.get(system)
        if valid is not None and not valid(code):
            what = f"`{code}` is not a {system.upper()} code: its check digit is wrong"
            yield _error("check-digit", place, what, "look it up again; never guess a code")


def codes_mean_something(knowledge: Knowledge, _: dt.date) -> Iterator[Problem]:
    """Values that a code gives to a fact which cannot have them."""
    for system in knowledge.codes.values():
        for meaning in (meaning for meanings in system.codes.values() for meaning in meanings):
            subject = meaning.fact or meaning.attribute
            allowed = _allowed(knowledge, meaning)
            if not subject or meaning.value is None or _is_measured(knowledge, meaning):
                continue
            if meaning.value not in allowed:
                what = f"`{subject}` cannot be `{meaning.value}`"
                advice = nearest(meaning.value, allowed)
                yield _error("unknown-value", meaning.place, what, advice)


def lines_are_whole(knowledge: Knowledge, _: dt.date) -> Iterator[Problem]:
    """Signs of growth that are no fact, or whose values the fact cannot have."""
    for sign in knowledge.lines.growth.values():
        fact = knowledge.facts.get(sign.id)
        if fact is None:
            what = f"there is no fact `{sign.id}`"
            yield _error("unknown-id", sign.place, what, nearest(sign.id, knowledge.facts))
            continue
        for value in sign.values:
            if value not in fact.values:
                what = f"`{sign.id}` cannot be `{value}`"
                yield _error("unknown-value", sign.place, what, nearest(value, fact.values))
        for setting in sign.settings:
            if setting not in knowledge.attributes["setting"].values:
                what = f"`setting` cannot be `{setting}`"
                advice = nearest(setting, knowledge.attributes["setting"].values)
                yield _error("unknown-value", sign.place, what, advice)
        if not sign.values and fact.type != "date":
            what = f"`{sign.id}` is no date, and no value of it says that the cancer grew"
            yield _error("missing-key", sign.place, what, "`values: [...]`")


def unkind_words(knowledge: Knowledge, _: dt.date) -> Iterator[Problem]:
    """Words that belong in no sentence a frightened person reads."""
    for thing in _things(knowledge):
        quoted = getattr(thing, "quoted", False)
        for name in ("plain", "question", "text", "asks", "note", "what_it_does", "title", "label"):
            said = getattr(thing, name, None)
            # A label's own words are not ours to change.
            if not isinstance(said, str) or (quoted and name == "label"):
                continue
            for word in _UNKIND.findall(said):
                what = f"`{name}` says `{word}`"
                advice = "`matches the label`" if word.lower() == "eligible" else "leave it out"
                yield _warning("unkind-word", getattr(thing, "place", ""), what, advice)


def thresholds_in_range(knowledge: Knowledge, _: dt.date) -> Iterator[Problem]:
    """Numbers that a measurement can never reach, so that the condition is always or never true."""
    for fact, numbers in thresholds(knowledge).items():
        known = knowledge.facts.get(fact)
        if known is None or known.range is None:
            continue
        low, high = known.range
        for number in sorted(numbers):
            if (low is not None and number < low) or (high is not None and number > high):
                what = f"a criterion compares `{fact}` with {number:g}, outside its range"
                yield _error("threshold", known.place, what, f"between {low} and {high}")


def both_polarities(knowledge: Knowledge, _: dt.date) -> Iterator[Problem]:
    """Formulas that ask the same thing both ways: they can stay open although they are decided."""
    for thing in _things(knowledge):
        number = getattr(thing, "node", None)
        twice = asked_both_ways(knowledge.graph.nodes[number]) if number is not None else ()
        if twice:
            what = f"this asks both for and against {' and '.join(f'`{atom}`' for atom in twice)}"
            why = "When it is unknown the whole stays unknown, even if every value gives one answer"
            advice = "say it without the repetition, where the label allows it"
            place: str = getattr(thing, "place", "")
            yield Problem("both-polarities", place, what, why, advice, "warning")


CHECKS: tuple[Check, ...] = (
    tests_and_facts_agree,
    review_can_speak,
    codes_are_whole,
    codes_mean_something,
    thresholds_in_range,
    unused_sources,
    stale_sources,
    unread_sources,
    unkind_words,
    both_polarities,
    lines_are_whole,
    effects_are_known,
    helps_are_known,
    parts_follow,
    drugs_are_followed,
    patient_words,
    numbers_have_sources,
    drawings_are_plain,
    questions_lead_somewhere,
    questions_have_one_order,
)


# --- walking the knowledge ----------------------------------------------------------------


def _things(knowledge: Knowledge) -> Iterator[object]:
    """Everything that says something and has a place, however deep it stands."""
    for name in (
        "drugs",
        "classes",
        "tests",
        "facts",
        "attributes",
        "derived",
        "options",
        "trials",
    ):
        for thing in getattr(knowledge, name).values():
            yield from _within(thing)
    others = (knowledge.lines, knowledge.following)
    for thing in (*knowledge.cautions.values(), *knowledge.codes.values(), *others):
        yield from _within(thing)


def _within(thing: object) -> Iterator[object]:
    if is_dataclass(thing):
        yield thing
        for field in fields(thing):
            if field.name not in ("when", "node"):
                yield from _within(getattr(thing, field.name))
    elif isinstance(thing, tuple):
        for part in thing:
            yield from _within(part)
    elif hasattr(thing, "values"):
        for part in thing.values():
            yield from _within(part)


def _sources_of(thing: object) -> Iterator[str]:
    source = getattr(thing, "source", None)
    if isinstance(source, str):
        yield source


def _codes(knowledge: Knowledge) -> Iterator[tuple[str, str, str]]:
    for fact in knowledge.facts.values():
        for system, codes in fact.codes.items():
            yield from ((fact.place, system, code) for code in codes)
    for drug in knowledge.drugs.values():
        yield from ((drug.place, code.system, code.code) for code in drug.codes)
    for listed in knowledge.codes.values():
        for code, meanings in listed.codes.items():
            yield _place(listed, meanings), listed.check, code


def _place(system: CodeSystem, meanings: tuple[object, ...]) -> str:
    return str(getattr(meanings[0], "place", system.place)) if meanings else system.place


def _allowed(knowledge: Knowledge, meaning: CodeMeaning) -> Collection[str]:
    """The values that the fact or attribute of a code can have."""
    match meaning.attribute:
        case "drug":
            return knowledge.drugs
        case "class":
            return knowledge.classes
    facts = knowledge.attributes if meaning.attribute else knowledge.facts
    known = facts.get(meaning.attribute or meaning.fact or "")
    if known is None:
        return ()
    return ("yes", "no") if known.type == "flag" else (*known.values, *known.groups)


def _is_measured(knowledge: Knowledge, meaning: CodeMeaning) -> bool:
    """Whether the code stands for one number of a scale, such as ECOG 2, that the fact can have."""
    known = knowledge.facts.get(meaning.fact or "")
    if known is None or known.type != "number" or not str(meaning.value).isdigit():
        return False
    low, high = known.range or (None, None)
    number = int(str(meaning.value))
    return (low is None or low <= number) and (high is None or number <= high)


# --- walking the criteria -----------------------------------------------------------------


def thresholds(knowledge: Knowledge) -> dict[str, set[float]]:
    """The numbers that criteria compare each measured fact with."""
    found: dict[str, set[float]] = defaultdict(set)
    for node in knowledge.graph.nodes:
        if isinstance(node, CompareNumber) and isinstance(node.subject, FactTerm):
            found[node.subject.name].add(node.number)
    return dict(found)


def asked_both_ways(root: Node) -> list[str]:
    """Conditions that stand below `root` both plainly and under an odd number of negations.

    What a derived fact is made of is looked at where it is defined, and not again wherever it is
    used: of `her2 is low` and `her2 is not positive` only the names count here.
    """
    asked: dict[bool, set[str]] = {True: set(), False: set()}
    top = root.part if isinstance(root, Named) else root
    waiting = [(top, True)]
    while waiting:
        node, plain = waiting.pop()
        if isinstance(node, Named | IsOneOf | CompareNumber):
            asked[plain].add(_said(node))
        elif not isinstance(node, Agree):
            # `agree` asks both ways by its meaning, and answers what can be answered.
            waiting += [(part, plain != isinstance(node, Not)) for part in parts_of(node)]
    return sorted(asked[True] & asked[False])


def _said(node: Named | IsOneOf | CompareNumber) -> str:
    match node:
        case Named():
            return f"{node.fact} is {node.value}"
        case IsOneOf():
            return f"{node.subject.name} is {' or '.join(sorted(node.values))}"
        case CompareNumber():
            return f"{node.subject.name} {node.operator} {node.number:g}"


def _error(code: str, where: str, what: str, try_this: str) -> Problem:
    return Problem(code, where, what, "", try_this)


def _warning(code: str, where: str, what: str, try_this: str) -> Problem:
    return Problem(code, where, what, "", try_this, "warning")
