"""What was understood of the record, as text: each fact, why, and which finding won."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from fingerpost.messages import gettext as _
from fingerpost.messages import marked
from fingerpost.report.option_said import sentence
from fingerpost.report.text.because import PRESUMED, because_texts
from fingerpost.report.text.head import cancer, closing, opening, states_legend, to_look_at
from fingerpost.report.text.layout import day, full_stop, item, items, partial_day, section, wrap

if TYPE_CHECKING:
    from fingerpost.report.contract import (
        DerivedSaid,
        FactSaid,
        FactsDocument,
        FindingSaid,
        TreatmentSaid,
    )


def facts_text(document: FactsDocument) -> str:
    """Everything known of the person, and everything that follows."""
    title = _(
        "Fingerpost: what was understood of this record, as of %(day)s", day=day(document["on"])
    )
    facts = document["facts"]
    derived = facts["derived"]
    lines = [
        *opening(title, document["knowledge"]),
        *cancer(document["subtype"]),
        *to_look_at(document["messages"]),
        *section(_("What the record says"), _base(facts["base"])),
        *section(_("Treatments"), _treatments(facts["treatments"], facts["treatments_complete"])),
        *section(_("What follows from it"), _derived(derived)),
        *section(_("What stays open"), wrap(_(_OPEN), 2), _not_known(derived)),
    ]
    return "\n".join([*lines, *states_legend(lines), *closing()]) + "\n"


_OPEN = marked("Not known from this record. A missing value is never taken as a no.")


def _base(base: Mapping[str, FactSaid]) -> list[str]:
    lines: list[str] = []
    for name, fact in base.items():
        findings, passed_over = fact["findings"], fact["passed_over"]
        head = f"{fact['label']} ({name}): {fact['words']}"
        alone = len(findings) == 1 and not passed_over
        if alone and findings[0]["value"] == fact["words"]:
            lines += wrap(f"{head}{_origin(findings[0])}", 2, 4)
            continue
        lines += [*wrap(head, 2, 4), *items(map(_finding, findings), 4)]
        if fact["note"]:
            why = sentence(fact["note"])
            if findings and passed_over:
                why = _("Why this one: %(why)s", why=fact["note"])
            lines += wrap(full_stop(why), 4)
        if passed_over:
            lines += [*wrap(_("Not counted:"), 4), *items(map(_finding, passed_over), 6)]
    return lines


def _finding(finding: FindingSaid) -> str:
    return f"{finding['value']}{_origin(finding)}"


def _origin(finding: FindingSaid) -> str:
    when = partial_day(finding["date"]) if finding["date"] else ""
    parts = [
        when if when != finding["value"] else "",
        finding["site"] or finding["specimen"] or "",
        (finding["basis"] or "").replace("_", " "),
    ]
    if finding["presumed"]:
        parts.append(f"{_(PRESUMED)}: {(finding['words'] or '').rstrip('.')}")
    elif finding["words"]:
        parts.append(_("written as “%(words)s”", words=finding["words"]))
    places = [finding["source"], *(each["source"] for each in finding.get("also_in", ()))]
    return f"{''.join(f', {part}' for part in parts if part)} [{'; also '.join(places)}]"


def _treatments(treatments: list[TreatmentSaid], complete: str) -> list[str]:
    lines: list[str] = []
    for treatment in treatments:
        text = f"{treatment['words']} [{treatment['source']}]"
        lines += item(text, 2, f"{treatment['number']}.")
        if treatment["not_recognised"]:
            names = ", ".join(treatment["not_recognised"])
            told = _("Not recognised as a medicine: %(names)s. It may be any.", names=names)
            lines += wrap(told, 5)
    stated = {
        "yes": _("The list is stated to be complete."),
        "no": _("The list is stated to be incomplete."),
    }.get(complete, _("It is not stated whether the list is complete."))
    return [
        *lines,
        *wrap(stated if lines else _("No treatment is listed. %(more)s", more=stated), 2),
    ]


def _derived(derived: Mapping[str, DerivedSaid]) -> list[str]:
    lines: list[str] = []
    for name, fact in derived.items():
        if fact["value"] is None and not _partly(fact):
            continue
        lines += wrap(f"{fact['label']} ({name}): {fact['words']}", 2, 4)
        lines += items(because_texts(fact["because"]), 4)
    return lines


def _not_known(derived: Mapping[str, DerivedSaid]) -> list[str]:
    return items(
        [
            f"{fact['label']} ({name})"
            for name, fact in derived.items()
            if fact["value"] is None and not _partly(fact)
        ],
        2,
    )


def _partly(fact: DerivedSaid) -> bool:
    """Whether something is known, although no value is certain: then some are ruled out."""
    return fact["words"] != _("not known")
