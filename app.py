"""python app.py: the page in a browser, and the only place where settings, index, assistant, page and desk meet."""

import argparse
import errno
import os
import socket
import sys
from threading import Thread

import uvicorn

from ingest.errors import NavigatorError, UsageError
from ingest.settings import Settings

# Answered once before the page opens, so that nobody waits for the encoders to load.
_WARM_UP = "What is a Medi-Medi Plan?"


class _Server(uvicorn.Server):
    """Says where to go once it really answers."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and sockets:
            host, port = sockets[0].getsockname()[:2]
            reachable = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
            print(f"Open http://{reachable}:{port} in your browser", flush=True)


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0 when ended by Ctrl-C, 1 with one line on stderr when it can't start."""
    parser = argparse.ArgumentParser(prog="python app.py", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    parser.add_argument("--port", type=int, default=7860, help="port to listen on (default: 7860)")
    options = parser.parse_args(arguments)
    try:
        with _taken_port(options.host, options.port) as listener:
            _serve(Settings.from_env(), listener)
    except NavigatorError as fault:
        print(f"error: {fault}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0
    return 0


def _taken_port(host: str, port: int) -> socket.socket:
    """The port, taken before the slow work; raises UsageError when it can't be had."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
        # On Windows this option would let two programs share the port.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 0 if os.name == "nt" else 1)
        listener.bind(address)
    except (OSError, OverflowError) as fault:
        if getattr(fault, "errno", None) == errno.EADDRINUSE:
            other = port + 1 if port < 65535 else port - 1
            raise UsageError(f"port {port} on {host} is in use; choose another with --port {other}") from fault
        raise UsageError(f"can't listen on port {port} of {host} ({fault}); set --host and --port") from fault
    return listener


def _serve(settings: Settings, listener: socket.socket) -> None:
    """Build the index if needed, open it, and answer until told to stop."""
    # Imported here, so that a port in use is noticed at once: these take seconds.
    from assistant.pipeline import Assistant
    from desk.server import mount_desk
    from ingest.build import build_index
    from ingest.encoders import load_encoders
    from ingest.progress import progress_bar
    from page.server import create_app

    with progress_bar() as progress:
        build_index(settings.corpus, settings.index, load_encoders(settings), progress=progress)
    assistant = Assistant.open(settings)
    # The tables of languages take two seconds to load; they load while the page opens.
    assistant.answer(_WARM_UP, language="en")
    Thread(target=assistant.answer, args=(_WARM_UP,), daemon=True).start()
    application = create_app(assistant)
    mount_desk(application, assistant, staff=settings.staff, flags=settings.flags)
    config = uvicorn.Config(application, log_level="critical", access_log=False, timeout_graceful_shutdown=1)
    _Server(config).run(sockets=[listener])


if __name__ == "__main__":
    sys.exit(main())
