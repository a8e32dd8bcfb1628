"""Days and gaps. Hours are counted in absolute time, days by the local date that a fact belongs to."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, tzinfo

from lumbar.core.plan.programme import Schedule
from lumbar.core.plan.told import Hold
from lumbar.core.record import DAY_BEGINS_H, day_of

ONE_DAY = timedelta(days=1)


def begins(on: date, zone: tzinfo | None) -> datetime:
    """When a day begins, in UTC."""
    return datetime(on.year, on.month, on.day, DAY_BEGINS_H, tzinfo=zone).astimezone(UTC)


def core_allowed_from(holds: Iterable[Hold], at: datetime, schedule: Schedule) -> datetime:
    """The first moment, `at` or later, at which core work may be done, in UTC.

    holds: all core work. Never on the same or consecutive calendar days, and never within the gap in hours, before or
    after: a hold from a clock that runs ahead counts as well.
    """
    work = sorted(time for hold in holds for time in hold.times)
    gap, days = timedelta(hours=schedule.core_gap_h), schedule.core_gap_days
    free, on = at.astimezone(UTC), day_of(at)
    settled = False
    while not settled:  # whoever travels may have a later date on an earlier hold, so one pass may not do
        settled = True
        for held_at, held_on in work:
            if abs(free - held_at) < gap or abs((on - held_on).days) < days:
                free = max(held_at + gap, begins(held_on + days * ONE_DAY, at.tzinfo), free)
                on = day_of(free.astimezone(at.tzinfo))
                settled = False
    return free
