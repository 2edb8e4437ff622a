"""Which approved breast cancer treatments match a record, and exactly why.

The library's door: everything here is public, and nothing is imported before it is used.

```python
import datetime as dt
from pathlib import Path

import fingerpost as fp

knowledge = fp.load_knowledge()
day = dt.date(2026, 11, 22)
record = fp.read_record(Path("examples/maria.yaml"), knowledge, on=day)
rules = fp.RuleSet(knowledge, day, "fda")  # once for a day, then for as many people as you like
answer = fp.find_options(fp.derive(record, knowledge, day), rules)
print(fp.options_as_text(answer))
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from fingerpost.errors import (
        FingerpostError,
        KnowledgeError,
        Problem,
        RecordError,
        UsageError,
    )
    from fingerpost.facts.derive import derive
    from fingerpost.facts.model import Facts
    from fingerpost.knowledge.load import load_knowledge
    from fingerpost.knowledge.model import Knowledge
    from fingerpost.options.beside import look_beside
    from fingerpost.options.match import find_options, verdicts
    from fingerpost.options.model import Options
    from fingerpost.options.rule_set import RuleSet
    from fingerpost.plan.make import make_plan
    from fingerpost.record.drugs.model import NamedDrugs
    from fingerpost.record.form.write import record_as_json, record_as_yaml
    from fingerpost.record.merge import merge_records
    from fingerpost.record.model import Record
    from fingerpost.report.write import (
        facts_as_json,
        facts_as_text,
        missing_as_json,
        missing_as_text,
        options_as_json,
        options_as_text,
    )
    from fingerpost.terms import Answer, Verdict

__version__ = "0.1.0"

_ROOMS = {
    "Answer": "terms",
    "Facts": "facts.model",
    "FingerpostError": "errors",
    "Knowledge": "knowledge.model",
    "KnowledgeError": "errors",
    "NamedDrugs": "record.drugs.model",
    "Options": "options.model",
    "Problem": "errors",
    "Record": "record.model",
    "RecordError": "errors",
    "RuleSet": "options.rule_set",
    "UsageError": "errors",
    "Verdict": "terms",
    "derive": "facts.derive",
    "facts_as_json": "report.write",
    "facts_as_text": "report.write",
    "find_options": "options.match",
    "load_knowledge": "knowledge.load",
    "look_beside": "options.beside",
    "make_plan": "plan.make",
    "merge_records": "record.merge",
    "missing_as_json": "report.write",
    "missing_as_text": "report.write",
    "options_as_json": "report.write",
    "options_as_text": "report.write",
    "record_as_json": "record.form.write",
    "record_as_yaml": "record.form.write",
    "verdicts": "options.match",
}
__all__ = [
    "Answer",
    "Facts",
    "FingerpostError",
    "Knowledge",
    "KnowledgeError",
    "NamedDrugs",
    "Options",
    "Problem",
    "Record",
    "RecordError",
    "RuleSet",
    "UsageError",
    "Verdict",
    "derive",
    "facts_as_json",
    "facts_as_text",
    "find_options",
    "load_knowledge",
    "look_beside",
    "make_plan",
    "merge_records",
    "missing_as_json",
    "missing_as_text",
    "options_as_json",
    "options_as_text",
    "read_drug_names",
    "read_people",
    "read_record",
    "record_as_json",
    "record_as_yaml",
    "verdicts",
]


def read_record(
    source: Path | bytes,
    knowledge: Knowledge,
    *,
    on: dt.date | None = None,
    name: str | None = None,
    patient: str | None = None,
) -> Record:
    """What a record says: a form (YAML or JSON) or FHIR, from a file or its bytes.

    Args:
        source: The file, or its content; a gzip of it will do.
        knowledge: What is known; it names the facts, medicines and codes that records use.
        on: The last day on which anything can have happened, usually today; a date after it is
            refused (form) or left out (FHIR).
        name: What to call the record in messages; the file's name if left out.
        patient: Whom to read of, where a FHIR export holds several people.

    Raises:
        RecordError: with every problem of the record.
    """
    from fingerpost.record.read import read_record as read

    return read(
        source,
        catalogue=knowledge.facts,
        drugs=knowledge.drugs,
        codes=knowledge.codes,
        lines=knowledge.lines,
        on=on,
        name=name,
        patient=patient,
    )


def read_people(
    sources: Sequence[Path],
    knowledge: Knowledge,
    *,
    on: dt.date | None = None,
    tell: Callable[[Problem], object] | None = None,
) -> Iterator[tuple[str, Record]]:
    """Everybody in a bulk FHIR export, one after the other: the id of the Patient, and the record.

    Args:
        sources: The files of one export (NDJSON, one resource a line; gzip will do), or folders of them.
            They may be larger than the memory: temporary files hold what is not needed yet.
        knowledge: What is known; it names the facts, medicines and codes that records use.
        on: The last day on which anything can have happened, usually today.
        tell: Called with each problem (a broken line, a damaged file); the rest is read all the same.

    Raises:
        RecordError: at the end, with the problems there were, if `tell` is left out.
    """
    from fingerpost.record.dictionaries import dictionaries_for
    from fingerpost.record.people import read_each

    return read_each(sources, dictionaries_for(knowledge, on), tell=tell)


def read_drug_names(text: str, knowledge: Knowledge) -> NamedDrugs:
    """Which medicines a written text names: brands, misspellings, short names, combinations.

    `parts` of the answer tells of each name how it was read; what is not certain is left open, in
    `unresolved`, with its candidates.

    Args:
        text: The words as written, such as "Adria/Cytoxan" or "AC x4, then Taxol".
        knowledge: What is known; its medicines and lists of names are used.
    """
    from fingerpost.record.drugs.names import names_of

    return names_of(knowledge.drugs, knowledge.codes, knowledge.content).read(text)


def __getattr__(name: str) -> object:
    """Import only what is asked for: `import fingerpost` alone costs next to nothing."""
    if name not in _ROOMS:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)
