"""The pages in a real browser: nothing is asked of anybody else, and everybody can use them."""

from __future__ import annotations

import re

import pytest

from .conftest import PEOPLE, bring
from .walking import OWN_TREATMENT, paths

PHONE = {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2, "is_mobile": True}
LAPTOP = {"viewport": {"width": 1280, "height": 800}}


@pytest.fixture
def walker(open_page, site, knowledge):
    """Somebody whose record was brought, in a browser."""

    def opened(example: str | None = "maria.yaml", who: str = "me", **settings):
        page = open_page(**settings)
        page.goto("/begin")
        page.check(f'input[name="who"][value="{who}"]')
        page.check('input[name="region"][value="us"]')
        page.check('input[name="way"][value="questions"]')
        page.click("main button")
        if example is not None:
            key = {each["name"]: each["value"] for each in page.context.cookies()}
            session = site.sessions.find(key["fingerpost_session"])
            session.answers.treatments = [dict(OWN_TREATMENT)]
            bring(session, example, knowledge)
        return page

    return opened


@pytest.mark.parametrize("who", ["me", "professional"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(walker, knowledge, who, scheme) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = walker("maria.yaml", who, color_scheme=scheme, **LAPTOP)
    wrong = {}
    for path in paths(knowledge):
        answer = page.goto(path)
        assert answer.status == 200, f"{path}: {answer.status}"
        found = axe.run(page).response["violations"]
        if found:
            wrong[path] = [
                f"{each['id']}: {each['nodes'][0]['html'][:160]} {each['nodes'][0]['failureSummary'][:200]}"
                for each in found
            ]
    assert not wrong
    assert not page.said


def test_no_page_scrolls_sideways_on_a_phone_or_at_200_percent(walker, knowledge) -> None:
    wide = {}
    for size in (PHONE, {"viewport": {"width": 640, "height": 400}, "device_scale_factor": 2}):
        page = walker("hanna.yaml", **size)
        for path in paths(knowledge):
            page.goto(path)
            over = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            if over > 0:
                wide[path, size["viewport"]["width"]] = over
    assert not wide


def test_every_page_is_whole_without_javascript(walker, knowledge) -> None:
    page = walker("ines.yaml", java_script_enabled=False)
    for path in paths(knowledge):
        assert page.goto(path).status == 200
        assert page.locator("h1").count() == 1, path
        assert page.locator("main").inner_text().strip(), path


def test_the_browser_asks_nobody_else(walker, knowledge, site) -> None:
    page = walker("nora.json")
    for path in paths(knowledge):
        page.goto(path)
    assert {
        re.match(r"\w+:(//[^/]+)?", url)[0] for url in page.asked if not url.startswith("data:")
    } == {site.address}
    assert not page.said, page.said


def test_every_link_leads_somewhere(walker, knowledge) -> None:
    page = walker("beth.yaml")
    links, gone = {}, {}
    for path in paths(knowledge):
        page.goto(path)
        for link in page.eval_on_selector_all(
            "a[href]", "all => all.map(a => a.getAttribute('href'))"
        ):
            links.setdefault(link.partition("#")[0] or path, path)
            if link.startswith("#"):
                target = link[1:]
                assert page.locator(f'[id="{target}"]').count() == 1, f"{path}: {link}"
    for link, path in links.items():
        if link.startswith("/"):
            status = page.request.get(link).status
            if status != 200:
                gone[link] = (path, status)
    assert not gone


@pytest.mark.parametrize("example", PEOPLE)
def test_the_page_to_bring_prints_on_one_sheet(walker, example) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    page = walker(example)
    page.goto("/my-page")
    for paper in ("A4", "Letter"):
        assert len(pdfium.PdfDocument(page.pdf(format=paper, print_background=False))) == 1, paper
