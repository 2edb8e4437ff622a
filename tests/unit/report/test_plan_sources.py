"""What stands behind a claim of a plan: a mark for patients, a citation for professionals."""

from __future__ import annotations

from fingerpost.report.plan_sources import marks_of, short_marks_of, source_lines

SOURCES = {
    "label.us": {
        "title": "A label, section 2",
        "publisher": "P",
        "published": "2024-01-02",
        "checked_on": "2026-01-01",
        "checked_how": "excerpt",
        "authority": "fda",
        "note": "Section 2 read.",
    },
    "leaflet": {
        "title": "A leaflet",
        "publisher": "P",
        "published": None,
        "checked_on": "2026-01-01",
        "checked_how": "full",
        "authority": None,
        "note": None,
    },
}
US = {"source": "label.us", "state": "verified"}
LEAFLET = {"source": "leaflet", "state": "weak"}
NOBODY = {"source": None, "state": "unverified"}


def document(audience: str = "professional", authority: str = "fda") -> dict[str, object]:
    return {"audience": audience, "authority": authority, "sources": SOURCES}


def test_a_professional_reads_number_day_and_state() -> None:
    mark = marks_of(document())
    assert mark(US) == " [1, of 2024-01-02: verified]"
    assert mark(LEAFLET, NOBODY) == " [2, read 2026-01-01: weak source; no source: unverified]"
    assert short_marks_of(document())(US, LEAFLET) == " [1, 2: weak source]"


def test_a_patient_reads_only_what_is_not_verified() -> None:
    mark = marks_of(document("patient"))
    assert (mark(US), mark(LEAFLET)) == ("", " [weak source]")


def test_what_rests_on_a_us_label_alone_says_so_elsewhere() -> None:
    mark = marks_of(document("patient", "ema"))
    assert mark(US) == " (US label)"
    assert mark(US, LEAFLET) == " [weak source]"
    assert marks_of(document(authority="nice"))(US) == " (US label) [1, of 2024-01-02: verified]"


def test_the_list_says_of_which_day_and_how_it_was_read() -> None:
    us, leaflet = source_lines(document())
    assert us == (
        "A label, section 2 (P; of 2024-01-02; an excerpt was read on 2026-01-01). Section 2 read."
    )
    assert "it bears no date that our files know; read in full on 2026-01-01" in leaflet
