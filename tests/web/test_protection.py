"""Answers stay with the one person who gave them, in memory, on this computer."""

from __future__ import annotations

import gzip
import logging
import re
import sys
import threading
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from fingerpost.web.application import application
from fingerpost.web.protection import HEADERS, MOST_BYTES
from fingerpost.web.routes import PAGES
from fingerpost.web.sessions import IDLE_SECONDS, MOST_SESSIONS, Sessions
from tests.web.walking import token_in

PLAIN = [page.path for page in PAGES if "{" not in page.path]
CANARY = "Zebrafinch Quagga"


@pytest.mark.parametrize("path", PLAIN)
def test_every_page_opens_without_an_answer_and_is_protected(client, path):
    answer = client.get(path)
    assert answer.status_code in (200, 303)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value


@pytest.mark.parametrize("path", PLAIN)
def test_every_page_is_closed_to_other_hosts(client, path):
    for host in ("evil.example", "evil.example:8300", "127.0.0.1.evil.example", "", "[::2]:8300"):
        answer = client.get(path, headers={"host": host})
        assert answer.status_code == 421
        assert "set-cookie" not in answer.headers


def test_a_page_elsewhere_cannot_crowd_out_a_person(person):
    person.begin()
    person.get("/questions/er")
    person.post("/questions/er", number="90")
    kept = dict(person.client.cookies)
    person.client.cookies.clear()
    for _ in range(MOST_SESSIONS + 1):
        within = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}
        assert "set-cookie" not in person.client.get("/", headers=within).headers
        person.client.get("/", headers={"cookie": ""})
        person.client.cookies.clear()
    person.client.cookies.update(kept)
    assert 'value="90"' in person.get("/questions/er")


@pytest.mark.parametrize("path", [page.path for page in PAGES if page.post is not None])
def test_no_form_is_taken_from_elsewhere(person, path):
    person.begin()
    path = re.sub(r"{\w+}", "er", path)
    before = person.session.answers
    for fields, headers in (
        ({}, {}),
        ({"token": "wrong"}, {}),
        ({"token": person.token}, {"origin": "http://evil.example"}),
        ({"token": person.token}, {"origin": "null"}),
        ({"token": person.token}, {"sec-fetch-site": "cross-site"}),
    ):
        answer = person.client.post(path, data=fields, headers=headers)
        assert answer.status_code == 403
        assert "out of date" in answer.text
    assert person.session.answers is before


def test_the_cookie_ends_with_the_browser_and_only_we_can_read_it(client):
    cookie = client.get("/begin").headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "expires" not in cookie
    assert "max-age" not in cookie


def test_two_people_never_see_each_others_answers(engine, sessions):
    app = application(engine, sessions)
    with (
        TestClient(app, base_url="http://127.0.0.1") as one,
        TestClient(app, base_url="http://127.0.0.1") as other,
    ):
        for client in (one, other):
            token = token_in(client.get("/begin").text)
            client.post(
                "/begin", data={"token": token, "who": "me", "region": "us", "way": "questions"}
            )
        token = token_in(one.get("/questions/er").text)
        one.post("/questions/er", data={"token": token, "number": "90"})
        assert 'value="90"' in one.get("/questions/er").text
        assert 'value="90"' not in other.get("/questions/er").text
        # One person's token does not open the other's answers.
        stolen = other.post("/questions/er", data={"token": token, "number": "1"})
        assert stolen.status_code == 403
        assert 'value="90"' in one.get("/questions/er").text


def test_what_was_deleted_is_gone(person):
    person.begin()
    person.get("/questions/er")
    person.post("/questions/er", number="90")
    key = person.client.cookies["fingerpost_session"]
    # The foot of every page leads to the question first; nothing is deleted at one tap.
    page = person.get("/questions/er")
    assert '<a href="/delete">' in page
    assert 'action="/delete"' not in page
    assert "cannot be brought back" in person.get("/delete")
    assert person.sessions.find(key) is not None
    answer = person.post("/delete")
    assert person.sessions.find(key) is None
    assert answer.headers["location"] == "/deleted"
    assert "Your answers are deleted" in person.get("/deleted")
    assert 'fingerpost_session=""' in answer.headers["set-cookie"]
    assert 'value="90"' not in person.get("/questions/er")


def test_who_is_away_for_half_an_hour_is_forgotten():
    now = [0.0]
    sessions = Sessions(lambda: now[0])
    key = sessions.begin().key
    now[0] += IDLE_SECONDS - 1
    assert sessions.find(key) is not None
    now[0] += IDLE_SECONDS + 1
    assert sessions.find(key) is None
    now[0] += 1
    kept = sessions.begin()
    for _ in range(MOST_SESSIONS + 5):
        now[0] += 1
        sessions.find(kept.key)
        sessions.begin()
    assert sessions.find(kept.key) is kept


LOST = "Nothing is remembered from before"


@pytest.mark.parametrize("path", ["/results", "/check", "/questions", "/my-page", "/save"])
def test_who_comes_back_to_forgotten_answers_is_told(person, path):
    assert LOST not in person.get("/")
    person.sessions.forget(person.client.cookies["fingerpost_session"])
    answer = person.client.get(path, follow_redirects=True)
    assert LOST in answer.text
    assert "bring it back" in answer.text
    # It is said until something is answered again.
    assert LOST in person.get("/check")
    person.get("/questions/er")
    person.post("/questions/er", number="90")
    assert LOST not in person.get("/check")


def test_who_begins_again_is_told_of_the_loss_once(person):
    person.get("/")
    person.sessions.forget(person.client.cookies["fingerpost_session"])
    assert LOST in person.get("/begin")
    assert LOST not in person.begin().get("/check")


def test_nobody_who_has_something_to_lose_makes_room_for_others():
    now = [0.0]
    sessions = Sessions(lambda: now[0])
    answers = (
        {"facts": {"sex": "female"}},
        {"diary": ()},
        {"number": "555 0100"},
        {"own_questions": ("May I travel?",)},
        {"matters": ("tablets",)},
    )
    first = [sessions.begin() for _ in answers]
    for session, given in zip(first, answers, strict=True):
        for name, value in given.items():
            setattr(session.answers, name, value)
        session.kept["options"] = "worked out"
    for place in range(2 * MOST_SESSIONS):
        now[0] += 1
        sessions.begin().answers.facts["birth_date"] = str(place)
    assert all(sessions.find(each.key) is each for each in first)
    assert not any(each.kept for each in first)


def test_a_very_large_upload_gets_a_kind_page(person):
    person.begin()
    answer = person.client.post(
        "/begin",
        data={"token": person.token},
        files={"file": ("report.pdf", b"x" * (MOST_BYTES + 1), "application/pdf")},
    )
    assert answer.status_code == 413
    assert "too large" in answer.text
    # 100 MB in pieces, without saying beforehand how much there will be.
    answer = person.client.post(
        "/begin",
        content=(b"x" * 1024 * 1024 for _ in range(100)),
        headers={"content-type": "multipart/form-data; boundary=b"},
    )
    assert answer.status_code == 413
    assert "traceback" not in answer.text.casefold()


@pytest.mark.parametrize(
    "body",
    [b"", b"--b\r\nbroken", b"\xff\xfe\x00", gzip.compress(b"0" * 1000, mtime=0), b"--b--\r\n"],
)
def test_a_malformed_form_gets_a_kind_page(person, body):
    person.begin()
    for kind in ("multipart/form-data; boundary=b", "multipart/form-data", "text/plain"):
        answer = person.client.post("/begin", content=body, headers={"content-type": kind})
        assert answer.status_code in (400, 403)
        assert "<h1>" in answer.text


# --- a spy on everything that the server does ---------------------------------------------


class Spy:
    """What the threads of the server open for writing, connect to, or start, while it is on."""

    def __init__(self) -> None:
        self.on = False
        self.found: list[str] = []

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        if not self.on or not threading.current_thread().name.startswith(("AnyIO", "fingerpost")):
            return
        if event == "open":
            mode, flags = str(arguments[1] or ""), arguments[2]
            if set("wax+") & set(mode) or (isinstance(flags, int) and flags & 0b11):
                self.found.append(f"open {arguments[0]}")
        elif event in (
            "socket.connect",
            "socket.getaddrinfo",
            "socket.sendto",
            "os.mkdir",
            "os.rename",
        ):
            self.found.append(f"{event} {arguments[1:]}")


_SPY = Spy()
sys.addaudithook(_SPY)


@pytest.fixture
def spy() -> Iterator[Spy]:
    _SPY.found, _SPY.on = [], True
    yield _SPY
    _SPY.on = False


def test_nothing_leaves_and_nothing_is_written_down(spy, site, caplog):
    import httpx2

    addresses = []
    with (
        caplog.at_level(logging.DEBUG),
        httpx2.Client(base_url=site.address, follow_redirects=True) as one,
    ):
        token = token_in(one.get("/begin").text)
        one.post("/begin", data={"token": token, "who": "me", "region": "us", "way": "questions"})
        one.post("/questions/er", data={"token": token, "number": "87.5"})
        one.post("/questions/her2", data={"token": token, "answer": "value:1+"})
        text = f"{CANARY}\nEstrogen receptor: Positive (93%)\nHER2: 2+\n"
        one.post("/upload", data={"token": token, "text": text})
        one.post(
            "/upload", data={"token": token}, files={"file": ("r.txt", text.encode(), "text/plain")}
        )
        for page in PAGES:
            if "{" not in page.path:
                addresses.append(str(one.get(page.path).url))
    spy.on = False
    assert not spy.found
    ours = [
        record
        for record in caplog.records
        if not record.name.startswith(("httpx", "httpcore", "http"))
    ]
    for hidden in (CANARY, "87.5", "93"):
        assert all(hidden not in record.getMessage() for record in ours)
        assert all(hidden not in address for address in addresses)


def test_a_fault_of_ours_says_where_and_never_what(engine, sessions, caplog, monkeypatch):
    def broken(*_: object) -> None:
        raise ValueError(CANARY)

    app = application(engine, sessions)
    monkeypatch.setattr(type(engine), "options", broken)
    with TestClient(app, base_url="http://127.0.0.1") as client:
        answer = client.get("/results")
    assert answer.status_code == 500
    assert "fault of the program" in answer.text
    assert CANARY not in answer.text
    assert CANARY not in caplog.text
    assert "ValueError" in caplog.text
