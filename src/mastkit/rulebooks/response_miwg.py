"""Modified IWG-MRT-ECNM criteria of the avapritinib and bezuclastinib trials, as far as they could be verified.

What differs from 2013: an enlarged spleen counts as organ damage without symptoms (read in an abstract), and a
complete remission with partial recovery of the blood counts is kept apart (recalled). Weight loss as organ damage
is only faintly recalled and is left out.
"""

from mastkit.logic.expressions import all_of, criterion
from mastkit.logic.rulebook import Label, Rulebook
from mastkit.rulebooks import response_iwg_2013 as iwg
from mastkit.rulebooks import response_variables as r
from mastkit.rulebooks.sources import GOTLIB13, SHOMALI21

evaluable = criterion(
    "MIWG-EVAL",
    "Organ damage that counts was there before treatment; a spleen felt more than 5 cm below the ribs counts",
    r.organ_damage_eligible,
    plain="An organ was damaged enough before treatment to judge by; a large spleen counts without complaints",
    source=SHOMALI21, clause="F2.2", verified="reprint",
)  # fmt: skip
counts_partly_recovered = criterion(
    "MIWG-CRH",
    "Neutrophils above 0.5 with normal differential, haemoglobin above 8.0 g/dL, platelets above 50",
    all_of(r.anc_now > 0.5, r.normal_differential, r.hb_now > 8.0, r.plt_now > 50),
    plain="The blood counts have partly recovered",
    source=SHOMALI21, clause="F2.2", verified="unverified",
)  # fmt: skip

MIWG = Rulebook(
    id="miwg",
    title="Modified IWG-MRT-ECNM response criteria",
    question=evaluable,
    criteria=(
        evaluable, *iwg.COMPLETE, counts_partly_recovered, *iwg.PARTIAL, iwg.improvement, *iwg.PROGRESSION,
    ),
    groups={"complete": iwg.COMPLETE, "partial": iwg.PARTIAL, "progression": iwg.PROGRESSION},
    labels=iwg.labels(
        evaluable,
        Label(
            "CRh",
            "Complete remission with partial recovery of blood counts",
            all_of(iwg.no_aggregates, iwg.tryptase_low, counts_partly_recovered, iwg.damage_gone, iwg.held),
            "All signs of the disease are gone; the blood counts are not yet back to normal",
        ),
    ),
    sources=(GOTLIB13, SHOMALI21),
    verified="unverified",
)  # fmt: skip
