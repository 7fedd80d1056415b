from datetime import timedelta

from mastkit.companion.pages.today import ASKED_FOR, prompt, random_moment, today
from mastkit.record.time import Moment, zone_of
from tests.companion.pages.making import NOW, ZONE, at, fact, record_of


def test_an_empty_record_says_so():
    page = today(record_of(), ZONE, NOW)
    assert page.empty
    assert page.quiet
    assert page.logged == ()


def test_a_flare_of_today_is_listed_and_the_day_is_not_quiet():
    flare = fact("flare", time=at(2), severity=7, symptoms=({"code": "flushing"},))
    page = today(record_of(flare, fact("flare", time=at(30))), ZONE, NOW)
    assert [line.id for line in page.logged] == [flare.id]
    assert not page.quiet


def test_a_flare_with_its_time_alone_can_be_completed_the_next_day_but_not_for_ever():
    old, fresh, yesterday = (fact("flare", time=at(hours)) for hours in (24 * 5, 3, 20))
    whole = fact("flare", time=at(20), end=at(19), severity=3, symptoms=({"code": "pruritus"},))
    page = today(record_of(old, fresh, yesterday, whole), ZONE, NOW)
    assert [line.id for line in page.unfinished] == [yesterday.id]


def test_a_pen_is_named_before_it_expires_and_after():
    def pen(month: str) -> object:
        expires = {"at": f"{month}-01T12:00:00Z", "zone": ZONE, "precision": "month"}
        return fact(
            "device",
            code="adrenaline_auto_injector",
            name=month,
            expires=Moment.model_validate_json(__import__("json").dumps(expires)),
        )

    gone = fact("device", code="adrenaline_auto_injector", gone="used", expires=at(0))
    page = today(record_of(pen("2026-01"), pen("2026-04"), pen("2028-01"), gone), ZONE, NOW)
    assert [(one.line.title, one.days) for one in page.expiring] == [("2026-01", -48), ("2026-04", 41)]


def test_the_evening_asks_for_the_day_until_it_was_answered():
    evening = NOW.replace(hour=19)
    assert prompt(record_of(), ZONE, evening) == "day"
    answered = fact("check_in", time=Moment.on(evening.date(), ZONE), asked=("flushing",))
    assert prompt(record_of(answered), ZONE, evening) != "day"


def test_a_moment_of_each_day_is_drawn_and_stays_the_same_for_that_day():
    record = record_of()
    days = [NOW.date() + timedelta(days=n) for n in range(40)]
    drawn = [random_moment(record, day, ZONE) for day in days]
    assert drawn == [random_moment(record, day, ZONE) for day in days]
    clocks = {one.astimezone(zone_of(ZONE)).time() for one in drawn}
    assert len(clocks) > 20
    assert all(9 <= clock.hour < 20 for clock in clocks)


def test_the_moment_asks_for_a_while_and_only_once():
    record = record_of()
    drawn = next(
        one
        for one in (random_moment(record, NOW.date() + timedelta(days=n), ZONE) for n in range(60))
        if one.astimezone(zone_of(ZONE)).hour < 12
    )
    assert prompt(record, ZONE, drawn - timedelta(minutes=1)) is None
    assert prompt(record, ZONE, drawn) == "moment"
    assert prompt(record, ZONE, drawn + ASKED_FOR) is None
    answered = record.add(fact("check_in", time=Moment(at=drawn, zone=ZONE), asked=("heat",)))
    assert prompt(answered, ZONE, drawn + timedelta(minutes=5)) is None
