"""The plan of an option as text: how it is given, the days, side effects, what to discuss."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from fingerpost.report.option_said import sentence
from fingerpost.report.plan_figures import figure_words
from fingerpost.report.text.head import STATE, cancer, closing, opening, states_legend
from fingerpost.report.text.layout import (
    counted,
    day,
    full_stop,
    item,
    items,
    listed,
    section,
    wrap,
)

if TYPE_CHECKING:
    from fingerpost.report.plan_contract import (
        CheckSaid,
        DaySaid,
        EffectSaid,
        GivenSaid,
        LaterSaid,
        PlanDocument,
    )

_NOT_A_PROMISE = (
    "A typical course, from what labels say. Nobody's body reads labels: your team's written plan "
    "wins. Times in the chair do not count blood tests, travel and waiting."
)
_ONE_OF = (
    "Which one it is decides the days and the side effects. Those below are of many of these "
    "medicines; its days may not be among them."
)
_RARE = ("rare", "very_rare", "not_known")


def plan_text(document: PlanDocument, *, explain: bool = False) -> str:
    """The whole plan; with `explain` every side effect, also the rare ones that need no call."""
    option = document["option"]
    lines = opening(
        f"Fingerpost: what would follow from {option['medicines']}, as of {day(document['on'])}",
        document["knowledge"],
    )
    lines += cancer(document["subtype"])
    fits = _VERDICTS[option["verdict"]]
    lines += section("The option", wrap(full_stop(option["heading"]), 2), wrap(fits, 2))
    lines += section("How it is given", *map(_given, document["given"]), wrap(_NOT_A_PROMISE, 2))
    lines += _days(document)
    lines += _later(document)
    lines += section(
        "Boxed warnings: the strongest that a US label has",
        items(
            [f"{e['drug'].capitalize()}: {e['text']}{STATE[e['state']]}" for e in document["boxed"]]
        ),
    )
    lines += section(
        "When to call",
        wrap(document["emergency"], 2),
        wrap("My 24-hour cancer line: ______________________________", 2),
    )
    lines += _effects(document["effects"], explain=explain)
    lines += _withheld(document)
    lines += section(
        "To talk about before it starts",
        items([f"{each['text']}{STATE[each['state']]}" for each in document["cautions"]]),
    )
    return "\n".join([*lines, *states_legend(lines), *closing()]) + "\n"


_VERDICTS = {
    "matches": "Every condition of the label is answered yes for this record.",
    "might_match": "Nothing of the label says no for this record, and something is not known.",
    "not_yet": "For this record the label asks for treatment that has not been given so far.",
    "does_not_match": "A condition of the label is answered no for this record.",
}


def _given(given: GivenSaid) -> list[str]:
    if given["plain"] is None:
        return item(f"{given['name'].capitalize()}: how it is given is not in our files yet.")
    which = f" (one of {listed(given['one_of'], 'or')})" if given["one_of"] else ""
    may = " This may differ for you." if given["applies"] == "unknown" else ""
    state = STATE[given["state"] or "verified"]
    lines = item(f"{given['name'].capitalize()}{which}: {full_stop(given['plain'])}{may}{state}")
    if given["dose"]:
        lines += wrap(f"Dose: {full_stop(given['dose'])}", 4)
    if given["one_of"]:
        lines += wrap(_ONE_OF, 4)
    if given["others"]:
        lines += wrap(f"Also given so: {full_stop(listed(given['others']))}", 4)
    return lines


def _days(document: PlanDocument) -> list[str]:
    weeks = counted(document["weeks"], "week")
    start = document["start"]
    since = f"from {day(start)}" if start else "counted from the first day of treatment"
    return section(
        f"Visits and tests, the first {weeks}, {since}",
        *(list(_day(each)) for each in document["days"]),
    )


def when_words(said: DaySaid) -> str:
    """When a day is: its date, or its week and day.

    >>> when_words({"day": 15, "week": 3, "date": None})
    'Week 3 (day 15)'
    """
    if said["day"] == 0:
        return "Before the first day"
    place = f"Week {said['week']} (day {said['day']})"
    return place if said["date"] is None else f"{day(said['date'])}, week {said['week']}"


def _day(said: DaySaid) -> Iterator[str]:
    yield from wrap(when_words(said), 2)
    if said["doses"]:
        names = listed([each["name"] for each in said["doses"]])
        time = f" (in the chair {minutes_words(said['minutes'])})" if said["minutes"] else ""
        yield from item(f"Treatment: {names}{time}", 4)
    for check in said["checks"]:
        yield from item(_check(check, told=said["day"] == 0), 4)


def minutes_words(minutes: Sequence[int] | None) -> str:
    """Minutes from and to.

    >>> minutes_words([30, 30]), minutes_words([60, 90])
    ('about 30 minutes', '60 to 90 minutes')
    """
    if minutes is None:
        return "not known"
    low, high = minutes
    return f"about {low} minutes" if low == high else f"{low} to {high} minutes"


def _check(check: CheckSaid, *, told: bool) -> str:
    """A check; why it is done is told before the start, and not again on every day."""
    text = check["label"]
    if check["wish"] == "recommended":
        text += ", recommended"
    elif check["wish"] == "if_indicated":
        text += ", if the team sees a reason"
    states = {why["state"] for why in check["why"]}
    state = next((s for s in ("unverified", "weak") if s in states), "verified")
    if not told:
        return text + STATE[state]
    whys = [f"{why['drug']}: {small_start(why['purpose'])}" for why in check["why"]]
    gates = [f" ({why['gate']})" for why in check["why"] if why["gate"]]
    return f"{text}. {'; '.join(dict.fromkeys(whys))}{''.join(gates[:1])}{STATE[state]}"


def small_start(text: str) -> str:
    """The text with a small first letter, unless its first word is an abbreviation.

    >>> small_start("It can"), small_start("ECG first"), small_start("I am")
    ('it can', 'ECG first', 'I am')
    """
    kept = text[1:2].isupper() or text.partition(" ")[0].partition("'")[0] == "I"
    return text if kept else text[:1].lower() + text[1:]


def _later(document: PlanDocument) -> list[str]:
    return section("Without a fixed day", items(list(later_words(document["later"]))))


def later_words(later: Sequence[LaterSaid], marks: Mapping[str, str] = STATE) -> Iterator[str]:
    """Checks without a day, each once with all its times, and the least checked of their states."""
    found: dict[str, list[LaterSaid]] = {}
    for each in later:
        found.setdefault(each["label"], []).append(each)
    for label, several in found.items():
        when = listed(list(dict.fromkeys(each["text"] for each in several)))
        states = {each["state"] for each in several}
        state = next((s for s in ("unverified", "weak") if s in states), "verified")
        yield f"{label}: {when}{marks[state]}"


def _effects(effects: Sequence[EffectSaid], *, explain: bool) -> list[str]:
    call = [each for each in effects if each["call_at_once"]]
    others = [each for each in effects if not each["call_at_once"]]
    shown = [each for each in others if explain or each["how_common"] not in _RARE]
    left = len(others) - len(shown)
    more = wrap(f"And {counted(left, 'rarer effect')} (--explain shows all).", 2) if left else []
    return [
        *section(
            "Call your team the same day if you notice signs of these",
            [line for each in call for line in effect_lines(each)],
        ),
        *section(
            "Other side effects, the most common first",
            [line for each in shown for line in effect_lines(each)],
            more,
        ),
    ]


def effect_lines(effect: EffectSaid) -> Iterator[str]:
    """One effect: plain name, how common, what it feels like, what helps, figures."""
    label = "" if effect["label"] == effect["plain"] else f" ({small_start(effect['label'])})"
    states = {each["state"] for each in effect["by"]}
    state = next((s for s in ("verified", "weak") if s in states), "unverified")
    yield from item(f"{effect['plain']}{label}: {effect['words']}{STATE[state]}")
    if effect["feels"]:
        yield from wrap(f"How it can feel: {full_stop(small_start(effect['feels']))}", 4)
    for figure in effect["figures"]:
        yield from wrap(f"{figure_words(figure)}{STATE[figure['state']]}", 4)
    if effect["helps"]:
        yield from wrap(f"What can help: {' '.join(effect['helps'])}", 4)


def _withheld(document: PlanDocument) -> list[str]:
    count = document["figures_withheld"]
    if not count:
        return []
    text = f"{counted(count, 'figure')} nobody has verified yet {'is' if count == 1 else 'are'} left out here."
    return ["", *wrap(sentence(text), 2)]
