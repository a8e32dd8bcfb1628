"""A folder of backups. One is written beside its place, looked at, and only then moved there in one step: a power cut
leaves the old ones and at most an unfinished file, which the next one clears away.
"""

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from lumbar.app.ports import Backup, Housed, Importer, Person
from lumbar.core.errors import BadImport, NotFound, StoreUnavailable
from lumbar.export.home_file import is_home, read_home
from lumbar.export.incoming import unpacked
from lumbar.export.sealing import SUFFIX, seal, unseal

_NAME = re.compile(r"lumbar-(?P<at>\d{4}-\d{2}-\d{2}T\d{6}Z)(-\d+)?(?P<kept>-kept)?\.(db|json\.gz)(\.age)?")
_AT = "%Y-%m-%dT%H%M%SZ"
_UNFINISHED = ".lumbar-"
"""How the names of unfinished backups, of copies that are being read, and of SQLite's own files beside them begin."""

_DAMAGED = "damaged-"
_DATABASE, _GZIP = b"SQLite format 3\x00", b"\x1f\x8b"
_UNFINISHED_FOR = timedelta(hours=1)


class Copier(Protocol):
    """Writes a copy of the record that is known to be whole."""

    @property
    def suffix(self) -> str:
        """How the copy's name ends."""

    def __call__(self, to: Path, at: datetime) -> None:
        """Raises StoreUnavailable when there can be none."""


@dataclass(frozen=True, slots=True)
class BackupFolder:
    """Backups in a folder. read_database: everybody whom a copied database holds; read_file: an export.

    phrase: what new backups are put under.
    """

    folder: Path
    copier: Copier
    read_database: Callable[[Path], list[Housed]]
    read_file: Importer
    phrase: str | None = None

    def make(self, at: datetime, *, automatic: bool = False) -> Backup | None:
        """Make one. Those that somebody asked for carry `kept` in their name, and no rule removes them."""
        with _told(self.folder):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._clear_unfinished(at)
            final = self._free(at, automatic)
            part = final.with_name(f".{final.name}.part")
            try:
                self._write(part, at)
                part.replace(final)
                _durable(self.folder)
            except FileNotFoundError:  # everything was erased while it was being written
                return None
            finally:
                part.unlink(missing_ok=True)
            return _backup(final)

    def all(self) -> Sequence[Backup]:
        with _told(self.folder):
            return sorted(self._found(), key=lambda one: (one.at, one.name))

    def read(self, name: str, now: datetime) -> Sequence[Housed]:
        """A backup of this folder by its name, or any by its path."""
        path = next((path for path in (self.folder / name, Path(name)) if path.is_file()), None)
        if path is None:
            raise NotFound("error.no-backup", name=name)
        try:
            data = unseal(path.read_bytes(), self.phrase)
            if not data.startswith(_DATABASE):
                return self._read_file(data, now)
            # Reading brings it to this version, and a backup stays as it was made. Should this be cut short, the copy
            # lies where erasing finds it.
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(prefix=_UNFINISHED, dir=self.folder) as folder:
                copy = Path(folder) / path.name
                copy.write_bytes(data)
                return self.read_database(copy)
        except OSError as cause:
            raise BadImport("error.import-unreadable", file=name, reason=cause.strerror or str(cause)) from None

    def _read_file(self, data: bytes, now: datetime) -> Sequence[Housed]:
        plain = unpacked(data) if data.startswith(_GZIP) else data
        if is_home(plain):
            return read_home(plain)
        exported = self.read_file(plain, "", now)
        since = min((fact.recorded_at for fact in exported.facts), default=now)
        return [Housed(Person(exported.person, since), exported.facts)]

    def remove(self, backups: Iterable[Backup]) -> None:
        with _told(self.folder):
            for one in backups:
                (self.folder / one.name).unlink(missing_ok=True)

    def clear(self) -> int:
        with _told(self.folder):
            if not self.folder.is_dir():
                return 0
            ours = [path for path in self.folder.iterdir() if _is_ours(path.name)]
            for path in ours:
                _remove(path)
            return sum(not path.name.startswith(_UNFINISHED) for path in ours)

    def _write(self, part: Path, at: datetime) -> None:
        self.copier(part, at)
        if self.phrase is not None:
            whole = part.read_bytes()
            sealed = seal(whole, self.phrase)
            if unseal(sealed, self.phrase) != whole:
                raise StoreUnavailable("error.backup-damaged", file=part.name)
            with part.open("rb+") as file:  # never a new one: it may have been erased by now
                file.write(sealed)
                file.truncate()
        with part.open("rb+") as file:
            os.fsync(file.fileno())

    def _free(self, at: datetime, automatic: bool) -> Path:
        """A name that is not taken."""
        begins = f"lumbar-{at.astimezone(UTC):{_AT}}"
        ends = f"{'' if automatic else '-kept'}.{self.copier.suffix}{SUFFIX if self.phrase is not None else ''}"
        names = (f"{begins}{f'-{number}' if number else ''}{ends}" for number in range(1_000))
        return next(path for path in map(self.folder.joinpath, names) if not path.exists())

    def _found(self) -> Iterator[Backup]:
        if self.folder.is_dir():
            for path in self.folder.iterdir():
                if _NAME.fullmatch(path.name):
                    yield _backup(path)

    def _clear_unfinished(self, at: datetime) -> None:
        for path in self.folder.glob(f"{_UNFINISHED}*"):
            if path.stat().st_mtime < (at - _UNFINISHED_FOR).timestamp():
                _remove(path)


def set_aside(database: Path, folder: Path, at: datetime) -> Path:
    """Move a damaged database and what belongs to it to the backups, where erasing finds it. The database goes last: as
    long as it lies there, this can be done again."""
    with _told(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        to = folder / f"{_DAMAGED}{at.astimezone(UTC):{_AT}}-{database.name}"
        for ending in ("-wal", "-shm", ""):
            beside = database.with_name(database.name + ending)
            if beside.exists():
                shutil.move(beside, to.with_name(to.name + ending))
        return to


def _backup(path: Path) -> Backup:
    found = _NAME.fullmatch(path.name)
    assert found is not None, path
    at = datetime.strptime(found["at"], _AT).replace(tzinfo=UTC)
    return Backup(path.name, at, path.stat().st_size, automatic=found["kept"] is None)


def _is_ours(name: str) -> bool:
    return name.startswith((_DAMAGED, "lumbar-", _UNFINISHED))


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _durable(folder: Path) -> None:
    """That a file has its name must survive a power cut as well."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as cause:
        raise StoreUnavailable(
            "error.backup-folder", folder=str(folder), reason=cause.strerror or str(cause)
        ) from cause
