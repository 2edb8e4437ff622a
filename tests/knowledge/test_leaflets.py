"""What a leaflet tells a person to contact a doctor about at once: all of it must be in our data, and say so.

The leaflets are not part of the project. Where a folder of them is at hand, FINGERPOST_LEAFLETS names it, and every
sentence and bullet of their urgent parts is held against `leaflet_items.yaml`; without it, only our own list is.
"""

from __future__ import annotations

import html
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.whole import whole_knowledge

ITEMS = yaml.safe_load((Path(__file__).parent / "leaflet_items.yaml").read_text(encoding="utf-8"))
LEAFLETS = [(name, group) for group in ITEMS["leaflets"] for name in group["names"]]
FOLDER = os.environ.get("FINGERPOST_LEAFLETS", "")
WHY_NOT = (
    "FINGERPOST_LEAFLETS names no folder of leaflets"
    if not FOLDER
    else f"FINGERPOST_LEAFLETS names {FOLDER}, and there are no .fsh files in it"
)
needs_leaflets = pytest.mark.skipif(
    not FOLDER or not any(Path(FOLDER).glob("*.fsh")), reason=WHY_NOT
)

_BLOCK = re.compile(r"</?(?:p|li|ul|ol|div|br|tr|td|th|table|h\d)\b[^>]*>")
_BETWEEN = re.compile(r"¶|(?<=[.:;])\s+(?=[A-Z*])|\s\*\s|^\*\s")
_URGENT = re.compile(
    r"\b(immediate(ly)?|straight ?away|right away|at once|urgent(ly)?|without delay|emergency)\b"
)
_HEADING_WORDS = frozenset(
    re.findall(
        "[a-z]+",
        "very common, uncommon, rare, not known: frequency cannot be estimated from the available data;"
        " side effects may affect more than, up to 1 in every 10 people",
    )
)
# Longer than this, a sentence may say more than the words by which it is set aside.
_LONGEST_ASIDE = 40
_LONGEST_TERM = 4


@pytest.fixture(scope="module")
def urgent_effects() -> dict[str, set[str]]:
    """The effects of each medicine for which a person is told to call at once."""
    knowledge = whole_knowledge()
    told: dict[str, set[str]] = {}
    for drug in knowledge.drugs.values():
        for known in knowledge.following.side_effects.values():
            its_own = drug.id in known.drugs or set(drug.classes) & set(known.classes)
            if its_own and known.call_at_once:
                told.setdefault(drug.id, set()).add(known.effect)
    return told


@pytest.mark.parametrize("group", ITEMS["leaflets"], ids=lambda group: group["drug"])
def test_every_urgent_item_is_told_as_urgent(group, urgent_effects):
    ours = urgent_effects.get(group["drug"], set())
    missing = {
        item["says"]: sorted(set(item["effects"]) - ours)
        for item in group["items"]
        if not item["effects"] or set(item["effects"]) - ours
    }
    assert not missing, f"{group['drug']}: not in our data with call_at_once: {missing}"


@pytest.mark.parametrize("group", ITEMS["leaflets"], ids=lambda group: group["drug"])
def test_an_item_has_words_by_which_it_is_found(group):
    bare = [item["says"] for item in group["items"] if not item.get("words", item.get("any"))]
    assert not bare


def test_no_sentence_of_a_leaflet_is_kept():
    kept = {w for words in ITEMS["asides"] for w in words}
    for group in ITEMS["leaflets"]:
        kept |= {w for words in group.get("asides", []) for w in words}
        kept |= {part[key] for part in group["parts"] for key in ("from", "to")}
        kept |= {w for i in group["items"] for w in (*i.get("words", ()), *i.get("any", ()))}
    assert not {words for words in kept if len(words.split()) > _LONGEST_TERM}


@needs_leaflets
def test_the_leaflets_at_hand_are_those_of_the_list():
    there = {path.stem for path in Path(FOLDER).glob("*.fsh")}
    assert there == {name for name, _ in LEAFLETS}


@needs_leaflets
@pytest.mark.parametrize(("name", "group"), LEAFLETS, ids=[name for name, _ in LEAFLETS])
def test_every_sentence_of_the_urgent_parts_is_covered(name, group):
    told = list(_urgent_pieces(name, group))
    asides = [*ITEMS["asides"], *group.get("asides", [])]
    open_ones = [p for p in told if not (_items_of(p, group) or _is_aside(p, asides))]
    assert not open_ones, f"{name}: not covered: {open_ones}"


@needs_leaflets
@pytest.mark.parametrize("group", ITEMS["leaflets"], ids=lambda group: group["drug"])
def test_every_item_stands_in_a_leaflet(group):
    told = [p for name in group["names"] for p in _urgent_pieces(name, group)]
    found = {item["says"] for piece in told for item in _items_of(piece, group)}
    assert not {item["says"] for item in group["items"]} - found


@needs_leaflets
def test_every_aside_sets_something_aside():
    told = [(p, group) for name, group in LEAFLETS for p in _urgent_pieces(name, group)]
    idle = [words for words in ITEMS["asides"] if not any(_is_aside(p, [words]) for p, _ in told)]
    for group in ITEMS["leaflets"]:
        own = [piece for piece, its_group in told if its_group is group]
        idle += [a for a in group.get("asides", []) if not any(_is_aside(p, [a]) for p in own)]
    assert not idle


@needs_leaflets
def test_the_counts(capsys):
    pieces = [(p, group) for name, group in LEAFLETS for p in _urgent_pieces(name, group)]
    covered = sum(bool(_items_of(piece, group)) for piece, group in pieces)
    items = sum(len(group["items"]) for group in ITEMS["leaflets"])
    with capsys.disabled():
        sys.stdout.write(
            f"\n{len(LEAFLETS)} leaflets of {len(ITEMS['leaflets'])} medicines: {len(pieces)} sentences and"
            f" bullets of urgent parts; {covered} name an effect and are covered by {items} items,"
            f" {len(pieces) - covered} name none.\n"
        )
    assert covered


# --- reading a leaflet ------------------------------------------------------------------------


def _urgent_pieces(name: str, group: dict[str, Any]) -> Iterator[str]:
    """The sentences and bullets of the urgent parts, and any other sentence that speaks of urgency."""
    sections = _sections(name)
    seen: set[str] = set()
    for part in group["parts"]:
        for piece in _pieces(_cut(name, sections[part["section"]], part)):
            if piece not in seen and not _is_heading(piece):
                seen.add(piece)
                yield piece
    for number in (2, 4):
        for piece in _pieces(sections[number]):
            # A part may begin within a sentence: the rest of it is there.
            within = any(p in piece and _URGENT.search(p) for p in seen)
            if _URGENT.search(piece) and not within:
                yield piece


def _sections(name: str) -> dict[int, str]:
    """Sections 2 and 4 of the English leaflet."""
    found: dict[int, str] = {}
    text = (Path(FOLDER) / f"{name}.fsh").read_text(encoding="utf-8")
    for block in re.split(r"^Instance: ", text, flags=re.MULTILINE):
        if "InstanceOf: CompositionUvEpi" not in block or "* language = #en" not in block:
            continue
        for part in block.split('* title = "')[1:]:
            number = re.match(r"([24])\.", part)
            body = re.search(r'text\.div = """(.*?)"""', part, re.DOTALL)
            if number and body:
                found.setdefault(int(number[1]), _plain(body[1]))
    return found


def _plain(markup: str) -> str:
    without_tags = re.sub(r"<[^>]+>", "", _BLOCK.sub(" ¶ ", markup))
    return " ".join(html.unescape(without_tags).split())


def _cut(name: str, text: str, part: dict[str, Any]) -> str:
    start = text.find(part["from"])
    assert start >= 0, f"{name}: no part begins with {part['from']!r}"
    end = text.find(part["to"], start + len(part["from"]))
    assert end >= 0, f"{name}: nothing after {part['from']!r} begins with {part['to']!r}"
    return text[start:end]


def _pieces(text: str) -> Iterator[str]:
    for piece in _BETWEEN.split(text):
        bare = piece.strip(" *¶").lower()
        if re.search(r"[a-z]{3}", bare):
            yield bare


def _is_heading(piece: str) -> bool:
    words = re.sub(r"[^a-z ]", " ", piece).split()
    return set(words) <= _HEADING_WORDS


def _items_of(piece: str, group: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        item
        for item in group["items"]
        if all(_stands_in(word, piece) for word in item.get("words", ()))
        and ("any" not in item or any(_stands_in(word, piece) for word in item["any"]))
    ]


def _is_aside(piece: str, asides: list[list[str]]) -> bool:
    short = len(piece.split()) <= _LONGEST_ASIDE
    return short and any(all(_stands_in(word, piece) for word in words) for words in asides)


def _stands_in(word: str, piece: str) -> bool:
    """Whether a word, or the beginning of one, stands in a sentence."""
    return re.search(rf"(?<![a-z]){re.escape(word.lower())}", piece) is not None
