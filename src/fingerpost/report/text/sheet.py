"""The page to bring as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fingerpost.report.text.head import closing, opening
from fingerpost.report.text.layout import day, full_stop, item, items, listed, section, wrap

if TYPE_CHECKING:
    from fingerpost.report.sheet_said import SheetDocument


def sheet_text(sheet: SheetDocument) -> str:
    """The same page as the printed one, for the screen."""
    lines = opening(f"My page for the visit, as of {day(sheet['on'])}", sheet["knowledge"])
    known, not_known = sheet["known"], sheet["not_known"]
    lines += section(
        "My cancer",
        wrap(sheet["cancer"], 2),
        wrap(f"Known: {full_stop('; '.join(known))}", 2) if known else [],
        wrap(f"Not known yet: {full_stop('; '.join(not_known))}", 2) if not_known else [],
        wrap(f"Immunotherapy: {full_stop(sheet['immunotherapy']['text'])}", 2),
    )
    left = sheet["treatments_left"]
    more = [f"and {left} earlier"] if left else []
    lines += section("Treatment so far", items([*more, *sheet["treatments"]]))
    lines += section(
        "Tests to ask about",
        items([f"{each['label']}: {full_stop(each['why'])}" for each in sheet["tests"]]),
    )
    lines += section(
        "Options to talk about (the order is not a ranking)",
        *(
            item(
                f"{group['title']} ({group['count']})."
                if group["verdict"] == "not_yet"
                else f"{group['title']} ({group['count']}): {full_stop(listed(group['names']))}"
            )
            for group in sheet["options"]
        ),
        item("Always: supportive care, for pain, sickness, tiredness and worry."),
    )
    lines += section("My questions", items([each["text"] for each in sheet["questions"]]))
    lines += section(
        "When to call",
        *(
            item(f"{call['title']} {full_stop('; '.join(call['signs']))}")
            for call in sheet["calls"]
        ),
        wrap("24-hour cancer line: ____________________  Call with a fever of: ________", 2),
    )
    return "\n".join([*lines, *closing()]) + "\n"
