"""My triggers: what the diary says about each exposure, in plain words, with the days it rests on.

All figures and all words about a result are those of `mastkit triggers`; this page puts them in order. Nothing in
it clears an exposure, and nothing suggests to try one.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mastkit.companion.pages.clocks import instant, short_date
from mastkit.companion.pages.trigger_days import Days, days_of
from mastkit.companion.pages.trigger_pictures import Chart, Pair, chart_of, pair_of
from mastkit.companion.pages.trigger_words import (
    about,
    change_words,
    known_words,
    left_out,
    name_of,
    ratio_words,
    sentence,
    step_words,
    together,
)
from mastkit.record.record import Record
from mastkit.reports.triggers import out_of_100
from mastkit.triggers.figures import figures
from mastkit.triggers.looks import changes
from mastkit.triggers.result import STATUS_WORDS, MyTriggers, NextStep, Status, Trigger
from mastkit.triggers.status import FEWEST_EXPOSURES, FEWEST_FLARES
from mastkit.triggers.windows import windows

Link = Literal["checkin", "today", "emergency", ""]

ICONS: dict[Status, str] = {
    "never_analysed": "emergency",
    "likely": "triggers",
    "linked_direction_unclear": "question",
    "possible": "exposure",
    "unclear": "unknown",
    "no_sign_so_far": "checkin",
    "not_enough_data": "unknown",
}
"""A shape for each status, beside its words."""

_WHY = {
    "answer_symptoms": gettext_lazy(
        "Only you can tell what came first. Without that answer no calculation can tell a cause from a first sign."
    ),
    "log_apart": gettext_lazy("Only the times when one came without the other show which of the two it is."),
    "log_promptly": gettext_lazy(
        "What is entered before anything follows cannot be remembered because of a flare; so it tells most."
    ),
    "ask_specialist": gettext_lazy("A severe reaction is a matter for a specialist, and never for counting."),
    "could_discuss": gettext_lazy("Your care team knows what fits you. Change nothing before you have talked."),
}
_LINKS: dict[str, Link] = {
    "complete_check_ins": "checkin",
    "answer_symptoms": "today",
    "log_apart": "today",
    "log_promptly": "today",
    "ask_specialist": "emergency",
}
_SETTLED: tuple[Status, ...] = ("likely", "linked_direction_unclear", "possible")


@dataclass(frozen=True, slots=True)
class Card:
    """One exposure."""

    code: str
    label: str
    status: Status
    word: str
    icon: str
    chance: str
    """The probability that stands beside the word."""
    counts: str
    sentences: tuple[str, ...]
    delay: str
    pair: Pair | None
    days: Days
    known: str
    """How it is known, of what is never analysed."""


@dataclass(frozen=True, slots=True)
class Row:
    """One exposure in the table behind the chart."""

    label: str
    word: str
    chance: str
    ratio: str
    flares: str
    exposures: int


@dataclass(frozen=True, slots=True)
class Step:
    """What to log next, why, and where."""

    words: str
    why: str
    link: Link


@dataclass(frozen=True, slots=True)
class TriggersPage:
    """The page."""

    period: str
    counts: tuple[tuple[str, int, str], ...]
    """For each status its word, how many exposures have it, and its icon."""
    messages: tuple[str, ...]
    since: str
    changes: tuple[str, ...]
    known: tuple[Card, ...]
    found: tuple[Card, ...]
    together: tuple[str, ...]
    steps: tuple[Step, ...]
    open: tuple[Card, ...]
    few: tuple[Card, ...]
    chart: Chart | None
    rows: tuple[Row, ...]
    left_out: tuple[str, ...]
    assumptions: tuple[str, ...]
    empty: bool


def worth_a_look(record: Record) -> bool:
    """Tell whether a diary holds enough that something could be said; asked before anything is worked out."""
    flares, exposures = record.of_kind("flare"), record.of_kind("exposure")
    return len(flares) >= FEWEST_FLARES and len(exposures) >= FEWEST_EXPOSURES


def triggers_page(
    now: MyTriggers, zone: str, *, before: MyTriggers | None = None, since: datetime | None = None
) -> TriggersPage:
    """Return the page of an answer, and what has changed in it since the last look, if there was one."""
    cards = [_card(trigger, zone) for trigger in now.triggers]
    rows = tuple(_row(trigger) for trigger in now.triggers if trigger.ratio is not None)
    return TriggersPage(
        period=_period(now),
        counts=tuple(
            (_(word), len(found), ICONS[status])
            for status, word in STATUS_WORDS.items()
            if (found := now.with_status(status))
        ),
        messages=tuple(sentence(message) for message in now.messages),
        since=instant(since, zone) if since is not None else "",
        changes=tuple(map(change_words, changes(before, now))) if before is not None else (),
        known=_with(cards, "never_analysed"),
        found=_with(cards, *_SETTLED),
        together=tuple(together(group, now) for group in now.groups),
        steps=tuple(_step(step, now) for step in now.next_steps),
        open=_with(cards, "unclear", "no_sign_so_far"),
        few=_with(cards, "not_enough_data"),
        chart=chart_of(now),
        rows=rows,
        left_out=left_out(now),
        assumptions=tuple(map(_, now.assumptions)),
        empty=now.first_day is None and not now.triggers,
    )


def _with(cards: list[Card], *wanted: Status) -> tuple[Card, ...]:
    return tuple(card for card in cards if card.status in wanted)


def _period(now: MyTriggers) -> str:
    if now.first_day is None or now.last_day is None:
        return ""
    exposures = ngettext("%(n)d exposure looked at", "%(n)d exposures looked at", len(now.triggers))
    flares = ngettext("%(n)d flare counted", "%(n)d flares counted", now.flares)
    return _("%(first)s to %(last)s: a diary on %(kept)d of %(days)d days, %(flares)s, %(exposures)s.") % {
        "first": short_date(now.first_day),
        "last": short_date(now.last_day),
        "kept": now.observed_days,
        "days": now.days,
        "flares": flares % {"n": now.flares},
        "exposures": exposures % {"n": len(now.triggers)},
    }


def _card(trigger: Trigger, zone: str) -> Card:
    known = trigger.status == "never_analysed"
    return Card(
        code=trigger.code,
        label=name_of(trigger),
        status=trigger.status,
        word=_(STATUS_WORDS[trigger.status]),
        icon=ICONS[trigger.status],
        chance=_chance(trigger),
        counts="" if known else _counts(trigger),
        sentences=about(trigger),
        delay=_delay(trigger) if trigger.status in ("likely", "possible") else "",
        pair=pair_of(trigger) if trigger.status in ("likely", "possible") else None,
        # What is never analysed is not counted either: no tally of a severe reaction stands here.
        days=Days((), (), 0) if known else days_of(trigger.evidence, zone),
        known=known_words(trigger.why_known),
    )


def _chance(trigger: Trigger) -> str:
    """Return the number beside the word; for what is called likely also how often that was right in testing."""
    if trigger.status == "linked_direction_unclear" and trigger.linked is not None:
        return _("%(n)s in 100 that it goes with flares") % {"n": _of_100(trigger.linked)}
    if trigger.probability is None:
        return ""
    number = _("%(n)s in 100 by this model") % {"n": _of_100(trigger.probability)}
    if trigger.status != "likely":
        return number
    tested = figures()["likely"]
    right = _("in testing on simulated diaries %(part)d of %(whole)d such results were real")
    return f"{number}; {right % {'part': tested.part, 'whole': tested.whole}}"


def _of_100(probability: float) -> str:
    return _(out_of_100(probability))


def _counts(trigger: Trigger) -> str:
    evidence = trigger.evidence
    logged = ngettext("Logged %(n)d time", "Logged %(n)d times", evidence.exposures) % {"n": evidence.exposures}
    if not evidence.exposures:
        return logged + "."
    followed = ngettext(
        "a flare followed within 6 hours %(n)d time",
        "a flare followed within 6 hours %(n)d times",
        evidence.followed,
    ) % {"n": evidence.followed}
    text = f"{logged}; {followed}."
    if trigger.probability is None:
        return text
    expected = _("In those hours %(flares)d flares began; about %(expected)s would have come anyway.")
    return f"{text} {expected % {'flares': evidence.flares_after, 'expected': f'{evidence.expected:.0f}'}}"


def _delay(trigger: Trigger) -> str:
    window = next((window for window in windows() if window.name == trigger.window), None)
    if window is None:
        return ""
    return _("If it is a trigger, most probably %(begins)s to %(ends)s hours after it.") % {
        "begins": _hours(window.begins),
        "ends": _hours(window.ends),
    }


def _hours(number: float) -> str:
    return str(number_format(Decimal(f"{number:g}")))


def _row(trigger: Trigger) -> Row:
    evidence = trigger.evidence
    return Row(
        label=name_of(trigger),
        word=_(STATUS_WORDS[trigger.status]),
        chance=_chance(trigger).split(";")[0],
        ratio=ratio_words(trigger.ratio) if trigger.ratio else "",
        flares=f"{evidence.flares_after} / {number_format(round(evidence.expected, 1), decimal_pos=1)}",
        exposures=evidence.exposures,
    )


def _step(step: NextStep, now: MyTriggers) -> Step:
    why = _check_ins(now) if step.name == "complete_check_ins" else str(_WHY.get(step.name, ""))
    return Step(step_words(step, now), why, _LINKS.get(step.name, ""))


def _check_ins(now: MyTriggers) -> str:
    entries = sum(trigger.evidence.exposures for trigger in now.triggers)
    prompt = sum(trigger.evidence.prompt for trigger in now.triggers)
    return _(
        "The diary was kept on %(kept)d of %(days)d days, and %(prompt)d of %(entries)d exposures were entered"
        " within half an hour. Days without a check-in count neither for nor against: they are the main reason"
        " why results stay unclear."
    ) % {"kept": now.observed_days, "days": now.days, "prompt": prompt, "entries": entries}
