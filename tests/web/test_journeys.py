"""Four people go all the way: with JavaScript, without, and with the keyboard alone."""

from __future__ import annotations

import pytest

# What each of them can answer; everything else they do not know.
NORA = {
    "sex": "value:female",
    "birth-date": {"year": "1983"},
    "extent": "value:metastatic",
    "spread-to": {"member": ["lung"]},
    "er": "coarser:negative",
    "pr": "coarser:negative",
    "her2": "value:0",
    "pdl1": {"number": "12"},
    "daily-life": "value:1",
}
MARIA = {
    "sex": "value:female",
    "birth-date": {"year": "1968", "month": "5"},
    "extent": "value:metastatic",
    "spread-to": {"member": ["bone", "liver"]},
    "er": {"number": "90"},
    "pr": {"number": "40"},
    "her2": "value:1+",
    "esr1": "value:present",
    "menopause": "value:postmenopausal",
    "growing": "value:progressing",
}
INES = {
    "sex": "value:female",
    "birth-date": {"year": "1975"},
    "extent": "value:metastatic",
    "spread-to": {"member": ["brain"]},
    "er": "coarser:negative",
    "pr": "coarser:negative",
    "her2": "value:3+",
}
SAM = {
    "sex": "value:male",
    "birth-date": {"year": "1960"},
    "extent": "value:early",
    "er": {"number": "95"},
    "pr": {"number": "80"},
    "her2": "value:0",
    "nodes": {"number": "4"},
    "surgery": "value:done",
}
TREATED = {
    "drugs": "letrozole and palbociclib",
    "setting": "metastatic",
    "end_reason": "progression",
}
JOURNEYS = {
    "nora": (NORA, None, "triple-negative", "pembrolizumab"),
    "maria": (MARIA, TREATED, "hormone receptor-positive, HER2-negative", "elacestrant"),
    "ines": (INES, None, "HER2-positive", "trastuzumab"),
    "sam": (SAM, None, "hormone receptor-positive", "abemaciclib"),
}
# More pages than anybody is ever asked.
MOST_PAGES = 90


def begin(page) -> None:
    page.goto("/")
    page.click("text=Start now")
    for name, value in (("who", "me"), ("region", "us"), ("way", "questions")):
        page.check(f'input[name="{name}"][value="{value}"]')
    page.click("main button")


def say(page, said) -> None:
    """Answer the question that is open, or say that it is not known."""
    if said is None:
        page.check('input[value="absent:not_known"]')
    elif isinstance(said, str):
        page.check(f'input[name="answer"][value="{said}"]')
    elif "member" in said:
        for each in said["member"]:
            page.check(f'input[name="member"][value="{each}"]')
        page.check('input[name="complete"][value="yes"]')
    else:
        for name, value in said.items():
            page.fill(f'input[name="{name}"]', value)
    page.click("main form button >> nth=0")


def tell_treatments(page, treated) -> None:
    if treated is None:
        page.click("text=I have had none")
        return
    page.click("text=Add a treatment")
    page.fill("#drugs", treated["drugs"])
    page.check(f'input[name="setting"][value="{treated["setting"]}"]')
    page.check(f'input[name="end_reason"][value="{treated["end_reason"]}"]')
    page.click("text=Save this treatment")
    page.check('input[name="whole"][value="yes"]')
    page.click("main button:has-text('Continue')")


def answer_all(page, answers, treated) -> list[str]:
    """Answer until nothing is asked any more; the questions that were asked."""
    asked = []
    for _ in range(MOST_PAGES):
        path = page.evaluate("location.pathname")
        if path.startswith("/questions/"):
            ask = path.removeprefix("/questions/")
            assert ask not in asked, f"asked twice: {ask}"
            asked.append(ask)
            say(page, answers.get(ask))
        elif path == "/treatments":
            tell_treatments(page, treated)
        elif path == "/matters":
            page.click("main button")
        elif path == "/two-answers":
            page.click("main form button")
        else:
            return asked
    pytest.fail("the questions do not end")


@pytest.mark.parametrize("javascript", [True, False], ids=["with", "without"])
@pytest.mark.parametrize("name", JOURNEYS)
def test_a_person_goes_all_the_way(open_page, name, javascript) -> None:
    answers, treated, subtype, medicine = JOURNEYS[name]
    page = open_page(java_script_enabled=True)
    if not javascript:
        page.route("**/*.js", lambda route: route.abort())
    begin(page)
    asked = answer_all(page, answers, treated)
    assert answers.keys() <= set(asked)
    assert page.evaluate("location.pathname") == "/check"
    page.click("text=See what matches")
    assert subtype.casefold() in page.inner_text("h1").casefold()
    listed = page.inner_text("main").casefold()
    assert medicine in listed
    # From the list to the cards of its group, and from a card to its treatment.
    page.click("main section ul.lines >> nth=0 >> xpath=preceding::p[1]//a")
    page.click("main section.option h2 a >> nth=0")
    page.click("main a.button")
    assert "what it would be like" in page.inner_text("h1")
    page.click("header >> text=When to call")
    assert "Emergency" in page.inner_text("main")
    page.click("header >> text=My page to print")
    assert page.locator("h1").count() == 1
    page.click("footer >> text=Delete my answers")
    page.click("main form button")
    page.goto("/check")
    assert "Female" not in page.inner_text("main")
    assert not [said for said in page.said if "ERR_FAILED" not in said]


def test_everything_is_reached_with_the_keyboard_alone(open_page) -> None:
    page = open_page()
    page.goto("/begin")

    def tab_to(selector: str) -> None:
        for _ in range(80):
            page.keyboard.press("Tab")
            if page.evaluate("s => document.activeElement.matches(s)", selector):
                ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
                assert ring != "none", f"{selector} shows no focus"
                return
        pytest.fail(f"{selector} is not reached")

    for name in ("who", "region", "way"):
        tab_to(f'input[name="{name}"]')
        page.keyboard.press("Space")
    tab_to("main button")
    with page.expect_navigation(url="**/questions/**"):
        page.keyboard.press("Enter")
    tab_to('input[name="answer"]')
    page.keyboard.press("Space")
    tab_to("main form button")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.evaluate("location.pathname").startswith("/questions/")
    # Sent without an answer: the problem is told, and the focus is there.
    tab_to("main form button")
    page.keyboard.press("Enter")
    page.wait_for_selector(".problems")
    assert page.title().startswith("Error:")
    assert page.evaluate("document.activeElement.classList.contains('problems')")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "answer"
    page.goto("/results")
    tab_to("details summary")
    page.keyboard.press("Enter")
    assert page.locator("details[open]").count() == 1


def test_two_people_at_once_see_only_their_own(open_page) -> None:
    one, other = open_page(), open_page()
    for page, number in ((one, "90"), (other, "1")):
        begin(page)
        page.goto("/questions/er")
        page.fill('input[name="number"]', number)
        page.click("main form button")
    for page, number in ((one, "90"), (other, "1")):
        page.goto("/questions/er")
        assert page.input_value('input[name="number"]') == number


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "broken.pdf",
            b"%PDF-1.7\n1 0 obj << /Type /Catalog /OpenAction << /S /JavaScript /JS (x) >> >>",
        ),
        ("report.pdf", b"no pdf at all"),
        ("bundle.json", b'{"resourceType": "Bundle", "entry": [{"resource":'),
        ("bomb.txt.gz", b"\x1f\x8b\x08\x00broken"),
        ("page.html", b"<script>alert(1)</script>"),
    ],
)
def test_a_hostile_or_broken_file_gets_a_kind_page(open_page, name, content) -> None:
    page = open_page()
    begin(page)
    page.goto("/questions/er")
    page.fill('input[name="number"]', "90")
    page.click("main form button")
    page.goto("/upload")
    page.set_input_files(
        'input[type="file"]',
        [{"name": name, "mimeType": "application/octet-stream", "buffer": content}],
    )
    page.click("main form button")
    text = page.inner_text("main")
    assert "Traceback" not in text
    assert page.title().startswith("Error:")
    page.goto("/questions/er")
    assert page.input_value('input[name="number"]') == "90"
