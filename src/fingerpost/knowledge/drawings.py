"""Whether a drawing is one that a page may carry: SVG of plain shapes and words, nothing that runs or fetches."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from xml.etree import ElementTree

LARGEST = 6000
_SVG = "{http://www.w3.org/2000/svg}"
# A short list of what may stand in a drawing keeps out what nobody thought of.
_SHAPES = frozenset(
    (
        *("svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"),
        *("text", "tspan", "title", "desc"),
    )
)
_KEYS = frozenset(
    (
        *("viewBox", "d", "points", "x", "y", "x1", "y1", "x2", "y2", "dx", "dy", "cx", "cy", "r"),
        *("width", "height", "rx", "ry", "transform", "fill", "fill-opacity", "opacity"),
        "text-anchor",
    )
)
_BEGINNINGS = ("stroke", "font-")


def faults_of(drawing: str) -> Iterator[str]:
    """What keeps a drawing from being shown, in words.

    >>> list(faults_of('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><script/></svg>'))
    ['it holds `script`']
    """
    root = _root(drawing)
    if root is None:
        yield "it is not well-formed XML without declarations and entities"
        return
    if root.tag != f"{_SVG}svg" or "viewBox" not in root.attrib:
        yield "it does not begin with `<svg xmlns=... viewBox=...>`"
    if len(drawing.encode()) > LARGEST:
        yield f"it is larger than {LARGEST} bytes"
    for element in root.iter():
        yield from _faults_within(element)


def _faults_within(element: ElementTree.Element) -> Iterator[str]:
    name = str(element.tag).removeprefix(_SVG)
    if name not in _SHAPES:
        yield f"it holds `{name}`"
    for key, value in element.attrib.items():
        if key not in _KEYS and not key.startswith(_BEGINNINGS):
            yield f"`{name}` has `{key}`"
        elif "url(" in value or ":" in value:
            yield f"`{key}` leads elsewhere: only shapes and words of its own"


def words_of(drawing: str) -> tuple[str, ...]:
    """The words in a drawing, as they stand in it; none if it cannot be read.

    >>> words_of('<svg xmlns="http://www.w3.org/2000/svg"><text>cell</text></svg>')
    ('cell',)
    """
    root = _root(drawing)
    if root is None:
        return ()
    texts = ("".join(each.itertext()).strip() for each in root.iter(f"{_SVG}text"))
    return tuple(text for text in texts if text)


@lru_cache(maxsize=64)
def _root(drawing: str) -> ElementTree.Element | None:
    # Entities are how XML blows up or reads files; a drawing needs none.
    if "<!" in drawing or "<?" in drawing:
        return None
    try:
        return ElementTree.fromstring(drawing)  # noqa: S314 (no declaration is left that could do harm)
    except ElementTree.ParseError:
        return None
