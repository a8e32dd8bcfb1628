"""Shows what a person has said of themselves."""

from lumbar.app.moment import in_zone
from lumbar.app.ports import Clock, Person
from lumbar.app.records import Records
from lumbar.core.plan.history import fold
from lumbar.core.plan.myself import Myself, myself
from lumbar.core.record import day_of


class ShowMyself:
    """Body mass, year of birth, a helper, equipment: as they stand now."""

    def __init__(self, records: Records, clock: Clock) -> None:
        self._records = records
        self._clock = clock

    def __call__(self, person: Person, *, zone: str | None = None) -> Myself:
        return myself(fold(self._records.of(person)), day_of(in_zone(self._clock.now(), zone)))
