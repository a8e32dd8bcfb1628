"""One fact in its envelope, and the day that it belongs to."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from lumbar.core.errors import BadFact
from lumbar.core.record.bodies import LARGE, VERSION, parse_body
from lumbar.core.record.fields import Body, day, moment, table, text, whole, wrong

DAY_BEGINS_H = 3
"""A day begins at 03:00 local time, so that a late session belongs to its evening (design)."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact in its envelope.

    id: UUIDv7. at: when it happened, with its offset. zone: the IANA zone, as the device knew it. on: the local day it
    belongs to, fixed when it was recorded, within a day of `day_of(at)`. recorded_at: when the record took it. source:
    page, cli, import.
    """

    id: str
    person: str
    type: str
    v: int
    at: datetime
    zone: str
    on: date
    recorded_at: datetime
    device: str
    source: str
    body: Body

    def happened(self) -> tuple[datetime, date]:
        """When it happened, in UTC, and the local day, by the better of two clocks: nothing happens after it was
        recorded."""
        at, recorded_at = self.at.astimezone(UTC), self.recorded_at.astimezone(UTC)
        if at <= recorded_at:
            return at, self.on
        return recorded_at, min(self.on, day_of(self.recorded_at.astimezone(self.at.tzinfo)))

    @property
    def happened_at(self) -> datetime:
        """When it happened, on the wall clock of the better of the two."""
        return self.at if self.at.astimezone(UTC) <= self.recorded_at.astimezone(UTC) else self.recorded_at

    @property
    def happened_on(self) -> date:
        """The local day that it belongs to, mended like `happened_at`."""
        return self.happened()[1]

    def as_json(self) -> dict[str, object]:
        """The fact as plain values."""
        return {
            "id": self.id,
            "person": self.person,
            "type": self.type,
            "v": self.v,
            "at": self.at.isoformat(),
            "zone": self.zone,
            "on": self.on.isoformat(),
            "recorded_at": self.recorded_at.isoformat(),
            "device": self.device,
            "source": self.source,
            "body": dict(self.body),
        }


def lean(fact: Fact) -> Fact:
    """The fact without what is large in it."""
    large = LARGE.get(fact.type)
    return fact if large is None else replace(fact, body={**fact.body, **{name: {} for name in large}})


def day_of(at: datetime) -> date:
    """The local day that a moment belongs to. `at` must know its offset. Raises BadFact when it does not."""
    if at.tzinfo is None:
        raise BadFact("error.fact-naive-time", at=at.isoformat())
    return (at.replace(tzinfo=None) - timedelta(hours=DAY_BEGINS_H)).date()


def day_ends(at: datetime) -> datetime:
    """The moment at which the local day of `at` is over. Raises BadFact for a moment without an offset."""
    return datetime.combine(day_of(at) + timedelta(days=1), time(DAY_BEGINS_H), at.tzinfo)


def fact_from_json(data: Mapping[str, Any]) -> Fact:
    """A fact from plain values, checked. Raises BadFact naming the field."""
    try:
        fact_id, person, fact_type = text(data, "id"), text(data, "person"), text(data, "type")
        v, at = whole(data, "v", 1, 1_000), moment(text(data, "at"), "at")
        zone, on = text(data, "zone"), day(data, "on")
        recorded_at = moment(text(data, "recorded_at"), "recorded_at")
        device, source, body = text(data, "device"), text(data, "source"), table(data, "body")
    except KeyError as cause:
        raise BadFact("error.fact-field-missing", field=str(cause.args[0])) from None
    if abs(on.toordinal() - day_of(at).toordinal()) > 1:
        raise wrong("on", "local-day")
    # By position, and made once: an import makes a hundred thousand of them.
    parsed = parse_body(fact_type, v, body)
    return Fact(fact_id, person, fact_type, v, at, zone, on, recorded_at, device, source, parsed)


def new_fact(fact_type: str, body: Body, *, fact_id: str, person: str, at: datetime, **envelope: Any) -> Fact:
    """A fact of this version, checked, on the day that `at` belongs to.

    envelope: zone, recorded_at (else `at`), device and source. Raises BadFact naming the field.
    """
    known = {"zone", "recorded_at", "device", "source"}
    if unknown := sorted(set(envelope) - known):
        raise wrong(unknown[0], "one-of", options=", ".join(sorted(known)))
    return Fact(
        id=fact_id,
        person=person,
        type=fact_type,
        v=VERSION,
        at=at,
        zone=envelope.get("zone", "UTC"),
        on=day_of(at),
        recorded_at=envelope.get("recorded_at", at),
        device=envelope.get("device", "unknown"),
        source=envelope.get("source", "page"),
        body=parse_body(fact_type, VERSION, body),
    )
