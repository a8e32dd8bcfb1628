"""The record in memory: for tests, and for trying things out."""

from collections.abc import Sequence
from datetime import datetime
from threading import Lock

from lumbar.app.ports import Appended, Lease, Mark, News, Person
from lumbar.core.record import Fact, lean


class MemoryStore:
    """A Store that forgets everything when the program ends."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._person: Person | None = None
        self._facts: dict[str, Fact] = {}
        self._leases: dict[str, Lease] = {}

    def ensure_person(self, newcomer: Person) -> Person:
        with self._lock:
            if self._person is None:
                self._person = newcomer
            return self._person

    def append(self, person: str, facts: Sequence[Fact]) -> Appended:  # noqa: ARG002
        with self._lock:
            accepted, duplicates = [], []
            for fact in facts:
                if fact.id in self._facts:
                    duplicates.append(fact.id)
                else:
                    self._facts[fact.id] = fact
                    accepted.append(fact.id)
            return Appended(tuple(accepted), tuple(duplicates))

    def record(self, person: str, *, since: datetime | None = None) -> list[Fact]:
        with self._lock:
            mine = [f for f in self._facts.values() if f.person == person and (since is None or f.at >= since)]
        return sorted(mine, key=lambda fact: (fact.at, fact.id))

    def news(self, person: str, after: Mark | None) -> News:
        with self._lock:
            mine = [fact for fact in self._facts.values() if fact.person == person]
        known = 0 if after is None else after.number
        return News(tuple(lean(fact) for fact in mine[known:]), Mark(len(mine), len(mine)), after is None)

    def fact(self, person: str, fact_id: str) -> Fact | None:
        with self._lock:
            fact = self._facts.get(fact_id)
        return fact if fact is not None and fact.person == person else None

    def take_lease(self, wanted: Lease, *, stale_before: datetime, force: bool) -> Lease:
        with self._lock:
            held = self._leases.get(wanted.person)
            if held is not None and held.device != wanted.device and held.at >= stale_before and not force:
                return held
            self._leases[wanted.person] = wanted
            return wanted

    def lease(self, person: str) -> Lease | None:
        with self._lock:
            return self._leases.get(person)

    def renew_lease(self, lease: Lease) -> None:
        with self._lock:
            held = self._leases.get(lease.person)
            if held is not None and (held.session, held.device) == (lease.session, lease.device):
                self._leases[lease.person] = lease

    def release_lease(self, person: str, session: str) -> None:
        with self._lock:
            held = self._leases.get(person)
            if held is not None and held.session == session:
                del self._leases[person]

    def ping(self) -> None:
        return None
