"""The emergency page: the person's own plan, the number, and a clock since adrenaline."""

import re

from playwright.sync_api import Page, expect

from tests.companion.browser.conftest import Demo, axe, everything_sent, ready


def test_the_plan_and_the_number_are_there_and_adrenaline_is_one_tap(page: Page, demo: Demo) -> None:
    page.goto(demo.at())
    ready(page)
    page.get_by_role("button", name=re.compile("^Flare now")).tap()
    everything_sent(page)
    page.goto(demo.at("emergency"))
    expect(page.get_by_role("link", name=re.compile("^Call 112"))).to_have_attribute("href", "tel:112")
    expect(page.get_by_text("Adrenaline auto-injector into the outer thigh")).to_be_visible()
    ready(page)
    page.get_by_role("button", name="Adrenaline given: note the time").tap()
    expect(page.get_by_role("timer")).to_have_text(re.compile(r"00:0\d"))
    assert axe(page) == []
    page.goto(demo.at())
    ready(page)
    expect(page.locator("[data-flare]").first.get_by_role("timer")).to_be_visible()
