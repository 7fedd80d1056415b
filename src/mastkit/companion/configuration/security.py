"""Where the companion is reached, and what follows for hosts, cookies and the content policy."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")

CONTENT_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        # Charts and QR codes are drawn in the page; photos come from the store. Nothing from elsewhere.
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}


@dataclass(frozen=True)
class Origin:
    """The address at which people open the companion."""

    scheme: str
    host: str
    port: int | None

    @property
    def secure(self) -> bool:
        """Whether it is reached over TLS."""
        return self.scheme == "https"

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach it."""
        return self.host in ("localhost", "127.0.0.1", "::1")

    @property
    def hosts(self) -> list[str]:
        """The names that a request may ask for: any other is refused, so that no foreign page can speak for us."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return sorted({host, *LOOPBACK})

    def __str__(self) -> str:
        """Return it as a browser writes it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + (f":{self.port}" if self.port else "")


def origin(address: str) -> Origin:
    """Read an address such as https://diary.example. Raises `ImproperlyConfigured`."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ImproperlyConfigured(
            f'MASTKIT_ORIGIN: found "{address}", expected an address such as https://diary.example.'
        )
    return Origin(parts.scheme, parts.hostname, port)
