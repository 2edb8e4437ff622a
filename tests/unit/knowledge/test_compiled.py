from __future__ import annotations

import dataclasses
import json
import subprocess
import sys

import pytest

from fingerpost.knowledge import compiled
from fingerpost.knowledge.load import load_knowledge
from fingerpost.knowledge.model import Knowledge


def parts(knowledge: Knowledge) -> dict[str, object]:
    """Everything the knowledge holds, in a form that can be compared."""
    found = {field.name: getattr(knowledge, field.name) for field in dataclasses.fields(Knowledge)}
    found["codes"] = dict(knowledge.codes)
    found["graph"] = (knowledge.graph.nodes, knowledge.graph.parts)
    return found


@pytest.fixture
def cache(tmp_path):
    return tmp_path / "cache"


def test_what_is_read_back_is_what_was_written(folder, cache):
    fresh = load_knowledge(folder, cache=cache)
    again = load_knowledge(folder, cache=cache)
    assert again is not fresh
    assert parts(again) == parts(fresh)
    assert again.graph.content_hash() == fresh.graph.content_hash()
    assert again.codes["loinc"].codes["85319-2"][0].fact == "her2_ihc"
    assert len(again.codes) == 3


def test_what_is_read_back_keeps_its_types(folder, cache):
    load_knowledge(folder, cache=cache)
    again = load_knowledge(folder, cache=cache)
    window = again.options["fda.fictimab.advanced"].windows[0]
    assert window.until.isoformat() == "2020-02-28"
    assert isinstance(window.criteria, tuple)
    with pytest.raises(TypeError):
        again.options["new"] = None
    with pytest.raises(dataclasses.FrozenInstanceError):
        window.until = None


def test_a_criterion_can_be_added_to_the_graph_that_was_read_back(folder, cache):
    load_knowledge(folder, cache=cache)
    again = load_knowledge(folder, cache=cache)
    known = again.options["fda.fictimab.advanced"].windows[1].criteria[1].node
    assert again.graph.add(again.graph.nodes[known]) == known


def test_without_a_folder_nothing_is_kept(folder, tmp_path):
    load_knowledge(folder)
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_a_changed_file_is_read_again(folder, cache):
    load_knowledge(folder, cache=cache)
    drug = folder / "drugs" / "fictimab.yaml"
    drug.write_text(drug.read_text().replace("Fictiva", "Fictissima"))
    assert load_knowledge(folder, cache=cache).drugs["fictimab"].brands == ("Fictissima",)


def spoil_bytes(data: bytes) -> bytes:
    return data[:-20] + b"x" + data[-19:]


def spoil_rows(data: bytes) -> bytes:
    """A file with the right digest of the wrong rows."""
    body = data.partition(b"\n")[2]
    rows = json.loads(body.partition(b"\n")[0])
    rows["drugs"]["fictimab"].pop()
    body = json.dumps(rows).encode() + b"\n{}"
    return compiled._digest(body).encode() + b"\n" + body


@pytest.mark.parametrize(
    "spoil",
    [
        spoil_bytes,
        spoil_rows,
        lambda data: data[:100],
        lambda data: b"",
        lambda data: b"\x80" + data,
        lambda data: compiled._digest(b"[]").encode() + b"\n[]",
        lambda data: compiled._digest(b"{}").encode() + b"\n{}",
    ],
)
def test_a_damaged_file_is_ignored_and_made_again(folder, cache, spoil):
    fresh = load_knowledge(folder, cache=cache)
    (kept,) = cache.glob("*.json")
    whole = kept.read_bytes()
    kept.write_bytes(spoil(whole))
    assert parts(load_knowledge(folder, cache=cache)) == parts(fresh)
    assert kept.read_bytes() == whole


def test_another_reader_does_not_trust_it(folder, cache, monkeypatch):
    load_knowledge(folder, cache=cache)
    monkeypatch.setattr(compiled, "reader", lambda: "another")
    load_knowledge(folder, cache=cache)
    assert len(list(cache.glob("*.json"))) == 2


def test_only_a_few_states_are_kept(folder, cache):
    drug = folder / "drugs" / "fictimab.yaml"
    for number in range(compiled.KEPT + 3):
        drug.write_text(drug.read_text().replace("Fictiva", f"Fictiva{number}"))
        load_knowledge(folder, cache=cache)
    assert len(list(cache.iterdir())) == compiled.KEPT


def test_a_cache_that_cannot_be_written_is_no_fault(folder, tmp_path):
    in_the_way = tmp_path / "a file"
    in_the_way.write_text("")
    assert load_knowledge(folder, cache=in_the_way / "cache").drugs


def test_the_usual_start_needs_neither_yaml_nor_pydantic(folder, cache):
    load_knowledge(folder, cache=cache)
    program = (
        "import sys; from pathlib import Path; from fingerpost.knowledge import load_knowledge; "
        "load_knowledge(Path(sys.argv[1]), cache=Path(sys.argv[2])).options; "
        "print(sorted({'yaml', 'pydantic', 'pickle'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, folder, cache], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
