"""A real mail server of the tests: speaks SMTP at a port of this machine, and fails as it is told to."""

import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from mastkit.companion.configuration.mail import Mail
from tests.companion.live import free_port

SENDER = "Diary <diary@example.org>"


@dataclass
class MailServer:
    """What came in, and what to do with what comes next."""

    user: str = ""
    password: str = ""
    tls: ssl.SSLContext | None = None
    takes: int | None = None
    """How many messages it takes before it says "later"; none for all."""
    unknown: set[str] = field(default_factory=set)
    """Addresses that it does not know."""
    on_data: Callable[[], None] = lambda: None
    """Done once a message is in, before the sender is told."""
    inbox: list[tuple[str, EmailMessage]] = field(default_factory=list)
    port: int = field(default_factory=free_port)
    _running: Controller | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def start(self) -> "MailServer":
        more: dict[str, Any] = {}
        if self.user:
            more = {"authenticator": self._let_in, "auth_required": True, "auth_require_tls": self.tls is not None}
        if self.tls is not None:
            more |= {"tls_context": self.tls, "require_starttls": True}
        self._running = Controller(_Desk(self), hostname="127.0.0.1", port=self.port, **more)
        self._running.start()
        return self

    def stop(self) -> None:
        if self._running is not None:
            self._running.stop()
            self._running = None

    def mail(self, **more: Any) -> Mail:
        """What the companion is told about it."""
        known = {"host": "127.0.0.1", "port": self.port, "sender": SENDER, "tls": "none"}
        return Mail(**{**known, "user": self.user, "password": self.password, **more})

    @property
    def environment(self) -> dict[str, str]:
        return {
            "MASTKIT_MAIL_HOST": "127.0.0.1",
            "MASTKIT_MAIL_PORT": str(self.port),
            "MASTKIT_MAIL_TLS": "none",
            "MASTKIT_MAIL_FROM": SENDER,
        }

    @property
    def last(self) -> EmailMessage:
        return self.inbox[-1][1]

    def text(self, n: int = -1) -> str:
        return self.inbox[n][1].get_content().replace("\r\n", "\n")

    def _let_in(self, server, session, envelope, mechanism, data) -> AuthResult:
        assert isinstance(data, LoginPassword)
        known = (data.login.decode(), data.password.decode()) == (self.user, self.password)
        return AuthResult(success=known, handled=False)


@dataclass
class _Desk:
    """The hooks of aiosmtpd, which looks at every attribute of the object that has them."""

    of: MailServer

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - the name is aiosmtpd's
        if address in self.of.unknown:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        with self.of._lock:
            if self.of.takes is not None and len(self.of.inbox) >= self.of.takes:
                return "451 later"
            message = message_from_bytes(envelope.content, policy=policy.default)
            self.of.inbox.append((envelope.rcpt_tos[0], message))
        self.of.on_data()
        return "250 OK"
