"""A backup as an export: for databases whose files are not ours to copy."""

import gzip
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from lumbar.app.ports import Exported, Housed, Store
from lumbar.core.errors import BadFact, BadImport, StoreUnavailable
from lumbar.export.home_file import home_file, is_home, read_home
from lumbar.export.incoming import unpacked
from lumbar.export.record_file import RecordFile, verified

_LEVEL = 6


@dataclass(frozen=True, slots=True)
class RecordCopier:
    """Writes the records of the household, packed, and reads them again before they count as a copy.

    Those of one person are a plain export.
    """

    store: Store
    write: RecordFile
    suffix: str = "json.gz"
    encrypted: bool = False

    def __call__(self, to: Path, at: datetime) -> None:
        to.write_bytes(self.in_memory(at))

    def in_memory(self, at: datetime) -> bytes:
        """The same as bytes, on no disk."""
        home = [Housed(one, tuple(self.store.record(one.id))) for one in self.store.people()]
        pieces: Iterable[bytes] = [home_file(home, at, self.write)]
        if len(home) == 1:
            pieces = self.write(Exported(home[0].person.id, at, home[0].facts))
        content = io.BytesIO()
        with gzip.GzipFile(fileobj=content, mode="wb", compresslevel=_LEVEL, mtime=0) as packed:
            for piece in pieces:
                packed.write(piece)
        data = content.getvalue()
        if _count(data) != sum(len(one.facts) for one in home):
            raise StoreUnavailable("error.backup-damaged", file=f"lumbar.{self.suffix}")
        return data


def _count(packed: bytes) -> int | None:
    """How many facts can be read in a copy; None when it is damaged."""
    try:
        data = unpacked(packed)
        if is_home(data):
            return sum(len(one.facts) for one in read_home(data))
        return int(verified(data)["count"])
    except (BadImport, BadFact):
        return None
