"""The server: waitress, one process, some threads."""

import socket

from waitress.server import BaseWSGIServer, create_server

THREADS = 8


def make_server(host: str, port: int) -> BaseWSGIServer:
    """Return a server that is bound to its port and waits to be run.

    Raises `OSError` where the port is taken.
    """
    from mastkit.companion.wsgi import application

    return create_server(
        application,
        host=host,
        port=port,
        threads=THREADS,
        ident=None,
        # Larger requests would be buffered in a temporary file, in clear.
        inbuf_overflow=64 * 1024 * 1024,
        outbuf_overflow=64 * 1024 * 1024,
        max_request_body_size=32 * 1024 * 1024,
        clear_untrusted_proxy_headers=True,
    )


def free_port(host: str = "127.0.0.1") -> int:
    """Return a port that is free now."""
    with socket.socket() as probe:
        probe.bind((host, 0))
        port: int = probe.getsockname()[1]
        return port
