"""What can be said of a treatment, and the words for it: the same for every importer.

The names and values are those that criteria may use of a treatment (`setting is metastatic`); a test
holds them against the knowledge files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute of a treatment, described as the fact catalogue describes a fact."""

    type: str
    label: str
    values: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    also_written: Mapping[str, str] = field(default_factory=dict)
    unit: str | None = None
    range: tuple[float | None, float | None] | None = None
    question: str | None = None
    where: str | None = None


_SETTING = Attribute(
    "category",
    "What the treatment was for",
    {
        "neoadjuvant": "before surgery",
        "adjuvant": "after surgery, so that the cancer does not come back",
        "extended_adjuvant": "hormone or other therapy that goes on after the usual adjuvant years",
        "locally_advanced": "for cancer that has not spread but cannot be removed",
        "metastatic": "for cancer that has spread to other parts of the body",
    },
    groups={
        "early": ("neoadjuvant", "adjuvant", "extended_adjuvant"),
        "advanced": ("locally_advanced", "metastatic"),
    },
    also_written={
        "before surgery": "neoadjuvant",
        "preoperative": "neoadjuvant",
        "pre-operative": "neoadjuvant",
        "after surgery": "adjuvant",
        "postoperative": "adjuvant",
        "post-operative": "adjuvant",
        "stage IV": "metastatic",
        "stage 4": "metastatic",
        "secondary": "metastatic",
    },
)
_END_REASON = Attribute(
    "category",
    "Why it ended",
    {
        "completed": "it was finished as planned",
        "progression": "the cancer grew or spread",
        "recurrence": "the cancer came back",
        "toxicity": "side effects",
        "choice": "the person's choice",
        "other": "another reason",
    },
    also_written={
        "finished": "completed",
        "complete": "completed",
        "progressed": "progression",
        "cancer grew": "progression",
        "it grew": "progression",
        "disease progression": "progression",
        "progressive disease": "progression",
        "PD": "progression",
        "came back": "recurrence",
        "relapse": "recurrence",
        "side effects": "toxicity",
        "side effect": "toxicity",
        "intolerance": "toxicity",
        "adverse event": "toxicity",
        "patient choice": "choice",
        "my choice": "choice",
    },
)
_RESPONSE = Attribute(
    "category",
    "The best that it did",
    {
        "complete": "no cancer could be seen any more",
        "partial": "the cancer shrank",
        "stable": "the cancer stayed as it was",
        "progression": "the cancer grew",
    },
    also_written={
        "CR": "complete",
        "complete response": "complete",
        "PR": "partial",
        "partial response": "partial",
        "shrank": "partial",
        "SD": "stable",
        "stable disease": "stable",
        "PD": "progression",
        "progressive disease": "progression",
    },
)
_KIND = Attribute(
    "category",
    "What kind of treatment it was",
    {
        "systemic": "medicine that works in the whole body",
        "radiotherapy": "radiation",
        "surgery": "an operation",
        "supportive": "supportive treatment, such as bone medicines",
    },
    also_written={"radiation": "radiotherapy", "operation": "surgery", "drug": "systemic"},
)

ATTRIBUTES: Mapping[str, Attribute] = {
    "kind": _KIND,
    "setting": _SETTING,
    "start": Attribute("date", "When it began"),
    "end": Attribute("date", "When it ended"),
    "ongoing": Attribute("flag", "Whether it is still being given"),
    "end_reason": _END_REASON,
    "progression": Attribute("flag", "Whether the cancer grew or came back during it"),
    "best_response": _RESPONSE,
    "line": Attribute("number", "Which line of treatment for metastatic disease", range=(1, 30)),
    "new_line": Attribute("flag", "Whether a new line of treatment began with it"),
    "cycles": Attribute("number", "How many cycles were given", range=(0, 200)),
}
