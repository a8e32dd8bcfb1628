"""A person's own reading at rest: heads, and the models that read them, are not the same on both sides."""

from lumbar.core.body import Side
from lumbar.core.check import Rest
from lumbar.core.judge import Own
from lumbar.core.measure import read
from lumbar.core.seen import Seen


class Resting:
    """Watches one measure until a person has been at rest for long enough, or has held well.

    While it is still watched, a reading that may be one at rest is taken for one: nothing is credited on a guess. A
    rest that is read as a stretch of one side raises what that side must come to, by so much at most; that it is read
    as the opposite on the other side gives nothing away there.

    own: what it takes off the readings.
    """

    __slots__ = ("_known", "_rest", "_seconds", "_sum", "own")

    def __init__(self, rest: Rest) -> None:
        self._rest = rest
        self._seconds = self._sum = 0.0
        self._known = False
        self.own: Own = {}

    def watch(self, seen: Seen, passed_s: float, *, held: bool) -> None:
        """A frame that can be judged, and the seconds since the one before. held: whether anything was held well."""
        self._known = self._known or held or self._seconds >= self._rest.over_s
        value = None if self._known else read(seen, self._rest.measure, Side.LEFT)
        if value is None:
            return
        if not self._rest.within.holds(value):
            self.own = self.own if self._seconds else {}
            return
        self._seconds += passed_s
        self._sum += value * passed_s
        mean = self._sum / self._seconds if self._seconds else value
        most = self._rest.most
        self.own = {
            (self._rest.measure, Side.LEFT): min(max(mean, 0.0), most),
            (self._rest.measure, Side.RIGHT): min(max(-mean, 0.0), most),
        }
