"""Puts the rooms together. The only file that knows every one of them; it does nothing else."""

import os
import secrets
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
import uuid_utils

from lumbar import __version__, disk
from lumbar.app.access import LocalAccess
from lumbar.app.answers import ShowAnswers
from lumbar.app.approval import WantApproval
from lumbar.app.backups import Backups, Keeping
from lumbar.app.calendar import ShowCalendar
from lumbar.app.desk import Desk
from lumbar.app.desk_page import PageDesk
from lumbar.app.erasing import EraseEverything
from lumbar.app.expert_answers import TakeAnswer
from lumbar.app.history import ShowHistory
from lumbar.app.house import House
from lumbar.app.live import LiveSession
from lumbar.app.myself import ShowMyself
from lumbar.app.outcomes import ShowOutcomes
from lumbar.app.packets import Fresh, Packets
from lumbar.app.pairing import Chance, Pairing
from lumbar.app.past import ShowDay
from lumbar.app.people import People
from lumbar.app.pins import Pins
from lumbar.app.ports import Clock, Devices, Exporter, HomeNetwork, Store
from lumbar.app.record_facts import RecordFacts
from lumbar.app.records import Records
from lumbar.app.rules import Rules
from lumbar.app.screening import ScreeningForm
from lumbar.app.sessions import CurrentSession, StartSession
from lumbar.app.threshold import Threshold
from lumbar.app.today import ShowToday
from lumbar.app.transfer import ExportRecord, ImportRecord
from lumbar.app.why import ShowWhy
from lumbar.catalog import Catalogue, load_catalogue
from lumbar.catalog.countries import country_of
from lumbar.catalog.posture import shipped_posture
from lumbar.catalog.programme import load_programme, programme_tables
from lumbar.catalog.rules import load_rules
from lumbar.catalog.screening import load_form
from lumbar.catalog.validation import shipped_validation
from lumbar.catalog.words import Words, check_language, load_tongues, preferred
from lumbar.core.errors import Misuse, StoreUnavailable
from lumbar.core.exercise import Exercise
from lumbar.core.packet import Packet
from lumbar.core.plan import RULES
from lumbar.core.plan.courses import courses

if TYPE_CHECKING:
    from fastapi import FastAPI
    from sqlalchemy import Engine

    from lumbar.app.desk_calibrate import Calibration
    from lumbar.app.desk_ports import Screen
    from lumbar.app.desk_watch import DeskPorts
    from lumbar.export.backups import BackupFolder
    from lumbar.lan import OwnNetwork
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
    Setting(
        "LUMBAR_COUNTRY",
        "",
        "The two letters of your country, for its emergency number; by default that of the machine's time zone.",
    ),
    Setting("LUMBAR_LANGUAGE", "", "The language of the terminal, such as es; by default that of the locale."),
    Setting("LUMBAR_PERSON", "", "Whose record commands are about, by name, where several people use this lumbar."),
    Setting("LUMBAR_PROGRAMME", "home", "The id of the programme to offer."),
    Setting("LUMBAR_BACKUPS", "7,4,12", "How many daily, weekly and monthly backups are kept by themselves, or off."),
    Setting(
        "LUMBAR_SNOMED", "off", "on adds SNOMED CT codes to the FHIR export; many countries want a licence for them."
    ),
    Setting(
        "LUMBAR_PASSPHRASE_FILE",
        "",
        "A file with the passphrase that backups are put under, and that opens an encrypted record; by default none.",
    ),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings, resolved."""

    home: Path
    database_url: str
    country: str
    programme: str
    keeping: Keeping
    passphrase_file: str
    snomed: bool
    language: str = "en"
    person: str = ""
    phrase: str | None = field(default=None, repr=False)
    """A passphrase that was typed."""

    @property
    def backups(self) -> Path:
        """Where backups are kept."""
        return self.home / "backups"

    @property
    def catalogue(self) -> Path:
        """Where an own catalogue is read from."""
        return self.home / "catalog"

    @property
    def lan(self) -> Path:
        """Where the home network's certificates and devices are kept."""
        return self.home / "lan"

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
    """The settings as the environment has them. Raises NotFound for a language that there are no words in."""
    check_language(environment.get("LUMBAR_LANGUAGE", ""))
    values = {setting.name: environment.get(setting.name) or setting.default for setting in SETTINGS}
    home = Path(values["LUMBAR_HOME"] or platformdirs.user_data_path("lumbar", appauthor=False)).expanduser().absolute()
    url = values["LUMBAR_DATABASE_URL"] or f"sqlite:///{home / 'lumbar.db'}"
    country = values["LUMBAR_COUNTRY"].upper() or country_of(_zone(environment)) or ""
    return Settings(
        home,
        url,
        country,
        values["LUMBAR_PROGRAMME"],
        _keeping(values["LUMBAR_BACKUPS"]),
        values["LUMBAR_PASSPHRASE_FILE"],
        values["LUMBAR_SNOMED"].strip().lower() == "on",
        preferred(environment),
        values["LUMBAR_PERSON"],
    )


def _keeping(text: str) -> Keeping:
    if text.strip().lower() == "off":
        return Keeping(0, 0, 0)
    parts = [part.strip() for part in text.split(",")]
    if len(parts) != 3 or not all(part.isdecimal() and part.isascii() and len(part) < 5 for part in parts):
        raise Misuse("error.setting-backups")
    return Keeping(*map(int, parts))


def read_passphrase(settings: Settings) -> str | None:
    """The passphrase that was typed, else that of its file; None without one. Raises Misuse when the file cannot be
    read."""
    if settings.phrase is not None:
        return settings.phrase
    return _phrase_in(settings.passphrase_file) if settings.passphrase_file else None


@lru_cache(maxsize=1)
def _phrase_in(file: str) -> str:
    """Read once, for a pipe tells it once. Some editors begin a file with a mark that is no part of it."""
    try:
        return Path(file).expanduser().read_text(encoding="utf-8-sig").strip("\r\n")
    except (OSError, ValueError) as cause:
        raise Misuse("error.passphrase-file", file=file, reason=_why(cause)) from cause


def _why(cause: Exception) -> str:
    return disk.why(cause) if isinstance(cause, OSError) else str(cause)


def passphrase_file_is_open(settings: Settings) -> bool:
    """Whether others who use this machine can read the passphrase file; where a system has such modes."""
    file = Path(settings.passphrase_file).expanduser()
    return (
        bool(settings.passphrase_file)
        and os.name == "posix"
        and file.is_file()
        and bool(file.stat().st_mode & _OWNER_ONLY)
    )


def _zone(environment: Mapping[str, str]) -> str:
    """The IANA name of the machine's time zone, where it has one; the standard library knows its hours alone."""
    if environment.get("TZ"):
        return environment["TZ"].lstrip(":")
    place = os.path.realpath("/etc/localtime")
    return place.partition("/zoneinfo/")[2]


def own_catalogue(settings: Settings) -> tuple[Catalogue, Words]:
    """Exercises and words, the own catalogue's on top. Raises BadCatalog."""
    return load_catalogue(settings.catalogue), load_tongues(settings.language, settings.catalogue).of(None)


def build_rules(settings: Settings) -> Rules:
    """Exercises, programme, screening and words, the own catalogue's on top. Raises BadCatalog, NotFound."""
    extra = settings.catalogue
    catalogue = load_catalogue(extra)
    tongues = load_tongues(settings.language, extra)
    form = load_form(catalogue, country=settings.country or None)
    programme = load_programme(settings.programme, catalogue, form, extra=extra)
    tables = programme_tables(settings.programme, extra=extra)
    return Rules(catalogue, programme, form, tongues, RULES, __version__, shipped_validation(), load_rules(), tables)


class PaperPrinter:
    """Prints by the room `export`, which a command that prints nothing need not load."""

    def packet_pdf(
        self, packet: Packet, exercises: Mapping[str, Exercise], words: Words, *, size: str, packet_id: str
    ) -> bytes:
        from lumbar.export.packet_pdf import packet_pdf

        return packet_pdf(packet, exercises, words, size=size, packet_id=packet_id)

    def packet_sheet(self, packet: Packet, exercises: Mapping[str, Exercise], words: Words) -> Mapping[str, object]:
        from lumbar.export.sheet import sheet_json, sheet_of

        return sheet_json(sheet_of(packet, exercises, words))

    def packet_html(
        self, packet: Packet, exercises: Mapping[str, Exercise], words: Words, *, bound: Mapping[str, str]
    ) -> str:
        from lumbar.export.packet_html import packet_html

        return packet_html(packet, exercises, words, bound=bound)

    def handout_pdf(self, packet: Packet, exercises: Mapping[str, Exercise], words: Words, *, size: str) -> bytes:
        from lumbar.export.handout_pdf import handout_pdf

        return handout_pdf(packet, exercises, words, size=size)


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
        raise StoreUnavailable("error.folder", folder=str(home), reason=disk.why(cause)) from cause


def build_engine(settings: Settings) -> "Engine":
    """The database as it is, not yet opened, not migrated. Raises Misuse for one whose passphrase is not known, and
    StoreUnavailable for one that is gone and was under a passphrase: none is begun in its place."""
    from lumbar.store import is_gone, key_for, open_engine, sqlite_path  # not every command needs a database

    path = sqlite_path(settings.database_url)
    if path is None or not is_encrypted(settings):
        return open_engine(settings.database_url)
    if is_gone(path):
        raise StoreUnavailable("error.store-gone", place=str(path))
    phrase = read_passphrase(settings)
    if phrase is None:
        raise Misuse("error.store-encrypted", place=str(path))
    return open_engine(settings.database_url, key_for(path, phrase))


def is_encrypted(settings: Settings) -> bool:
    """Whether the database is under a passphrase, or, when it is damaged or gone, was: its marker or the backups tell.
    To be asked before it is opened. Raises Misuse for a URL that cannot be used."""
    from lumbar.store import is_under_passphrase, sqlite_path

    path = sqlite_path(settings.database_url)
    try:
        beside = any(settings.backups.glob("*.encrypted.db"))
        return path is not None and is_under_passphrase(path, otherwise=beside)
    except OSError as cause:  # the first look at the home, which may be nobody's to read
        raise StoreUnavailable("error.folder", folder=str(settings.home), reason=disk.why(cause)) from cause


def build_store(settings: Settings) -> "SqlStore":
    """The store, brought to this version. Raises NewerDatabase, StoreUnavailable."""
    from lumbar.store import SqlStore, keep_marker, migrate, remove_unfinished, sqlite_path

    prepare_home(settings)
    engine = build_engine(settings)
    migrate(engine)
    remove_unfinished(engine)
    if sqlite_path(settings.database_url) is not None:
        keep_marker(engine)
    return SqlStore(engine)


def build_house(
    rules: Rules, store: Store, token: str, clock: Clock | None = None, settings: Settings | None = None
) -> House:
    """All use cases over a store. settings: where its backups and its log are; by default as the environment has it."""
    from lumbar.export.csv_tables import CsvTables
    from lumbar.export.fhir import FhirBundle
    from lumbar.export.ics import ics
    from lumbar.export.key_file import KeyFolder
    from lumbar.export.log_file import LogFile
    from lumbar.export.pin_files import PinFolder
    from lumbar.export.record_file import RecordFile

    clock, settings = clock or SystemClock(), settings or read_settings()
    records = Records(store, partial(courses, programme=rules.programme))
    show_today = ShowToday(records, clock, rules)
    record_facts = RecordFacts(store, clock, show_today)
    show_day = ShowDay(records, clock, rules)
    people = People(store, clock, new_id)
    first = people.all()[0]
    place = build_backup_folder(settings, store, rules.catalogue)
    exporters: dict[str, Exporter] = {
        "json": RecordFile(__version__),
        "csv": CsvTables(),
        "fhir": FhirBundle(rules, snomed=settings.snomed),
    }
    desk = Desk(records, record_facts, show_today, clock, shipped_posture(), new_id, local_zone())
    calendar_keys = KeyFolder(settings.home / "calendar-keys")
    calendar_keys.adopt(settings.home / "calendar-key", first.id)
    pin_folder = PinFolder(settings.home / "pins")
    pins = Pins(pin_folder, clock, lambda: secrets.token_hex(16))
    beside = (LogFile(settings.log), calendar_keys, pin_folder)
    return House(
        rules=rules,
        store=store,
        access=LocalAccess(token),
        people=people,
        pins=pins,
        threshold=Threshold(people, pins, clock, lambda: kept_secret(settings, "people-key")),
        record_facts=record_facts,
        show_today=show_today,
        screening_form=ScreeningForm(records, clock, rules),
        start_session=StartSession(store, records, clock, rules),
        current_session=CurrentSession(store, records, clock, rules),
        show_history=ShowHistory(records, clock, rules),
        show_myself=ShowMyself(records, clock),
        show_day=show_day,
        show_why=ShowWhy(show_day, rules),
        show_outcomes=ShowOutcomes(records, clock, rules),
        show_answers=ShowAnswers(records, clock),
        packets=Packets(records, store, clock, rules, PaperPrinter(), Fresh(new_id, lambda: secrets.token_hex(32))),
        take_answer=TakeAnswer(records, clock, rules, record_facts),
        want_approval=WantApproval(records, clock, rules, record_facts, new_id),
        live=LiveSession(rules.catalogue, clock),
        desk=desk,
        page_desk=PageDesk(desk),
        show_calendar=ShowCalendar(records, desk, rules, calendar_keys, ics),
        export_record=ExportRecord(store, clock, exporters),
        import_record=ImportRecord(store, clock, place.read_file),
        backups=Backups(store, clock, place, settings.keeping),
        erase_everything=EraseEverything(
            store, place, _KeysIn(settings.lan), beside, rules.tongues, clock, hosted=not _is_sqlite(settings)
        ),
    )


class _KeysIn:
    """Fills the port HomeKeys: what makes certificates is loaded when it is needed, and hardly any command needs it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def clear(self) -> bool:
        from lumbar.lan import LanFolder

        return LanFolder(self._folder).clear()


def build_backup_folder(settings: Settings, store: Store, catalogue: Catalogue) -> "BackupFolder":
    """Where backups are kept: copies of the database when it is SQLite, exports otherwise. Raises Misuse."""
    from lumbar.export.backups import BackupFolder
    from lumbar.export.incoming import ReadAny
    from lumbar.export.record_copy import RecordCopier
    from lumbar.export.record_file import RecordFile
    from lumbar.export.sessions_table import SessionsTable
    from lumbar.store import CopyReader, DatabaseCopier, SqlStore

    if isinstance(store, SqlStore) and _is_sqlite(settings):
        copier: DatabaseCopier | RecordCopier = DatabaseCopier(store.engine)
    else:
        copier = RecordCopier(store, RecordFile(__version__))
    read_file, phrase = ReadAny(SessionsTable(catalogue)), read_passphrase(settings)
    typed = settings.phrase is not None
    return BackupFolder(settings.backups, copier, CopyReader(phrase), read_file, phrase, opens=typed)


def backups_of(settings: Settings) -> "BackupFolder":
    """Where backups are kept, of a record that is not opened, and perhaps cannot be. Raises Misuse, BadCatalog."""
    from lumbar.store import SqlStore, open_engine

    unopened = SqlStore(open_engine(settings.database_url))
    return build_backup_folder(settings, unopened, own_catalogue(settings)[0])


def _is_sqlite(settings: Settings) -> bool:
    return settings.database_url.startswith("sqlite")


def build_web(
    house: House, names: Iterable[str] = (), pairing: Pairing | None = None, network: HomeNetwork | None = None
) -> "FastAPI":
    """The web application, answering to these Host names besides the local ones, and to a home network."""
    from lumbar.lan.addresses import is_home
    from lumbar.web import Lan, WebSettings, create_app  # a command that serves nothing need not load it

    lan = None if pairing is None else Lan(pairing, network, is_home)
    return create_app(house, WebSettings(version=__version__, names=tuple(names)), lan)


def build_pairing(settings: Settings, clock: Clock | None = None) -> Pairing:
    """The devices that were let in, and the code that lets in another."""
    chance = Chance(secrets.choice, lambda: secrets.token_urlsafe(32), lambda: secrets.token_hex(8))
    return Pairing(build_devices(settings), clock or SystemClock(), chance)


def build_devices(settings: Settings) -> Devices:
    """The devices that were let in."""
    from lumbar.lan import DeviceFiles  # a command that serves nothing need not load what makes certificates

    return DeviceFiles(settings.lan / "devices")


def build_network(
    settings: Settings, address: str | None = None, given: tuple[Path, Path] | None = None
) -> tuple["OwnNetwork", bool]:
    """The home network, and whether its authority was made just now.

    given: certificate and key of one's own. Raises BadInput for what cannot be used, Conflict when there is no network.
    """
    from lumbar.lan import LanFolder, OwnNetwork, given_certificate, home_addresses, made_certificates, open_authority
    from lumbar.lan.addresses import home_names

    now = SystemClock().now()
    home_addresses(address)
    folder = LanFolder(settings.lan)
    if given is not None:
        served = given_certificate(*given, now)
        folder.open()
        return OwnNetwork(served, None, now, folder.is_open), False
    authority, fresh = open_authority(settings.lan, now)
    names = made_certificates(settings.lan, authority, lambda: (*home_addresses(address), *home_names()))
    folder.open()
    return OwnNetwork(names, authority, now, folder.is_open), fresh


def set_damaged_aside(settings: Settings, at: datetime, *, under: bool) -> Path:
    """Move an SQLite database that cannot be read to the backups, so that a new one can take its place; where it is.

    under: whether the new one is to be under the passphrase. Then it is made first: whoever is killed leaves the old
    one, or none and what says that none may be begun in the clear. Raises StoreUnavailable.
    """
    from lumbar.export.backups import set_aside
    from lumbar.store import begin_anew, new_key, put_in_place, sqlite_path

    path, phrase = sqlite_path(settings.database_url), read_passphrase(settings)
    assert path is not None
    if not under or phrase is None:
        return set_aside(path, settings.backups, at)
    fresh = begin_anew(path, new_key(phrase))
    place = set_aside(path, settings.backups, at)
    put_in_place(fresh, path)
    return place


def session_token(settings: Settings) -> str:
    """The token of this server's pages. It outlives a restart, so that a page that is open stays welcome."""
    return kept_secret(settings, "session-token")


def kept_secret(settings: Settings, name: str) -> str:
    """A secret of this home in a file of its own, made when it is first asked for. Raises StoreUnavailable."""
    path = settings.home / name
    try:
        if path.is_file() and (token := path.read_text(encoding="ascii").strip()):
            return token
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        token = secrets.token_urlsafe(32)
        path.touch(mode=0o600)
        path.write_text(token, encoding="ascii")
    except (OSError, ValueError) as cause:
        raise StoreUnavailable("error.folder", folder=str(settings.home), reason=_why(cause)) from cause
    return token


def build_desk_ports(camera: int | str | None, screen: "Screen", clock: Clock | None = None) -> "DeskPorts":
    """The camera, or none, and this machine's desktop, for a watch at the desk.

    Raises LumbarError for a camera without the pose extra.
    """
    from lumbar.app.desk_ports import NoEyes
    from lumbar.app.desk_watch import DeskPorts
    from lumbar.desktop.notify import DesktopNotifier
    from lumbar.desktop.signals import DesktopSignals

    machine = (DesktopSignals(), DesktopNotifier(), screen, clock or SystemClock())
    if camera is None:
        return DeskPorts(NoEyes(), *machine)
    from lumbar.pose.recordings import need_libraries

    need_libraries()
    from lumbar.pose.camera import CameraEyes

    return DeskPorts(CameraEyes(camera), *machine)


def build_calibration(house: House, camera: int | str, screen: "Screen") -> "Calibration":
    """A guided calibration with this machine's camera and voice. Raises LumbarError without the pose extra."""
    from lumbar.app.desk_calibrate import Calibration
    from lumbar.desktop.voice import DesktopVoice

    return Calibration(house.desk, build_desk_ports(camera, screen), DesktopVoice(), house.rules.words)


def local_zone() -> str:
    """This machine's IANA zone as far as it says so, else its offset."""
    named = os.environ.get("TZ", "").lstrip(":")
    linked = Path("/etc/localtime").resolve().as_posix().partition("zoneinfo/")[2]
    return named or linked or datetime.now().astimezone().strftime("UTC%z")


def new_id() -> str:
    """A UUIDv7."""
    return str(uuid_utils.uuid7())
