"""Pure pathologic response: a scheme that does not ask about organ damage.

That there is such a scheme and why was read in an abstract; its limits are recalled, so every answer is shown as
unverified. Molecular remission and the categories of no response are only faintly recalled and are left out.
"""

from mastkit.logic.expressions import ALWAYS, all_of
from mastkit.logic.rulebook import Label, Rulebook
from mastkit.rulebooks.response_iwg_2013 import (
    counts_recovered,
    held,
    mast_cells_halved,
    no_aggregates,
    tryptase_halved,
    tryptase_low,
)
from mastkit.rulebooks.response_miwg import counts_partly_recovered
from mastkit.rulebooks.sources import SHOMALI21

COMPLETE = (no_aggregates, tryptase_low, counts_recovered)
PARTIAL = (mast_cells_halved, tryptase_halved)

PPR = Rulebook(
    id="ppr",
    title="Pure pathologic response",
    question=no_aggregates,
    criteria=(*COMPLETE, counts_partly_recovered, *PARTIAL),
    groups={"complete": COMPLETE, "partial": PARTIAL},
    labels=(
        Label("CR", "Complete remission", all_of(*COMPLETE, held), "No clusters, low tryptase, good counts"),
        Label(
            "CRh",
            "Complete remission with partial recovery of blood counts",
            all_of(no_aggregates, tryptase_low, counts_partly_recovered, held),
            "No clusters of mast cells and low tryptase; the blood counts are not yet back to normal",
        ),
        Label("PR", "Partial remission", all_of(*PARTIAL, held), "Half of mast cells and tryptase are gone"),
        Label("none", "None of these responses", ALWAYS, "Not enough has changed for this scheme"),
    ),
    sources=(SHOMALI21,),
    verified="unverified",
)  # fmt: skip
