"""The form: a short YAML or JSON file that a person, or another program, can write by hand.

```yaml
fingerpost: 1
facts:
  birth_date: 1968
  er_percent: 90
  her2_ihc: "1+"
  her2_ish: pending
treatments:
  - {drugs: [letrozole, palbociclib], setting: metastatic, end_reason: progression}
treatments_complete: true
```

It is read generously where the meaning is plain ("IHC 2+", `2.5 cm`, `yes`) and refused, with every
problem at once, where it is not.
"""

from __future__ import annotations

from collections.abc import Callable

from fingerpost.errors import RecordError
from fingerpost.record.dictionaries import Dictionaries
from fingerpost.record.form.context import FormContext, Path
from fingerpost.record.form.facts import planned_surgery, read_facts, read_findings
from fingerpost.record.form.sources import read_messages
from fingerpost.record.form.treatments import read_complete, read_treatments
from fingerpost.record.model import Record
from fingerpost.record.written.attributes import ATTRIBUTES
from fingerpost.record.written.value_reader import ValueReader
from fingerpost.terms import Answer

VERSION = 1
KEYS = (
    *("fingerpost", "$schema", "facts", "findings", "treatments", "treatments_complete"),
    "messages",
    # What the pages in the browser keep beside a record; it says nothing of the person to a reader.
    "pages",
)


def read_form(
    tree: dict[str, object], dictionaries: Dictionaries, place: Callable[[Path], str], name: str
) -> Record:
    """The record that a form describes.

    Raises:
        RecordError: with every problem of the form.
    """
    context = FormContext(
        dictionaries.reader,
        ValueReader(ATTRIBUTES, dictionaries.on),
        dictionaries.names,
        dictionaries.classes,
        place,
    )
    context.unknown_keys((), tree, KEYS)
    _check_version(context, tree)
    context.messages += read_messages(context, tree.get("messages"))
    complete = _complete(context, tree)
    findings = [
        *read_facts(context, tree.get("facts")),
        *read_findings(context, tree.get("findings")),
    ]
    findings += planned_surgery(context, findings)
    treatments = read_treatments(context, tree.get("treatments"))
    if context.problems:
        raise RecordError(context.problems)
    # What a form tells of itself and what was read anew from it is told once.
    messages = tuple(dict.fromkeys(context.messages))
    return Record(tuple(findings), treatments, complete, messages, "form", name)


def _complete(context: FormContext, tree: dict[str, object]) -> Answer:
    """Whether the treatments are all: said at the top of the form, or among the facts."""
    said, facts = tree.get("treatments_complete"), tree.get("facts")
    if said is None and isinstance(facts, dict):
        said = facts.get("treatment_list_complete")
    return read_complete(context, said, tree.get("treatments"))


def _check_version(context: FormContext, tree: dict[str, object]) -> None:
    version = tree.get("fingerpost")
    if version != VERSION or isinstance(version, bool):
        what = "this version of the form is not known"
        context.refuse(("fingerpost",), "wrong-version", what, f"fingerpost: {VERSION}")
