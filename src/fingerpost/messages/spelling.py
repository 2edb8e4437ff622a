"""US words in British spelling, in text and in HTML; names, ids and quoted words stay as they are.

The texts of the knowledge are US English. Which word becomes which is knowledge (`spelling.yaml`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal

Spelling = Literal["en-US", "en-GB"]
# Those who write British English themselves.
_BRITISH = ("ema", "nice")
# Marks of no script, around what is kept; they are taken away when it is spelled.
_KEEP, _KEPT = "\ue000", "\ue001"
_QUOTED = re.compile(rf'({_KEEP}[^{_KEEP}{_KEPT}]*{_KEPT}|“[^“”]*”|"[^"]*"|`[^`]*`)')
# An id, an address, an option of a command: joined by marks that have no space around them.
_JOINED = re.compile(r"://|_|@|\w[.:]\w|^\W*--\w")
_TAGS = re.compile(r"(<style\b.*?</style>|<script\b.*?</script>|<!--.*?-->|<[^>]*>)", re.DOTALL)
_WORDS_OF_TAG = re.compile(r'((?:aria-label|alt|title)=")([^"]*)(")')


def usual_spelling(authority: str | None) -> Spelling:
    """How an answer is spelled where nobody asks for another spelling.

    >>> usual_spelling("nice"), usual_spelling("fda"), usual_spelling(None)
    ('en-GB', 'en-US', 'en-US')
    """
    return "en-GB" if authority in _BRITISH else "en-US"


def kept_part() -> str:
    """A pattern of what was marked so, its marks included: nothing is to be put into it."""
    return f"{_KEEP}[^{_KEPT}]*{_KEPT}"


def kept_as_it_is(text: str) -> str:
    """A name marked so that a speller leaves it alone.

    >>> Speller({"color": "colour"}).text(f"color: {kept_as_it_is('The Color Purple')}")
    'colour: The Color Purple'
    """
    return f"{_KEEP}{text}{_KEPT}"


class Speller:
    """Spells whole words in another way; twice is the same as once.

    >>> speller = Speller({"tumor": "tumour", "color": "colour"})
    >>> speller.text("Tumor: see tumor_size, “tumor” and fda.tumor.2024.")
    'Tumour: see tumor_size, “tumor” and fda.tumor.2024.'
    >>> speller.html('<p class="tumor">Tumor &amp; color</p>')
    '<p class="tumor">Tumour &amp; colour</p>'
    """

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = {word.casefold(): spelled for word, spelled in words.items()}
        self._found = whole_words(words)

    def text(self, text: str) -> str:
        """The text with the other spelling, capitals kept."""
        parts = _QUOTED.split(text)
        parts[::2] = ["".join(self._pieces(each)) for each in parts[::2]]
        parts[1::2] = [each.strip(_KEEP + _KEPT) for each in parts[1::2]]
        return "".join(parts)

    def html(self, page: str) -> str:
        """A page with the other spelling in what is read or read aloud, and nowhere else."""
        parts = _TAGS.split(page)
        # A long page says the same in many places.
        spelled = {each: self._in_page(each) for each in set(parts[::2])}
        parts[::2] = [spelled[each] for each in parts[::2]]
        parts[1::2] = [
            _WORDS_OF_TAG.sub(lambda tag: tag[1] + self._in_page(tag[2]) + tag[3], each)
            for each in parts[1::2]
        ]
        return "".join(parts)

    def _in_page(self, part: str) -> str:
        """A piece of a page, which is left untouched, its signs too, unless a word of it changes."""
        from html import escape, unescape

        if _KEEP not in part and self._found.search(part) is None:
            return part
        text = unescape(part)
        spelled = self.text(text)
        if spelled == text:
            return part
        # Quotation marks as the templates write them.
        return escape(spelled).replace("&quot;", "&#34;").replace("&#x27;", "&#39;")

    def _pieces(self, text: str) -> list[str]:
        """The text in pieces, those between ids spelled; a phrase may reach over several words."""
        pieces, start = [], 0
        for chunk in re.finditer(r"\S+", text):
            if _is_name(chunk[0]):
                pieces += [self._spelled(text[start : chunk.start()]), chunk[0]]
                start = chunk.end()
        return [*pieces, self._spelled(text[start:])]

    def _spelled(self, text: str) -> str:
        return self._found.sub(self._as_large, text)

    def _as_large(self, found: re.Match[str]) -> str:
        """The other spelling, with capitals where the word that was found has them."""
        spelled = self._words[" ".join(found[0].casefold().split())]
        if found[0].isupper():
            return spelled.upper()
        return spelled[:1].upper() + spelled[1:] if found[0][:1].isupper() else spelled


def _is_name(chunk: str) -> bool:
    """Whether a piece without spaces is an id, an address or a source in brackets."""
    in_brackets = chunk.startswith("[") and chunk.rstrip(".,;:)").endswith("]")
    return in_brackets or _JOINED.search(chunk) is not None


def whole_words(words: Iterable[str]) -> re.Pattern[str]:
    """What finds these words and phrases where they stand whole, however large their letters are.

    >>> whole_words(["tumor", "color"]).findall("Tumor, tumors, a color_code")
    ['Tumor']
    """
    longest_first = sorted(words, key=lambda each: (-len(each), each))
    choices = "|".join(r"\s+".join(map(re.escape, each.split())) for each in longest_first)
    return re.compile(rf"(?<!\w)(?:{choices})(?!\w)", re.IGNORECASE)
