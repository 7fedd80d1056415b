"""One tap saves a flare; everything else is counted too."""

import json
import re

from playwright.sync_api import Page, expect

from tests.companion.browser.conftest import Demo, Taps, everything_sent, ready


def facts(page: Page, demo: Demo) -> list[dict]:
    everything_sent(page)
    return json.loads(page.request.get(demo.at("data/export")).text())["facts"]


def new(page: Page, demo: Demo, before: list[dict], count: int) -> list[dict]:
    """Wait for so many facts more, and return them."""
    known = {fact["id"] for fact in before}
    for _ in range(50):
        found = [fact for fact in facts(page, demo) if fact["id"] not in known]
        if len(found) >= count:
            break
        page.wait_for_timeout(100)
    assert len(found) == count
    return found


def test_one_tap_saves_a_flare_and_two_more_say_what_and_how_bad(page: Page, demo: Demo) -> None:
    page.goto(demo.at())
    ready(page)
    before, taps = facts(page, demo), Taps(page)
    taps.on(page.get_by_role("button", name=re.compile("^Flare now")))
    card = page.locator("[data-flare]").first
    expect(card).to_be_visible()
    assert taps.count == 1
    assert [fact["kind"] for fact in new(page, demo, before, 1)] == ["flare"]

    taps.on(card.get_by_role("button", name="Flushing"))
    taps.on(card.get_by_role("button", name="6 of 10, moderate"))
    expect(card.get_by_role("button", name="6 of 10, moderate")).to_have_attribute("aria-pressed", "true")
    assert taps.count == 3
    # The flare, its symptom, a point of its curve, and the worst of the curve so far.
    flare = [fact for fact in new(page, demo, before, 4) if fact["kind"] == "flare"][-1]
    assert flare["severity"] == 6
    assert [symptom["code"] for symptom in flare["symptoms"]] == ["flushing"]


def test_the_shortcut_of_the_home_screen_is_the_tap(page: Page, demo: Demo) -> None:
    page.goto(demo.at())
    ready(page)
    before = facts(page, demo)
    page.goto(f"{demo.origin}/log?now=flare")
    expect(page.locator("[data-flare]").first).to_be_visible()
    assert [fact["kind"] for fact in new(page, demo, before, 1)] == ["flare"]
    page.reload()
    ready(page)
    assert len(new(page, demo, before, 1)) == 1, "a reload logged it again"


def test_adrenaline_is_one_tap_and_starts_a_clock(page: Page, demo: Demo) -> None:
    page.goto(demo.at())
    ready(page)
    start = facts(page, demo)
    page.get_by_role("button", name=re.compile("^Flare now")).tap()
    card = page.locator("[data-flare]").first
    new(page, demo, start, 1)
    before, taps = facts(page, demo), Taps(page)
    taps.on(card.get_by_role("button", name="Adrenaline given"))
    expect(card.get_by_role("timer")).to_have_text(re.compile(r"00:0\d"))
    assert taps.count == 1
    (dose,) = new(page, demo, before, 1)
    assert (dose["kind"], dose["medicine"], dose["status"]) == ("dose", "epinephrine", "taken")
    assert dose["flare"] == card.get_attribute("data-flare")


def test_a_usual_exposure_is_two_taps_and_its_question_a_third(page: Page, demo: Demo) -> None:
    page.goto(demo.at())
    ready(page)
    before, taps = facts(page, demo), Taps(page)
    taps.on(page.get_by_role("button", name="Exposure", exact=True))
    taps.on(page.locator("#panel-exposure").get_by_role("button", name="Heat"))
    assert taps.count == 2
    assert [(fact["kind"], fact["code"]) for fact in new(page, demo, before, 1)] == [("exposure", "heat")]
    page.get_by_role("group", name="One more question").get_by_role("button", name="No").tap()
    expect(page.get_by_role("group", name="One more question")).to_be_hidden()
    assert new(page, demo, before, 2)[-1]["symptoms_already_there"] is False


def test_undo_takes_it_back_by_a_retraction(page: Page, demo: Demo) -> None:
    page.goto(demo.at())
    ready(page)
    before = facts(page, demo)
    shown = page.locator("[data-flare]").count()
    page.get_by_role("button", name=re.compile("^Flare now")).tap()
    expect(page.locator("[data-flare]")).to_have_count(shown + 1)
    page.get_by_role("button", name="Undo").tap()
    expect(page.locator("[data-flare]")).to_have_count(shown)
    flare, retraction = new(page, demo, before, 2)
    assert retraction["kind"] == "retraction"
    assert retraction["replaces"] == flare["id"]


def test_the_start_of_a_running_flare_is_one_tap_away(page: Page, demo: Demo) -> None:
    page.goto(demo.at())
    ready(page)
    start = facts(page, demo)
    page.get_by_role("button", name=re.compile("^Flare now")).tap()
    card = page.locator("[data-flare]").first
    new(page, demo, start, 1)
    before = facts(page, demo)
    card.get_by_text("When it began, medicines, possible triggers").tap()
    card.get_by_role("button", name="30 min ago").tap()
    expect(card.locator("[data-elapsed]")).to_have_text("30 minutes ago")
    (correction,) = new(page, demo, before, 1)
    assert correction["kind"] == "flare"
    assert correction["replaces"]


def test_the_check_in_keeps_what_was_asked(page: Page, demo: Demo) -> None:
    page.goto(demo.at())
    ready(page)
    before = facts(page, demo)
    page.get_by_role("button", name="Check in").last.tap()
    panel = page.locator("#panel-checkin")
    flushing = panel.get_by_role("button", name="Flushing")
    if flushing.get_attribute("aria-pressed") == "false":  # a flare of today has ticked it already
        flushing.tap()
    panel.get_by_role("button", name="Save the day").tap()
    expect(panel).to_be_hidden()
    (check_in,) = new(page, demo, before, 1)
    assert check_in["time"]["precision"] == "day"
    assert "flushing" in {one["code"] for one in check_in["ticked"]}
    assert len(check_in["asked"]) > 5
