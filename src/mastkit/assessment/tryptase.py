"""Which tryptase value is the baseline, which belongs to an event, and which serves as neither (6.3)."""

from __future__ import annotations

from collections.abc import Iterable

from mastkit.assessment.reading import RecordSheet
from mastkit.record.facts import Measurement
from mastkit.rulebooks.windows import tryptase_windows
from mastkit.vocabulary.variables import sheet_variables


def symptom_free_hours() -> float:
    """How long after all symptoms were gone a baseline is drawn at the soonest, by the default protocol (6.3)."""
    baseline = tryptase_windows().protocol().baseline
    assert baseline is not None  # a test holds the default protocol to it
    return baseline.opens / 60


def qualifies_as_baseline(sample: Measurement) -> bool:
    """Whether a sample is a baseline: drawn long enough after all symptoms, or said to be one."""
    hours = sample.hours_since_full_resolution
    if hours is not None:
        return hours >= symptom_free_hours()
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
                    f" {symptom_free_hours():g} hours, so it serves as none."
                )
