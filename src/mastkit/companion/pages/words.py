"""The words that the program in the page uses, in the language of the page."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def words() -> dict[str, object]:
    """Return the texts by key; one that counts has a form for one and a form for other numbers."""
    return {
        "undo": _("Undo"),
        "undone": _("Taken back."),
        "now": _("just now"),
        "minutes_ago": {"one": _("{n} minute ago"), "other": _("{n} minutes ago")},
        "hours_ago": {"one": _("{n} hour {minutes} min ago"), "other": _("{n} hours {minutes} min ago")},
        "flare_saved": _("Flare saved, {time}."),
        "flare_since": pgettext("a flare that is running", "Since {time}"),
        "flare_ended": _("Ended at {time}. Well done for getting through it."),
        "start_changed": _("It began at {time}."),
        "symptom_saved": _("{what}: added."),
        "symptom_removed": _("{what}: removed."),
        "more_symptoms": _("More …"),
        "severity_saved": _("{degree} of 10: saved."),
        "exposure_saved": _("{what}: saved."),
        "already_there": _("{what}: did you have symptoms already before it?"),
        "when_was_it": _("{what}: about when?"),
        "dose_saved": _("{what}: taken at {time}."),
        "taken_at": _("{what} at {time}"),
        "adrenaline_saved": _("Adrenaline, {time}: saved."),
        "adrenaline_at": _("Adrenaline given at {time}"),
        "checkin_saved": _("Noted. Thank you."),
        "noted": _("Noted."),
        "not_saved": _("This could not be saved on this device. Please write it down and try again."),
        "waiting": {"one": _("{n} entry waits on this device."), "other": _("{n} entries wait on this device.")},
        "waiting_short": {"one": _("{n} waits to be sent"), "other": _("{n} wait to be sent")},
        "waits_for_network": _("They are sent when there is a network."),
        "signed_out": _("You are signed out. Nothing is lost: sign in and they are sent."),
        "another_person": _("They belong to a record that this account does not keep."),
        "refused": _("One entry could not be taken: {sentence}"),
        "offline": _("No network. You can log all the same."),
        "nothing_waits": _("Everything is sent."),
        "shared_done": _("Done. Nothing is kept on this device."),
        "shared_waiting": {
            "one": _("{n} entry is not sent yet and would be lost. Connect and send it first."),
            "other": _("{n} entries are not sent yet and would be lost. Connect and send them first."),
        },
    }
