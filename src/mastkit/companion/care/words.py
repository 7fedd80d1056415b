"""The words of the emergency mode and of sampling times, for the program in the page."""

from django.utils.translation import gettext as _


def care_words() -> dict[str, object]:
    """Return the texts by key."""
    return {
        "call_number": _("Call {number}"),
        "called": _("Called {number}"),
        "called_saved": _("Call noted, {time}."),
        "step_of": _("Step {n} of {all}"),
        "step_done": _("Step {n}: {text}"),
        "step_saved": _("Step {n}: done, {time}."),
        "plan_by": _("Written by {who}, {when}"),
        "plan_written": _("Written {when}"),
        "plan_kept": _("Kept on this device since {when}: it may have changed."),
        "plan_missing": _(
            "There is no plan in the record. A plan is written by your own clinician; "
            "this program has none of its own."
        ),
        "plan_not_here": _("Your plan is not on this device, and there is no network or nobody is signed in."),
        "second_dose": _(
            "{minutes} minutes have passed since adrenaline. "
            "Your plan names a second dose after {minutes} minutes: look at your plan."
        ),
        "second_at": _("Your plan names a second dose after {minutes} minutes: at {time}."),
        "no_second": _("Your plan names no time for a second dose."),
        "since_adrenaline": _("since adrenaline, given at {time}"),
        "doses_given": {"one": _("{n} dose noted"), "other": _("{n} doses noted")},
        "screen_stays": _("The screen stays on."),
        "kept_here": _("Your plan is kept on this device. It opens here without a network and without signing in."),
        "not_kept_here": _("Your plan is not kept on this device."),
        "opens_in": _("opens in {time}"),
        "closes_in": _("{time} left"),
        "hours_minutes": _("{hours} h {minutes} min"),
        "only_minutes": _("{minutes} min"),
    }
