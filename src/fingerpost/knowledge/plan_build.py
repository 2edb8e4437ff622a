"""From the files about what follows an option to the knowledge of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar, cast

from fingerpost.knowledge import files, plan_files, plan_model
from fingerpost.knowledge.kinds import id_of
from fingerpost.knowledge.yaml_source import Document, Path

if TYPE_CHECKING:
    from fingerpost.knowledge.build import Files

Thing = TypeVar("Thing")
_DRUG_FILES: Mapping[str, tuple[type[files.Shape], type]] = {
    "given": (plan_files.MonitoringFile, plan_model.Given),
    "monitoring": (plan_files.MonitoringFile, plan_model.Monitoring),
    "boxed": (plan_files.SideEffectsFile, plan_model.Boxed),
    "side_effects": (plan_files.SideEffectsFile, plan_model.SideEffect),
}


def following(read: Files) -> plan_model.Following:
    """Everything that the files say of what follows an option."""
    return plan_model.Following(
        checks=_by_id(_entries(read, plan_files.ChecksFile, "checks", plan_model.Check)),
        effects=_by_id(_entries(read, plan_files.EffectsFile, "effects", plan_model.Effect)),
        symptoms=_by_id(_symptom(read, d, s) for d, s in read.of(plan_files.SymptomFile)),
        levels=_by_id(_entries(read, plan_files.UrgencyFile, "levels", plan_model.LevelWords)),
        symptom_groups=_by_id(
            _entries(read, plan_files.UrgencyFile, "groups", plan_model.SymptomGroup)
        ),
        emergency_numbers=_by_id(
            _entries(read, plan_files.UrgencyFile, "emergency_numbers", plan_model.EmergencyNumber)
        ),
        urgency=_by_id(_entries(read, plan_files.UrgencyFile, "urgency", plan_model.UrgencyRule)),
        questions=_by_id(
            _entries(read, plan_files.QuestionsFile, "questions", plan_model.Question)
        ),
        terms=_by_id(_entries(read, plan_files.GlossaryFile, "terms", plan_model.Term)),
        explainers=_by_id(
            plan_model.Explainer(id=id_of(d.name), place=d.where(()), **_said(s))
            for d, s in read.of(plan_files.ExplainerFile)
        ),
        sections=_by_id(_entries(read, plan_files.InterviewFile, "sections", plan_model.Section)),
        interview=_by_id(_entries(read, plan_files.InterviewFile, "asks", plan_model.Ask)),
        matters=_by_id(_entries(read, plan_files.InterviewFile, "matters", plan_model.Matter)),
        spelling=_spelling(read),
        **{name: _by_id(_of_drugs(read, name)) for name in _DRUG_FILES},
    )


def _spelling(read: Files) -> Mapping[str, str]:
    found = {
        us: gb for _, file in read.of(plan_files.SpellingFile) for us, gb in file.spelling.items()
    }
    return MappingProxyType(dict(sorted(found.items())))


def _by_id(things: Iterator[Thing]) -> Mapping[str, Thing]:
    found = {cast("Any", thing).id: thing for thing in things}
    return MappingProxyType(dict(sorted(found.items())))


def _entries(
    read: Files, shape: type[files.Shape], section: str, make: Callable[..., Thing]
) -> Iterator[Thing]:
    """The entries of a section, each with the number of its condition where it may have one."""
    for document, file in read.of(shape):
        for name, entry in getattr(file, section).items():
            path: Path = (section, name)
            own = _node(read, document, path, entry)
            yield make(id=name, place=document.where(path), **own, **_said(entry, "when"))


def _of_drugs(read: Files, section: str) -> Iterator[Any]:
    shape, model = _DRUG_FILES[section]
    for document, file in read.of(shape):
        to = cast("Any", file).applies_to
        for name, entry in getattr(file, section).items():
            path: Path = (section, name)
            own: dict[str, Any] = _node(read, document, path, entry)
            if section == "side_effects":
                own["effect"] = name
            yield model(
                id=f"{id_of(document.name)}.{name}",
                drugs=tuple(to.drugs),
                classes=tuple(to.classes),
                place=document.where(path),
                **own,
                **_said(entry, "when"),
            )


def _symptom(read: Files, document: Document, shape: plan_files.SymptomFile) -> plan_model.Symptom:
    def answers(entries: Mapping[str, Any]) -> Mapping[str, plan_model.SymptomAnswer]:
        made = {
            key: plan_model.SymptomAnswer(
                key,
                entry.plain,
                entry.level,
                getattr(entry, "more_of", None),
                getattr(entry, "stands_alone", False),
            )
            for key, entry in entries.items()
        }
        return MappingProxyType(made)

    rules = []
    for name, rule in shape.rules.items():
        path: Path = ("rules", name)
        own: dict[str, Any] = _node(read, document, path, rule)
        place = document.where(path)
        rules.append(plan_model.SymptomRule(id=name, place=place, **own, **_said(rule, "when")))
    return plan_model.Symptom(
        id=id_of(document.name),
        place=document.where(()),
        node=read.node(document, ()),
        answers=answers(shape.answers),
        signs=answers(shape.signs),
        rules=tuple(rules),
        **_said(shape, "when", "answers", "signs", "rules"),
    )


def _node(read: Files, document: Document, path: Path, entry: files.Shape) -> dict[str, int | None]:
    if "when" not in type(entry).model_fields:
        return {}
    written = cast("Any", entry).when is not None
    return {"node": read.node(document, path) if written else None}


def _said(entry: files.Shape, *leave_out: str) -> dict[str, Any]:
    """The fields of a shape as its model has them."""
    return {
        name: _plain(value)
        for name, value in entry
        if name not in leave_out and name != "applies_to"
    }


_PARTS: Mapping[type[files.Shape], type] = {
    plan_files.PhaseShape: plan_model.Phase,
    plan_files.AfterShape: plan_model.After,
    plan_files.HelpShape: plan_model.Help,
    plan_files.FigureShape: plan_model.Figure,
}


def _plain(value: object) -> object:
    if isinstance(value, files.PeriodShape):
        return value.period()
    if isinstance(value, files.Shape):
        return _PARTS[type(value)](**_said(value))
    if isinstance(value, list):
        return tuple(_plain(each) for each in value)
    return MappingProxyType(dict(value)) if isinstance(value, dict) else value
