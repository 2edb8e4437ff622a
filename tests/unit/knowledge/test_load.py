from __future__ import annotations

import os

import pytest

import fingerpost.knowledge
from fingerpost.errors import KnowledgeError
from fingerpost.knowledge.load import load_knowledge, main, read_files


def test_every_part_of_the_files_is_there(read, small):
    knowledge = read(small)
    assert knowledge.about.reviewed_by[0].role == "oncologist"
    assert knowledge.sources["label.one.2020"].published.isoformat() == "2020-02-29"
    assert knowledge.classes["anti_her2"].parents == ("targeted_therapy",)
    assert knowledge.drugs["fictimab"].biosimilars[0].brand == "Fictoo"
    assert knowledge.drugs["fictimab"].codes[0].code == "12345"
    assert knowledge.tests["her2_stain"].answers == ("her2_ihc",)
    assert list(knowledge.facts["her2_ihc"].values) == ["0", "1+", "2+", "3+"]
    assert knowledge.facts["her2_ihc"].groups == {"low_scores": ("0", "1+")}
    assert knowledge.facts["her2_ihc"].codes == {"loinc": ("85319-2",)}
    assert (knowledge.facts["her2_ihc"].current_for.amount) == 6
    assert knowledge.facts["ki67_percent"].range == (0, 100)
    assert knowledge.facts["pregnant"].changes_with_treatment
    assert knowledge.attributes["end"].type == "date"
    assert knowledge.derived["age"].start == "birth_date"
    assert knowledge.derived["her2"].values["low"].since.isoformat() == "2022-08-05"
    assert knowledge.cautions["fictimab.stain-first"].needs == "her2_ihc"
    assert knowledge.cautions["fictimab.stain-first"].start.isoformat() == "2020-01-01"
    assert knowledge.cautions["fictimab.stain-first"].until.isoformat() == "2024-12-31"
    assert knowledge.cautions["fictimab.pregnancy"].classes == ("anti_her2",)
    assert [meaning.value for meaning in knowledge.codes["loinc"].codes["LA6111-4"]] == [
        "0",
        "score_zero",
    ]
    assert [meaning.drug for meaning in knowledge.codes["rxnorm_products"].codes["99"]] == [
        "fictimab",
        "inventaxel",
    ]


def test_every_part_of_an_option_is_there(read, small):
    option = read(small).options["fda.fictimab.advanced"]
    assert (option.authority, option.drug, option.row) == ("fda", "fictimab", "X1")
    assert option.drugs == ("fictimab", "chemotherapy")
    first, second = option.windows
    assert (first.status, first.ended, second.until) == ("accelerated", "replaced", None)
    assert second.criteria[1].note == "in our words"
    assert second.criteria[0].place == "options/fda/fictimab.yaml:29:13"
    assert option.trial_only[1].node is None
    assert option.trials == ("one",)


def test_a_trial_keeps_its_figures_as_numbers(read, small):
    first, second = read(small).trials["one"].results
    assert first.figures is not None
    assert (first.figures.treated, first.figures.unit) == (5, "months")
    assert first.figures.interval == (0.4, 0.6)
    assert second.words == "half of them"


def test_equal_conditions_are_one_node(read, small):
    first, second = read(small).options["fda.fictimab.advanced"].windows
    assert first.criteria[0].node == second.criteria[0].node


def test_a_dated_definition_means_nothing_before_its_day(read, small):
    knowledge = read(small)
    low = knowledge.graph.nodes[knowledge.derived["her2"].values["low"].node]
    assert "2022" in repr(low)
    assert knowledge.vocabulary.derived["her2"]["low"] == {
        "all": ["today >= 2022-08-05", "her2_ihc is 1+"]
    }


def test_the_graph_does_not_depend_on_the_order_of_files(read, small):
    backwards = dict(reversed(small.items()))
    assert read(small).graph.content_hash() == read(backwards).graph.content_hash()


def test_treatments_may_hold_what_the_catalogues_list(read, small):
    attributes = read(small).vocabulary.attributes
    assert attributes["drug"].values == ("fictimab", "inventaxel")
    assert attributes["class"].values == ("anti_her2", "chemotherapy", "targeted_therapy")


def test_hidden_files_are_left_out(folder):
    (folder / ".DS_Store").write_bytes(b"\0")
    (folder / ".git").mkdir()
    (folder / ".git" / "config").write_text("")
    assert load_knowledge(folder).drugs
    assert not [name for name in read_files(folder) if "/." in f"/{name}"]


def test_a_folder_that_is_none_is_told(tmp_path):
    with pytest.raises(KnowledgeError, match="there is no such folder"):
        load_knowledge(tmp_path / "nowhere")


def test_an_unreadable_file_is_told(folder):
    (folder / "drugs" / "gone.yaml").symlink_to(folder / "nowhere")
    with pytest.raises(KnowledgeError, match=r"drugs/gone.yaml: the file cannot be read"):
        load_knowledge(folder)


def test_the_command_prints_every_problem_and_fails(folder, capsys):
    (folder / "drugs" / "fictimab.yaml").write_text("name: [\n")
    (folder / "tests.yaml").write_text("tests: {}\ntest: {}\n")
    assert main([str(folder)]) == KnowledgeError.exit_code
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "3 errors, 0 warnings"
    assert lines[0].startswith("drugs/fictimab.yaml:2:1:")


def test_the_command_is_content_with_whole_files(folder, capsys):
    assert main([str(folder)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "0 errors, 0 warnings"


def test_the_package_offers_what_it_names():
    assert fingerpost.knowledge.load_knowledge is load_knowledge
    assert fingerpost.knowledge.Knowledge.__name__ == "Knowledge"
    with pytest.raises(AttributeError):
        _ = fingerpost.knowledge.nothing


def test_a_pipe_and_a_linked_folder_are_refused_and_never_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "options").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    (tmp_path / "elsewhere").mkdir()
    with pytest.raises(KnowledgeError) as refused:
        read_files(tmp_path)
    assert sorted(problem.where for problem in refused.value.problems) == ["options", "pipe.yaml"]
