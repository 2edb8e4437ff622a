"""Every sentence of the pages can be translated: a made-up language finds those that were forgotten."""

from __future__ import annotations

import ast
import datetime as dt
import re
import shutil
import string
from dataclasses import fields, replace
from gettext import NullTranslations
from html import unescape
from pathlib import Path

import pytest

import fingerpost as fp
from fingerpost.cli.plan import with_guidelines
from fingerpost.facts.model import Facts
from fingerpost.plan.diary import Entry
from fingerpost.plan.make import make_plan
from fingerpost.plan.symptoms import Said, Told
from fingerpost.report import messages
from fingerpost.report.calendar import plan_as_calendar
from fingerpost.report.explained import Explained, explained_text
from fingerpost.report.html.pages import diary_as_html, explained_as_html, report_as_html
from fingerpost.report.messages import catalogue, speaking
from fingerpost.report.plan_said import plan_document
from fingerpost.report.sheet_said import sheet_document
from fingerpost.report.symptoms_said import symptoms_document
from fingerpost.report.text.diary import diary_text
from fingerpost.report.text.plan import plan_text
from fingerpost.report.text.sheet import sheet_text
from fingerpost.report.text.symptoms import symptoms_text

ON = dt.date(2026, 11, 22)
REPORT = Path(messages.__file__).parents[1]
TEMPLATE = REPORT / "messages" / "fingerpost.pot"
# The wide form of every letter: it can be read, has small and large ones, and no sentence here is written in it.
_WIDE = str.maketrans({letter: chr(ord(letter) + 0xFEE0) for letter in string.ascii_letters})
# What a document says with a word that a page is chosen by, and does not print as it stands.
_CHOOSES = frozenset(
    (
        *("verdict", "level", "state", "how_common", "applies", "on", "date", "start", "holds"),
        *("verified_through", "kind", "id", "rule", "audience", "wish", "more_of", "of", "make"),
        "checked_how",
    )
)


def strange(text: str) -> str:
    """The text with letters that no sentence written here has; places stay as they are."""
    parts = re.split(r"(%\(\w+\)s|%%)", text)
    parts[::2] = [part.translate(_WIDE) for part in parts[::2]]
    return "".join(parts)


class Strange(NullTranslations):
    """A language in which every letter is another one."""

    def gettext(self, message: str) -> str:
        return strange(message)

    def ngettext(self, one: str, many: str, number: int) -> str:
        return strange(one if number == 1 else many)


def strangely(said, key=""):
    """A document as if knowledge and record were in that language, too."""
    if isinstance(said, dict):
        return {name: strangely(part, name) for name, part in said.items()}
    if isinstance(said, list):
        return [strangely(part, key) for part in said]
    return strange(said) if isinstance(said, str) and key not in _CHOOSES else said


def english_in(page: str) -> list[str]:
    """Words in plain letters that somebody would read or hear."""
    page = re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    heard = re.findall(r'(?:aria-label|alt|title)="([^"]*)"', page)
    shown = re.sub(r"<[^>]*>", " ", page)
    text = unescape(" ".join([shown, *heard]))
    # What is typed is the same in every language.
    text = re.sub(r"fingerpost\s+explain\s+\w+", "", text)
    return re.findall(r"[A-Za-z]{2,}", text)


@pytest.fixture(scope="module")
def knowledge():
    return fp.load_knowledge()


def facts_of(example: str, knowledge) -> Facts:
    content = Path("examples", example).read_bytes()
    return fp.derive(fp.read_record(content, knowledge, on=ON), knowledge, ON)


@pytest.fixture(scope="module", params=["maria.yaml", "grace.yaml", "hanna.yaml", "nora.json"])
def documents(request, knowledge):
    found = fp.find_options(facts_of(request.param, knowledge), fp.RuleSet(knowledge, ON, "fda"))
    found = with_guidelines(found)
    names = ("fda.ribociclib.advanced-with-fulvestrant", "fda.trastuzumab.metastatic")
    names = [each.option.id for each in found.options if each.option.id in names] or names[:1]
    plans = [
        plan_document(make_plan(found, name, start=start), found, audience=audience)
        for name in names
        for start, audience in ((None, "patient"), (ON, "professional"))
    ]
    return strangely(sheet_document(found)), [strangely(plan) for plan in plans]


@pytest.fixture
def spoken():
    with speaking("x-strange", sentences=Strange()):
        yield


def test_no_sentence_of_the_page_is_hard_coded(documents, spoken) -> None:
    sheet, plans = documents
    page = report_as_html(sheet, plans)
    assert '<html lang="x-strange">' in page
    assert english_in(page) == []


def test_no_sentence_of_the_texts_is_hard_coded(documents, spoken) -> None:
    sheet, plans = documents
    assert english_in(sheet_text(sheet)) == []
    for plan in plans:
        assert english_in(plan_text(plan, explain=True)) == []
        assert english_in(plan_text(plan)) == []


def test_no_sentence_of_a_calendar_is_hard_coded(documents, spoken) -> None:
    _, plans = documents
    text = plan_as_calendar(plans[-1]).replace("\r\n ", "")
    said = [line.partition(":")[2] for line in text.splitlines() if line.startswith("DESC")]
    assert said
    assert english_in("\n".join(said).replace("\\n", " ")) == []


@pytest.mark.parametrize(
    "said",
    [
        Said(),
        Said((Told("diarrhea"), Told("fever", "usual", frozenset())), worried=True),
        Said((Told("diarrhea", "more", frozenset()),), worried=False),
    ],
)
def test_no_sentence_of_when_to_call_is_hard_coded(said, knowledge, spoken) -> None:
    for facts in (None, facts_of("maria.yaml", knowledge)):
        document = symptoms_document(facts, knowledge, said=said, on=ON, authority=None)
        # An answer is typed by its id, which is the same in every language.
        ids = {name for each in knowledge.following.symptoms.values() for name in each.answers}
        words = english_in(symptoms_text(strangely(document)))
        assert set(words) <= {word for name in ids for word in name.split("_")}
        assert not words or said.symptoms


def test_no_sentence_of_the_diary_is_hard_coded(spoken) -> None:
    entries = [
        Entry(dt.date(2026, 11, day), "x", how_often=day, how_bad=day, in_the_way=day)
        for day in (1, 2, 3, 4)
    ]
    entries.append(Entry(dt.date(2026, 11, 5), "x"))
    assert english_in(diary_as_html(entries)) == []
    # The name of the command is the same in every language.
    assert set(english_in(diary_text(entries))) <= {"fingerpost", "symptoms"}
    assert english_in(diary_text([])) == ["fingerpost", "diary", "add", "nausea", "how", "bad"]


def test_no_sentence_of_an_explanation_is_hard_coded(knowledge, spoken) -> None:
    """The knowledge is English: what is left without it is the frame."""
    for each in knowledge.following.explainers.values():
        found = Explained("", (_strange_explainer(each),), ())
        page = re.sub(r"<svg.*?</svg>", "", explained_as_html(found, knowledge), flags=re.DOTALL)
        assert english_in(page) == []
        assert english_in(explained_text(found, knowledge)) == []


def _strange_explainer(explainer):
    said = {
        field.name: strange(value)
        for field in fields(explainer)
        if isinstance(value := getattr(explainer, field.name), str)
        and field.name not in ("id", "kind", "state", "source", "place", "drawing")
    }
    paragraphs = tuple(map(strange, explainer.paragraphs))
    return replace(explainer, **{**said, "paragraphs": paragraphs, "source": None})


# --- the catalogue ------------------------------------------------------------------------


def _written() -> set[str]:
    """Every sentence that code hands to gettext, also inside an f-string, where Babel sees none."""
    found: set[str] = set()
    for path in REPORT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                count = {"_": 1, "marked": 1, "ngettext": 2}.get(node.func.id, 0)
                given = node.args[:count]
                found |= {each.value for each in given if isinstance(each, ast.Constant)}
                assert not any(isinstance(each, ast.JoinedStr) for each in given), path
    return found


def test_every_sentence_of_the_code_is_in_the_catalogue() -> None:
    quoted = re.sub(r'"\n"', "", TEMPLATE.read_text(encoding="utf-8"))
    known = set(re.findall(r'^msgid(?:_plural)? "(.*)"$', quoted, flags=re.MULTILINE))
    assert {each for each in _written() if each.replace('"', '\\"') not in known} == set()


def test_a_language_is_one_file(tmp_path, monkeypatch) -> None:
    tool = pytest.importorskip("tools.messages", reason="Babel is not installed (make setup)")
    (tmp_path / "src/fingerpost").mkdir(parents=True)
    shutil.copytree(REPORT, tmp_path / "src/fingerpost/report")
    assert tool.main(["--add", "pt-BR"], tmp_path) == 0
    path = tmp_path / tool.MESSAGES / "pt-BR.po"
    text = path.read_text(encoding="utf-8")
    said = 'msgid "My questions"\nmsgstr "'
    assert said in text
    path.write_text(text.replace(said, f"{said}Minhas perguntas"), encoding="utf-8")
    assert tool.main(["--check"], tmp_path) == 1  # the compiled file is not up to it yet
    assert tool.main([], tmp_path) == 0
    assert tool.main(["--check"], tmp_path) == 0
    monkeypatch.setattr("importlib.resources.files", lambda _: tmp_path / tool.MESSAGES)
    catalogue.cache_clear()
    with speaking("pt-BR"):
        assert messages.gettext("My questions") == "Minhas perguntas"
        assert messages.gettext("My cancer") == "My cancer"
    catalogue.cache_clear()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Conhecimento %(version)s", "other places"),
        ("<b>%(version)s %(day)s %(software)s %(authority)s</b>", "marks of HTML"),
        ("5% %(version)s %(day)s %(software)s %(authority)s", "percent sign"),
    ],
)
def test_a_translation_that_would_break_a_page_is_refused(said, told) -> None:
    tool = pytest.importorskip("tools.messages", reason="Babel is not installed (make setup)")
    from babel.messages.catalog import Catalog

    catalog = Catalog()
    sentence = (
        "Knowledge %(version)s, checked through %(day)s; software %(software)s; %(authority)s."
    )
    catalog.add(sentence, said)
    assert told in next(tool.unusable(catalog))
