"""Shows the outcome measures: what may be answered now, and every score beside the first one."""

from dataclasses import dataclass
from datetime import date

from lumbar.app.moment import in_zone
from lumbar.app.ports import Clock, Person
from lumbar.app.records import Records
from lumbar.app.rules import Rules
from lumbar.core.outcomes import Course, Due, Walked, answers, courses, walked
from lumbar.core.plan import plan


@dataclass(frozen=True, slots=True)
class ShownOutcomes:
    """As they stand on a day: what is due, the scores of every instrument, and the minutes walked."""

    on: date
    due: tuple[Due, ...]
    courses: tuple[Course, ...]
    walked: tuple[Walked, ...]


class ShowOutcomes:
    """The outcome measures as they stand now, on the wall clock of `zone`."""

    def __init__(self, records: Records, clock: Clock, rules: Rules) -> None:
        self._records = records
        self._clock = clock
        self._rules = rules

    def __call__(self, person: Person, *, zone: str | None = None) -> ShownOutcomes:
        record = self._records.of(person)
        day = plan(self._rules.programme, record, in_zone(self._clock.now(), zone))
        known = answers(record)
        scores = courses(self._rules.programme.outcomes, known, day.on)
        return ShownOutcomes(day.on, day.outcomes, scores, walked(known, day.on))
