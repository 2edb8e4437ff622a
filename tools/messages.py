"""Take the sentences out of templates and code into the catalogue, and hold every language against it.

`python -m tools.messages` writes `src/fingerpost/report/messages/fingerpost.pot` again, brings every `<language>.po`
up to it and compiles the `.mo` that the package reads. `--add es` begins a language; `--check` writes nothing
and fails where something is out of date or a translation could not be used.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

REPORT = Path("src/fingerpost/report")
MESSAGES = REPORT / "messages"
TEMPLATE = MESSAGES / "fingerpost.pot"
_METHODS = [("**.py", "python"), ("**.jinja", "jinja2")]
_OPTIONS = {
    "**.jinja": {"trim_blocks": "true", "lstrip_blocks": "true", "newstyle_gettext": "true"}
}
_KEYWORDS = {"_": None, "marked": None, "ngettext": (1, 2)}
# Told by the day or by the machine: they would change without any sentence changing.
_PASSING = re.compile(
    rb'^"(Project-Id-Version|Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date|Generated-By'
    rb"|Last-Translator|Language-Team): .*\n",
    re.MULTILINE,
)
_PLACE = re.compile(r"%\((\w+)\)s")


def extracted(root: Path) -> Catalog:
    """Every sentence that reports say, with the files in which it stands."""
    catalog = Catalog(
        header_comment="# Sentences of the reports. Written by `python -m tools.messages`; do not edit.",
    )
    found = extract_from_dir(root / REPORT, _METHODS, _OPTIONS, keywords=_KEYWORDS)
    for name, _, message, comments, context in sorted(found, key=lambda each: (each[0], each[1])):
        place = (f"{REPORT.as_posix()}/{name}", 0)
        catalog.add(message, None, [place], auto_comments=comments, context=context)
    return catalog


def as_po(catalog: Catalog) -> bytes:
    """A catalogue as its file, without what changes by itself."""
    out = io.BytesIO()
    write_po(out, catalog, width=100, include_lineno=False, ignore_obsolete=True)
    return _PASSING.sub(b"", out.getvalue())


def brought_up(path: Path, template: Catalog) -> Catalog:
    """The catalogue of a language with exactly the sentences of today."""
    with path.open("rb") as read:
        catalog = read_po(read, locale=path.stem.replace("-", "_"))
    # A sentence that changed is translated anew: a guess could say something else.
    catalog.update(template, no_fuzzy_matching=True, update_header_comment=False)
    return catalog


def as_mo(catalog: Catalog) -> bytes:
    """A catalogue as the package reads it; what is not translated, or doubtful, is left out."""
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def unusable(catalog: Catalog) -> Iterator[str]:
    """Translations that would break a page: other places than the sentence has, or marks of HTML."""
    for message in catalog:
        for said in _translations(message):
            if not message.id or not said:
                continue
            if set(_PLACE.findall(said)) != set(_PLACE.findall(_last(message))):
                yield f"{said!r} has other places than {_last(message)!r}"
            elif "%" in _PLACE.sub("", said).replace("%%", ""):
                yield f"{said!r} has a percent sign that is no place; write %%"
            elif any(sign in said for sign in "<>&"):
                yield f"{said!r} has marks of HTML"


def _translations(message: Message) -> tuple[str, ...]:
    said = message.string or ()
    return (said,) if isinstance(said, str) else tuple(said)


def _last(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[-1]


def files(root: Path) -> tuple[dict[Path, bytes], list[str]]:
    """What every file should hold, and what is wrong with translations."""
    template = extracted(root)
    wanted = {TEMPLATE: as_po(template)}
    wrong = [f"{TEMPLATE}: {each}" for each in unusable(_as_translated(template))]
    for path in sorted((root / MESSAGES).glob("*.po")):
        catalog = brought_up(path, template)
        wanted[MESSAGES / path.name] = as_po(catalog)
        wanted[MESSAGES / f"{path.stem}.mo"] = as_mo(catalog)
        wrong += [f"{MESSAGES / path.name}: {each}" for each in unusable(catalog)]
    return wanted, wrong


def _as_translated(template: Catalog) -> Catalog:
    """The sentences as if they were their own translation, to be held to the same rules."""
    own = Catalog()
    for message in template:
        if message.id:
            own.add(message.id, message.id)
    return own


def main(arguments: list[str] | None = None, root: Path = Path()) -> int:
    """Write everything again, or say what is out of date."""
    parser = argparse.ArgumentParser(prog="python -m tools.messages", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail if out of date")
    parser.add_argument("--add", metavar="LANGUAGE", help="begin a language, such as es or pt-BR")
    asked = parser.parse_args(arguments)
    if asked.add:
        begun = root / MESSAGES / f"{asked.add}.po"
        if not begun.exists():
            begun.write_bytes(as_po(Catalog(locale=asked.add.replace("-", "_"))))
    wanted, problems = files(root)
    for path, content in wanted.items():
        there = root / path
        if asked.check and (not there.exists() or there.read_bytes() != content):
            problems.append(f"{path}: out of date. Try: python -m tools.messages")
        elif not asked.check:
            there.write_bytes(content)
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
