"""The page to bring as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fingerpost.messages import gettext as _
from fingerpost.messages import ngettext
from fingerpost.report.text.head import closing, opening
from fingerpost.report.text.layout import day, full_stop, item, items, listed, section, wrap

if TYPE_CHECKING:
    from fingerpost.report.sheet_said import SheetDocument


def sheet_text(sheet: SheetDocument) -> str:
    """The same page as the printed one, for the screen."""
    lines = opening(
        _("My page for the visit, as of %(day)s", day=day(sheet["on"])), sheet["knowledge"]
    )
    known, not_known = sheet["known"], sheet["not_known"]
    lines += section(
        _("My cancer"),
        wrap(sheet["cancer"], 2),
        _said(_("Known:"), "; ".join(known)) if known else [],
        _said(_("Not known yet:"), "; ".join(not_known)) if not_known else [],
        _said(_("Immunotherapy:"), sheet["immunotherapy"]["text"]),
    )
    left = sheet["treatments_left"]
    more = [ngettext("and %(num)s earlier", "and %(num)s earlier", left)] if left else []
    lines += section(_("Treatment so far"), items([*more, *sheet["treatments"]]))
    lines += section(
        _("Tests to ask about"),
        items([f"{each['label']}: {full_stop(each['why'])}" for each in sheet["tests"]]),
    )
    lines += section(
        _("Options to talk about (the order is not a ranking)"),
        *(
            item(
                f"{group['title']} ({group['count']})."
                if group["verdict"] in ("later", "not_yet")
                else f"{group['title']} ({group['count']}): {full_stop(listed(group['names']))}"
            )
            for group in sheet["options"]
        ),
        item(
            " ".join((_("Always:"), _("supportive care, for pain, sickness, tiredness and worry.")))
        ),
    )
    lines += section(_("My questions"), items([each["text"] for each in sheet["questions"]]))
    lines += section(
        _("When to call"),
        *(
            item(f"{call['title']} {full_stop('; '.join(call['signs']))}")
            for call in sheet["calls"]
        ),
        wrap(_("This list is for today. Make it again when a treatment starts or ends."), 2),
        _to_write_in(_("24-hour cancer line"), _("Call with a fever of")),
    )
    return "\n".join([*lines, *closing()]) + "\n"


def _to_write_in(line: str, fever: str) -> list[str]:
    return wrap(f"{line}: {'_' * 20}  {fever}: {'_' * 8}", 2)


def _said(label: str, text: str) -> list[str]:
    return wrap(f"{label} {full_stop(text)}", 2)
