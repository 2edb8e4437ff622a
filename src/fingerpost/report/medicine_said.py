"""One medicine on one page: its names, what it does, its uses, cautions, side effects and checks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from fingerpost.facts.treatments import with_parents
from fingerpost.knowledge.as_of import window_on
from fingerpost.messages import gettext as _
from fingerpost.messages import marked, ngettext
from fingerpost.report.option_said import heading_of
from fingerpost.report.plan_said import HOW_COMMON, commonest, often_words
from fingerpost.terms import Authority

if TYPE_CHECKING:
    from fingerpost.knowledge.model import Caution, Drug, Knowledge
    from fingerpost.knowledge.plan_model import Monitoring, SideEffect
    from fingerpost.report.option_said import Audience

# Before the first dose.
_BEFORE = {
    "required": marked("before it starts"),
    "recommended": marked("before it starts, as advised"),
    "if_indicated": marked("before it starts, if there is a reason"),
}
_COMMON = tuple(HOW_COMMON)


class _Entry(Protocol):
    """An entry about some medicines or families."""

    @property
    def drugs(self) -> tuple[str, ...]: ...
    @property
    def classes(self) -> tuple[str, ...]: ...
    @property
    def start(self) -> dt.date | None: ...
    @property
    def until(self) -> dt.date | None: ...


Entry = TypeVar("Entry", bound=_Entry)


def medicine_said(
    drug: Drug, knowledge: Knowledge, on: dt.date, audience: Audience
) -> Mapping[str, Any]:
    """Everything that is known of a medicine on a day; doses, limits and figures for professionals."""
    families = {drug.id, *with_parents(drug.id, knowledge)}
    following = knowledge.following
    professional = audience == "professional"
    given = [e for e in following.given.values() if _is_about(e, families, on)]
    return {
        "drug": drug,
        "kinds": [knowledge.classes[name] for name in drug.classes if name in knowledge.classes],
        "uses": uses_by_authority(drug.id, knowledge, on),
        "cautions": [_caution(c) for c in _of(knowledge.cautions.values(), families, on)],
        "effects": _effects(
            _of(following.side_effects.values(), families, on), knowledge, audience
        ),
        "boxed": list(_of(following.boxed.values(), families, on)),
        "given": [
            {"plain": e.plain, "dose": e.dose if professional else None}
            | {"state": e.state, "source": e.source}
            for e in given
        ],
        "checks": [
            _check(m, knowledge, professional=professional)
            for m in _of(following.monitoring.values(), families, on)
        ],
    }


def uses_by_authority(
    drug: str, knowledge: Knowledge, on: dt.date
) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """The options of a medicine: those in force, and those that are not, by authority."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for option in knowledge.options.values():
        if drug in (option.drug, *option.drugs):
            window = window_on(option, on)
            line = {
                "id": option.id,
                "heading": heading_of(option, knowledge),
                "status": window.status if window else None,
                "opens": window is not None and window.opens,
                "state": (window or option.windows[-1]).date_state,
            }
            found.setdefault(option.authority, []).append(line)
    return {name: found[name] for name in Authority if name in found}


def _of(entries: Iterable[Entry], families: set[str], on: dt.date) -> list[Entry]:
    return [each for each in entries if _is_about(each, families, on)]


def _is_about(entry: _Entry, families: set[str], on: dt.date) -> bool:
    if entry.start is not None and on < entry.start:
        return False
    if entry.until is not None and on > entry.until:
        return False
    return not families.isdisjoint((*entry.drugs, *entry.classes))


def _caution(caution: Caution) -> Mapping[str, Any]:
    return {
        "effect": caution.effect,
        "text": caution.text,
        "authority": caution.authority,
        "source": caution.source,
        "state": caution.state,
    }


def _effects(
    entries: Sequence[SideEffect], knowledge: Knowledge, audience: Audience
) -> Sequence[Mapping[str, Any]]:
    """Each effect once, the most common first; its figures for professionals, verified or marked."""
    found: dict[str, dict[str, Any]] = {}

    def place(entry: SideEffect) -> tuple[bool, int]:
        # What is told of an effect is its first entry: for a patient one that was looked up.
        return commonest([entry], audience) is None, _COMMON.index(entry.how_common)

    for entry in sorted(entries, key=place):
        effect = knowledge.following.effects[entry.effect]
        words = often_words(commonest([entry], audience))
        said = found.setdefault(
            effect.id,
            {"plain": effect.plain, "label": effect.label, "words": words}
            | {"call": False, "serious": False, "figures": []}
            | {"state": entry.state, "source": entry.source},
        )
        said["call"] = said["call"] or entry.call_at_once
        said["serious"] = said["serious"] or entry.serious
        if audience == "professional":
            said["figures"] += entry.figures
    return list(found.values())


def _check(entry: Monitoring, knowledge: Knowledge, *, professional: bool) -> Mapping[str, Any]:
    check = knowledge.following.checks[entry.check]
    times = [_(_BEFORE[entry.before])] if entry.before in _BEFORE else []
    for phase in entry.phases:
        if phase.every is not None:
            times.append(_every(phase.every.amount, phase.every.unit))
        elif phase.each is not None:
            times.append(_("at each dose") if phase.each == "dose" else _("at each cycle"))
    if entry.then is not None:
        times.append(_("later when there is a reason"))
    return {
        "label": check.label,
        "plain": check.plain,
        "purpose": entry.purpose,
        "times": list(dict.fromkeys(times)),
        "gate": entry.gate if professional else None,
        "source": entry.source,
        "state": entry.state,
    }


def _every(amount: int, unit: str) -> str:
    match unit:
        case "days":
            return ngettext("every day", "every %(num)s days", amount)
        case "weeks":
            return ngettext("every week", "every %(num)s weeks", amount)
        case "months":
            return ngettext("every month", "every %(num)s months", amount)
        case _:
            return ngettext("every year", "every %(num)s years", amount)
