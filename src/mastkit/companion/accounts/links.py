"""One-time links: made with 256 random bits, stored as a hash, used once, for a short time."""

import hashlib
from datetime import timedelta
from secrets import token_urlsafe

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from mastkit.companion.accounts.models import OneTimeLink

HOURS = 24


def make_link(purpose: OneTimeLink.Purpose, user: User | None = None, *, hours: int = HOURS) -> str:
    """Return the token of a new link. Older unused links of the same purpose and user no longer work."""
    token = token_urlsafe(32)
    with transaction.atomic():
        OneTimeLink.objects.filter(purpose=purpose, user=user, used_at=None).delete()
        OneTimeLink.objects.create(
            purpose=purpose,
            token_sha256=_hash(token),
            user=user,
            until=timezone.now() + timedelta(hours=hours),
        )
    return token


def find_link(token: str) -> OneTimeLink | None:
    """Return the link of a token while it can be used."""
    return OneTimeLink.objects.filter(token_sha256=_hash(token), used_at=None, until__gt=timezone.now()).first()


def use_link(link: OneTimeLink) -> bool:
    """Use a link up; False where somebody else was quicker."""
    now = timezone.now()
    return OneTimeLink.objects.filter(pk=link.pk, used_at=None, until__gt=now).update(used_at=now) == 1


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
