"""Who of the household asks: a property of each request, and never of the server.

A browser that somebody has chosen a name in holds a token for that name, and its page says with each request for whom
it speaks: two pages of one browser may speak for two people. Anybody in the household may choose a name without a PIN,
so such a page is believed. For a name with a PIN it takes the token that the PIN was exchanged for.
"""

import hashlib
import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from lumbar.app.people import People
from lumbar.app.pins import Pins
from lumbar.app.ports import Clock, Person
from lumbar.core.errors import NotAllowed

UNLOCKED_FOR = timedelta(hours=12)
"""So long a PIN opens a browser at most, though it stays open; it ends with the browser as well (design)."""

_ID = re.compile(r"[0-9A-Za-z-]{1,36}")


@dataclass(frozen=True, slots=True)
class Chosen:
    """Somebody who was chosen in a browser, and the token that speaks for them. lasting: beyond the browser's end."""

    person: Person
    token: str
    lasting: bool


class Threshold:
    """Gives out tokens, and knows whom they speak for. key: what seals them; it never leaves this machine."""

    def __init__(self, people: People, pins: Pins, clock: Clock, key: Callable[[], str]) -> None:
        self._people = people
        self._pins = pins
        self._clock = clock
        self._key = key

    def who(self, named: str | None, token: str | None) -> Person:
        """Who asks. named: the id that the page says; when it says none the token tells, or there is only one person.

        Raises NotAllowed when nobody was chosen yet, or somebody who is here no more, or whose PIN was not told.
        """
        everybody = {one.id: one for one in self._people.all()}
        wanted = named if named is not None else self._speaks_for(token)
        if named is None and len(everybody) == 1:
            wanted = next(iter(everybody))
        if wanted is None:
            raise NotAllowed("error.person-choose")
        person = everybody.get(wanted)
        if person is None:
            raise NotAllowed("error.person-gone")
        if self._pins.stamp(person.id) and self._speaks_for(token) != person.id:
            raise NotAllowed("error.person-locked", name=person.name)
        return person

    def chosen(self, token: str | None) -> Person | None:
        """Whom a browser has chosen last; None for nobody who is here. The only person needs not be chosen."""
        try:
            return self.who(None, token)
        except NotAllowed:
            return None

    def choose(self, person_id: str, pin: str = "") -> Chosen:
        """The person, for their PIN where there is one. Raises NotAllowed for somebody who is not here, a wrong PIN,
        and while tries must wait."""
        person = self._people.find(person_id)
        if person is None:
            raise NotAllowed("error.person-gone")
        self._pins.check(person.id, pin)
        return self.known(person)

    def known(self, person: Person) -> Chosen:
        """The same for somebody who has just shown that they are it."""
        stamp = self._pins.stamp(person.id)
        told = f"{person.id}.{int(self._clock.now().timestamp())}"
        return Chosen(person, f"{told}.{self._seal(told, stamp)}", lasting=not stamp)

    def _seal(self, told: str, stamp: str) -> str:
        """The stamp goes in: with another PIN, or none, the tokens of before are over."""
        return hmac.new(self._key().encode(), f"{told}.{stamp}".encode(), hashlib.sha256).hexdigest()

    def _speaks_for(self, token: str | None) -> str | None:
        told, _, seal = (token or "").rpartition(".")
        person_id, _, at = told.rpartition(".")
        if not at or not _ID.fullmatch(person_id):
            return None
        stamp = self._pins.stamp(person_id)
        if not hmac.compare_digest(seal.encode(), self._seal(told, stamp).encode()):
            return None
        over = stamp and self._clock.now() - datetime.fromtimestamp(int(at), UTC) > UNLOCKED_FOR
        return None if over else person_id
