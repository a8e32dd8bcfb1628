"""The signs that a person gives with a hand, and what a frame must show to be one."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from lumbar.core.body import Side
from lumbar.core.check import Condition
from lumbar.core.measure import read
from lumbar.core.seen import Seen


class Sign(StrEnum):
    """A hand that is held up: on a straight arm, or on a bent elbow."""

    ARM = "arm"
    FOREARM = "forearm"


@dataclass(frozen=True, slots=True)
class Signs:
    """How signs are read. Seconds, unless a name says otherwise.

    after_s: held up, before it is taken for one. keep_s: held up on, before it says that it hurts. down_s: seen not to
    be held up, before it can be one. blink_s: lost or hidden for no longer, it goes on. needs: what a frame must show
    of one arm. usual: the signs of a place that is nowhere else named; of_position: those of a body's position. The
    first of them is the one that people are told.
    """

    after_s: float
    keep_s: float
    down_s: float
    blink_s: float
    needs: Mapping[Sign, tuple[Condition, ...]]
    usual: tuple[Sign, ...]
    of_position: Mapping[str, tuple[Sign, ...]]
    source: str

    def of(self, position: str) -> tuple[Sign, ...]:
        """The signs that count in a position."""
        return self.of_position.get(position, self.usual)

    def given(self, seen: Seen, wanted: tuple[Sign, ...]) -> bool | None:
        """Whether one of these signs is shown by either arm; None where neither arm can be read."""
        found = [self._shows(seen, side, sign) for sign in wanted for side in Side]
        known = [shown for shown in found if shown is not None]
        return any(known) if known else None

    def _shows(self, seen: Seen, side: Side, sign: Sign) -> bool | None:
        """One arm against one sign: no as soon as something speaks against it, unknown while nothing does."""
        unknown = False
        for need in self.needs[sign]:
            value = read(seen, need.measure, side)
            if value is None:
                unknown = True
            elif not need.within.holds(value):
                return False
        return None if unknown else True
