"""A recording as if it were live: each moment's own reading, and what would have been said.

A recording knows no wall clock, no calls and no plan. It is played at noon, without quiet hours and with every signal
unknown, so that what is said depends on nothing but how somebody sat.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from lumbar.core.body import Frame
from lumbar.core.posture.baseline import Baseline
from lumbar.core.posture.nudge import Choice, Moment, Nudge, Quiet, step
from lumbar.core.posture.reading import Reading
from lumbar.core.posture.settings import PostureSettings
from lumbar.core.posture.watch import Watch

_NOON = datetime(2000, 1, 1, 12, tzinfo=UTC)
_ROUNDING_S = 1e-6


@dataclass(frozen=True, slots=True)
class Told:
    """A nudge in a recording."""

    t_s: float
    nudge: Nudge


class Pace:
    """Which moments to look at: the first one of each step of 1 / rate seconds. Asked in order."""

    __slots__ = ("_next", "_rate")

    def __init__(self, rate: float) -> None:
        self._rate = rate
        self._next = -math.inf

    def __call__(self, t_s: float) -> bool:
        """Whether this moment is the first of its step."""
        number = math.floor((t_s + _ROUNDING_S) * self._rate)
        if number < self._next:
            return False
        self._next = number + 1
        return True


def replay(frames: Iterable[Frame], baseline: Baseline, settings: PostureSettings) -> Iterator[Reading | Told]:
    """The reading of each frame, and every nudge after the reading at which it is said. Raises BadFrame."""
    watch, quiet = Watch(baseline, settings), Quiet()
    choice = Choice(settings.nudges.interval_min, 0, 0)
    for frame in frames:
        watch.feed(frame)
        assert watch.reading is not None
        yield watch.reading
        went = step(quiet, moment_of(watch, _NOON + timedelta(seconds=frame.t_s)), choice, settings.nudges)
        quiet = went.state
        if went.nudge is not None:
            yield Told(frame.t_s, went.nudge)


def moment_of(watch: Watch, at: datetime) -> Moment:
    """Where a watch stands, as the machine of nudges asks for it; what the platform tells comes on top."""
    seen = watch.seen
    doubt = None if watch.reading is None else watch.reading.doubt
    return Moment(at, seen.present, seen.still_s, seen.spell, seen.drift_s, seen.drift, doubt=doubt)
