"""Finer labels that go beside a subtype: acute or chronic, with or without blood involvement, skin form."""

from __future__ import annotations

from dataclasses import dataclass

from mastkit.logic.expressions import Expression, Verification, any_of
from mastkit.logic.rulebook import Rulebook
from mastkit.rulebooks import findings as f
from mastkit.rulebooks import variables as v


@dataclass(frozen=True, slots=True)
class Refinement:
    """A finer label: given beside one of these subtypes when its condition surely holds."""

    title: str
    subtypes: frozenset[str]
    condition: Expression
    clause: str
    verified: Verification


_SYSTEMIC = frozenset({"BMM", "ISM", "SSM", "ASM", "MCL", "SM-AHN"})
_SKIN = frozenset({"CM", "MIS"})


def refinements(rulebook: Rulebook) -> tuple[Refinement, ...]:
    """The finer labels of a system, in the order in which they are shown."""
    c_finding = any_of(*rulebook.groups["c_findings"])
    leukaemia = next(label for label in rulebook.labels if label.code == "MCL").condition
    indolent = ~(leukaemia | c_finding)
    ahn, mcl = frozenset({"SM-AHN"}), frozenset({"MCL"})
    part = "mast cell part: "
    shared = (
        Refinement(f"{part}mast cell leukaemia", ahn, leukaemia, "5.3 step 9", "unverified"),
        Refinement(f"{part}aggressive", ahn, ~leukaemia & c_finding, "5.3 step 9", "unverified"),
        Refinement(f"{part}indolent", ahn, indolent, "5.3 step 9", "unverified"),
        Refinement(
            "tyrosine kinase fusion: a disease of its own (M/LN-TK)", ahn, f.fusion, "5.3 step 2", "unverified"
        ),
        Refinement("leukaemic (10 % or more in blood)", mcl, v.pb_mc_pct >= 10, "5.2", "reprint"),
        Refinement("aleukaemic (less than 10 % in blood)", mcl, v.pb_mc_pct < 10, "5.2", "reprint"),
        Refinement("typical skin lesions", _SYSTEMIC, f.typical_skin_lesions, "5.2", "reprint"),
        Refinement("no skin lesions", _SYSTEMIC, ~f.typical_skin_lesions, "5.2", "reprint"),
        Refinement("monomorphic maculopapular", _SKIN, v.skin_lesions.is_in("mpcm_mono"), "5.1", "unverified"),
        Refinement("polymorphic maculopapular", _SKIN, v.skin_lesions.is_in("mpcm_poly"), "5.1", "unverified"),
        Refinement("diffuse", _SKIN, v.skin_lesions.is_in("dcm"), "5.1", "reprint"),
        Refinement("mastocytoma", _SKIN, v.skin_lesions.is_in("mastocytoma"), "5.1", "unverified"),
    )
    if rulebook.id == "icc-2022":
        marrow = Refinement(
            "bone marrow mastocytosis (a variant of ISM)",
            frozenset({"ISM"}),
            ~f.typical_skin_lesions & ~f.dense_infiltrate_elsewhere,
            "5.2",
            "unverified",
        )
        return (marrow, *shared)
    return (
        Refinement("acute (with a C-finding)", mcl, c_finding, "EU-11", "reprint"),
        Refinement("chronic (without a C-finding)", mcl, ~c_finding, "EU-11", "reprint"),
        Refinement(
            "in transformation to mast cell leukaemia (5 to 19 % on smears)",
            frozenset({"ASM"}),
            (v.bm_mc_pct_smear >= 5) & (v.bm_mc_pct_smear < 20),
            "EU-10",
            "unverified",
        ),
        *shared,
    )
