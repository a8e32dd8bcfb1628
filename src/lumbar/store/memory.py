"""The record in memory: for tests, and for trying things out."""

from collections.abc import Sequence
from datetime import datetime
from threading import Lock

from lumbar.app.ports import Appended, Erased, Housed, Lease, Mark, News, Person
from lumbar.core.record import Fact, lean
from lumbar.store.people import refuse_twice


class MemoryStore:
    """A Store that forgets everything when the program ends."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._people: dict[str, Person] = {}
        self._facts: dict[tuple[str, str], Fact] = {}
        self._emptied: set[str] = set()
        self._gone = 0
        self._leases: dict[str, Lease] = {}

    def ensure_person(self, newcomer: Person) -> Person:
        with self._lock:
            if not self._people:
                self._people[newcomer.id] = newcomer
            return self._everybody()[0]

    def people(self) -> list[Person]:
        with self._lock:
            return self._everybody()

    def put_person(self, person: Person) -> None:
        with self._lock:
            refuse_twice(self._everybody(), person)
            self._people[person.id] = person

    def remove_person(self, person: str) -> Erased:
        with self._lock:
            self._people.pop(person, None)
            return Erased(self._empty(person), overwritten=True)

    def replace_home(self, home: Sequence[Housed]) -> None:
        with self._lock:
            for one in self._everybody():
                self._empty(one.id)
            self._people = {housed.person.id: housed.person for housed in home}
            for housed in home:
                self._facts |= {(housed.person.id, fact.id): fact for fact in housed.facts}

    def _everybody(self) -> list[Person]:
        return sorted(self._people.values(), key=lambda person: (person.since, person.id))

    def append_unless_news(self, person: str, facts: Sequence[Fact], known: Mark) -> bool:
        with self._lock:
            count = sum(fact.person == person for fact in self._facts.values())
            if known != Mark(self._gone + count, count):
                return False
            self._facts |= {(person, fact.id): fact for fact in facts}
            return True

    def append(self, person: str, facts: Sequence[Fact], *, whole: bool = False) -> Appended:
        with self._lock:
            if whole and any((person, fact.id) in self._facts for fact in facts):
                return Appended((), tuple(fact.id for fact in facts))
            accepted, duplicates = [], []
            for fact in facts:
                if (person, fact.id) in self._facts:
                    duplicates.append(fact.id)
                else:
                    self._facts[person, fact.id] = fact
                    accepted.append(fact.id)
            return Appended(tuple(accepted), tuple(duplicates))

    def record(self, person: str, *, since: datetime | None = None) -> list[Fact]:
        with self._lock:
            mine = [f for f in self._facts.values() if f.person == person and (since is None or f.at >= since)]
        return sorted(mine, key=lambda fact: (fact.at, fact.id))

    def news(self, person: str, after: Mark | None) -> News:
        with self._lock:
            mine = [fact for fact in self._facts.values() if fact.person == person]
            gone = self._gone
        anew = after is None or after.number < gone
        known = 0 if after is None or anew else after.number - gone
        return News(tuple(lean(fact) for fact in mine[known:]), Mark(gone + len(mine), len(mine)), anew)

    def fact(self, person: str, fact_id: str) -> Fact | None:
        with self._lock:
            return self._facts.get((person, fact_id))

    def holds(self, person: str) -> bool:
        with self._lock:
            return any(fact.person == person for fact in self._facts.values())

    def has_told(self, person: str) -> bool:
        with self._lock:
            return person in self._emptied or any(fact.person == person for fact in self._facts.values())

    def replace(self, person: str, facts: Sequence[Fact]) -> None:
        with self._lock:
            self._empty(person)
            self._facts |= {(person, fact.id): fact for fact in facts}

    def erase(self, person: str) -> Erased:
        with self._lock:
            return Erased(self._empty(person), overwritten=True)

    def _empty(self, person: str) -> int:
        """Forget a person's facts and lease; those that come later are numbered from above them."""
        mine = [key for key in self._facts if key[0] == person]
        for key in mine:
            del self._facts[key]
        self._leases.pop(person, None)
        self._emptied.add(person)
        self._gone += len(mine) + 1
        return len(mine)

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
