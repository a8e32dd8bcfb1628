"""`lumbar backup`: a verified copy of the record, while a server may be running."""

from typing import Annotated

import typer

from lumbar.app.ports import Backup
from lumbar.cli.console import out
from lumbar.cli.manual import Command
from lumbar.core.errors import StoreUnavailable
from lumbar.core.message import Message, say


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command(cls=Command, help="cli.help.backup")
    def backup(
        show: Annotated[bool, typer.Option("--list", help="cli.help.backup.list")] = False,
    ) -> None:
        from lumbar import wiring  # it knows every room, and other commands need not load them
        from lumbar.cli.household import opened_house

        settings = wiring.read_settings()
        if show:  # also where the record cannot be opened: that is when somebody looks for one
            for one in wiring.backups_of(settings).all():
                out(_line(one))
            return
        with opened_house(settings) as house:
            made, open_ones = house.backups.make(), house.backups.lying_open()
        out(say("cli.backup.done", file=str(settings.backups / made.name)))
        if open_ones:
            raise StoreUnavailable("error.backups-open", folder=str(settings.backups), files=", ".join(open_ones))


def _line(one: Backup) -> Message:
    kind = "automatic" if one.automatic else "kept"
    return say(f"cli.backup.{kind}", name=one.name, kilobytes=max(1, one.size // 1024))
