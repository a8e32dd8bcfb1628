"""PINs in small files of their own, which only their owner can read. A backup or an export never has them."""

import json
import os
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from lumbar import disk
from lumbar.app.pins import KeptPin
from lumbar.core.errors import StoreUnavailable

_UNFINISHED = ".pin-"


@dataclass(frozen=True, slots=True)
class PinFolder:
    """Fills the port PinPlace from a folder."""

    folder: Path

    def read(self, person: str) -> KeptPin | None:
        """A person's. One that cannot be read is not taken for none: nobody comes in by damaging a file."""
        try:
            told = json.loads(self._path(person).read_bytes())
            until = told["wait_until"]
            wait_until = None if until is None else datetime.fromisoformat(until)
            return KeptPin(str(told["salt"]), str(told["digest"]), int(told["wrong"]), wait_until)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError) as cause:
            raise self._unavailable(cause) from cause

    def write(self, person: str, pin: KeptPin) -> None:
        """Whole or not at all."""
        until = None if pin.wait_until is None else pin.wait_until.isoformat()
        told = {"salt": pin.salt, "digest": pin.digest, "wrong": pin.wrong, "wait_until": until}
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, part = tempfile.mkstemp(prefix=_UNFINISHED, dir=self.folder)
            with os.fdopen(handle, "w", encoding="ascii") as file:
                json.dump(told, file)
                file.flush()
                os.fsync(file.fileno())
            Path(part).replace(self._path(person))
        except OSError as cause:
            raise self._unavailable(cause) from cause

    def forget(self, person: str) -> None:
        """None any more."""
        try:
            self._path(person).unlink(missing_ok=True)
        except OSError as cause:
            raise self._unavailable(cause) from cause

    def clear(self) -> None:
        """No PINs at all, nor one that was cut short while it was written."""
        try:
            for path in (*self.folder.glob("*.json"), *self.folder.glob(f"{_UNFINISHED}*")):
                path.unlink(missing_ok=True)
        except OSError as cause:
            raise self._unavailable(cause) from cause

    def _path(self, person: str) -> Path:
        return self.folder / f"{person}.json"

    def _unavailable(self, cause: Exception) -> StoreUnavailable:
        return StoreUnavailable("error.folder", folder=str(self.folder), reason=disk.why(cause))
