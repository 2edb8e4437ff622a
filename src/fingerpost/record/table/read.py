"""The door to tables: one person of a table as a record, for whoever reads records."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fingerpost.record.dictionaries import Dictionaries
from fingerpost.record.model import Record
from fingerpost.record.table.faults import refused
from fingerpost.record.table.mapping_file import read_mapping
from fingerpost.record.table.people import open_tables
from fingerpost.record.table.workspace import Workspace


def read_person(
    files: Sequence[Path], mapping: str, dictionaries: Dictionaries, patient: str | None
) -> Record:
    """The record of one person of a table, or of several tables that belong together.

    Args:
        files: The files, in any order.
        mapping: The name of a mapping that is shipped, or a mapping file.
        dictionaries: What a record is read against.
        patient: The person's id as it stands in the table; may be left out if there is only one.

    Raises:
        RecordError: with every problem of the tables or of the mapping.
    """
    shape = read_mapping(mapping, dictionaries)
    with Workspace() as workspace:
        tables = open_tables(files, shape, dictionaries, workspace)
        if patient is None and tables.count() > 1:
            what = f"this table holds {tables.count()} people"
            raise refused("several-people", files[0].name, what, "say whom to read: --patient ID")
        for person in tables.people(patient):
            return person.record
    what = "nobody in this table has this id"
    raise refused("no-such-person", files[0].name, what, "write the id as the table does")
