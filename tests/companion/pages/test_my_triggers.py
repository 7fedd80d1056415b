"""My triggers: the view-model, the pages, and what they never say."""

import re
from datetime import date, timedelta
from html import unescape
from itertools import product

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from mastkit.companion.audit import log
from mastkit.companion.audit.models import Act
from mastkit.companion.pages.trigger_results import triggers_of, triggers_without
from mastkit.companion.pages.triggers import TriggersPage, triggers_page, worth_a_look
from mastkit.companion.pages.triggers_explained import explained
from mastkit.companion.people.models import Person
from mastkit.companion.people.sections import Section
from mastkit.companion.store.facts import append
from mastkit.record.record import Record
from mastkit.reports.triggers import LEFT_OUT_WORDS
from mastkit.simulation.people import ada
from mastkit.triggers.analysis import ASSUMPTIONS
from mastkit.triggers.result import STATUS_WORDS
from mastkit.triggers.words import messages
from tests.companion.actors import granted
from tests.companion.conftest import account, signed_in
from tests.triggers.diaries import Pages, alcohol_diary

ZONE = "Europe/London"
DEMO_DAY = date(2026, 11, 24)

FORBIDDEN = re.compile(
    r"\b(is safe|are safe|safe for you(?! )|not a trigger|you can (eat|have|take|try)|try it|retry|re-?introduce|"
    r"provoke|stop taking|harmless)\b",
    re.IGNORECASE,
)
ALLOWED = ("does not mean it is safe for you", "It never means that it is harmless")


@pytest.fixture(scope="module")
def demo_page() -> TriggersPage:
    return triggers_page(triggers_of(ada(DEMO_DAY)), ZONE)


def page_of(pages: Pages) -> TriggersPage:
    return triggers_page(triggers_of(pages.record()), ZONE)


def with_stings(pages: Pages) -> Pages:
    for day in range(0, 120, 6):
        pages.put("exposure", day * 24 + 14.0, code="wasp_sting").put("flare", day * 24 + 14.5)
    return pages


def test_a_plain_trigger_is_a_card_with_number_icons_and_days() -> None:
    page = page_of(alcohol_diary())
    (card,) = [card for card in page.found if card.code == "alcohol"]
    assert card.word == STATUS_WORDS["likely"]
    assert re.match(r"\d+ in 100 by this model; in testing on simulated diaries 211 of 221 ", card.chance)
    assert "Logged 30 times; a flare followed within 6 hours 15 times." in card.counts
    assert len(card.days.followed) == 15
    assert card.days.quiet_count == sum(month.count for month in card.days.quiet) == 15
    assert "not proof" in " ".join(card.sentences)
    assert "Do not test it on purpose." in " ".join(card.sentences)
    pair = card.pair
    assert pair is not None
    for icons in (pair.without, pair.with_it):
        assert icons.svg.count("<circle") == 100
        number = int(re.search(r"about (\d+) in 100", icons.words).group(1))  # type: ignore[union-attr]
        assert icons.svg.count('class="there"') == number
        assert f'role="img" aria-label="{icons.words}.' in icons.svg
    low, high = map(int, re.search(r"could be (\d+) to (\d+)", pair.with_it.words).groups())  # type: ignore[union-attr]
    assert pair.with_it.svg.count('class="maybe"') == high - low > 0


def test_days_are_those_of_the_zone_of_the_page() -> None:
    late = alcohol_diary().put("exposure", 23.5, code="alcohol").put("flare", 24.75)
    (here,) = [card for card in page_of(late).found if card.code == "alcohol"]
    first = here.days.followed[-1]
    assert (first.day, first.later) == ("2026-01-06", "1 h 15 min")
    there = triggers_page(triggers_of(late.record()), "America/New_York")
    (card,) = [card for card in there.found if card.code == "alcohol"]
    assert card.days.followed[-1].day == "2026-01-05"


def test_a_known_severe_reaction_is_known_and_has_no_figures_at_all() -> None:
    page = page_of(with_stings(alcohol_diary()))
    (card,) = [card for card in page.known if card.code == "wasp-sting"]
    assert (card.chance, card.counts, card.pair, card.days.followed, card.days.quiet) == ("", "", None, (), ())
    assert "Follow your emergency plan" in " ".join(card.sentences)
    assert card.label not in [row.label for row in page.rows]
    assert card.label not in page.chart.wide  # type: ignore[union-attr]


def test_too_little_is_said_with_what_is_needed() -> None:
    page = page_of(alcohol_diary(20))
    assert page.messages == (
        "Keep logging. Nothing can be said before about 5 flares; useful answers usually need 20 or more.",
    )
    assert {card.status for card in page.few} == {"not_enough_data"}
    assert (page.found, page.open, page.chart, page.rows) == ((), (), None, ())


def test_an_empty_record_has_a_page() -> None:
    page = page_of(Pages())
    assert page.empty
    assert page.period == ""


def test_the_chart_has_a_sentence_and_its_table_every_line_of_it(demo_page: TriggersPage) -> None:
    chart = demo_page.chart
    assert chart is not None
    assert chart.sentence.startswith("Of 14 exposures looked at, 2 are likely triggers (alcohol 2.6")
    assert "none of the others is cleared" in chart.sentence
    assert chart.narrow.count('class="lane"') == len(demo_page.rows)
    for row, drawing in product(demo_page.rows, (chart.wide, chart.narrow)):
        assert f"{row.label}: {row.ratio}" in unescape(drawing)


def test_nothing_is_lost_between_the_answer_and_the_page(demo_page: TriggersPage) -> None:
    answer = triggers_of(ada(DEMO_DAY))
    cards = [*demo_page.known, *demo_page.found, *demo_page.open, *demo_page.few]
    assert sorted(card.code for card in cards) == sorted(trigger.code for trigger in answer.triggers)
    for trigger in answer.triggers:
        (card,) = [card for card in cards if card.code == trigger.code]
        assert card.sentences == tuple(message.text for message in trigger.messages)
        assert card.word == STATUS_WORDS[trigger.status]
    # The pages call it by its short name.
    said = [step.text.replace("alcoholic drinks", "alcohol") for step in answer.next_steps]
    assert [step.words for step in demo_page.steps] == said
    assert all(step.why for step in demo_page.steps)
    assert sum(number for _word, number, _icon in demo_page.counts) == len(answer.triggers)


def test_what_changed_is_told_with_the_counts_and_nothing_where_nothing_did() -> None:
    record = alcohol_diary().record()
    evenings = sorted(record.of_kind("flare", "exposure", "check_in"), key=lambda fact: fact.recorded_at)
    new = frozenset(fact.id for fact in evenings[len(evenings) // 8 :])
    now, before = triggers_of(record), triggers_without(record, new)
    since = timezone.now()
    page = triggers_page(now, ZONE, before=before, since=since)
    assert any(re.match(r"Alcohol: (was .*, now|new,) likely trigger", text) for text in page.changes)
    assert triggers_page(now, ZONE, before=triggers_without(record, frozenset()), since=since).changes == ()


def test_an_answer_is_worked_out_once_and_goes_with_its_record() -> None:
    record = alcohol_diary().record()
    first = triggers_of(record)
    assert triggers_of(record) is first
    again = Record(record.id, record.zone, record.facts)
    assert triggers_of(again) is not first
    assert triggers_of(again) == first


def test_today_points_here_only_where_something_could_be_said() -> None:
    assert not worth_a_look(Pages().record())
    assert worth_a_look(alcohol_diary().record())


def test_the_screen_that_explains_holds_the_measured_figures() -> None:
    screen = explained()
    assert {one.word for one in screen.meanings} == set(STATUS_WORDS.values())
    text = " ".join(screen.wrong)
    for figure in ("211 of 221", "14 of 300", "251 of 300", "39 of 824"):
        assert figure in text
    assert "None is about real people" in screen.source


def test_the_page_says_the_same_in_german(demo_page: TriggersPage) -> None:
    for text in (*messages().values(), *STATUS_WORDS.values(), *ASSUMPTIONS, *LEFT_OUT_WORDS.values()):
        with translation.override("de"):
            assert translation.gettext(text) != text, text
    with translation.override("de"):
        page = triggers_page(triggers_of(ada(DEMO_DAY)), ZONE)
    for of_page in (page.found, page.open):
        assert not {text for card in of_page for text in card.sentences if "{" in text or "%(" in text}
    (english,), (german,) = ([card for card in one.found if card.code == "alcohol"] for one in (demo_page, page))
    assert english.sentences[0].startswith("This is a link in your diary, not proof.")
    assert {card.label for card in page.open} >= {"Hitze", "Schmerzmittel (NSAR)"}
    assert [card.known for card in page.known][2] == "Anaphylaxie am 20. Sep 2025"
    assert german.sentences[0].startswith("Das ist ein Zusammenhang in Ihrem Tagebuch, kein Beweis.")
    assert [step.words for step in page.steps][1].startswith("Gereifte Speisen: wenn es vorkommt")


def visible(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


@pytest.fixture
def kept(record: Person) -> Person:
    """Ada's record with the year of the demonstration."""
    facts = list(ada(DEMO_DAY))
    assert {one.status for one in append(record, facts, actor=record.owner)} == {"accepted"}
    record.refresh_from_db()
    return record


@pytest.mark.django_db
def test_the_pages_of_the_demonstration_say_nothing_that_is_forbidden(as_ada: Client, kept: Person) -> None:
    for name in ("triggers", "triggers_how"):
        answer = as_ada.get(reverse(name, args=[kept.pk]))
        assert answer.status_code == 200
        text = visible(answer.content.decode())
        for sentence in ALLOWED:
            text = text.replace(sentence, "")
        assert not FORBIDDEN.search(text), FORBIDDEN.search(text)
        assert "style=" not in answer.content.decode()
    text = visible(as_ada.get(reverse("triggers", args=[kept.pk])).content.decode())
    for needed in (
        "Logged 119 times", "Known: not a question for statistics", "What to log next", "The days themselves",
        "Follow your emergency plan", "This does not mean it is safe for you",
    ):  # fmt: skip
        assert needed in text


@pytest.mark.django_db
def test_the_second_look_says_what_came_since_the_first(as_ada: Client, kept: Person) -> None:
    address = reverse("triggers", args=[kept.pk])
    assert "Since your last look" not in as_ada.get(address).content.decode()
    Act.objects.filter(data__page="my_triggers").update(at=timezone.now() - timedelta(days=3))
    log._lately.clear()
    # All facts came after that look, so every exposure is new; the page of the same day goes on saying so.
    for _again in range(2):
        text = visible(as_ada.get(address).content.decode())
        assert "Since your last look" in text
        assert "Cold: new, likely trigger." in text


@pytest.mark.django_db
def test_where_nothing_came_since_the_last_look_nothing_has_changed(
    as_ada: Client, kept: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = reverse("triggers", args=[kept.pk])
    as_ada.get(address)
    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr("mastkit.companion.pages.views.triggers.now", lambda: tomorrow)
    assert "No result has changed." in as_ada.get(address).content.decode()


@pytest.mark.django_db
def test_a_reader_without_medicines_is_told_what_may_be_missing(kept: Person) -> None:
    user = account("ben")
    granted(kept, user, see=[Section.FLARES, Section.EXPOSURES])
    text = visible(signed_in(user).get(reverse("triggers", args=[kept.pk])).content.decode())
    assert "Pain killers, other medicines and known allergies of this record may be missing" in text
    assert "Emergency plan" not in text
    assert "Something I am allergic to" not in text  # known from a test result
    only_flares = account("gil")
    granted(kept, only_flares, see=[Section.FLARES])
    assert signed_in(only_flares).get(reverse("triggers", args=[kept.pk])).status_code == 404
    assert "My triggers" not in signed_in(only_flares).get(reverse("more", args=[kept.pk])).content.decode()


@pytest.mark.django_db
def test_today_and_more_lead_to_it(as_ada: Client, kept: Person) -> None:
    address = reverse("triggers", args=[kept.pk])
    for name in ("today", "more"):
        assert f'href="{address}"' in as_ada.get(reverse(name, args=[kept.pk])).content.decode()


@pytest.mark.django_db
def test_an_empty_record_gets_a_friendly_page(as_ada: Client, record: Person) -> None:
    text = visible(as_ada.get(reverse("triggers", args=[record.pk])).content.decode())
    assert "Nothing can be said before about 5 flares" in text
    assert "What this rests on" not in text
