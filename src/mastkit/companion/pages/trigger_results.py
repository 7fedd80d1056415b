"""What the diary says about triggers, worked out once for each state of a record.

A record that gets a new fact is a new record; so an answer is kept with the record that it is about, as long as
that is in memory, and goes when it goes.
"""

import threading
import weakref
from uuid import UUID

from mastkit.record.record import Record
from mastkit.triggers.result import MyTriggers

_kept: dict[int, dict[frozenset[UUID], MyTriggers]] = {}
_one_at_a_time = threading.Lock()
_NOTHING_LEFT_OUT: frozenset[UUID] = frozenset()


def triggers_of(record: Record) -> MyTriggers:
    """Return what a record says about the triggers of its person: the answer of `mastkit triggers`."""
    return _answer(record, _NOTHING_LEFT_OUT)


def triggers_without(record: Record, new: frozenset[UUID]) -> MyTriggers:
    """Return what it said before some facts came."""
    return _answer(record, new)


def _answer(record: Record, left_out: frozenset[UUID]) -> MyTriggers:
    with _one_at_a_time:  # two who ask at once wait for one answer
        answers = _answers(record)
        if left_out not in answers:
            answers[left_out] = _worked_out(record, left_out)
        return answers[left_out]


def _answers(record: Record) -> dict[frozenset[UUID], MyTriggers]:
    place = id(record)
    if place not in _kept:
        _kept[place] = {}
        weakref.finalize(record, _kept.pop, place, None)
    return _kept[place]


def _worked_out(record: Record, left_out: frozenset[UUID]) -> MyTriggers:
    from mastkit.triggers.analysis import my_triggers  # NumPy is loaded when it is needed

    if left_out:
        facts = {fact_id: fact for fact_id, fact in record.facts.items() if fact_id not in left_out}
        record = Record(record.id, record.zone, facts)
    return my_triggers(record)
