"""The result of a curator case as text: ok, or what was expected, what came, and the trace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fingerpost.report.documents import saying_of
from fingerpost.report.option_said import option_said
from fingerpost.report.text.layout import wrap
from fingerpost.report.text.option import in_full

if TYPE_CHECKING:
    from fingerpost.options.cases import CaseResult
    from fingerpost.options.model import OptionAnswer, Options


def result_lines(result: CaseResult) -> list[str]:
    """One line for a case that is right; everything that helps for one that is not."""
    case = result.case
    if not result.different:
        return [f"ok      {case.id}: {case.title}"]
    lines = [f"FAILED  {case.id}: {case.title}", *wrap(f"at {case.place}", 8)]
    if case.ruling:
        lines += wrap(f"ruling: {case.ruling}", 8, 10)
    shown: set[str] = set()
    for each in result.different:
        lines += wrap(f"{each.what}: expected {each.expected}, came {each.came}", 8, 10)
        if each.answer is not None and result.options is not None and each.what not in shown:
            shown.add(each.what)
            lines += _trace(each.answer, result.options)
    return lines


def _trace(answer: OptionAnswer, options: Options) -> list[str]:
    """Every condition of the option with its answer and reasons, set in below the case."""
    said = option_said(answer, saying_of(options, explain=True))
    return [f"      {line}" if line else line for line in in_full(said, explain=True)]
