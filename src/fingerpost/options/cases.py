"""Curator cases: invented people, and the verdicts that are right for them.

A case file is written by those who know the labels; this runs it. The same code serves
`fingerpost case FILE` and the test suite.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fingerpost.errors import KnowledgeError, Problem, RecordError
from fingerpost.facts.derive import derive
from fingerpost.facts.words import words_of
from fingerpost.knowledge.model import Knowledge
from fingerpost.knowledge.yaml_source import Document, read_yaml
from fingerpost.options.match import find_options
from fingerpost.options.model import OptionAnswer, Options
from fingerpost.options.rule_set import RuleSet
from fingerpost.record.code_index import CodeIndex
from fingerpost.record.dictionaries import Dictionaries
from fingerpost.record.drugs.names import DrugNames
from fingerpost.record.form.read import read_form
from fingerpost.record.written.value_reader import ValueReader
from fingerpost.terms import Answer, Verdict
from fingerpost.values import Absent, Choice

Tree = dict[str, Any]
NOT_LISTED = "not_listed"
_VERDICTS = (*Verdict, NOT_LISTED)
_KEYS = frozenset(
    (
        "id",
        "title",
        "on",
        "authority",
        "record",
        "like",
        "but",
        "expect",
        "facts",
        "next_test",
        "source",
        "ruling",
        "note",
    )
)
_EXPECTED_KEYS = frozenset(("verdict", "deciding", "unknown"))


@dataclass(frozen=True, slots=True)
class Expected:
    """What one option must answer: its verdict, and which conditions say no or are open."""

    verdict: str
    deciding: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CuratorCase:
    """One invented person, on one day, and what must come out."""

    id: str
    title: str
    on: dt.date
    authority: str
    record: Tree
    expect: Mapping[str, Expected]
    facts: Mapping[str, object]
    next_test: str | None
    ruling: str | None
    place: str


@dataclass(frozen=True, slots=True)
class Different:
    """One thing that came out otherwise than expected."""

    what: str
    expected: str
    came: str
    answer: OptionAnswer | None = None


@dataclass(frozen=True, slots=True)
class CaseResult:
    """A case that was run; it is right when nothing is different."""

    case: CuratorCase
    different: tuple[Different, ...]
    options: Options | None = field(default=None, repr=False)


def read_cases(path: Path) -> tuple[CuratorCase, ...]:
    """The cases of a file, each with what it takes over from the case it is like.

    Raises:
        KnowledgeError: with every problem of the file.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        what = f"the file cannot be read ({error.strerror})"
        raise KnowledgeError([Problem("unreadable-file", str(path), what)]) from None
    document, problems = read_yaml(data, path.name)
    if document is None or problems:
        raise KnowledgeError(problems)
    reader = _Reader(document)
    cases = reader.cases()
    if reader.problems:
        raise KnowledgeError(reader.problems)
    return cases


class _Reader:
    """Reads one case file and collects everything that is wrong with it."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._whole: dict[str, Tree] = {}
        self.problems: list[Problem] = []

    def cases(self) -> tuple[CuratorCase, ...]:
        tree = self._document.tree
        if not isinstance(tree, dict) or not isinstance(tree.get("cases"), list):
            self._refuse((), "this is no file of cases", "a file that begins with `cases:`")
            return ()
        found = [self._case(index, entry) for index, entry in enumerate(tree["cases"])]
        return tuple(case for case in found if case is not None)

    def _case(self, index: int, entry: object) -> CuratorCase | None:
        at = ("cases", index)
        if not isinstance(entry, dict) or not isinstance(entry.get("id"), str):
            self._refuse(at, "a case needs an `id`")
            return None
        for key in sorted(set(entry) - _KEYS):
            self._refuse((*at, key), f"there is no key `{key}` here", ", ".join(sorted(_KEYS)))
        if entry["id"] in self._whole:
            self._refuse((*at, "id"), f"the id `{entry['id']}` stands twice", "another id")
        whole = self._inherited(at, entry)
        self._whole[entry["id"]] = whole
        day = self._day(at, whole)
        expect = {
            name: self._expected((*at, "expect", name), expected)
            for name, expected in _mapping(entry.get("expect")).items()
        }
        facts = _mapping(entry.get("facts"))
        if not expect and not facts and not entry.get("next_test"):
            self._refuse(at, "this case expects nothing", "`expect`, `facts` or `next_test`")
        if day is None or "record" not in whole:
            if "record" not in whole:
                self._refuse(at, "this case has no record", "`record`, or `like` another case")
            return None
        return CuratorCase(
            entry["id"],
            str(entry.get("title", entry["id"])),
            day,
            str(whole.get("authority", "fda")),
            whole["record"],
            expect,
            facts,
            entry.get("next_test"),
            entry.get("ruling"),
            self._document.where(at),
        )

    def _inherited(self, at: tuple[str | int, ...], entry: Tree) -> Tree:
        """The case with what it is like filled in: only record, day and authority are taken over."""
        like = entry.get("like")
        own: Tree = {key: entry[key] for key in ("on", "authority", "record") if key in entry}
        if like is None:
            return own
        if like not in self._whole:
            self._refuse((*at, "like"), f"there is no earlier case `{like}` in this file")
            return own
        whole = {**self._whole[like], **own}
        if "but" in entry:
            whole["record"] = merge(whole.get("record", {}), _mapping(entry["but"]))
        return whole

    def _day(self, at: tuple[str | int, ...], whole: Tree) -> dt.date | None:
        try:
            return dt.date.fromisoformat(str(whole["on"]))
        except (KeyError, ValueError):
            self._refuse((*at, "on"), "a case needs a day, `on`", "on: 2024-06-01")
            return None

    def _expected(self, at: tuple[str | int, ...], said: object) -> Expected:
        parts = said if isinstance(said, dict) else {"verdict": said}
        for key in sorted(set(parts) - _EXPECTED_KEYS):
            self._refuse((*at, key), f"there is no key `{key}` here", "verdict, deciding, unknown")
        if parts.get("verdict") not in _VERDICTS:
            self._refuse(at, "this is no verdict", ", ".join(_VERDICTS))
        return Expected(
            str(parts.get("verdict")), _texts(parts.get("deciding")), _texts(parts.get("unknown"))
        )

    def _refuse(self, at: tuple[str | int, ...], what: str, try_this: str = "") -> None:
        where = self._document.where(at)
        self.problems.append(Problem("wrong-case", where, what, "", try_this))


def merge(base: object, changes: object) -> Any:  # noqa: ANN401 (a tree of a record)
    """A record with some things changed: maps are merged, all else replaced, null removes.

    >>> merge({"facts": {"a": 1, "b": 2}}, {"facts": {"a": None, "c": 3}})
    {'facts': {'b': 2, 'c': 3}}
    """
    if not isinstance(base, dict) or not isinstance(changes, dict):
        return changes
    merged = {**base}
    for key, value in changes.items():
        if value is None:
            merged.pop(key, None)
        else:
            merged[key] = merge(base.get(key), value)
    return merged


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()


def _mapping(value: object) -> Tree:
    return value if isinstance(value, dict) else {}


class CaseRunner:
    """Runs cases against the knowledge; what belongs to a day is made once."""

    def __init__(self, knowledge: Knowledge) -> None:
        """Prepare the dictionaries that records are read with."""
        self._knowledge = knowledge
        self._codes = CodeIndex(knowledge.codes.values())
        self._names = DrugNames(knowledge.drugs, self._codes)
        self._rules: dict[tuple[dt.date, str], RuleSet] = {}

    def run(self, case: CuratorCase) -> CaseResult:
        """What comes out for a case, and what is different from what it expects."""
        try:
            options = self._options(case)
        except RecordError as error:
            told = "; ".join(map(str, error.problems))
            return CaseResult(case, (Different("record", "a record that can be read", told),))
        different = [
            *_verdicts(case, options),
            *_facts(case, options),
            *_next_test(case, options),
        ]
        return CaseResult(case, tuple(different), options)

    def _options(self, case: CuratorCase) -> Options:
        knowledge = self._knowledge
        reader = ValueReader(knowledge.facts, case.on)
        dictionaries = Dictionaries(reader, self._names, self._codes, knowledge.drugs, case.on)
        record = read_form(case.record, dictionaries, lambda path: case.place, case.id)
        key = (case.on, case.authority)
        if key not in self._rules:
            self._rules[key] = RuleSet(knowledge, case.on, case.authority)
        return find_options(derive(record, knowledge, case.on), self._rules[key])


# --- comparing ----------------------------------------------------------------------------


def _verdicts(case: CuratorCase, options: Options) -> Iterator[Different]:
    answers = {answer.option.id: answer for answer in options.options}
    known = options.knowledge.options
    for name, expected in case.expect.items():
        answer = answers.get(name)
        if name not in known:
            yield Different(name, expected.verdict, "there is no such option")
            continue
        came = answer.verdict.value if answer is not None else NOT_LISTED
        if came != expected.verdict:
            yield Different(name, expected.verdict, came, answer)
        elif answer is not None:
            yield from _conditions(name, answer, expected)


def _conditions(name: str, answer: OptionAnswer, expected: Expected) -> Iterator[Different]:
    for wanted, which, kind in (
        (expected.deciding, Answer.NO, "no"),
        (expected.unknown, Answer.UNKNOWN, "unknown"),
    ):
        texts = [
            f"{flat(c.criterion.when)} | {c.criterion.label}"
            for c in answer.criteria
            if c.answer is which
        ]
        if which is Answer.NO and not texts:
            texts = [
                c.caution.id
                for c in answer.cautions
                if c.answer is Answer.YES and c.caution.effect == "contraindicated"
            ]
        came = f"{kind}: {'; '.join(texts) or 'none'}"
        for part in wanted:
            if not any(part in text for text in texts):
                yield Different(name, f"{kind}: {part}", came, answer)
        # Where the conditions that say no are named, they are all named.
        surplus = [t for t in texts if wanted and not any(part in t for part in wanted)]
        if which is Answer.NO and surplus:
            yield Different(name, f"{kind}: {'; '.join(wanted)} and no other", came, answer)


def flat(when: object) -> str:
    """A condition as one line of its parts, for looking up words in it.

    >>> flat({"any": ["a is yes", {"not": "b is no"}]})
    'a is yes; b is no'
    """
    if isinstance(when, dict):
        return "; ".join(flat(part) for part in when.values() if not isinstance(part, int))
    return "; ".join(map(flat, when)) if isinstance(when, list | tuple) else str(when)


def _facts(case: CuratorCase, options: Options) -> Iterator[Different]:
    for name, expected in case.facts.items():
        answers = options.derived.get(name)
        if answers is None:
            yield from _base_fact(name, expected, options)
        elif isinstance(expected, dict) and "not" not in expected:
            yield from _each_value(name, expected, answers)
        else:
            yield from _one_value(name, expected, answers)


def _each_value(name: str, expected: Tree, answers: Mapping[str, Answer]) -> Iterator[Different]:
    for value, wanted in expected.items():
        came = answers[value].value if value in answers else "there is no such value"
        if came != str(wanted):
            yield Different(f"{name} is {value}", str(wanted), came)


def _one_value(name: str, expected: object, answers: Mapping[str, Answer]) -> Iterator[Different]:
    said = {value: answer.value for value, answer in answers.items()}
    if "no" not in said and set(said) == {"yes"}:
        said["no"] = answers["yes"].not_().value
    if expected == "unknown":
        right = "unknown" in said.values() and "yes" not in said.values()
    elif isinstance(expected, dict):
        right = said.get(str(expected["not"])) == "no"
    else:
        right = said.get(str(expected)) == "yes"
    if not right:
        yield Different(name, _shown(expected), ", ".join(f"{v}: {a}" for v, a in said.items()))


def _base_fact(name: str, expected: object, options: Options) -> Iterator[Different]:
    chosen = options.facts.chosen.get(name)
    if chosen is None:
        yield Different(name, _shown(expected), "there is no such fact")
        return
    value = chosen.value
    if isinstance(value, Absent):
        right = expected == "unknown"
    elif isinstance(value, Choice):
        known = value.known
        wanted = expected["not"] if isinstance(expected, dict) and "not" in expected else expected
        right = (
            str(wanted) not in value.possible if wanted is not expected else known == str(wanted)
        )
    else:
        right = words_of(value) == str(expected)
    if not right:
        yield Different(name, _shown(expected), words_of(value))


def _shown(expected: object) -> str:
    return f"not {expected['not']}" if isinstance(expected, dict) else str(expected)


def _next_test(case: CuratorCase, options: Options) -> Iterator[Different]:
    if case.next_test is None:
        return
    tests = [missing.id for missing in options.missing.single if missing.kind == "test"]
    came = tests[0] if tests else "none"
    if came.partition(":")[0] != case.next_test:
        yield Different("next_test", case.next_test, came)


def failures(results: Sequence[CaseResult]) -> list[CaseResult]:
    """The cases that came out otherwise than expected."""
    return [result for result in results if result.different]
