"""The person's own experience by substance: what it was reacted to, what tolerated, what only taken.

The reading of the facts stands in `mastkit.followup.experience`; here it is grouped for documents.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mastkit.followup.experience import REACTION_CODES, TOLERATED_CODE, Experience, experiences
from mastkit.record.record import Record
from mastkit.reports.words import capital, key_of, substance
from mastkit.vocabulary.terms import terms

STATED = (TOLERATED_CODE, *REACTION_CODES)
"""Findings whose value is a substance."""


@dataclass(frozen=True)
class Substance:
    """What a record says about one person and one substance, oldest first."""

    code: str
    name: str
    reacted: tuple[Experience, ...]
    tolerated: tuple[Experience, ...]
    taken: tuple[Experience, ...]
    """Taken or met, with nothing written down after it: no proof that it was tolerated."""
    severe: bool
    """A reaction judged as anaphylaxis."""

    @property
    def last_good(self) -> date | None:
        """The last day on which it was tolerated."""
        return self.tolerated[-1].day if self.tolerated else None


def substances(record: Record, on: date) -> dict[str, Substance]:
    """Return what the record says up to a day of every substance, by its key in the vocabulary."""
    grouped: dict[str, list[Experience]] = {}
    for one in experiences(record, on):
        grouped.setdefault(key_of(one.medicine), []).append(one)
    return {key: _substance(grouped[key]) for key in sorted(grouped)}


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


def _substance(found: list[Experience]) -> Substance:
    code = found[0].medicine
    return Substance(
        code=code,
        name=capital(substance(code)),
        reacted=_of(found, "reacted"),
        tolerated=_of(found, "tolerated"),
        taken=_of(found, "taken"),
        severe=any(one.severe for one in found),
    )


def _of(found: Iterable[Experience], kind: str) -> tuple[Experience, ...]:
    return tuple(one for one in found if one.kind == kind)
