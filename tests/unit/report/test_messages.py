"""Every sentence that people read can be translated: a made-up language finds those that were forgotten."""

from __future__ import annotations

import ast
import dataclasses
import datetime as dt
import re
import shutil
from html import unescape
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import fingerpost as fp
from fingerpost import messages
from fingerpost.cli.plan import with_guidelines
from fingerpost.cli.spelling import language_option
from fingerpost.facts.model import Facts
from fingerpost.knowledge.words import HOLDERS, NOT_WORDS, WORDS, words_of_knowledge
from fingerpost.messages import catalogue, offered, speaking, told
from fingerpost.plan.diary import Entry
from fingerpost.plan.make import make_plan
from fingerpost.plan.symptoms import Said, Told
from fingerpost.report.calendar import plan_as_calendar
from fingerpost.report.documents import as_json, missing_document, options_document
from fingerpost.report.explained import Explained, explained_text, list_text
from fingerpost.report.html.pages import diary_as_html, explained_as_html, report_as_html
from fingerpost.report.plan_said import plan_document
from fingerpost.report.sheet_said import sheet_document
from fingerpost.report.spoken import spoken
from fingerpost.report.symptoms_said import symptoms_document
from fingerpost.report.text.brief import brief_text
from fingerpost.report.text.choices import choices_text
from fingerpost.report.text.diary import diary_text
from fingerpost.report.text.missing import missing_text
from fingerpost.report.text.options import options_text
from fingerpost.report.text.plan import plan_text
from fingerpost.report.text.sheet import sheet_text
from fingerpost.report.text.symptoms import symptoms_text
from tests.whole import whole_knowledge

from .pseudo import IDS, known, names_in, plain_runs, pseudo, strange, whole

ON = dt.date(2026, 11, 22)
PACKAGE = Path(messages.__file__).parents[1]


@pytest.fixture(scope="module")
def knowledge():
    return whole_knowledge()


@pytest.fixture(scope="module")
def left(knowledge):
    """What stands on a page in plain letters and is no name."""
    names = names_in(knowledge)
    titles, others = whole({name for name in names if " " in name}), whole(names)

    def without(text: str) -> str:
        return others.sub(" ", IDS.sub(" ", titles.sub(" ", text)))

    def found(page: str) -> list[str]:
        if "<html" not in page:
            return plain_runs(without(page))
        page = re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
        parts = re.split(r"(<[^>]*>)", page)
        parts[::2] = [without(unescape(part)).replace("<", " ") for part in parts[::2]]
        parts[1::2] = [
            re.sub(
                r'((?:aria-label|alt|title)=")([^"]*)', lambda tag: tag[1] + without(tag[2]), part
            )
            for part in parts[1::2]
        ]
        return plain_runs("".join(parts))

    return found


def facts_of(example: str, knowledge) -> Facts:
    content = Path("examples", example).read_bytes()
    return fp.derive(fp.read_record(content, knowledge, on=ON), knowledge, ON)


@pytest.fixture(scope="module", params=["maria.yaml", "grace.yaml", "hanna.yaml", "nora.json"])
def found(request, knowledge):
    return with_guidelines(
        fp.find_options(
            facts_of(request.param, knowledge), fp.RuleSet(knowledge, ON, "fda"), pairs=True
        )
    )


@pytest.fixture
def strangely():
    with pseudo():
        yield


def plans_of(found):
    wanted = ("fda.ribociclib.advanced-with-fulvestrant", "fda.trastuzumab.metastatic")
    options = [each.option.id for each in found.options if each.option.id in wanted] or wanted[:1]
    return [
        plan_document(make_plan(found, name, start=start), found, audience=audience)
        for name in options
        for start, audience in ((None, "patient"), (ON, "professional"))
    ]


def test_no_sentence_of_the_page_is_hard_coded(found, knowledge, strangely, left) -> None:
    page = report_as_html(
        sheet_document(found), plans_of(found), terms=knowledge.following.terms.values()
    )
    assert '<html lang="en-XA">' in page
    assert left(page) == []


def test_no_sentence_of_the_texts_is_hard_coded(found, strangely, left) -> None:
    assert left(sheet_text(sheet_document(found))) == []
    for plan in plans_of(found):
        assert left(plan_text(plan, explain=True)) == []
        assert left(plan_text(plan)) == []


@pytest.mark.parametrize("audience", ["patient", "professional"])
def test_no_sentence_of_the_options_is_hard_coded(found, audience, strangely, left) -> None:
    # What a reader of records found odd is told by the record's own reader, which is not translated yet.
    document = {**options_document(found, audience=audience), "messages": []}
    assert left(options_text(document)) == []
    assert left(brief_text(document)) == []
    assert left(choices_text(found)) == []
    assert left(missing_text(missing_document(found))) == []


def test_no_sentence_of_an_explained_option_is_hard_coded(found, strangely, left) -> None:
    document = {**options_document(found, explain=True), "messages": []}
    assert left(options_text(document, explain=True)) == []


def test_no_sentence_of_a_calendar_is_hard_coded(found, strangely, left) -> None:
    for name_medicines in (False, True):
        text = plan_as_calendar(plans_of(found)[-1], name_medicines=name_medicines)
        text = text.replace("\r\n ", "")
        said = [
            line.partition(":")[2]
            for line in text.splitlines()
            if line.startswith(("DESC", "SUMMARY"))
        ]
        assert said
        assert left("\n".join(said).replace("\\n", " ").replace("\\", "")) == []


@pytest.mark.parametrize(
    "said",
    [
        Said(),
        Said((Told("diarrhea"), Told("fever", "usual", frozenset())), worried=True),
        Said((Told("diarrhea", "more", frozenset()),), worried=False),
    ],
)
def test_no_sentence_of_when_to_call_is_hard_coded(said, knowledge, strangely, left) -> None:
    for facts in (None, facts_of("maria.yaml", knowledge)):
        document = symptoms_document(facts, knowledge, said=said, on=ON, authority=None)
        # An answer is typed by its id, which is the same in every language.
        ids = {name for each in knowledge.following.symptoms.values() for name in each.answers}
        words = left(symptoms_text(document))
        assert set(words) <= {word for name in ids for word in name.split("_")}
        assert not words or said.symptoms


def test_no_sentence_of_the_diary_is_hard_coded(strangely, left) -> None:
    entries = [
        Entry(dt.date(2026, 11, day), "x", how_often=day, how_bad=day, in_the_way=day)
        for day in (1, 2, 3, 4)
    ]
    entries.append(Entry(dt.date(2026, 11, 5), "x"))
    assert left(diary_as_html(entries)) == []
    assert left(diary_text(entries)) == []
    # The command is the same in every language.
    assert left(diary_text([])) == ["diary", "add", "nausea"]


def test_no_sentence_of_an_explanation_is_hard_coded(knowledge, strangely, left) -> None:
    for each in knowledge.following.explainers.values():
        about = Explained("", (each,), ())
        assert left(explained_as_html(about, knowledge)) == []
        assert left(explained_text(about, knowledge)) == []
    # Each explainer is asked for by its id.
    ids = {*plain_runs(" ".join(knowledge.following.explainers).replace("_", " "))}
    assert set(left(list_text(knowledge))) <= ids


def test_what_is_english_stays_as_it_is(found, knowledge) -> None:
    """Outside of a language nothing is copied and nothing said otherwise."""
    assert spoken(found) is found
    before = as_json(options_document(found))
    with pseudo():
        assert spoken(knowledge) is not knowledge
        assert spoken(knowledge) is spoken(knowledge)
        assert as_json(options_document(found)) != before
    assert as_json(options_document(found)) == before


def test_a_command_offers_only_languages_that_are_whole() -> None:
    @click.command()
    def shown() -> None:
        click.echo(messages.language())

    assert len(language_option(shown, ("en-US",)).params) == 0
    offered_too = language_option(shown, ("en-US", "es"))
    run = CliRunner().invoke
    assert run(offered_too, ["--language", "es"]).output == "es\n"
    assert run(offered_too, []).output == "en-US\n"
    assert run(offered_too, ["--language", "fr"]).exit_code == 2


# --- the words of the knowledge -----------------------------------------------------------


def test_every_field_of_text_is_words_or_is_not() -> None:
    """Whoever adds a field says whether it is for people: a forgotten one would stay English for ever."""
    for shape in {*WORDS, *HOLDERS}:
        for field in dataclasses.fields(shape):
            # A table of other shapes is named by id; those have fields of their own.
            hint = re.sub(r"Mapping\[str, [A-Z]\w+\]", "", str(field.type))
            if re.search(r"\bstr\b", hint) and field.name not in WORDS.get(shape, ()):
                assert field.name in NOT_WORDS, f"{shape.__name__}.{field.name}"
    for shape, fields in WORDS.items():
        assert set(fields) <= {each.name for each in dataclasses.fields(shape)}


def test_every_word_of_the_knowledge_is_in_the_catalogue(knowledge) -> None:
    assert {text for text, _ in words_of_knowledge(knowledge)} <= known("knowledge")


def test_the_words_of_a_drawing_are_said_in_the_language(knowledge) -> None:
    with pseudo():
        drawing = spoken(knowledge).following.explainers["checkpoint_inhibitor"].drawing
    assert strange("Without the medicine") in drawing
    assert "<text" in drawing


def test_what_stands_in_quotation_marks_of_a_label_is_not_put_in_other_words(knowledge) -> None:
    with pseudo():
        options = spoken(knowledge).options
    for name, option in knowledge.options.items():
        for was, now in zip(option.windows, options[name].windows, strict=True):
            for before, after in zip(was.criteria, now.criteria, strict=True):
                assert not before.quoted or after.label == before.label


# --- the catalogue ------------------------------------------------------------------------


def _written() -> set[str]:
    """Every sentence that code hands to gettext, also inside an f-string, where Babel sees none."""
    found: set[str] = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                count = {"_": 1, "marked": 1, "later": 1, "ngettext": 2}.get(node.func.id, 0)
                given = node.args[:count]
                found |= {each.value for each in given if isinstance(each, ast.Constant)}
                assert not any(isinstance(each, ast.JoinedStr) for each in given), path
    return found


def test_every_sentence_of_the_code_is_in_the_catalogue() -> None:
    assert _written() <= known("fingerpost")


def test_a_language_is_two_files_and_is_offered_when_it_is_whole(tmp_path, monkeypatch) -> None:
    tool = pytest.importorskip("tools.messages", reason="Babel is not installed (make setup)")
    shutil.copytree(
        PACKAGE, tmp_path / "src/fingerpost", ignore=shutil.ignore_patterns("data", "*.po", "*.mo")
    )
    template = tool.templates(Path())
    small = {name: _some(each, 3) for name, each in template.items()}
    monkeypatch.setattr(tool, "templates", lambda _root: small)
    assert tool.main(["--add", "pt-BR"], tmp_path) == 0
    folder = tmp_path / tool.MESSAGES
    monkeypatch.setattr(messages, "_folder", lambda: folder)
    assert offered() == ("en-US",)  # nothing of it is translated
    for domain in tool.DOMAINS:
        path = folder / f"{domain}.pt-BR.po"
        text = path.read_text(encoding="utf-8")
        path.write_text(
            re.sub(r'^(msgid "(.+)"\nmsgstr )""', r'\1"\2 pt"', text, flags=re.MULTILINE), "utf-8"
        )
    assert tool.main(["--check"], tmp_path) == 1  # the compiled files are not there yet
    assert tool.main([], tmp_path) == 0
    assert tool.main(["--check"], tmp_path) == 0
    assert offered() == ("en-US", "pt-BR")
    catalogue.cache_clear()
    with speaking("pt-BR"):
        sentence, word = (next(m.id for m in each if m.id) for each in small.values())
        assert messages.gettext(sentence) == f"{sentence} pt"
        assert told(word) == f"{word} pt"
    catalogue.cache_clear()


def _some(catalog, most: int):
    """The first short sentences of a catalogue."""
    few = type(catalog)()
    for message in catalog:
        if isinstance(message.id, str) and message.id.isalpha() and len(few) < most:
            few.add(message.id)
    return few


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


def test_compiled_knowledge_is_translated_too(knowledge, tmp_path) -> None:
    """What is read later, when somebody first asks, must not stay English."""
    fp.load_knowledge(cache=tmp_path)
    compiled = fp.load_knowledge(cache=tmp_path)
    assert type(compiled.following.symptoms) is not type(knowledge.following.symptoms)
    with pseudo():
        assert "⟦" in spoken(compiled).following.symptoms["fever"].label


def test_a_language_spoken_more_than_once_forgets_what_an_answer_added(knowledge) -> None:
    with pseudo():
        base = messages._speech.get()
        spoken(knowledge)
        before = len(base.memory)
        with messages.saying(messages.once(base)):
            option = dataclasses.replace(next(iter(knowledge.options.values())))
            assert spoken(option) is not option
            assert spoken(knowledge) is base.memory[id(knowledge)][1]
        assert len(base.memory) == before
