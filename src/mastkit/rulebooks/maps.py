"""MAPS, the Mayo alliance prognostic system: points of the hybrid model, on which the sources agree.

The variables and their cut-offs stand in the abstract; the points and the groups stand in figures that were not
read. Two public implementations and a recollection give the same points. They give different groups and different
survival, so no group and no survival is shown. Of the clinical model only hazard ratios were read: it has no points
here.
"""

from mastkit.logic.expressions import any_of
from mastkit.logic.score import Score, part
from mastkit.rulebooks import variables as v
from mastkit.rulebooks.prognosis import PrognosticScore, kit_negative, systemic
from mastkit.rulebooks.sources import NAUMANN24, PARDANANI18

MAPS = PrognosticScore(
    score=Score(
        id="maps-hybrid",
        title="MAPS, Mayo alliance prognostic system, hybrid clinical-molecular model",
        parts=(
            part("Advanced systemic mastocytosis", (v.subtype.is_in(*v.ADVANCED), 2)),
            part("Age above 60", (v.age > 60, 1)),
            part("Platelets below 150", (v.plt < 150, 1)),
            part("Alkaline phosphatase above the laboratory's limit", (v.alp_above_limit, 1)),
            part("Mutation of ASXL1, RUNX1 or NRAS", (any_of(v.asxl1, v.runx1, v.nras), 1)),
        ),
        plain="A score of age, blood values and gene changes for systemic mastocytosis of any type",
        source=PARDANANI18,
        clause="F1.3",
        verified="unverified",
        note="Points as two public implementations agree; risk groups are left out, because the sources disagree.",
    ),
    population=systemic,
    endpoint="overall survival",
    cautions=(kit_negative,),
    no_survival="the published figures were not read, and secondary sources disagree",
    sources=(PARDANANI18, NAUMANN24),
)
