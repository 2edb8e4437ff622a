"""Take sentences and words into the two catalogues, and hold every language against them.

`python -m tools.messages` writes `src/fingerpost/messages/fingerpost.pot` (the sentences of templates and
code) and `knowledge.pot` (the words of the knowledge) again and brings every `<domain>.<language>.po` up to
them. A language that is whole is compiled into the `.mo` that the package reads and offers. `--add es` begins
a language; `--check` writes nothing and fails where something is out of date or a translation could not be
used.
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from fingerpost.knowledge.load import load_knowledge
from fingerpost.knowledge.words import words_of_knowledge

PACKAGE = Path("src/fingerpost")
MESSAGES = PACKAGE / "messages"
DOMAINS = ("fingerpost", "knowledge")
_METHODS = [("**.py", "python"), ("**.jinja", "jinja2")]
_OPTIONS = {
    "**.jinja": {"trim_blocks": "true", "lstrip_blocks": "true", "newstyle_gettext": "true"}
}
_KEYWORDS = {"_": None, "marked": None, "later": None, "ngettext": (1, 2)}
# Told by the day or by the machine: they would change without any sentence changing.
_PASSING = re.compile(
    rb'^"(Project-Id-Version|Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date|Generated-By'
    rb"|Last-Translator|Language-Team): .*\n",
    re.MULTILINE,
)
_NO_TIME = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_PLACE = re.compile(r"%\((\w+)\)s")
# Into texts of the knowledge a few names are put, between these.
_NAME = re.compile(r"\{(\w+)\}")
_PLACES = {"fingerpost": _PLACE, "knowledge": _NAME}


def extracted(root: Path) -> Catalog:
    """Every sentence that the program says to people, with the files in which it stands."""
    catalog = Catalog(
        header_comment="# Sentences of the reports. Written by `python -m tools.messages`; do not edit.",
    )
    found = extract_from_dir(root / PACKAGE, _METHODS, _OPTIONS, keywords=_KEYWORDS)
    for name, _, message, comments, context in sorted(found, key=lambda each: (each[0], each[1])):
        place = (f"{PACKAGE.as_posix()}/{name}", 0)
        catalog.add(message, None, [place], auto_comments=comments, context=context)
    return catalog


def words_extracted() -> Catalog:
    """Every text of the knowledge that is for people, with the field in which it stands."""
    catalog = Catalog(
        header_comment="# Words of the knowledge. Written by `python -m tools.messages`; do not edit.",
    )
    for text, field in words_of_knowledge(load_knowledge()):
        catalog.add(text, auto_comments=[field])
        # A percent sign of the knowledge is one: no value is ever put into these texts.
        catalog[text].flags.discard("python-format")
    return catalog


def as_po(catalog: Catalog) -> bytes:
    """A catalogue as its file, without what changes by itself."""
    out = io.BytesIO()
    write_po(out, catalog, width=100, include_lineno=False, ignore_obsolete=True)
    return _PASSING.sub(b"", out.getvalue())


def brought_up(path: Path, template: Catalog) -> Catalog:
    """The catalogue of a language with exactly the sentences of today."""
    with path.open("rb") as read:
        catalog = read_po(read, locale=path.stem.partition(".")[2].replace("-", "_"))
    # A sentence that changed is translated anew: a guess could say something else.
    catalog.update(template, no_fuzzy_matching=True, update_header_comment=False)
    return catalog


def untranslated(catalog: Catalog) -> int:
    """How many sentences have no translation, or a doubtful one."""
    return sum(
        bool(message.id) and (message.fuzzy or not all(_translations(message) or ("",)))
        for message in catalog
    )


def as_mo(catalog: Catalog) -> bytes:
    """A catalogue as the package reads it; what is not translated, or doubtful, is left out."""
    # Its header holds two times: the same sentences must give the same file in the next minute, too.
    catalog.creation_date = catalog.revision_date = _NO_TIME
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def unusable(catalog: Catalog, place: re.Pattern[str] = _PLACE) -> Iterator[str]:
    """Translations that would break a page: other places than the sentence has, or marks of HTML."""
    for message in catalog:
        for said in _translations(message):
            if not message.id or not said:
                continue
            # "every week" may leave out the one of "every %(num)s weeks".
            free = {"num"} if isinstance(message.id, tuple) else set()
            if set(place.findall(said)) | free != set(place.findall(_last(message))) | free:
                yield f"{said!r} has other places than {_last(message)!r}"
            elif place is _PLACE and "%" in place.sub("", said).replace("%%", ""):
                yield f"{said!r} has a percent sign that is no place; write %%"
            elif place is _PLACE and any(sign in said for sign in "<>&"):
                yield f"{said!r} has marks of HTML"


def _translations(message: Message) -> tuple[str, ...]:
    said = message.string or ()
    return (said,) if isinstance(said, str) else tuple(said)


def _last(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[-1]


def files(root: Path) -> tuple[dict[Path, bytes | None], list[str]]:
    """What every file should hold (None: it should not be there), and what is wrong with translations."""
    wanted: dict[Path, bytes | None] = {}
    wrong: list[str] = []
    for domain, template in templates(root).items():
        wanted[MESSAGES / f"{domain}.pot"] = as_po(template)
        places = _PLACES[domain]
        wrong += [f"{domain}.pot: {each}" for each in unusable(_as_translated(template), places)]
        for path in sorted((root / MESSAGES).glob(f"{domain}.*.po")):
            catalog = brought_up(path, template)
            wanted[MESSAGES / path.name] = as_po(catalog)
            whole = untranslated(catalog) == 0
            # What is not whole is not offered: a frightened person would read half a page.
            wanted[MESSAGES / f"{path.stem}.mo"] = as_mo(catalog) if whole else None
            wrong += [f"{path.name}: {each}" for each in unusable(catalog, places)]
    return wanted, wrong


def templates(root: Path) -> dict[str, Catalog]:
    """The catalogue of each domain in English."""
    return {"fingerpost": extracted(root), "knowledge": words_extracted()}


def counts(root: Path) -> Iterator[str]:
    """How much there is to translate, and how much of it each language still lacks."""
    for domain, template in templates(root).items():
        said = [_last(message) for message in template if message.id]
        words = sum(len(text.split()) for text in said)
        yield f"{domain}: {len(said)} messages, {words} words"
        for path in sorted((root / MESSAGES).glob(f"{domain}.*.po")):
            left = untranslated(brought_up(path, template))
            yield f"{path.name}: {left} to translate" if left else f"{path.name}: whole"


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
    for domain in DOMAINS if asked.add else ():
        begun = root / MESSAGES / f"{domain}.{asked.add}.po"
        if not begun.exists():
            begun.write_bytes(as_po(Catalog(locale=asked.add.replace("-", "_"))))
    wanted, problems = files(root)
    for path, content in wanted.items():
        there = root / path
        if asked.check and (there.read_bytes() if there.exists() else None) != content:
            problems.append(f"{path}: out of date. Try: python -m tools.messages")
        elif not asked.check:
            _write(there, content)
    for problem in problems:
        print(problem)
    for told in () if asked.check else counts(root):
        print(told)
    return 1 if problems else 0


def _write(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink(missing_ok=True)
    else:
        path.write_bytes(content)


if __name__ == "__main__":
    sys.exit(main())
