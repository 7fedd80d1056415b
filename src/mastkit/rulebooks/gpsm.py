"""GPSM, the global prognostic score for mastocytosis (Munoz-Gonzalez and others, 2021).

Its variables are recalled, not checked against the paper, so every answer is shown as unverified. How the points
are grouped is in doubt and left out.
"""

from mastkit.logic.expressions import any_of
from mastkit.logic.score import Score, part
from mastkit.rulebooks import variables as v
from mastkit.rulebooks.prognosis import PrognosticScore, kit_negative, systemic
from mastkit.rulebooks.sources import MUNOZ21, NAUMANN24

_MUTATION = part("Mutation of SRSF2, ASXL1, RUNX1 or DNMT3A", (any_of(v.srsf2, v.asxl1, v.runx1, v.dnmt3a), 1))
_RECALLED = "Variables and cut-offs are recalled, not checked against the paper; risk groups are left out."
_NO_SURVIVAL = "survival by group was not found in a source"

GPSM_PROGRESSION = PrognosticScore(
    score=Score(
        id="gpsm-pfs",
        title="GPSM for progression-free survival",
        parts=(
            part("Platelets 100 or less", (v.plt <= 100, 1)),
            part("Beta-2 microglobulin 2.5 mg/L or more", (v.beta2_microglobulin >= 2.5, 1)),
            _MUTATION,
        ),
        plain="A score of two blood values and gene changes",
        source=MUNOZ21,
        clause="F1.5",
        verified="unverified",
        note=_RECALLED,
    ),
    population=systemic,
    endpoint="progression-free survival",
    cautions=(kit_negative,),
    no_survival=_NO_SURVIVAL,
    sources=(MUNOZ21, NAUMANN24),
)

GPSM_SURVIVAL = PrognosticScore(
    score=Score(
        id="gpsm-os",
        title="GPSM for overall survival",
        parts=(
            part("Haemoglobin 11 g/dL or less", (v.hb <= 11, 1)),
            part("Alkaline phosphatase 140 U/L or more", (v.alp >= 140, 1)),
            _MUTATION,
        ),
        plain="A score of two blood values and gene changes",
        source=MUNOZ21,
        clause="F1.5",
        verified="unverified",
        note=_RECALLED,
    ),
    population=systemic,
    endpoint="overall survival",
    cautions=(kit_negative,),
    no_survival=_NO_SURVIVAL,
    sources=(MUNOZ21, NAUMANN24),
)
