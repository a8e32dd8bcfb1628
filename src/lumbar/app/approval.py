"""Makes changes that matter wait for an expert's word, or wait no longer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from lumbar.app.moment import in_zone
from lumbar.app.ports import Clock, Person
from lumbar.app.record_facts import Draft, Recorded, RecordFacts
from lumbar.app.records import Records
from lumbar.app.rules import Rules
from lumbar.core.plan.standing_plan import in_plan_on
from lumbar.core.record import Record

TYPE = "approval-wanted"


@dataclass(frozen=True, slots=True)
class By:
    """The expert who asked for it."""

    name: str
    profession: str


def wish(rules: Rules, record: Record, now: datetime, *, wanted: bool, by: By | None) -> Mapping[str, object]:
    """The fact's body: with the forms that the plan has come to, so that only what is beyond them waits."""
    known = in_plan_on(rules.programme, record, now) if wanted else {}
    name, profession = (None, None) if by is None else (by.name, by.profession)
    return {"wanted": wanted, "by_whom": name, "profession": profession, "known": dict(known)}


class WantApproval:
    """Takes the wish down. Said again as it stands, it changes nothing."""

    def __init__(
        self, records: Records, clock: Clock, rules: Rules, record_facts: RecordFacts, new_id: Callable[[], str]
    ) -> None:
        self._records, self._clock, self._rules = records, clock, rules
        self._record_facts, self._new_id = record_facts, new_id

    def __call__(self, person: Person, *, wanted: bool, by: By | None = None, zone: str | None = None) -> Recorded:
        """Raises BadFact for a name or a profession that is none."""
        now = in_zone(self._clock.now(), zone)
        body = wish(self._rules, self._records.of(person), now, wanted=wanted, by=by)
        draft = Draft(self._new_id(), TYPE, 1, now, zone or "UTC", "server", body)
        return self._record_facts(person, [draft], source="server")
