"""Who may see and add to which sections of a record. All is closed unless something here opens it."""

from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from mastkit.companion.people.models import Person
from mastkit.companion.people.sections import ALL_SECTIONS, Section
from mastkit.companion.sharing.models import Grant, Role

NO_SECTIONS: frozenset[Section] = frozenset()


@dataclass(frozen=True)
class Rights:
    """What one user may do with one record."""

    owner: bool = False
    """Whether the record is the user's own: the owner, or a second parent whom the owner took in."""
    first: bool = False
    """Whether the user is the first owner, who alone may erase the record and take a second parent in or out."""
    see: frozenset[Section] = NO_SECTIONS
    log: frozenset[Section] = NO_SECTIONS
    grant: Grant | None = None
    """What the rights rest on, where the record is somebody else's."""

    @property
    def any(self) -> bool:
        """Whether the user may know that the record exists."""
        return self.owner or bool(self.see) or bool(self.log)


NONE = Rights()
OWNER = Rights(owner=True, first=True, see=ALL_SECTIONS, log=ALL_SECTIONS)


def rights(user: AbstractBaseUser | AnonymousUser, person: Person) -> Rights:
    """Return what a user may do with a record, looked up afresh each time."""
    if not user.is_authenticated or not user.is_active:
        return NONE
    if person.owner_id == user.pk:
        return OWNER
    grant = Grant.objects.in_force().filter(person=person, grantee_id=user.pk).first()
    if grant is None:
        return NONE
    if grant.role == Role.PARENT:
        return Rights(owner=True, see=ALL_SECTIONS, log=ALL_SECTIONS, grant=grant)
    return Rights(see=grant.sees, log=grant.logs, grant=grant)
