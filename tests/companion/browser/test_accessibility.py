"""Every page in light and dark, on a phone and on a desk: axe to WCAG 2.2 AA finds nothing; nothing is cut off."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.companion.browser.conftest import DESK, PHONE, Demo, Watch, axe, context_of, ready

PAGES = (
    "", "emergency", "more", "checkin", "timeline", "timeline?days=365", "tests", "record", "record?kind=flare",
    "condition", "triggers", "triggers/how", "due", "settings", "data", "add", "add/flare", "add/exposure",
    "add/tryptase", "add/test", "add/marrow", "add/gene-test", "add/photo", "add/plan", "add/appointment",
)  # fmt: skip
OTHERS = ("/log", "/")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_axe_finds_nothing_on_any_page(browser: Browser, demo: Demo, size: dict) -> None:
    context = context_of(browser, storage_state=demo.state, viewport=size)
    watch = Watch(demo.origin)
    watch.over(context)
    page = context.new_page()
    objections: dict[str, list[str]] = {}
    for path in (*PAGES, *OTHERS):
        page.goto(f"{demo.origin}{path}" if path.startswith("/") else demo.at(path))
        expect(page.get_by_role("heading", level=1)).to_be_attached()
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            objections[f"{path} {scheme}"] = axe(page)
        if (width := page.evaluate("document.documentElement.scrollWidth")) > size["width"]:
            objections[f"{path} width"] = [f"{width} pixels wide"]
    assert {where: found for where, found in objections.items() if found} == {}
    context.close()
    watch.verdict()


def test_a_running_flare_with_all_its_parts(page: Page, demo: Demo) -> None:
    page.goto(demo.at())
    ready(page)
    cards = page.locator("[data-flare]")
    before = cards.count()
    for more in (1, 2):
        page.get_by_role("button", name=re.compile("^Flare now")).tap()
        expect(cards).to_have_count(before + more)
        page.wait_for_timeout(400)  # a second tap sooner than this is a trembling thumb
    card = cards.first
    card.get_by_role("button", name="More …").tap()
    card.get_by_role("button", name="Nearly fainting").tap()
    expect(card.get_by_role("alert")).to_be_visible()
    card.get_by_role("button", name="Adrenaline given").tap()
    expect(card.get_by_role("timer")).to_be_visible()
    card.get_by_text("When it began, medicines, possible triggers").tap()
    for opener in ("Exposure", "Medicine"):
        page.get_by_role("button", name=opener, exact=True).tap()
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            assert axe(page) == []


@pytest.mark.parametrize(
    "path",
    ["", "emergency", "timeline", "tests", "condition", "triggers", "triggers/how", "add/flare", "settings", "add"],
)
def test_nothing_is_lost_at_320_pixels_or_with_text_twice_as_large(browser: Browser, demo: Demo, path: str) -> None:
    context = context_of(browser, storage_state=demo.state, viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(demo.at(path))
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.set_viewport_size(PHONE)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    cut = page.evaluate(
        """() => [...document.querySelectorAll('a, button, h1, h2, p, label')]
            .filter(one => one.offsetParent && one.scrollWidth > one.clientWidth + 2
                           && getComputedStyle(one).overflow === 'hidden'
                           && !one.classList.contains('visually-hidden'))
            .map(one => one.textContent.trim().slice(0, 60))"""
    )
    assert cut == []
    context.close()


@pytest.mark.parametrize("path", ["", "timeline", "add/flare", "settings", "record"])
def test_targets_are_at_least_48_pixels(page: Page, demo: Demo, path: str) -> None:
    page.goto(demo.at(path))
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, a.btn, a.tile, a.chip, label.chip, a.fact, .bar a, select, '
                    + 'summary, input:not([type=hidden], .chip input)')]
            .filter(one => one.offsetParent)
            .map(one => [one.getBoundingClientRect(), one])
            .filter(([box]) => box.height < 47.5 || box.width < 44)
            .map(([box, one]) => `${box.width}x${box.height} ${one.outerHTML.slice(0, 90)}`)"""
    )
    assert small == []


def test_the_low_energy_page_has_three_buttons(page: Page, demo: Demo) -> None:
    page.goto(demo.at("settings"))
    page.get_by_text("Low-energy mode").tap()
    page.get_by_role("button", name="Save").tap()
    expect(page.get_by_text("Settings saved.")).to_be_visible()
    try:
        page.goto(demo.at())
        ready(page)
        # A flare that runs has its own card below them, with nothing but its end and adrenaline.
        shown = page.locator("main .tile:visible, main .btn:visible:not([data-flare] .btn)")
        assert [text.split("\n")[0] for text in shown.all_inner_texts()] == ["Flare now", "Medicine", "Emergency"]
        assert axe(page) == []
        page.locator("main .tile:visible").first.tap()
        expect(page.locator("[data-flare]").first).to_be_visible()
        # On a small phone the three, and what ends the flare, stand above the bar without scrolling.
        page.set_viewport_size({"width": 360, "height": 740})
        page.goto(demo.at())
        ready(page)
        bar = page.locator(".bar").bounding_box()["y"]
        needed = page.locator("main .tile:visible, [data-flare]:first-of-type .btn:visible").all()
        assert len(needed) == 5
        for button in needed:
            box = button.bounding_box()
            assert box["y"] + box["height"] <= bar, button.inner_text()
    finally:
        page.goto(demo.at("settings"))
        page.get_by_text("Low-energy mode").tap()
        page.get_by_role("button", name="Save").tap()
        expect(page.get_by_text("Settings saved.")).to_be_visible()
