"""Where the diagnosis stands: the answers of both classifications, what is missing, and where they differ."""

from dataclasses import dataclass

from mastkit.assessment.answer import Assessment, MissingSet, SystemAnswer
from mastkit.reports.questions import AskedQuestion
from mastkit.reports.stated import fits_words, stated_words
from mastkit.vocabulary.variables import ClinicalTest, clinical_tests, sheet_variables

MOST_SETS = 3
"""Sets of tests that are named; the assessment itself has all of them."""


@dataclass(frozen=True)
class Line:
    """A criterion and how it stands: met, not met, or not known."""

    key: str
    title: str
    stands: str


@dataclass(frozen=True)
class MissingTests:
    """Tests that together could settle the subtype, and the answers they could give."""

    tests: tuple[str, ...]
    tests_plain: tuple[str, ...]
    variables: tuple[str, ...]
    answers: tuple[str, ...]


@dataclass(frozen=True)
class SystemStanding:
    """The answer of one classification in words."""

    system: str
    title: str
    answer: str
    possible: tuple[str, ...]
    criteria: tuple[Line, ...]
    missing: tuple[MissingTests, ...]
    verified: str


@dataclass(frozen=True)
class Standing:
    """Both classifications side by side."""

    systems: tuple[SystemStanding, ...]
    disagreements: tuple[str, ...]
    remarks: tuple[str, ...]
    stated: tuple[str, ...] = ()
    """The diagnosis that a clinician stated, and whether each classification comes to it."""
    misfit: bool = False
    """Whether one cannot come to it."""

    def questions(self) -> tuple[AskedQuestion, ...]:
        """Return the questions that the gaps of the assessment suggest, one a set of tests."""
        found: dict[str, AskedQuestion] = {}
        for system in self.systems:
            for missing in system.missing[:1]:
                named = " and ".join(missing.tests_plain)
                text = f"Would this settle which type I have: {named[:1].lower()}{named[1:]}?"
                could = ", ".join(missing.answers)
                why = f"{system.title}: this could settle it to {could}" if could else system.title
                found.setdefault(text, AskedQuestion(text, "assessment", why))
        return tuple(found.values())


def standing_of(assessment: Assessment) -> Standing:
    """Return an assessment in the words of a document."""
    return Standing(
        systems=tuple(_system(answer) for answer in assessment.answers),
        disagreements=tuple(f"{one.topic}: WHO {one.who}; ICC {one.icc}" for one in assessment.disagreements),
        remarks=assessment.remarks,
        stated=(stated_words(stated), *fits_words(assessment)) if (stated := assessment.stated) else (),
        misfit=stated is not None and False in stated.fits.values(),
    )


def _system(answer: SystemAnswer) -> SystemStanding:
    return SystemStanding(
        system=answer.system,
        title=answer.title,
        answer=_answer(answer),
        possible=answer.possible,
        criteria=tuple(Line(judged.key, judged.criterion.title, STANDS[judged.truth]) for judged in answer.judged),
        missing=tuple(_missing(one) for one in answer.missing[:MOST_SETS]),
        verified=answer.verified,
    )


STANDS = {True: "met", False: "not met", None: "not known"}


def _answer(answer: SystemAnswer) -> str:
    if answer.contradiction:
        return "The facts contradict each other: no type fits all of them."
    titles = [answer.titles.get(code, code) for code in answer.possible]
    if len(titles) == 1:
        return titles[0]
    return "Cannot be decided yet; still possible: " + "; ".join(titles)


def _missing(one: MissingSet) -> MissingTests:
    known = clinical_tests()
    fallback = tuple(sheet_variables()[name].label for name in one.variables)
    named: list[ClinicalTest] = [known[name] for name in one.tests if name in known]
    return MissingTests(
        tests=tuple(test.label for test in named) or fallback,
        tests_plain=tuple(test.plain_label for test in named) or fallback,
        variables=one.variables,
        answers=one.answers,
    )
