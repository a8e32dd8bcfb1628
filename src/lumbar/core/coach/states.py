"""The phases of a hold, as a table.

A person gets into position, holds, slips, mends it, gets out, and sometimes the camera cannot see. The coach must be
generous where a body wobbles and strict where seconds count, so *being in a hold* and *earning from it* are two things:

- Nothing is earned while ENTERING. Half a second in position, with or without a fault, makes it a hold.
- Only HOLDING earns. The first frame that is not well held ends the earning at once.
- A short slip keeps the hold: SLIPPING has a grace. Mended within it, the hold goes on and nothing is told of it.
- When the grace has passed, the hold is over. A person who is still in the posture but not well is STRAYED: mending it
  begins a new hold without another entry, because they never left. One who left is AWAY and enters anew.
- What cannot be judged is neither good nor bad. It earns nothing, it stops the clock of an entry, it uses up the
  grace, and when it lasts the coach says so (LOST) and faults nothing.
- A fault on the way into the hold is part of the way: nothing is told of it until the person has held well once, or has
  been in position for a while without managing to.
- DONE is silent and final.

Each frame is one Look. Three more inputs come from time alone: the entry has passed, the grace has passed, and nothing
was judged for too long. A pair that is not in the table changes nothing.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Phase(StrEnum):
    """Where the coach stands."""

    AWAY = "away"
    ENTERING = "entering"
    HOLDING = "holding"
    SLIPPING = "slipping"
    STRAYED = "strayed"
    LOST = "lost"
    DONE = "done"


class Look(StrEnum):
    """What can happen to it: what a frame shows, or what time has done."""

    WELL = "well"
    FAULTY = "faulty"
    ELSEWHERE = "elsewhere"
    UNSEEN = "unseen"
    ENTRY_PASSED = "entry-passed"
    GRACE_PASSED_IN_POSITION = "grace-passed-in-position"
    GRACE_PASSED_ELSEWHERE = "grace-passed-elsewhere"
    UNSEEN_TOO_LONG = "unseen-too-long"
    TARGET_REACHED = "target-reached"


TRANSITIONS: Mapping[tuple[Phase, Look], Phase] = MappingProxyType(
    {
        (Phase.AWAY, Look.WELL): Phase.ENTERING,
        (Phase.AWAY, Look.FAULTY): Phase.ENTERING,
        (Phase.AWAY, Look.UNSEEN_TOO_LONG): Phase.LOST,
        (Phase.ENTERING, Look.ELSEWHERE): Phase.AWAY,
        (Phase.ENTERING, Look.GRACE_PASSED_ELSEWHERE): Phase.AWAY,
        (Phase.ENTERING, Look.ENTRY_PASSED): Phase.HOLDING,
        (Phase.HOLDING, Look.FAULTY): Phase.SLIPPING,
        (Phase.HOLDING, Look.ELSEWHERE): Phase.SLIPPING,
        (Phase.HOLDING, Look.UNSEEN): Phase.SLIPPING,
        (Phase.HOLDING, Look.TARGET_REACHED): Phase.DONE,
        (Phase.SLIPPING, Look.WELL): Phase.HOLDING,
        (Phase.SLIPPING, Look.GRACE_PASSED_IN_POSITION): Phase.STRAYED,
        (Phase.SLIPPING, Look.GRACE_PASSED_ELSEWHERE): Phase.AWAY,
        (Phase.STRAYED, Look.WELL): Phase.HOLDING,
        (Phase.STRAYED, Look.ELSEWHERE): Phase.SLIPPING,
        (Phase.STRAYED, Look.UNSEEN): Phase.SLIPPING,
        (Phase.LOST, Look.WELL): Phase.ENTERING,
        (Phase.LOST, Look.FAULTY): Phase.ENTERING,
        (Phase.LOST, Look.ELSEWHERE): Phase.AWAY,
    }
)
"""All the moves there are."""


def move(phase: Phase, look: Look) -> Phase:
    """The phase after an input; the same phase when the table has no such move."""
    return TRANSITIONS.get((phase, look), phase)
