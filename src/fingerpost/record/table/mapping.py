"""What a mapping file may say: which column of which file answers which fact, and in which words.

The shapes are those of the knowledge files: no unknown keys, no guessing of types.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from fingerpost.knowledge.fields import SnakeId, Text


class Shape(BaseModel):
    """What all shapes share: no unknown keys, no guessing of types, nothing can be changed."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def _plain(value: object) -> object:
    """Plain numbers, true and false stand for the words they look like."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float) else value


def _listed(value: object) -> object:
    """One word stands for a list of one."""
    return value if isinstance(value, list) else [value]


Word = Annotated[str, BeforeValidator(_plain)]
Wordings = Annotated[list[Word], BeforeValidator(_listed), Field(min_length=1)]
Columns = Annotated[list[Text], BeforeValidator(_listed), Field(min_length=1)]
Absence = Literal[
    "not_stated",
    "not_tested",
    "pending",
    "not_known",
    "not_applicable",
    "stale",
    "conflicting",
    "not_understood",
]
Absences = dict[Word, Absence]


class WhenShape(Shape):
    """A condition on another column of the same row."""

    column: Text
    is_: Annotated[Wordings, Field(alias="is")]


class WordsFromShape(Shape):
    """A word that stands in another column, with what its words mean."""

    column: Text
    values: dict[Word, Text] = {}


class ColumnShape(Shape):
    """What one column says: a fact, and how its words are to be read.

    `values` gives the meaning of words that the fact catalogue does not know; a list is one of
    several. `member` is for a column that says of one member of a set whether it is there.
    """

    fact: SnakeId
    member: SnakeId | None = None
    values: dict[Word, Wordings] = {}
    absent: Absences = {}
    unit: Text | None = None
    unit_column: Text | None = None
    decimal: Literal[",", "."] | None = None
    date: Text | None = None
    specimen: Text | WordsFromShape | None = None
    site: Text | None = None
    basis: Literal["clinical", "pathologic", "post_neoadjuvant"] | None = None
    status: Literal["final", "preliminary"] = "final"
    when: WhenShape | None = None
    unless: Columns | None = None
    also: list[Text] = []
    note: Text | None = None


class AttributeShape(Shape):
    """An attribute of a treatment, from a column or the same for all."""

    column: Text | None = None
    value: Wordings | None = None
    values: dict[Word, Wordings] = {}
    absent: Absences = {}


Attributes = dict[SnakeId, AttributeShape]


class TreatmentColumnShape(Shape):
    """A column that says yes or no to one treatment, such as CHEMOTHERAPY: YES."""

    column: Text
    yes: Wordings
    no: Wordings
    classes: list[SnakeId] = []
    drugs: list[Text] = []
    attributes: Attributes = {}
    absent: Absences = {}
    also: list[Text] = []
    note: Text | None = None


class TreatmentRowsShape(Shape):
    """A table in which each row is a treatment, a drug or a dose."""

    drug: Text | None = None
    classes: AttributeShape | None = None
    attributes: Attributes = {}
    regimen: Text | None = None
    join_same_start: bool = False
    when: WhenShape | None = None


class VariantsShape(Shape):
    """A table in which each row is a change in a gene, such as a MAF file.

    `changes` says what the words of `change` mean: `counted` changes the protein, `silent` does not,
    `unclear` leaves the gene open. A gene without a row is negative only for samples that are known
    to be sequenced (`sequenced`) and genes that are known to be on the panel (`genes_studied`).
    """

    gene: Text
    change: Text
    protein: Text | None = None
    coding: Text | None = None
    changes: dict[Literal["counted", "silent", "unclear"], Wordings]
    origin: WordsFromShape | None = None
    origin_otherwise: Literal["somatic", "germline", "unknown"] = "unknown"
    sequenced: Literal["comment", "nobody"] = "nobody"
    genes_studied: Literal["of_this_file"] | list[Text] = []


class TableShape(Shape):
    """One table: how its file is told from others, how it is read, and what its columns say."""

    file: Text | None = None
    has: list[Text] = []
    sheet: Text | None = None
    delimiter: Literal[",", ";", "\t", "|"] | None = None
    encoding: Text | None = None
    comments: Literal["#", "none"] = "#"
    header_rows: Annotated[int, Field(ge=1, le=5)] = 1
    short_rows: Literal["refuse", "empty"] = "refuse"
    optional: bool = False
    id: Columns | None = None
    sample: Columns | None = None
    rows: Literal["one", "several"] = "one"
    absent: Absences = {}
    date: Text | None = None
    dates: Literal["day_first", "month_first"] | None = None
    specimen: Text | WordsFromShape | None = None
    columns: dict[Text, Annotated[list[ColumnShape], BeforeValidator(_listed)]] = {}
    treatments: list[TreatmentColumnShape] = []
    treatment_rows: TreatmentRowsShape | None = None
    treatments_are_all: bool = False
    variants: VariantsShape | None = None
    not_used: dict[Text, Text] = {}


class MappingShape(Shape):
    """A mapping file.

    `columns_may_be_missing` is for mappings of many data sets, of which none has all columns.
    """

    fingerpost_mapping: Literal[1]
    name: Text
    about: Text | None = None
    columns_may_be_missing: bool = False
    absent: Absences = {}
    tables: Annotated[dict[SnakeId, TableShape], Field(min_length=1)]


def mapping_schema() -> dict[str, Any]:
    """The JSON Schema of a mapping file, for an editor that helps whoever writes one."""
    schema = MappingShape.model_json_schema(by_alias=True)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "Fingerpost mapping of a table",
    }
