"""Backups: made when somebody asks, made once a day by itself, thinned out by a rule, and brought back."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from lumbar.app.ports import Backup, BackupPlace, Clock, Housed, Person, Store
from lumbar.app.transfer import checked
from lumbar.core.errors import BadImport, Conflict
from lumbar.core.record import day_of


@dataclass(frozen=True, slots=True)
class Keeping:
    """How many automatic backups are kept: the last of each of so many days, weeks and months that have any."""

    days: int
    weeks: int
    months: int

    @property
    def none(self) -> bool:
        """Whether there are to be no automatic backups."""
        return not (self.days or self.weeks or self.months)


def superfluous(backups: Sequence[Backup], keeping: Keeping) -> list[Backup]:
    """The automatic backups that the rule does not keep. The newest always stays."""
    automatic = sorted((one for one in backups if one.automatic), key=lambda one: (one.at, one.name), reverse=True)
    kept = set(automatic[:1])
    for many, period in ((keeping.days, _day), (keeping.weeks, _week), (keeping.months, _month)):
        newest: dict[Hashable, Backup] = {}
        for one in automatic:
            newest.setdefault(period(one.at.date()), one)
        kept |= set(list(newest.values())[:many])
    return [one for one in automatic if one not in kept]


def _day(on: date) -> Hashable:
    return on


def _week(on: date) -> Hashable:
    return on.isocalendar()[:2]


def _month(on: date) -> Hashable:
    return (on.year, on.month)


@dataclass(frozen=True, slots=True)
class Restored:
    """What a backup of the whole home brought back. before: the backup of what was there, None when nothing was. gone:
    the names of those who were here, and are not in it."""

    facts: int
    before: Backup | None
    gone: tuple[str, ...] = ()


class Backups:
    """The household's backups."""

    def __init__(self, store: Store, clock: Clock, place: BackupPlace, keeping: Keeping) -> None:
        self._store = store
        self._clock = clock
        self._place = place
        self._keeping = keeping

    def make(self) -> Backup:
        """One that stays until somebody removes it. Raises StoreUnavailable."""
        made = self._place.make(self._clock.now())
        if made is None:
            raise Conflict("error.backup-erased")
        return made

    def make_daily(self) -> Backup | None:
        """Today's automatic one, unless there is one, nothing to keep, or nobody wants any; then thin them out."""
        now = self._clock.now()
        there = [one for one in self._place.all() if one.automatic]
        if self._keeping.none or (there and not _before(there[-1].at, now)) or not self._holds():
            return None
        made = self._place.make(now, automatic=True)
        self._place.remove(superfluous(self._place.all(), self._keeping))
        return made

    def all(self) -> Sequence[Backup]:
        """The backups there are, oldest first."""
        return self._place.all()

    def encrypt_open(self, begun: datetime | None = None) -> int:
        """Where the record is encrypted, put those under its passphrase too that lie open, and remove what was left
        unfinished before; how many could be put under it. begun: since when nobody else was at it; by default now."""
        return self._place.encrypt_open(begun or self._clock.now())

    def lying_open(self) -> list[str]:
        """Where the record is encrypted, what there is among them that is not under its passphrase."""
        return self._place.lying_open()

    def restore(self, name: str) -> Restored:
        """Make the home what a backup holds, with everybody in it; what is there now is kept as another backup first.

        A home of one person stays theirs when the backup is of one as well, though another lumbar made it. Raises
        BadImport, BadFact, NotFound, StoreUnavailable; Conflict for an export of one where several live, which is no
        backup of their home. Then everything is as it was.
        """
        now = self._clock.now()
        there = self._store.people()
        held = list(self._place.read(name, now)) or [Housed(one, ()) for one in there[:1]]
        if len(there) > 1 and held[0].alone and not self._made_here(name):
            raise Conflict("error.restore-one", known=", ".join(one.name for one in there))
        if len(there) == len(held) == 1:
            held = [replace(held[0], person=there[0])]
        if not all(one.person.id for one in held):  # a table of past sessions is of whoever brings it in
            raise BadImport("error.import-unknown")
        named = {one.id: one for one in there}
        home = [Housed(_as_named(one.person, named), tuple(checked(one.facts, one.person.id, now))) for one in held]
        before = self._place.make(now) if self._holds() else None
        self._store.replace_home(home)
        stay = {one.person.id for one in home}
        gone = tuple(one.name for one in there if one.id not in stay and one.name)
        return Restored(sum(len(one.facts) for one in home), before, gone)

    def _made_here(self, name: str) -> bool:
        """Whether it is a backup of this home: where a database cannot be copied, one of a single person is an export,
        and tells of everybody there was."""
        return any(one.name == name for one in self._place.all())

    def _holds(self) -> bool:
        return any(self._store.holds(one.id) for one in self._store.people())


def _as_named(person: Person, known: Mapping[str, Person]) -> Person:
    """A copy that is a plain export holds no names: then somebody who is known keeps theirs."""
    return person if person.name else known.get(person.id, person)


def _before(at: datetime, now: datetime) -> bool:
    """Whether a moment lies on an earlier day. One in the future is from a clock that was wrong, and counts as none."""
    return at > now or day_of(at.astimezone(now.tzinfo)) < day_of(now)
