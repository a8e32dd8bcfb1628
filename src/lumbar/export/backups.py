"""A folder of backups. One is written beside its place, looked at, and only then moved there in one step: a power cut
leaves the old ones and at most an unfinished file, which the next one clears away.
"""

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import Protocol

from lumbar import disk
from lumbar.app.ports import Backup, Housed, Importer, Person
from lumbar.core.errors import BadImport, LumbarError, NotFound, StoreUnavailable
from lumbar.export.home_file import is_home, read_home
from lumbar.export.incoming import unpacked
from lumbar.export.sealing import SUFFIX, is_sealed, seal, unseal

_NAME = re.compile(
    r"lumbar-(?P<at>\d{4}-\d{2}-\d{2}T\d{6}Z)(-\d+)?(?P<kept>-kept)?\.(?P<kind>encrypted\.db|db|json\.gz)(\.age)?"
)
_AT = "%Y-%m-%dT%H%M%SZ"
_UNFINISHED = ".lumbar-"
"""How the names of unfinished backups, of copies that are being read, and of SQLite's own files beside them begin."""

_DAMAGED = "damaged-"
_GZIP = b"\x1f\x8b"
_BEGINNING = 4_096
"""How many of its first bytes tell what a file is."""

_UNFINISHED_FOR = timedelta(hours=1)


class Cover(Enum):
    """What a file is under."""

    NONE = "none"
    SEAL = "seal"
    DATABASE = "database"


class Copier(Protocol):
    """Writes a copy of the record that is known to be whole."""

    @property
    def suffix(self) -> str:
        """How the copy's name ends."""

    @property
    def encrypted(self) -> bool:
        """Whether its copies are under a passphrase from the beginning."""

    def __call__(self, to: Path, at: datetime) -> None:
        """Raises StoreUnavailable when there can be none."""

    def in_memory(self, at: datetime) -> bytes:
        """The same as bytes, which are on no disk, of what is under no passphrase. Raises StoreUnavailable."""


class DatabaseReader(Protocol):
    """Reads the copy of a database."""

    def knows(self, data: bytes) -> bool:
        """Whether a file that begins so is one."""

    def is_encrypted(self, data: bytes) -> bool:
        """Whether a file that begins so is one that is under a passphrase."""

    def encrypt(self, copy: Path, to: Path) -> None:
        """Write one that is under no passphrase once more, under one. Raises StoreUnavailable."""

    def read(self, data: bytes, name: str) -> list[Housed]:
        """Everybody whom one that is under none holds, read in memory. Raises StoreUnavailable."""

    def __call__(self, copy: Path) -> list[Housed]:
        """Everybody whom one that is under one holds. Raises StoreUnavailable, BadImport."""


@dataclass(frozen=True, slots=True)
class BackupFolder:
    """Backups in a folder. phrase: what opens those that are under one, and unless it only `opens`, what new ones are
    put under. older: the same folder as one that opens those which were made under another.

    Where the copies of an encrypted database are kept, nothing is to lie open.
    """

    folder: Path
    copier: Copier
    read_database: DatabaseReader
    read_file: Importer
    phrase: str | None = None
    opens: bool = False
    older: "BackupFolder | None" = None

    def make(self, at: datetime, *, automatic: bool = False) -> Backup | None:
        """Make one. Those that somebody asked for carry `kept` in their name, and no rule removes them."""
        with _told(self.folder):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._clear_unfinished(at - _UNFINISHED_FOR)
            self._encrypt_those_open(wait=False)
            final = self._free(at, automatic)
            part = _unfinished_file(self.folder, final.name)
            try:
                self._write(part, at)
                part.replace(final)
                disk.make_folder_durable(self.folder)
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
        if self.older is not None:
            return self.older.read(name, now)
        path = self._named(name)
        try:
            data = unseal(path.read_bytes(), self.phrase)
        except OSError as cause:
            raise BadImport("error.import-unreadable", file=name, reason=disk.why(cause)) from None
        if data.startswith(_GZIP) or not self.read_database.knows(data):
            return self._read_file(data, now)
        # Reading brings it to this version, and a backup stays as it was made. What a passphrase was taken from is
        # written to no disk: whoever is killed leaves nothing open.
        if not self.read_database.is_encrypted(data):
            return self.read_database.read(data, path.name.removesuffix(SUFFIX))
        with _told(self.folder):
            # This one is noise as it is. Should reading be cut short, the copy lies where erasing finds it.
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=self.folder))
            try:
                copy = folder / path.name
                copy.write_bytes(data)
                return self.read_database(copy)
            finally:
                with suppress(FileNotFoundError):  # everything was erased meanwhile
                    disk.shred_folder(folder)

    def cover_of(self, name: str) -> Cover:
        """Whether a backup is under a passphrase, and how. Raises NotFound, StoreUnavailable."""
        with _told(self.folder):
            return self._cover(self._named(name))

    def _named(self, name: str) -> Path:
        path = next((path for path in (self.folder / name, Path(name)) if path.is_file()), None)
        if path is None:
            raise NotFound("error.no-backup", name=name)
        return path

    def _read_file(self, data: bytes, now: datetime) -> Sequence[Housed]:
        plain = unpacked(data) if data.startswith(_GZIP) else data
        if is_home(plain):
            return read_home(plain)
        exported = self.read_file(plain, "", now)
        since = min((fact.recorded_at for fact in exported.facts), default=now)
        return [Housed(Person(exported.person, since), exported.facts, alone=True)]

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

    def encrypt_open(self, begun: datetime) -> int:
        """Beside an encrypted database, put what lies open here under its passphrase, and remove what was unfinished
        before a moment; how many files were put under it.

        They were made before it was encrypted, or somebody brought them. What cannot be done for one is done for the
        others: `lying_open` tells which is left.
        """
        if not self._covers or not self.folder.is_dir():
            return 0
        with _told(self.folder):
            self._clear_unfinished(begun)
            return self._encrypt_those_open(wait=True)

    def lying_open(self) -> list[str]:
        """Beside an encrypted database, the files here that are under no passphrase."""
        with _told(self.folder):
            return [path.name for path in self._open_ones(_is_ours)] if self._covers and self.folder.is_dir() else []

    @property
    def _covers(self) -> bool:
        return self.phrase is not None and self.copier.encrypted

    def _encrypt_those_open(self, *, wait: bool) -> int:
        """Without waiting, it is left to whoever is at that already."""
        if not self._covers:
            return 0
        with disk.alone_in(self.folder, wait=wait) as alone:
            return sum(self._encrypted(path) for path in self._open_ones(_is_kept)) if alone else 0

    def _open_ones(self, which: Callable[[str], bool]) -> list[Path]:
        return [path for path in sorted(self.folder.iterdir()) if which(path.name) and self._lies_open(path)]

    def _encrypted(self, path: Path) -> bool:
        """Whether it could be put under the passphrase, and is nowhere else any more. It goes last: it is the backup
        until the other one has its name, and that name is on the disk."""
        part: Path | None = None
        try:
            part = _unfinished_file(self.folder, path.name)
            final = self._encrypt(path, part, self.phrase or "")
            disk.make_durable(part)
            part.replace(final)
            disk.make_folder_durable(self.folder)
            disk.shred(path)
        except (OSError, LumbarError):
            return False
        finally:
            if part is not None:
                with suppress(OSError):
                    part.unlink(missing_ok=True)
        return True

    def _encrypt(self, path: Path, part: Path, phrase: str) -> Path:
        """Write what lies open once more, and give the name that it has from then on. What is no whole copy of a
        database becomes an age file, whatever it is."""
        with suppress(StoreUnavailable):
            if (found := _NAME.fullmatch(path.name)) and found["kind"] == "db":
                part.unlink()  # the name is ours alone, and whoever writes there makes it
                self.read_database.encrypt(path, part)
                return path.with_suffix(".encrypted.db")
        part.write_bytes(_sealed(path.read_bytes(), phrase, path.name))
        return path.with_name(path.name + SUFFIX)

    def _lies_open(self, path: Path) -> bool:
        """A folder of ours is one in which a copy is, or was, being read. In what is empty nothing lies open."""
        try:
            if path.is_dir():
                return path.name.startswith(_UNFINISHED)
            return path.is_file() and path.stat().st_size > 0 and self._cover(path) is Cover.NONE
        except FileNotFoundError:
            return False  # somebody else has just put it under the passphrase, or removed it
        except OSError:
            return True  # nobody can say, so it counts as such

    def _cover(self, path: Path) -> Cover:
        with path.open("rb") as file:
            begins = file.read(_BEGINNING)
        if is_sealed(begins):
            return Cover.SEAL
        noise = not begins.startswith(_GZIP) and self.read_database.is_encrypted(begins)
        return Cover.DATABASE if noise else Cover.NONE

    @property
    def _seals(self) -> bool:
        """Whether new ones are put under the passphrase: not those that are under it from the beginning."""
        return self.phrase is not None and not self.opens and not self.copier.encrypted

    def _write(self, part: Path, at: datetime) -> None:
        if self.phrase is not None and self._seals:
            sealed = _sealed(self.copier.in_memory(at), self.phrase, part.name)
            with part.open("rb+") as file:  # never a new one: it may have been erased by now
                file.write(sealed)
        else:
            self.copier(part, at)
        disk.make_durable(part)

    def _free(self, at: datetime, automatic: bool) -> Path:
        """A name that is not taken, nor that of one which is about to be put under the passphrase."""
        begins, kept = f"lumbar-{at.astimezone(UTC):{_AT}}", "" if automatic else "-kept"
        ends = f".{self.copier.suffix}{SUFFIX if self._seals else ''}"
        names = (f"{begins}{f'-{number}' if number else ''}{kept}" for number in range(1_000))
        return self.folder / f"{next(name for name in names if not any(self.folder.glob(f'{name}.*')))}{ends}"

    def _found(self) -> Iterator[Backup]:
        if self.folder.is_dir():
            for path in self.folder.iterdir():
                if _NAME.fullmatch(path.name):
                    yield _backup(path)

    def _clear_unfinished(self, before: datetime) -> None:
        """One that cannot be removed keeps nobody from making a backup."""
        for path in self.folder.glob(f"{_UNFINISHED}*"):
            with suppress(OSError):
                if path.stat().st_mtime < before.timestamp():
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


def _sealed(whole: bytes, phrase: str, name: str) -> bytes:
    """A file as it is under a passphrase, and opened again to see whether it is the same."""
    sealed = seal(whole, phrase)
    if unseal(sealed, phrase) != whole:
        raise StoreUnavailable("error.backup-damaged", file=name)
    return sealed


def _is_kept(name: str) -> bool:
    return name.startswith((_DAMAGED, "lumbar-"))


def _is_ours(name: str) -> bool:
    return _is_kept(name) or name.startswith(_UNFINISHED)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        disk.shred_folder(path)
    else:
        disk.shred(path)


def _unfinished_file(folder: Path, name: str) -> Path:
    """A place of one's own in a folder in which others may be at work, for what is to get that name."""
    handle, path = tempfile.mkstemp(prefix=f"{_UNFINISHED}{name}.", suffix=".part", dir=folder)
    os.close(handle)
    return Path(path)


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as cause:
        raise StoreUnavailable("error.backup-folder", folder=str(folder), reason=disk.why(cause)) from cause
