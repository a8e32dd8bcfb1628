"""The books of one watch: what it saw since its last entry in the record.

An entry tells for how long it looked, so that what two watches saw at one time can be counted once. So an absence
closes the books: no entry has one in its middle.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from lumbar.core.posture import Seen

_STATES = ("tall_s", "usual_s", "slumped_s", "unjudged_s")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a watch saw up to a moment.

    over_s: for so many seconds until then. spent: of them by state. longest_still_s: of the spells that stood or ended
    since the entry before. changed_ago_s: how long ago each change of position was, that the watch saw by itself.
    """

    at: datetime
    over_s: float
    spent: Mapping[str, float]
    longest_still_s: float
    changed_ago_s: tuple[float, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was seen."""
        return not any(round(spent_s, 1) for spent_s in self.spent.values()) and not self.changed_ago_s

    def body(self, profile: str) -> dict[str, Any]:
        """The fact's body. Of two entries that follow one another none reaches into the other: that is rounded down."""
        return {
            "profile": profile,
            "over_s": math.floor(10.0 * self.over_s) / 10.0,
            **{name: round(spent_s, 1) for name, spent_s in self.spent.items()},
            "longest_still_s": round(self.longest_still_s, 1),
            "position_changes": len(self.changed_ago_s),
            "changed_ago_s": [round(ago_s, 1) for ago_s in self.changed_ago_s],
        }


class Books:
    """Kept in memory between two entries."""

    def __init__(self) -> None:
        self._before: Seen | None = None
        self._since: datetime | None = None
        self._counted_s = 0.0
        self._changed: list[datetime] = []
        self._longest_s = 0.0

    def look(self, at: datetime, seen: Seen) -> None:
        """What is seen at a moment; the first look at somebody begins an entry.

        It reaches back over the seconds that this look counted: who moved was there between two looks as well.
        """
        before_s, self._counted_s = self._counted_s, math.fsum(getattr(seen, name) for name in _STATES)
        if seen.present and self._since is None:
            self._since = at.astimezone(UTC) - timedelta(seconds=self._counted_s - before_s)

    def spell(self, lasted_s: float) -> None:
        """A spell in one position that stands or is over."""
        self._longest_s = max(self._longest_s, lasted_s)

    def changed(self, at: datetime) -> None:
        """A change of position that was seen, and when it was."""
        self._changed.append(at.astimezone(UTC))

    def close(self, seen: Seen, at: datetime, *, gone: bool) -> Entry:
        """The entry up to a moment. gone: nobody is there any more.

        Then, and where nobody was there in any case, the next entry begins when somebody is.
        """
        ends = at.astimezone(UTC)  # an hour of the wall may come twice
        before, since = self._before, self._since or ends
        spent = {name: getattr(seen, name) - (getattr(before, name) if before else 0.0) for name in _STATES}
        ago_s = tuple(max(0.0, (ends - moment).total_seconds()) for moment in self._changed)
        entry = Entry(at, max(0.0, (ends - since).total_seconds()), spent, self._longest_s, ago_s)
        self._changed = []
        stays = seen.present and not gone
        self._before, self._since, self._longest_s = seen, ends if stays else None, 0.0
        return entry
