"""The devices that were let in, a small file each. What proves a device is kept as its digest only.

Files and not rows: they belong to this machine and its certificates and not to the record, so that a backup, an export
or another database never carries them. To take a device away is to remove its file, which any process may do.
"""

import contextlib
import json
import os
import re
from datetime import UTC, datetime
from pathlib import Path

from lumbar import disk
from lumbar.app.ports import Device, KnownDevice
from lumbar.core.errors import StoreUnavailable
from lumbar.lan.files import write_whole

_ID = re.compile(r"[0-9a-f]{16}")


class DeviceFiles:
    """Fills the port Devices from a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, device: KnownDevice) -> None:
        """Keep a device."""
        body = {"name": device.name, "paired_at": device.paired_at.isoformat(), "digest": device.digest}
        path = self._path(device.id)
        write_whole(path, json.dumps(body, ensure_ascii=False).encode())
        self.seen(device.id, device.paired_at)

    def find(self, device_id: str) -> KnownDevice | None:
        """A device; None when it is not known, or not any more."""
        return self._read(self._path(device_id)) if _ID.fullmatch(device_id) else None

    def all(self) -> list[Device]:
        """Every device, the latest first."""
        try:
            paths = list(self._folder.glob("*.json"))
        except OSError as cause:
            raise StoreUnavailable("error.folder", folder=str(self._folder), reason=disk.why(cause)) from cause
        found = [device for path in paths if _ID.fullmatch(path.stem) and (device := self._read(path))]
        return sorted(found, key=lambda device: device.paired_at, reverse=True)

    def remove(self, device_id: str) -> bool:
        """Forget a device; whether it was known."""
        if not _ID.fullmatch(device_id):
            return False
        try:
            self._path(device_id).unlink()
        except FileNotFoundError:
            return False
        except OSError as cause:
            raise StoreUnavailable("error.folder", folder=str(self._folder), reason=disk.why(cause)) from cause
        return True

    def seen(self, device_id: str, at: datetime) -> None:
        """The device was here: the moment is its file's own."""
        with contextlib.suppress(OSError):
            os.utime(self._path(device_id), (at.timestamp(), at.timestamp()))

    def _path(self, device_id: str) -> Path:
        return self._folder / f"{device_id}.json"

    def _read(self, path: Path) -> KnownDevice | None:
        try:
            body = json.loads(path.read_bytes())
            seen_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            paired_at = datetime.fromisoformat(body["paired_at"])
            return KnownDevice(path.stem, str(body["name"]), paired_at, seen_at, str(body["digest"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None  # gone meanwhile, or damaged: then it proves nothing
