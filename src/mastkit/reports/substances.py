"""The person's own experience by substance: what it was reacted to, what tolerated, what only taken.

The reading of the facts stands in `mastkit.followup.experience`; here it is grouped for documents.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mastkit.followup.experience import REACTION_CODES, TOLERATED_CODE, WATCHED, Experience, experiences
from mastkit.record.facts import Dose, Exposure, Finding, Flare, MedicineCourse
from mastkit.record.record import Record
from mastkit.reports.words import capital, key_of, substance
from mastkit.vocabulary.terms import terms

STATED = (TOLERATED_CODE, *REACTION_CODES)
"""Findings whose value is a substance."""


@dataclass(frozen=True)
class Substance:
    """What a record says about one person and one substance, oldest first.

    ``followed`` counts the single intakes and exposures after which a flare began within the time watched. Such
    a flare may have had another cause, but a substance with one is not called tolerated on the strength of a
    quiet check-in.
    """

    code: str
    name: str
    reacted: tuple[Experience, ...]
    tolerated: tuple[Experience, ...]
    """Said to be tolerated, or taken regularly without getting worse."""
    quiet: tuple[Experience, ...]
    """Taken once, with nothing on the check-in after it."""
    taken: tuple[Experience, ...]
    """Taken or met, with nothing written down after it: no proof that it was tolerated."""
    followed: int
    severe: bool
    """A reaction judged as anaphylaxis."""

    @property
    def last_good(self) -> date | None:
        """The last day on which it is said to have been tolerated."""
        return self.tolerated[-1].day if self.tolerated else None


def substances(record: Record, on: date) -> dict[str, Substance]:
    """Return what the record says up to a day of every substance, by its key in the vocabulary."""
    grouped: dict[str, list[Experience]] = {}
    for one in experiences(record, on):
        grouped.setdefault(key_of(one.medicine), []).append(one)
    followed = _followed(record, on)
    return {
        key: _substance(record, key, grouped.get(key, []), followed[key]) for key in sorted({*grouped, *followed})
    }


def _followed(record: Record, on: date) -> Counter[str]:
    """Count by substance the intakes and exposures after which a flare began within the time watched."""
    facts = [fact for fact in record.current() if isinstance(fact, Flare | Dose | Exposure)]
    facts = [fact for fact in facts if fact.time.precision == "minute" and fact.time.day(record.zone) <= on]
    starts = sorted(fact.time.at for fact in facts if isinstance(fact, Flare))
    found: Counter[str] = Counter()
    for fact in facts:
        if isinstance(fact, Flare) or (
            isinstance(fact, Dose) and (fact.status != "taken" or fact.flare is not None)
        ):
            continue
        if isinstance(fact, Exposure) and fact.symptoms_already_there:
            continue
        place = bisect_left(starts, fact.time.at)
        if place < len(starts) and starts[place] <= fact.time.at + WATCHED:
            found[key_of(fact.medicine if isinstance(fact, Dose) else fact.code)] += 1
    return found


def known_reactions(all_of_them: dict[str, Substance]) -> tuple[Substance, ...]:
    """Return the substances with a stated or suspected reaction, severe ones first, then the most frequent."""
    reacted = [one for one in all_of_them.values() if one.reacted]
    return tuple(sorted(reacted, key=lambda one: (not one.severe, -len(one.reacted), one.name)))


def tolerated(all_of_them: dict[str, Substance]) -> tuple[Substance, ...]:
    """Return the substances that were tolerated and never reacted to, the latest first."""
    good = [one for one in all_of_them.values() if one.tolerated and not one.reacted]
    return tuple(sorted(good, key=lambda one: (-one.tolerated[-1].day.toordinal(), one.name)))


def is_medicine_like(one: Substance) -> bool:
    """Whether staff look for it among the medicines: a medicine, an anaesthetic, contrast medium, latex."""
    key = key_of(one.code)
    return key in _MEDICINE_LIKE or ("medicine", key) in terms() or ("medicine-caution", key) in terms()


_MEDICINE_LIKE = frozenset(
    {
        "medicine",
        "anaesthetic",
        "muscle-relaxant",
        "succinylcholine-trigger",
        "ace-inhibitor",
        "contrast",
        "latex",
        "vaccination",
        "nsaid",
    }
)


def _substance(record: Record, key: str, found: list[Experience], followed: int) -> Substance:
    good = _of(found, "tolerated")
    said = tuple(one for one in good if isinstance(record.facts[one.fact], Finding | MedicineCourse))
    return Substance(
        code=found[0].medicine if found else key,
        name=capital(substance(found[0].medicine if found else key)),
        reacted=_of(found, "reacted"),
        tolerated=said,
        quiet=tuple(one for one in good if one not in said),
        taken=_of(found, "taken"),
        followed=followed,
        severe=any(one.severe for one in found),
    )


def _of(found: Iterable[Experience], kind: str) -> tuple[Experience, ...]:
    return tuple(one for one in found if one.kind == kind)
