"""Puts the rooms together. The only file that knows every one of them; it does nothing else."""

import os
import secrets
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
import uuid_utils

from lumbar import __version__
from lumbar.app.access import LocalAccess
from lumbar.app.history import ShowHistory
from lumbar.app.house import House
from lumbar.app.live import LiveSession
from lumbar.app.myself import ShowMyself
from lumbar.app.outcomes import ShowOutcomes
from lumbar.app.past import ShowDay
from lumbar.app.ports import Clock, Person, Store
from lumbar.app.record_facts import RecordFacts
from lumbar.app.records import Records
from lumbar.app.rules import Rules
from lumbar.app.screening import ScreeningForm
from lumbar.app.sessions import CurrentSession, StartSession
from lumbar.app.today import ShowToday
from lumbar.app.why import ShowWhy
from lumbar.catalog import Catalogue, load_catalogue
from lumbar.catalog.programme import load_programme, programme_tables
from lumbar.catalog.rules import load_rules
from lumbar.catalog.screening import load_form
from lumbar.catalog.validation import shipped_validation
from lumbar.catalog.words import Words, load_words
from lumbar.core.errors import StoreUnavailable
from lumbar.core.plan import RULES

if TYPE_CHECKING:
    from fastapi import FastAPI
    from sqlalchemy import Engine

    from lumbar.store import SqlStore


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting, read from the environment."""

    name: str
    default: str
    help: str


SETTINGS = (
    Setting("LUMBAR_HOME", "", "The folder of your data; by default the platform's usual place."),
    Setting(
        "LUMBAR_DATABASE_URL", "", "sqlite:///PATH or postgresql://USER@HOST/NAME; by default lumbar.db in the folder."
    ),
    Setting("LUMBAR_COUNTRY", "", "The two letters of your country, for its emergency number; by default unknown."),
    Setting("LUMBAR_PROGRAMME", "home", "The id of the programme to offer."),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings, resolved."""

    home: Path
    database_url: str
    country: str
    programme: str

    @property
    def catalogue(self) -> Path:
        """Where an own catalogue is read from."""
        return self.home / "catalog"

    @property
    def log(self) -> Path:
        """Where unexpected errors are written down."""
        return self.home / "lumbar.log"


_OWNER_ONLY = 0o077


class SystemClock:
    """The machine's clocks."""

    def now(self) -> datetime:
        return datetime.now().astimezone()

    def monotonic_s(self) -> float:
        return time.monotonic()


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings as the environment has them."""
    values = {setting.name: environment.get(setting.name) or setting.default for setting in SETTINGS}
    home = Path(values["LUMBAR_HOME"] or platformdirs.user_data_path("lumbar", appauthor=False)).expanduser().absolute()
    url = values["LUMBAR_DATABASE_URL"] or f"sqlite:///{home / 'lumbar.db'}"
    return Settings(home, url, values["LUMBAR_COUNTRY"].upper(), values["LUMBAR_PROGRAMME"])


def own_catalogue(settings: Settings) -> tuple[Catalogue, Words]:
    """Exercises and words, the own catalogue's on top. Raises BadCatalog."""
    return load_catalogue(settings.catalogue), load_words("en", settings.catalogue)


def build_rules(settings: Settings) -> Rules:
    """Exercises, programme, screening and words, the own catalogue's on top. Raises BadCatalog, NotFound."""
    extra = settings.catalogue
    catalogue, words = own_catalogue(settings)
    form = load_form(catalogue, country=settings.country or None)
    programme = load_programme(settings.programme, catalogue, form, extra=extra)
    tables = programme_tables(settings.programme, extra=extra)
    return Rules(catalogue, programme, form, words, RULES, __version__, shipped_validation(), load_rules(), tables)


def prepare_home(settings: Settings) -> None:
    """Make the data folder, for its owner only, as is all that this process writes from here on.

    Raises StoreUnavailable when that cannot be.
    """
    os.umask(_OWNER_ONLY)
    home = settings.home
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = home / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as cause:
        raise StoreUnavailable("error.folder", folder=str(home), reason=cause.strerror or str(cause)) from cause


def build_engine(settings: Settings) -> "Engine":
    """The database as it is: not yet opened, not migrated."""
    from lumbar.store import open_engine  # a command that keeps nothing need not load a database

    return open_engine(settings.database_url)


def build_store(settings: Settings) -> "SqlStore":
    """The store, brought to this version. Raises NewerDatabase, StoreUnavailable."""
    from lumbar.store import SqlStore, migrate

    prepare_home(settings)
    engine = build_engine(settings)
    migrate(engine)
    return SqlStore(engine)


def build_house(rules: Rules, store: Store, token: str, clock: Clock | None = None) -> House:
    """All use cases over a store."""
    clock = clock or SystemClock()
    records = Records(store)
    show_today = ShowToday(records, clock, rules)
    show_day = ShowDay(records, clock, rules)
    return House(
        rules=rules,
        store=store,
        access=LocalAccess(token, store.ensure_person(Person(new_id(), clock.now()))),
        record_facts=RecordFacts(store, clock, show_today),
        show_today=show_today,
        screening_form=ScreeningForm(records, clock, rules),
        start_session=StartSession(store, records, clock, rules),
        current_session=CurrentSession(store, records, clock, rules),
        show_history=ShowHistory(records, clock, rules),
        show_myself=ShowMyself(records, clock),
        show_day=show_day,
        show_why=ShowWhy(show_day, rules),
        show_outcomes=ShowOutcomes(records, clock, rules),
        live=LiveSession(rules.catalogue, clock),
    )


def build_web(house: House, names: Iterable[str] = ()) -> "FastAPI":
    """The web application, answering to these Host names besides the local ones."""
    from lumbar.web import WebSettings, create_app  # a command that serves nothing need not load it

    return create_app(house, WebSettings(version=__version__, names=tuple(names)))


def session_token(settings: Settings) -> str:
    """The token of this server's pages. It outlives a restart, so that a page that is open stays welcome."""
    path = settings.home / "session-token"
    try:
        if path.is_file() and (token := path.read_text(encoding="ascii").strip()):
            return token
        token = secrets.token_urlsafe(32)
        path.touch(mode=0o600)
        path.write_text(token, encoding="ascii")
    except (OSError, ValueError) as cause:
        raise StoreUnavailable("error.folder", folder=str(settings.home), reason=str(cause)) from cause
    return token


def new_id() -> str:
    """A UUIDv7."""
    return str(uuid_utils.uuid7())
