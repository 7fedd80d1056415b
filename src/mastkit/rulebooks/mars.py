"""MARS, the mutation-adjusted risk score for advanced systemic mastocytosis (Jawhar and others, 2019)."""

from mastkit.logic.expressions import at_least
from mastkit.logic.score import Level, Score, part
from mastkit.rulebooks import variables as v
from mastkit.rulebooks.prognosis import PrognosticScore, Survival, advanced, kit_negative
from mastkit.rulebooks.sources import JAWHAR19, NAUMANN24

HIGH_RISK_GENES = (v.srsf2, v.asxl1, v.runx1)

MARS = PrognosticScore(
    score=Score(
        id="mars",
        title="MARS, mutation-adjusted risk score for advanced systemic mastocytosis",
        parts=(
            part("Age above 60", (v.age > 60, 1)),
            part("Haemoglobin below 10 g/dL", (v.hb < 10, 1)),
            part("Platelets below 100", (v.plt < 100, 1)),
            part(
                "SRSF2, ASXL1, RUNX1: genes with a mutation",
                (at_least(2, HIGH_RISK_GENES), 2),
                (at_least(1, HIGH_RISK_GENES), 1),
            ),
        ),
        levels=(
            Level("low", "Low risk", 0),
            Level("intermediate", "Intermediate risk", 2),
            Level("high", "High risk", 3),
        ),
        plain="A score of blood counts, age and gene changes in advanced disease",
        source=JAWHAR19,
        clause="F1.2",
        verified="reprint",
        note="A gene that was not sequenced is not taken as unchanged: the result is then a range.",
    ),
    population=advanced,
    endpoint="overall survival",
    cautions=(kit_negative,),
    survival=(
        Survival("low", "training (231 patients)", None),
        Survival("intermediate", "training (231 patients)", 3.9),
        Survival("high", "training (231 patients)", 1.9),
        Survival("low", "validation (152 patients)", 12.2),
        Survival("intermediate", "validation (152 patients)", 4.4),
        Survival("high", "validation (152 patients)", 1.9),
    ),
    sources=(JAWHAR19, NAUMANN24),
)
