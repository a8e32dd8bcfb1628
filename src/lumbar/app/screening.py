"""Shows the screening's questions, and how the last answers stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from lumbar.app.moment import in_zone
from lumbar.app.ports import Clock, Person
from lumbar.app.records import Records
from lumbar.app.rules import Rules
from lumbar.core.safety import Form, Verdict, changed_since, standing


@dataclass(frozen=True, slots=True)
class Screening:
    """The form, the verdict of all answers so far (None without any), and the items that were cleared, and when."""

    form: Form
    changed_since: Mapping[str, date]
    standing: Verdict | None


class ScreeningForm:
    """The questions as they are asked now."""

    def __init__(self, records: Records, clock: Clock, rules: Rules) -> None:
        self._records = records
        self._clock = clock
        self._rules = rules

    def __call__(self, person: Person, *, zone: str | None = None) -> Screening:
        at = in_zone(self._clock.now(), zone)
        form, record = self._rules.form, self._records.of(person)
        return Screening(form, changed_since(record, form, at), standing(record, form, at))
