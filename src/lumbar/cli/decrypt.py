"""`lumbar decrypt`: the way back from `lumbar encrypt`."""

import typer

from lumbar.cli.console import out
from lumbar.cli.manual import Command
from lumbar.core.errors import Conflict, Misuse
from lumbar.core.message import say


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command(cls=Command, help="cli.help.decrypt")
    def decrypt() -> None:
        from lumbar import wiring  # it knows every room, and other commands need not load them
        from lumbar.cli.household import opened_house, with_passphrase
        from lumbar.store import decrypt, key_of, sqlite_path

        settings = wiring.read_settings()
        if sqlite_path(settings.database_url) is None:
            raise Misuse("error.encrypt-postgresql")
        settings = with_passphrase(settings)
        with opened_house(settings):
            pass  # it opens, and is at this version
        engine = wiring.build_engine(settings)
        key = key_of(engine)
        if key is None:
            raise Conflict("error.encrypted-not")
        decrypt(engine, key)
        out(say("cli.decrypt.done"))
