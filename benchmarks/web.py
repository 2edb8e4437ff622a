"""How long the server takes for each page, how heavy the first page is, and how soon it answers.

    .venv/bin/python -m benchmarks.web

Every page is asked for several invented people, with the whole knowledge; the answers are changed
before each first look, so that what is worked out once is measured too ("first") beside what is kept
("again"). All figures come from one run on one core.
"""

from __future__ import annotations

import datetime as dt
import re
import statistics
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from starlette.testclient import TestClient

import fingerpost
from fingerpost.knowledge.load import load_knowledge
from fingerpost.web.application import application
from fingerpost.web.engine import Engine
from fingerpost.web.routes import PAGES
from fingerpost.web.sessions import Sessions

ON = dt.date(2026, 11, 22)
PEOPLE = ("nora.json", "maria.yaml", "ines.yaml", "hanna.yaml", "beth.yaml", "sam.yaml")
# For pages about one thing: one that every person has.
OPTION = "fda.ribociclib.advanced-with-fulvestrant"
NAMES = {
    "ask": "er",
    "group": "fits",
    "number": "1",
    "fact": "esr1_mutation",
    "symptom": "fever",
    "word": "biomarker",
    "explainer": "cdk4_6_inhibitor",
}
KINDS = {"/knowledge/drugs/": "ribociclib", "/knowledge/tests/": "esr1_plasma"}
TARGET_MS = 50.0


def main() -> None:
    """Print a line for each page, then the first page and the start."""
    sessions = Sessions()
    knowledge = load_knowledge()
    engine = Engine(knowledge, today=lambda: ON)
    slow = []
    with TestClient(application(engine, sessions), base_url="http://127.0.0.1:8300") as client:
        token = _token(client.get("/begin").text)
        fields = {"token": token, "who": "me", "region": "us", "way": "questions"}
        client.post("/begin", data=fields)
        session = sessions.find(client.cookies["fingerpost_session"])
        if session is None:
            sys.exit("the pages could not be begun")
        print(f"{'page':<34} {'first':>8} {'again':>8}  (median ms over {len(PEOPLE)} people)")
        for page in PAGES:
            path = _named(page.path)
            first, again = [], []
            for name in PEOPLE:
                record = fingerpost.read_record(Path("examples") / name, knowledge, on=ON)
                session.answers.brought = [record]
                session.changed()
                first.append(_timed(client, path))
                again.append(_timed(client, path))
            median = statistics.median(first)
            if median > TARGET_MS:
                slow.append(page.path)
            print(f"{page.path:<34} {median:8.1f} {statistics.median(again):8.1f}")
        weight = sum(
            len(client.get(path).content)
            for path in ("/", "/static/style.css", "/static/extras.js")
        )
    print(f"\nthe first page in all: {weight / 1024:.0f} KB (aim: below 100)")
    print(f"the start until the first page is there: {_start():.2f} s (aim: below 1.5)")
    print(f"pages above {TARGET_MS:.0f} ms: {', '.join(slow) or 'none'}")


def _named(path: str) -> str:
    own = next((name for start, name in KINDS.items() if path.startswith(start)), OPTION)
    return re.sub(r"{(\w+)}", lambda place: NAMES.get(place[1], own), path)


def _timed(client: TestClient, path: str) -> float:
    start = time.perf_counter()
    client.get(path, follow_redirects=False)
    return (time.perf_counter() - start) * 1000


def _token(html: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', html)
    return found[1] if found else ""


def _start() -> float:
    """Seconds from the command to the first page, with the knowledge compiled before."""
    command = [sys.executable, "-m", "fingerpost", "serve", "--no-browser", "--port", "0"]
    best = float("inf")
    for _ in range(3):
        started = time.perf_counter()
        server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        said = server.stdout.readline() if server.stdout is not None else ""
        address = next((word for word in said.split() if word.startswith("http://")), "")
        urllib.request.urlopen(address).read()  # noqa: S310 (our own page)
        best = min(best, time.perf_counter() - started)
        server.terminate()
        server.wait()
    return best


if __name__ == "__main__":
    main()
