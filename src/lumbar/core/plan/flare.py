"""A flare-up, from the word that it is there to the pain being as usual again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lumbar.core.changing import replace
from lumbar.core.plan.rules import Listening


@dataclass(frozen=True, slots=True)
class FlareUp:
    """A flare-up that is not over. calm_pain: the most pain that ends it; calm_at: the first of those readings."""

    began: date
    told_at: datetime
    calm_pain: int
    calm_at: datetime | None = None

    def heard(self, readings: Sequence[tuple[datetime, int]], listening: Listening) -> "FlareUp | None":
        """With the pain that was told since, each reading with its moment, in order. None once it is over: the pain
        as usual, told twice, far enough apart."""
        flare, rules = self, listening.flares
        for at, nprs in readings:
            if at <= flare.told_at:
                continue
            if nprs > self.calm_pain:
                flare = replace(flare, calm_at=None)
            elif flare.calm_at is None:
                flare = replace(flare, calm_at=at)
            elif at - flare.calm_at >= timedelta(hours=rules.apart_h):
                return None
        return flare

    def told_again(self, at: datetime) -> "FlareUp":
        """A second word only renews the wait."""
        return replace(self, told_at=at, calm_at=None)
