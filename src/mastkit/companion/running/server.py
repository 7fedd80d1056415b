"""The server: waitress, one process, some threads."""

import errno
import socket
import sys
from contextlib import closing
from typing import Any

from waitress.server import create_server
from waitress.wasyncore import close_all

THREADS = 8


class Server:
    """The companion's server on sockets that are bound already."""

    def __init__(self, sockets: list[socket.socket]) -> None:
        from django.conf import settings

        from mastkit.companion.wsgi import application

        proxy: dict[str, Any] = {}
        if settings.PROXY:
            headers = {"x-forwarded-proto", "x-forwarded-for"}
            proxy = {"trusted_proxy": settings.PROXY, "trusted_proxy_count": 1, "trusted_proxy_headers": headers}
        self._server = create_server(
            application,
            sockets=sockets,
            threads=THREADS,
            ident=None,
            # A larger request or answer would be kept in a temporary file, in clear.
            inbuf_overflow=64 * 1024 * 1024,
            outbuf_overflow=64 * 1024 * 1024,
            max_request_body_size=32 * 1024 * 1024,
            clear_untrusted_proxy_headers=True,
            **proxy,
        )

    def run(self) -> None:
        """Serve until something raises."""
        self._server.run()

    def close(self) -> None:
        """Stop listening; requests that are being answered are finished."""
        self._server.close()
        close_all()


def listen(host: str, port: int) -> list[socket.socket]:
    """Bind the port at each address of a host. Raises `OSError` where that cannot be done."""
    sockets: list[socket.socket] = []
    refused: OSError | None = None
    for family, kind, protocol, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        one = socket.socket(family, kind, protocol)
        try:
            if sys.platform != "win32":  # there the option would let two programs have one port
                one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            one.bind(address)
        except OSError as error:
            one.close()
            refused = error
            if error.errno == errno.EADDRINUSE:
                break
            continue
        sockets.append(one)
    if refused is not None and (not sockets or refused.errno == errno.EADDRINUSE):
        for one in sockets:
            one.close()
        raise refused
    return sockets


def free_port() -> int:
    """Return a port of this machine that is free now."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
