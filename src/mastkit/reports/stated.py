"""The diagnosis that was stated, and whether each classification comes to it, in words."""

from mastkit.assessment.answer import Assessment, StatedDiagnosis

FITS = {
    True: "the findings give the same and nothing else",
    False: "does not fit the findings; the record or the label may be incomplete or out of date",
    None: "fits, and is not settled by the findings",
}


def stated_words(stated: StatedDiagnosis) -> str:
    """Return it in one line: what, how sure, by whom and when."""
    how = f" ({stated.status.replace('_', ' ')})" if stated.status else ""
    by = f"stated by {stated.by}" if stated.by else "stated"
    system = f", under {stated.system}" if stated.system else ""
    return f"{stated.label}{how}, {by}, {stated.day}{system}"


def fits_words(assessment: Assessment) -> tuple[str, ...]:
    """Return a line for each classification that can be compared; one that says so where none can."""
    stated = assessment.stated
    if stated is None:
        return ()
    if not stated.fits:
        return ("It cannot be compared while the findings contradict each other.",)
    return tuple(
        f"{answer.title}: {FITS[stated.fits[answer.system]]}"
        for answer in assessment.answers
        if answer.system in stated.fits
    )
