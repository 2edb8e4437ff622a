"""What the tests of tables share: the shipped knowledge, and reading in one call."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from fingerpost.record.dictionaries import Dictionaries, dictionaries_of
from fingerpost.record.model import Record
from fingerpost.record.table.mapping_file import parse_mapping
from fingerpost.record.table.people import open_tables
from fingerpost.record.table.workspace import Workspace
from tests.whole import whole_knowledge

ON = dt.date(2026, 11, 22)
Read = Callable[..., dict[str, Record]]


@pytest.fixture(scope="session")
def dictionaries() -> Dictionaries:
    knowledge = whole_knowledge()
    return dictionaries_of(knowledge.facts, knowledge.drugs, knowledge.codes, ON)


@pytest.fixture
def read(tmp_path: Path, dictionaries: Dictionaries) -> Read:
    """Everybody in some tables, by id: `read({"a.csv": text}, mapping)`."""

    def _read(files: dict[str, str | bytes], mapping: str, **more) -> dict[str, Record]:
        paths = []
        for name, content in files.items():
            path = tmp_path / name
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
            paths.append(path)
        shape = parse_mapping(mapping.encode(), "mapping.yaml", dictionaries)
        with Workspace() as workspace:
            tables = open_tables(paths, shape, dictionaries, workspace, **more)
            return {person.id: person.record for person in tables.people()}

    return _read


def mapping(columns: str, more: str = "", table: str = "") -> str:
    """A mapping of one table with the id in the column `id`; `columns` a line each."""
    lines = textwrap.indent(textwrap.dedent(columns.strip("\n")).strip(), "      ")
    extra = "\n".join(f"    {line}" for line in table.strip("\n").splitlines())
    return (
        f"fingerpost_mapping: 1\nname: invented\n{more}\ntables:\n  people:\n    id: id\n{extra}\n"
        f"    columns:\n{lines}\n"
    )


LONG_COHORT = (
    {
        "a.csv": (
            "id;er;her2;k;size;bone;day;kind;chemo;drug2\n"
            "p;<1;0-1+;22,5;18-20;y;2024-05;Met;YES;YES\n"
            "q;90;pending;NA;>=5;n;2024-05-02;Primary;NO;NO\n"
            "r;?;see;;;;2023;;;\n"
        )
    },
    mapping(
        """
        er: {fact: er_percent}
        her2: {fact: her2_ihc, values: {0-1+: ["0", 1+]}}
        k: {fact: ki67_percent, decimal: ","}
        size: {fact: tumor_size, unit: mm}
        bone: {fact: metastatic_sites, member: bone, values: {y: present, n: absent}}
        """,
        table="""
date: day
specimen: {column: kind, values: {Met: metastasis, Primary: primary}}
treatments_are_all: true
treatments:
  - column: chemo
    yes: "YES"
    no: "NO"
    classes: [chemotherapy]
    attributes: {setting: {value: [adjuvant, neoadjuvant]}}
  - {column: drug2, yes: "YES", no: "NO", drugs: [letrozole]}
""",
    ),
)
