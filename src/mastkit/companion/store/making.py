"""Facts made from what a form says: the program writes the id and the time of entry, nobody else."""

from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from mastkit.record.facts import FACT, AnyFact, Recorder
from mastkit.record.ids import new_id


def new_fact(kind: str, actor: User, **fields: Any) -> AnyFact:
    """Return a fact that is entered now by a user. Raises `pydantic.ValidationError` where a field does not fit.

    With ``replaces`` it is a correction; the kind ``retraction`` withdraws a fact.
    """
    content = {
        "kind": kind,
        "id": new_id(),
        "recorded_at": timezone.now(),
        "recorded_by": Recorder(source="self", name=actor.get_username()),
    }
    return FACT.validate_python(content | {key: value for key, value in fields.items() if value is not None})
