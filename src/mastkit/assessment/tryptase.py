"""Which tryptase value is the baseline, which belongs to an event, and which serves as neither (6.3)."""

from __future__ import annotations

from collections.abc import Iterable

from mastkit.assessment.reading import RecordSheet
from mastkit.record.facts import Measurement
from mastkit.vocabulary.variables import sheet_variables

SYMPTOM_FREE_HOURS = 24
"""A baseline is drawn at least this long after all symptoms were gone (clause 6.3, reprint)."""


def qualifies_as_baseline(sample: Measurement) -> bool:
    """Whether a sample is a baseline: 24 hours or more after all symptoms, or said to be one."""
    hours = sample.hours_since_full_resolution
    if hours is not None:
        return hours >= SYMPTOM_FREE_HOURS
    return sample.context == "baseline"


def read_tryptase(samples: Iterable[Measurement], sheet: RecordSheet) -> None:
    """Set the baseline, the event sample and the value that serves as neither: the latest of each."""
    variable = sheet_variables()["bst"]
    in_order = sorted(samples, key=lambda s: (s.time.at, s.recorded_at, s.id))
    for sample in in_order:
        value = sample.quantity.interval(variable)
        if qualifies_as_baseline(sample):
            sheet.put("bst", value, sample)
        elif sample.context == "event":
            sheet.put("tryptase_acute", value, sample)
            # The hours of an earlier event do not belong to this one.
            sheet.values.pop("tryptase_acute_hours", None)
            sheet.sources.pop("tryptase_acute_hours", None)
            if sample.hours_after_onset is not None:
                sheet.put("tryptase_acute_hours", sample.hours_after_onset, sample)
        else:
            sheet.put("tryptase_untimed", value, sample)
            if sample.context == "baseline":
                sheet.remarks.append(
                    f"The tryptase of {sample.time} is called a baseline, but was drawn"
                    f" {sample.hours_since_full_resolution:g} hours after the symptoms; a baseline needs"
                    f" {SYMPTOM_FREE_HOURS} hours, so it serves as none."
                )
