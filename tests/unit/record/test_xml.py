"""XML: said what it is and what to ask for, and never parsed."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable

import pytest

from fingerpost.errors import Problem

LAUGHS = '<?xml version="1.0"?>\n<!DOCTYPE lolz [\n<!ENTITY a0 "lol">\n' + "".join(
    f'<!ENTITY a{number} "{f"&a{number - 1};" * 10}">\n' for number in range(1, 12)
)
CDA = '<?xml version="1.0"?><ClinicalDocument xmlns="urn:hl7-org:v3"><title>x</title>'
Problems = Callable[[bytes | str], tuple[Problem, ...]]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('<Bundle xmlns="http://hl7.org/fhir"><type value="collection"/></Bundle>', "FHIR"),
        ("<?xml version=\"1.0\"?>\n<Patient xmlns='http://hl7.org/fhir'/>", "FHIR"),
        (CDA, "clinical document"),
        ('<cda:ClinicalDocument xmlns:cda="urn:hl7-org:v3"/>', "clinical document"),
        ("<!DOCTYPE html><html><body>ER positive</body></html>", "web page"),
        ("<note><to>x</to></note>", "XML"),
        ("\ufeff  \n<?xml version='1.0'?><x/>", "XML"),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_it_is_said_what_it_is_and_what_to_ask_for(
    problems: Problems, text: str, said: str, packed: bool
) -> None:
    data = text.encode()
    (problem,) = problems(gzip.compress(data) if packed else data)
    assert problem.code == "xml-record"
    assert said in problem.what
    assert "JSON" in problem.try_this


def test_entities_inside_entities_do_no_harm(problems: Problems) -> None:
    started = time.perf_counter()
    (problem,) = problems(f"{LAUGHS}]>\n<lolz>&a11;</lolz>")
    assert problem.code == "xml-record"
    assert time.perf_counter() - started < 2


def test_an_entity_that_names_a_file_is_not_followed(problems: Problems) -> None:
    text = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
    (problem,) = problems(text)
    assert problem.code == "xml-record"
    assert "root" not in str(problem)


@pytest.mark.parametrize("text", ["< 1 %", "<1% of cells", "<>", "<3"])
def test_a_sign_that_only_begins_like_xml_is_none(problems: Problems, text: str) -> None:
    assert problems(text)[0].code != "xml-record"
