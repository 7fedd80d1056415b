"""How triggers are worked out and how wrong that can be: the screen behind My triggers."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mastkit.companion.pages.triggers import ICONS
from mastkit.triggers.figures import Figure, figures
from mastkit.triggers.result import STATUS_WORDS, Status

_MEANS = {
    "likely": gettext_lazy(
        "Enough flares came after it, no check failed, and few such results are expected to be wrong."
    ),
    "possible": gettext_lazy(
        "More likely than not, but on few flares, or a check weakened it. Too early to act on."
    ),
    "linked_direction_unclear": gettext_lazy(
        "It goes with flares, but it may be their first sign: whether symptoms were already there is not known."
    ),
    "unclear": gettext_lazy("Nothing was learned either way. It does not mean half and half."),
    "no_sign_so_far": gettext_lazy(
        "Many exposures and flares, and no sign yet. It never means that it is harmless."
    ),
    "not_enough_data": gettext_lazy("Fewer than 5 exposures or 5 flares, or fewer than 28 days with a diary."),
    "never_analysed": gettext_lazy(
        "Stings, anaesthetics, contrast dye, and whatever a severe reaction followed. Your emergency plan counts."
    ),
}
_ORDER: tuple[Status, ...] = (
    "likely", "possible", "linked_direction_unclear", "unclear", "no_sign_so_far", "not_enough_data",
    "never_analysed",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Meaning:
    """A status, what it means, and how often it was a real trigger in testing."""

    word: str
    icon: str
    means: str
    tested: str


@dataclass(frozen=True, slots=True)
class Explained:
    """The screen."""

    meanings: tuple[Meaning, ...]
    wrong: tuple[str, ...]
    """How wrong it can be, a sentence each."""
    source: str


def explained() -> Explained:
    """Return the screen."""
    found = figures()
    likely, none, apps = found["likely"], found["told_false"], found["apps_told_false"]
    early, late, quiet = found["named_in_60_days"], found["named_in_240_days"], found["no_sign_so_far"]
    return Explained(
        meanings=tuple(_meaning(status, found.get(status)) for status in _ORDER),
        wrong=(
            _("“Likely” is sometimes wrong: in testing %(right)d of %(whole)d such results were real triggers.")
            % {"right": likely.part, "whole": likely.whole},
            _(
                "People without any trigger: %(part)d of %(whole)d were told of a likely one within eight months."
                " By the rule that many apps use (more flares on days with it than on days without) it was"
                " %(apps)d of %(apps_whole)d."
            )
            % {"part": none.part, "whole": none.whole, "apps": apps.part, "apps_whole": apps.whole},
            _(
                "Most real triggers are not found in the first weeks by any method: after two months %(early)d in"
                " 100 were called likely, after eight months %(late)d in 100. “Not enough data yet” is often the"
                " right answer."
            )
            % {"early": early.out_of_100, "late": late.out_of_100},
            _("“No sign so far” overlooked some: %(part)d of %(whole)d such results were real triggers.")
            % {"part": quiet.part, "whole": quiet.whole},
            _("Ratios of likely triggers tend to be too large: those that happen to look strongest are shown."),
        ),
        source=_(
            "All of these figures are about simulated diaries, where the truth is known (%(people)d invented"
            " people, %(days)d days, with a daily check-in). None is about real people: nothing here is clinically"
            " validated."
        )
        % {"people": likely.people, "days": likely.days},
    )


def _meaning(status: Status, figure: Figure | None) -> Meaning:
    tested = ""
    if figure is not None:
        tested = _("%(part)d of %(whole)d were real.") % {"part": figure.part, "whole": figure.whole}
    return Meaning(_(STATUS_WORDS[status]), ICONS[status], str(_MEANS[status]), tested)
