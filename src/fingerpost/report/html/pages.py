"""The page to bring, and what options would be like, as HTML and as PDF."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Literal, NamedTuple, NoReturn

from fingerpost.errors import Problem, UsageError
from fingerpost.knowledge.drawings import faults_of
from fingerpost.messages import (
    gettext,
    language,
    respelled_page,
    translated,
    translated_number,
)
from fingerpost.messages.phrases import small_start
from fingerpost.report.explained import CLOSING, explained_words, said, source_words
from fingerpost.report.html.words import linked_words
from fingerpost.report.pictures import bars, days_as_bars, people_of_100
from fingerpost.report.plan_figures import (
    figure_words,
    found_words,
    group_words,
    hazard_words,
    measured_words,
)
from fingerpost.report.plan_sources import STATES_IN_WORDS, marks_of, source_lines
from fingerpost.report.plan_words import (
    caution_words,
    effect_claims,
    explainer_words,
    watched,
    wording_words,
)
from fingerpost.report.spoken import spoken
from fingerpost.report.text.diary import by_symptom, entry_words
from fingerpost.report.text.head import mark_of
from fingerpost.report.text.layout import day, listed
from fingerpost.report.text.plan import check_label, later_words, minutes_words, when_words
from fingerpost.report.text.plan_parts import doses_words, not_complete, part_words
from fingerpost.report.text.symptoms import grouped, once_started_words

if TYPE_CHECKING:
    from jinja2 import Environment

    from fingerpost.knowledge.model import Knowledge
    from fingerpost.knowledge.plan_model import Explainer, Term
    from fingerpost.plan.diary import Entry
    from fingerpost.report.contract import EvidenceSaid
    from fingerpost.report.explained import Explained
    from fingerpost.report.plan_contract import EffectFigureSaid, LaterSaid, PlanDocument
    from fingerpost.report.plan_sources import Mark
    from fingerpost.report.sheet_said import SheetDocument
    from fingerpost.report.symptoms_said import SymptomsDocument

Paper = Literal["A4", "letter"]
# So many names of one group stand on the page; the rest are counted.
MOST_NAMES = 14


class Written(NamedTuple):
    """What a person wrote into the blanks of the page; what is empty stays a line to write on.

    `more` are the questions that do not fit on the page: they stand on a second one.
    """

    line: str = ""
    fever: str = ""
    matters: Sequence[str] = ()
    more: Sequence[str] = ()


def report_as_html(  # noqa: PLR0913 (each by its name)
    sheet: SheetDocument,
    plans: Sequence[PlanDocument] = (),
    *,
    started: Sequence[SymptomsDocument] = (),
    paper: Paper = "A4",
    terms: Iterable[Term] = (),
    explained_by: Knowledge | None = None,
    written: Written | None = None,
) -> str:
    """The page to bring and a section for each plan, in one file without anything from outside.

    It can be kept, mailed and printed. Words of `terms` lead to their explanation at the end, which is
    printed only with plans: the page to bring alone stays one page. `started` are the lists of when to
    call once an option has started, in the order of the plans. With `explained_by` the explanations
    that the plans name follow, with their drawings, and lists and words lead to them.
    """
    explainers = _explainers(plans, explained_by)
    made = environment()
    page = made.get_template("report.html.jinja").render(
        sheet=sheet,
        plans=plans,
        started={each["once_started"]["option"]: each for each in started if each["once_started"]},
        style=style(),
        paper=paper,
        language=language(),
        most_names=MOST_NAMES,
        written=written or Written(),
        explained={each.id: f"#explain-{each.id}" for each in explainers},
        folded=False,
        line=(written or Written()).line,
        claims=effect_claims,
        states_in_words=gettext(STATES_IN_WORDS),
    )
    page, found = linked_words(page, spoken(tuple(terms)))
    led = {} if explained_by is None else explained_words(found, explainers, explained_by)
    rest = made.get_template("_words.html.jinja").render(words=found, plans=plans, led=led)
    if explainers and explained_by is not None:
        rest += made.get_template("_explainers.html.jinja").render(
            explainers=[_drawn(each, explained_by) for each in explainers],
            closing=gettext(CLOSING),
        )
    return respelled_page(page.replace("</main>", f"{rest}</main>", 1))


def _explainers(plans: Sequence[PlanDocument], known: Knowledge | None) -> list[Explainer]:
    """The explanations that the plans name, each once."""
    if known is None:
        return []
    ids = dict.fromkeys(each["id"] for plan in plans for each in plan["explainers"])
    return [spoken(known.following.explainers[name]) for name in ids]


def diary_as_html(entries: Sequence[Entry], *, paper: Paper = "A4") -> str:
    """The diary as one page to print: a picture and the words of each symptom."""
    symptoms = by_symptom(entries)
    drawn = {name: diary_picture(found) for name, found in symptoms.items()}
    return (
        environment()
        .get_template("diary.html.jinja")
        .render(symptoms=symptoms, pictures=drawn, style=style(), paper=paper, language=language())
    )


def diary_picture(entries: Sequence[Entry]) -> str:
    """One symptom over time, as a drawing."""
    from markupsafe import Markup

    return Markup(days_as_bars(entries))  # noqa: S704 (its words are escaped where it is drawn)


def explained_as_html(found: Explained, knowledge: Knowledge, *, paper: Paper = "A4") -> str:
    """What explains a word as one page, the drawings in it."""
    found = said(found)
    title = found.explainers[0].title if len(found.explainers) == 1 else _capital(found.word)
    page = (
        environment()
        .get_template("explain.html.jinja")
        .render(
            title=title,
            terms=found.terms,
            explainers=[_drawn(each, knowledge) for each in found.explainers],
            closing=gettext(CLOSING),
            style=style(),
            paper=paper,
            language=language(),
        )
    )
    return respelled_page(page)


def _drawn(explainer: Explainer, knowledge: Knowledge) -> dict[str, object]:
    """An explanation as the template shows it."""
    return {
        "id": explainer.id,
        "title": explainer.title,
        "in_short": explainer.in_short,
        "state": explainer.state,
        "paragraphs": explainer.paragraphs,
        "drawing": drawing_of(explainer),
        "drawing_says": explainer.drawing_says,
        "source": source_words(explainer, knowledge),
    }


def drawing_of(explainer: Explainer) -> str:
    """The drawing as it stands in the knowledge, if it holds nothing but shapes and words."""
    from markupsafe import Markup

    drawing = explainer.drawing or ""
    # A folder of knowledge may be anybody's: what could run or fetch never reaches a page.
    return "" if any(faults_of(drawing)) else Markup(drawing)  # noqa: S704 (looked over by faults_of)


def as_pdf(html: str) -> bytes:
    """The same page as a PDF.

    Raises:
        UsageError: the parts of the system that draw text are not on this machine.
    """
    try:
        with warnings.catch_warnings():
            # What its author asks of whoever packages it; nobody who prints a page can do it.
            warnings.simplefilter("ignore", DeprecationWarning)
            import weasyprint
    except OSError:
        what = "a PDF needs Pango, which is not on this machine"
        why = "It draws the letters"
        advice = (
            "on Debian `apt-get install libpango-1.0-0 libpangoft2-1.0-0`; or write the page as .html "
            "and print it from a browser"
        )
        raise UsageError([Problem("no-pdf", "-o", what, why, advice)]) from None
    return bytes(weasyprint.HTML(string=html, url_fetcher=_refuse).write_pdf() or b"")


def _refuse(url: str, *_: object, **__: object) -> NoReturn:
    """Nothing on a page comes from outside."""
    msg = f"a page asked for {url}"
    raise ValueError(msg)


@cache
def environment() -> Environment:
    """The templates, every value escaped, every missing name an error."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("fingerpost.report", "html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    # Asked anew for every sentence, so that one environment speaks every language.
    made.install_gettext_callables(translated, translated_number, newstyle=True)  # type: ignore[attr-defined]
    made.filters.update(
        day=day,
        some=_some,
        when=when_words,
        part=part_words,
        check=check_label,
        doses=doses_words,
        not_complete=not_complete,
        later=_later,
        minutes=minutes_words,
        small=small_start,
        capital=_capital,
        mark=mark_of,
        figure=figure_words,
        found=found_words,
        hazard=_hazard,
        measured=measured_words,
        group=group_words,
        cites=marks_of,
        wording=wording_words,
        watched=watched,
        caution=caution_words,
        explainer=explainer_words,
        sources=source_lines,
        array=_array,
        bars=_bars,
        grouped=grouped,
        once_started=once_started_words,
        entry=entry_words,
    )
    return made


def _later(later: Sequence[LaterSaid], mark: Mark) -> str:
    return "; ".join(later_words(later, mark))


def _hazard(evidence: Sequence[EvidenceSaid]) -> str:
    return hazard_words([found_words(each) for each in evidence])


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _array(figure: EffectFigureSaid) -> str:
    """The picture of 100 people; our own drawing of a number, so nothing in it needs escaping twice."""
    from markupsafe import Markup

    if figure["any_grade"] is None:
        return ""
    return Markup(people_of_100(figure["any_grade"], figure_words(figure)))  # noqa: S704


def _bars(evidence: EvidenceSaid) -> str:
    from markupsafe import Markup

    return Markup(bars(evidence))  # noqa: S704 (its words are escaped where it is drawn)


def _some(names: Sequence[str], most: int) -> str:
    return listed(list(names), most=most)


@cache
def style() -> str:
    """The style sheet, which stands in the page itself."""
    from markupsafe import Markup

    sheet = resources.files("fingerpost.report.html").joinpath("style.css").read_text("utf-8")
    return Markup(sheet)  # noqa: S704 (our own file; nothing of a person is in it)
