"""`lumbar restore`: the record as a backup holds it."""

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from lumbar.cli.console import ask_secret, out
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
        try:
            done = _restored(settings, backup, damaged=damaged)
        except BadImport as error:
            if error.message.id != "error.passphrase-missing" or not sys.stdin.isatty():
                raise
            settings = replace(settings, phrase=passphrase(settings, new=False))
            done = _restored(settings, backup, damaged=damaged)
        out(say("cli.restore.done", count=done.facts))
        if done.gone:
            out(say("cli.restore.gone", names=", ".join(done.gone)))
        if done.before is not None:
            out(say("cli.restore.before", name=done.before.name))


def _restored(settings: "Settings", backup: str, *, damaged: bool) -> "Restored":
    if damaged:
        _set_aside(settings, backup)
    try:
        return _brought_back(settings, backup)
    except BadImport as error:
        if error.message.id != "error.passphrase-other" or not sys.stdin.isatty():
            raise
    # A backup stays under the passphrase with which it was made, and the record may be under another since.
    typed = ask_secret(say("cli.passphrase-backup"), new=False)
    return _brought_back(replace(settings, backup_phrase=typed), backup)


def _brought_back(settings: "Settings", backup: str) -> "Restored":
    from lumbar.cli.household import opened_house

    with opened_house(settings) as house:
        return house.backups.restore(backup)


_UNREADABLE = ("error.store-corrupt", "error.store-passphrase", "error.store-gone")


def _set_aside(settings: "Settings", backup: str) -> None:
    """Only a database that really cannot be read is set aside, and only once the backup was. A passphrase that was
    mistyped looks like a damaged file, so it must have opened the backup: one that lies open would prove nothing, and
    the new database would be under a slip of somebody's finger."""
    from lumbar import wiring

    try:
        wiring.build_store(settings).close()
    except StoreUnavailable as error:
        if error.message.id not in _UNREADABLE:
            raise
        under = _is_to_be_under(settings, backup)
        place = wiring.set_damaged_aside(settings, wiring.SystemClock().now(), under=under)
        if place.exists():
            out(say("cli.restore.aside", place=str(place)))


def _is_to_be_under(settings: "Settings", backup: str) -> bool:
    """Whether the new database is to be under the passphrase, which has opened the backup then. Raises BadImport."""
    from lumbar import wiring
    from lumbar.export.backups import Cover

    folder = wiring.backups_of(settings)
    folder.read(backup, wiring.SystemClock().now())
    cover = folder.cover_of(backup)
    if not wiring.is_encrypted(settings):
        return cover is Cover.DATABASE
    if cover is Cover.NONE:
        raise BadImport("error.restore-unproven", file=backup)
    return True
