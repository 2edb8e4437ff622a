"""Columns of percentages that were saved as fractions of one: 0.9 where 90 % is meant.

A spreadsheet that shows 90% stores 0.9, and many programs write out what is stored. Read as it
stands, an ER of 90 % would be one of 0.9 %, and the cancer negative.
"""

from __future__ import annotations

from collections.abc import Iterable

from fingerpost.record.catalogue import Catalogue
from fingerpost.record.table.faults import Faults
from fingerpost.record.table.plan import FactRule, TablePlan
from fingerpost.record.table.workspace import Workspace

_UP_TO_ONE = r"[+]?(0*[.,]\d+|0+([.,]\d*)?|0*1([.,]0*)?)"
_BETWEEN = r"[+]?0*[.,]0*[1-9]\d*"


def check_fractions(
    workspace: Workspace, plans: Iterable[TablePlan], catalogue: Catalogue, faults: Faults
) -> None:
    """Refuse a column for a percentage in which every number lies from 0 to 1, and one between.

    A mapping that names the unit has looked, and is believed.
    """
    for plan in plans:
        for rule in plan.facts:
            if _is_percent(rule, catalogue) and _all_fractions(workspace, plan, rule):
                where = f"{plan.loaded.name}, column {rule.column}"
                what = "every number of this column lies from 0 to 1, so 0.9 may stand for 90 %"
                advice = 'say in the mapping which it is: `unit: fraction`, or `unit: "%"`'
                faults.add("possible-fraction", where, what, advice)


def _is_percent(rule: FactRule, catalogue: Catalogue) -> bool:
    entry = catalogue.get(rule.shape.fact)
    named = rule.shape.unit is not None or rule.unit is not None
    return entry is not None and entry.type == "number" and entry.unit == "%" and not named


def _all_fractions(workspace: Workspace, plan: TablePlan, rule: FactRule) -> bool:
    """Whether some cell lies between 0 and 1, and none holds a number of another kind."""
    cell = f"trim({plan.loaded.column(rule.index)})"
    query = f"""
        SELECT count(*) FILTER (WHERE regexp_full_match({cell}, ?)),
            count(*) FILTER (WHERE regexp_matches({cell}, '\\d') AND NOT regexp_full_match({cell}, ?))
        FROM {plan.loaded.table}
    """  # noqa: S608
    between, others = next(workspace.rows(query, [_BETWEEN, _UP_TO_ONE]))
    return bool(between > 0 and others == 0)
