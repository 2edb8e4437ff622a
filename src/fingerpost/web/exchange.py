"""One request and its answer: what a page is given, and the ways in which it may answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from starlette.responses import HTMLResponse, RedirectResponse, Response

from fingerpost.errors import FingerpostError
from fingerpost.messages import gettext as _
from fingerpost.messages import language, marked, respelled_page, saying
from fingerpost.messages.spelling import usual_spelling
from fingerpost.report.html.words import linked_words
from fingerpost.report.spoken import spoken
from fingerpost.web.page import environment
from fingerpost.web.told import told_problems

if TYPE_CHECKING:
    from starlette.datastructures import FormData, Headers

    from fingerpost.knowledge.model import Knowledge
    from fingerpost.web.engine import Engine
    from fingerpost.web.sessions import Session, Sessions

COOKIE = "fingerpost_session"
SEE_OTHER = 303
_WORDS = "/words/"
# Pages that speak to the person with cancer, whoever reads them.
_SPEAK_TO_HER = (
    *("/questions", "/treatments", "/matters", "/check", "/two-answers", "/results", "/tests"),
    *("/options", "/compare", "/what-if", "/when-to-call", "/my-questions", "/my-page"),
)
_YOU = {
    "someone": marked("“You” on this page means the person you care for."),
    "professional": marked("“You” on this page means your patient."),
}


class NotThere(Exception):  # noqa: N818 (no fault of the program)
    """There is no page of that name."""


@dataclass(slots=True)
class Exchange:
    """What a page needs to answer: the names in the path, the form, the person's session, the engine."""

    path: str
    given: Mapping[str, str]
    asked: Mapping[str, str]
    form: FormData
    headers: Headers
    engine: Engine
    sessions: Sessions
    _session: Session | None
    new: bool = field(default=False)
    forgotten: bool = field(default=False)
    # The browser came with the key of a session that is forgotten.
    lost: bool = field(default=False)
    # Whoever asks in another name, or from within another page, gets no session begun.
    stranger: bool = field(default=False)

    @property
    def session(self) -> Session:
        """The person's session; begun when a page first needs one."""
        if self._session is None:
            self._session = self.sessions.begin()
            self._session.after_lost = self.lost
            self.new = True
        return self._session

    @property
    def has_session(self) -> bool:
        """Whether anything is remembered of this person."""
        return self._session is not None

    @property
    def is_professional(self) -> bool:
        """Whether the whole of it is shown: clauses, doses, thresholds."""
        return self._session is not None and self._session.answers.who == "professional"

    @property
    def knowledge(self) -> Knowledge:
        """The knowledge with its words in the person's language: what pages show.

        What is worked out is worked out with the engine's own, and kept for every language.
        """
        return spoken(self.engine.knowledge)

    @property
    def is_about_another(self) -> bool:
        """Whether somebody answers for the person with cancer."""
        return self._session is not None and self._session.answers.who in _YOU

    def _you(self) -> str:
        """Whom "you" means on this page, where it is not the reader; empty otherwise."""
        if not self.is_about_another or not self.path.startswith(_SPEAK_TO_HER):
            return ""
        return _(_YOU[self.session.answers.who])

    def text(self, name: str) -> str:
        """What was written into a field; empty if nothing was."""
        value = self.form.get(name, "")
        return value.strip() if isinstance(value, str) else ""

    def texts(self, name: str) -> list[str]:
        """What was ticked under a name."""
        return [each for each in self.form.getlist(name) if isinstance(each, str)]

    def query(self, name: str) -> str:
        """Where to go back to; an address never holds an answer."""
        return self.asked.get(name, "")

    def language(self) -> str:
        """The language in which this person reads."""
        if self._session is None:
            return "en-US"
        answers = self._session.answers
        return answers.language or usual_spelling(answers.authority)

    def page(
        self,
        template: str,
        *,
        status: int = 200,
        linked: bool = True,
        **values: Any,  # noqa: ANN401
    ) -> Response:
        """A page from its template, in the person's language; words lead to what they mean if `linked`."""
        values = {"problems": (), "lost": self._tells_of_loss(), **values}
        with saying(self.engine.speech(self.language())):
            about = self.engine.knowledge.about
            html = (
                environment()
                .get_template(template)
                .render(
                    exchange=self,
                    language=language(),
                    token="" if self.stranger else self.session.token,
                    about=about,
                    professional=self.is_professional,
                    you=self._you(),
                    large=self.has_session and self.session.answers.large,
                    **values,
                )
            )
            # Who treats people knows the words; label and record stand there as they are.
            if linked and not self.is_professional:
                html = self._with_words(html)
            html = respelled_page(html)
        return HTMLResponse(html, status)

    def _with_words(self, html: str) -> str:
        """The main part with the first use of each word as a link to the page that explains it."""
        before, main, after = html.partition("<main")
        within, end, rest = after.partition("</main>")
        terms = self.engine.knowledge.following.terms
        # On the page of a word, the word itself leads nowhere.
        others = [spoken(term) for name, term in terms.items() if self.path != f"{_WORDS}{name}"]
        within, _found = linked_words(within, others, _WORDS)
        return f"{before}{main}{within}{end}{rest}"

    def _tells_of_loss(self) -> bool:
        """Whether answers may have been forgotten of which nothing has been said again yet."""
        if self.stranger:
            return False
        return self.session.after_lost and self.session.answers.is_untouched

    def go(self, to: str) -> Response:
        """Send the browser on to another page; a form is then never sent twice."""
        return RedirectResponse(to, SEE_OTHER)

    def sorry(self, status: int, title: str, error: FingerpostError | None, what: str) -> Response:
        """A kind page that says what went wrong and what to do."""
        problems = told_problems(error.problems, self.knowledge) if error is not None else ()
        return self.page(
            "sorry.html.jinja", status=status, title=title, what=what, found=problems, lost=False
        )


class Page(NamedTuple):
    """A page: its address, what shows it, and what takes its form."""

    path: str
    get: Callable[[Exchange], Response]
    post: Callable[[Exchange], Response] | None = None

    @property
    def methods(self) -> Sequence[str]:
        """How it may be asked for."""
        return ["GET"] if self.post is None else ["GET", "POST"]


def file(content: str | bytes, name: str, kind: str) -> Response:
    """Something to keep: the browser asks where."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=kind, headers=headers)
