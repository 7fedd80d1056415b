"""The sentences about triggers in the language of the page: those of the analysis, with the same values."""

from datetime import date

from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mastkit.companion.pages.clocks import short_date
from mastkit.companion.pages.labels import label
from mastkit.reports.triggers import LEFT_OUT_WORDS
from mastkit.triggers.looks import Change
from mastkit.triggers.result import STATUS_WORDS, Group, Interval, Message, MyTriggers, NextStep, Trigger
from mastkit.triggers.traits import in_sentence
from mastkit.triggers.words import messages
from mastkit.vocabulary.terms import terms

_KINDS = ("trigger", "medicine", "symptom")
_ANAPHYLAXIS, _ALLERGY = "anaphylaxis on ", "an allergy was confirmed"


def sentence(message: Message, **translated: str) -> str:
    """Return a sentence of the analysis; ``translated`` are values that are words themselves."""
    return _(messages()[message.name]).format(**message.values | translated)


def name_of(one: Trigger | Change) -> str:
    """Return what an exposure is called on all pages: the vocabulary's word, or the person's own."""
    known = any((kind, one.code) in terms() for kind in _KINDS)
    return label(one.code, *_KINDS) if known else _(one.label)


def known_words(why: str) -> str:
    """Return how a severe reaction or an allergy is known."""
    if why.startswith(_ANAPHYLAXIS):
        day = date.fromisoformat(why.removeprefix(_ANAPHYLAXIS))
        return _("anaphylaxis on %(day)s") % {"day": short_date(day)}
    if why.startswith(_ALLERGY):
        return _(_ALLERGY) + why.removeprefix(_ALLERGY)
    return _(why) if why else ""


def about(trigger: Trigger) -> tuple[str, ...]:
    """Return all that has to be said of an exposure."""
    return tuple(sentence(message, label=name_of(trigger)) for message in trigger.messages)


def together(group: Group, now: MyTriggers) -> str:
    """Return what has to be said of two exposures."""
    first, *others = (_label(now, code) for code in group.codes)
    labels = _("%(first)s and %(second)s") % {"first": first, "second": within(" + ".join(others))}
    return sentence(group.message, labels=labels)


def step_words(step: NextStep, now: MyTriggers) -> str:
    """Return what to log next."""
    names = [within(_label(now, code)) for code in step.codes]
    values = {"label": names[0]} if len(names) == 1 else dict(zip(("first", "second"), names, strict=False))
    return _(messages()[step.name]).format(**values)


def change_words(change: Change) -> str:
    """Return what is said otherwise than at the last look, and since when."""
    values = {"label": name_of(change), "now": within(_(STATUS_WORDS[change.now]))}
    if change.before is None:
        return _("%(label)s: new, %(now)s.") % values
    values |= {"before": within(_(STATUS_WORDS[change.before]))}
    return _(
        "%(label)s: was %(before)s, now %(now)s; since then %(more)d more exposures, %(followed)d of them followed"
        " by a flare."
    ) % (values | {"more": change.more, "followed": change.followed})


def left_out(now: MyTriggers) -> tuple[str, ...]:
    """Return what became of entries that could not be used as they are."""
    return tuple(f"{number} {_(LEFT_OUT_WORDS[name])}." for name, number in now.left_out.items())


def ratio_words(ratio: Interval) -> str:
    """Return a ratio with its limits."""
    return _("%(median)s (%(low)s to %(high)s)") % limits(ratio)


def limits(ratio: Interval) -> dict[str, str]:
    """Return a ratio and its limits as numbers of the language."""
    return {
        name: number_format(round(value, 1), decimal_pos=1)
        for name, value in (("median", ratio.median), ("low", ratio.low), ("high", ratio.high))
    }


def within(label: str) -> str:
    """Return a label as it stands within a sentence: English alone writes it small."""
    return in_sentence(label) if (get_language() or "en").startswith("en") else label


def _label(now: MyTriggers, code: str) -> str:
    trigger = now.of(code)
    return name_of(trigger) if trigger is not None else code
