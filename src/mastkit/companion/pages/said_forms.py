"""The sentences of other packages that pages show: those without values, and the forms of those with values.

A place is named for what stands in it: ``day`` a date alone, ``when`` a date or a time, ``n`` a number, ``known``
a text of the data files, ``parts`` several texts with a semicolon between, ``names`` and ``severities`` several
words with a comma between, ``tests`` tests of the case sheet, ``lab`` what a laboratory measures and ``value`` what
it found, ``verified`` how well a source was checked, ``what`` any text that may be known. What is named otherwise
is taken over as it is.
"""

from mastkit.reports.hand_over import NO_STOPPING
from mastkit.reports.pack_document import FOOTER
from mastkit.reports.previsit import OPEN
from mastkit.reports.sampling_due import RULE, TITLE

SENTENCES = frozenset(
    {
        # what is due
        "Adrenaline auto-injector",
        TITLE,
        "appointment",
        "planned visit",
        "done",
        "none in the record",
        "no value in the record qualifies as a baseline",
        "your record: the expiry that you wrote down",
        "your record: the appointment that you wrote down",
        # questions for a visit
        "your own question",
        "When did the symptoms begin?",
        "Are they there all the time or now and then?",
        "How severe are they?",
        "What makes them better?",
        "What makes them worse or sets them off?",
        OPEN,
        "No flare is written down in this time. That does not mean there was none.",
        "severity not written down",
        # the headings of the papers that hold them
        "Appointment pack",
        "My top three questions",
        "Annex: what you may want to ask me",
        "Usual questions, answered ahead from the diary",
        "Question",
        "From my diary",
        FOOTER,
        "Annex: more questions",
        "Annex: what is due",
        "Overdue, or runs out soon",
        "Due",
        "What",
        "When",
        "Why",
        "Source",
        # the card for the emergency desk and the home kit
        "For the emergency desk: blood for tryptase",
        "Treatment comes first. Blood is drawn as soon as treatment allows.",
        "When to draw blood",
        "Samples",
        "Sample",
        "Now",
        "From",
        "To",
        "Best",
        "Onset",
        "Symptoms",
        "Tryptase when well",
        "not written down",
        "Drawn at",
        "Drawn by",
        "when symptom-free",
        "no end",
        "to come",
        "open now",
        "taken",
        "over",
        "waits for the end of all symptoms",
        "Samples from home",
        NO_STOPPING,
        "Urine at the time of a flare",
        "Urine of 24 hours",
        "Blood for tryptase",
        "What changes the results",
        "Test",
        "May be raised by",
        "May be lowered by",
        "A sample keeps",
        "All limits of urine tests are per creatinine of the same urine. Use your laboratory's own.",
    }
)

FORMS = (
    # what is due
    "{what} expires",
    "Appointment: {what}",
    "The expiry on it is {when}; ask for a new one before that. It is kept here: {place}.",
    "The expiry on it is {when}; ask for a new one before that.",
    "{known} ({parts}). It is open whether this schedule applies.",
    "{known} ({parts}).",
    "last: {what} on {day}",
    "{lab} {value}",
    "type of disease: {type}, stated {day}",
    "{medicine} since {day}",
    "{known}. From {when1} until {when2} ({zone}). " + RULE + " ({parts}.)",
    "{known}. Not before {when1} until {when2} ({zone}). " + RULE + " ({parts}.)",
    "{known}. From {when} ({zone}). " + RULE + " ({parts}.)",
    "{known}. Not before {when} ({zone}). " + RULE + " ({parts}.)",
    "flare that began {when}: tryptase was drawn for it",
    "flare that began {when}: it was judged to be anaphylaxis",
    "the end of the flare that began {when} is not written down: no earlier than this",
    "counted from the end of the last flare, {when}",
    "counted from the beginning of the last flare, {when}",
    "{known} names no time for it that is still ahead",
    "{what}: since {day}",
    "{what}; {verified}",
    "No result in my record: {parts}",
    "{what}, {place}: expires {when}",
    "{what}, {place}: expired {when}",
    "{what}: expires {when}",
    "{what}: expired {when}",
    # questions for a visit
    "Would this settle which type I have: {tests}?",
    "{system}: this could settle it to {answers}",
    "The first flare written down began {when}; symptoms may have begun before the diary.",
    "{what1} on {what2} of {n}; daily questions: {what3} with symptoms, {n4} without.",
    "{what1} on {what2} of {n}.",
    "{severities}; judged to be anaphylaxis: {n}.",
    "{severities}.",
    "{n} flare",
    "{n} flares",
    "{n} day",
    "{n} days",
    "Better with {names1}. Taken during flares: {names2}.",
    "Better with {names}.",
    "Taken during flares: {names}.",
    "Suspected by the person: {names}. A suspicion is not yet proof.",
    "severity {degrees} of 10: {n}",
    "severity not written down: {n}",
    # whose paper it is
    "{who}, born {when}. For {names} on {day1}. Made on {day2}.",
    "{who}, born {when}. For {names}. Made on {day}.",
    "{who}, born {when}. Made on {day}.",
    "{who}, born {when}. {day}.",
    "{who}. For {names} on {day1}. Made on {day2}.",
    "{who}. For {names}. Made on {day}.",
    "{who}. Made on {day}.",
    # the home kit
    "{known1} ({known2})",
    "Sources: {parts}.",
    "{known1}: {known2} ({link})",
    "{known1}: {known2}",
    "{known}: {what}",
    "Protocol: {known1}. Source: {what}; {known2}; data of {day}. {known3}",
    "Protocol: {known1}. Source: {what}; {known2}; data of {day}.",
)
"""Tried in this order: what is longer comes first."""
