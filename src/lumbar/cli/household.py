"""Opens the household's record for one command, and asks for a passphrase where there is somebody to ask."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from lumbar import wiring
from lumbar.app.house import House
from lumbar.app.ports import Person
from lumbar.cli.console import ask_secret
from lumbar.core.errors import Misuse
from lumbar.core.message import say
from lumbar.store import sqlite_path


@contextmanager
def opened(settings: wiring.Settings | None = None, whose: str | None = None) -> Iterator[tuple[House, Person]]:
    """All use cases over the home, and whose record it is about: that of a name, else the settings' one, else of the
    only person. Raises what the settings or the data do not allow, and Misuse when it could be of several."""
    settings = settings or wiring.read_settings()
    with opened_house(settings) as house:
        name = whose or settings.person
        yield house, house.people.named(name) if name else house.people.only()


@contextmanager
def opened_house(settings: wiring.Settings | None = None) -> Iterator[House]:
    """The same for what is about everybody."""
    settings = with_passphrase(settings or wiring.read_settings())
    rules = wiring.build_rules(settings)
    store = wiring.build_store(settings)
    try:
        yield wiring.build_house(rules, store, wiring.session_token(settings), settings=settings)
    finally:
        store.close()


def with_passphrase(settings: wiring.Settings) -> wiring.Settings:
    """The settings with the passphrase of an encrypted record: their own, else one that is typed. Raises Misuse when
    there is neither."""
    if not wiring.is_encrypted(settings) or wiring.read_passphrase(settings) is not None:
        return settings
    if not sys.stdin.isatty():
        raise Misuse("error.store-encrypted", place=str(sqlite_path(settings.database_url)))
    return replace(settings, phrase=ask_secret(say("cli.passphrase-record"), new=False))


def passphrase(settings: wiring.Settings, *, new: bool) -> str:
    """The passphrase of the settings, else one that is typed; twice when it is a new one. Raises Misuse when there is
    neither."""
    known = wiring.read_passphrase(settings)
    if known is not None:
        return known
    if not sys.stdin.isatty():
        raise Misuse("error.passphrase-none")
    return ask_secret(say("cli.passphrase"), new=new)
