"""What is handed over around a flare: sampling windows in local time, and the home kit with its sources."""

from datetime import UTC, date, datetime

import pytest

from mastkit.record.problems import CannotRead
from mastkit.reports.hand_over import (
    VERIFIED,
    desk_card,
    desk_card_document,
    home_kit,
    interferences,
)
from mastkit.reports.render import as_markdown
from mastkit.rulebooks.windows import tryptase_windows
from tests.reports.cast import EMPTY, fact, record

# The clocks of Berlin go back from 03:00 to 02:00 on 25 October 2026: 00:30 and 04:30 are five hours apart.
ONSET = "2026-10-24T22:30"
NIGHT = record(fact(1, "flare", ONSET, symptoms=({"code": "flushing", "severity": 6},)))


def test_windows_are_in_local_time_across_the_end_of_summer_time() -> None:
    card = desk_card(NIGHT, date(2026, 10, 25), "ecnm-2012", datetime(2026, 10, 24, 23, tzinfo=UTC))
    assert card.onset == "2026-10-25 00:30"
    event = card.windows[0]
    assert (event.state, event.opens, event.closes) == ("open", "2026-10-25 00:30", "2026-10-25 03:30")


def test_a_sample_taken_is_taken_and_a_late_one_is_over() -> None:
    drawn = fact(
        2, "measurement", "2026-10-24T23:40", code="tryptase", quantity={"value": 60.0, "unit": "ng/mL"},
        context="event", flare=fact(1, "flare").id,
    )  # fmt: skip
    later = datetime(2026, 10, 25, 9, tzinfo=UTC)
    assert desk_card(NIGHT.add(drawn), date(2026, 10, 25), "ecnm-2012", later).windows[0].state == "taken"
    assert desk_card(NIGHT, date(2026, 10, 25), "ecnm-2012", later).windows[0].state == "missed"
    assert "over" in as_markdown(desk_card_document(desk_card(NIGHT, date(2026, 10, 25), "ecnm-2012", later)))


def test_without_a_recent_flare_the_card_is_a_form() -> None:
    for one, on in ((EMPTY, date(2026, 10, 25)), (NIGHT, date(2026, 11, 25))):
        card = desk_card(one, on)
        assert card.onset is None
        assert card.windows == ()
        assert card.samples


@pytest.mark.parametrize("protocol", sorted(tryptase_windows().protocols))
def test_every_protocol_names_its_source(protocol: str) -> None:
    text = as_markdown(desk_card_document(desk_card(NIGHT, date(2026, 10, 25), protocol)))
    assert "Protocol: " in text
    assert "Source: " in text
    assert tryptase_windows().version in text


def test_an_unknown_protocol_is_refused_in_one_sentence() -> None:
    with pytest.raises(CannotRead, match="no protocol is called 'x'"):
        desk_card(EMPTY, date(2026, 10, 25), "x")


def test_treatment_comes_first() -> None:
    text = as_markdown(desk_card_document(desk_card(EMPTY, date(2026, 10, 25))))
    assert text.index("do not delay adrenaline") < text.index("When to draw blood")


def test_every_step_and_interference_is_cited_and_nobody_is_told_to_stop_a_medicine() -> None:
    assert {step.test for step in home_kit()} == {"spot", "24h", "blood"}
    for row in (*home_kit(), *interferences()):
        assert row.source
        assert row.verified in VERIFIED
    words = " ".join(step.step.casefold() for step in home_kit())
    assert "stop taking" not in words
    assert "Do not stop a medicine" in as_markdown(desk_card_document(desk_card(EMPTY, date(2026, 10, 25))))
