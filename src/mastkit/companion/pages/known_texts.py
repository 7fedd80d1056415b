"""The texts of data files that pages show: each is its own key in the catalogue of a language.

The data files stay English, and what reads them knows no language. A row that is added needs its translation: a
test compares these texts with the catalogue.
"""

from collections.abc import Iterator
from functools import cache

from mastkit.followup.caution import procedure_notes
from mastkit.followup.monitoring import follow_up_tests, schedules
from mastkit.reports.card_texts import card_languages
from mastkit.reports.hand_over import VERIFIED, home_kit, interferences
from mastkit.reports.learning import complications, glossary, self_care_tasks, support_groups
from mastkit.reports.questions import SITUATIONS, question_bank
from mastkit.rulebooks.windows import tryptase_windows
from mastkit.vocabulary.terms import terms

BETWEEN = "; "
"""Between the pieces of a text that is a list, such as several sources; each piece is a key of its own."""


@cache
def known_texts() -> frozenset[str]:
    """Return every text of the data files that a page shows."""
    return frozenset(text for text in _all() if text)


def _all() -> Iterator[str]:
    yield from _learning()
    yield from _asking()
    yield from _due()
    yield from _collecting()
    for language in card_languages().values():
        yield from (language.written, language.checked)


def _learning() -> Iterator[str]:
    for task in self_care_tasks():
        yield from (task.title, task.why, *task.grounds.split(BETWEEN))
    for word in glossary().values():
        yield from (word.term, word.plain, word.more, word.medical)
    for one in complications():
        yield from (one.title, one.plain, one.red_flag, one.grounds)
    for group in support_groups():
        yield group.about


def _asking() -> Iterator[str]:
    yield from (one.text for one in question_bank())
    yield from (one.speciality for one in question_bank() if one.speciality != "all")
    yield from SITUATIONS.values()


def _due() -> Iterator[str]:
    for test in follow_up_tests().values():
        yield from (test.plain_label, test.label)
    for schedule in schedules():
        yield schedule.plain or schedule.reason
    yield from (note.label for note in procedure_notes().values())
    yield from (term.plain_label for (kind, _), term in terms().items() if kind == "device")


def _collecting() -> Iterator[str]:
    for step in home_kit():
        yield from (step.step, *step.source.split(BETWEEN))
    for one in interferences():
        yield one.analyte
        for listed in (one.raises, one.lowers, one.stability, one.source):
            yield from listed.split(BETWEEN)
    yield from VERIFIED.values()
    for protocol in tryptase_windows().protocols.values():
        yield from (protocol.title, protocol.note, *_own_choice(protocol.source))
        yield from (sample.title for sample in protocol.samples)


def _own_choice(source: str) -> tuple[str, ...]:
    """A source that is words of this project, and not a publication."""
    return (source,) if source.startswith("A choice of this project") else ()
