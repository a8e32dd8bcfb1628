"""One day's core work, with everything that was told of it: pain before, after and the morning after, effort, shape."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo

from lumbar.core.body import Side
from lumbar.core.plan.history import History
from lumbar.core.plan.told import Hold, PainReport
from lumbar.core.record import day_of
from lumbar.core.record.bodies import MORNINGS

_LATEST_DAYS = 4
"""No morning after is told later than this many local days, wherever somebody travels."""


@dataclass(frozen=True, slots=True)
class Bout:
    """A day's core work. Pain is 0-10, None where nothing was told.

    holds: those with anything held, by exercise. before: pain before it, lowest and highest; worst: during and after
    it; morning and words: the morning after. spread: pain moved further down the leg. named: the exercises that the
    pain was put down to, none for all; strained: those that the effort was. kept: whether the shape was kept, by
    exercise, as the person says. short: the short version of the day was done. hurt: the exercises that it was told of
    in them, or beside them, that they hurt. unslept: what was told of the morning after was told before any night.
    told: how long tests that no camera saw were held, in seconds, by exercise and side.
    """

    on: date
    last_at: datetime
    holds: Mapping[str, tuple[Hold, ...]]
    before: tuple[int, int] | None
    worst: int | None
    morning: int | None
    words: str | None
    spread: bool
    effort: int | None
    named: frozenset[str]
    kept: Mapping[str, str]
    short: bool
    told: Mapping[tuple[str, Side | None], int] = field(default_factory=dict)
    unslept: bool = False
    hurt: frozenset[str] = frozenset()
    strained: frozenset[str] = frozenset()

    @property
    def known_on(self) -> date:
        """Its day, or the one on which the record first heard of it: of the two the one that no slow clock puts too
        early."""
        holds = (hold for found in self.holds.values() for hold in found)
        recorded = (day_of(hold.fact.recorded_at.astimezone(hold.fact.at.tzinfo)) for hold in holds)
        return max(self.on, min(recorded, default=self.on))

    @property
    def answered(self) -> bool:
        """Whether the morning after was told, once it had come."""
        return not self.unslept and (self.morning is not None or self.words is not None)


def bout_on(on: date, history: History, core: Collection[str], answers_within: timedelta) -> Bout | None:
    """A day's core work; None for a day without. answers_within: for how long the morning after is an answer."""
    holds = _worked_on(on, history, core)
    if not holds:
        return None
    every = [hold for found in holds.values() for hold in found]
    sessions = {hold.session for hold in every}
    last_at = max(hold.at for hold in every)
    # Answers to a session that ends before the day begins anew may be of the next day.
    days = (on, on + timedelta(days=1))
    ours = [pain for pain in history.pains.on(on) if pain.session is None or pain.session in sessions]
    ours += [pain for pain in history.pains.on(days[1]) if pain.session in sessions]
    after = [pain for pain in ours if pain.when in ("after", "during")]
    mornings = _mornings(holds, history, core, answers_within)
    efforts = [effort for day in days for effort in history.efforts.on(day) if effort.session in sessions]
    return Bout(
        on=on,
        last_at=last_at,
        holds=holds,
        before=before_on(on, history),
        worst=_highest(pain.nprs for pain in after),
        morning=_highest(pain.nprs for pain in mornings),
        words=max((pain.words for pain in mornings if pain.words is not None), key=MORNINGS.index, default=None),
        spread=any(pain.further_down_leg for pain in (*after, *mornings)),
        effort=_highest(effort.effort for effort in efforts),
        named=frozenset().union(*(pain.exercises for pain in after)),
        kept=_kept(on, sessions, holds, history),
        short=any(started.session in sessions and started.length == "short" for started in history.started.on(on)),
        told={
            (held.exercise, held.side): held.held_s
            for held in (one for day in days for one in history.helds.on(day))
            if held.session in sessions
        },
        hurt=frozenset(name for name in holds if on in history.hurts.get(name, ())),
        strained=frozenset().union(*(effort.exercises for effort in efforts)),
        unslept=not any(overnight(last_at, on, pain.on, pain.fact.at.tzinfo) for pain in mornings),
    )


def overnight(held_at: datetime, held_on: date, on: date, zone: tzinfo | None) -> bool:
    """Whether a night lies between core work and a day: by the dates of both, or where the day is. A journey west over
    the date line leaves both on one date."""
    return on > held_on or day_of(held_at.astimezone(zone)) < on


def _kept(on: date, sessions: Collection[str], exercises: Iterable[str], history: History) -> dict[str, str]:
    """What the person says of the shape, by exercise. What was told of one exercise counts more than of all."""
    days = (on, on + timedelta(days=1))
    told = [shape for day in days for shape in history.shapes.on(day) if shape.session in sessions]
    of_all = {exercise: shape.kept for shape in told if shape.exercise is None for exercise in exercises}
    return of_all | {shape.exercise: shape.kept for shape in told if shape.exercise is not None}


def before_on(on: date, history: History) -> tuple[int, int] | None:
    """The lowest and the highest pain told on a day before exercise; else what a full screen says."""
    told = [pain.nprs for pain in history.pains.on(on) if pain.when == "before" and pain.nprs is not None]
    found = told or [screen.now for screen in history.screens.on(on) if screen.now is not None]
    return (min(found), max(found)) if found else None


def _worked_on(on: date, history: History, core: Iterable[str]) -> dict[str, tuple[Hold, ...]]:
    """The core work of a day, by exercise."""
    held = {exercise: tuple(hold for hold in history.of(exercise).on(on) if hold.worked) for exercise in core}
    return {exercise: found for exercise, found in held.items() if found}


def _mornings(
    holds: Mapping[str, Sequence[Hold]], history: History, core: Collection[str], within: timedelta
) -> list[PainReport]:
    """What was told on the mornings after. One that names no session is of the last core work before it, with a night
    in between; one that does is of that, so that nothing worse is ever lost."""
    every = [hold for held in holds.values() for hold in held]
    sessions, last_at, on = {hold.session for hold in every}, max(hold.at for hold in every), every[0].on
    found = []
    for days in range(_LATEST_DAYS + 1):
        later = on + timedelta(days=days)
        for pain in history.pains.on(later):
            if pain.when != "morning-after" or not timedelta() <= pain.at - last_at <= within:
                continue
            slept = overnight(last_at, on, later, pain.fact.at.tzinfo)
            unnamed = pain.session is None and slept and not _between(on, days, history, core)
            if pain.session in sessions or unnamed:
                found.append(pain)
    return found


def _between(on: date, days: int, history: History, core: Iterable[str]) -> bool:
    """Whether there was other core work in between, which an answer would belong to."""
    later = [on + timedelta(days=day) for day in range(1, days)]
    return any(hold.worked for exercise in core for day in later for hold in history.of(exercise).on(day))


def _highest(values: Iterable[int | None]) -> int | None:
    return max((value for value in values if value is not None), default=None)
