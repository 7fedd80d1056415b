"""What allauth asks of the companion."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Nobody signs up by themselves, and no mail is sent about accounts."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether anybody may make an account: nobody; accounts are made by one-time links."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send nothing: an account has no address. Reminders go another way, to an address given for them."""


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Keeps the secrets of second factors encrypted in the database too, wherever it lies."""

    def encrypt(self, text: str) -> str:
        """Return a secret as it is stored."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return a secret as it was given; empty where it was encrypted under another key."""
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return ""


def _cipher() -> Fernet:
    import hashlib
    import hmac
    from base64 import urlsafe_b64encode

    key = hmac.new(settings.SECRET_KEY.encode(), b"mastkit: second factors", hashlib.sha256).digest()
    return Fernet(urlsafe_b64encode(key))
