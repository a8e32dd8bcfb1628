"""What is to be on the disk, and what is to be there no more."""

import errno
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

_PIECE = bytes(1 << 20)

_WHY = {
    errno.ENOENT: "not-there",
    errno.ENOTDIR: "not-there",
    errno.EACCES: "not-allowed",
    errno.EPERM: "not-allowed",
    errno.EROFS: "read-only",
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EFBIG: "full",
    errno.EISDIR: "a-folder",
    errno.EEXIST: "taken",
    errno.ENAMETOOLONG: "long-name",
    errno.EBUSY: "in-use",
    errno.EAGAIN: "in-use",
    errno.ETXTBSY: "in-use",
    errno.EMFILE: "many-open",
    errno.ENFILE: "many-open",
    errno.ENOMEM: "memory",
    errno.EIO: "disk",
    errno.ENXIO: "disk",
    errno.ENODEV: "disk",
    errno.ESTALE: "disk",
    errno.ETIMEDOUT: "disk",
    errno.EADDRINUSE: "port-in-use",
    errno.EADDRNOTAVAIL: "no-address",
}
"""What people meet, by the system's number for it."""

ROOM = 65_536
"""With less than so many bytes left nothing of ours can be written, and a disk counts as full (design)."""


def why(cause: Exception) -> str:
    """Why something could not be read or written: the name of words of the catalogue, where it is one of what people
    meet; else the system's short name for it, for its sentences are in English whatever anybody reads."""
    if not isinstance(cause, OSError):
        return "@error.because.garbled"
    known = _WHY.get(cause.errno or 0)
    return f"@error.because.{known}" if known else errno.errorcode.get(cause.errno or 0, type(cause).__name__)


def keeps_from_writing(folder: Path) -> str | None:
    """Why nothing can be written into a folder, as the name of words of the catalogue; None where nothing that can be
    seen from outside is in the way. What uses a folder may only tell that it could not."""
    try:
        if not folder.is_dir():
            return "@error.because.not-there"
        if shutil.disk_usage(folder).free < ROOM:
            return "@error.because.full"
        if hasattr(os, "statvfs") and os.statvfs(folder).f_flag & os.ST_RDONLY:
            return "@error.because.read-only"
    except OSError as cause:
        return why(cause)
    return None if os.access(folder, os.W_OK | os.X_OK) else "@error.because.not-allowed"


def make_durable(path: Path) -> None:
    """What is in a file survives a power cut from here on. Raises OSError."""
    with path.open("rb+") as file:
        _flush(file.fileno())


def make_folder_durable(folder: Path) -> None:
    """And so do the names in a folder, where a system has a way to ask for it.

    Some shares on a network refuse that for a folder; then everything is asked of the whole system, for what was done
    is done.
    """
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        _flush(handle)
    except OSError:
        os.sync()
    finally:
        os.close(handle)


def overwrite(file: BinaryIO) -> None:
    """Zeros to its end. It keeps its length: a database that is empty would be taken for a new one. Raises OSError."""
    left = file.seek(0, os.SEEK_END)
    file.seek(0)
    while left > 0:
        left -= file.write(_PIECE[:left])
    file.flush()
    _flush(file.fileno())


def shred(path: Path) -> None:
    """Remove a file, if it is there, whose words are to be found no more. Raises OSError.

    One that cannot be overwritten is removed all the same, and one that has another name elsewhere only loses this one.
    """
    if path.is_symlink() or not path.exists():
        path.unlink(missing_ok=True)
        return
    if path.stat().st_nlink == 1:
        with suppress(OSError), path.open("rb+") as file:
            overwrite(file)
    path.unlink(missing_ok=True)


def shred_folder(folder: Path) -> None:
    """Remove a folder and every file in it like that. Raises OSError."""
    for one in folder.iterdir():
        if one.is_dir() and not one.is_symlink():
            shred_folder(one)
        else:
            shred(one)
    folder.rmdir()


if sys.platform == "win32":
    import msvcrt

    @contextmanager
    def alone_in(folder: Path, *, wait: bool) -> Iterator[bool]:
        """Whether nobody else who asks like this is at work in a folder, until the end of the block. wait: for ten
        seconds, which is as long as this system waits."""
        with (folder / ".lock").open("ab") as file:
            try:
                msvcrt.locking(file.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
            except OSError:
                yield False
                return
            try:
                yield True
            finally:
                with suppress(OSError):
                    msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    @contextmanager
    def alone_in(folder: Path, *, wait: bool) -> Iterator[bool]:
        """Whether nobody else who asks like this is at work in a folder, until the end of the block. wait: until that
        is so."""
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            yield _locked(handle, wait=wait)
        finally:
            os.close(handle)

    def _locked(handle: int, *, wait: bool) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        except OSError:
            return wait  # a share on a network that has no locks: only what somebody asked for is done there
        return True


def _flush(handle: int) -> None:
    """On a Mac what is asked for usually leaves things in the drive's own cache, in an order that the drive chooses."""
    full = _full_flush()
    if full is not None:
        import fcntl

        try:
            fcntl.fcntl(handle, full)
        except OSError:
            pass  # a share on a network knows only the usual way
        else:
            return
    os.fsync(handle)


def _full_flush() -> int | None:
    try:
        import fcntl
    except ImportError:
        return None
    full: int | None = getattr(fcntl, "F_FULLFSYNC", None)
    return full
