"""What was read from a report, as a list for people, and the report with it marked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from fingerpost.report.text.layout import full_stop, item, section, wrap

if TYPE_CHECKING:
    from fingerpost.report.contract import ReadDocument, StatementSaid, StatusesSaid

_NAMES = {"er": "Estrogen receptor (ER)", "pr": "Progesterone receptor (PR)", "her2": "HER2"}
_NOTHING = (
    "Nothing was read. The text names no result that this program knows. That is no answer: the "
    "report may say it in other words."
)
_CHECK = (
    "Look at each line beside your report. Reading is by fixed rules and can miss or mistake "
    "something. This is for research and education; it supports decisions and does not make them."
)


def reading_text(document: ReadDocument) -> str:
    """The statements part by part, what stays open, and the receptors in one word each."""
    findings = document["findings"]
    counting = [f for f in findings if f["counts"] and f["absence"] is None]
    still_open = [f for f in findings if f["counts"] and f["absence"] is not None]
    aside = [f for f in findings if not f["counts"]]
    lines = wrap(f"Fingerpost: what was read from {document['name']}")
    if not findings:
        lines += ["", *wrap(_NOTHING, 2)]
    for part, found in _by_part(counting).items():
        lines += section(part, *(_lines(each) for each in found))
    lines += section("Named, but without a result", *(_lines(each) for each in still_open))
    lines += section("Read, but not used", *(_lines(each) for each in aside))
    if findings:
        lines += section("The receptors", _receptors(document["statuses"]))
    lines += _of_parts(document)
    return "\n".join([*lines, "", *wrap(_CHECK)]) + "\n"


def _by_part(findings: Sequence[StatementSaid]) -> dict[str, list[StatementSaid]]:
    parts: dict[str, list[StatementSaid]] = {}
    for each in findings:
        name = "What the report says"
        if each["part"] is not None:
            site = f" ({each['site']})" if each["site"] else ""
            name = f"What the report says of part {each['part']}{site}"
        parts.setdefault(name, []).append(each)
    return parts


def _lines(finding: StatementSaid) -> list[str]:
    words = " ".join(finding["words"].split())
    about = [f"line {finding['line']}"]
    if finding["date"]:
        about.append(finding["date"])
    if finding["specimen"]:
        about.append(finding["specimen"])
    if finding["quoted"]:
        about.append("repeated from an earlier report or the history")
    if finding["note"]:
        about.append(finding["note"])
    told = f'{finding["label"]}: {finding["value_words"]} <- "{words}" ({", ".join(about)})'
    return item(told)


def _receptors(statuses: StatusesSaid) -> list[str]:
    lines: list[str] = []
    for name, status in (
        ("er", statuses["er"]),
        ("pr", statuses["pr"]),
        ("her2", statuses["her2"]),
    ):
        word = status["status"].replace("_", " ")
        lines += item(full_stop(f"{_NAMES[name]}: {word}, because {status['because']}"))
    return lines


def _of_parts(document: ReadDocument) -> list[str]:
    """Part by part, where more than one speaks of receptors."""
    specimens = document["specimens"]
    if len(specimens) < 2:
        return []
    lines: list[str] = []
    for each in specimens:
        site = f" ({each['site']})" if each["site"] else ""
        name = f"part {each['part']}{site}" if each["part"] else "no part named"
        statuses = each["statuses"]
        words = [
            f"ER {statuses['er']['status']}",
            f"PR {statuses['pr']['status']}",
            f"HER2 {statuses['her2']['status']}",
        ]
        lines += item(f"{name}: {', '.join(words).replace('_', ' ')}")
    return section("The receptors part by part", lines)


def marked(text: str, spans: Iterable[tuple[int, int]], before: str, after: str) -> str:
    """The text with the spans marked; spans that touch are marked as one.

    >>> marked("ER: positive.", [(0, 12)], "[", "]")
    '[ER: positive].'
    """
    pieces, done = [], 0
    for start, end in _joined(spans):
        pieces += [text[done:start], before, text[start:end], after]
        done = end
    return "".join([*pieces, text[done:]])


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined
