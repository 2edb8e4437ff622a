"""What may stand under the keys of knowledge files: text, ids, days, lists without repetitions."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError


def refusal(code: str, what: str, try_this: str = "", at: tuple[str | int, ...] = ()) -> Exception:
    """A problem of our own, told in our own words; `at` leads from the model to the faulty key."""
    # Braces would be taken for places to fill in, and a value may hold them.
    context = {"code": code, "what": what, "try_this": try_this, "at": at}
    return PydanticCustomError("refused", "refused", context)


def day(value: object) -> object:
    """The day that is written as 2026-05-15; anything else is refused."""
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise refusal("wrong-date", "this is not a day", "write it as 2026-05-15, without quotes")
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise refusal("wrong-date", f"{value} is not a day of the calendar") from None


def in_order(start: dt.date | None, until: dt.date | None) -> None:
    """Refuse a wording that ends before it begins."""
    if start and until and until < start:
        what = "`until` lies before `from`"
        raise refusal("wrong-date", what, "both are days of the same wording", ("until",))


def _word(value: object) -> object:
    """A plain whole number stands for its own digits, so that `[0, 1+]` reads as it looks."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _unique(values: list[str]) -> list[str]:
    for index, value in enumerate(values):
        if value in values[:index]:
            raise refusal("twice", f"`{value}` stands twice in this list", "remove one", (index,))
    return values


def _rising(values: list[float | int]) -> list[float | int]:
    if values[0] > values[1]:
        raise refusal("wrong-value", "an interval goes from the lower number to the higher")
    return values


_SNAKE = r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$"
_KEBAB = r"^[a-z0-9]+(-[a-z0-9]+)*$"

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
# One word or a few, all small: capitals are put where the text has them.
UsWords = Annotated[str, StringConstraints(pattern=r"^[a-z]+( [a-z]+)*( \([A-Za-z&]+\))?$")]
SnakeId = Annotated[str, StringConstraints(pattern=_SNAKE)]
KebabId = Annotated[str, StringConstraints(pattern=_KEBAB)]
SourceId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([._-][a-z0-9]+)*$")]
Value = Annotated[str, BeforeValidator(_word), StringConstraints(pattern=r"^[A-Za-z0-9_+]+$")]
Day = Annotated[dt.date, BeforeValidator(day), WithJsonSchema({"type": "string", "format": "date"})]
Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s]+$")]
Nct = Annotated[str, StringConstraints(pattern=r"^NCT\d{8}$")]
Words = Annotated[list[Text], AfterValidator(_unique)]
SnakeIds = Annotated[list[SnakeId], AfterValidator(_unique)]
Values = Annotated[list[Value], AfterValidator(_unique), Field(min_length=1)]
# What a criterion may say is the language's own business; the file only has to hold one.
When = Annotated[Any, WithJsonSchema({"format": "criterion"})]
State = Literal["verified", "weak", "unverified"]
Authority = Literal["fda", "ema", "nice", "guideline", "local"]
Status = Literal[
    "regular",
    "accelerated",
    "conditional",
    "recommended",
    "managed_access",
    "not_recommended",
    "terminated",
    "no_guidance_found",
    "guideline",
    "local",
]
Interval = Annotated[list[float | int], Field(min_length=2, max_length=2), AfterValidator(_rising)]
