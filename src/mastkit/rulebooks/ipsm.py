"""IPSM, the international prognostic scoring system for mastocytosis (Sperr and others, 2019).

Variables, cut-offs and directions were read in a secondary source; how the points are grouped is recalled.
Published survival of the groups was not found. The cut-off of 100 U/L lies inside the normal range of
most laboratories and does not mean "above the limit".
"""

from mastkit.logic.score import Level, Score, part
from mastkit.rulebooks import variables as v
from mastkit.rulebooks.findings import typical_skin_lesions
from mastkit.rulebooks.prognosis import PrognosticScore, advanced, kit_negative, non_advanced
from mastkit.rulebooks.sources import NAUMANN24, SPERR19

_GROUPS = "Variables and cut-offs were read in a secondary source; points and groups are recalled, not checked."
_NO_SURVIVAL = "survival by group was not found in a source"

IPSM_NON_ADVANCED = PrognosticScore(
    score=Score(
        id="ipsm-non-advanced",
        title="IPSM for non-advanced mastocytosis",
        parts=(
            part("Age 60 or more", (v.age >= 60, 1)),
            part("Alkaline phosphatase 100 U/L or more", (v.alp >= 100, 1)),
        ),
        levels=(
            Level("low", "Low risk", 0),
            Level("intermediate-1", "Intermediate risk 1", 1),
            Level("intermediate-2", "Intermediate risk 2", 2),
        ),
        plain="A score of age and one blood value for forms that are not advanced",
        source=SPERR19,
        clause="F1.1a",
        verified="unverified",
        note=f"{_GROUPS} The secondary source speaks of progression, the abstract as recalled of survival.",
    ),
    population=non_advanced,
    endpoint="overall survival (a secondary source says: progression)",
    no_survival=_NO_SURVIVAL,
    sources=(SPERR19,),
)

IPSM_ADVANCED = PrognosticScore(
    score=Score(
        id="ipsm-advanced",
        title="IPSM for advanced systemic mastocytosis",
        parts=(
            part("Age 60 or more", (v.age >= 60, 1)),
            part("Tryptase 125 ng/mL or more", (v.bst >= 125, 1)),
            part("Leukocytes 16 or more", (v.leukocytes >= 16, 1)),
            part("Haemoglobin 11 g/dL or less", (v.hb <= 11, 1)),
            part("Platelets 100 or less", (v.plt <= 100, 1)),
            part("Skin involvement (protects)", (typical_skin_lesions, -1)),
        ),
        levels=(
            Level("AdvSM-1", "AdvSM-1", -1),
            Level("AdvSM-2", "AdvSM-2", 1),
            Level("AdvSM-3", "AdvSM-3", 2),
            Level("AdvSM-4", "AdvSM-4", 4),
        ),
        plain="A score of age, blood values and skin for advanced disease",
        source=SPERR19,
        clause="F1.1b",
        verified="unverified",
        note=_GROUPS,
    ),
    population=advanced,
    endpoint="overall survival",
    cautions=(kit_negative,),
    no_survival=_NO_SURVIVAL,
    sources=(SPERR19, NAUMANN24),
)
