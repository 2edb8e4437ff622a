"""The parts of a plan, and what has no days in it, as the public contract says them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from fingerpost.plan.parts import date_of
from fingerpost.report.text.layout import listed

if TYPE_CHECKING:
    from fingerpost.plan.model import Part, Plan, PlannedDrug
    from fingerpost.report.plan_contract import PartMedicineSaid, PartSaid, WithoutDaysSaid


def parts_said(plan: Plan) -> list[PartSaid]:
    """Each part with its medicines; one where everything begins together."""
    return [_part(each, plan) for each in plan.parts]


def _part(part: Part, plan: Plan) -> PartSaid:
    date = None if part.begins is None else date_of(part.begins, plan.start)
    return {
        "part": part.number,
        "name": listed([drug.name for drug in part.drugs]),
        "begins": _begins(part),
        "day": part.begins,
        "date": None if date is None else date.isoformat(),
        "medicines": [_medicine(drug) for drug in part.drugs],
    }


def _begins(part: Part) -> Literal["first_day", "after_part", "after_surgery", "not_known"]:
    if part.begins is not None:
        return "first_day" if part.begins == 1 else "after_part"
    return "after_surgery" if part.after_surgery else "not_known"


def _medicine(drug: PlannedDrug) -> PartMedicineSaid:
    given = drug.given
    if drug.without_days == "which_medicine":
        # The rhythm of a family would be taken for that of the medicine that is chosen.
        given = None
    lasts = given.lasts if given else None
    return {
        "drug": drug.id,
        "name": drug.name,
        "cycles": given.cycles if given else None,
        "cycle_days": given.cycle_days if given else None,
        "lasts": None if lasts is None else {"amount": lasts.amount, "unit": lasts.unit},
    }


def without_days_said(plan: Plan) -> list[WithoutDaysSaid]:
    """What somebody gives on days that the plan does not have."""
    return [
        {"drug": drug.id, "name": drug.name, "part": drug.part, "why": drug.without_days}
        for drug in plan.drugs
        if drug.without_days is not None
    ]
