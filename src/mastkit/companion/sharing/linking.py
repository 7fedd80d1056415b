"""Links to the summary for somebody without an account: an address, a code that works once, and an end."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from secrets import randbelow, token_urlsafe

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from mastkit.companion.audit.log import note
from mastkit.companion.people.models import Person
from mastkit.companion.people.sections import Section
from mastkit.companion.sharing.granting import hash_of, named
from mastkit.companion.sharing.models import ShareLink

DIGITS = 8
MOST_FAILURES = 5
"""After so many wrong codes the code works no longer: one in 20 million is guessed. The owner can make another."""
OPEN_FOR = timedelta(hours=1)
"""How long the browser that gave the code may look."""
_OPENED = "opened-links"


def make_link(
    person: Person, owner: User, name: str, sections: Iterable[Section], until: datetime
) -> tuple[ShareLink, str, str]:
    """Return a new link with its token and its code; neither is stored."""
    token = token_urlsafe(32)
    with transaction.atomic():
        link = ShareLink.objects.create(
            person=person, name=name, see=named(sections), until=until, token_sha256=hash_of(token)
        )
        note(owner, person, "link-made", name=name)
        code = _give_code(link)
    return link, token, code


def new_code(link: ShareLink, owner: User) -> str:
    """Return a new code for a link; the older one no longer works."""
    with transaction.atomic():
        code = _give_code(link)
        note(owner, link.person, "link-code-made", name=link.name)
    return code


def find_link(token: str) -> ShareLink | None:
    """Return the link of a token while it works."""
    link = ShareLink.objects.filter(token_sha256=hash_of(token)).select_related("person").first()
    return link if link is not None and link.works else None


def open_with_code(link: ShareLink, code: str, request: HttpRequest) -> bool:
    """Open a link in this browser, if the code is right and was not used; a wrong one is counted."""
    typed = "".join(code.split()).replace("-", "")
    expected = link.code_hmac
    # The count goes up before the code is compared: attempts at the same time are all counted.
    counted = ShareLink.objects.filter(pk=link.pk, failures__lt=MOST_FAILURES).update(failures=F("failures") + 1)
    if not counted or not expected or not constant_time_compare(_hmac(link, typed), expected):
        if ShareLink.objects.filter(pk=link.pk, failures=MOST_FAILURES).exclude(code_hmac="").update(code_hmac=""):
            note(None, link.person, "link-locked", name=link.name)
        return False
    now = timezone.now()
    if not ShareLink.objects.filter(pk=link.pk, code_hmac=expected).update(code_hmac="", failures=0, opened_at=now):
        return False
    request.session.cycle_key()
    opened = request.session.get(_OPENED, {})
    request.session[_OPENED] = {**opened, str(link.pk): (now + OPEN_FOR).timestamp()}
    note(None, link.person, "link-opened", name=link.name)
    return True


def is_open(link: ShareLink, request: HttpRequest) -> bool:
    """Whether this browser has opened the link a short while ago."""
    until = request.session.get(_OPENED, {}).get(str(link.pk), 0)
    return bool(timezone.now().timestamp() < until)


def end_link(link: ShareLink, owner: User) -> None:
    """End a link at once; ending it again changes nothing."""
    with transaction.atomic():
        if ShareLink.objects.filter(pk=link.pk, ended_at=None).update(ended_at=timezone.now()):
            note(owner, link.person, "link-ended", name=link.name)


def _give_code(link: ShareLink) -> str:
    code = f"{randbelow(10**DIGITS):0{DIGITS}d}"
    link.code_hmac, link.failures = _hmac(link, code), 0
    link.save(update_fields=["code_hmac", "failures"])
    return f"{code[:4]} {code[4:]}"


def _hmac(link: ShareLink, code: str) -> str:
    return salted_hmac(f"mastkit: link {link.pk}", code, algorithm="sha256").hexdigest()
