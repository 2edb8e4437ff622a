"""What a treatment of a form cannot say at once: it is refused, so that who wrote it can mend it."""

from __future__ import annotations

from collections.abc import Mapping

from fingerpost.record.drugs.regimens import yes_no
from fingerpost.record.form.context import FormContext, Path
from fingerpost.record.growth_said import says_grown
from fingerpost.values import Choice, Days, Interval, Value

Attributes = Mapping[str, Value]

_LOCAL = frozenset({"radiotherapy", "surgery"})
_KEEP_ONE = "keep one of the two"


def refuse_unsound(
    context: FormContext, attributes: Attributes, path: Path, *, medicines: bool
) -> None:
    """Refuse what cannot be; `medicines` says whether the entry names any."""
    _refuse_days(context, attributes, path)
    _refuse_growth(context, attributes, path)
    _refuse_numbers(context, attributes, path)
    kind = attributes.get("kind")
    if medicines and isinstance(kind, Choice) and kind.possible <= _LOCAL:
        what = "this treatment names medicines, and its kind says that it was none"
        advice = "one entry for the medicines, and one for radiation or surgery"
        context.refuse((*path, "kind"), "contradiction", what, advice)


def _refuse_days(context: FormContext, attributes: Attributes, path: Path) -> None:
    start, end = attributes.get("start"), attributes.get("end")
    if _ends_too_early(start, end):
        what = "this treatment ends before it starts"
        context.refuse((*path, "end"), "contradiction", what, "correct one of the two dates")
    over = "end" in attributes or "end_reason" in attributes
    if over and attributes.get("ongoing") == yes_no(yes=True):
        what = "this treatment is still going on and has an end"
        context.refuse((*path, "ongoing"), "contradiction", what, _KEEP_ONE)


def _ends_too_early(start: Value | None, end: Value | None) -> bool:
    if not isinstance(start, Days) or not isinstance(end, Days):
        return False
    return start.first is not None and end.last is not None and end.last < start.first


def _refuse_growth(context: FormContext, attributes: Attributes, path: Path) -> None:
    """The cancer did not grow, and the treatment ended because it grew."""
    ended = {"end_reason": attributes["end_reason"]} if "end_reason" in attributes else {}
    if says_grown(ended) and attributes.get("progression") == yes_no(yes=False):
        what = "the cancer did not grow on this treatment, and it ended because the cancer grew"
        context.refuse((*path, "progression"), "contradiction", what, _KEEP_ONE)


def _refuse_numbers(context: FormContext, attributes: Attributes, path: Path) -> None:
    for name in ("line", "cycles"):
        value = attributes.get(name)
        if isinstance(value, Interval) and not _is_whole(value):
            what = f"`{name}` must be a whole number"
            context.refuse((*path, name), "out-of-range", what, "2, or 1-2 if it may be either")
    cycles = attributes.get("cycles")
    if isinstance(cycles, Interval) and cycles.high < 1:
        what = "no cycle was given, so this is no treatment"
        context.refuse((*path, "cycles"), "contradiction", what, "leave the entry out")


def _is_whole(value: Interval) -> bool:
    ends = (value.low, value.high)
    return all(end in (float("inf"), float("-inf")) or float(end).is_integer() for end in ends)
