"""`lumbar serve`: the page and its interface, on this machine."""

import ipaddress
from typing import Annotated

import typer

from lumbar.core.errors import Misuse

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
        from lumbar.cli.server import serve_until_stopped  # other commands need not load a web server

        serve_until_stopped(host, port)


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
