from __future__ import annotations

import pytest

from fingerpost.knowledge.yaml_source import read_yaml


def tree(text: str) -> object:
    document, problems = read_yaml(text.encode(), "a.yaml")
    assert not problems
    assert document is not None
    return document.tree


def told(data: str | bytes) -> list[str]:
    _, problems = read_yaml(data.encode() if isinstance(data, str) else data, "a.yaml")
    return [f"{problem.where} {problem.code}" for problem in problems]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("NO", "NO"),
        ("no", "no"),
        ("Yes", "Yes"),
        ("on", "on"),
        ("True", "True"),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("12:30:45", "12:30:45"),
        ("010", "010"),
        ("0", 0),
        ("-7", -7),
        ("+7", "+7"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("1e3", "1e3"),
        ("1.50", 1.5),
        (".5", ".5"),
        (".nan", ".nan"),
        (".inf", ".inf"),
        ("2026-05-15", "2026-05-15"),
        ("2026-05-15 10:00:00", "2026-05-15 10:00:00"),
        ("1+", "1+"),
        ("'true'", "true"),
        ('"3"', "3"),
        ("99999999999999999999999", "99999999999999999999999"),
    ],
)
def test_a_word_stays_a_word(written, read):
    value = tree(f"key: {written}\n")["key"]
    assert (value, type(value)) == (read, type(read))


def test_keys_are_always_text():
    assert tree("on: 1\n010: 2\n1: 3\ntrue: 4\n") == {"on": 1, "010": 2, "1": 3, "true": 4}


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("a: 1\nb: {c: 1, c: 2}\na: 3\n", ["2:11 yaml-duplicate-key", "3:1 yaml-duplicate-key"]),
        ("a: &x 1\nb: *x\n", ["1:4 yaml-anchor", "2:4 yaml-anchor"]),
        ("a: {<<: {b: 1}, c: 2}\n", ["1:5 yaml-merge"]),
        ("a: !!str 1\nb: !mine {c: 1}\n", ["1:4 yaml-tag", "2:4 yaml-tag"]),
        ("a: 1\n---\nb: 2\n", ["2:1 yaml-documents"]),
        ("%YAML 1.1\n---\na: 1\n", ["1:1 yaml-directive"]),
        ("", ["1:1 yaml-empty"]),
        ("# a remark\n", ["1:1 yaml-empty"]),
        ("---\n", ["1:1 yaml-empty"]),
        ("{a: 1}: 2\n[b]: 3\n", ["1:1 yaml-key", "2:1 yaml-key"]),
        ("{a: {b: 1, b: 2}}: 2\n", ["1:1 yaml-key", "1:12 yaml-duplicate-key"]),
        ("*x : 1\n", ["1:1 yaml-anchor"]),
        ("a:\n\t- 1\n", ["2:1 yaml-syntax"]),
        ("a: b: c\n", ["1:5 yaml-syntax"]),
        ('a: "open\n', ["2:1 yaml-syntax"]),
        ("a: [1\nb: 2\n", ["2:2 yaml-syntax"]),
        (b"\xef\xbb\xbfa: 1\n", ["1:1 yaml-encoding"]),
        (b"a: 1\nb: \xff\n", ["2:4 yaml-encoding"]),
        ("a: 1".encode("utf-16"), ["1:1 yaml-encoding"]),
        (b"a: \x00\x01\n", ["1:4 yaml-syntax"]),
        ("[" * 60 + "]" * 60, ["1:42 yaml-syntax"]),
    ],
)
def test_what_misleads_is_refused_with_its_place(data, expected):
    assert told(data) == [f"a.yaml:{line}" for line in expected]


def test_every_problem_of_a_file_is_told_at_once():
    document, problems = read_yaml(b"a: &x 1\na: 2\nb: !t 3\nc: 1\nc: [\n", "a.yaml")
    assert document is None
    codes = [problem.code for problem in problems]
    assert codes == [
        "yaml-anchor",
        "yaml-duplicate-key",
        "yaml-tag",
        "yaml-duplicate-key",
        "yaml-syntax",
    ]


def test_the_first_of_two_keys_is_named_with_its_line():
    _, problems = read_yaml(b"x: 1\nname: a\ny: 2\nname: b\n", "a.yaml")
    assert str(problems[0]) == (
        "a.yaml:4:1: the key `name` stands twice; it stands first in line 2. "
        "Only one of them could be read. Try: remove one of them [yaml-duplicate-key]"
    )


def test_a_colon_in_text_comes_with_advice():
    _, problems = read_yaml(b"text: Note: this\n", "a.yaml")
    assert problems[0].try_this == "put quotation marks round text that holds a colon"


def test_a_problem_never_repeats_a_value():
    data = b"name: CANARY\nname: CANARY\nx: &CANARY2 !!str CANARY\ny: 'CANARY\n"
    _, problems = read_yaml(data, "a.yaml")
    said = "\n".join(str(problem) for problem in problems).replace("`&CANARY2`", "")
    assert len(problems) == 4
    assert "CANARY" not in said


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("top",), "a.yaml:1:1"),
        (("list",), "a.yaml:2:1"),
        (("list", 0), "a.yaml:3:5"),
        (("list", 1), "a.yaml:4:5"),
        (("list", 1, "when"), "a.yaml:4:6"),
        (("list", 1, "not there", "at all"), "a.yaml:4:5"),
        ((), "a.yaml:1:1"),
    ],
)
def test_every_key_and_item_knows_its_place(path, place):
    text = "top: 1\nlist:\n  - a\n  - {when: er is green}\n"
    document, _ = read_yaml(text.encode(), "a.yaml")
    assert document.where(path) == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("when: er is green\n", "a.yaml:1:13"),
        ("when: 'er is green'\n", "a.yaml:1:14"),
        ('when: "er is green"\n', "a.yaml:1:14"),
        # Where the text is not written character by character, its beginning is all that is known.
        ("when: >\n  er is\n  green\n", "a.yaml:1:7"),
        ("when: er is\n  green\n", "a.yaml:1:7"),
        ("when: 'er is ''green'\n", "a.yaml:1:7"),
    ],
)
def test_a_place_inside_a_text_is_told_where_it_can_be(text, place):
    document, _ = read_yaml(text.encode(), "a.yaml")
    assert document.where_in(("when",), 6) == place


def test_umlauts_and_quotes_keep_their_columns():
    document, _ = read_yaml("{ä: ü, when: x}\n".encode(), "a.yaml")
    assert document.where(("when",)) == "a.yaml:1:8"
