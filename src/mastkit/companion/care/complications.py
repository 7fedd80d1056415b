"""What the record says of a complication, in the language of the page."""

from mastkit.companion.pages.describe import Line, describe
from mastkit.record.record import Record
from mastkit.reports.learning import ComplicationCheck


def results(check: ComplicationCheck, record: Record, zone: str) -> list[Line]:
    """Return the results of the last check, as they stand in lists."""
    facts = {fact.id: fact for fact in record.current()}
    return [describe(facts[one], zone) for one in check.facts]
