"""Keys in files of their own that only their owner can read: those of the calendars' addresses, one a person."""

import contextlib
import os
import re
import secrets
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lumbar import disk
from lumbar.core.errors import StoreUnavailable

_BYTES = 32
_PERSON = re.compile(r"[0-9a-zA-Z-]{1,36}")


@dataclass(frozen=True, slots=True)
class KeyFolder:
    """A key for each person who asked for one; no file, no key."""

    folder: Path

    def adopt(self, single: Path, person: str) -> None:
        """Take over the key of a home that had one person only."""
        with _told(self.folder):
            if single.exists():
                self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                single.replace(self.folder / person)

    def read(self, person: str) -> str | None:
        """The key; None without one. Raises StoreUnavailable."""
        return self.all().get(person)

    def all(self) -> Mapping[str, str]:
        """Every key, by person."""
        with _told(self.folder):
            try:
                paths = [path for path in self.folder.iterdir() if _PERSON.fullmatch(path.name)]
            except FileNotFoundError:
                return {}
            return {path.name: key for path in paths if (key := path.read_text(encoding="ascii").strip())}

    def renew(self, person: str) -> str:
        """Another key in the place of the one before; the file is written whole or not at all."""
        key = secrets.token_urlsafe(_BYTES)
        with _told(self.folder):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, part = tempfile.mkstemp(prefix=".key-", dir=self.folder)
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(key)
            Path(part).replace(self.folder / person)
        return key

    def forget(self, person: str) -> None:
        """No key any more."""
        with _told(self.folder):
            (self.folder / person).unlink(missing_ok=True)

    def clear(self) -> None:
        """No keys at all, nor one that an earlier version left half-written beside the folder."""
        with _told(self.folder):
            for path in (*self.folder.glob("*"), *self.folder.parent.glob(f".{self.folder.name.removesuffix('s')}-*")):
                path.unlink(missing_ok=True)


@contextlib.contextmanager
def _told(folder: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as cause:
        raise StoreUnavailable("error.folder", folder=str(folder), reason=disk.why(cause)) from cause
