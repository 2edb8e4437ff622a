"""Numbers as reports write them: "2", "two", "II", and sizes such as "1.8 x 1.5 x 1.2 cm"."""

from __future__ import annotations

import re
from collections.abc import Mapping

_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty"
)
_TENS = {"twenty": 20, "thirty": 30, "forty": 40}
_COUNT: Mapping[str, int] = {
    **{word: number for number, word in enumerate(_WORDS.split())},
    "no": 0,
    "none": 0,
    "a": 1,
    "single": 1,
    "both": 2,
    **_TENS,
    **{
        f"{ten}{dash}{word}": value + number
        for ten, value in _TENS.items()
        for dash in ("-", " ")
        for number, word in enumerate(_WORDS.split()[1:10], 1)
    },
}
_WORDED = "|".join(sorted((word for word in _COUNT if word != "a"), key=lambda word: -len(word)))
# A count in digits or words; a Roman one only where it is asked for.
COUNT = rf"(?:\d{{1,2}}|{_WORDED})"
ROMAN = r"[ivxl]{1,6}"
# One to three dimensions with their unit; the point may have come loose when a machine read it. A
# comma before a blank is none: "grade 3, 30 mm" is a grade and a size.
_NUMBER = r"\d{1,3}(?:[.,]\d{1,2}|\.\s\d(?!\d))?"
SIZE = rf"{_NUMBER}\s?(?:[cm]m)?(?:\s?[x\u00d7*]\s?{_NUMBER}\s?(?:[cm]m)?){{0,2}}\s?-?[.\s]{{0,2}}(?:cm|mm|millimet\w+|centimet\w+)\b"
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50}


def count(words: str) -> int | None:
    """The number that a count stands for.

    >>> count("ten"), count("14"), count("twenty-one"), count("few")
    (10, 14, 21, None)
    """
    tidy = " ".join(words.split())
    return int(tidy) if tidy.isdigit() else _COUNT.get(tidy)


def roman(words: str) -> int | None:
    """The number that Roman letters stand for.

    >>> roman("xviii"), roman("iv"), roman("iiii")
    (18, 4, None)
    """
    numbers = [_VALUES[letter] for letter in words]
    total = sum(
        -number if number < max(numbers[at + 1 :], default=0) else number
        for at, number in enumerate(numbers)
    )
    well_formed = re.fullmatch(r"x{0,3}(?:ix|iv|v?i{0,3})|xl(?:ix|iv|v?i{0,3})", words)
    return total if well_formed and total else None


def largest_in_millimeters(size: str) -> float | None:
    """The largest dimension of a size, in millimeters.

    >>> largest_in_millimeters("1.8 x 1.5 x 1. 2 cm"), largest_in_millimeters("27 mm")
    (18.0, 27.0)
    >>> largest_in_millimeters("1.2cm x 1.0 cm x 8 mm")
    12.0
    """
    tidy = re.sub(r"(?<=\d)\.\s(?=\d)", ".", size)
    found = re.findall(r"(\d+(?:[.,]\d+)?)\s?(cm|mm|centi|milli)?", tidy)
    lengths: list[float] = []
    unit = "c" if re.search(r"c(?:m|enti)[^\d]*$", size) else "m"
    # A number without a unit has that of the next.
    for number, own in reversed(found):
        unit = own[:1] or unit
        lengths.append(float(number.replace(",", ".")) * (10 if unit == "c" else 1))
    return round(max(lengths), 2) if lengths else None
