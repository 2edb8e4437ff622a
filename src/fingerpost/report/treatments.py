"""Treatments in words, as the person had them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from fingerpost.criteria.worlds import interval_words
from fingerpost.facts.words import days_words, treatment_name
from fingerpost.messages import gettext as _
from fingerpost.messages import marked
from fingerpost.messages.phrases import either
from fingerpost.report.values import known_of, value_words
from fingerpost.values import Absent, Choice, Days, Interval, Value

if TYPE_CHECKING:
    from fingerpost.facts.model import Facts
    from fingerpost.knowledge.model import Knowledge
    from fingerpost.report.contract import TreatmentSaid

Attributes = Mapping[str, Value | Absent]

_SETTING = {
    "neoadjuvant": marked("before surgery"),
    "adjuvant": marked("after surgery"),
    "extended_adjuvant": marked("after surgery, beyond the first course"),
    "locally_advanced": marked("for locally advanced cancer"),
    "metastatic": marked("for cancer that has spread"),
}
_ENDED = {
    "completed": marked("completed"),
    "progression": marked("stopped because the cancer grew"),
    "recurrence": marked("ended because the cancer came back"),
    "toxicity": marked("stopped because of side effects"),
    "choice": marked("stopped by choice"),
    "other": marked("stopped for another reason"),
}


def treatment_words(attributes: Attributes) -> str:
    """What it was for, when it was, and how it ended; only what is known."""
    setting, reason = attributes.get("setting"), attributes.get("end_reason")
    said = [_phrase(setting, _SETTING), _when(attributes)]
    if isinstance(reason, Choice):
        said.append(_phrase(reason, _ENDED))
    elif _is(attributes.get("progression"), "yes"):
        said.append(_("the cancer grew during it"))
    return ", ".join(part for part in said if part) or _only(attributes)


_RESPONSE = {
    "complete": marked("no cancer could be seen any more"),
    "partial": marked("the cancer shrank"),
    "stable": marked("the cancer stayed as it was"),
    "progression": marked("the cancer grew"),
}


def _only(attributes: Attributes) -> str:
    """What is said of a treatment of which neither purpose nor days nor end are known."""
    cycles = attributes.get("cycles")
    said = [
        _("%(number)s cycles", number=interval_words(cycles))
        if isinstance(cycles, Interval)
        else "",
        _phrase(attributes.get("best_response"), _RESPONSE),
        _("the cancer did not grow during it") if _is(attributes.get("progression"), "no") else "",
    ]
    return ", ".join(part for part in said if part) or _("nothing more is stated")


def _phrase(value: Value | Absent | None, phrases: Mapping[str, str]) -> str:
    if not isinstance(value, Choice):
        return ""
    ordered = [name for name in phrases if name in value.possible]
    said = [_(phrases[name]) for name in ordered]
    return either(said)


def _when(attributes: Attributes) -> str:
    start, end = attributes.get("start"), attributes.get("end")
    begun = days_words(start) if isinstance(start, Days) else ""
    if _is(attributes.get("ongoing"), "yes"):
        return _("since %(day)s, still going on", day=begun) if begun else _("still going on")
    ended = days_words(end) if isinstance(end, Days) and end.last is not None else ""
    if begun and ended:
        return begun if begun == ended else _("%(begun)s to %(ended)s", begun=begun, ended=ended)
    if begun:
        return _("from %(day)s", day=begun)
    return _("until %(day)s", day=ended) if ended else ""


def _is(value: Value | Absent | None, wanted: str) -> bool:
    return isinstance(value, Choice) and value.known == wanted


def attribute_words(name: str, value: Value | Absent, knowledge: Knowledge) -> str:
    """What is known of one attribute, in the catalogue's words."""
    return value_words(value, knowledge.attributes.get(name))


def treatments_said(facts: Facts, knowledge: Knowledge) -> list[TreatmentSaid]:
    """Every treatment of the record as it was understood."""
    return [
        {
            "number": number,
            "drugs": list(treatment.drugs),
            "not_recognised": list(treatment.unresolved),
            "words": f"{treatment_name(treatment, knowledge)}: {treatment_words(attributes)}",
            "source": ", ".join(treatment.places),
            "attributes": {
                name: known_of(value)
                for name, value in sorted(attributes.items())
                if name not in ("drug", "class") and not isinstance(value, Absent)
            },
        }
        for number, (treatment, attributes) in enumerate(
            zip(facts.treatments, facts.case.treatments, strict=True), 1
        )
    ]
