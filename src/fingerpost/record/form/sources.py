"""Where a finding or a treatment of a form stood: a word, or a map that names the record it is from.

```yaml
source: letter of 4 March
source: {kind: fhir, reference: Observation/abc, file: portal.json}
also_in: [{kind: text, reference: page 1, file: report.pdf, words: "ER positive (95 %)"}]
```
"""

from __future__ import annotations

from typing import get_args

from fingerpost.record.form.context import FormContext, Path, closest, dotted
from fingerpost.record.model import Message, Source, SourceKind

KINDS: tuple[SourceKind, ...] = get_args(SourceKind)
SOURCE_KEYS = ("kind", "reference", "words", "file")
MESSAGE_KEYS = ("code", "where", "what", "try_this", "severity", "file")


def read_source(context: FormContext, raw: object, words: str | None, path: Path) -> Source:
    """The source as stated; without one, it is the place in the form."""
    if isinstance(raw, dict):
        found = _source(context, raw, (*path, "source"), dotted(path))
        return Source(found.kind, found.reference, found.words or words, found.file)
    stated = text_of(context, {"source": raw}, "source", path)
    return Source("form", stated or dotted(path), words)


def read_also_in(context: FormContext, raw: object, path: Path) -> tuple[Source, ...]:
    """The other places that tell the same."""
    if raw is None:
        return ()
    items = raw if isinstance(raw, list) else [raw]
    found = []
    for index, item in enumerate(items):
        place = (*path, "also_in", index)
        if isinstance(item, dict):
            found.append(_source(context, item, place, dotted(place)))
        elif isinstance(item, str):
            found.append(Source("form", item))
        else:
            context.refuse(place, "wrong-type", "a source is text or a map", "reference: page 2")
    return tuple(found)


def is_of_this_form(source: Source) -> bool:
    """Whether a form states it itself, so that who wrote the form can mend it."""
    return source.kind == "form" and source.file is None


def _source(context: FormContext, raw: dict[str, object], path: Path, otherwise: str) -> Source:
    context.unknown_keys(path, raw, SOURCE_KEYS)
    reference, words, file = (
        text_of(context, raw, name, path) for name in ("reference", "words", "file")
    )
    stated = raw.get("kind", "form")
    kind = next((each for each in KINDS if each == stated), None)
    if kind is None:
        what = "this is no kind of record"
        context.refuse((*path, "kind"), "unknown-value", what, f"one of {', '.join(KINDS)}")
    return Source(kind or "form", reference or otherwise, words, file)


def text_of(context: FormContext, about: dict[str, object], name: str, path: Path) -> str | None:
    """The text under a key; None if there is none."""
    raw = about.get(name)
    if raw is None:
        return None
    if not isinstance(raw, str | int | float) or isinstance(raw, bool):
        context.refuse((*path, name), "wrong-type", f"`{name}` must be text")
        return None
    return str(raw)


def read_messages(context: FormContext, raw: object) -> list[Message]:
    """What was told when the record was first read, kept with it."""
    if raw is None:
        return []
    if not isinstance(raw, list):
        context.refuse(("messages",), "wrong-type", "`messages` must be a list of maps")
        return []
    found = (_message(context, item, ("messages", index)) for index, item in enumerate(raw))
    return [message for message in found if message is not None]


def _message(context: FormContext, raw: object, path: Path) -> Message | None:
    if not isinstance(raw, dict):
        context.refuse(path, "wrong-type", "a message is a map with `code` and `what`")
        return None
    context.unknown_keys(path, raw, MESSAGE_KEYS)
    texts = {name: text_of(context, raw, name, path) for name in MESSAGE_KEYS}
    severity = texts["severity"] or "info"
    if severity not in ("info", "warning"):
        advice = closest(severity, ("info", "warning"))
        context.refuse((*path, "severity"), "unknown-value", "this is no severity", advice)
    return Message(
        texts["code"] or "note",
        texts["where"] or dotted(path),
        texts["what"] or "",
        texts["try_this"] or "",
        "warning" if severity == "warning" else "info",
        texts["file"],
    )
