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
from tests.whole import whole_knowledge

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
    knowledge = whole_knowledge()
    named = fingerpost.read_drug_names("Ibrance + letrozol", knowledge)
    assert named.drugs == ("palbociclib", "letrozole")
    assert [part.how for part in named.parts] == ["brand", "also_written"]


@pytest.mark.parametrize(
    ("name", "content", "read"),
    [
        ("a.csv", 'id,drug\n1,"letrozole\ntamoxifen"\n', ["letrozole\ntamoxifen"]),
        ("a.csv", "id;drug\n1;letrozole\n", ["letrozole"]),
        ("a.csv", "id\tdrug\n1\tletrozole\n", ["letrozole"]),
        (
            "a.csv",
            '\ufeffid,drug\r\n1,"tamoxifen, declined"\r\n2,\r\n3\r\n',
            ["tamoxifen, declined"],
        ),
        ("a.tsv", "id\tdrug; dose\tdrug\n1\tx\tletrozole\n", ["letrozole"]),
        ("a.txt", "id;drug\n1;letrozole\n", ["letrozole"]),
    ],
)
def test_a_cell_is_read_as_it_stands(tmp_path: Path, name: str, content: str, read: list[str]):
    path = tmp_path / name
    path.write_bytes(content.encode())
    document = json.loads(ask("--file", str(path), "--column", "drug", "--format", "json").output)
    assert [each["as_written"] for each in document["names"]] == read


@pytest.mark.parametrize(
    ("content", "column", "told"),
    [
        ('drug\n"letrozole\ntamoxifen\n', "drug", "quotation marks that do not match"),
        ('drug\n"letrozole" x\n', "drug", "quotation marks that do not match"),
        (f"drug\n{'x' * 200_000}\n", None, "far too long"),
        ("drug,drug\nletrozole,tamoxifen\n", "drug", "2 columns are called"),
        ("drug\n\n", None, "no name is given"),
        ("", None, "no name is given"),
        ("Jane Doe,letrozole\n", "medicine", "no column `medicine`"),
        ("drugs,x\nletrozole,1\n", "drug", "Try: drugs"),
    ],
)
def test_a_table_that_is_damaged_is_refused_without_its_cells(
    tmp_path: Path, content: str, column: str | None, told: str
):
    table = tmp_path / "names.csv"
    table.write_text(content, encoding="utf-8")
    done = ask("--file", str(table), *(["--column", column] if column else []))
    assert done.exit_code == 12
    assert told in done.output
    assert "Jane" not in done.output


@pytest.mark.parametrize(
    "words", [[], [""], ["  ", ""], ["--column", "x"], ["taxol", "--column", "x"]]
)
def test_a_question_without_a_name_is_no_answer(words: list[str]):
    assert ask(*words).exit_code == 12
