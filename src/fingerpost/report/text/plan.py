"""The plan of an option as text: how it is given, the days, side effects, what to discuss."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from fingerpost.messages import gettext as _
from fingerpost.messages import marked, ngettext, translated
from fingerpost.messages.phrases import small_start
from fingerpost.report.plan_figures import figure_words
from fingerpost.report.plan_sources import (
    STATES_IN_WORDS,
    Mark,
    marks_of,
    short_marks_of,
    source_lines,
)
from fingerpost.report.plan_words import (
    caution_words,
    effect_claims,
    explainer_words,
    wording_words,
)
from fingerpost.report.text.head import cancer, closing, opening, states_legend
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
    mark = marks_of(document)
    lines += section(
        _("The option"), wrap(full_stop(option["heading"]), 2), wrap(fits, 2), _wording(document)
    )
    given = (_given(each, mark) for each in document["given"])
    lines += section(_("How it is given"), *given, wrap(_(_NOT_A_PROMISE), 2))
    lines += _parts(document)
    lines += _days(document)
    lines += _later(document)
    lines += section(
        _("Boxed warnings: the strongest that a US label has"),
        items(
            f"{each['drug'].capitalize()}: {each['text']}{mark(each)}" for each in document["boxed"]
        ),
    )
    lines += section(
        _("When to call"),
        wrap(document["emergency"], 2),
        wrap(f"{_('My 24-hour cancer line:')} {'_' * 30}", 2),
    )
    lines += _effects(document, explain=explain)
    lines += _withheld(document)
    lines += section(
        _("To talk about before it starts"),
        items([caution_words(each, document) for each in document["cautions"]]),
    )
    lines += _explainers(document)
    lines += _sources(document)
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


def _wording(document: PlanDocument) -> list[str]:
    """Where the option stands, for whoever wants to read it there."""
    said = wording_words(document)
    return wrap(said, 2) if said else []


def _explainers(document: PlanDocument) -> list[str]:
    return section(_("To understand it"), items(map(explainer_words, document["explainers"])))


def _sources(document: PlanDocument) -> list[str]:
    if document["audience"] == "patient":
        return []
    told = source_lines(document)
    lines = [line for n, text in enumerate(told, 1) for line in item(text, 2, mark=f"{n}.")]
    return section(_("Sources"), wrap(_(STATES_IN_WORDS), 2) if lines else [], lines)


def _given(given: GivenSaid, mark: Mark) -> list[str]:
    if given["plain"] is None:
        missing = full_stop(_("how it is given is not in our files yet"))
        return item(f"{given['name'].capitalize()}: {missing}")
    name, plain = given["name"].capitalize(), full_stop(given["plain"])
    if given["one_of"]:
        which = _("(one of %(names)s)", names=listed(given["one_of"], "or"))
        name = f"{name} {which}"
    if given["applies"] == "unknown":
        plain += " " + _("This may differ for you.")
    lines = item(f"{name}: {plain}{mark(given)}")
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
        *(list(_day(each, document)) for each in document["days"]),
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


def _day(said: DaySaid, document: PlanDocument) -> Iterator[str]:
    yield from wrap(when_words(said), 2)
    if said["doses"]:
        text = treatment_words(said, document["parts"])
        if said["minutes"]:
            text += " " + _("(in the chair %(minutes)s)", minutes=minutes_words(said["minutes"]))
        yield from item(text, 4)
    for check in said["checks"]:
        told = _check_and_why if said["day"] == 0 else _check
        yield from item(told(check, document), 4)


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


def _check(check: CheckSaid, document: PlanDocument) -> str:
    return f"{_wished(check)}{short_marks_of(document)(*check['why'])}"


def _check_and_why(check: CheckSaid, document: PlanDocument) -> str:
    """A check and why it is done, which is told before the start and not again on every day."""
    whys = [f"{why['drug']}: {small_start(why['purpose'])}" for why in check["why"]]
    gates = [f" ({why['gate']})" for why in check["why"] if why["gate"]]
    mark = marks_of(document)(*check["why"])
    return f"{_wished(check)}. {'; '.join(dict.fromkeys(whys))}{''.join(gates[:1])}{mark}"


def _wished(check: CheckSaid) -> str:
    text = check_label(check)
    if check["wish"] == "recommended":
        return _("%(check)s, recommended", check=text)
    if check["wish"] == "if_indicated":
        return _("%(check)s, if the team sees a reason", check=text)
    return text


def check_label(check: CheckSaid) -> str:
    """A check by its name; what is done because a later part begins is done in the days before."""
    if check["ahead"]:
        return _("%(check)s in the days before", check=check["label"])
    return check["label"]


def _later(document: PlanDocument) -> list[str]:
    mark = short_marks_of(document)
    return section(_("Without a fixed day"), items(list(later_words(document["later"], mark))))


def later_words(later: Sequence[LaterSaid], mark: Mark = lambda *_: "") -> Iterator[str]:
    """Checks without a day, each once with all its times, and the least checked of their states."""
    found: dict[str, list[LaterSaid]] = {}
    for each in later:
        found.setdefault(each["label"], []).append(each)
    for label, several in found.items():
        when = listed(list(dict.fromkeys(each["text"] for each in several)))
        yield f"{label}: {when}{mark(*several)}"


def _effects(document: PlanDocument, *, explain: bool) -> list[str]:
    effects, mark = document["effects"], marks_of(document)
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
            [line for each in call for line in effect_lines(each, mark)],
        ),
        *section(
            _("Other side effects, the most common first"),
            [line for each in shown for line in effect_lines(each, mark)],
            more,
        ),
    ]


def effect_lines(effect: EffectSaid, mark: Mark) -> Iterator[str]:
    """One effect: plain name, how common, what it feels like, what helps, figures."""
    label = "" if effect["label"] == effect["plain"] else f" ({small_start(effect['label'])})"
    yield from item(f"{effect['plain']}{label}: {effect['words']}{mark(*effect_claims(effect))}")
    if effect["feels"]:
        yield from wrap(
            full_stop(_("How it can feel: %(words)s", words=small_start(effect["feels"]))), 4
        )
    for figure in effect["figures"]:
        yield from wrap(f"{figure_words(figure)}{mark(figure)}", 4)
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
