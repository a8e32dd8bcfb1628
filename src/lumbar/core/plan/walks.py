"""What was told of walking on a day: the usual walk, the walks, and the mornings after, each with the walk it is of.

A morning after is of the last walk before it, for as many hours as of core work. Hours are counted between instants,
and whether a night lies between is looked at where the morning is told, so that no journey loses or invents one.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import takewhile

from lumbar.core.plan.history import History
from lumbar.core.plan.told import PainReport, Walk
from lumbar.core.record import day_of


@dataclass(frozen=True, slots=True)
class Morning:
    """A morning after. walk: the one that it is of. overnight: a night lies between the two, as the teller has it."""

    pain: PainReport
    walk: Walk
    overnight: bool = True


@dataclass(frozen=True, slots=True)
class WalksTold:
    """What was told on a day. walked_week: that there were walks in the days before it. free_since: since when nothing
    that was answered keeps a walk from growing; None while something does. silent: the days before it on which nothing
    was told, as far as anything comes of them, each with the same."""

    usual: tuple[Walk, ...] = ()
    walks: tuple[Walk, ...] = ()
    mornings: tuple[Morning, ...] = ()
    walked_week: bool = False
    free_since: date | None = date.min
    silent: tuple[tuple[date, date | None], ...] = ()

    @property
    def minutes(self) -> int:
        """Minutes walked on the day, in all."""
        return sum(walk.minutes for walk in self.walks)


def walks_on(history: History, on: date) -> tuple[Walk, ...]:
    """The walks of a day, in their order. One that its device dates on a day to come did not happen yet."""
    return tuple(walk for walk in history.walks.on(on) if not walk.ahead)


def walks_told(
    history: History,
    on: date,
    within: timedelta,
    free_since: date | None,
    silent: tuple[tuple[date, date | None], ...] = (),
) -> WalksTold:
    """What a history tells of a day's walking. within: for how long a morning after is an answer. free_since, silent:
    see `WalksTold`."""
    pains = (pain for pain in history.pains.on(on) if pain.when == "morning-after")
    mornings = (morning_of(pain, history, within) for pain in pains)
    return WalksTold(
        usual=_usual_on(history, on),
        walks=walks_on(history, on),
        mornings=tuple(morning for morning in mornings if morning is not None),
        walked_week=any(answer.body.get("walked_minutes") for answer in history.outcomes.on(on)),
        free_since=free_since,
        silent=silent,
    )


def _usual_on(history: History, on: date) -> tuple[Walk, ...]:
    """The usual walks told on a day, in their order; with those that a morning after of the day comes after by the
    hours, though a journey west over the date line left them on a later date."""
    heard_at = max((pain.at for pain in history.pains.on(on) if pain.when == "morning-after"), default=None)
    before = () if heard_at is None else history.usual_walks.latest(heard_at)
    crossed = tuple(takewhile(lambda walk: walk.on > on, before))
    return (*history.usual_walks.on(on), *reversed(crossed))


def morning_of(pain: PainReport, history: History, within: timedelta) -> Morning | None:
    """A morning after beside its walk: the last one with a night in between, else the last; None without any."""
    zone = pain.fact.at.tzinfo
    last = None
    for walk in history.walks.latest(pain.at):
        if pain.at - walk.at > within:
            break
        if walk.ahead:
            continue
        if day_of(walk.at.astimezone(zone)) < pain.on:
            return Morning(pain, walk)
        last = last or walk
    return None if last is None else Morning(pain, last, overnight=False)


def waits_for_morning(walked_at: datetime, at: datetime, within: timedelta) -> bool:
    """Whether a morning after of a walk at `walked_at` may be told at `at`: a night lies between, and not too long."""
    night = day_of(walked_at.astimezone(at.tzinfo)) < day_of(at)
    return night and timedelta() <= at.astimezone(UTC) - walked_at <= within
