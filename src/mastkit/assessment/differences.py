"""Where the two systems differ for one person, and the published difference behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mastkit.assessment.answer import Disagreement, SystemAnswer
from mastkit.logic.values import Truth

WHO, ICC = "who-2022", "icc-2022"


@dataclass(frozen=True, slots=True)
class Difference:
    """A published difference: the criterion of each system, and how their rules differ."""

    topic: str
    who_key: str
    icc_key: str
    who: str
    icc: str
    clause: str


# The tables of differences of 2.1, 2.5, 4.1 and 4.2, in our own words.
DIFFERENCES = (
    Difference("Systemic mastocytosis", "SM", "SM",
        "the major criterion needs a minor one beside it", "the major criterion is enough by itself; a tyrosine"
        " kinase fusion excludes systemic mastocytosis", "1.3, 2.2"),
    Difference("Major criterion", "MAJ", "MAJ",
        "asks for no stain", "asks for a positive stain for tryptase or CD117", "1.1, 2.1"),
    Difference("Tryptase criterion", "m4", "m4",
        "the value is divided by one plus the extra TPSAB1 copies", "the value counts as measured", "1.5, 2.4"),
    Difference("High burden (B1)", "B1", "B1",
        "any of marrow 30 % or more, tryptase 200 or more, allele fraction 10 % or more",
        "marrow above 30 % together with tryptase above 200; no allele fraction", "4.1"),
    Difference("Other blood cells (B2)", "B2", "B2",
        "signs of myeloproliferation or dysplasia", "a mild cytopenia or -cytosis without a reactive cause", "4.1"),
    Difference("Enlarged organs (B3)", "B3", "B3",
        "lymph nodes above 2 cm; no ascites or portal hypertension",
        "lymph nodes above 1 cm; liver function only", "4.1"),
    Difference("Liver (C2)", "C2", "C2",
        "ascites or raised liver enzymes, with or without a large liver",
        "a palpable liver with impaired function, ascites or portal hypertension", "4.2"),
    Difference("Gut (C4)", "C4", "C4",
        "malabsorption with low albumin", "malabsorption with weight loss", "4.2, 12.2 D6"),
    Difference("Bone (C5)", "C5", "C5",
        "osteolysis of 2 cm or more with a fracture", "large osteolysis with or without a fracture",
        "4.2, 12.2 D5"),
    Difference("Associated neoplasm", "AHN", "AMN",
        "any haematological neoplasm", "a myeloid neoplasm only", "2.3, 12.2 D7"),
    Difference("Mast cell leukaemia", "MCL", "MCL",
        "20 % or more on the smear, of any maturity",
        "20 % or more immature mast cells, or an immature core with a dry tap", "2.5, 5.2"),
)  # fmt: skip


def same_code(code: str) -> str:
    """The code under which both systems report it: the ICC calls bone marrow mastocytosis ISM."""
    return "ISM" if code == "BMM" else code


def agreement(answers: Sequence[SystemAnswer]) -> Truth:
    """Whether both systems name the same subtype; ``None`` while one is undecided and both could."""
    who, icc = ({same_code(code) for code in answer.possible} for answer in answers)
    if not who & icc:
        return False
    return True if len(who) == len(icc) == 1 else None


def disagreements(answers: Sequence[SystemAnswer]) -> tuple[Disagreement, ...]:
    """The criteria that one system takes as met and the other as not met, with the difference behind each."""
    who, icc = answers
    who_truths = {j.key: j.truth for j in who.judged}
    icc_truths = {j.key: j.truth for j in icc.judged}
    found = []
    for d in DIFFERENCES:
        pair = {who_truths[d.who_key], icc_truths[d.icc_key]}
        if pair == {True, False}:
            words = {True: "met", False: "not met"}
            found.append(
                Disagreement(
                    d.topic,
                    f"{words[bool(who_truths[d.who_key])]}: {d.who}",
                    f"{words[bool(icc_truths[d.icc_key])]}: {d.icc}",
                    d.clause,
                )
            )
    if "BMM" in who.possible and who.subtype == "BMM" and icc.subtype == "ISM":
        found.append(Disagreement("Name", "bone marrow mastocytosis is a subtype", "it is a variant of ISM", "2.5"))
    return tuple(found)
