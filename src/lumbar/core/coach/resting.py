"""A person's own reading at rest: heads, and the models that read them, are not the same on both sides."""

from lumbar.core.body import Side
from lumbar.core.check import Rest
from lumbar.core.measure import read
from lumbar.core.seen import Seen


class Resting:
    """Watches one measure until a person has been at rest for long enough, or holds; `own` is what was found by then.

    While it is still watched, a reading that may be one at rest is taken for one: nothing is credited on a guess.
    """

    __slots__ = ("_known", "_rest", "_seconds", "_sum", "own")

    def __init__(self, rest: Rest) -> None:
        self._rest = rest
        self._seconds = self._sum = 0.0
        self._known = False
        self.own: dict[str, float] = {}

    def watch(self, seen: Seen, passed_s: float, *, holds: bool) -> None:
        """A frame, and the seconds since the one before. holds: whether they are in a hold by now."""
        self._known = self._known or holds or self._seconds >= self._rest.over_s
        value = None if self._known else read(seen, self._rest.measure, Side.LEFT)
        if value is None:
            return
        if not self._rest.within.holds(value):
            self.own = {} if not self._seconds else self.own
            return
        self._seconds += passed_s
        self._sum += value * passed_s
        self.own = {self._rest.measure: self._sum / self._seconds if self._seconds else value}
