"""Letting a device of the household in: a code that is short, short-lived and used once, for a secret that is long.

The code is shown on the computer alone. Of 32^8 codes (40 bits) a guesser may try five before the code is dead, and the
door shows another one once a minute at most: guessing for ten years finds one with a chance of 1 in 40,000.
"""

import hashlib
import hmac
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from lumbar.app.ports import Clock, Device, Devices, KnownDevice
from lumbar.core.errors import NotAllowed, NotFound

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Digits and capitals without those that look alike."""

CODE_LENGTH = 8
CODE_LIFE = timedelta(minutes=10)
MOST_WRONG = 5
"""Wrong tries that a code survives."""

ANOTHER_AFTER = timedelta(minutes=1)
"""So long a device at the door waits before a try makes the computer show another code."""

SEEN_EVERY = timedelta(hours=1)
_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Offer:
    """A code that lets one device in, until then."""

    code: str
    until: datetime

    @property
    def shown(self) -> str:
        """The code as people read it."""
        half = CODE_LENGTH // 2
        return f"{self.code[:half]}-{self.code[half:]}"


@dataclass(frozen=True, slots=True)
class Guest:
    """A device that was let in."""

    device: Device


@dataclass(frozen=True, slots=True)
class Chance:
    """Where codes and secrets come from."""

    letter: Callable[[str], str]
    secret: Callable[[], str]
    device_id: Callable[[], str]


class Pairing:
    """The one code of the moment, and the devices. Safe to call from several threads.

    told: hears of every new code, so that the computer can show it.
    """

    def __init__(self, devices: Devices, clock: Clock, chance: Chance) -> None:
        self._devices = devices
        self._clock = clock
        self._chance = chance
        self._offer: Offer | None = None
        self._offered_at: datetime | None = None
        self._wrong = 0
        self._lock = threading.Lock()
        self.told: Callable[[Offer], None] = lambda _offer: None
        self.welcomed: Callable[[Device], None] = lambda _device: None

    def offer(self) -> Offer:
        """The code of the moment; a new one when there is none that still works."""
        with self._lock:
            return self._live() or self._renew()

    def another(self) -> Offer:
        """A new code; the one before it lets nobody in any more."""
        with self._lock:
            return self._renew()

    def redeem(self, code: str, name: str) -> tuple[Device, str]:
        """Let a device in for the code. Gives the device and the credential that speaks for it from now on.

        Raises NotAllowed: the code is wrong, or there is none that works any more.
        """
        with self._lock:
            offer = self._live()
            if offer is None:
                self._ask_for_another()
                raise NotAllowed("error.code-over")
            if not hmac.compare_digest(_plain(code).encode(), offer.code.encode()):
                self._wrong += 1
                if self._wrong >= MOST_WRONG:
                    self._offer = None
                    raise NotAllowed("error.code-over")
                raise NotAllowed("error.code-wrong")
            self._offer = None
        return self._welcome(name)

    def who(self, credential: str | None) -> Guest | None:
        """The device that a credential speaks for; None when it speaks for none, or for none any more."""
        device_id, _, secret = (credential or "").partition(".")
        known = self._devices.find(device_id)
        if known is None or not hmac.compare_digest(_digest(secret).encode(), known.digest.encode()):
            return None
        now = self._clock.now()
        if now - known.seen_at >= SEEN_EVERY:
            self._devices.seen(known.id, now)
        return Guest(known)

    def devices(self) -> list[Device]:
        """Every device that was let in, the latest first."""
        return self._devices.all()

    def revoke(self, device_id: str) -> None:
        """Let a device in no more. Raises NotFound."""
        if not self._devices.remove(device_id):
            raise NotFound("error.no-device", device=device_id)

    def _live(self) -> Offer | None:
        offer = self._offer
        return offer if offer is not None and self._clock.now() < offer.until else None

    def _renew(self) -> Offer:
        now = self._clock.now()
        code = "".join(self._chance.letter(ALPHABET) for _ in range(CODE_LENGTH))
        self._offer = Offer(code, now + CODE_LIFE)
        self._offered_at = now
        self._wrong = 0
        self.told(self._offer)
        return self._offer

    def _ask_for_another(self) -> None:
        """Somebody stands at the door with a code that is over: the computer shows another one, not too often."""
        if self._offered_at is None or self._clock.now() - self._offered_at >= ANOTHER_AFTER:
            self._renew()

    def _welcome(self, name: str) -> tuple[Device, str]:
        secret, now = self._chance.secret(), self._clock.now()
        known = KnownDevice(self._chance.device_id(), _named(name), now, now, _digest(secret))
        self._devices.add(known)
        self.welcomed(known)
        return replace(known), f"{known.id}.{secret}"


def _plain(code: str) -> str:
    """A code as it was made, however it was typed."""
    return "".join(letter for letter in code.upper() if letter.isalnum())


def _named(name: str) -> str:
    """A name fit to be shown on one line."""
    plain = " ".join("".join(letter if letter.isprintable() else " " for letter in name).split())
    return plain[:_LONGEST_NAME].strip() or "?"


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
