"""A helper's phone, a clinician's desk, a link without an account, and the emergency mode without a network."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.companion.browser.conftest import DESK, PHONE, Demo, Watch, axe, context_of, everything_sent, ready
from tests.companion.browser.test_flares_logged_offline import set_up
from tests.companion.live import PASSWORD, Live

PAGES = (
    "more", "sharing", "sharing/invite/helper", "sharing/invite/clinician", "sharing/invite/parent",
    "sharing/links/new", "sharing/log", "appointments", "appointments/prepare", "card", "card?language=de",
    "procedure", "procedure?for=dental", "due", "self-care", "learning", "complications", "summary", "desk-card",
    "referral", "settings", "erase", "reminders",
)  # fmt: skip


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_axe_finds_nothing_on_the_pages_of_care(browser: Browser, demo: Demo, size: dict) -> None:
    context = context_of(browser, storage_state=demo.state, viewport=size)
    watch = Watch(demo.origin)
    watch.over(context)
    page = context.new_page()
    objections: dict[str, list[str]] = {}
    for path in (*PAGES, f"{demo.origin}/emergency?person={demo.person}"):
        page.goto(path if path.startswith("http") else demo.at(path))
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


def invited(page: Page, demo: Demo, role: str, name: str) -> str:
    """Invite somebody in the owner's pages and return the link."""
    page.goto(demo.at("sharing"))
    page.get_by_role("link", name=role).click()
    page.get_by_label("For whom?").fill(name)
    page.get_by_role("button", name="Make the invitation").click()
    return page.get_by_label("Link").input_value()


def join(page: Page, link: str, name: str) -> None:
    page.goto(link)
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password confirmation").fill(PASSWORD)
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_role("heading", name="Shared with you")).to_be_visible()


def kept_of(page: Page, person: str) -> str:
    """What the browser keeps of a record's lists, as JSON."""
    return page.evaluate(
        """person => new Promise((found, failed) => {
          const opening = indexedDB.open("mastkit");
          opening.onsuccess = () => {
            const asked = opening.result.transaction("kept").objectStore("kept").get(`picks:${person}`);
            asked.onsuccess = () => { opening.result.close(); found(JSON.stringify(asked.result ?? null)); };
            asked.onerror = failed;
          };
        })""",
        person,
    )


def test_a_helper_logs_a_flare_on_their_own_phone(browser: Browser, page: Page, demo: Demo) -> None:
    link = invited(page, demo, "Helper", "Ben")
    context = context_of(browser)
    watch = Watch(demo.origin)
    watch.over(context)
    phone = context.new_page()
    join(phone, link, "ben")
    assert axe(phone) == []
    phone.get_by_role("link", name=re.compile("^Open.*Ada")).tap()
    ready(phone)
    expect(phone.locator("[data-not-mine]")).to_contain_text("This is the record of Ada, not yours")
    assert axe(phone) == []
    phone.get_by_role("button", name=re.compile("^Flare now")).tap()
    card = phone.locator("[data-flare]").first
    card.get_by_role("button", name="Flushing").tap()
    card.get_by_role("button", name="6 of 10, moderate").tap()
    everything_sent(phone)
    expect(phone.locator("[data-waiting]")).to_be_hidden()
    refused = phone.locator("[data-waiting-text]").inner_text()
    assert "could not be taken" not in refused
    phone.reload()
    ready(phone)
    expect(phone.locator("[data-flare]").first.get_by_role("button", name="Flushing")).to_have_attribute(
        "aria-pressed", "true"
    )
    phone.get_by_role("link", name=re.compile("Blood for tryptase")).first.tap()
    expect(phone.get_by_text("Test results are not shared with you")).to_be_visible()
    assert axe(phone) == []

    page.goto(demo.at("sharing/log"))
    expect(page.get_by_text("accepted the invitation as Ben")).to_be_visible()
    page.goto(demo.at("sharing"))
    page.get_by_role("button", name=re.compile("^End now.*Ben")).tap()
    expect(page.get_by_text("Ended. Ben no longer sees anything.")).to_be_visible()
    phone.reload()
    expect(phone.get_by_role("heading", level=1)).to_contain_text(re.compile("not found", re.I))
    assert kept_of(phone, demo.person) != "null", "the lists were kept for a moment without a network"
    phone.goto(f"{demo.origin}/log")
    ready(phone)
    assert kept_of(phone, demo.person) == "null", "what the phone kept is gone with the right to see it"
    context.close()
    watch.verdict()


def test_a_clinician_reads_at_a_desk_and_takes_the_pack_along(browser: Browser, page: Page, demo: Demo) -> None:
    link = invited(page, demo, "Clinician", "Dr Cole")
    context = context_of(browser, viewport=DESK, has_touch=False)
    watch = Watch(demo.origin)
    watch.over(context)
    desk = context.new_page()
    join(desk, link, "cole")
    desk.get_by_role("link", name=re.compile("^What changed.*Ada")).click()
    expect(desk.get_by_text("This is your first visit")).to_be_visible()
    assert axe(desk) == []
    for path in ("", "condition", "tests", "timeline", "appointments", "due", "complications"):
        desk.goto(demo.at(path))
        expect(desk.locator("[data-not-mine]")).to_be_visible()
        assert axe(desk) == [], path
    desk.goto(demo.at())
    expect(desk.locator("[data-logger]")).to_have_count(0)
    desk.goto(demo.at("appointments/prepare"))
    desk.get_by_label("Whom do you see?").select_option("allergy")
    desk.get_by_label("Question 1").fill("Is the baseline stable?")
    desk.get_by_role("button", name="Show the pack").click()
    expect(desk.locator(".document")).to_contain_text("Is the baseline stable?")
    with desk.expect_download() as download:
        desk.get_by_role("link", name="Save as PDF").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
    desk.goto(demo.origin)
    expect(desk.get_by_text("nothing", exact=False)).to_be_visible()
    context.close()
    watch.verdict()


def test_a_link_opens_the_summary_with_its_code_and_nothing_else(browser: Browser, page: Page, demo: Demo) -> None:
    page.goto(demo.at("sharing/links/new"))
    page.get_by_label("For whom?").fill("the desk")
    page.get_by_role("button", name="Make the link").click()
    link, code = page.get_by_label("Link").input_value(), page.get_by_label("Code, works once").input_value()
    context = context_of(browser)
    watch = Watch(demo.origin)
    watch.over(context)
    other = context.new_page()
    other.goto(link)
    assert "Ada" not in other.content()
    assert axe(other) == []
    other.get_by_label("Code").fill(code)
    other.get_by_role("button", name="Open").tap()
    expect(other.get_by_role("heading", name="Summary of the record")).to_be_visible()
    assert axe(other) == []
    other.goto(demo.at())
    expect(other).to_have_url(re.compile("/accounts/login/"))
    context.close()
    watch.verdict()


def test_the_emergency_plan_works_without_a_network_where_it_is_kept(browser: Browser, demo: Demo) -> None:
    context = context_of(browser, storage_state=demo.state)
    watch = Watch(demo.origin)
    watch.over(context)
    page = context.new_page()
    page.clock.install()
    page.goto(demo.at())
    ready(page)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.goto(f"{demo.origin}/emergency?person={demo.person}")
    expect(page.locator("[data-step-count]")).to_have_text("Step 1 of 4")
    page.get_by_role("button", name="Keep my plan on this device").tap()
    expect(page.locator("[data-keep-state]")).to_contain_text("opens here without a network")

    context.set_offline(True)
    page.goto(demo.at("emergency"))  # the page of the record becomes the emergency mode
    expect(page.locator("[data-step-count]")).to_have_text("Step 1 of 4")
    expect(page.locator("[data-call-text]")).to_have_text("Call 112")
    assert page.locator("[data-call]").get_attribute("href") == "tel:112"
    page.get_by_role("button", name=re.compile("^Adrenaline given")).tap()
    expect(page.get_by_role("timer")).to_be_visible()
    page.get_by_role("button", name="Done, next").tap()
    expect(page.locator("[data-step-count]")).to_have_text("Step 2 of 4")
    expect(page.locator("[data-acts] li")).to_have_count(2)
    assert axe(page) == []
    page.clock.fast_forward("09:55")
    expect(page.locator("[data-second-now]")).to_be_hidden()
    page.clock.fast_forward("00:10")
    expect(page.locator("[data-second-now]")).to_contain_text("Your plan names a second dose after 10 minutes")
    assert axe(page) == []
    page.get_by_role("button", name=re.compile("^Adrenaline given")).tap()
    expect(page.locator("[data-given]")).to_contain_text("2 doses noted")
    expect(page.locator("[data-second-now]")).to_be_hidden()

    context.set_offline(False)
    page.goto(f"{demo.origin}/emergency?person={demo.person}")
    everything_sent(page)
    page.get_by_role("link", name=re.compile("timed protocol")).tap()
    table = page.locator(".document table")
    expect(table).to_contain_text("Adrenaline")
    expect(table).to_contain_text("Step 1")
    page.goto(f"{demo.origin}/emergency?person={demo.person}")
    page.get_by_role("button", name="Take it off this device").tap()
    expect(page.locator("[data-keep-state]")).to_contain_text("not kept on this device")
    context.set_offline(True)
    page.reload()
    expect(page.locator("[data-no-plan]")).to_contain_text("not on this device")
    expect(page.locator("[data-step]")).to_be_hidden()
    context.close()
    assert watch.strangers == watch.violations == []


def test_without_a_plan_it_says_so_and_shows_the_number(browser: Browser, live: Live) -> None:
    live.start()
    context = context_of(browser, timezone_id="Europe/London")
    page = context.new_page()
    set_up(page, live, worker=False)
    page.get_by_role("link", name="Emergency").first.tap()
    expect(page.locator("[data-no-plan]")).to_contain_text("There is no plan in the record")
    expect(page.locator("[data-call-text]")).to_have_text("Call 999")
    expect(page.locator("[data-step]")).to_be_hidden()
    context.close()


def test_a_red_flag_in_a_flare_leads_to_the_emergency_mode(page: Page, demo: Demo) -> None:
    page.goto(demo.at())
    ready(page)
    page.get_by_role("button", name=re.compile("^Flare now")).tap()
    everything_sent(page)
    card = page.locator("[data-flare]").first  # the new one
    card.get_by_role("button", name="More …").tap()
    card.get_by_role("button", name="Nearly fainting").tap()
    card.get_by_role("alert").get_by_role("link", name="My plan").tap()
    expect(page.locator("[data-step-count]")).to_have_text("Step 1 of 4")
