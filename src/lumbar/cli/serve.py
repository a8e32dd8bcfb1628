"""`lumbar serve`: the page and its interface, on this machine."""

import contextlib
import ipaddress
import logging
import signal
import socket
import sys
from collections.abc import Iterator
from logging.handlers import RotatingFileHandler
from types import FrameType
from typing import Annotated

import typer
import uvicorn

from lumbar import wiring
from lumbar.cli.console import out
from lumbar.core.errors import Conflict, Misuse
from lumbar.core.message import say
from lumbar.web.wire import MOST_BYTES

HOST = "127.0.0.1"
PORT = 8420


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def serve(
        host: Annotated[str, typer.Option(help="A name or address of this machine itself.")] = HOST,
        port: Annotated[int, typer.Option(help="The port; 0 takes any that is free.", min=0, max=65_535)] = PORT,
    ) -> None:
        """Serve the page, for this machine only, until Ctrl-C."""
        _must_be_local(host)
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


def _must_be_local(host: str) -> None:
    """The record is health data and there are no passwords yet, so that other machines have no business here."""
    if host.lower() == "localhost":
        return
    try:
        local = ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        local = False
    if not local:
        raise Misuse("error.host-not-local", host=host)


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
