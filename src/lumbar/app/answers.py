"""What a person told lately, so that a slip can be taken back. Holds are no answers, and neither is a screen: that is
answered again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from lumbar.app.moment import in_zone
from lumbar.app.ports import Clock, Person
from lumbar.app.records import Records
from lumbar.core.message import Message, Param, say
from lumbar.core.record import VERSION, Fact, Record, day_of

LAST_DAYS = 14
"""What is older has long been looked at by the plan, and by the person."""

TYPES = (
    "pain-reported",
    "effort-reported",
    "shape-reported",
    "hold-told",
    "flare-reported",
    "daily-check-answered",
    "walk-done",
    "usual-walk-told",
    "outcome-answered",
    "person-described",
    "review-recorded",
    "clearance-recorded",
)
"""The facts that are answers and may be taken back."""


@dataclass(frozen=True, slots=True)
class ToldAnswer:
    """An answer: its fact, when it was told, and what it says."""

    fact: str
    on: date
    at: datetime
    message: Message

    def as_json(self) -> dict[str, object]:
        """The answer as plain values."""
        return {
            "fact": self.fact,
            "on": self.on.isoformat(),
            "at": self.at.isoformat(),
            "message": self.message.as_json(),
        }


class ShowAnswers:
    """The answers of the last days that stand, the latest first."""

    def __init__(self, records: Records, clock: Clock) -> None:
        self._records = records
        self._clock = clock

    def __call__(self, person: Person, *, zone: str | None = None) -> tuple[ToldAnswer, ...]:
        since = day_of(in_zone(self._clock.now(), zone)) - timedelta(days=LAST_DAYS)
        return tuple(_answers(self._records.of(person), since))


def _answers(record: Record, since: date) -> Iterable[ToldAnswer]:
    told = [fact for fact in record.of(*TYPES) if fact.v <= VERSION and fact.happened_on > since]
    for fact in sorted(told, key=lambda one: (one.happened_at, one.id), reverse=True):
        yield ToldAnswer(fact.id, fact.happened_on, fact.at, _message(fact))


def _message(fact: Fact) -> Message:
    """What an answer says, in a few words."""
    body = fact.body
    if fact.type == "pain-reported":
        return _pain(body)
    if fact.type == "hold-told" and body.get("side"):
        return say("told.hold-told.side", side=f"@side.{body['side']}", **_held(body))
    params: Mapping[str, Mapping[str, Param]] = {
        "effort-reported": {"effort": body.get("effort", 0)},
        "shape-reported": {"kept": f"@ui.after.shape.{body.get('kept')}"},
        "hold-told": _held(body),
        "walk-done": {"minutes": body.get("minutes", 0)},
        "usual-walk-told": {"minutes": body.get("minutes", 0)},
        "outcome-answered": {"name": f"@outcome.{body.get('instrument')}.name"},
        "review-recorded": {"by": body.get("by_whom", "")},
        "clearance-recorded": {"by": body.get("by_whom", "")},
    }
    return say(f"told.{fact.type}", **params.get(fact.type, {}))


def _held(body: Mapping[str, Any]) -> Mapping[str, Param]:
    return {"exercise": f"@{body.get('exercise')}.name", "seconds": body.get("held_s", 0)}


def _pain(body: Mapping[str, object]) -> Message:
    when, words, nprs = body["when"], body.get("words"), body.get("nprs")
    if isinstance(words, str):
        return say("told.pain.words", words=f"@ui.morning.{words}")
    if isinstance(nprs, int):
        return say(f"told.pain.{when}", nprs=nprs)
    exercise = body.get("exercise")
    return say("told.pain.hurt-in", exercise=f"@{exercise}.name") if exercise else say("told.pain.hurt")
