"""`--spelling`: what patients read, as it is spelled where they live; on the real knowledge."""

from __future__ import annotations

import json
import re

import pytest
from click.testing import CliRunner

from fingerpost.cli import main
from fingerpost.messages.spelling import whole_words
from tests.whole import whole_knowledge

KNOWN = whole_knowledge()
US = whole_words(KNOWN.following.spelling)
ON = ("--on", "2026-11-22")
OPTION = ("--option", "fda.ribociclib.advanced-with-fulvestrant")
EXAMPLES = [f"examples/{name}.yaml" for name in ("maria", "grace", "hanna", "ines", "sam", "beth")]
EXAMPLES += ["examples/nora.json", "examples/amina_fhir.json", "examples/amina_notes.yaml"]
COMMANDS = {
    "report": ("report",),
    "html": ("report", "--format", "html", *OPTION, "--audience", "professional"),
    "plan": ("plan", *OPTION, "--explain", "--start", "2026-12-01"),
    "table": ("plan", *OPTION, "--format", "csv"),
    "symptoms": ("symptoms",),
}
# Ids, addresses and the quoted words of a record stay as they are.
_NAME = re.compile(r"\S*(?:_|://|\w[.:]\w)\S*|\[\S+\]")
_SOURCE = re.compile(r"Source: .*?, read on [\d-]+\)\.")
_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|&#34;.*?&#34;")


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exit_code == 0, result.output
    return result.output


def words_of(output: str) -> str:
    """What is read: without the style sheet and the tags, and however lines are broken."""
    text = re.sub(r"<style>.*?</style>", "", output, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", " ", text).split())


def without_titles(text: str) -> str:
    """A document is called what it is called, however its readers spell."""
    for source in KNOWN.sources.values():
        text = text.replace(" ".join(source.title.split()), "")
    return text


@pytest.mark.parametrize("example", EXAMPLES)
@pytest.mark.parametrize("name", COMMANDS)
def test_nothing_but_spelling_changes_and_no_us_word_is_left(example, name) -> None:
    command, *more = COMMANDS[name]
    american = run(command, example, *ON, *more, "--spelling", "en-US")
    british = run(command, example, *ON, *more, "--spelling", "en-GB")
    assert run(command, example, *ON, *more) == american
    us, gb = words_of(american), words_of(british)
    assert US.findall(_NAME.sub("", _QUOTED.sub("", without_titles(gb)))) == []
    assert _QUOTED.findall(us) == _QUOTED.findall(gb)
    assert re.findall(r"\d[\d.,:-]*", us) == re.findall(r"\d[\d.,:-]*", gb)
    assert _NAME.findall(us) == _NAME.findall(gb)
    assert max(map(len, british.splitlines())) <= 100 or name in ("html", "table")


@pytest.mark.parametrize(
    ("asked", "tag"),
    [
        ((), "en-US"),
        (("--spelling", "en-GB"), "en-GB"),
        (("--authority", "nice"), "en-GB"),
        (("--authority", "ema"), "en-GB"),
        (("--authority", "nice", "--spelling", "en-US"), "en-US"),
    ],
)
def test_the_authority_spells_as_it_does_itself_unless_asked(asked, tag) -> None:
    page = run("report", "examples/nora.json", *ON, "--format", "html", *asked)
    assert f'<html lang="{tag}">' in page
    assert ("Oestrogen receptor" in page) is (tag == "en-GB")


@pytest.mark.parametrize("form", ["text", "html"])
def test_what_is_explained_is_spelled_too_but_for_titles_of_sources(form) -> None:
    for name in [*KNOWN.following.explainers, "anemia", "genetic_counseling"]:
        asked = ("explain", name, "--format", form, "--spelling")
        us, gb = words_of(run(*asked, "en-US")), words_of(run(*asked, "en-GB"))
        assert _SOURCE.findall(us) == _SOURCE.findall(gb)
        assert US.findall(_NAME.sub("", _QUOTED.sub("", _SOURCE.sub("", gb)))) == []
        assert "\ue000" not in gb


@pytest.mark.parametrize("word", ["tumour marker", "lymphoedema", "anaemia", "Genetic counselling"])
def test_a_word_is_found_as_the_british_spell_it(word) -> None:
    assert word.casefold() in run("explain", word, "--spelling", "en-GB").casefold()


def test_a_british_reader_is_sent_to_a_and_e() -> None:
    text = " ".join(run("symptoms", *ON, "--authority", "nice").split())
    assert "go to A&E." in text
    assert "emergency room" not in text


@pytest.mark.parametrize("command", [("report",), ("plan", *OPTION), ("symptoms",)])
def test_json_is_spelled_as_the_knowledge_is(command) -> None:
    asked = (*command[:1], "examples/nora.json", *command[1:], *ON, "--format", "json")
    american = run(*asked)
    assert run(*asked, "--spelling", "en-GB") == american
    assert json.loads(american)["ok"] is True


def test_a_spelling_that_is_not_there_is_refused() -> None:
    result = CliRunner().invoke(main, ["symptoms", "--spelling", "en-AU"])
    assert result.exit_code == 12
