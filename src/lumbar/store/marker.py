"""The small file beside a database under a passphrase that says that it is one.

The database itself shows it by its first page; this one still says so when that page is damaged, or the whole file is
gone. It is there before the database is under its passphrase, and goes after it no longer is; where a database can be
read without one, the database is right and the marker is not.
"""

from pathlib import Path

from sqlalchemy import Engine

from lumbar import disk
from lumbar.store import cipher
from lumbar.store.database import WRITING, key_of, translated

_SAYS = "The database beside this file is under a passphrase (lumbar encrypt). Leave this file where it is.\n"


def marker_of(path: Path) -> Path:
    """Where the marker of a database is."""
    path = path.resolve()
    return path.with_name(f"{path.name}.encrypted")


def mark(path: Path) -> None:
    """Say that a database is, or is about to be, under a passphrase. Raises OSError."""
    marker = marker_of(path)
    if not marker.exists():
        marker.write_text(_SAYS, encoding="utf-8")
        disk.make_durable(marker)
        disk.make_folder_durable(marker.parent)


def unmark(path: Path) -> None:
    """Say so no longer. Raises OSError."""
    marker_of(path).unlink(missing_ok=True)


def is_under_passphrase(path: Path, *, otherwise: bool = False) -> bool:
    """Whether a database is under a passphrase, or was before it was damaged or lost. To be asked before it is opened.

    otherwise: whether something else than the marker says that it was.
    """
    if otherwise or marker_of(path).exists():
        return not cipher.is_plain(path)
    return cipher.is_encrypted(path)


def is_gone(path: Path) -> bool:
    """Whether there is nothing in the place of a database, or too little to be one."""
    return not path.exists() or (path.is_file() and path.stat().st_size < cipher.SMALLEST)


def keep_marker(engine: Engine) -> None:
    """Let the marker say what the database that an engine has opened is. Raises StoreUnavailable."""
    path, key = Path(engine.url.database or ""), key_of(engine)
    if key is not None:
        with translated(engine.url):
            mark(path)
    elif marker_of(path).exists():  # whoever wrote it was killed before, or after, the one step
        with translated(engine.url), engine.connect().execution_options(**WRITING) as db, db.begin():
            unmark(path)
