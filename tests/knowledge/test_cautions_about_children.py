"""Whoever compares treatments sees every caution about having children, whatever file it stands in."""

from __future__ import annotations

import re

from tests.whole import whole_knowledge

WORDS = re.compile(r"pregnan|contracepti|fertil|breastfe|unborn", re.IGNORECASE)


def test_a_caution_says_so_exactly_where_it_speaks_of_having_children() -> None:
    cautions = whole_knowledge().cautions.values()
    assert [c.id for c in cautions if c.about_children != bool(WORDS.search(c.text))] == []
    assert any(c.about_children for c in cautions)
