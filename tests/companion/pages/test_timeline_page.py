import re

from mastkit.companion.pages.timeline import timeline_page
from tests.companion.pages.making import NOW, ZONE, at, fact, record_of

DAY = 24


def test_a_span_holds_what_lies_in_it_and_the_sentence_counts_it():
    facts = [fact("flare", time=at(DAY * n), severity=8 if n == 2 else 3) for n in (1, 2, 40)]
    facts.append(fact("exposure", time=at(DAY * 1.2), code="heat"))
    page = timeline_page(record_of(*facts), ZONE, NOW, 30)
    assert page.sentence == "In 30 days: 2 flares, 1 of them severe, 1 exposure."
    assert sum(len(day.lines) for day in page.table) == 3
    assert page.earlier is not None
    assert page.later is None


def test_everything_reaches_back_to_the_first_entry():
    page = timeline_page(record_of(fact("flare", time=at(DAY * 800))), ZONE, NOW, 0)
    assert page.sentence.endswith("1 flare, 0 of them severe, 0 exposures.")
    assert page.earlier is None


def test_a_medicine_that_goes_on_is_drawn_through_the_span():
    course = fact("medicine_course", time=at(DAY * 400), medicine="cetirizine")
    page = timeline_page(record_of(course), ZONE, NOW, 30)
    assert 'class="course"' in page.wide
    stopped = fact("medicine_course", time=at(DAY * 400), medicine="cetirizine", end=at(DAY * 300))
    assert 'class="course"' not in timeline_page(record_of(stopped), ZONE, NOW, 30).wide


def test_a_regular_dose_is_not_among_those_taken_when_needed():
    daily = fact("medicine_course", time=at(DAY * 400), medicine="cetirizine", end=at(DAY * 10))
    spare = fact("medicine_course", time=at(DAY * 400), medicine="epinephrine", as_needed=True)
    flare = fact("flare", time=at(DAY * 12))

    def lanes(*doses):
        return timeline_page(record_of(daily, spare, flare, *doses), ZONE, NOW, 30).wide

    needed, regular = "Medicines taken when needed", "Doses of regular medicines"
    assert regular in lanes(fact("dose", time=at(DAY * 15), medicine="cetirizine"))
    assert needed not in lanes(fact("dose", time=at(DAY * 15), medicine="cetirizine"))
    for one in (
        fact("dose", time=at(DAY * 12), medicine="cetirizine", flare=flare.id),
        fact("dose", time=at(DAY * 2), medicine="cetirizine"),
        fact("dose", time=at(DAY * 15), medicine="epinephrine"),
        fact("dose", time=at(DAY * 15), medicine="paracetamol"),
    ):
        assert needed in lanes(one)
        assert regular not in lanes(one)
    assert "when needed" in lanes()


def test_words_of_the_person_cannot_break_out_of_the_chart():
    page = timeline_page(record_of(fact("exposure", time=at(5), code='"/><script>alert(1)</script>')), ZONE, NOW, 7)
    assert "<script" not in page.wide
    assert "&lt;script&gt;" in page.wide


def test_a_day_in_which_the_clocks_change_is_one_day():
    from datetime import UTC, datetime

    now = datetime(2026, 3, 29, 12, tzinfo=UTC)
    page = timeline_page(record_of(fact("flare", time=at(0))), ZONE, now, 30)
    assert page.end.isoformat() == "2026-03-30T00:00:00+02:00"
    assert re.fullmatch(r"2026-02-2\d", page.earlier or "2026-02-27")


def test_an_empty_record_is_no_error():
    assert timeline_page(record_of(), ZONE, NOW, 0).empty
