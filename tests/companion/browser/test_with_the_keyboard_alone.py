"""Journeys without a mouse: what has the focus is seen, and is never hidden under a bar."""

import json
import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.companion.browser.conftest import DESK, PHONE, Demo, Watch, context_of, everything_sent, ready


@pytest.fixture
def desk(browser: Browser, demo: Demo):
    context = context_of(browser, storage_state=demo.state, viewport=DESK, has_touch=False)
    watch = Watch(demo.origin)
    watch.over(context)
    yield context.new_page()
    context.close()
    watch.verdict()


def go_to(page: Page, name: str, most: int = 120) -> None:
    """Press Tab until the element of this name has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if re.search(
            name, page.evaluate("document.activeElement.innerText || document.activeElement.ariaLabel || ''")
        ):
            return
    raise AssertionError(f"no way to {name} with the Tab key")


def test_a_flare_is_logged_and_ended(desk: Page, demo: Demo) -> None:
    desk.goto(demo.at())
    ready(desk)
    shown = desk.locator("[data-flare]").count()
    go_to(desk, "^Flare now")
    desk.keyboard.press("Enter")
    expect(desk.locator("[data-flare]")).to_have_count(shown + 1)
    desk.locator("body").press("Home")
    desk.evaluate("document.activeElement.blur()")
    go_to(desk, "^Flushing")
    desk.keyboard.press("Space")
    expect(desk.locator('[data-act="symptom"][data-code="flushing"]').first).to_have_attribute(
        "aria-pressed", "true"
    )
    desk.evaluate("document.activeElement.blur()")
    go_to(desk, "^It is over")
    desk.keyboard.press("Enter")
    expect(desk.locator("[data-flare]")).to_have_count(shown)
    everything_sent(desk)


def test_the_page_can_be_skipped_to(desk: Page, demo: Demo) -> None:
    desk.goto(demo.at("timeline"))
    desk.keyboard.press("Tab")
    expect(desk.get_by_role("link", name="Skip to the page")).to_be_focused()
    desk.keyboard.press("Enter")
    assert desk.evaluate("document.activeElement.id") == "main"


def test_a_value_is_entered_confirmed_corrected_and_withdrawn(desk: Page, demo: Demo) -> None:
    desk.goto(demo.at("add/tryptase"))
    desk.get_by_label("Value", exact=True).focus()
    desk.keyboard.type("31,2")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", name="Is this right?")).to_be_visible()
    expect(desk.get_by_text("31.2 ng/mL")).to_be_visible()
    go_to(desk, "^Save")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("Saved.")).to_be_visible()
    everything = json.loads(desk.request.get(demo.at("data/export")).text())["facts"]
    fact = [one for one in everything if one.get("code") == "tryptase"][-1]
    assert (fact["quantity"]["value"], fact["quantity"]["unit"]) == (31.2, "ng/mL")
    desk.goto(demo.at(f"facts/{fact['id']}"))
    go_to(desk, "^Correct")
    desk.keyboard.press("Enter")
    desk.get_by_label("Value", exact=True).fill(">200")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text(">200 ng/mL")).to_be_visible()
    go_to(desk, "^Save")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("holds now")).to_have_count(1)
    go_to(desk, "^Withdraw")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("This was withdrawn.")).to_be_visible()


def test_the_focus_is_never_hidden_by_the_bar(browser: Browser, demo: Demo) -> None:
    context = context_of(browser, storage_state=demo.state, viewport=PHONE)
    page = context.new_page()
    page.goto(demo.at("add/flare"))
    for _ in range(60):
        page.keyboard.press("Tab")
        hidden = page.evaluate(
            """() => {
                const one = document.activeElement.closest('.chip') ?? document.activeElement;
                const bar = document.querySelector('.bar');
                if (bar.contains(one) || one === document.body) return '';
                const box = one.getBoundingClientRect(), under = bar.getBoundingClientRect();
                return box.top >= under.top && box.top < under.bottom ? one.outerHTML.slice(0, 120) : '';
            }"""
        )
        assert hidden == ""
    context.close()
