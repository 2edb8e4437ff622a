"""The one page to bring to a visit: on the screen, on paper, as a file."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from fingerpost.errors import Problem, UsageError
from fingerpost.messages import gettext as _
from fingerpost.messages import marked
from fingerpost.report.html.pages import MOST_NAMES, Written, as_pdf, report_as_html
from fingerpost.report.sheet_said import calls_said, sheet_document
from fingerpost.web import found
from fingerpost.web.exchange import Page, file
from fingerpost.web.pages.bring import ToBring, matters_of, questions_of
from fingerpost.web.pages.symptoms import facts_of, region_of

if TYPE_CHECKING:
    from starlette.responses import Response

    from fingerpost.options.model import Options
    from fingerpost.report.html.pages import Paper
    from fingerpost.report.sheet_said import SheetDocument
    from fingerpost.web.exchange import Exchange

PAPERS = {"A4": marked("A4"), "letter": marked("US Letter")}
FORMS = {
    "html": marked("A web page (HTML), to keep, mail or print"),
    "pdf": marked("A PDF, to keep or print"),
}
# More do not fit on one page beside everything else: so many questions, and so many lines of them.
_MOST_QUESTIONS, _MOST_LINES = 8, 17
_LETTERS_OF_A_LINE = 55


def show(exchange: Exchange) -> Response:
    """The page as it will be printed, and how to get it on paper."""
    return _page(exchange, ())


def _page(exchange: Exchange, problems: Sequence[Problem]) -> Response:
    here = "letter" if exchange.session.answers.authority == "fda" else "A4"
    return exchange.page(
        "my_page.html.jinja",
        status=422 if problems else 200,
        problems=problems,
        sheet=_sheet(exchange),
        most_names=MOST_NAMES,
        written=_written(exchange),
        papers=PAPERS,
        forms=FORMS,
        given={"paper": exchange.text("paper") or here, "form": exchange.text("form")},
    )


def download(exchange: Exchange) -> Response:
    """The same page as a file of the person's own."""
    paper, form = exchange.text("paper"), exchange.text("form")
    wanted = (("paper", paper, PAPERS), ("form", form, FORMS))
    problems = [
        Problem("no-answer", name, _("choose one of these"), "", "")
        for name, given, choices in wanted
        if given not in choices
    ]
    if problems:
        return _page(exchange, problems)
    html = report_as_html(
        _sheet(exchange),
        paper=cast("Paper", paper),
        terms=exchange.knowledge.following.terms.values(),
        written=_written(exchange),
    )
    if form == "html":
        return file(html, "my-page.html", "text/html")
    try:
        return file(as_pdf(html), "my-page.pdf", "application/pdf")
    except UsageError:
        what = _(
            "This computer cannot make a PDF. Choose the web page, or print this page with your browser "
            "and choose “save as PDF” there."
        )
        return _page(exchange, [Problem("no-pdf", "form", what, "", "")])


def _sheet(exchange: Exchange) -> SheetDocument:
    """What stands on the page, with the questions that the person wants to ask."""
    options = exchange.engine.options(exchange.session)
    name = f"sheet {exchange.engine.today()}"
    sheet = found.kept(exchange, name, lambda: _without_questions(exchange, options)).copy()
    sheet["questions"] = [
        {"id": f"question-{place}", "group": each.group, "text": each.text}
        for place, each in enumerate(_questions(exchange)[0])
    ]
    return sheet


def _questions(exchange: Exchange) -> tuple[list[ToBring], list[ToBring]]:
    """The questions that fit on the page, and the others; none of the person's own is left out."""
    asked = questions_of(exchange)
    own = sum(each.group == "own" for each in asked)
    wanted = asked[: max(own, _MOST_QUESTIONS)]
    lines = 0
    for place, each in enumerate(wanted):
        lines += math.ceil(len(each.text) / _LETTERS_OF_A_LINE)
        if place == _MOST_QUESTIONS or lines > _MOST_LINES:
            # For questions that nobody wrote a second page is not worth its paper.
            return wanted[:place], wanted[place:] if place < own else []
    return wanted, []


def _without_questions(exchange: Exchange, options: Options) -> SheetDocument:
    sheet = sheet_document(options)
    # Whom to call is of the day and place where the person is, whatever day was asked about.
    sheet["calls"] = calls_said(
        facts_of(exchange),
        exchange.knowledge,
        on=exchange.engine.today(),
        authority=region_of(exchange),
    )
    return sheet


def _written(exchange: Exchange) -> Written:
    answers = exchange.session.answers
    more = [each.text for each in _questions(exchange)[1]]
    return Written(answers.number, answers.fever, matters_of(exchange), more)


PAGES: Sequence[Page] = (Page("/my-page", show, download),)
