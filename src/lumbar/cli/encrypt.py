"""`lumbar encrypt`: the record and its backups under a passphrase."""

import sys
from dataclasses import replace

import typer

from lumbar.cli.console import note, out
from lumbar.cli.manual import Command
from lumbar.core.errors import Conflict, Misuse, StoreUnavailable
from lumbar.core.message import say

OUT_OF_REACH = ("copies", "snapshots", "drive")
"""What lay open before and lumbar cannot reach, in the words that erasing has for it."""


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command(cls=Command, help="cli.help.encrypt")
    def encrypt() -> None:
        from lumbar import wiring  # it knows every room, and other commands need not load them
        from lumbar.cli.household import opened_house, passphrase
        from lumbar.export.log_file import LogFile
        from lumbar.export.sealing import check_phrase
        from lumbar.store import encrypt, new_key, open_engine, sqlite_path

        settings = wiring.read_settings()
        if sqlite_path(settings.database_url) is None:
            raise Misuse("error.encrypt-postgresql")
        if wiring.is_encrypted(settings):
            raise Conflict("error.encrypted-already", place=str(sqlite_path(settings.database_url)))
        with opened_house(settings):
            pass  # it is there, whole and at this version, and a catalogue that is wrong is found before and not after
        warned = sys.stdin.isatty()
        if warned:
            note(say("cli.encrypt.lost"))
        phrase = passphrase(settings, new=True)
        check_phrase(phrase)
        begun = wiring.SystemClock().now()
        encrypt(open_engine(settings.database_url), new_key(phrase))
        LogFile(settings.log).clear()  # an unexpected error may have written down what somebody told
        out(say("cli.encrypt.done"))
        with opened_house(replace(settings, phrase=phrase)) as house:
            backups, open_ones = house.backups.encrypt_open(begun), house.backups.lying_open()
        if not warned:
            out(say("cli.encrypt.lost"))
        _tell(backups)
        if wiring.passphrase_file_is_open(settings):
            out(say("cli.passphrase-file-open", file=settings.passphrase_file))
        if open_ones:
            raise StoreUnavailable("error.backups-open", folder=str(settings.backups), files=", ".join(open_ones))


def _tell(backups: int) -> None:
    if backups:
        out(say("cli.encrypt.backups", count=backups))
    out(say("cli.encrypt.left"))
    for one in OUT_OF_REACH:
        out(say(f"erase.left.{one}"))
