"""`lumbar restore`: the record as a backup holds it."""

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from lumbar.cli.console import out
from lumbar.cli.manual import Command
from lumbar.core.errors import BadImport, StoreUnavailable
from lumbar.core.message import say

if TYPE_CHECKING:
    from lumbar.app.backups import Restored
    from lumbar.wiring import Settings


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command(cls=Command, help="cli.help.restore")
    def restore(
        backup: Annotated[str, typer.Argument(metavar="cli.value.backup", help="cli.help.restore.backup")],
        damaged: Annotated[bool, typer.Option("--damaged", help="cli.help.restore.damaged")] = False,
    ) -> None:
        from lumbar import wiring  # it knows every room, and other commands need not load them
        from lumbar.cli.household import passphrase, with_passphrase

        settings = with_passphrase(wiring.read_settings())
        if damaged:
            _set_aside(settings, backup)
        try:
            done = _restored(settings, backup)
        except BadImport as error:
            if error.message.id != "error.passphrase-missing" or not sys.stdin.isatty():
                raise
            done = _restored(replace(settings, phrase=passphrase(settings, new=False)), backup)
        out(say("cli.restore.done", count=done.facts))
        if done.before is not None:
            out(say("cli.restore.before", name=done.before.name))


def _restored(settings: "Settings", backup: str) -> "Restored":
    from lumbar.cli.household import opened_house

    with opened_house(settings) as house:
        return house.backups.restore(backup)


_UNREADABLE = ("error.store-corrupt", "error.store-passphrase")


def _set_aside(settings: "Settings", backup: str) -> None:
    """Only a database that really cannot be read is set aside, and only once the backup was. A passphrase that was
    mistyped looks like a damaged file; then it opens no encrypted backup either."""
    from lumbar import wiring
    from lumbar.store import SqlStore

    try:
        wiring.build_store(settings).close()
    except StoreUnavailable as error:
        if error.message.id not in _UNREADABLE:
            raise
        now, catalogue = wiring.SystemClock().now(), wiring.build_rules(settings).catalogue
        wiring.build_backup_folder(settings, SqlStore(wiring.build_engine(settings)), catalogue).read(backup, now)
        place = wiring.set_damaged_aside(settings, now)
        out(say("cli.restore.aside", place=str(place)))
