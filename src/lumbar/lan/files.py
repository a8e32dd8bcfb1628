"""Small files of which a half is worse than none, for their owner's eyes only."""

import os
import secrets
from pathlib import Path

from lumbar import disk
from lumbar.core.errors import StoreUnavailable

OWNER_ONLY = 0o600


def write_whole(path: Path, content: bytes) -> None:
    """Put a file in its place at once, readable by its owner alone. Raises StoreUnavailable."""
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError as cause:
        fresh.unlink(missing_ok=True)
        raise StoreUnavailable("error.folder", folder=str(path.parent), reason=disk.why(cause)) from cause
