"""`lumbar encrypt`: the record and its backups under a passphrase."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lumbar.cli.console import ask_secret, note, out
from lumbar.cli.manual import Command
from lumbar.core.errors import Conflict, Misuse, StoreUnavailable
from lumbar.core.message import say

if TYPE_CHECKING:
    from lumbar.wiring import Settings

OUT_OF_REACH = ("copies", "snapshots", "drive")
"""What lay open before and lumbar cannot reach, in the words that erasing has for it."""


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command(cls=Command, help="cli.help.encrypt")
    def encrypt(
        another: Annotated[bool, typer.Option("--another", help="cli.help.encrypt.another")] = False,
        file: Annotated[
            Path | None, typer.Option("--file", metavar="cli.value.file", help="cli.help.encrypt.file")
        ] = None,
    ) -> None:
        from lumbar import wiring  # it knows every room, and other commands need not load them
        from lumbar.cli.household import opened_house, passphrase
        from lumbar.export.log_file import LogFile
        from lumbar.export.sealing import check_phrase
        from lumbar.store import encrypt, new_key, open_engine, sqlite_path

        settings = wiring.read_settings()
        if sqlite_path(settings.database_url) is None:
            raise Misuse("error.encrypt-postgresql")
        if file is not None and not another:
            raise Misuse("error.encrypt-file")
        if another:
            _change(settings, file)
            return
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


def _change(settings: "Settings", file: Path | None) -> None:
    """Another passphrase in the place of the one that the record is under, which opens it. It lies open at no moment.
    Raises Conflict for a record that is under none."""
    from lumbar import wiring
    from lumbar.cli.household import opened_house, with_passphrase
    from lumbar.export.sealing import check_phrase
    from lumbar.store import change_key, key_of, new_key

    settings = with_passphrase(settings)
    with opened_house(settings):
        pass  # the old one opens it, and it is whole and at this version
    engine = wiring.build_engine(settings)
    old = key_of(engine)
    if old is None:
        raise Conflict("error.encrypted-not")
    if file is None and not sys.stdin.isatty():
        raise Misuse("error.encrypt-another")
    note(say("cli.encrypt.lost"))
    named = None if file is None else wiring.PassphraseFile(str(file), unread="error.encrypt-file-unread")
    phrase = ask_secret(say("cli.passphrase-another"), new=True) if named is None else named.read()
    check_phrase(phrase)
    change_key(engine, old, new_key(phrase))
    out(say("cli.encrypt.another"))
    if named is not None and named.is_open:
        out(say("cli.passphrase-file-open", file=named.name))


def _tell(backups: int) -> None:
    if backups:
        out(say("cli.encrypt.backups", count=backups))
    out(say("cli.encrypt.left"))
    for one in OUT_OF_REACH:
        out(say(f"erase.left.{one}"))
