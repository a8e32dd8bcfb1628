"""What the use cases need from the world, as protocols. Rooms above fill them; wiring chooses which."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from lumbar.catalog.words import Words
from lumbar.core.exercise import Exercise
from lumbar.core.packet import Packet
from lumbar.core.record import Fact


@dataclass(frozen=True, slots=True)
class Person:
    """Whose record it is. name: as it is shown; empty while nobody gave one. mark: which colour."""

    id: str
    since: datetime
    name: str = ""
    mark: int = 0


@dataclass(frozen=True, slots=True)
class Housed:
    """A person with the whole record, as a backup of the home holds them. alone: they are from an export of one, which
    knows nobody else of its home."""

    person: Person
    facts: tuple[Fact, ...]
    alone: bool = False


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


@dataclass(frozen=True, slots=True)
class Exported:
    """A person's whole record as it leaves the house or comes in. at: when it was written down. language: the one that
    was asked for, of a file with sentences; None for the usual one."""

    person: str
    at: datetime
    facts: tuple[Fact, ...]
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Erased:
    """What erasing a record took away. overwritten: whether nothing of it is left in the database's own files."""

    facts: int
    overwritten: bool


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that lumbar made: its file's name, when it was made, and its size in bytes. automatic: nobody asked for
    it, and a rule may remove it."""

    name: str
    at: datetime
    size: int
    automatic: bool


class Store(Protocol):
    """Keeps the record. Every method is one transaction; what it returns from has happened durably.

    All methods raise StoreUnavailable when the data cannot be reached.
    """

    def ensure_person(self, newcomer: Person) -> Person:
        """The person who came first; `newcomer` becomes it when there is none yet."""

    def people(self) -> list[Person]:
        """Everybody of this household, who came first at the beginning."""

    def put_person(self, person: Person) -> None:
        """Add a person, or keep another name and mark of one who is known. Raises Conflict when somebody else has that
        name, in small or capital letters."""

    def remove_person(self, person: str) -> Erased:
        """Delete a person with all that `erase` deletes; not even the id stays."""

    def replace_home(self, home: Sequence[Housed]) -> None:
        """These are the people from now on, with these facts, and no device runs a session; all or nothing."""

    def append(self, person: str, facts: Sequence[Fact], *, whole: bool = False) -> Appended:
        """Add facts, all or none. One whose id is known changes nothing; with `whole` it keeps out the others too."""

    def append_unless_news(self, person: str, facts: Sequence[Fact], known: Mark) -> bool:
        """Add facts that were decided on a record as it was read up to a mark; whether they were added. Nothing is when
        there is anything beyond that mark, or something before it is gone. Nobody writes in between."""

    def record(self, person: str, *, since: datetime | None = None) -> list[Fact]:
        """A person's facts by `(at, id)`, whole, each with the offset it came with; those at or after `since` only."""

    def news(self, person: str, after: Mark | None) -> News:
        """The facts that were taken after a mark, by whichever process, without the fields that are large; all of them
        without a mark, or when some that lie before it are gone."""

    def fact(self, person: str, fact_id: str) -> Fact | None:
        """One fact, whole."""

    def holds(self, person: str) -> bool:
        """Whether there is any fact of a person."""

    def has_told(self, person: str) -> bool:
        """Whether there ever was any: what was erased may be in backups still."""

    def replace(self, person: str, facts: Sequence[Fact]) -> None:
        """The record is these facts from now on, and no device runs a session; all or nothing."""

    def erase(self, person: str) -> Erased:
        """Delete a person's facts and lease, and overwrite what was deleted as far as this database can do that.

        What stays is the person's random id.
        """

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


class Printer(Protocol):
    """Prints what an expert or a person takes in hand. Raises StoreUnavailable when a font is missing."""

    def packet_pdf(
        self, packet: Packet, exercises: Mapping[str, Exercise], words: Words, *, size: str, packet_id: str
    ) -> bytes:
        """The packet on paper; size: a4 or letter."""

    def packet_html(
        self, packet: Packet, exercises: Mapping[str, Exercise], words: Words, *, bound: Mapping[str, str]
    ) -> str:
        """The packet as one file, with a form whose answer is bound to it."""

    def packet_sheet(self, packet: Packet, exercises: Mapping[str, Exercise], words: Words) -> Mapping[str, object]:
        """The packet in words, for a screen that draws them itself."""

    def handout_pdf(self, packet: Packet, exercises: Mapping[str, Exercise], words: Words, *, size: str) -> bytes:
        """The plan for the person, with a log to fill in by pen."""


class Clock(Protocol):
    """The moment."""

    def now(self) -> datetime:
        """The moment, with the local offset."""

    def monotonic_s(self) -> float:
        """Seconds on a clock that only moves forward."""


class Access(Protocol):
    """Whether a browser may ask, and what lets it ask again."""

    def admits(self, credential: str | None) -> bool:
        """Whether a credential is one that was given out."""

    def admit(self) -> str:
        """The credential for a page that was loaded from this server."""


class Exporter(Protocol):
    """Turns a record into a file for others."""

    @property
    def whole(self) -> bool:
        """Whether it needs what is large in facts as well: reading it takes as long as all the rest."""

    @property
    def suffix(self) -> str:
        """How the file's name ends."""

    @property
    def media_type(self) -> str:
        """What HTTP calls it."""

    def __call__(self, exported: Exported) -> Iterator[bytes]:
        """The file, piece by piece."""


class Importer(Protocol):
    """Reads what somebody brings."""

    def __call__(self, data: bytes, person: str, now: datetime) -> Exported:
        """The facts in a file: an export of ours, or a table of past sessions, which become facts of `person`.

        Raises BadImport, BadFact.
        """


class BackupPlace(Protocol):
    """Where backups are kept. All methods raise StoreUnavailable when the place cannot be read or written."""

    def make(self, at: datetime, *, automatic: bool = False) -> Backup | None:
        """Make one and look whether it is whole before it counts as one. None when it was erased meanwhile."""

    def all(self) -> Sequence[Backup]:
        """The backups there are, oldest first."""

    def read(self, name: str, now: datetime) -> Sequence[Housed]:
        """Everybody whom a backup holds, verified, by its name or its path. Raises BadImport, NotFound."""

    def remove(self, backups: Iterable[Backup]) -> None:
        """Remove backups; one that is gone already is fine."""

    def encrypt_open(self, begun: datetime) -> int:
        """Where the record is encrypted, put the backups too that are not under its passphrase, as far as that can be;
        how many those were. What was left unfinished before a moment goes."""

    def lying_open(self) -> list[str]:
        """Where the record is encrypted, what there is that is not under its passphrase."""

    def clear(self) -> int:
        """Remove every backup and every unfinished one; how many there were."""


class Clearable(Protocol):
    """What lumbar keeps beside the record, such as the log of its own mistakes. Raises StoreUnavailable."""

    def clear(self) -> None:
        """Empty it."""

    def forget(self, person: str) -> None:
        """Remove what belongs to a person, or may name them."""


@dataclass(frozen=True, slots=True)
class Device:
    """A device of the household that was let in from the home network."""

    id: str
    name: str
    paired_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class KnownDevice(Device):
    """A device with what it is known by. digest: SHA-256 of its secret, in hex."""

    digest: str


class Devices(Protocol):
    """Keeps the devices that were let in. Raises StoreUnavailable when that cannot be."""

    def add(self, device: KnownDevice) -> None:
        """Keep a device, durably."""

    def find(self, device_id: str) -> KnownDevice | None:
        """A device, whatever the id holds; None when it is not known, or not any more."""

    def all(self) -> list[Device]:
        """Every device, the latest first."""

    def remove(self, device_id: str) -> bool:
        """Forget a device; whether it was known."""

    def seen(self, device_id: str, at: datetime) -> None:
        """The device was here."""


class HomeKeys(Protocol):
    """What was made so that devices of the home network could be let in."""

    def clear(self) -> bool:
        """Remove keys, certificates and every device; whether there was any. Nobody comes in from then on, though a
        server runs. Raises StoreUnavailable.
        """


class HomeNetwork(Protocol):
    """How the household's other devices reach this machine."""

    def names(self) -> frozenset[str]:
        """Host names and addresses that are served, and no others. One may begin with `*.`. None once it was erased."""

    def address(self) -> str:
        """The address to open on another device, with a slash at its end."""

    def fingerprint(self) -> str | None:
        """SHA-256 of the certificate to install; None when there is none to install."""

    def certificate(self) -> bytes | None:
        """The certificate to install (DER)."""

    def profile(self) -> bytes | None:
        """The same as an Apple configuration profile."""

    def picture(self, text: str) -> str:
        """A QR code as the address of a picture (data:)."""
