"""How bad something was: always a number, a word and a shape, never a colour alone."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Severity:
    """A degree from 0, not there, to 10, the worst there can be."""

    degree: int
    word: str
    bars: int
    """How many of four bars are filled."""

    @property
    def name(self) -> str:
        """The degree as a screen reader says it."""
        return _("%(degree)d of 10, %(word)s") % {"degree": self.degree, "word": self.word}


def severity(degree: int | None) -> Severity | None:
    """Return the word and the shape of a degree; None where nothing was said."""
    if degree is None:
        return None
    word, bars = next((word, bars) for most, word, bars in _steps() if degree <= most)
    return Severity(degree, word, bars)


def scale() -> list[Severity]:
    """Return the degrees that can be picked, 1 to 10."""
    return [step for degree in range(1, 11) if (step := severity(degree)) is not None]


def _steps() -> list[tuple[int, str, int]]:
    # Thirds of the scale, as pain is commonly banded; the ends keep words of their own.
    return [
        (0, _("none"), 0),
        (3, _("mild"), 1),
        (6, _("moderate"), 2),
        (9, _("severe"), 3),
        (10, _("the worst"), 4),
    ]
