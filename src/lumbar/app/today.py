"""Shows the day, from the programme, the record and the moment. Nothing is stored by looking."""

from datetime import datetime

from lumbar.app.moment import in_zone
from lumbar.app.ports import Clock, Person
from lumbar.app.records import Records
from lumbar.app.rules import Rules
from lumbar.core.plan import Day, opened, plan
from lumbar.core.safety import standing


class ShowToday:
    """The day as it stands at a moment; now, when none is given, on the wall clock of `zone`."""

    def __init__(self, records: Records, clock: Clock, rules: Rules) -> None:
        self._records = records
        self._clock = clock
        self._rules = rules

    def __call__(self, person: Person, *, at: datetime | None = None, zone: str | None = None) -> Day:
        moment = in_zone(self._clock.now(), zone) if at is None else at
        return plan(self._rules.programme, self._records.of(person), moment)

    def is_screened(self, person: Person, *, at: datetime) -> bool:
        """Whether the first questions were answered by a moment, without the work of the whole day."""
        return standing(self._records.of(person), self._rules.programme.form, at) is not None

    def opened(self, person: Person, *, at: datetime) -> frozenset[str]:
        """What is open at a moment, as the day has it in `open`, without the work of the whole day."""
        return opened(self._rules.programme, self._records.of(person), at)
