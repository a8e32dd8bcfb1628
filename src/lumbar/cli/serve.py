"""`lumbar serve`: the page and its interface, on this machine, and for the household's phones when asked to."""

import ipaddress
from pathlib import Path
from typing import Annotated

import typer

from lumbar.core.errors import Misuse

HOST = "127.0.0.1"
PORT = 8420
LAN_PORT = 8421


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def serve(
        host: Annotated[str, typer.Option(help="A name or address of this machine itself.")] = HOST,
        port: Annotated[int, typer.Option(help="The port; 0 takes any that is free.", min=0, max=65_535)] = PORT,
        lan: Annotated[bool, typer.Option("--lan", help="Let phones of your home network in as well.")] = False,
        lan_port: Annotated[
            int, typer.Option(help="With --lan: the port for them; 0 takes any that is free.", min=0, max=65_535)
        ] = LAN_PORT,
        address: Annotated[
            str | None, typer.Option(help="With --lan: the address to offer them, when there are several.")
        ] = None,
        cert: Annotated[
            Path | None, typer.Option(help="With --lan: a certificate of your own (PEM), with its chain.")
        ] = None,
        key: Annotated[Path | None, typer.Option(help="With --lan: its key (PEM, without a password).")] = None,
    ) -> None:
        """Serve the page until Ctrl-C: for this machine only, or with --lan for phones of your home network too."""
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
