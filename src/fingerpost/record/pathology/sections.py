"""The sections of a report: where they begin, and of which kind they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

SectionKind = Literal[
    "start",
    "final_diagnosis",
    "synoptic",
    "microscopic",
    "ancillary",
    "comment",
    "addendum",
    "clinical_history",
    "gross",
    "intraoperative",
    "methodology",
    "previous_reports",
    "specimens",
    "other",
]

# How headings are written -> what kind of section follows. Layout only: none of it answers a fact.
_HEADINGS: dict[str, SectionKind] = {
    r"(?:final |revised |corrected )*(?:pathologic(?:al)? |surgical pathology |histopathological "
    r"|microscopic )?diagnos[ie]s(?:/diagnoses)?": "final_diagnosis",
    r"(?:final|revised) (?:pathologic(?:al)? )?diagnos[ie]s": "final_diagnosis",
    r"conclusions?": "final_diagnosis",
    r"impression": "final_diagnosis",
    r"(?:case )?synopsis": "synoptic",
    r"synoptic (?:report|data|summary|diagnosis)": "synoptic",
    r"(?:breast )?cancer (?:case )?summary": "synoptic",
    r"(?:pathological|pathologic) staging(?: summary)?": "synoptic",
    r"tumou?r summary": "synoptic",
    r"microscop(?:y|ic)(?:al)?(?: (?:description|exam(?:ination)?|findings))?": "microscopic",
    r"ancillary (?:studies|tests|testing)": "ancillary",
    r"(?:breast )?(?:biomarkers?|prognostic markers?)(?: (?:results?|report|studies|panel))?": (
        "ancillary"
    ),
    r"(?:results of )?immunohistochem(?:istry|ical)(?: (?:examination|stud(?:y|ies)|results?|stains?))?": (
        "ancillary"
    ),
    r"(?:results of )?special (?:stains|studies)(?: / slides)?": "ancillary",
    r"receptor (?:status|studies|results)": "ancillary",
    r"(?:diagnostic )?comments?(?:\(s\))?": "comment",
    r"notes?": "comment",
    r"(?:pathology |supplement(?:al|ary) )?addend(?:um|a)(?: report)?(?: #?\d{1,2})?": "addendum",
    r"supplement(?:al|ary) report": "addendum",
    r"amend(?:ed|ment)(?: report)?": "addendum",
    r"(?:clinical |patient |relevant )*(?:history|information|details)": "clinical_history",
    r"clinical (?:diagnosis|impression|data)(?: and history| & history)?": "clinical_history",
    r"pre-?\s?op(?:erative)?(?: diagnosis)?": "clinical_history",
    r"pre/post-operative diagnosis": "clinical_history",
    r"post-?\s?op(?:erative)?(?: diagnosis)?": "clinical_history",
    r"indications?(?: for (?:surgery|procedure))?": "clinical_history",
    r"gross(?: (?:anatomic )?(?:description|exam(?:ination)?|findings))?": "gross",
    r"macroscop(?:y|ic)(?:al)?(?: (?:description|examination))?": "gross",
    r"intra-?\s?operative (?:consultation|diagnosis)": "intraoperative",
    r"frozen section(?: diagnosis)?": "intraoperative",
    r"method(?:s|ology)?(?: of analysis)?": "methodology",
    r"description of the assay": "methodology",
    r"interpretation guide(?:lines)?": "methodology",
    r"(?:previous|prior) (?:reports?|pathology|diagnos[ie]s)": "previous_reports",
    r"specimens?(?: ?\(s\))?(?: received| submitted)?": "specimens",
    r"(?:material|tissues?)(?: received| submitted)?": "specimens",
    r"source of specimen": "specimens",
}
_ANY = "|".join(f"(?P<h{n}>{pattern})" for n, pattern in enumerate(_HEADINGS))
_KINDS = tuple(_HEADINGS.values())
# A heading begins a line, or follows the full stop that reading by machine puts at line ends.
_HEADING = re.compile(
    rf"(?:^|(?<=\n)|(?<=[.:;] )|(?<=[.:;]\n)|(?<= -\s))[ *#=]{{0,4}}(?:{_ANY})"
    r"(?: ?\([^()\n]{1,60}\)| ?\(s\))?(?:,? ?(?:dated )?[\d./-]{6,10})?[ *]{0,3}(?P<end>:|\.(?=\s)|\n|$|-(?=\s))",
)
# A line that names what was taken ends a history, unless a heading of the diagnosis still comes.
_SPECIMEN_LINE = re.compile(
    r"(?<=\n)[ *-]{0,4}(?:(?:[a-z]|\d{1,2})[.)] ?)?(?:(?:left|right|bilateral|lt|rt)\b\.? ?)?"
    r"(?:breast|axilla\w*|(?:skin.sparing |simple |total |partial |modified radical )?mastectomy"
    r"|lumpectomy|sentinel|lymph node\w*|liver|bone|lung|pleura\w*|brain|chest wall|skin)\b"
    r"(?![^\n:]{0,80}\b(?:19|20)\d\d\b)[^\n:]{0,80}:"
)
# These always speak of the sample at hand.
_NEW_RESULTS = re.compile(
    r"(?:(?<=\n)|(?<=[.;] ))[ *-]{0,4}(?:final diagnosis\b|residual\b|yp(?:t|n)|mypt"
    r"|receptors? (?:were )?repeated\b|repeat(?:ed)? (?:receptor|biomarker|er\b|ihc)"
    r"|(?:the )?(?:tumou?r )?(?:receptors|biomarkers) on (?:the )?residual\b)"
)


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of text under one heading."""

    kind: SectionKind
    title: str
    start: int
    end: int


def find_sections(text: str, folded: str) -> tuple[Section, ...]:
    """The sections of a report; what stands before the first heading is the `start`.

    >>> found = find_sections(
    ...     *(
    ...         ["GROSS DESCRIPTION: a lump. COMMENT: see below"] * 1
    ...         + ["gross description: a lump. comment: see below"]
    ...     )
    ... )
    >>> [(s.kind, s.title) for s in found]
    [('gross', 'GROSS DESCRIPTION'), ('comment', 'COMMENT')]
    """
    begun: list[tuple[int, SectionKind, str]] = [(0, "start", "")]
    for match in _HEADING.finditer(folded):
        start, end = match.start(), match.start("end")
        title = text[start:end].strip(" *#=")
        if match["end"] not in (":",) and title != title.upper():
            continue
        kind = _KINDS[int(_group(match)[1:])]
        # "Specimen (accession number):" says where a result comes from.
        if "accession" in title.lower():
            continue
        begun.append((start, kind, title))
    begun = _with_ends_of_history(folded, begun)
    if len(begun) > 1 and begun[1][0] == 0:
        begun = begun[1:]
    ends = [start for start, _, _ in begun[1:]] + [len(text)]
    return tuple(
        Section(kind, title, start, end)
        for (start, kind, title), end in zip(begun, ends, strict=True)
    )


def _with_ends_of_history(
    folded: str, begun: list[tuple[int, SectionKind, str]]
) -> list[tuple[int, SectionKind, str]]:
    """A history without a heading behind it would swallow the results of the sample itself."""
    found: list[tuple[int, SectionKind, str]] = []
    nexts = [start for start, _, _ in begun[1:]] + [len(folded)]
    for index, (each, until) in enumerate(zip(begun, nexts, strict=True)):
        found.append(each)
        if each[1] != "clinical_history":
            continue
        diagnosed = any(kind == "final_diagnosis" for _, kind, _ in begun[index + 1 :])
        ends = [_NEW_RESULTS] if diagnosed else [_NEW_RESULTS, _SPECIMEN_LINE]
        places = [m.start() for end in ends if (m := end.search(folded, each[0] + 1, until))]
        if places:
            found.append((min(places), "final_diagnosis", ""))
    return found


def _group(match: re.Match[str]) -> str:
    return next(name for name, found in match.groupdict().items() if found and name != "end")
