"""PINs: four to eight digits before a person's record, for those who want them.

A PIN keeps a housemate from looking by chance. It encrypts nothing, and whoever has the machine's account needs none.
With so few digits no digest withstands somebody who has the file; what holds at the page is that wrong tries must wait.
"""

import hashlib
import hmac
import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Lock
from typing import Protocol

from lumbar.app.ports import Clock
from lumbar.core.errors import Misuse, NotAllowed

SHORTEST, LONGEST = 4, 8

FREE_TRIES = 3
"""So many wrong ones in a row cost no wait (design)."""

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
"""Each further one doubles the wait: guessing four digits then takes more than a year on average (design)."""

_SCRYPT = {"n": 2**15, "r": 8, "p": 1, "maxmem": 64 * 2**20, "dklen": 32}
"""32 MB and about a tenth of a second a try; a stolen file is soon opened at any cost that a page can bear."""


@dataclass(frozen=True, slots=True)
class KeptPin:
    """A PIN as it is kept. salt, digest: in hex. wrong: tries in a row; they wait until `wait_until`."""

    salt: str
    digest: str
    wrong: int = 0
    wait_until: datetime | None = None


class PinPlace(Protocol):
    """Where PINs are kept, apart from the record: no backup and no export has them. Raises StoreUnavailable."""

    def read(self, person: str) -> KeptPin | None:
        """A person's; None without one."""

    def write(self, person: str, pin: KeptPin) -> None:
        """Keep it, durably."""

    def forget(self, person: str) -> None:
        """None any more."""


class Pins:
    """Sets, tries and takes away PINs. Safe to call from several threads."""

    def __init__(self, place: PinPlace, clock: Clock, new_salt: Callable[[], str]) -> None:
        self._place = place
        self._clock = clock
        self._new_salt = new_salt
        self._lock = Lock()

    def stamp(self, person: str) -> str:
        """What changes with every PIN; empty without one."""
        kept = self._place.read(person)
        return "" if kept is None else kept.salt

    def put(self, person: str, pin: str) -> None:
        """A PIN from now on. Raises Misuse for what is none."""
        if not (pin.isascii() and pin.isdecimal() and SHORTEST <= len(pin) <= LONGEST):
            raise Misuse("error.pin-shape", shortest=SHORTEST, longest=LONGEST)
        salt = self._new_salt()
        self._place.write(person, KeptPin(salt, _digest(pin, salt)))

    def take_away(self, person: str) -> None:
        """No PIN any more."""
        self._place.forget(person)

    def check(self, person: str, pin: str) -> None:
        """Try a PIN; anything does where there is none. Raises NotAllowed for a wrong one, and while it must wait.

        A try counts before it is looked at: whoever ends the program half-way has used it.
        """
        with self._lock:
            kept = self._place.read(person)
            if kept is None:
                return
            now = self._clock.now()
            left = _left(kept, now)
            if left > timedelta(0):
                raise NotAllowed("error.pin-wait", seconds=math.ceil(left.total_seconds()))
            if not pin:
                raise NotAllowed("error.pin-needed")
            wrong = kept.wrong + 1
            wait = _wait(wrong)
            self._place.write(person, replace(kept, wrong=wrong, wait_until=now + wait))
            if hmac.compare_digest(_digest(pin, kept.salt), kept.digest):
                self._place.write(person, KeptPin(kept.salt, kept.digest))
            elif wait > timedelta(0):
                raise NotAllowed("error.pin-wait", seconds=math.ceil(wait.total_seconds()))
            else:
                raise NotAllowed("error.pin-wrong")


def _wait(wrong: int) -> timedelta:
    if wrong < FREE_TRIES:
        return timedelta(0)
    return min(LONGEST_WAIT, FIRST_WAIT * (1 << min(wrong - FREE_TRIES, 20)))


def _left(kept: KeptPin, now: datetime) -> timedelta:
    """How long a try still waits; never longer than the wait itself, though the clock was set back."""
    if kept.wait_until is None:
        return timedelta(0)
    return min(kept.wait_until - now, _wait(kept.wrong))


def _digest(pin: str, salt: str) -> str:
    return hashlib.scrypt(pin.encode(), salt=bytes.fromhex(salt), **_SCRYPT).hex()
