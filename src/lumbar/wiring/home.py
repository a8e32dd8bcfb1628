"""What lies in a home: its folder, its database, its backups and its secrets."""

import os
import secrets
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from lumbar import __version__, disk
from lumbar.app.ports import Store
from lumbar.catalog import Catalogue
from lumbar.core.errors import Misuse, StoreUnavailable
from lumbar.wiring.rules import own_catalogue
from lumbar.wiring.settings import OWNER_ONLY, Settings, read_passphrase

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from lumbar.export.backups import BackupFolder
    from lumbar.store import SqlStore


def prepare_home(settings: Settings) -> None:
    """Make the data folder, for its owner only, as is all that this process writes from here on.

    Raises StoreUnavailable when that cannot be. One that is there with a record in it is used though nothing can be
    written: what was told can be seen and taken along, and whatever is told anew says why it cannot be kept.
    """
    os.umask(OWNER_ONLY)
    home = settings.home
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = home / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as cause:
        if _has_record(settings):
            return
        raise StoreUnavailable("error.folder", folder=str(home), reason=disk.why(cause)) from cause


def _has_record(settings: Settings) -> bool:
    """Whether there is a database in a file; one in a folder that cannot be looked into is as good as none."""
    from lumbar.store import is_gone, sqlite_path

    path = sqlite_path(settings.database_url)
    try:
        return path is not None and not is_gone(path)
    except OSError:
        return False


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
    """The store, brought to this version. Raises NewerDatabase, StoreUnavailable.

    Where nothing can be written it is opened all the same, to be read: what is to be put in order beside it waits.
    """
    from lumbar.store import SqlStore, keep_marker, migrate, remove_unfinished, sqlite_path

    prepare_home(settings)
    engine = build_engine(settings)
    migrate(engine)
    if sqlite_path(settings.database_url) is not None:
        with suppress(StoreUnavailable):
            remove_unfinished(engine)
            keep_marker(engine)
    return SqlStore(engine)


def build_backup_folder(settings: Settings, store: Store, catalogue: Catalogue) -> "BackupFolder":
    """Where backups are kept: copies of the database when it is SQLite, exports otherwise. Raises Misuse."""
    from lumbar.export.backups import BackupFolder
    from lumbar.export.incoming import ReadAny
    from lumbar.export.record_copy import RecordCopier
    from lumbar.export.record_file import RecordFile
    from lumbar.export.sessions_table import SessionsTable
    from lumbar.store import CopyReader, DatabaseCopier, SqlStore

    if isinstance(store, SqlStore) and is_sqlite(settings):
        copier: DatabaseCopier | RecordCopier = DatabaseCopier(store.engine)
    else:
        copier = RecordCopier(store, RecordFile(__version__))
    read_file, phrase = ReadAny(SessionsTable(catalogue)), read_passphrase(settings)
    typed = settings.phrase is not None
    other = settings.backup_phrase
    older = other and BackupFolder(settings.backups, copier, CopyReader(other), read_file, other, opens=True)
    return BackupFolder(
        settings.backups, copier, CopyReader(phrase), read_file, phrase, opens=typed, older=older or None
    )


def backups_of(settings: Settings) -> "BackupFolder":
    """Where backups are kept, of a record that is not opened, and perhaps cannot be. Raises Misuse, BadCatalog."""
    from lumbar.store import SqlStore, open_engine

    unopened = SqlStore(open_engine(settings.database_url))
    return build_backup_folder(settings, unopened, own_catalogue(settings)[0])


def is_sqlite(settings: Settings) -> bool:
    """Whether the database is a file of this machine."""
    return settings.database_url.startswith("sqlite")


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
    """The token of this server's pages. It outlives a restart, so that a page that is open stays welcome; one that
    cannot be kept serves until then."""
    try:
        return kept_secret(settings, "session-token")
    except StoreUnavailable:
        return secrets.token_urlsafe(32)


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
        raise StoreUnavailable("error.folder", folder=str(settings.home), reason=disk.why(cause)) from cause
    return token
