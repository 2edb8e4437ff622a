"""Check digits of codes: they catch a mistyped, rounded or invented code."""

from __future__ import annotations

import re

# Verhoeff's tables: multiplication in the dihedral group of ten, and the permutation of positions.
_TIMES = (
    "0123456789",
    "1234067895",
    "2340178956",
    "3401289567",
    "4012395678",
    "5987604321",
    "6598710432",
    "7659821043",
    "8765932104",
    "9876543210",
)
_PERMUTATION = (
    "0123456789",
    "1576283094",
    "5803796142",
    "8916043527",
    "9453126870",
    "4286573901",
    "2793806415",
    "7046913258",
)


def valid_snomed(code: str) -> bool:
    """Whether this can be a SNOMED CT identifier: 6 to 18 digits that end in Verhoeff's digit.

    >>> valid_snomed("254837009"), valid_snomed("254837008")
    (True, False)
    """
    if not re.fullmatch("[1-9][0-9]{5,17}", code):
        return False
    check = 0
    for position, digit in enumerate(reversed(code)):
        check = int(_TIMES[check][int(_PERMUTATION[position % 8][int(digit)])])
    return check == 0


def valid_loinc(code: str) -> bool:
    """Whether this can be a LOINC code, answer (LA) or part (LP): digits, a hyphen, a check digit.

    The digit is Luhn's; letters count as their place after "0" in ASCII, as LOINC answers do.

    >>> valid_loinc("85337-4"), valid_loinc("85337-5"), valid_loinc("LA6576-8")
    (True, False, True)
    """
    if not re.fullmatch(r"(L[AP])?[0-9]{1,7}-[0-9]", code):
        return False
    body, _, check = code.partition("-")
    total = 0
    for position, character in enumerate(reversed(body)):
        value = ord(character) - ord("0")
        total += value if position % 2 else 2 * value - 9 * (value // 5)
    return (10 - total % 10) % 10 == int(check)
