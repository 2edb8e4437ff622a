"""XML is not read: what such a file is, and what to ask for instead.

Only its first letters are looked at, by a pattern. No parser sees it, so nothing that a file may do to
a parser of XML (entities inside entities, files and addresses fetched from elsewhere) can happen.
"""

from __future__ import annotations

import re

from fingerpost.record.source_text import Text, refuse

_LOOKED_AT = 4096
_XML = re.compile(r"\s*<(?:\?xml|!DOCTYPE|!--|[A-Za-z][\w.:-]*[\s/>])", re.IGNORECASE)
_FHIR = 'xmlns="http://hl7.org/fhir"'
_JSON = "ask for a FHIR export as JSON (a Bundle, or NDJSON)"


def refuse_xml(text: Text) -> None:
    """Refuse a text that is XML; do nothing if it is something else.

    Raises:
        RecordError: it is XML.
    """
    if not _XML.match(text.text[:_LOOKED_AT]):
        return
    what, advice = _kind(text.text[:_LOOKED_AT])
    refuse("xml-record", text.name, what, advice, "XML is not read here")


def _kind(start: str) -> tuple[str, str]:
    """What kind of XML it is, and what to ask for."""
    if re.search(r"<(?:\w+:)?ClinicalDocument\b", start):
        what = "this is a clinical document (CDA or C-CDA), as portals offer for download"
        return what, f"{_JSON}, or fill in the form from it (see examples/)"
    if _FHIR in start.replace("'", '"'):
        return "this is FHIR written as XML", f"{_JSON}: every server that has one has the other"
    if re.search(r"<(?:!DOCTYPE\s+html|html|head|body)\b", start, re.IGNORECASE):
        return (
            "this is a web page",
            f"open it in a browser, and print it to PDF or copy the text of the report, or {_JSON}",
        )
    return "this is XML", _JSON
