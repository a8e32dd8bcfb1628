"""The settings: what the environment says, resolved, and the passphrase that it names."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import platformdirs

from lumbar import disk
from lumbar.app.backups import Keeping
from lumbar.catalog.countries import country_of
from lumbar.catalog.words import check_language, preferred
from lumbar.core.errors import Misuse


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


class PassphraseFile:
    """A file with a passphrase, which is read once, for a pipe tells it once. It is kept with the settings that name
    the file, and with nobody else. unread: the error that says what to correct when it cannot be read."""

    def __init__(self, name: str, unread: str = "error.passphrase-file") -> None:
        self.name = name
        self._unread = unread
        self._told: str | None = None

    def read(self) -> str:
        """Raises Misuse when it cannot be read. Some editors begin a file with a mark that is no part of it."""
        if self._told is None:
            try:
                self._told = Path(self.name).expanduser().read_text(encoding="utf-8-sig").strip("\r\n")
            except (OSError, ValueError) as cause:
                raise Misuse(self._unread, file=self.name, reason=disk.why(cause)) from cause
        return self._told

    @property
    def is_open(self) -> bool:
        """Whether others who use this machine can read it; where a system has such modes."""
        file = Path(self.name).expanduser()
        return os.name == "posix" and file.is_file() and bool(file.stat().st_mode & OWNER_ONLY)


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings, resolved."""

    home: Path
    database_url: str
    country: str
    programme: str
    keeping: Keeping
    passphrase: PassphraseFile | None
    snomed: bool
    language: str = "en"
    person: str = ""
    phrase: str | None = field(default=None, repr=False)
    """A passphrase that was typed."""
    backup_phrase: str | None = field(default=None, repr=False)
    """One that was typed for a backup which is under another than the record."""

    @property
    def passphrase_file(self) -> str:
        """The file that holds the passphrase; empty without one."""
        return "" if self.passphrase is None else self.passphrase.name

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


OWNER_ONLY = 0o077
"""The modes of a file that let others at it."""


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
        PassphraseFile(values["LUMBAR_PASSPHRASE_FILE"]) if values["LUMBAR_PASSPHRASE_FILE"] else None,
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
    return None if settings.passphrase is None else settings.passphrase.read()


def passphrase_file_is_open(settings: Settings) -> bool:
    """Whether others who use this machine can read the passphrase file."""
    return settings.passphrase is not None and settings.passphrase.is_open


def _zone(environment: Mapping[str, str]) -> str:
    """The IANA name of the machine's time zone, where it has one; the standard library knows its hours alone."""
    if environment.get("TZ"):
        return environment["TZ"].lstrip(":")
    place = os.path.realpath("/etc/localtime")
    return place.partition("/zoneinfo/")[2]
