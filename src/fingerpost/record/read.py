"""The door to records: tells a form from FHIR by its content, and reads it.

```
file or bytes -> (gunzip) -> text -> form (YAML, JSON) -> Record
                                  -> FHIR (bundle, list, one resource, NDJSON) -> Record
                                  -> report (plain text) -> Record
                     (PDF) -> text -> report -> Record
```
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from fingerpost.errors import RecordError
from fingerpost.record import source_text
from fingerpost.record.catalogue import Catalogue, Drugs
from fingerpost.record.dictionaries import Dictionaries, dictionaries_of
from fingerpost.record.form.context import Path as TreePath
from fingerpost.record.form.context import dotted
from fingerpost.record.form.read import read_form
from fingerpost.record.model import Record
from fingerpost.record.source_text import Text, refuse
from fingerpost.record.xml_refused import refuse_xml

if TYPE_CHECKING:
    from fingerpost.knowledge.line_rules import LineRules
    from fingerpost.knowledge.model import CodeSystem
    from fingerpost.record.pathology.read import Reading

_EXPECTED = (
    "a form (a YAML or JSON file that begins with `fingerpost: 1`, see examples/), or FHIR: a "
    "Bundle, a list of resources, or one resource a line, or the text of a pathology report"
)

_TABLE = "--mapping NAME or FILE says how to read it; `fingerpost table map` proposes one"

# One person out of a file larger than this is read line by line; the whole would take ten times its size.
_LARGE = 16 * 1024 * 1024


def read_record(  # noqa: PLR0913 - one door, every argument by its name
    source: Path | bytes,
    *,
    catalogue: Catalogue,
    drugs: Drugs,
    name: str | None = None,
    codes: Mapping[str, CodeSystem] | None = None,
    on: dt.date | None = None,
    patient: str | None = None,
    lines: LineRules | None = None,
) -> Record:
    """What a record says: from a file or its bytes, in any form that is known.

    Args:
        source: The file, or its content; a gzip of it will do.
        catalogue: The facts a record can say (`Knowledge.facts`).
        drugs: The drugs that can be named (`Knowledge.drugs`).
        name: What to call the record in messages; the file's name if left out.
        codes: The codes of records (`Knowledge.codes`); those shipped if left out.
        on: The last day on which anything can have happened, usually today; what lies after it is
            refused (form) or left out (FHIR).
        patient: Whom to read of, where a FHIR export holds several people: the id of the Patient.
        lines: The rules of regimens (`Knowledge.lines`); those shipped if left out.

    Raises:
        RecordError: with every problem of the record.
    """
    dictionaries = dictionaries_of(catalogue, drugs, codes, on, lines)
    if patient is not None and isinstance(source, Path) and _is_large(source):
        return _one_of_many(source, dictionaries, name or source.name, patient)
    return read_text(source_text.load(source, name), dictionaries, patient)


def _is_large(path: Path) -> bool:
    """Whether a file should be read line by line: packed ones are some twenty times larger inside."""
    return path.is_file() and path.stat().st_size > (
        _LARGE // 20 if path.suffix == ".gz" else _LARGE
    )


def _one_of_many(source: Path, dictionaries: Dictionaries, name: str, patient: str) -> Record:
    """One person out of an export that is too large to be read as a whole."""
    from fingerpost.record.fhir.one_person import resources_of
    from fingerpost.record.fhir.read import read_fhir

    return read_fhir(resources_of(source, patient), dictionaries, name, patient)


def read_report_file(
    source: Path | bytes, dictionaries: Dictionaries, name: str | None = None
) -> Reading:
    """What the text of a report says, each thing with its words: what `fingerpost read` shows.

    Raises:
        RecordError: it cannot be read, or is another kind of record.
    """
    from fingerpost.record.pathology.read import read_report

    text = source_text.load(source, name)
    if not text.from_pdf:
        refuse_xml(text)
    other = _looks_like_json(text.text) or _FORM.search(text.text) or looks_like_table(text.text)
    if other and not text.from_pdf:
        advice = "fingerpost facts, which reads records of every kind"
        refuse("not-a-report", text.name, "this is not the text of a report", advice)
    return read_report(text, dictionaries)


def read_text(text: Text, dictionaries: Dictionaries, patient: str | None = None) -> Record:
    """The record that a text holds; `read_record` with its dictionaries already made.

    Raises:
        RecordError: with every problem of the record.
    """
    record = _read(text, dictionaries, patient)
    return replace(record, messages=(*text.messages, *record.messages))


def _read(text: Text, dictionaries: Dictionaries, patient: str | None) -> Record:
    if not text.from_pdf:
        refuse_xml(text)
    if _looks_like_json(text.text) and not text.from_pdf:
        tree = source_text.parse_json(text)
        return _read_tree(tree, text, dictionaries, patient)
    return _read_yaml(text, dictionaries)


# A form says what it is; without its first line it is still no report.
_FORM = re.compile(r"^\{?\s*(?:fingerpost|facts|findings|treatments)\s*:", re.MULTILINE)


def _refuse_other(text: Text) -> NoReturn:
    """Say that this is no record, and how a table can be read if it looks like one."""
    if looks_like_table(text.text):
        refuse("not-a-record", text.name, "this looks like a table", _TABLE)
    refuse("not-a-record", text.name, "this is no record that can be read", _EXPECTED)


def looks_like_table(text: str) -> bool:
    r"""Whether the first lines have the same number of commas, semicolons or tabs, four or more.

    >>> looks_like_table("id,er,pr,her2,age\n1,+,+,-,60\n"), looks_like_table("ER: positive")
    (True, False)
    """
    lines = [line for line in text[:20_000].splitlines() if line.strip()][:5]
    return len(lines) > 1 and any(
        min(line.count(sign) for line in lines) == max(line.count(sign) for line in lines) >= 4
        for sign in ",;\t"
    )


def _looks_like_json(text: str) -> bool:
    """A YAML form may be written in one line with braces; JSON puts quotes round its keys."""
    start = text.lstrip()[:80]
    return start[:1] in ("{", "[") and not re.match(r"\{\s*fingerpost\s*:", start)


def _read_tree(tree: object, text: Text, dictionaries: Dictionaries, patient: str | None) -> Record:
    if isinstance(tree, dict) and "fingerpost" in tree:
        duplicates = source_text.duplicate_keys(text)
        if duplicates:
            raise RecordError(duplicates)
        return read_form(tree, dictionaries, _json_place(text.name), text.name)
    # Only here: reading a form needs none of it.
    from fingerpost.record.fhir.read import read_fhir

    return read_fhir(tree, dictionaries, text.name, patient)


def _json_place(name: str) -> Callable[[TreePath], str]:
    return lambda path: f"{name}: {dotted(path)}" if path else name


def _read_report(text: Text, dictionaries: Dictionaries) -> Record | None:
    """The record that the text of a report makes; None where nothing of a report is in it."""
    if looks_like_table(text.text) and not text.from_pdf:
        return None
    # Only here: no other record needs the words of reports.
    from fingerpost.record.pathology.read import read_report, record_of

    reading = read_report(text, dictionaries)
    return record_of(reading) if reading.statements or text.from_pdf else None


def _read_yaml(text: Text, dictionaries: Dictionaries) -> Record:
    """A form in YAML; what the form reader finds is told together with faults of the YAML."""
    if text.from_pdf or not _FORM.search(text.text):
        report = _read_report(text, dictionaries)
        if report is not None:
            return report
    # Only here: a FHIR record needs no YAML.
    from fingerpost.knowledge.yaml_source import read_yaml

    document, problems = read_yaml(text.text.encode("utf-8", "replace"), text.name)
    # Remarks alone, or `null`: the text is not empty, but it is no record.
    if document is None and any(problem.code != "yaml-empty" for problem in problems):
        raise RecordError(problems)
    if document is None or not isinstance(document.tree, dict) or "fingerpost" not in document.tree:
        _refuse_other(text)
    tree, found = document.tree, document

    def place(path: TreePath) -> str:
        return f"{found.where(path)}: {dotted(path)}" if path else found.where(path)

    try:
        record = read_form(tree, dictionaries, place, text.name)
    except RecordError as error:
        raise RecordError([*problems, *error.problems]) from None
    if problems:
        raise RecordError(problems)
    return record
