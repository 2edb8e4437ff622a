"""The plan of an option as text: how it is given, the days, side effects, what to discuss."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from fingerpost.report.messages import gettext as _
from fingerpost.report.messages import marked, ngettext, translated
from fingerpost.report.plan_figures import figure_words
from fingerpost.report.text.head import cancer, closing, mark_of, opening, states_legend
from fingerpost.report.text.layout import (
    day,
    full_stop,
    item,
    items,
    listed,
    section,
    wrap,
)
from fingerpost.report.text.plan_parts import not_complete, part_words, treatment_words

if TYPE_CHECKING:
    from fingerpost.report.plan_contract import (
        CheckSaid,
        DaySaid,
        EffectSaid,
        GivenSaid,
        LaterSaid,
        PartSaid,
        PlanDocument,
    )

_NOT_A_PROMISE = marked(
    "A typical course, from what labels say. Nobody's body reads labels: your team's written plan "
    "wins. Times in the chair do not count blood tests, travel and waiting."
)
_ONE_OF = marked(
    "Which one it is decides the days and the side effects. Those below are of many of these "
    "medicines; its days may not be among them."
)
_RARE = ("rare", "very_rare", "not_known")


def plan_text(document: PlanDocument, *, explain: bool = False) -> str:
    """The whole plan; with `explain` every side effect, also the rare ones that need no call."""
    option = document["option"]
    lines = opening(
        _(
            "Fingerpost: what would follow from %(medicines)s, as of %(day)s",
            medicines=option["medicines"],
            day=day(document["on"]),
        ),
        document["knowledge"],
    )
    lines += cancer(document["subtype"])
    fits = _(_VERDICTS[option["verdict"]])
    lines += section(_("The option"), wrap(full_stop(option["heading"]), 2), wrap(fits, 2))
    lines += section(
        _("How it is given"), *map(_given, document["given"]), wrap(_(_NOT_A_PROMISE), 2)
    )
    lines += _parts(document)
    lines += _days(document)
    lines += _later(document)
    lines += section(
        _("Boxed warnings: the strongest that a US label has"),
        items(
            f"{each['drug'].capitalize()}: {each['text']}{mark_of(each['state'])}"
            for each in document["boxed"]
        ),
    )
    lines += section(
        _("When to call"),
        wrap(document["emergency"], 2),
        wrap(f"{_('My 24-hour cancer line:')} {'_' * 30}", 2),
    )
    lines += _effects(document["effects"], explain=explain)
    lines += _withheld(document)
    lines += section(
        _("To talk about before it starts"),
        items([f"{each['text']}{mark_of(each['state'])}" for each in document["cautions"]]),
    )
    return "\n".join([*lines, *states_legend(lines), *closing()]) + "\n"


_VERDICTS = {
    "matches": marked("Every condition of the label is answered yes for this record."),
    "might_match": marked(
        "Nothing of the label says no for this record, and something is not known."
    ),
    "not_yet": marked(
        "For this record the label asks for treatment that has not been given so far."
    ),
    "does_not_match": marked("A condition of the label is answered no for this record."),
}


def _given(given: GivenSaid) -> list[str]:
    if given["plain"] is None:
        missing = full_stop(_("how it is given is not in our files yet"))
        return item(f"{given['name'].capitalize()}: {missing}")
    name, plain = given["name"].capitalize(), full_stop(given["plain"])
    if given["one_of"]:
        which = _("(one of %(names)s)", names=listed(given["one_of"], "or"))
        name = f"{name} {which}"
    if given["applies"] == "unknown":
        plain += " " + _("This may differ for you.")
    lines = item(f"{name}: {plain}{mark_of(given['state'])}")
    if given["dose"]:
        lines += wrap(full_stop(_("Dose: %(dose)s", dose=given["dose"])), 4)
    if given["one_of"]:
        lines += wrap(translated(_ONE_OF), 4)
    if given["others"]:
        others = _("Also given so: %(ways)s", ways=listed(given["others"]))
        lines += wrap(full_stop(others), 4)
    return lines


def _parts(document: PlanDocument) -> list[str]:
    parts = document["parts"]
    told = [full_stop(part_words(each, len(parts))) for each in parts] if len(parts) > 1 else []
    missing = not_complete(document)
    return section(_("The parts of the treatment"), items(told)) + (
        ["", *wrap(missing, 2)] if missing else []
    )


def _days(document: PlanDocument) -> list[str]:
    title = ngettext(
        "Visits and tests, the first %(num)s week",
        "Visits and tests, the first %(num)s weeks",
        document["weeks"],
    )
    since = _("counted from the first day of treatment")
    if document["start"]:
        since = _("from %(day)s", day=day(document["start"]))
    return section(
        f"{title}, {since}",
        *(list(_day(each, document["parts"])) for each in document["days"]),
    )


def when_words(said: DaySaid) -> str:
    """When a day is: its date, or its week and day.

    >>> when_words({"day": 15, "week": 3, "date": None})
    'Week 3 (day 15)'
    """
    if said["day"] == 0:
        return _("Before the first day")
    if said["date"] is None:
        return _("Week %(week)s (day %(day)s)", week=said["week"], day=said["day"])
    return _("%(day)s, week %(week)s", day=day(said["date"]), week=said["week"])


def _day(said: DaySaid, parts: Sequence[PartSaid]) -> Iterator[str]:
    yield from wrap(when_words(said), 2)
    if said["doses"]:
        text = treatment_words(said, parts)
        if said["minutes"]:
            text += " " + _("(in the chair %(minutes)s)", minutes=minutes_words(said["minutes"]))
        yield from item(text, 4)
    for check in said["checks"]:
        yield from item(_check(check, told=said["day"] == 0), 4)


def minutes_words(minutes: Sequence[int] | None) -> str:
    """Minutes from and to.

    >>> minutes_words([30, 30]), minutes_words([60, 90])
    ('about 30 minutes', '60 to 90 minutes')
    """
    if minutes is None:
        return _("not known")
    low, high = minutes
    if low == high:
        return ngettext("about %(num)s minutes", "about %(num)s minutes", low)
    return _("%(low)s to %(high)s minutes", low=low, high=high)


def _check(check: CheckSaid, *, told: bool) -> str:
    """A check; why it is done is told before the start, and not again on every day."""
    text = check_label(check)
    if check["wish"] == "recommended":
        text = _("%(check)s, recommended", check=text)
    elif check["wish"] == "if_indicated":
        text = _("%(check)s, if the team sees a reason", check=text)
    states = {why["state"] for why in check["why"]}
    state = next((s for s in ("unverified", "weak") if s in states), "verified")
    if not told:
        return text + mark_of(state)
    whys = [f"{why['drug']}: {small_start(why['purpose'])}" for why in check["why"]]
    gates = [f" ({why['gate']})" for why in check["why"] if why["gate"]]
    return f"{text}. {'; '.join(dict.fromkeys(whys))}{''.join(gates[:1])}{mark_of(state)}"


def check_label(check: CheckSaid) -> str:
    """A check by its name; what is done because a later part begins is done in the days before."""
    if check["ahead"]:
        return _("%(check)s in the days before", check=check["label"])
    return check["label"]


def small_start(text: str) -> str:
    """The text with a small first letter, unless its first word is an abbreviation.

    >>> small_start("It can"), small_start("ECG first"), small_start("I am")
    ('it can', 'ECG first', 'I am')
    """
    kept = text[1:2].isupper() or text.partition(" ")[0].partition("'")[0] == "I"
    return text if kept else text[:1].lower() + text[1:]


def _later(document: PlanDocument) -> list[str]:
    return section(_("Without a fixed day"), items(list(later_words(document["later"]))))


def later_words(later: Sequence[LaterSaid], mark: Callable[[str], str] = mark_of) -> Iterator[str]:
    """Checks without a day, each once with all its times, and the least checked of their states."""
    found: dict[str, list[LaterSaid]] = {}
    for each in later:
        found.setdefault(each["label"], []).append(each)
    for label, several in found.items():
        when = listed(list(dict.fromkeys(each["text"] for each in several)))
        states = {each["state"] for each in several}
        state = next((s for s in ("unverified", "weak") if s in states), "verified")
        yield f"{label}: {when}{mark(state)}"


def _effects(effects: Sequence[EffectSaid], *, explain: bool) -> list[str]:
    call = [each for each in effects if each["call_at_once"]]
    others = [each for each in effects if not each["call_at_once"]]
    shown = [each for each in others if explain or each["how_common"] not in _RARE]
    left = len(others) - len(shown)
    rarer = ngettext(
        "And %(num)s rarer effect (--explain shows all).",
        "And %(num)s rarer effects (--explain shows all).",
        left,
    )
    more = wrap(rarer, 2) if left else []
    return [
        *section(
            _("Call your team the same day if you notice signs of these"),
            [line for each in call for line in effect_lines(each)],
        ),
        *section(
            _("Other side effects, the most common first"),
            [line for each in shown for line in effect_lines(each)],
            more,
        ),
    ]


def effect_lines(effect: EffectSaid) -> Iterator[str]:
    """One effect: plain name, how common, what it feels like, what helps, figures."""
    label = "" if effect["label"] == effect["plain"] else f" ({small_start(effect['label'])})"
    states = {each["state"] for each in effect["by"]}
    state = next((s for s in ("verified", "weak") if s in states), "unverified")
    yield from item(f"{effect['plain']}{label}: {effect['words']}{mark_of(state)}")
    if effect["feels"]:
        yield from wrap(
            full_stop(_("How it can feel: %(words)s", words=small_start(effect["feels"]))), 4
        )
    for figure in effect["figures"]:
        yield from wrap(f"{figure_words(figure)}{mark_of(figure['state'])}", 4)
    if effect["helps"]:
        yield from wrap(_("What can help: %(words)s", words=" ".join(effect["helps"])), 4)


def _withheld(document: PlanDocument) -> list[str]:
    count = document["figures_withheld"]
    if not count:
        return []
    text = ngettext(
        "%(num)s figure nobody has verified yet is left out here.",
        "%(num)s figures nobody has verified yet are left out here.",
        count,
    )
    return ["", *wrap(text, 2)]
