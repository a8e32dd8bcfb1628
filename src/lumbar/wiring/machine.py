"""What only this machine knows: its clocks, its zone, and an id that nothing else has."""

import os
import time
from datetime import datetime
from pathlib import Path

import uuid_utils


class SystemClock:
    """The machine's clocks."""

    def now(self) -> datetime:
        return datetime.now().astimezone()

    def monotonic_s(self) -> float:
        return time.monotonic()


def local_zone() -> str:
    """This machine's IANA zone as far as it says so, else its offset."""
    named = os.environ.get("TZ", "").lstrip(":")
    linked = Path("/etc/localtime").resolve().as_posix().partition("zoneinfo/")[2]
    return named or linked or datetime.now().astimezone().strftime("UTC%z")


def new_id() -> str:
    """A UUIDv7."""
    return str(uuid_utils.uuid7())
