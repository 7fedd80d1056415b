"""The mail server by which reminders go, if the operator has named one."""

from dataclasses import dataclass, field
from email.utils import parseaddr
from typing import Literal, get_args

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

from mastkit.companion.configuration import environment
from mastkit.companion.configuration.security import LOOPBACK

Tls = Literal["starttls", "tls", "none"]
_PORTS: dict[str, int] = {"starttls": 587, "tls": 465, "none": 25}
_OTHERS = ("MASTKIT_MAIL_FROM", "MASTKIT_MAIL_USER", "MASTKIT_MAIL_PASSWORD", "MASTKIT_MAIL_PASSWORD_FILE")


@dataclass(frozen=True)
class Mail:
    """A mail server, and the address that mail comes from."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    tls: Tls = "starttls"

    @property
    def domain(self) -> str:
        """The domain of the sender."""
        return parseaddr(self.sender)[1].rpartition("@")[2]


def mail() -> Mail | None:
    """Return the mail server of the environment; None where none is named. Raises `ImproperlyConfigured`."""
    host = environment.text("MASTKIT_MAIL_HOST")
    if not host:
        if named := next((name for name in _OTHERS if environment.text(name)), None):
            raise ImproperlyConfigured(f"MASTKIT_MAIL_HOST: found nothing beside {named}, expected a mail server.")
        return None
    tls = environment.text("MASTKIT_MAIL_TLS", "starttls").lower()
    if tls not in get_args(Tls):
        raise ImproperlyConfigured(f'MASTKIT_MAIL_TLS: found "{tls}", expected starttls, tls or none.')
    found = Mail(
        host=host,
        port=environment.whole("MASTKIT_MAIL_PORT", _PORTS[tls]),
        sender=_sender(environment.text("MASTKIT_MAIL_FROM")),
        user=environment.text("MASTKIT_MAIL_USER"),
        password=environment.secret("MASTKIT_MAIL_PASSWORD"),
        tls=tls,  # type: ignore[arg-type]  # checked above
    )
    return _checked(found)


def _sender(address: str) -> str:
    try:
        validate_email(parseaddr(address)[1])
    except ValidationError:
        raise ImproperlyConfigured(
            f'MASTKIT_MAIL_FROM: found "{address}", expected an address such as diary@example.org.'
        ) from None
    return address


def _checked(found: Mail) -> Mail:
    if not 0 < found.port < 65_536:
        raise ImproperlyConfigured(f'MASTKIT_MAIL_PORT: found "{found.port}", expected a port.')
    if bool(found.user) != bool(found.password):
        missing = "MASTKIT_MAIL_PASSWORD" if found.user else "MASTKIT_MAIL_USER"
        raise ImproperlyConfigured(f"{missing}: found nothing, expected both a user and a password, or neither.")
    if found.tls == "none" and found.host not in (*LOOPBACK, "::1"):
        raise ImproperlyConfigured(
            "MASTKIT_MAIL_TLS: found none for a server elsewhere, expected starttls or tls: what is sent, and the "
            "password, would go over the network in clear."
        )
    return found
