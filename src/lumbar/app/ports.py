"""What the use cases need from the world, as protocols. Rooms above fill them; wiring chooses which."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from lumbar.core.record import Fact


@dataclass(frozen=True, slots=True)
class Person:
    """Whose record it is."""

    id: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Appended:
    """Which facts are new to the record, and which it knew already; ids, in the order they came."""

    accepted: tuple[str, ...]
    duplicates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a record was read: the number of the last fact as they were taken, and how many there were."""

    number: int
    count: int


@dataclass(frozen=True, slots=True)
class News:
    """What a reader did not know yet, and how far it has read now.

    facts: in no order, without what is large. anew: they are all there are, for what was read before holds no more.
    """

    facts: tuple[Fact, ...]
    mark: Mark
    anew: bool


@dataclass(frozen=True, slots=True)
class Lease:
    """The device that runs a person's session, and when it last gave a sign of life."""

    person: str
    session: str
    device: str
    at: datetime


class Store(Protocol):
    """Keeps the record. Every method is one transaction; what it returns from has happened durably.

    All methods raise StoreUnavailable when the data cannot be reached.
    """

    def ensure_person(self, newcomer: Person) -> Person:
        """The one person of this household; `newcomer` becomes it when there is none yet."""

    def append(self, person: str, facts: Sequence[Fact]) -> Appended:
        """Add facts, all or none. One whose id is known changes nothing."""

    def record(self, person: str, *, since: datetime | None = None) -> list[Fact]:
        """A person's facts by `(at, id)`, whole, each with the offset it came with; those at or after `since` only."""

    def news(self, person: str, after: Mark | None) -> News:
        """The facts that were taken after a mark, by whichever process, without the fields that are large; all of them
        without a mark, or when some that lie before it are gone."""

    def fact(self, person: str, fact_id: str) -> Fact | None:
        """One fact, whole."""

    def take_lease(self, wanted: Lease, *, stale_before: datetime, force: bool) -> Lease:
        """The lease that holds after the wish: `wanted`, or another device's that is neither stale nor forced away."""

    def lease(self, person: str) -> Lease | None:
        """The lease that a person's session is under, however old; None without one."""

    def renew_lease(self, lease: Lease) -> None:
        """A sign of life from the device that holds the lease; from any other, nothing."""

    def release_lease(self, person: str, session: str) -> None:
        """The session is over."""

    def ping(self) -> None:
        """Whether the data can be reached."""


class Clock(Protocol):
    """The moment."""

    def now(self) -> datetime:
        """The moment, with the local offset."""

    def monotonic_s(self) -> float:
        """Seconds on a clock that only moves forward."""


class Access(Protocol):
    """Who is asking, and what lets a browser ask again."""

    def who(self, credential: str | None) -> Person | None:
        """The person whom a credential speaks for; None when it speaks for nobody."""

    def admit(self) -> str:
        """The credential for a page that was loaded from this server."""
