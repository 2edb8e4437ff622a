"""From files that fit their shapes to the knowledge that the rest of Fingerpost reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType
from typing import Any, TypeVar, cast

from fingerpost.criteria.nodes import All, Constant
from fingerpost.knowledge import files, model
from fingerpost.knowledge.conditions import Conditions
from fingerpost.knowledge.kinds import id_of
from fingerpost.knowledge.line_build import line_rules
from fingerpost.knowledge.plan_build import following
from fingerpost.knowledge.yaml_source import Document, Path

Shaped = TypeVar("Shaped", bound=files.Shape)


@dataclass(frozen=True, slots=True)
class Files:
    """Every file, read and held against its shape, and every condition in them."""

    documents: Mapping[str, Document]
    shapes: Mapping[str, files.Shape]
    conditions: Conditions

    def of(self, shape: type[Shaped]) -> Iterator[tuple[Document, Shaped]]:
        """The files of one shape, in the order of their names."""
        for name in sorted(self.shapes):
            found = self.shapes[name]
            if isinstance(found, shape):
                yield self.documents[name], found

    def node(self, document: Document, path: Path, key: str = "when") -> int:
        """The number of the condition that stands there."""
        return self.conditions.numbers[(document.name, (*path, key))]


def build(read: Files, content: str, local: Iterable[str] = ()) -> model.Knowledge:
    """Everything that the files say, in one frozen piece."""
    return model.Knowledge(
        about=next(_about(shape) for _, shape in read.of(files.AboutFile)),
        facts=_by_id(_facts(read, "facts")),
        attributes=_by_id(_facts(read, "treatment_attributes")),
        derived=_by_id(_derived(read)),
        drugs=_by_id(_drug(document, shape) for document, shape in read.of(files.DrugFile)),
        classes=_by_id(_classes(read)),
        tests=_by_id(_tests(read)),
        sources=_by_id(_source(document, shape) for document, shape in read.of(files.SourceFile)),
        options=_by_id(_options(read)),
        trials=_by_id(_trial(document, shape) for document, shape in read.of(files.TrialFile)),
        cautions=_by_id(_cautions(read)),
        notices=_by_id(_rules(read, files.FactsFile, "notices", model.Notice, node="when")),
        presumptions=_by_id(_presumptions(read)),
        papers=_in_order(_rules(read, files.ReviewFile, "papers", model.Paper, node="when")),
        editions=_by_id(_rules(read, files.ReviewFile, "editions", model.Edition)),
        compared=_by_id(_rules(read, files.ReviewFile, "compared", model.Compared)),
        codes=_by_id(chain(_codes(read), _products(read), _look_alikes(read))),
        lines=line_rules((read.documents[name], read.shapes[name]) for name in sorted(read.shapes)),
        following=following(read),
        graph=read.conditions.graph,
        vocabulary=read.conditions.vocabulary,
        content=content,
        local=tuple(sorted(local)),
    )


Thing = TypeVar("Thing")


def _by_id(things: Iterator[Thing]) -> Mapping[str, Thing]:
    found = {cast("Any", thing).id: thing for thing in things}
    return MappingProxyType(dict(sorted(found.items())))


def _in_order(things: Iterator[Thing]) -> Mapping[str, Thing]:
    """By id, in the order in which the file names them: they are read as a list."""
    return MappingProxyType({cast("Any", thing).id: thing for thing in things})


def _plain(shape: files.Shape, *leave_out: str) -> dict[str, Any]:
    """The shape's own fields, lists made tuples, for a model with fields of the same names."""
    return {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in shape
        if name not in leave_out
    }


def _about(shape: files.AboutFile) -> model.About:
    reviewers = tuple(model.Reviewer(**_plain(reviewer)) for reviewer in shape.reviewed_by)
    return model.About(**_plain(shape, "reviewed_by"), reviewed_by=reviewers)


def _source(document: Document, shape: files.SourceFile) -> model.Source:
    return model.Source(id=id_of(document.name), place=document.where(()), **_plain(shape))


def _classes(read: Files) -> Iterator[model.DrugClass]:
    for document, shape in read.of(files.ClassesFile):
        for name, entry in shape.classes.items():
            place = document.where(("classes", name))
            yield model.DrugClass(id=name, place=place, **_plain(entry))


def _tests(read: Files) -> Iterator[model.Test]:
    for document, shape in read.of(files.TestsFile):
        for name, entry in shape.tests.items():
            place = document.where(("tests", name))
            assays = tuple(model.Assay(**_plain(assay)) for assay in entry.assays)
            usual = entry.turnaround
            turnaround = None if usual is None else model.Turnaround(**_plain(usual))
            own = {"assays": assays, "turnaround": turnaround}
            yield model.Test(id=name, place=place, **own, **_plain(entry, *own))  # type: ignore[arg-type]


def _drug(document: Document, shape: files.DrugFile) -> model.Drug:
    return model.Drug(
        id=id_of(document.name),
        place=document.where(()),
        biosimilars=tuple(model.Biosimilar(**_plain(entry)) for entry in shape.biosimilars),
        codes=tuple(
            model.Code(system=system, **_plain(code))
            for system, codes in shape.codes.items()
            for code in codes
        ),
        **_plain(shape, "biosimilars", "codes"),
    )


# --- facts --------------------------------------------------------------------------------


def _facts(read: Files, section: str) -> Iterator[model.Fact]:
    for document, shape in read.of(files.FactsFile):
        entries: Mapping[str, files.FactShape] = getattr(shape, section)
        for name, entry in entries.items():
            yield _fact(name, entry, document.where((section, name)))


def _fact(name: str, entry: files.FactShape, place: str) -> model.Fact:
    bounds = getattr(entry, "range", None)
    own = ("values", "groups", "unit", "range", "steps", "codes", "current_for", "worrying")
    return model.Fact(
        id=name,
        place=place,
        values=_frozen(getattr(entry, "values", {})),
        groups=_groups(getattr(entry, "groups", {})),
        unit=getattr(entry, "unit", None),
        range=tuple(bounds) if bounds else None,
        steps=_frozen(getattr(entry, "steps", {})),
        codes=_frozen({system: tuple(codes) for system, codes in entry.codes if codes}),
        current_for=None if entry.current_for is None else entry.current_for.period(),
        worrying=None if entry.worrying is None else _worrying(entry.worrying),
        **_plain(entry, *own),
    )


def _worrying(entry: files.WorryingShape) -> model.Worrying:
    kept = None if entry.kept_for is None else entry.kept_for.period()
    return model.Worrying(kept_for=kept, **_plain(entry, "kept_for"))


def _derived(read: Files) -> Iterator[model.DerivedFact]:
    for document, shape in read.of(files.FactsFile):
        for name, entry in shape.derived.items():
            path: Path = ("derived", name)
            start, end = None, None
            values: dict[str, model.DerivedValue] = {}
            match entry:
                case files.FamilyShape():
                    for value, part in entry.values.items():
                        below = (*path, "values", value)
                        values[value] = _value(read, document, below, value, part)
                case files.DerivedFlagShape():
                    values["yes"] = _value(read, document, path, "yes", entry)
                case files.ElapsedShape():
                    start, end = entry.since, entry.until
            yield model.DerivedFact(
                id=name,
                place=document.where(path),
                values=_frozen(values),
                groups=_groups(getattr(entry, "groups", {})),
                unit=getattr(entry, "unit", None),
                start=start,
                end=end,
                **{key: getattr(entry, key) for key in _DERIVED_KEYS},
            )


def _rules(
    read: Files, shape: type[files.Shape], section: str, kind: type[Thing], /, **nodes: str
) -> Iterator[Thing]:
    """The entries of a section that say something in words; `nodes` are their conditions by key."""
    make = cast("Any", kind)
    for document, file in read.of(shape):
        for name, entry in getattr(file, section).items():
            path: Path = (section, name)
            numbers = {field: read.node(document, path, key) for field, key in nodes.items()}
            place = document.where(path)
            yield make(id=name, place=place, text=entry.plain, **numbers, **_plain(entry, "plain"))


def _presumptions(read: Files) -> Iterator[model.Presumption]:
    conditions = {"node": "when", "unless_node": "unless"}
    return _rules(read, files.FactsFile, "presumptions", model.Presumption, **conditions)


_DERIVED_KEYS = ("type", "label", "plain", "source", "state", "note")


def _value(
    read: Files,
    document: Document,
    path: Path,
    value: str,
    shape: files.FamilyValueShape | files.DerivedFlagShape,
) -> model.DerivedValue:
    return model.DerivedValue(
        value=value,
        plain=shape.plain,
        when=shape.when,
        node=read.node(document, path),
        since=shape.since,
        note=shape.note,
        place=document.where(path),
    )


# --- options ------------------------------------------------------------------------------


def _options(read: Files) -> Iterator[model.Option]:
    for document, shape in read.of(files.OptionsFile):
        for key, entry in shape.options.items():
            path: Path = ("options", key)
            yield model.Option(
                id=f"{shape.authority}.{shape.drug}.{key}",
                authority=shape.authority,
                drug=shape.drug,
                place=document.where(path),
                windows=tuple(
                    _window(read, document, (*path, "windows", index), window)
                    for index, window in enumerate(entry.windows)
                ),
                trial_only=tuple(
                    _limit(read, document, (*path, "trial_only", index), limit)
                    for index, limit in enumerate(entry.trial_only)
                ),
                licence=None if entry.licence is None else model.Licence(**_plain(entry.licence)),
                **_plain(entry, "windows", "trial_only", "licence"),
            )


def _window(read: Files, document: Document, path: Path, shape: files.WindowShape) -> model.Window:
    criteria = []
    for index, criterion in enumerate(shape.criteria):
        below = (*path, "criteria", index)
        node = read.node(document, below)
        place = document.where(below)
        criteria.append(model.Criterion(**_plain(criterion), node=node, place=place))
    sequence = [c.node for c in criteria if c.kind == "sequence"]
    return model.Window(
        **_plain(shape, "criteria"),
        criteria=tuple(criteria),
        together=_together(read, [c.node for c in criteria]),
        sequence=_together(read, sequence),
        not_sequence=_together(read, [c.node for c in criteria if c.kind != "sequence"]),
        place=document.where(path),
    )


def _together(read: Files, numbers: list[int]) -> int:
    graph = read.conditions.graph
    parts = tuple(graph.nodes[number] for number in numbers)
    return graph.add(All(parts) if parts else Constant(holds=True))


def _limit(
    read: Files, document: Document, path: Path, shape: files.TrialLimitShape
) -> model.TrialLimit:
    node = None if shape.when is None else read.node(document, path)
    return model.TrialLimit(**_plain(shape), node=node, place=document.where(path))


def _trial(document: Document, shape: files.TrialFile) -> model.Trial:
    return model.Trial(
        id=id_of(document.name),
        place=document.where(()),
        results=tuple(
            model.Result(
                **_plain(result, "figures"),
                figures=None if result.figures is None else model.Figures(**_plain(result.figures)),
                place=document.where(("results", index)),
            )
            for index, result in enumerate(shape.results)
        ),
        **_plain(shape, "results"),
    )


def _cautions(read: Files) -> Iterator[model.Caution]:
    for document, shape in read.of(files.CautionsFile):
        for key, entry in shape.cautions.items():
            path: Path = ("cautions", key)
            yield model.Caution(
                id=f"{id_of(document.name)}.{key}",
                drugs=tuple(shape.applies_to.drugs),
                classes=tuple(shape.applies_to.classes),
                node=None if entry.when is None else read.node(document, path),
                place=document.where(path),
                **_plain(entry),
            )


# --- codes --------------------------------------------------------------------------------


def _codes(read: Files) -> Iterator[model.CodeSystem]:
    for document, shape in read.of(files.CodesFile):
        codes = {}
        for code, meanings in shape.codes.items():
            place = document.where(("codes", code))
            codes[code] = tuple(
                model.CodeMeaning(code=code, place=place, **_plain(meaning))
                for meaning in (meanings if isinstance(meanings, list) else [meanings])
            )
        plain = _plain(shape, "codes")
        place = document.where(())
        yield model.CodeSystem(id=id_of(document.name), codes=_frozen(codes), place=place, **plain)


def _products(read: Files) -> Iterator[model.CodeSystem]:
    """Products as they are sold: each of their codes stands for the drugs in the product."""
    for document, shape in read.of(files.ProductCodesFile):
        said: dict[str, Any] = dict.fromkeys(("display", "fact", "attribute", "test", "value"))
        said |= _plain(shape, "products", "system")
        codes = {
            code: tuple(
                model.CodeMeaning(
                    code=code,
                    drug=drug,
                    place=document.where(("products", code)),
                    **said,
                )
                for drug in drugs
            )
            for code, drugs in shape.products.items()
        }
        name = id_of(document.name)
        place = document.where(())
        yield model.CodeSystem(name, shape.system, name, "none", _frozen(codes), place)


def _look_alikes(read: Files) -> Iterator[model.CodeSystem]:
    """Names alone: they say of a text that it may be another medicine, and nothing else."""
    for document, shape in read.of(files.LookAlikesFile):
        yield model.CodeSystem(
            id=id_of(document.name),
            system=shape.system,
            name=shape.name,
            check="none",
            codes=_frozen({}),
            place=document.where(()),
            names=tuple(shape.names),
        )


def _frozen(values: Mapping[str, Thing]) -> Mapping[str, Thing]:
    return MappingProxyType(dict(values))


def _groups(groups: Mapping[str, list[str]]) -> Mapping[str, tuple[str, ...]]:
    return _frozen({name: tuple(values) for name, values in groups.items()})
