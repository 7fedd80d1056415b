"""Facts with their codes, for letters that another system may read back."""

from dataclasses import dataclass
from uuid import UUID

from mastkit.reports.words import key_of
from mastkit.vocabulary.terms import codes_of, terms

DIAGNOSIS = ("MONDO", "ORPHA", "SNOMED", "ICD-10-CM", "ICD-11")
MEDICINE = ("ATC", "RxNorm")
SYMPTOM = ("HPO", "SNOMED")
RESULT = ("LOINC",)
"""Which systems are named, in this order: those that a reader of a letter knows."""


@dataclass(frozen=True)
class Coded:
    """A fact in words, with the verified codes of the vocabulary and where it comes from."""

    text: str
    codes: tuple[str, ...]
    day: str
    source: str
    fact: UUID | None = None


def codes(code: str, kinds: tuple[str, ...], systems: tuple[str, ...]) -> tuple[str, ...]:
    """Return the verified codes of a word in some systems, with the name of the system; none where none is known.

    A code that means something wider or narrower is marked so.
    """
    key = key_of(code)
    for kind in kinds:
        if (term := terms().get((kind, key))) is None:
            continue
        known = [one for one in codes_of(term) if one.verified == "seen"]
        found = []
        for system in systems:
            for one in known:
                if one.system.upper().startswith(system.upper()):
                    name = one.code if ":" in one.code else f"{one.system} {one.code}"
                    found.append(f"{name} ({one.match})" if one.match else name)
                    break
        return tuple(found)
    return ()
