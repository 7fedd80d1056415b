"""Who may see and add to which sections of a record. All is closed unless something here opens it."""

from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from mastkit.companion.people.models import Person
from mastkit.companion.people.sections import ALL_SECTIONS, Section

NO_SECTIONS: frozenset[Section] = frozenset()


@dataclass(frozen=True)
class Rights:
    """What one user may do with one record."""

    owner: bool = False
    see: frozenset[Section] = NO_SECTIONS
    log: frozenset[Section] = NO_SECTIONS

    @property
    def any(self) -> bool:
        """Whether the user may know that the record exists."""
        return self.owner or bool(self.see) or bool(self.log)


NONE = Rights()
OWNER = Rights(owner=True, see=ALL_SECTIONS, log=ALL_SECTIONS)


def rights(user: AbstractBaseUser | AnonymousUser, person: Person) -> Rights:
    """Return what a user may do with a record, looked up afresh each time."""
    if not user.is_authenticated or not user.is_active:
        return NONE
    if person.owner_id == user.pk:
        return OWNER
    return NONE
