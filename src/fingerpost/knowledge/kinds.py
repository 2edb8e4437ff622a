"""Which kind of knowledge stands in which file: the path is the name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fingerpost.criteria.problems import nearest
from fingerpost.errors import Problem
from fingerpost.knowledge import files, line_files, plan_files


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file: where such files stand, what shape they have, and an example."""

    name: str
    pattern: str
    shape: type[files.Shape]
    example: str


_STEM = r"(?P<id>[a-z0-9]+(_[a-z0-9]+)*)"
_SOURCE = r"(?P<id>[a-z0-9]+([._-][a-z0-9]+)*)"

KINDS = (
    Kind("about", r"about\.yaml", files.AboutFile, "about.yaml"),
    Kind("classes", r"classes(_[a-z0-9]+)*\.yaml", files.ClassesFile, "classes.yaml"),
    Kind("tests", r"tests(_[a-z0-9]+)*\.yaml", files.TestsFile, "tests.yaml"),
    Kind("source", rf"sources/{_SOURCE}\.yaml", files.SourceFile, "sources/fda.truqap.2023.yaml"),
    Kind("drug", rf"drugs/{_STEM}\.yaml", files.DrugFile, "drugs/capivasertib.yaml"),
    Kind("facts", rf"facts/{_STEM}\.yaml", files.FactsFile, "facts/receptors.yaml"),
    Kind(
        "review",
        r"record_review(_[a-z0-9]+)*\.yaml",
        files.ReviewFile,
        "record_review.yaml",
    ),
    Kind(
        "options",
        rf"options/(?P<authority>[a-z]+)/{_STEM}\.yaml",
        files.OptionsFile,
        "options/fda/capivasertib.yaml",
    ),
    Kind("trial", rf"trials/{_STEM}\.yaml", files.TrialFile, "trials/capitello_291.yaml"),
    Kind("lines", rf"lines/{_STEM}\.yaml", line_files.LinesFile, "lines/breast.yaml"),
    Kind("cautions", rf"cautions/{_STEM}\.yaml", files.CautionsFile, "cautions/ribociclib.yaml"),
    Kind("checks", r"checks(_[a-z0-9]+)*\.yaml", plan_files.ChecksFile, "checks.yaml"),
    Kind(
        "monitoring",
        rf"monitoring/{_STEM}\.yaml",
        plan_files.MonitoringFile,
        "monitoring/ribociclib.yaml",
    ),
    Kind("effects", r"effects(_[a-z0-9]+)*\.yaml", plan_files.EffectsFile, "effects.yaml"),
    Kind(
        "side_effects",
        rf"side_effects/{_STEM}\.yaml",
        plan_files.SideEffectsFile,
        "side_effects/ribociclib.yaml",
    ),
    Kind("symptom", rf"symptoms/{_STEM}\.yaml", plan_files.SymptomFile, "symptoms/fever.yaml"),
    Kind("urgency", r"urgency(_[a-z0-9]+)*\.yaml", plan_files.UrgencyFile, "urgency.yaml"),
    Kind("spelling", r"spelling(_[a-z0-9]+)*\.yaml", plan_files.SpellingFile, "spelling.yaml"),
    Kind("questions", r"questions(_[a-z0-9]+)*\.yaml", plan_files.QuestionsFile, "questions.yaml"),
    Kind("interview", r"interview(_[a-z0-9]+)*\.yaml", plan_files.InterviewFile, "interview.yaml"),
    Kind("glossary", r"glossary(_[a-z0-9]+)*\.yaml", plan_files.GlossaryFile, "glossary.yaml"),
    Kind(
        "explainer",
        rf"explainers/{_STEM}\.yaml",
        plan_files.ExplainerFile,
        "explainers/checkpoint_inhibitor.yaml",
    ),
    Kind(
        "products",
        r"codes/(?P<id>[a-z0-9]+(_[a-z0-9]+)*_products)\.yaml",
        files.ProductCodesFile,
        "codes/rxnorm_products.yaml",
    ),
    Kind(
        "look_alikes",
        r"codes/(?P<id>[a-z0-9]+(_[a-z0-9]+)*_look_alikes)\.yaml",
        files.LookAlikesFile,
        "codes/nci_look_alikes.yaml",
    ),
    Kind("codes", rf"codes/{_STEM}\.yaml", files.CodesFile, "codes/loinc.yaml"),
)


def kind_of(name: str) -> Kind | None:
    """The kind of the file with this path below the data folder.

    >>> kind_of("drugs/capivasertib.yaml").name
    'drug'
    >>> kind_of("drugs/Truqap.yml") is None
    True
    """
    return next((kind for kind in KINDS if re.fullmatch(kind.pattern, name)), None)


def id_of(name: str) -> str:
    """The id that a file's name gives to what stands in it.

    >>> id_of("sources/fda.truqap.2023.yaml")
    'fda.truqap.2023'
    """
    return name.rpartition("/")[2].removesuffix(".yaml")


def misplaced(name: str) -> Problem:
    """What is wrong with a file that is of no kind."""
    folder = name.partition("/")[0]
    alike = [kind.example for kind in KINDS if kind.example.startswith(f"{folder}/")]
    folders = sorted({kind.example.partition("/")[0] for kind in KINDS})
    what = "no kind of knowledge file has this place and name"
    why = "It would never be read"
    return Problem(
        "misplaced-file", name, what, why, " or ".join(alike) or nearest(folder, folders)
    )
