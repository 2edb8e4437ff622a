"""The lines of therapy as text: a picture of the time, and each line with the decisions behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fingerpost.report.option_said import sentence
from fingerpost.report.text.head import closing, opening, states_legend, to_look_at
from fingerpost.report.text.layout import day, full_stop, items, section, wrap
from fingerpost.report.text.timeline import timeline

if TYPE_CHECKING:
    from fingerpost.report.lines_said import LineSaid, LinesDocument, LineTreatmentSaid

_EARLY = frozenset({"neoadjuvant", "adjuvant", "extended_adjuvant"})
_COMPLETE = {
    "yes": "The list of treatments is stated to be complete.",
    "no": "The list of treatments is stated to be incomplete: the numbers are the least they can be.",
    "unknown": "It is not stated whether the list of treatments is complete: the numbers are the least they can be.",
}
_OPEN = (
    "Open: from this record it is not known whether this was a line of its own or belonged to the line "
    "before."
)

_RULES = (
    "How lines are counted is agreed by nobody. Each rule that decided here, with its source and how far "
    "it was checked, stands in docs/reference/lines.md; many are working rules of this project that "
    "nobody has held against a source. How they work together, and how others count, stands in "
    "docs/explanation/lines-of-therapy.md. `--format json` names the rule behind each decision."
)


def lines_text(document: LinesDocument, *, blocks: bool = True) -> str:
    """Everything that was decided about lines; `blocks` draws with more than plain signs."""
    title = f"Fingerpost: lines of therapy of this record, as of {day(document['on'])}"
    found = [_line(number, line) for number, line in enumerate(document["lines"], 1)]
    if not found:
        found = [wrap("This record holds no treatment that can be placed in a line.", 2)]
    others = [_treatment(each) for each in document["other_treatments"]]
    lines = [
        *opening(title, document["knowledge"]),
        *section("In time", timeline(document, blocks=blocks)),
        *section("Lines", *found, ["", *wrap(_COMPLETE[document["treatments_complete"]], 2)]),
        *section("Counted as no line", *others),
        *section("The cancer grew, by date", items([each["words"] for each in document["growth"]])),
        *section("The rules", wrap(_RULES, 2)),
        *to_look_at([each for each in document["messages"] if each["code"] != "inferred"]),
    ]
    return "\n".join([*lines, *states_legend(lines), *closing()]) + "\n"


def _line(number: int, line: LineSaid) -> list[str]:
    text = [*wrap(f"{number}. {_head(line)}", 2, 5)]
    text += wrap(f"Began: {full_stop(line['why_began'])}", 5, 7)
    if line["begins"] == "unknown" and line["setting"]:
        text += wrap(_OPEN, 5, 7)
    text += wrap(f"Ended: {full_stop(line['why_ended'])}", 5, 7)
    for treatment in line["treatments"]:
        text += [f"   {row}" for row in _treatment(treatment, line["why_began"])]
    return text if number == 1 else ["", *text]


def _head(line: LineSaid) -> str:
    setting = set(line["setting"])
    name = f": {line['name']}" if line["name"] else ""
    if not setting:
        return f"Not known what for{name}"
    if setting <= _EARLY:
        return f"Early disease{name}"
    if setting & _EARLY:
        return f"Early or advanced disease{name}"
    low, high = line["number_low"], line["number_high"]
    if low is None:
        return f"Advanced disease{name}"
    least = "" if high == low else "at least " if high is None else "between "
    most = f" and {high}" if high is not None and high != low else ""
    return f"Advanced disease, line {least}{low}{most}{name}"


def _treatment(treatment: LineTreatmentSaid, told: str = "") -> list[str]:
    """A treatment and what was decided of it, apart from what was told before."""
    known = f" ({treatment['regimen']})" if treatment["regimen"] else ""
    head = f"{treatment['name']}{known}: {treatment['words']} [{treatment['source']}]"
    text = items([head], 2)
    decided = [each["words"] for each in treatment["decisions"] if each["words"] != told]
    return text + items(map(sentence, decided), 4)
