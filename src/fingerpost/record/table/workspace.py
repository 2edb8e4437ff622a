"""Tables in DuckDB: every cell as text, sorted by person, in a folder that is removed afterwards.

DuckDB keeps to a fixed amount of memory and puts the rest on disk, so that a table may be larger
than the computer's memory. Nothing is typed or guessed: "007" stays "007", "NA" stays "NA".
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from fingerpost.record.table import excel_file
from fingerpost.record.table.faults import Faults, refused
from fingerpost.record.table.mapping import TableShape
from fingerpost.record.table.text_file import (
    LONG_ROW,
    OPEN_QUOTE,
    SHORT_ROW,
    TextFile,
    open_text,
    parted_by,
)

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MEMORY = "1GB"
_BATCH = 2048
_PARQUET = (".parquet", ".pq")
_PATTERN = re.compile(r"([*?\[])")
# What DuckDB calls the ways in which a row can be wrong -> what we say, and what to try.
_REJECTED = {
    "MISSING COLUMNS": SHORT_ROW,
    "TOO MANY COLUMNS": LONG_ROW,
    "UNQUOTED VALUE": OPEN_QUOTE,
    "LINE SIZE OVER MAXIMUM": (
        "this row is longer than 2 MB",
        "look for a quotation mark that is not closed",
    ),
    "INVALID ENCODING": ("this row is not UTF-8 text", "save the table as UTF-8"),
}


@dataclass(frozen=True, slots=True)
class Loaded:
    """One table in the workspace: its columns by name, and what stood above its header."""

    table: str
    name: str
    header: tuple[str, ...]
    comments: tuple[str, ...]
    encoding: str
    rows: int

    def column(self, index: int) -> str:
        """The name of a column inside the workspace."""
        return f"c{index}"


class Workspace:
    """A folder and a database for as long as tables are read."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="fingerpost-")
        self.folder = Path(self._folder.name)
        self._connection: DuckDBPyConnection | None = None
        self._count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._connection is not None:
            self._connection.close()
        self._folder.cleanup()

    @property
    def connection(self) -> DuckDBPyConnection:
        """The database, opened when it is first needed."""
        if self._connection is None:
            import duckdb

            self._connection = duckdb.connect(str(self.folder / "tables.duckdb"))
            for setting in (
                f"memory_limit = '{MEMORY}'",
                "threads = 2",
                f"temp_directory = {quoted(str(self.folder / 'spill'))}",
                "autoinstall_known_extensions = false",
                "autoload_known_extensions = false",
                "enable_progress_bar = false",
            ):
                self._connection.execute(f"SET {setting}")
        return self._connection

    def header(self, path: Path, shape: TableShape) -> tuple[str, ...]:
        """The names of the columns of a file, without reading its rows.

        Raises:
            RecordError: it cannot be opened.
        """
        if path.suffix.casefold() in _PARQUET:
            return tuple(name for name, _ in self._parquet_columns(path))
        if excel_file.is_excel(path):
            return excel_file.open_sheet(path, shape, self.folder).header
        return open_text(path, shape, self.folder).header

    def load(self, path: Path, shape: TableShape, faults: Faults) -> Loaded:
        """Put one file into the workspace.

        Problems of rows are noted in `faults`, so that those of all files are told together.

        Raises:
            RecordError: the file cannot be opened at all.
        """
        self._count += 1
        table = f"t{self._count}"
        if path.suffix.casefold() in _PARQUET:
            return self._load_parquet(path, table, faults)
        if excel_file.is_excel(path):
            text = excel_file.open_sheet(path, shape, self.folder)
        else:
            text = open_text(path, shape, self.folder, faults)
        _refuse_bad_header(text, faults)
        return self._load_text(text, shape, table, faults)

    def _load_text(self, text: TextFile, shape: TableShape, table: str, faults: Faults) -> Loaded:
        import duckdb

        place = "" if text.numbered else f"row_number() OVER () + {text.above} AS place, "
        cells = ", ".join(f"'c{index}': 'VARCHAR'" for index in range(len(text.header)))
        columns = f"'place': 'BIGINT', {cells}" if text.numbered else cells
        padded = "true" if shape.short_rows == "empty" else "false"
        query = f"""
            CREATE TABLE {table} AS
            SELECT {place}*
            FROM read_csv({named(text.path)}, auto_detect = false, header = false,
                compression = 'none', delim = {quoted(text.delimiter)}, quote = '"', escape = '"', skip = {text.skip},
                columns = {{{columns}}}, null_padding = {padded}, parallel = false,
                strict_mode = true, store_rejects = true, rejects_limit = 0,
                rejects_table = '{table}_errors', rejects_scan = '{table}_scans')
        """  # noqa: S608 (every part is quoted or a number)
        try:
            self.connection.execute(query)
        except duckdb.Error as error:
            raise _unread(text.name, error) from None
        rejected = self._tell_rejected(table, text, faults)
        count = self._number(f"SELECT count(*) FROM {table}")  # noqa: S608
        if not count and not rejected:
            _refuse_no_rows(text.name, faults)
        return Loaded(table, text.name, text.header, text.comments, text.encoding, count)

    def _tell_rejected(self, table: str, text: TextFile, faults: Faults) -> int:
        rows = self.connection.execute(
            "SELECT line, min_by(error_type, column_idx) "  # noqa: S608
            f"FROM {table}_errors GROUP BY line ORDER BY line LIMIT 1000"
        ).fetchall()
        count = self._number(f"SELECT count(DISTINCT line) FROM {table}_errors")  # noqa: S608
        for line, kind in rows:
            what, advice = _REJECTED.get(str(kind), ("this row cannot be read", "export it again"))
            faults.add("broken-row", f"{text.name}:{line}", what, advice)
        if count > len(rows):
            faults.more("broken-row", text.name, count - len(rows))
        return count

    def _load_parquet(self, path: Path, table: str, faults: Faults) -> Loaded:
        import duckdb

        described = self._parquet_columns(path)
        cells = ", ".join(
            f"{_as_varchar(name, kind)} AS c{index}" for index, (name, kind) in enumerate(described)
        )
        try:
            self.connection.execute(
                f"CREATE TABLE {table} AS SELECT row_number() OVER () AS place, {cells} "  # noqa: S608
                f"FROM read_parquet({named(path)})"
            )
        except duckdb.Error as error:
            raise _unread(path.name, error) from None
        count = self._number(f"SELECT count(*) FROM {table}")  # noqa: S608
        if not count:
            _refuse_no_rows(path.name, faults)
        return Loaded(table, path.name, tuple(name for name, _ in described), (), "Parquet", count)

    def _parquet_columns(self, path: Path) -> list[tuple[str, str]]:
        import duckdb

        if not path.is_file():
            raise refused("unreadable-file", path.name, "there is no such file")
        query = f"DESCRIBE SELECT * FROM read_parquet({named(path)})"  # noqa: S608
        try:
            described = self.connection.execute(query).fetchall()
        except duckdb.Error as error:
            raise _unread(path.name, error) from None
        return [(str(each[0]), str(each[1])) for each in described]

    def _number(self, query: str) -> int:
        found = self.connection.execute(query).fetchone()
        return int(found[0]) if found else 0

    def rows(self, query: str, parameters: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, a batch at a time."""
        cursor = self.connection.cursor()
        cursor.execute(query, list(parameters))
        while batch := cursor.fetchmany(_BATCH):
            yield from batch


def quoted(text: str) -> str:
    """A text as a literal of SQL.

    >>> quoted("it's")
    "'it''s'"
    """
    return "'" + text.replace("'", "''") + "'"


def named(path: Path) -> str:
    """A file as a literal of SQL that means this file alone.

    DuckDB takes `*`, `?` and `[` in a name for a pattern and would read other files that fit it.

    >>> named(Path("export [1].csv"))
    "'export [[]1].csv'"
    """
    return quoted(_PATTERN.sub(r"[\1]", str(path)))


def _as_varchar(name: str, kind: str) -> str:
    """A Parquet column as text; a whole number that is stored as 7.0 or 7.00 is 7."""
    column = '"' + name.replace('"', '""') + '"'
    text = f"CAST({column} AS VARCHAR)"
    fractional = kind.startswith(("DOUBLE", "FLOAT", "DECIMAL")) and "[" not in kind
    return f"regexp_replace({text}, '\\.0+$', '')" if fractional else text


def _unread(name: str, error: Exception) -> Exception:
    if "memory" in str(error).casefold() or "OutOfMemory" in type(error).__name__:
        what = "this computer has too little memory or disk for this table"
        return refused("too-large", name, what, "read fewer columns, or save it as Parquet")
    what = "this table cannot be read"
    return refused("broken-table", name, what, "open it, and export it again")


def _refuse_no_rows(name: str, faults: Faults) -> None:
    if not faults.problems:
        what = "this table has a header and no rows"
        faults.add("empty-table", name, what, "export it again")


def _refuse_bad_header(text: TextFile, faults: Faults) -> None:
    """Columns without a name and names that stand twice; both would make a cell ambiguous."""
    seen: dict[str, int] = {}
    for number, name in enumerate(text.header, 1):
        if name and name in seen:
            what = f"the columns {seen[name]} and {number} have the same name"
            # Without the name: where a table has no header, it is a value of somebody.
            faults.add("duplicate-column", f"{text.name}:{text.above}", what, "rename one of them")
        seen.setdefault(name, number)
    if not any(text.header):
        faults.add("empty-table", text.name, "this table has no header", "name its columns")
    _refuse_one_column(text, faults)


def _refuse_one_column(text: TextFile, faults: Faults) -> None:
    """Say so if the one column there is holds another delimiter: the wrong one was named."""
    if len(text.header) != 1:
        return
    for other in (",", ";", "\t", "|"):
        if other != text.delimiter and text.header[0].count(other) > 1:
            what = f"the cells of this table are not parted by {parted_by(text.delimiter)}"
            advice = f"delimiter: {other!r}" if other != "\t" else r'delimiter: "\t"'
            faults.add("wrong-delimiter", f"{text.name}:1", what, advice)
            return
