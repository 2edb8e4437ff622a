"""What the record tests share: the real knowledge, and short ways to read a form or FHIR."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fingerpost.errors import Problem, RecordError
from fingerpost.knowledge.model import Knowledge
from fingerpost.record.code_index import CodeIndex
from fingerpost.record.dictionaries import Dictionaries
from fingerpost.record.drugs.names import DrugNames
from fingerpost.record.model import Record
from fingerpost.record.read import read_text
from fingerpost.record.source_text import Text, load
from fingerpost.record.written.value_reader import ValueReader
from tests.whole import whole_knowledge

TODAY = dt.date(2026, 11, 22)


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return whole_knowledge()


@pytest.fixture(scope="session")
def dictionaries(knowledge: Knowledge) -> Dictionaries:
    index = CodeIndex(knowledge.codes.values())
    reader = ValueReader(knowledge.facts, TODAY)
    return Dictionaries(reader, DrugNames(knowledge.drugs, index), index, knowledge.drugs, TODAY)


@pytest.fixture(scope="session")
def form(dictionaries: Dictionaries) -> Callable[[str], Record]:
    """Read a form; the line `fingerpost: 1` may be left out."""

    def read(text: str) -> Record:
        if "fingerpost" not in text:
            text = f"fingerpost: 1\n{text}"
        return read_text(Text(text, "form.yaml"), dictionaries)

    return read


@pytest.fixture(scope="session")
def fhir(dictionaries: Dictionaries) -> Callable[..., Record]:
    """Read FHIR resources, each a map; they are put into a bundle."""

    def read(*resources: dict[str, Any], patient: str | None = None) -> Record:
        entries = [{"resource": resource} for resource in resources]
        bundle = {"resourceType": "Bundle", "type": "collection", "entry": entries}
        return read_text(Text(json.dumps(bundle), "bundle.json"), dictionaries, patient)

    return read


@pytest.fixture(scope="session")
def problems(dictionaries: Dictionaries) -> Callable[[bytes | str | Path], tuple[Problem, ...]]:
    """The problems of a record that cannot be read."""

    def read(source: bytes | str | Path) -> tuple[Problem, ...]:
        data = source.encode() if isinstance(source, str) else source
        with pytest.raises(RecordError) as error:
            read_text(load(data, None), dictionaries)
        return error.value.problems

    return read
