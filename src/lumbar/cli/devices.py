"""`lumbar devices`: which phones were let in, and taking one away."""

from typing import Annotated

import typer

from lumbar.cli.console import out
from lumbar.core.errors import NotFound
from lumbar.core.message import say


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def devices(
        remove: Annotated[
            str | None, typer.Option(metavar="ID", help="Let the device with this id in no more, from this moment on.")
        ] = None,
    ) -> None:
        """List the phones that were let in with `lumbar serve --lan`, or take one away."""
        from lumbar import wiring  # it knows every room, and other commands need not load them

        known = wiring.build_devices(wiring.read_settings())
        if remove is not None:
            if not known.remove(remove):
                raise NotFound("error.no-device", device=remove)
            out(say("cli.devices.removed", device=remove))
            return
        found = known.all()
        if not found:
            out(say("cli.devices.none"))
        for one in found:
            paired_on, seen_on = (f"{at.astimezone():%Y-%m-%d}" for at in (one.paired_at, one.seen_at))
            out(say("cli.devices.one", device=one.id, name=one.name, paired_on=paired_on, seen_on=seen_on))
