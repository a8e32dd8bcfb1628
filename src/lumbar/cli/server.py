"""Runs the web application: the socket, the signals, the log."""

import contextlib
import logging
import signal
import socket
import sys
from collections.abc import Iterator
from logging.handlers import RotatingFileHandler
from types import FrameType

import uvicorn

from lumbar import wiring
from lumbar.cli.console import out
from lumbar.core.errors import Conflict
from lumbar.core.message import say
from lumbar.web.wire import MOST_BYTES


def serve_until_stopped(host: str, port: int) -> None:
    """Serve until a signal comes. Raises what the settings, the data or the port do not allow."""
    settings = wiring.read_settings()
    rules = wiring.build_rules(settings)
    store = wiring.build_store(settings)
    try:
        listener = _listen(host, port)
        _log_to(settings)
        house = wiring.build_house(rules, store, wiring.session_token(settings))
        _Server(_config(wiring.build_web(house, [_as_name(host)])), host).run(sockets=[listener])
    finally:
        store.close()


class _Server(uvicorn.Server):
    """Says where it listens once it really does, and ends quietly when it is asked to."""

    def __init__(self, config: uvicorn.Config, host: str) -> None:
        super().__init__(config)
        self._host = host

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and sockets:
            port = sockets[0].getsockname()[1]
            out(say("cli.serve.listening", address=f"http://{_as_name(self._host)}:{port}/"))
            sys.stdout.flush()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        before = {sig: signal.signal(sig, self._stop) for sig in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for sig, handler in before.items():
                signal.signal(sig, handler)

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        self.force_exit = self.should_exit
        self.should_exit = True


def _config(app: object) -> uvicorn.Config:
    return uvicorn.Config(
        app,  # type: ignore[arg-type]
        ws="websockets-sansio",
        ws_max_size=MOST_BYTES,
        ws_per_message_deflate=False,
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=3,
    )


def _listen(host: str, port: int) -> socket.socket:
    bare = host.strip("[]")
    family = socket.AF_INET6 if ":" in bare else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((bare, port))
        listener.listen(128)
    except OSError as cause:
        listener.close()
        raise Conflict("error.port", host=host, port=str(port), reason=cause.strerror or "") from cause
    return listener


def _as_name(host: str) -> str:
    bare = host.strip("[]")
    return f"[{bare}]" if ":" in bare else bare


def _log_to(settings: wiring.Settings) -> None:
    handler = RotatingFileHandler(settings.log, maxBytes=1_000_000, backupCount=1, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(levelname)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
