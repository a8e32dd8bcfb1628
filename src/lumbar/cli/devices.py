"""`lumbar devices`: which phones were let in, and taking one away."""

from typing import Annotated

import typer

from lumbar.cli.console import out
from lumbar.cli.manual import Command
from lumbar.core.errors import NotFound
from lumbar.core.message import say


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command(cls=Command, help="cli.help.devices")
    def devices(
        remove: Annotated[str | None, typer.Option(metavar="cli.value.id", help="cli.help.devices.remove")] = None,
    ) -> None:
        from lumbar import wiring  # it knows every room, and other commands need not load them
        from lumbar.app.calendar import renew_all

        settings = wiring.read_settings()
        known = wiring.build_devices(settings)
        if remove is not None:
            if not known.remove(remove):
                raise NotFound("error.no-device", device=remove)
            renewed = renew_all(wiring.build_calendar_keys(settings))
            out(say("cli.devices.removed", device=remove))
            if renewed:
                out(say("cli.devices.calendar"))
            return
        found = known.all()
        if not found:
            out(say("cli.devices.none"))
        for one in found:
            paired_on, seen_on = (f"{at.astimezone():%Y-%m-%d}" for at in (one.paired_at, one.seen_at))
            out(say("cli.devices.one", device=one.id, name=one.name, paired_on=paired_on, seen_on=seen_on))
