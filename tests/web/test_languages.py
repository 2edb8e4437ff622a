"""Every sentence of the pages can be translated: a made-up language finds those that were forgotten.

What is said through a catalogue stands in wide letters between brackets. Whatever is left in plain letters was
written into the page itself, and stays English for somebody who reads no English.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from importlib import resources

import pytest

from fingerpost import messages
from fingerpost.errors import Problem
from fingerpost.messages import later
from fingerpost.web import protection
from fingerpost.web.pages.knowledge import SOURCE_KINDS
from fingerpost.web.routes import PAGES
from fingerpost.web.told import told, told_problems
from tests.unit.report.pseudo import Strange, names_in, strange, whole

from .conftest import Person
from .walking import OPTION, OWN_TREATMENT, paths

LANGUAGE = "en-XA"
# Attributes that are shown or read aloud; those of data are put into the page by a style or by a script.
HEARD = re.compile(
    r"aria-label|aria-description|aria-roledescription|alt|title|placeholder|data-.+"
)
# What is written in files or typed stands as it is, in every language.
_NO_WORDS = frozenset({"script", "style", "code"})
# A word that leads somewhere does not part the text around it.
_INLINE = frozenset({"a", "b", "em", "mark"})
_VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "wbr"})
# Where to read on, and where a file lies.
_ADDRESSES = re.compile(r"https?://\S+|(?:/[\w.-]+){2,}")
# What the invented people wrote: own words are in the person's language, whatever it is.
_OWN_WORDS = {
    *("ESR1 p.D538G detected", "PD-L1 (22C3) CPS 12", "Letrozol", "Herceptinn", "estrogn", "pain"),
    *("Estrogen receptor: positive, 90 %", "Estrogen receptor: positive", "HER2 IHC: 1+"),
}
# A place in a record: joined by points, slashes or low lines, with numbers in brackets.
_PLACES = re.compile(r"\b[\w-]+(?:\[\d+\])?(?:[._/][\w-]+(?:\[\d+\])?)+|\b\w+\[\d+\]")


class Reader(HTMLParser):
    """What somebody reads or hears of a page, piece by piece; what is said to be English is passed over."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self._goes_on = False

    @property
    def _is_passed_over(self) -> bool:
        return bool(self._open) and self._open[-1][1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._goes_on = self._goes_on and tag in _INLINE
        if not self._is_passed_over:
            self.pieces += [v for name, v in attrs if v and HEARD.fullmatch(name)]
            if tag == "input" and given.get("type") in ("submit", "button", "reset"):
                self.pieces.append(given.get("value") or "")
        if tag not in _VOID:
            quoted = given.get("lang", LANGUAGE) != LANGUAGE or tag in _NO_WORDS
            self._open.append((tag, quoted or self._is_passed_over))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        self._goes_on = self._goes_on and tag in _INLINE
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._is_passed_over:
            return
        if self._goes_on:
            self.pieces[-1] += data
        else:
            self.pieces.append(data)
        self._goes_on = True


def pieces(html: str) -> list[str]:
    reader = Reader()
    reader.feed(html)
    return [" ".join(each.split()) for each in reader.pieces if each.strip()]


# --- a person who reads the made-up language ------------------------------------------------


@pytest.fixture(autouse=True)
def strangely(monkeypatch) -> None:
    """The made-up language is one of the package's, as far as anybody asks for it."""
    known = messages.catalogue

    def catalogue(language: str, domain: messages.Domain = "fingerpost") -> object:
        return Strange(domain) if language == LANGUAGE else known(language, domain)

    monkeypatch.setattr(messages, "catalogue", catalogue)


@pytest.fixture(scope="module")
def left(knowledge) -> Callable[[str], dict[str, list[str]]]:
    """What stands on a page in plain letters and is no name, by the piece it stands in."""
    names = names_in(knowledge) | _OWN_WORDS
    names |= {code.code for drug in knowledge.drugs.values() for code in drug.codes}
    titles, others = whole({name for name in names if " " in name}), whole(names)

    @cache
    def runs(piece: str) -> list[str]:
        if not re.search("[A-Za-z]{2}", piece):
            return []
        rest = others.sub(" ", _PLACES.sub(" ", _ADDRESSES.sub(" ", titles.sub(" ", piece))))
        return re.findall("[A-Za-z]{2,}", rest)

    return lambda html: {piece: found for piece in pieces(html) if (found := runs(piece))}


@dataclass
class Visitor:
    """Somebody whose pages are all looked at: what is left in plain letters is gathered by page."""

    person: Person
    left: Callable[[str], dict[str, list[str]]]
    found: dict[str, dict[str, list[str]]] = field(default_factory=dict)

    def get(self, path: str, *statuses: int) -> str:
        return self._seen(path, self.person.client.get(path, follow_redirects=True), statuses)

    def post(self, path: str, *statuses: int, files: object = None, **fields: object) -> str:
        answer = self.person.client.post(
            path,
            data={"token": self.person.session.token, **fields},
            files=files,
            follow_redirects=True,
        )
        return self._seen(f"{path} {fields or files}", answer, statuses)

    def _seen(self, what: str, answer, statuses: tuple[int, ...]) -> str:
        assert answer.status_code in (statuses or (200,)), f"{what}: {answer.status_code}"
        if answer.headers["content-type"].startswith("text/html"):
            assert f'<html lang="{LANGUAGE}"' in answer.text, what
            if words := self.left(answer.text):
                self.found[what] = words
        return answer.text


@pytest.fixture
def visitor(person: Person, left, knowledge) -> Callable[..., Visitor]:
    def come(example: str | None, who: str) -> Visitor:
        person.get("/begin")
        person.session.answers.who = who
        person.session.answers.language = LANGUAGE
        if example is not None:
            person.session.answers.treatments = [dict(OWN_TREATMENT)]
            person.bring(example, knowledge)
        return Visitor(person, left)

    return come


PEOPLE = [
    ("maria.yaml", "me"),
    ("nora.json", "professional"),
    ("beth.yaml", "someone"),
    ("maria.yaml", "professional"),
    (None, "me"),
    (None, "professional"),
]


# --- every page -----------------------------------------------------------------------------


@pytest.mark.parametrize(("example", "who"), PEOPLE)
def test_no_page_has_a_hard_coded_word(visitor, knowledge, example, who) -> None:
    somebody = visitor(example, who)
    # Who told of no treatment reads that there is no such page.
    usual = (200,) if example else (200, 404)
    for path in paths(knowledge):
        somebody.get(path, *usual)
    assert not somebody.found, json.dumps(somebody.found, ensure_ascii=False, indent=1)


def test_no_question_word_medicine_or_test_has_a_hard_coded_word(visitor, knowledge) -> None:
    following, somebody = knowledge.following, visitor("maria.yaml", "professional")
    wanted = [f"/questions/{name}" for name in following.interview]
    wanted += [f"/what-if/{name}" for name in list(knowledge.facts)[::6]]
    wanted += [f"/when-to-call/{name}" for name in following.symptoms]
    wanted += [f"/words/{name}" for name in list(following.terms)[::12]]
    wanted += [f"/explained/{name}" for name in following.explainers]
    wanted += [f"/knowledge/drugs/{name}" for name in list(knowledge.drugs)[::6]]
    wanted += [f"/knowledge/tests/{name}" for name in list(knowledge.tests)[::3]]
    wanted += [f"/knowledge/options/{name}" for name in list(knowledge.options)[::12]]
    wanted += [f"/knowledge/sources?kind={kind}" for kind in SOURCE_KINDS]
    for path in wanted:
        somebody.get(path)
    assert not somebody.found, json.dumps(somebody.found, ensure_ascii=False, indent=1)


def test_no_page_of_another_day_or_authority_has_a_hard_coded_word(visitor) -> None:
    somebody = visitor("maria.yaml", "professional")
    for day, authority in (("2021-06-01", "fda"), ("2026-11-26", "nice"), ("2026-11-26", "ema")):
        somebody.post("/professional", on=day, authority=authority)
        for path in ("/professional/authorities", "/results", "/tests", "/knowledge/drugs"):
            somebody.get(path)
    assert not somebody.found, json.dumps(somebody.found, ensure_ascii=False, indent=1)


# --- what comes back when something is wrong, or is tried --------------------------------------

_PDF = ("report.pdf", b"%PDF-1.4 damaged")
_NO_TEXT = ("report.txt", b"\xff\xfe\x00\x00\x9f")
_NO_JSON = ("export.json", b'{"resourceType": ')
_NO_FORM = ("answers.yaml", b"fingerpost: 1\nfacts: {er_percent: 400, colour: red}\n")
_NOTHING = ("report.txt", b"Shopping: milk, bread.")
_TEXT = ("report.txt", b"Estrogen receptor: positive, 90 %. HER2 IHC: 1+.")
_BAD_ANSWERS: Sequence[tuple[str, Mapping[str, object]]] = (
    ("/begin", {}),
    ("/questions/er", {}),
    ("/questions/er", {"number": "many"}),
    ("/questions/er", {"number": "4000"}),
    ("/questions/er", {"number": "40 mm"}),
    ("/questions/nodes", {"number": "1.5"}),
    ("/questions/er", {"number": "40", "answer": "absent:not_known"}),
    ("/questions/birth-date", {"year": "3000"}),
    ("/questions/birth-date", {"year": "1968", "day": "12"}),
    ("/treatments", {}),
    ("/treatments", {"none": "yes"}),
    ("/treatments/new", {}),
    ("/treatments/new", {"drugs": "letrozole", "start_year": "3000"}),
    ("/treatments/1", {"drugs": "letrozole", "start_year": "2020", "end_year": "2010"}),
    ("/matters", {"matters": ["tablets", "fewer_visits", "keeping_hair", "living_long"]}),
    ("/upload", {}),
    ("/compare", {}),
    (f"/options/{OPTION}/visits", {"start": "tomorrow"}),
    (f"/options/{OPTION}/visits", {"start": "1850-01-01"}),
    ("/what-if/esr1_mutation", {}),
    ("/what-if/treatments/1", {}),
    ("/when-to-call", {"number": "0" * 200}),
    ("/my-questions", {"new": ""}),
    ("/my-questions", {"new": "ж" * 400}),
    ("/my-page", {}),
    ("/diary", {"do": "add", "date": "today"}),
    ("/diary", {"do": "add", "date": "2040-01-01", "symptom": "pain"}),
    ("/diary", {"do": "load"}),
    ("/professional", {"on": "then", "authority": "nobody"}),
    ("/reading", {}),
)


@pytest.mark.parametrize("who", ["me", "professional"])
def test_no_answer_with_problems_has_a_hard_coded_word(visitor, who) -> None:
    somebody = visitor("maria.yaml", who)
    for path, fields in _BAD_ANSWERS:
        usual = (200,) if who == "me" and path == "/professional" else (422,)
        somebody.post(path, *usual, **fields)
    for name, content in (_PDF, _NO_TEXT, _NO_JSON, _NO_FORM, _NOTHING):
        somebody.post("/upload", 422, files={"files": (name, content)})
    for path in (
        "/knowledge/changes?earlier=then",
        "/knowledge/changes?earlier=2026-01-01&later=2025-01-01",
    ):
        somebody.get(path)
    for path in ("/nowhere", "/options/nothing", "/words/nothing", "/treatments/9"):
        somebody.get(path, 404)
    assert not somebody.found, json.dumps(somebody.found, ensure_ascii=False, indent=1)


# What a form leads on to when nothing is wrong, and where nothing ever is.
_GOOD_ANSWERS: Sequence[tuple[str, Mapping[str, object]]] = (
    ("/what-if/esr1_mutation", {"answer": "value:absent"}),
    ("/what-if/treatments/1", {"end_reason": "progression"}),
    ("/when-to-call/fever", {"answer": "unknown", "worried": "yes"}),
    ("/when-to-call/how-soon", {"worried": "no"}),
    ("/words", {"word": "estrogn"}),
    ("/words", {"word": "жжж"}),
    ("/treatments/new", {"drugs": "Letrozol"}),
    ("/treatments/new", {"drugs": "Herceptinn, жжж"}),
    (f"/options/{OPTION}/visits", {"start": "2026-12-01"}),
    ("/results/authority", {"authority": "ema"}),
    ("/diary", {"do": "begin"}),
    ("/diary", {"do": "add", "date": "2026-11-20", "symptom": "pain", "how_bad": "3"}),
    ("/questions/sex", {"answer": "value:male"}),
    ("/two-answers", {"to": "check"}),
    ("/treatments/leave-out", {"which": "0-0"}),
    ("/save", {}),
    ("/professional/keep", {"what": "facts"}),
)


def test_no_page_after_an_answer_has_a_hard_coded_word(visitor) -> None:
    somebody = visitor("maria.yaml", "me")
    for path, fields in _GOOD_ANSWERS:
        somebody.post(path, **fields)
    options = re.findall(r'name="option" value="([^"]+)"', somebody.get("/compare"))
    somebody.post("/compare", option=options[:2])
    for path in ("/two-answers", "/check", "/my-page", "/results"):
        somebody.get(path)
    somebody.post("/upload", files={"files": _TEXT})
    somebody.post("/upload/read")
    somebody.post("/upload/leave-out", which="9")
    somebody.post("/upload", 422, files=[("files", _TEXT), ("files", _PDF)])
    assert not somebody.found, json.dumps(somebody.found, ensure_ascii=False, indent=1)


def test_every_form_is_sent_once() -> None:
    """Whoever adds a form adds it here, with what can be wrong in it."""
    sent = {path for path, _fields in (*_BAD_ANSWERS, *_GOOD_ANSWERS)}
    sent |= {"/upload/read", "/upload/leave-out", "/delete"}  # after this nobody has a language
    for page in PAGES:
        if page.post is not None:
            there = re.compile(re.sub(r"{\w+}", "[^/]+", page.path))
            assert any(there.fullmatch(path) for path in sent), page.path


def test_who_is_refused_reads_why_in_plain_words_of_the_catalogue(visitor) -> None:
    somebody = visitor("maria.yaml", "me")
    client = somebody.person.client
    refused = [
        client.post("/begin", data={"token": "another"}),
        client.post("/begin", content=b"x" * (protection.MOST_BYTES + 1)),
        client.get("/", headers={"host": "elsewhere.example"}),
    ]
    assert [each.status_code for each in refused] == [403, 413, 421]
    # Whoever asks in another name has no session, and so no language.
    assert [somebody.left(each.text) for each in refused[:2]] == [{}, {}]


# --- what is said by a script, and by readers of records ----------------------------------------


def test_a_script_says_only_what_the_page_gives_it(visitor) -> None:
    script = resources.files("fingerpost.web").joinpath("static/extras.js").read_text("utf-8")
    shown = re.findall(
        r"\b(?:button\(|(?:textContent|innerText|title|alt|ariaLabel) = )([^,;]+)", script
    )
    assert shown
    for each in shown:
        assert re.fullmatch(r"text|reading \? words\.\w+ : words\.\w+|words\.\w+", each.strip()), (
            each
        )
    assert not re.search(r"innerHTML|setAttribute\(|insertAdjacent|alert\(|confirm\(", script)
    page = visitor(None, "me").get("/")
    for name in set(re.findall(r"\bwords\.(\w+)", script)):
        assert re.search(rf'<script src="/static/extras.js"[^>]* data-{name}="⟦', page), name


def test_what_no_catalogue_has_is_read_aloud_as_english(knowledge) -> None:
    speech = messages.speech_in(LANGUAGE)
    with messages.saying(speech):
        assert told("something <odd>") == '<span lang="en">something &lt;odd&gt;</span>'
        assert told("check it yourself") == strange("check it yourself")
        assert "⟦" in told(later("%(fact)s needs a number", fact="age"))
        (problem,) = told_problems([Problem("x", "y", "odd thing")], knowledge)
        assert problem.what == '<span lang="en">Odd thing</span>'
    number = later("%(fact)s needs a number", fact="er_percent")
    assert told(number, knowledge) == f"“{knowledge.facts['er_percent'].label}” needs a number"
    assert told("something odd", begins=True) == "Something odd"


# --- the looking itself ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "html",
    [
        "<p>Hard-coded</p>",
        '<p aria-label="Hard-coded"></p>',
        '<td data-label="Hard-coded">⟦…⟧</td>',
        '<input placeholder="Hard-coded">',
        "<svg><title>Hard-coded</title></svg>",
        '<p lang="en">quoted</p><p>Hard-coded',
        "<p>⟦…⟧ <b>Hard-coded</b></p>",
    ],
)
def test_a_hard_coded_word_is_found(left, html) -> None:
    assert "coded" in [word for found in left(html).values() for word in found]


def test_names_quotations_and_what_is_typed_are_passed_over(left) -> None:
    page = (
        '<p>⟦…⟧ Kisqali, FDA, HER2</p><p><span lang="en">“in <a>women</a>”</span></p>'
        "<code>age is known</code><script>const word = 1;</script><p>treatments[0].drugs</p>"
    )
    assert left(page) == {}
