"""Reasons as a reader wants them: what was found, when, and where in the record it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fingerpost.messages import gettext as _
from fingerpost.messages import marked, ngettext
from fingerpost.report.text.layout import listed, partial_day

if TYPE_CHECKING:
    from fingerpost.report.contract import Because

_MOST = 5
# Said wherever a value was not in the record but follows from one of the rules of reading.
PRESUMED = marked("presumed, not stated")


def because_texts(
    because: Sequence[Because], *, most: int | None = None, brief: bool = False
) -> list[str]:
    """Each reason as one phrase; gaps of the same kind are said together.

    `most` shows only so many findings and counts the others; `brief` leaves out dates and the
    record's own words.
    """
    found = [each for each in because if each["absence"] is None]
    known = [_known(each, brief=brief) for each in _merged(found)]
    if most is not None and len(known) > most:
        left = len(known) - most
        more = ngettext("and %(num)s more finding", "and %(num)s more findings", left)
        known = [*known[:most], more]
    return [*known, *_gaps([each for each in because if each["absence"] is not None])]


def _merged(found: Sequence[Because]) -> list[Because]:
    """Members of one set are one finding."""
    merged: dict[tuple[str, ...], Because] = {}
    for each in found:
        name, _colon, member = each["label"].rpartition(": ")
        if each["kind"] != "fact" or each["value"] not in (_("yes"), _("no")) or not name:
            merged[each["label"], each["value"], each["source"] or ""] = each
            continue
        key = (name, each["value"], each["source"] or "")
        said = member if each["value"] == _("yes") else _("not %(what)s", what=member)
        before = merged.get(key)
        value = f"{before['value']}, {said}" if before else said
        merged[key] = {**each, "label": name, "value": value}
    return list(merged.values())


def _known(said: Because, *, brief: bool) -> str:
    if said["kind"] == "treatment_list":
        return said["value"]
    told = [said["value"]]
    if said["presumed"]:
        told.append(_(PRESUMED))
    elif not brief:
        told += [_("written as “%(words)s”", words=said["words"])] if _differs(said) else []
        told += [partial_day(said["date"])] if said["date"] else []
    where = f" [{said['source']}]" if said["source"] else ""
    # One colon is enough in a phrase.
    label = said["label"].replace(": ", ", ")
    return f"{label}: {', '.join(told)}{where}"


def _differs(said: Because) -> bool:
    """Whether the record's own words tell more than the value."""
    words = said["words"]
    if not words or said["kind"] != "fact":
        return False
    return words.casefold().strip() not in f"{said['label']}: {said['value']}".casefold()


def _gaps(missing: Sequence[Because]) -> list[str]:
    """What is missing, by why; details last, for something better may be asked for."""
    by_reason: dict[str, list[str]] = {}
    for each in sorted(missing, key=lambda b: b["detail"]):
        labels = by_reason.setdefault(each["value"], [])
        if each["label"] not in labels:
            labels.append(each["label"])
    return [f"{listed(labels, 'or', _MOST)}: {why}" for why, labels in by_reason.items()]
