"""Why a database does not do what it should, as the name of words of the catalogue.

Databases tell it in sentences of their own, in English or in their server's language, which no reader of another
language is to be met with. So it is known by its number: SQLite's result code, PostgreSQL's SQLSTATE.
"""

from pathlib import Path
from typing import Any

from lumbar import disk

PERMISSION, BUSY, LOCKED, NO_MEMORY, READ_ONLY, IO_ERROR, CORRUPT, FULL, CANNOT_OPEN, NOT_A_DATABASE = (
    3, 5, 6, 7, 8, 10, 11, 13, 14, 26,
)  # fmt: skip
"""SQLite's primary result codes (sqlite.org/rescode.html)."""

NO_ROOM = "@error.because.full"

UNWRITABLE = frozenset({READ_ONLY, IO_ERROR, FULL, CANNOT_OPEN})
"""What SQLite says where a database can perhaps be read, while nothing can be written beside it."""

_SQLITE = {
    PERMISSION: "not-allowed",
    BUSY: "in-use",
    LOCKED: "in-use",
    NO_MEMORY: "memory",
    READ_ONLY: "read-only",
    IO_ERROR: "disk",
    FULL: "full",
    CANNOT_OPEN: "unopened",
}

_POSTGRESQL = {
    "08": "no-answer",
    "28": "no-answer",
    "3D": "no-database",
    "53100": "full",
    "53200": "memory",
    "53300": "busy",
    "25006": "read-only",
    "42501": "not-allowed",
    "55P03": "in-use",
    "40": "in-use",
    "57P": "starting",
    "58": "disk",
}
"""By the longest beginning of an SQLSTATE (postgresql.org/docs/current/errcodes-appendix.html)."""


def sqlite_code(cause: BaseException) -> int | None:
    """SQLite's primary result code, whichever driver raised it; None for what is not of SQLite."""
    code = getattr(bare(cause), "sqlite_errorcode", None)
    return code & 0xFF if isinstance(code, int) else None


def bare(cause: BaseException) -> Any:
    """The driver's own error."""
    return getattr(cause, "orig", None) or cause


def reason_of(cause: Exception, folder: Path | None) -> str:
    """Why, for a sentence. folder: where the database's file is; None where it is not a file of ours."""
    error = bare(cause)
    if isinstance(error, OSError):
        return disk.why(error)
    code = sqlite_code(error)
    if code is not None:
        return _sqlite(code, folder, str(getattr(error, "sqlite_errorname", None) or code))
    state = getattr(error, "sqlstate", None)
    if isinstance(state, str):
        begins = (state[:length] for length in range(len(state), 1, -1))
        name = next((_POSTGRESQL[one] for one in begins if one in _POSTGRESQL), None)
        return f"@error.because.{name}" if name else state
    # A server that cannot be reached, and one that refuses a name, have no number: there is no session yet.
    return "@error.because.no-answer" if type(error).__name__ == "OperationalError" else type(error).__name__


def _sqlite(code: int, folder: Path | None, name: str) -> str:
    """What SQLite cannot write beside a file it calls an error of the disk, or says that it could not be opened, and
    tells nothing of a disk that is full or read alone."""
    known = _SQLITE.get(code)
    seen = (
        disk.keeps_from_writing(folder) if code in (IO_ERROR, CANNOT_OPEN, READ_ONLY) and folder is not None else None
    )
    return seen or (f"@error.because.{known}" if known else name)
