"""Runs the web application: the sockets, the signals, the log."""

import asyncio
import contextlib
import logging
import signal
import socket
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import uvicorn

from lumbar import disk, wiring
from lumbar.app.pairing import Pairing
from lumbar.cli.console import out
from lumbar.cli.daily import daily_backups
from lumbar.cli.endings import heard
from lumbar.cli.household import with_passphrase
from lumbar.cli.invite import Invitation
from lumbar.core.errors import Conflict, LumbarError
from lumbar.core.message import say
from lumbar.web import from_home
from lumbar.web.wire import MOST_BYTES

if TYPE_CHECKING:
    from lumbar.lan import OwnNetwork

log = logging.getLogger("lumbar.lan")

ANY_ADDRESS = "0.0.0.0"  # noqa: S104 - the home door itself refuses whoever is not of the home network
LOOK_AGAIN_S = 20.0
"""How often the addresses are looked at: a laptop that wakes up elsewhere has another one."""


@dataclass(frozen=True, slots=True)
class HomeWish:
    """The home network as it was asked for. given: certificate and key of one's own."""

    port: int
    address: str | None
    given: tuple[Path, Path] | None


def serve_until_stopped(host: str, port: int, home: HomeWish | None = None) -> None:
    """Serve until a signal comes. Raises what the settings, the data, the network or the port do not allow."""
    settings = with_passphrase(wiring.read_settings())
    rules = wiring.build_rules(settings)
    store = wiring.build_store(settings)
    try:
        listeners = [_listen(host, port, "--port")]
        network, invitation = None, None
        if home is not None:
            network, fresh = wiring.build_network(settings, home.address, home.given)
            listeners.append(_listen(ANY_ADDRESS, home.port, "--lan-port"))
            network.at_port(listeners[1].getsockname()[1])
            invitation = Invitation(network, fresh_authority=fresh)
        _log_to(settings)
        house = wiring.build_house(rules, store, wiring.session_token(settings), settings=settings)
        pairing = wiring.build_pairing(settings)
        app = wiring.build_web(house, [_as_name(host)], pairing, network)
        own = _Server(_config(app), host)
        with daily_backups(house):
            if network is None or invitation is None:
                own.run(sockets=[listeners[0]])
                return
            own.invitation, own.pairing = invitation, pairing
            _run_both(own, _home_server(app, network), listeners, network)
    finally:
        store.close()


class _Server(uvicorn.Server):
    """Says where it listens once it really does, and ends quietly when it is asked to."""

    def __init__(self, config: uvicorn.Config, host: str) -> None:
        super().__init__(config)
        self._host = host
        self.invitation: Invitation | None = None
        self.pairing: Pairing | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and sockets:
            port = sockets[0].getsockname()[1]
            out(say("cli.serve.listening", address=f"http://{_as_name(self._host)}:{port}/"))
            if self.invitation is not None and self.pairing is not None:
                self.invitation.follow(self.pairing)
            sys.stdout.flush()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        before = {sig: signal.signal(sig, self._stop) for sig in (signal.SIGINT, *heard())}
        try:
            yield
        finally:
            for sig, handler in before.items():
                signal.signal(sig, handler)

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        self.force_exit = self.should_exit
        self.should_exit = True


class _HomeServer(uvicorn.Server):
    """The home network's server: it hears no signals, it ends with the other one."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _home_server(app: object, network: "OwnNetwork") -> _HomeServer:
    config = _config(from_home(app))  # type: ignore[arg-type]
    config.ssl_context_factory = lambda _config, _default: network.context
    return _HomeServer(config)


def _run_both(own: _Server, home: _HomeServer, listeners: list[socket.socket], network: "OwnNetwork") -> None:
    async def both() -> None:
        serving = asyncio.create_task(home.serve(sockets=[listeners[1]]))
        looking = asyncio.create_task(_look_again(network, own))
        try:
            await own.serve(sockets=[listeners[0]])
        finally:
            looking.cancel()
            home.should_exit, home.force_exit = True, own.force_exit
            await serving

    with asyncio.Runner(loop_factory=own.config.get_loop_factory()) as runner:
        runner.run(both())


async def _look_again(network: "OwnNetwork", own: _Server) -> None:
    """Keep address and certificate true while the server runs."""
    while True:
        await asyncio.sleep(LOOK_AGAIN_S)
        try:
            moved = await asyncio.to_thread(network.refresh, wiring.SystemClock().now())
        except LumbarError as error:  # no network for now, or a certificate half-written: what was served still is
            log.warning("the home network is as it was: %s", error)
            continue
        if moved and own.invitation is not None:
            own.invitation.moved()


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


def _listen(host: str, port: int, option: str) -> socket.socket:
    bare = host.strip("[]")
    family = socket.AF_INET6 if ":" in bare else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((bare, port))
        listener.listen(128)
    except OSError as cause:
        listener.close()
        raise Conflict("error.port", host=host, port=str(port), option=option, reason=disk.why(cause)) from cause
    return listener


def _as_name(host: str) -> str:
    bare = host.strip("[]")
    return f"[{bare}]" if ":" in bare else bare


class _Log(RotatingFileHandler):
    """What cannot be written down is let go: on a disk that is full the terminal is told nothing either that nobody
    there could mend, and whoever asks for something reads what is wrong."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the standard library's name
        """Nothing."""


def _log_to(settings: wiring.Settings) -> None:
    handler = _Log(settings.log, maxBytes=1_000_000, backupCount=1, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(levelname)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
