"""`fingerpost name` and `read_drug_names`: what written names stand for."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

import fingerpost
from fingerpost.cli.program import main
from fingerpost.report.schema import answer_schema

ROOT = Path(__file__).resolve().parents[2]


def ask(*arguments: str, given: str | None = None):
    return CliRunner().invoke(main, ["name", *arguments], input=given)


def test_one_line_for_each_name_with_how_it_was_read():
    done = ask("Adria/Cytoxan", "herceptn", "TC")
    assert done.exit_code == 0
    first, second, third = (line.split("\t") for line in done.output.splitlines())
    assert first[:2] == ["Adria/Cytoxan", "doxorubicin + cyclophosphamide"]
    assert second == ["herceptn", "trastuzumab", "herceptn: a misspelling of Herceptin"]
    assert "left open" in third[1]
    assert "docetaxel and cyclophosphamide" in third[3]


def test_json_fits_its_schema():
    done = ask("AC x4 then Taxol", "ribociclib or placebo", "aloxi", "xyz", "--format", "json")
    document = json.loads(done.output)
    jsonschema.validate(document, answer_schema("names"))
    assert [each["drugs"] for each in document["names"]] == [
        ["doxorubicin", "cyclophosphamide", "paclitaxel"], [], [], [],
    ]  # fmt: skip
    assert document["names"][2]["set_aside"] == ["aloxi"]
    assert document["names"][3]["parts"][0]["certainty"] == "open"


def test_names_come_from_a_column_of_a_table_from_lines_and_from_standard_input(tmp_path: Path):
    table = tmp_path / "names.tsv"
    table.write_text("rows\tdrug\n3\tfemera\n1\t\n", encoding="utf-8")
    assert ask("--file", str(table), "--column", "drug").output.startswith("femera\tletrozole\t")
    lines = tmp_path / "names.txt"
    lines.write_text("taxol\n\nxeloda\n", encoding="utf-8")
    assert len(ask("--file", str(lines)).output.splitlines()) == 2
    assert ask("--file", "-", given="nolvadex\n").output.startswith("nolvadex\ttamoxifen\t")


@pytest.mark.parametrize(
    ("content", "column", "told"),
    [(b"drug\ntaxol\n", "medicine", "no column"), (b"\xff\xfe\x00t", None, "not text")],
)
def test_a_file_that_cannot_be_read_is_answered_with_what_is_wrong(
    tmp_path: Path, content: bytes, column: str | None, told: str
):
    table = tmp_path / "names.csv"
    table.write_bytes(content)
    done = ask("--file", str(table), *(["--column", column] if column else []))
    assert done.exit_code == 12
    assert told in done.output
    assert "Traceback" not in done.output


def test_the_library_reads_a_name():
    knowledge = fingerpost.load_knowledge()
    named = fingerpost.read_drug_names("Ibrance + letrozol", knowledge)
    assert named.drugs == ("palbociclib", "letrozole")
    assert [part.how for part in named.parts] == ["brand", "also_written"]
