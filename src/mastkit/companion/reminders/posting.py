"""Handing an e-mail to the mail server."""

import smtplib
import ssl
from contextlib import suppress
from typing import Literal

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mastkit.companion.configuration.mail import Mail
from mastkit.companion.reminders.writing import Written

SECONDS = 15
"""How long the mail server may keep silent."""

Failure = Literal["unreachable", "tls", "password", "address", "refused", "program"]

WORDS: dict[str, Promise] = {
    "unreachable": _("the mail server does not answer"),
    "tls": _("the connection to the mail server is not safe"),
    "password": _("the mail server does not accept the password of this program"),
    "address": _("the mail server does not accept your address"),
    "refused": _("the mail server does not take the e-mail"),
    "program": _("something went wrong in this program"),
}


class NotSent(Exception):  # noqa: N818 - it is said to a person
    """The mail server did not take an e-mail; ``failure`` says why, without what the server said."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure)
        self.failure: Failure = failure


def post(written: Written, mail: Mail) -> None:
    """Hand over an e-mail; when this returns, the server has taken it. Raises `NotSent`."""
    message = EmailMessage(written.subject, written.body, written.sender, [written.to], headers=written.headers)
    server = _server(mail)
    try:
        server.open()
        server.send_messages([message])
    except Exception as error:
        raise NotSent(_failure(error)) from None  # what the server says may repeat an address or a name
    finally:
        _leave(server)


def greet(mail: Mail) -> None:
    """Sign in at the mail server and leave again. Raises `NotSent`."""
    server = _server(mail)
    try:
        server.open()
    except Exception as error:
        raise NotSent(_failure(error)) from None
    finally:
        _leave(server)


def _server(mail: Mail) -> EmailBackend:
    return EmailBackend(
        host=mail.host,
        port=mail.port,
        username=mail.user,
        password=mail.password,
        use_tls=mail.tls == "starttls",
        use_ssl=mail.tls == "tls",
        timeout=SECONDS,
    )


def _leave(server: EmailBackend) -> None:
    with suppress(smtplib.SMTPException, OSError):  # the e-mail was taken already, or never will be
        server.close()


def _failure(error: Exception) -> Failure:
    match error:
        case smtplib.SMTPAuthenticationError():
            return "password"
        case smtplib.SMTPRecipientsRefused() | UnicodeError():
            return "address"
        case ssl.SSLError() | smtplib.SMTPNotSupportedError():
            return "tls"
        case smtplib.SMTPConnectError() | smtplib.SMTPServerDisconnected() | smtplib.SMTPHeloError():
            return "unreachable"
        case smtplib.SMTPException():
            return "refused"
        case OSError():
            return "unreachable"
        case _:
            return "program"
