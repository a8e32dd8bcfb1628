"""Takes the whole record out, and brings facts in: all of a file or nothing, and once, however often it comes."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from lumbar.app.moment import SKEW
from lumbar.app.ports import Clock, Exported, Exporter, Importer, Person, Store
from lumbar.app.record_facts import check_envelope
from lumbar.app.records import no_collection
from lumbar.core.errors import BadFact, BadImport, Conflict, NotFound
from lumbar.core.record import Fact

MOST_FACTS = 1_000_000


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A file on its way out. name: what to call it."""

    name: str
    media_type: str
    pieces: Iterator[bytes]


class ExportRecord:
    """The whole record as a file, in one of the formats that there are."""

    def __init__(self, store: Store, clock: Clock, exporters: Mapping[str, Exporter]) -> None:
        self._store = store
        self._clock = clock
        self._exporters = exporters

    def __call__(self, person: Person, name: str, *, language: str | None = None) -> Outgoing:
        """language: of the sentences that some formats have. Raises NotFound for a format that there is not."""
        exporter = self._exporters.get(name)
        if exporter is None:
            raise NotFound("error.no-format", format=name, known=", ".join(self._exporters))
        now = self._clock.now()
        with no_collection():
            facts = self._store.record(person.id) if exporter.whole else self._store.news(person.id, None).facts
            exported = Exported(person.id, now, tuple(facts), language)
        return Outgoing(f"lumbar-{now:%Y-%m-%d}.{exporter.suffix}", exporter.media_type, exporter(exported))


@dataclass(frozen=True, slots=True)
class Brought:
    """What a file holds, beside the record. new: facts that the record did not have; differing: those that it has
    otherwise, and which stay as they are. types: the new ones by type. first, last: their days. other_person: the file
    is of another household than ours. taken: whether the new ones are in the record now."""

    facts: int
    new: int
    known: int
    differing: int
    types: Mapping[str, int]
    first: date | None
    last: date | None
    other_person: bool
    taken: bool


class ImportRecord:
    """Brings a file's facts into the record."""

    def __init__(self, store: Store, clock: Clock, importer: Importer) -> None:
        self._store = store
        self._clock = clock
        self._importer = importer

    def look(self, person: Person, data: bytes) -> Brought:
        """What would come in; nothing changes. Raises BadImport, BadFact; Conflict for a file of somebody else of this
        household, who brings it in on their own."""
        return self._compared(person, data)[0]

    def take(self, person: Person, data: bytes, *, mine: bool = False) -> Brought:
        """Bring it in. Raises BadImport and BadFact; Conflict for a file of another household, when the record already
        holds something and nobody said that it is `mine`. Then nothing is changed."""
        brought, new = self._compared(person, data)
        if brought.other_person and not mine:
            raise Conflict("error.import-other-person")
        with no_collection():
            appended = self._store.append(person.id, new)
        return replace(brought, new=len(appended.accepted), taken=True)

    def _compared(self, person: Person, data: bytes) -> tuple[Brought, list[Fact]]:
        now = self._clock.now()
        with no_collection():
            exported = self._importer(data, person.id, now)
            for other in self._store.people():
                if other.id == exported.person != person.id:
                    raise Conflict("error.import-housemate", name=other.name)
            if len(exported.facts) > MOST_FACTS:
                raise BadImport("error.import-many", most=MOST_FACTS)
            facts = checked(exported.facts, person.id, now)
            ours = {fact.id: fact for fact in self._store.record(person.id)}
        new = [fact for fact in facts if fact.id not in ours]
        days = sorted(fact.on for fact in new)
        differing = sum(fact.id in ours and not _says_the_same(fact, ours[fact.id]) for fact in facts)
        in_common = len(facts) - len(new) - differing
        foreign = exported.person != person.id and bool(ours and facts) and not in_common
        brought = Brought(
            facts=len(facts),
            new=len(new),
            known=len(facts) - len(new),
            differing=differing,
            types=dict(Counter(fact.type for fact in new).most_common()),
            first=days[0] if days else None,
            last=days[-1] if days else None,
            other_person=foreign,
            taken=False,
        )
        return brought, new


def _says_the_same(fact: Fact, known: Fact) -> bool:
    """Whether a fact of a file tells what the record has. When it was taken down says nothing of that, nor does the
    moment of a line of a table, which tells a day: it lies at noon on the clock of whoever reads it."""
    of_table = fact.source == known.source == "import" and fact.device == known.device and fact.on == known.on
    same_at = known.at if of_table else fact.at
    return replace(fact, recorded_at=known.recorded_at, at=same_at) == known


def checked(facts: Sequence[Fact], person: str, now: datetime) -> list[Fact]:
    """A file's facts, each once, as facts of `person`. What claims to have been recorded in the future was recorded now
    at the latest, for nothing may be believed before its time.

    Raises BadFact, naming the place, for one that no store could hold or no rule could read.
    """
    found: dict[str, Fact] = {}
    for number, fact in enumerate(facts):
        try:
            check_envelope(fact)
        except BadFact as error:
            raise BadFact(error.message.id, **{**error.message.params, "place": f"facts.{number}"}) from None
        mine = fact if fact.person == person else replace(fact, person=person)
        if mine.recorded_at > now + SKEW:
            mine = replace(mine, recorded_at=now)
        before = found.setdefault(fact.id, mine)
        if before is not mine and before != mine:
            raise BadImport("error.import-twice", fact=fact.id)
    return list(found.values())
