"""Takes back what the home network was given: keys, certificates and devices. What a phone keeps is out of reach."""

from pathlib import Path

from lumbar import disk
from lumbar.core.errors import StoreUnavailable
from lumbar.lan.files import write_whole

_OPEN = "open"
_MADE = ("ca.key", "server.key", "ca.crt", "server.crt", "devices/*.json", "devices/.*.json.*", ".*.key.*", ".*.crt.*")
"""The keys first. Whatever begins with a dot was cut short while it was written."""


class LanFolder:
    """Fills the port HomeKeys from the folder in which a server of the home network keeps all of it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def open(self) -> None:
        """The home network is served from now on. Raises StoreUnavailable."""
        write_whole(self._folder / _OPEN, b"")

    def is_open(self) -> bool:
        """Whether nobody has erased everything since. It is asked for each request, and costs a look at one file."""
        return (self._folder / _OPEN).exists()

    def clear(self) -> bool:
        """Remove everything; whether there was any. Raises StoreUnavailable."""
        try:
            (self._folder / _OPEN).unlink(missing_ok=True)
            made = [path for pattern in _MADE for path in self._folder.glob(pattern)]
            for path in made:
                path.unlink(missing_ok=True)
        except OSError as cause:
            raise StoreUnavailable("error.folder", folder=str(self._folder), reason=disk.why(cause)) from cause
        return bool(made)
