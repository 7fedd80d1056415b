"""Opting in with a real browser, the real server and a real mail server; each step to WCAG 2.2 AA."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.companion.browser.conftest import PHONE, Watch, axe, context_of
from tests.companion.live import PASSWORD, Live
from tests.companion.reminders.server import MailServer


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    running = MailServer().start()
    yield running
    running.stop()


@pytest.fixture
def live(tmp_path: Path, mail_server: MailServer) -> Iterator[Live]:
    server = Live(tmp_path, **mail_server.environment, MASTKIT_REMIND_MINUTES="0").start()
    yield server
    server.stop()


def sound(page: Page, where: str) -> list[str]:
    """What axe finds in light and dark, and whether anything is cut off."""
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found += [f"{where} {scheme}: {one}" for one in axe(page)]
    if page.evaluate("document.documentElement.scrollWidth") > PHONE["width"]:
        found.append(f"{where}: wider than the phone")
    return found


def test_from_settings_to_on_and_off_again(browser: Browser, live: Live, mail_server: MailServer) -> None:
    context = context_of(browser)
    watch = Watch(live.origin)
    watch.over(context)
    page = context.new_page()
    page.goto(live.link)
    for label, text in (("Whose record is it?", "Ada"), ("Name to sign in with", "ada"), ("Password", PASSWORD)):
        page.get_by_label(label).fill(text)
    page.get_by_role("button").last.click()
    found = []

    page.get_by_role("link", name="Menu").click()
    page.get_by_role("link", name="Settings").first.click()
    page.get_by_role("link", name="Set up").click()
    if page.get_by_label("Password").count():
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Confirm").click()
    found += sound(page, "first")
    page.get_by_label("Your e-mail address").fill("ada@example.org")
    page.get_by_label("Injectors that expire").select_option("14 days before")
    page.get_by_label("Say what is due").check(force=True)
    page.get_by_role("button", name="Save, and send a code").click()

    code = re.search(r"\d{4} \d{4}", mail_server.text())
    assert code is not None
    found += sound(page, "code")
    expect(page.get_by_role("button", name="Turn on")).to_have_count(0)
    page.get_by_label("The code from the e-mail").fill(code.group())
    page.get_by_role("button", name="Confirm", exact=True).click()

    expect(page.get_by_role("heading", name="The e-mail, word for word")).to_be_visible()
    expect(page.locator("pre.letter")).to_contain_text("Stop these e-mails:")
    found += sound(page, "letter")
    page.get_by_role("button", name="Turn on").click()
    expect(page.get_by_text("Reminders by e-mail are on.").first).to_be_visible()
    found += sound(page, "on")

    link = re.search(r"http://\S+/reminders/stop/\S+", page.locator("pre.letter").inner_text())
    assert link is not None
    stranger = context_of(browser).new_page()
    stranger.goto(link.group())
    found += sound(stranger, "stop")
    stranger.get_by_role("button", name="Stop the e-mails").click()
    expect(stranger.get_by_role("status")).to_contain_text("Stopped.")
    stranger.context.close()

    page.get_by_role("link", name="Menu").click()
    page.get_by_role("link", name="Settings").first.click()
    expect(page.get_by_text("they were stopped by the link in an e-mail")).to_be_visible()
    page.get_by_role("link", name="Set up").click()
    page.get_by_role("button", name="Turn on").click()
    page.get_by_role("button", name="Stop the e-mails").click()
    expect(page.get_by_text("No e-mail is sent any more.")).to_be_visible()
    found += sound(page, "settings")
    assert found == []
    context.close()
    watch.verdict()
