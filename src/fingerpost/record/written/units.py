"""Units as laboratories and people write them, and how to turn one into another."""

from __future__ import annotations

import re
from collections.abc import Mapping

# How a unit is written -> the unit it is. Case does not matter, and spaces are left out.
_WRITTEN: Mapping[str, str] = {
    "%": "%",
    "percent": "%",
    "pct": "%",
    "fraction": "fraction",
    "mm": "mm",
    "millimeter": "mm",
    "millimeters": "mm",
    "millimetre": "mm",
    "millimetres": "mm",
    "cm": "cm",
    "centimeter": "cm",
    "centimeters": "cm",
    "centimetre": "cm",
    "centimetres": "cm",
    "in": "in",
    "inch": "in",
    "inches": "in",
    "[in_i]": "in",
    "10^9/l": "10^9/L",
    "10*9/l": "10^9/L",
    "x10^9/l": "10^9/L",
    "x10*9/l": "10^9/L",
    "g/l(10^9)": "10^9/L",
    "10^3/ul": "10^9/L",
    "10*3/ul": "10^9/L",
    "10^3/mm3": "10^9/L",
    "10*3/mm3": "10^9/L",
    "x10^3/ul": "10^9/L",
    "x10e3/ul": "10^9/L",
    "10e3/ul": "10^9/L",
    "10e9/l": "10^9/L",
    "k/ul": "10^9/L",
    "k/mm3": "10^9/L",
    "k/mcl": "10^9/L",
    "thousand/ul": "10^9/L",
    "/ul": "/uL",
    "cells/ul": "/uL",
    "{cells}/ul": "/uL",
    "/mm3": "/uL",
    "cells/mm3": "/uL",
    "/mcl": "/uL",
    "mg/dl": "mg/dL",
    "mmol/l": "mmol/L",
    "ml/min": "mL/min",
    "ms": "ms",
    "msec": "ms",
    "milliseconds": "ms",
    "s": "s",
    "sec": "s",
    "seconds": "s",
    "mut/mb": "mut/Mb",
    "muts/mb": "mut/Mb",
    "mutations/mb": "mut/Mb",
    "mutations/megabase": "mut/Mb",
    "/mb": "mut/Mb",
    "1/1000000{base}": "mut/Mb",
    "mg/m2": "mg/m2",
    "years": "years",
    "year": "years",
    "yr": "years",
    "y": "years",
    "a": "years",
    "months": "months",
    "month": "months",
    "mo": "months",
    "mg": "mg",
    "umol/l": "umol/L",
    "u/l": "U/L",
    "iu/l": "U/L",
    "mg/l": "mg/L",
}
# Words that count or name a score, and so are no unit at all.
_COUNTED = re.compile(
    r"1|\{?(?:score|scores?of.*|recurrencescore|ratio|count|copies|copies/cell|nodes?|points?|number|"
    r"#|cps|tps|nominal|x?uln|timesuln|[a-z]*score)\}?"
)
_FACTORS: Mapping[tuple[str, str], float] = {
    ("fraction", "%"): 100.0,
    ("cm", "mm"): 10.0,
    ("in", "mm"): 25.4,
    ("/uL", "10^9/L"): 0.001,
    ("s", "ms"): 1000.0,
    # One millimole of glucose is 180.16 mg; glucose is the only fact measured in mg/dL.
    ("mmol/L", "mg/dL"): 18.016,
}


def unit_named(text: str | None) -> str | None:
    """The unit that a text means: "" for none or a mere count, None for one that is not known.

    >>> unit_named("10*3/uL"), unit_named("{score}"), unit_named(None), unit_named("furlong")
    ('10^9/L', '', '', None)
    """
    if text is None:
        return ""
    squeezed = re.sub(r"\s+", "", text.casefold()).replace("µ", "u").replace("μ", "u")
    squeezed = squeezed.replace("10³", "10^3").replace("10⁹", "10^9")
    squeezed = squeezed.replace("³", "3").replace("×", "x")
    if not squeezed or _COUNTED.fullmatch(squeezed):
        return ""
    if squeezed.endswith(("permegabase", "permb")) or "permegabaseof" in squeezed:
        return "mut/Mb"
    return _WRITTEN.get(squeezed)


def factor(given: str, wanted: str) -> float | None:
    """What to multiply by to get from one unit to the other; None if there is no way.

    >>> factor("cm", "mm"), factor("mm", "mm"), factor("%", "mm")
    (10.0, 1.0, None)
    """
    return 1.0 if given == wanted else _FACTORS.get((given, wanted))
