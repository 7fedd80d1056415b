"""What the prognostic scores share: whom a score is for, what to beware of, and what was published of survival."""

from __future__ import annotations

from dataclasses import dataclass

from mastkit.logic.expressions import Criterion, Source, criterion
from mastkit.logic.score import Score
from mastkit.rulebooks import variables as v
from mastkit.rulebooks.sources import NAUMANN24


@dataclass(frozen=True, slots=True)
class Survival:
    """Published survival of one group of a score, as printed.

    Attributes:
        level: the group.
        cohort: the patients in whom it was observed.
        median_years: median overall survival; ``None`` where it was not reached.
    """

    level: str
    cohort: str
    median_years: float | None


@dataclass(frozen=True, slots=True)
class PrognosticScore:
    """A score with its population.

    Attributes:
        population: whom the publication made it for; it is not shown for anybody else.
        cautions: when its result is to be distrusted.
        endpoint: what it foretells, for groups of patients.
        survival: what was published for each group.
        no_survival: why no survival is shown, where none is.
    """

    score: Score
    population: Criterion
    endpoint: str
    cautions: tuple[Criterion, ...] = ()
    survival: tuple[Survival, ...] = ()
    no_survival: str = ""
    sources: tuple[Source, ...] = ()


advanced = criterion(
    "PROG-ADV",
    "Advanced systemic mastocytosis: ASM, SM-AHN or MCL",
    v.subtype.is_in(*v.ADVANCED),
    plain="The score was made for people with an advanced form of the disease",
    verified="reprint",
)
non_advanced = criterion(
    "PROG-NON",
    "Non-advanced mastocytosis: cutaneous, bone marrow, indolent or smouldering",
    v.subtype.is_in(*v.NON_ADVANCED),
    plain="The score was made for people without an advanced form of the disease",
    verified="reprint",
)
systemic = criterion(
    "PROG-SM",
    "Systemic mastocytosis of any type",
    v.subtype.is_in("BMM", "ISM", "SSM", *v.ADVANCED),
    plain="The score was made for people with systemic mastocytosis",
    verified="reprint",
)
kit_negative = criterion(
    "PROG-KIT",
    "KIT D816V not found in advanced disease: the published scores perform poorly there",
    v.subtype.is_in(*v.ADVANCED) & v.kit_d816v.is_in("false"),
    plain="Your KIT test was negative. In people like that these scores were wrong too often",
    source=NAUMANN24,
    verified="reprint",
    note="19 of 299 patients with advanced disease in the German registry.",
)
