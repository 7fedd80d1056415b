"""Random case sheets for the rules of reactions and screening: values on and around every limit."""

from typing import Any

from hypothesis import strategies as st

from mastkit.followup.screening import rule_sets
from mastkit.rulebooks import SCORES
from mastkit.vocabulary.variables import SheetVariable, sheet_variables

LIMITS: dict[str, tuple[float, ...]] = {
    "age": (18, 54, 64),
    "bst": (4.12, 5, 6.5, 8, 11, 11.4, 11.5, 15, 18, 19, 20, 25, 30, 36.2, 62.2, 88.8, 100, 115.9, 171.2, 285.1),
    "tryptase_acute": (7.2, 8, 8.425, 13.76, 23.6, 26, 33.7, 38),
    "tryptase_acute_hours": (0.5, 1, 4, 6),
    "tpsab1_extra_copies": (0, 1, 2, 5, 6, 10),
    "tscore_min": (-2, -2.5),
    "mc_spindle_pct_tissue": (25,),
}


def asked() -> list[SheetVariable]:
    """The columns of a case sheet that some rule asks about."""
    rules = [*rule_sets(), *SCORES.values()]
    names = dict.fromkeys(v.name for r in rules for v in r.variables)
    return [sheet_variables()[name] for name in names if name in sheet_variables()]


def values(variable: SheetVariable) -> st.SearchStrategy[Any]:
    match variable.kind:
        case "boolean":
            return st.booleans()
        case "choice":
            return st.sampled_from(variable.values)
        case _:
            low = -5 if variable.low is None else variable.low
            high = 400 if variable.high is None else variable.high
            near = [limit + step for limit in LIMITS.get(variable.name, (10,)) for step in (-0.1, 0, 0.1)]
            inside = [n for n in near if low <= n <= high and (not variable.integer or n == int(n))]
            number = st.sampled_from(inside)
            if variable.integer:
                return number
            strictly = st.sampled_from([n for n in inside if low < n < high])
            return number | st.builds(lambda c, n: f"{c}{n:g}", st.sampled_from([">", ">=", "<", "<="]), strictly)


def sheets() -> st.SearchStrategy[dict[str, Any]]:
    """Sheets of which about half is known."""
    return st.fixed_dictionaries({}, optional={v.name: values(v) for v in asked()})
