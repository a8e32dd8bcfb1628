"""The log beside the record: an unexpected error may have written down what somebody told."""

import os
from dataclasses import dataclass
from pathlib import Path

from lumbar import disk
from lumbar.core.errors import StoreUnavailable


@dataclass(frozen=True, slots=True)
class LogFile:
    """A log and its older parts, `lumbar.log.1` and so on."""

    path: Path

    def forget(self, person: str) -> None:  # noqa: ARG002 - nobody can tell whose a line is
        """Empty it for one as for all."""
        self.clear()

    def clear(self) -> None:
        """Empty it where it lies, for a running server goes on writing there, and remove the older parts."""
        try:
            if self.path.exists():
                with self.path.open("rb+") as file:
                    disk.overwrite(file)
                os.truncate(self.path, 0)
            for older in self.path.parent.glob(f"{self.path.name}.*"):
                disk.shred(older)
        except OSError as cause:
            raise StoreUnavailable("error.folder", folder=str(self.path.parent), reason=disk.why(cause)) from cause
