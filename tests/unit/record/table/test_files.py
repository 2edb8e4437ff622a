"""Files as they come, and everything that can be wrong with them: told at once, without a value."""

from __future__ import annotations

import gzip
import io
import re
import zipfile

import openpyxl
import pytest

from fingerpost.errors import RecordError
from fingerpost.record.table import excel_file
from tests.unit.record.said import value
from tests.unit.record.table.conftest import mapping

ER = mapping("er: {fact: er_reported}")


def problems(read, files, text=ER, **more):
    with pytest.raises(RecordError) as error:
        read(files, text, **more)
    said = "\n".join(str(problem) for problem in error.value.problems)
    assert "SECRET" not in said
    return [problem.code for problem in error.value.problems], said


# --- that can be read ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        b"id,er\np,positive\n",
        b"id;er\np;positive\n",
        b"id\ter\np\tpositive\n",
        b"id|er\np|positive\n",
        b"\xef\xbb\xbfid,er\np,positive\n",
        b"id,er\r\np,positive\r\n",
        b"id,er\rp,positive\r",
        "id,er\np,positive\n".encode("utf-16"),
        "id,er,name\np,positive,M\u00fcller\n".encode("cp1252"),
        gzip.compress(b"id,er\np,positive\n", mtime=0),
        b"#Patient id\tER status\n#STRING\tSTRING\nid\ter\np\tpositive\n",
        b'"id","er"\n"p","positive"\n',
        b"ID,ER\np,positive\n",
        b"\n\nid,er\np,positive\n",
    ],
)
def test_delimiters_encodings_line_ends_and_comment_lines(read, content):
    assert value(read({"a.csv": content}, ER)["p"], "er_reported") == "positive"


@pytest.mark.parametrize("name", ["a.csv.gz", "a.tsv.gz", "a.gz", "A.CSV.GZ", "a.txt", "a.csv.zst"])
@pytest.mark.parametrize("parts", [1, 2, 3])
def test_a_packed_table_is_read_whole_whatever_it_is_called(read, name, parts):
    rows = [b"id,er\np,positive\n", b"q,negative\n", b"r,positive\n"]
    packed = b"".join(
        gzip.compress(each) for each in (*rows[: parts - 1], b"".join(rows[parts - 1 :]))
    )
    assert list(read({name: packed + b"\x00" * 8}, ER)) == ["p", "q", "r"]


@pytest.mark.parametrize("cut", [1, 8, 12, -9])
def test_a_packed_table_that_ends_in_its_second_part_is_refused(read, cut):
    second = gzip.compress(b"q,negative\n" * 3)
    packed = gzip.compress(b"id,er\np,positive\n") + second[:cut]
    assert problems(read, {"a.csv.gz": packed})[0] == ["broken-gzip"]


def test_letters_of_windows_1252_are_kept(read):
    table = {"a.csv": "id,er,site\np,positive,Kn\u00f6chel\n".encode("cp1252")}
    record = read(table, mapping("er: {fact: er_reported, site: site}"))["p"]
    assert record.findings[0].site == "Kn\u00f6chel"


def test_a_cell_may_hold_a_line_end_and_quotes(read):
    record = read({"a.csv": 'id,er,n\np,positive,"a ""b""\nc"\nq,negative,x\n'}, ER)
    assert value(record["q"], "er_reported") == "negative"


def test_two_files_are_joined_by_the_id_and_by_the_sample(read):
    text = """
fingerpost_mapping: 1
name: invented
tables:
  patients: {has: [id, sex], id: id, columns: {sex: {fact: sex}}}
  samples: {has: [sample, er], id: id, sample: sample, rows: several, columns: {er: {fact: er_reported}}}
"""
    files = {
        "p.csv": "id,sex\nb,female\na,male\n",
        "s.csv": "id,sample,er\na,1,positive\nb,2,NA\na,3,negative\n",
    }
    people = read(files, text)
    assert [len(people[each].findings) for each in "ab"] == [3, 2]


def test_parquet(read, tmp_path):
    import duckdb

    path = tmp_path / "x.parquet"
    duckdb.sql("SELECT '007' AS id, 'positive' AS er, 2.0::DOUBLE AS grade").write_parquet(
        str(path)
    )
    text = mapping("er: {fact: er_reported}\ngrade: {fact: grade}")
    record = read({"a.parquet": path.read_bytes()}, text)["007"]
    assert (value(record, "er_reported"), value(record, "grade")) == ("positive", "2")


def workbook(*rows, sheets=("One",), merge=None, **more) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = sheets[0]
    for row in rows:
        book.active.append(row)
    if merge:
        book.active.merge_cells(merge)
    for name in sheets[1:]:
        book.create_sheet(name).append(more.get("other", ["x"]))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_excel_keeps_dates_numbers_and_text(read):
    import datetime as dt

    data = workbook(["id", "d", "g", "er"], ["007", dt.date(2021, 3, 9), 2.0, "positive"])
    text = mapping("d: {fact: diagnosis_date}\ng: {fact: grade}\ner: {fact: er_reported}")
    record = read({"a.xlsx": data}, text)["007"]
    assert str(value(record, "diagnosis_date").known) == "2021-03-09"
    assert value(record, "grade") == "2"
    assert record.findings[0].source.reference == "a.xlsx[One], row 2, d"


def test_excel_with_a_merged_header(read):
    data = workbook(
        ["id", "ER", None], [None, "status", "percent"], ["p", "positive", 90], merge="B1:C1"
    )
    text = mapping(
        "ER / status: {fact: er_reported}\nER / percent: {fact: er_percent}", table="header_rows: 2"
    )
    record = read({"a.xlsx": data}, text.replace("id: id", 'id: "id"'))["p"]
    assert (value(record, "er_reported"), value(record, "er_percent")) == ("positive", 90)


def test_excel_with_several_sheets_asks_which(read):
    data = workbook(["id", "er"], ["p", "positive"], sheets=("One", "Two"))
    assert problems(read, {"a.xlsx": data})[0] == ["which-sheet"]
    assert value(read({"a.xlsx": data}, ER, sheet="One")["p"], "er_reported") == "positive"
    assert problems(read, {"a.xlsx": data}, sheet="Three")[0] == ["which-sheet"]


def test_a_formula_without_a_value_is_no_empty_cell(read):
    data = workbook(["id", "er"], ["p", "=1/0"], ["q", "#N/A"], ["r", "positive"])
    people = read({"a.xlsx": data}, ER)
    assert value(people["p"], "er_reported") == "absent: not_understood"
    assert value(people["q"], "er_reported") == "absent: not_understood"
    assert value(people["r"], "er_reported") == "positive"


@pytest.mark.parametrize(
    "content",
    [
        b"id,er\n\np,positive\n\n\nq,negative\n",
        b"id,er\r\n\r\np,positive\r\n\r\n\r\nq,negative\r\n\r\n",
        b'id,er\n\n"p",positive\n\n\nq,negative\n',
        b'id,er\n"p","posi\ntive"\n\n\nq,negative\n',
        workbook(["id", "er"], [None], ["p", "positive"], [None], [None], ["q", "negative"]),
    ],
)
def test_a_row_is_named_by_its_number_in_the_file_whatever_is_empty_above_it(read, content):
    name = "a.xlsx" if content.startswith(b"PK") else "a.csv"
    (finding,) = read({name: content}, ER)["q"].findings
    assert ", row 6, er" in finding.source.reference


@pytest.mark.parametrize(
    ("number", "shown_as", "read_as"),
    [
        (0.9, "0%", 90),
        (0.005, "0.00%", 0.5),
        (0.29, "0.0 %", 29),
        (1, "0%", 100),
        (90, '0"%"', 90),
        (90, "0", 90),
        ("=9/10", "0%", "absent: not_understood"),
    ],
)
def test_a_cell_of_excel_that_shows_a_percentage_is_read_as_it_is_shown(
    read, number, shown_as, read_as
):
    book = openpyxl.Workbook()
    for row in (["id", "er", "size"], ["p", number, 12]):
        book.active.append(row)
    book.active["B2"].number_format = shown_as
    target = io.BytesIO()
    book.save(target)
    text = mapping("er: {fact: er_percent}\nsize: {fact: tumor_size, unit: mm}")
    record = read({"a.xlsx": target.getvalue()}, text)["p"]
    assert (value(record, "er_percent"), value(record, "tumor_size")) == (read_as, 12)


def test_a_workbook_whose_xml_has_prefixes_is_looked_at_as_well(read):
    data = workbook(["id", "er"], ["p", "=1/0"])
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.endswith("sheet1.xml"):
                part = re.sub(rb"<(/?)(\w)", rb"<\1x:\2", part).replace(b"xmlns=", b"xmlns:x=")
            new.writestr(name, part)
    people = read({"a.xlsx": target.getvalue()}, ER)
    assert value(people["p"], "er_reported") == "absent: not_understood"


# --- that cannot --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty-table"),
        (b"\n\n", "empty-table"),
        (b"id,er\n", "empty-table"),
        (b"id,er\np,SECRET,3\n", "broken-row"),
        (b"id,er\nSECRET\n", "broken-row"),
        (b'id,er\np,"SECRET\nq,positive\n', "broken-row"),
        (b'id,"er\np,SECRET\n', "broken-table"),
        (b"id,er,er\np,SECRET,x\n", "duplicate-column"),
        (b"p,SECRET,SECRET\nq,x,y\n", "duplicate-column"),
        (b"id,er\nSECRET,positive\nSECRET,negative\n", "duplicate-id"),
        (b"id,er\n,positive\n", "missing-id"),
        (b"id,pr\np,SECRET\n", "missing-column"),
        (b"%PDF-1.4\n", "not-text"),
        (b"id,er\x00\np,SECRET\n", "not-text"),
        (b"id,er\np,\x81\x8d\n", "not-text"),
        (gzip.compress(b"id,er\np,positive\n", mtime=0)[:-4], "broken-gzip"),
        (b"\x1f\x8b\x08nonsense", "broken-gzip"),
    ],
)
def test_each_way_to_be_malformed_has_its_words(read, content, code):
    found, said = problems(read, {"a.csv": content})
    assert code in found, said
    assert "a.csv" in said


def test_a_parquet_file_without_rows(read, tmp_path):
    import duckdb

    path = tmp_path / "none.parquet"
    duckdb.sql("SELECT 'p' AS id, 'x' AS er WHERE false").write_parquet(str(path))
    assert problems(read, {"a.parquet": path.read_bytes()})[0] == ["empty-table"]


def test_the_wrong_delimiter_is_named(read):
    text = mapping("er: {fact: er_reported}", table='delimiter: ","')
    found, said = problems(read, {"a.csv": b"id;er;pr\np;positive;x\n"}, text)
    assert "wrong-delimiter" in found
    assert "missing-column" in found
    assert "parted by commas" in said


def test_the_wrong_encoding_is_told(read):
    text = mapping("er: {fact: er_reported}", table="encoding: utf-8")
    assert problems(read, {"a.csv": "id,er\np,M\u00fcller\n".encode("cp1252")}, text)[0] == [
        "not-text"
    ]


def test_all_problems_of_all_files_are_told_at_once_with_lines(read):
    rows = "".join(f"SECRET{n}\n" for n in range(40))
    found, said = problems(read, {"a.csv": f"id,er,er\nx,y,z\n{rows}"})
    assert found.count("broken-row") == 21  # twenty, and a line with how many more
    assert "a.csv:3: this row has fewer cells than the header" in said
    assert "and 20 more of the same kind" in said, said
    assert "duplicate-column" in found


def test_rows_that_end_early_may_be_filled_if_the_mapping_says_so(read):
    text = mapping("er: {fact: er_reported}", table="short_rows: empty")
    assert value(read({"a.csv": "id,er,x\np,positive\n"}, text)["p"], "er_reported") == "positive"


def test_missing_files_and_folders(read, tmp_path, dictionaries):
    from fingerpost.record.table.mapping_file import parse_mapping
    from fingerpost.record.table.people import open_tables
    from fingerpost.record.table.workspace import Workspace

    shape = parse_mapping(ER.encode(), "m.yaml", dictionaries)
    for name in ("no.csv", "no.xlsx", "no.parquet"):
        with Workspace() as workspace, pytest.raises(RecordError) as error:
            open_tables([tmp_path / name], shape, dictionaries, workspace)
        assert error.value.problems[0].code == "unreadable-file"


def test_a_workbook_with_a_password(read):
    data = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le")
    )
    assert problems(read, {"a.xlsx": data})[0] == ["locked-table"]


@pytest.mark.parametrize("data", [b"PK\x03\x04 no zip", b"id,er\n", b"\xd0\xcf\x11\xe0" * 40])
def test_a_workbook_that_is_none(read, data):
    assert problems(read, {"a.xlsx": data})[0] == ["broken-table"]


def test_a_sheet_of_100_megabytes_in_a_small_file_is_not_opened(read, monkeypatch):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
        with packed.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(100):
                sheet.write(b" " * (1 << 20))
    assert len(target.getvalue()) < 120_000
    monkeypatch.setattr("python_calamine.CalamineWorkbook.from_path", None, raising=False)
    found, said = problems(read, {"a.xlsx": target.getvalue()})
    assert found == ["too-large"]
    assert "100 MB" in said


def test_entities_of_xml_are_not_run(read):
    data = workbook(["id", "er"], ["p", "positive"])
    bomb = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(bomb, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith("sheet1.xml"):
                doctype = b'<!DOCTYPE x [<!ENTITY a "positive"><!ENTITY b "&a;&a;&a;">]>'
                content = content.replace(b"<worksheet", doctype + b"<worksheet", 1)
                content = content.replace(b"positive</t>", b"&b;</t>")
            new.writestr(name, content)
    try:
        people = read({"a.xlsx": bomb.getvalue()}, ER)
    except RecordError:
        return
    assert all("positivepositive" not in repr(each.findings) for each in people.values())


def test_a_gzip_that_unpacks_to_too_much_is_stopped(read, monkeypatch):
    from fingerpost.record.table import text_file

    monkeypatch.setattr(text_file, "_UNPACKED_ANYWAY", 1 << 16)
    assert problems(read, {"a.csv": gzip.compress(b"id,er\n" + b" " * (1 << 24))})[0] == [
        "too-large"
    ]


def test_the_limits_of_workbooks_are_what_the_page_says():
    assert excel_file.MAX_UNPACKED == 256 * 1024 * 1024
