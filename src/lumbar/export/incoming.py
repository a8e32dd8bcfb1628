"""What kind of file somebody brings, found out by its first bytes; nothing is trusted, least of all sizes."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from lumbar.app.ports import Exported
from lumbar.app.transfer import MOST_FACTS
from lumbar.core.errors import BadImport
from lumbar.export.record_file import read_record
from lumbar.export.sessions_table import SessionsTable

MOST_BYTES = 512 * 1024 * 1024
"""The largest record that is read, unpacked: more than ten years of two sessions a day (design)."""

MOST_OBJECTS = 10_000_000
"""The most objects and lists of a record that is read: ten years of two sessions a day have six million."""

_LEAST_BYTES_EACH = 24
"""How many bytes of a record stand to each of its objects and lists at least: 36 in a session's script, the densest."""

_GZIP, _ZIP, _SQLITE = b"\x1f\x8b", b"PK\x03\x04", b"SQLite format 3\x00"
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class ReadAny:
    """Reads an export of ours, packed or not, or a table of past sessions."""

    table: SessionsTable
    most_bytes: int = MOST_BYTES

    def __call__(self, data: bytes, person: str, now: datetime) -> Exported:
        if len(data) > self.most_bytes:
            raise too_large(self.most_bytes)
        for beginning, message_id in _REFUSED.items():
            if data.startswith(beginning):
                raise BadImport(message_id)
        if data.startswith(_GZIP):
            data = unpacked(data, self.most_bytes)
        if not data.strip():
            raise BadImport("error.import-empty")
        if data.lstrip()[:1] in (b"{", b"["):
            check_count(data)
            return read_record(data)
        return self.table(data, person, now)


_REFUSED: Mapping[bytes, str] = {_ZIP: "error.import-zip", _SQLITE: "error.import-backup"}


def unpacked(data: bytes, most_bytes: int = MOST_BYTES) -> bytes:
    """What is packed with gzip. Raises BadImport when it is cut short, damaged or unpacks to too much; then no more
    than that was ever in memory."""
    packed, pieces, size = zlib.decompressobj(wbits=31), [], 0
    try:
        while data and not packed.eof:
            piece = packed.decompress(data, _PIECE)
            data = packed.unconsumed_tail
            size += len(piece)
            if size > most_bytes:
                raise too_large(most_bytes)
            pieces.append(piece)
    except zlib.error:
        raise BadImport("error.import-cut") from None
    if not packed.eof:
        raise BadImport("error.import-cut")
    return b"".join(pieces)


def check_count(data: bytes) -> None:
    """Refuse what would fill the memory once it is parsed, though its bytes are few: an empty object takes three there,
    and seventy in memory. Raises BadImport."""
    objects = data.count(b"{") + data.count(b"[")
    if objects > min(MOST_OBJECTS, max(MOST_FACTS, len(data) // _LEAST_BYTES_EACH)):
        raise BadImport("error.import-many", most=MOST_FACTS)


def too_large(most_bytes: int) -> BadImport:
    """The refusal of a file that is larger than is read."""
    return BadImport("error.import-large", megabytes=most_bytes // (1024 * 1024))
