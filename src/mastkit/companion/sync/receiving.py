"""Facts as they come over the wire: each is read by itself, so that one mistake holds back no other."""

from typing import Any
from uuid import UUID

import orjson
from django.utils.translation import gettext as _

from mastkit.companion.people.access import OpenRecord
from mastkit.companion.store.facts import Outcome
from mastkit.record.facts import AnyFact
from mastkit.record.files import read_fact

MOST_AT_ONCE = 5_000


class NotAList(ValueError):  # noqa: N818 - the message is for the person
    """What was sent is no list of facts; the message says what was expected."""


def receive(opened: OpenRecord, content: bytes) -> list[dict[str, Any]]:
    """Add the facts of a JSON list to a record and return what became of each, in the order sent.

    Raises `NotAList`.
    """
    try:
        entries = orjson.loads(content)
    except orjson.JSONDecodeError:
        raise NotAList(_("This is no JSON; expected a list of facts.")) from None
    if not isinstance(entries, list):
        raise NotAList(_("Expected a list of facts."))
    if len(entries) > MOST_AT_ONCE:
        raise NotAList(_("Too many facts at once; expected no more than 5,000."))
    facts: list[AnyFact] = []
    answers: list[dict[str, Any] | None] = []
    for number, entry in enumerate(entries, start=1):
        fact, problems = read_fact(entry, "", number)
        if fact is None:
            answers.append(_answer(Outcome(_id(entry), "refused", " ".join(p.sentence() for p in problems)), entry))
        else:
            facts.append(fact)
            answers.append(None)
    outcomes = iter(opened.add(facts) if facts else [])
    return [answer if answer is not None else _answer(next(outcomes)) for answer in answers]


def _answer(outcome: Outcome, entry: Any = None) -> dict[str, Any]:
    # What could not be read has no id that one could trust; the sender finds it again by the id it wrote.
    name = str(outcome.id) if outcome.id is not None else entry.get("id") if isinstance(entry, dict) else None
    answer = {"id": name if isinstance(name, str) else None, "status": outcome.status}
    return answer | ({"sentence": outcome.sentence} if outcome.sentence else {})


def _id(entry: Any) -> UUID | None:
    try:
        return UUID(entry["id"])
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
