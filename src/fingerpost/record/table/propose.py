"""A mapping proposed from a table: sure columns are written out, all others only as comments.

A column is sure only if its name is that of one fact and every one of its words is understood for
that fact. What is merely near is listed as a candidate, commented out, with what speaks for it and
against it: a wrong mapping would be wrong for every person of the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from fingerpost.record.code_index import LOINC
from fingerpost.record.dictionaries import Dictionaries
from fingerpost.record.table.cells import Cell, CellReader
from fingerpost.record.table.workspace import Loaded, Workspace
from fingerpost.record.written.category_text import squash

# More different words than this are not held one by one against a category.
_WORDS = 60
_NEAR = 90
_SHORTEST = 4
_CANDIDATES = 3
_YES_NO = frozenset({"yes", "no", "na", "unknown", "n/a", "not available"})
_FRACTION = re.compile(r"0*[.,]\d*[1-9]\d*")
_LOINC = re.compile(r"(?<![\d-])(\d{1,7}-\d)(?![\d-])")
_IDS = (
    *("patient id", "patientid", "person id", "participant id", "subject id", "case id"),
    *("patient", "person", "subject", "mrn", "id", "patient identifier", "pid"),
)
_SAMPLES = ("sample id", "sampleid", "sample", "specimen id", "tumor sample barcode")
# What columns are called that no fact's own name gives away; each is plain in itself.
_ALSO: Mapping[str, str] = {
    "er": "er_reported",
    "er status": "er_reported",
    "er status by ihc": "er_reported",
    "estrogen receptor": "er_reported",
    "estrogen receptor status": "er_reported",
    "er %": "er_percent",
    "er percent": "er_percent",
    "er percentage": "er_percent",
    "pr": "pr_reported",
    "pgr": "pr_reported",
    "pr status": "pr_reported",
    "pr status by ihc": "pr_reported",
    "progesterone receptor": "pr_reported",
    "progesterone receptor status": "pr_reported",
    "pr %": "pr_percent",
    "pr percent": "pr_percent",
    "her2": "her2_reported",
    "her2 status": "her2_reported",
    "her2 ihc": "her2_ihc",
    "her2 ihc score": "her2_ihc",
    "ihc her2": "her2_ihc",
    "her2 fish": "her2_ish",
    "her2 ish": "her2_ish",
    "her2 fish status": "her2_ish",
    "ki67": "ki67_percent",
    "ki 67": "ki67_percent",
    "ki67 %": "ki67_percent",
    "ki 67 %": "ki67_percent",
    "grade": "grade",
    "histologic grade": "grade",
    "nottingham grade": "grade",
    "tumor grade": "grade",
    "positive nodes": "positive_nodes",
    "lymph nodes positive": "positive_nodes",
    "number of positive nodes": "positive_nodes",
    "tumor size mm": "tumor_size",
    "tumour size mm": "tumor_size",
    "menopausal status": "menopausal_status_reported",
    "sex": "sex",
    "gender": "sex",
    "date of birth": "birth_date",
    "birth date": "birth_date",
    "dob": "birth_date",
    "date of diagnosis": "diagnosis_date",
    "diagnosis date": "diagnosis_date",
    "t": "t_category",
    "pt": "t_category",
    "t stage": "t_category",
    "n": "n_category",
    "pn": "n_category",
    "n stage": "n_category",
    "m": "m_category",
    "m stage": "m_category",
    "stage": "stage_reported",
    "ajcc stage": "stage_reported",
    "ecog": "ecog",
    "lvef": "lvef_percent",
    "pik3ca": "pik3ca_mutation",
    "esr1": "esr1_mutation",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column as it stands: its name, how often it is filled, and its commonest words."""

    name: str
    filled: int
    words: tuple[str, ...]
    all_words: bool


@dataclass(frozen=True, slots=True)
class Guess:
    """A fact that a column may answer: why, and which of its words are understood."""

    fact: str
    why: str
    exact: bool
    understood: tuple[str, ...]
    absent: tuple[str, ...]
    unread: tuple[str, ...]
    dates: bool = False

    @property
    def sure(self) -> bool:
        """Whether the name is exact, some word is understood, and none is not."""
        return self.exact and bool(self.understood) and not self.unread


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed of one table."""

    id: str | None
    sample: str | None
    several: bool
    placed: tuple[tuple[Column, Guess], ...]
    candidates: tuple[tuple[Column, tuple[Guess, ...]], ...]
    unplaced: tuple[Column, ...]
    treatments: tuple[tuple[Column, str], ...] = ()


@dataclass(slots=True)
class _Names:
    """Every name a column may have, with the fact it stands for."""

    dictionaries: Dictionaries
    names: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for fact, entry in self.dictionaries.reader.catalogue.items():
            for name in (fact, entry.label):
                self.names.setdefault(squash(name), fact)
        for name, fact in _ALSO.items():
            if fact in self.dictionaries.reader.catalogue:
                self.names[squash(name)] = fact

    def guesses(self, column: str) -> list[tuple[str, str, bool]]:
        """Facts that the name of a column may mean: fact, why, and whether the name is exact."""
        coded = self._coded(column)
        if coded:
            return coded
        name = squash(column)
        if name in self.names:
            return [(self.names[name], "the column is called so", True)]
        return self._near(name)

    def _coded(self, column: str) -> list[tuple[str, str, bool]]:
        for code in _LOINC.findall(column):
            meanings = self.dictionaries.codes.code(LOINC, code)
            facts = dict.fromkeys(each.fact for each in meanings if each.fact and not each.value)
            if facts:
                return [(fact, f"LOINC {code} stands in its name", True) for fact in facts if fact]
        return []

    def _near(self, name: str) -> list[tuple[str, str, bool]]:
        # Only here: most columns have an exact name, and reading a table needs none of it.
        from rapidfuzz import fuzz, process

        # Short names ("n", "er") are part of too many others to be near to any.
        if len(name) < _SHORTEST:
            return []
        names = [each for each in self.names if len(each) >= _SHORTEST]
        found = process.extract(
            name, names, scorer=fuzz.token_set_ratio, score_cutoff=_NEAR, limit=12
        )
        facts: dict[str, str] = {}
        for near, score, _ in found:
            facts.setdefault(self.names[near], f"its name is near to `{near}` ({score:.0f} of 100)")
        return [(fact, why, False) for fact, why in list(facts.items())[:_CANDIDATES]]


def propose(workspace: Workspace, loaded: Loaded, dictionaries: Dictionaries) -> Proposal:
    """What each column of a loaded table may answer."""
    columns = [_column(workspace, loaded, index) for index in range(len(loaded.header))]
    id_column = _named(loaded.header, _IDS)
    sample = _named(loaded.header, _SAMPLES)
    names = _Names(dictionaries)
    placed: list[tuple[Column, Guess]] = []
    candidates: list[tuple[Column, tuple[Guess, ...]]] = []
    unplaced: list[Column] = []
    for column in columns:
        if column.name in (id_column, sample):
            continue
        guesses = [_guess(column, guess, dictionaries) for guess in names.guesses(column.name)]
        sure = [guess for guess in guesses if guess.sure]
        if len(sure) == 1:
            placed.append((column, sure[0]))
        elif guesses:
            candidates.append((column, tuple(guesses)))
        else:
            unplaced.append(column)
    open_ones = [column for column in columns if column not in [each for each, _ in placed]]
    treatments = [
        (column, named) for column in open_ones if (named := _treatment(column, dictionaries))
    ]
    given = {column.name for column, _ in treatments}
    unplaced = [column for column in unplaced if column.name not in given]
    placed, doubled = _each_fact_once(placed)
    several = id_column is not None and _several(workspace, loaded, id_column)
    return Proposal(
        id_column,
        sample,
        several,
        tuple(placed),
        (*candidates, *doubled),
        tuple(unplaced),
        tuple(treatments),
    )


def _treatment(column: Column, dictionaries: Dictionaries) -> str:
    """The drug or family that a yes-or-no column is called by, as a mapping names it; or nothing."""
    words = {squash(word) for word in column.words}
    if not column.all_words or not words & {"yes", "no"} or words - _YES_NO:
        return ""
    name = squash(column.name).removesuffix(" therapy").removesuffix(" given")
    named = dictionaries.names.read(name)
    if named.drugs and not named.unresolved:
        return f"drugs: [{', '.join(named.drugs)}]"
    families = {*named.classes, *({name.replace(" ", "_")} & dictionaries.classes)}
    return f"classes: [{', '.join(sorted(families))}]" if families else ""


def _each_fact_once(
    placed: list[tuple[Column, Guess]],
) -> tuple[list[tuple[Column, Guess]], list[tuple[Column, tuple[Guess, ...]]]]:
    """Two columns for one fact are both only candidates: somebody has to say which counts."""
    facts = [guess.fact for _, guess in placed]
    kept = [(column, guess) for column, guess in placed if facts.count(guess.fact) == 1]
    doubled: list[tuple[Column, tuple[Guess, ...]]] = [
        (column, (guess,)) for column, guess in placed if facts.count(guess.fact) > 1
    ]
    return kept, doubled


def _named(header: Sequence[str], names: Iterable[str]) -> str | None:
    loose = {squash(name): name for name in header}
    return next((loose[squash(name)] for name in names if squash(name) in loose), None)


def _column(workspace: Workspace, loaded: Loaded, index: int) -> Column:
    cell = f"trim({loaded.column(index)})"
    rows = list(
        workspace.rows(
            f"SELECT {cell}, count(*) FROM {loaded.table} WHERE coalesce({cell}, '') <> '' "  # noqa: S608
            f"GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {_WORDS + 1}"
        )
    )
    filled = next(
        workspace.rows(
            f"SELECT count(*) FROM {loaded.table} WHERE coalesce({cell}, '') <> ''"  # noqa: S608
        )
    )
    words = tuple(str(word) for word, _ in rows[:_WORDS])
    return Column(loaded.header[index], int(filled[0]), words, len(rows) <= _WORDS)


def _several(workspace: Workspace, loaded: Loaded, column: str) -> bool:
    cell = f"trim({loaded.column(loaded.header.index(column))})"
    query = f"SELECT count({cell}) > count(DISTINCT {cell}) FROM {loaded.table}"  # noqa: S608
    return bool(next(workspace.rows(query))[0])


def _guess(column: Column, guess: tuple[str, str, bool], dictionaries: Dictionaries) -> Guess:
    fact, why, exact = guess
    reader = CellReader(dictionaries.reader, fact)
    cells: dict[str, Cell] = {word: reader.read(word) for word in column.words}
    kinds = {
        kind: tuple(word for word, cell in cells.items() if cell.kind == kind)
        for kind in ("read", "absent", "unread")
    }
    entry = dictionaries.reader.catalogue[fact]
    # A long list of words that are no values is not that fact, however its column is called.
    if not column.all_words and entry.type not in ("number", "date"):
        kinds["unread"] = kinds["unread"] or ("(more different words than a category has)",)
    if entry.type == "number" and entry.unit and not _says_unit(column, entry.unit):
        exact, why = exact and entry.unit in ("%", "x ULN"), f"{why}; taken to be in {entry.unit}"
    if entry.unit == "%" and any(_FRACTION.fullmatch(word) for word in kinds["read"]):
        exact, why = False, f'{why}; some are fractions, so say `unit: fraction` or `unit: "%"`'
    dates = entry.type == "date"
    return Guess(fact, why, exact, kinds["read"], kinds["absent"], kinds["unread"], dates)


def _says_unit(column: Column, unit: str) -> bool:
    """Whether the unit stands in the name of the column or with its values."""
    return unit.casefold() in column.name.casefold() or any(
        unit.casefold() in word.casefold() for word in column.words[:5]
    )
