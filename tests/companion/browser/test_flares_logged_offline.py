"""Five flares without a network and with the server gone: exactly five arrive, none doubled, none lost."""

import json
import re

from playwright.sync_api import Browser, Page, expect

from tests.companion.browser.conftest import Watch, context_of, everything_sent, ready
from tests.companion.live import PASSWORD, Live


def set_up(page: Page, live: Live, *, worker: bool = True) -> str:
    page.goto(live.link)
    page.get_by_label("Whose record is it?").fill("Ada")
    page.get_by_label("Name to sign in with").fill("ada")
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main form button").first.click()
    page.wait_for_url("**/people/**")
    ready(page)
    url = page.url
    # Taking the record out, by which these tests see what arrived, asks for the password again.
    page.goto(f"{live.origin}/accounts/reauthenticate/?next=/log")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.wait_for_url("**/log")
    page.goto(url)
    ready(page)
    if worker:
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    return url


def flares(page: Page, url: str) -> list[dict]:
    everything = json.loads(page.request.get(f"{url}data/export").text())["facts"]
    return [fact for fact in everything if fact["kind"] == "flare"]


def test_five_flares_offline_are_five_flares(browser: Browser, live: Live) -> None:
    live.start()
    context = context_of(browser)
    watch = Watch(live.origin)
    watch.over(context)
    page = context.new_page()
    url = set_up(page, live)

    context.set_offline(True)
    live.stop()
    page.goto(f"{live.origin}/log?now=flare")  # the home-screen shortcut, cold, without a network
    expect(page.locator("[data-flare]")).to_have_count(1)
    for count in range(2, 5):
        page.wait_for_timeout(500)  # two taps within a third of a second are one tap of a trembling thumb
        page.get_by_role("button", name=re.compile("^Flare now")).tap()
        expect(page.locator("[data-flare]")).to_have_count(count)
    page.reload()
    expect(page.locator("[data-flare]")).to_have_count(4)
    page.get_by_role("button", name=re.compile("^Flare now")).tap()
    expect(page.locator("[data-flare]")).to_have_count(5)
    expect(page.locator("[data-waiting-text]")).to_contain_text("5 entries wait on this device")

    page.goto(url)  # a page that cannot be reached becomes the logger
    expect(page.get_by_role("button", name=re.compile("^Flare now"))).to_be_visible()

    live.start()
    context.set_offline(False)
    page.goto(f"{live.origin}/log")
    everything_sent(page)
    page.goto(url)
    ready(page)
    found = flares(page, url)
    assert len(found) == 5
    assert len({fact["id"] for fact in found}) == 5
    expect(page.locator("[data-flare]")).to_have_count(5)
    context.close()
    watch.verdict()


def test_an_expired_session_keeps_the_queue(browser: Browser, live: Live) -> None:
    live.start()
    context = context_of(browser)
    page = context.new_page()
    url = set_up(page, live)
    signed_in = context.cookies()
    context.clear_cookies()
    page.get_by_role("button", name=re.compile("^Flare now")).tap()
    expect(page.locator("[data-waiting-text]")).to_contain_text("You are signed out")
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()
    context.add_cookies(signed_in)
    page.goto(url)
    everything_sent(page)
    assert len(flares(page, url)) == 1
    context.close()


def test_a_lost_answer_does_not_double_a_flare(browser: Browser, live: Live) -> None:
    live.start()
    context = context_of(browser, service_workers="block")
    page = context.new_page()
    url = set_up(page, live, worker=False)
    taken = []

    def lose_the_answer(route) -> None:
        # The server takes the facts, but the phone never hears of it.
        taken.append(route.fetch().status)
        route.abort()

    page.route("**/api/people/*/facts", lose_the_answer)
    page.get_by_role("button", name=re.compile("^Flare now")).tap()
    expect(page.locator("[data-waiting-text]")).to_contain_text("1 entry waits on this device")
    expect(page.locator("[data-waiting-text]")).to_contain_text("sent when there is a network")
    assert taken == [200]
    page.unroute("**/api/people/*/facts")
    page.get_by_role("button", name="Send now").tap()
    everything_sent(page)
    assert len(flares(page, url)) == 1
    context.close()


def test_a_shared_device_keeps_nothing(browser: Browser, live: Live) -> None:
    live.start()
    context = context_of(browser)
    page = context.new_page()
    url = set_up(page, live)
    page.goto(f"{url}settings")
    page.get_by_role("button", name="This is a shared device: keep nothing").tap()
    expect(page.get_by_role("button", name="This is my own device")).to_be_visible()
    page.reload()
    assert page.evaluate("indexedDB.databases().then(all => all.map(one => one.name))") == []
    assert page.evaluate("caches.keys()") == []
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
    page.goto(url)
    ready(page)
    page.get_by_role("button", name=re.compile("^Flare now")).tap()
    everything_sent(page)
    assert len(flares(page, url)) == 1
    assert page.evaluate("indexedDB.databases().then(all => all.map(one => one.name))") == []
    context.close()
