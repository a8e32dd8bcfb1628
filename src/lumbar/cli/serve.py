"""`lumbar serve`: the page and its interface, on this machine, and for the household's phones when asked to."""

import ipaddress
from pathlib import Path
from typing import Annotated

import typer

from lumbar.cli.manual import Command
from lumbar.core.errors import Misuse

HOST = "127.0.0.1"
PORT = 8420
LAN_PORT = 8421


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command(cls=Command, help="cli.help.serve")
    def serve(
        host: Annotated[str, typer.Option(metavar="cli.value.address", help="cli.help.serve.host")] = HOST,
        port: Annotated[
            int, typer.Option(metavar="cli.value.port", help="cli.help.serve.port", min=0, max=65_535)
        ] = PORT,
        lan: Annotated[bool, typer.Option("--lan", help="cli.help.serve.lan")] = False,
        lan_port: Annotated[
            int, typer.Option(metavar="cli.value.port", help="cli.help.serve.lan-port", min=0, max=65_535)
        ] = LAN_PORT,
        address: Annotated[str | None, typer.Option(metavar="cli.value.address", help="cli.help.serve.address")] = None,
        cert: Annotated[Path | None, typer.Option(metavar="cli.value.file", help="cli.help.serve.cert")] = None,
        key: Annotated[Path | None, typer.Option(metavar="cli.value.file", help="cli.help.serve.key")] = None,
    ) -> None:
        _must_be_local(host)
        home = _wanted(lan, lan_port, address, cert, key)
        from lumbar.cli.server import HomeWish, serve_until_stopped  # other commands need not load a web server

        serve_until_stopped(host, port, None if home is None else HomeWish(*home))


def _must_be_local(host: str) -> None:
    """Health data goes over no wire that is not encrypted: the home network has a door of its own, with --lan."""
    if host.lower() == "localhost":
        return
    try:
        local = ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        local = False
    if not local:
        raise Misuse("error.host-not-local", host=host)


def _wanted(
    lan: bool, port: int, address: str | None, cert: Path | None, key: Path | None
) -> tuple[int, str | None, tuple[Path, Path] | None] | None:
    """The home network as it was asked for; None when it was not. Raises Misuse for options that do not go together."""
    if not lan:
        if address is not None or cert is not None or key is not None:
            raise Misuse("error.lan-option")
        return None
    if (cert is None) != (key is None):
        raise Misuse("error.lan-cert-and-key")
    return port, address, None if cert is None or key is None else (cert, key)
