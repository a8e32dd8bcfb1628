"""A virtual person's walking with a whole record: every walk, and every word about one, is a fact."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from lumbar.core.plan.day import Day, WalkState
from lumbar.core.record.bodies import MORNINGS
from lumbar.core.simulate.house import Device, House
from lumbar.core.simulate.people import Chance, Person
from lumbar.core.simulate.walk_judge import WalkStory
from lumbar.core.simulate.walker import Morning, Walker
from lumbar.core.simulate.walks import Heard, WalkDay


@dataclass(slots=True)
class _Since:
    """What was told since a day was written down last."""

    usual_min: int | None = None
    flared_at: datetime | None = None
    usual_pain: int | None = None
    pain: tuple[datetime, int] | None = None
    reviewed: bool = False
    week_pain: int | None = None


class Strolls:
    """Carries one person's walks through their days, and writes them down."""

    def __init__(self, person: Person, chance: Chance, house: House, device: Device, story: WalkStory) -> None:
        self._walker, self._house, self._device, self._story = Walker(person, chance), house, device, story
        self._since = _Since()
        self._coming: list[tuple[datetime, Heard, bool]] = []
        self._last_at: datetime | None = None

    def goes_out(self) -> bool:
        """Whether they mean to walk today."""
        return self._walker.wakes()

    def flared(self, at: datetime, usual: int | None) -> None:
        """A flare-up was told. usual: the pain before it."""
        self._since.flared_at, self._since.usual_pain = at, usual

    def reviewed(self) -> None:
        """A review was recorded."""
        self._since.reviewed = True

    def pained(self, at: datetime, pain: int) -> None:
        """Pain before exercise was told."""
        self._since.pain = (at, pain)

    def told_week(self, pain: int) -> None:
        """The week's pain was told."""
        self._since.week_pain = pain

    def heard(self, at: datetime, words: str, late: timedelta) -> None:
        """A morning after of core work was told, which is one of the walk before it as well."""
        self._hears(Heard(at, MORNINGS.index(words)), late)

    def _hears(self, heard: Heard, late: timedelta = timedelta()) -> None:
        self._coming.append((heard.at.astimezone(UTC) + late, heard, bool(late)))

    def morning(self, at: datetime, felt: int, *, flaring: bool) -> Morning | None:
        """What they have to say of yesterday's walk."""
        last, self._last_at = self._last_at, None
        if last is None or last.astimezone(at.tzinfo).date() >= at.date():
            return None
        return self._walker.morning(felt, flaring=flaring)

    def tells(self, at: datetime, morning: Morning) -> None:
        """Says it of no session."""
        said: dict[str, Any] = {"words": morning.said, "nprs": morning.nprs, "further_down_leg": morning.spread}
        self._house.tell("pain-reported", at, self._device, when="morning-after", **said)
        self._hears(Heard(at, morning.words, morning.nprs, morning.spread))

    def tells_usual(self, day: Day, at: datetime) -> bool:
        """Says what is comfortable, where it is asked, and now and then unasked."""
        if day.walk is None or day.walk.state in (WalkState.CLOSED, WalkState.RESTS):
            return False
        if day.walk.state is not WalkState.ASK and not self._walker.tells_anew():
            return False
        self._since.usual_min = self._walker.usual_min()
        self._house.tell("usual-walk-told", at, self._device, minutes=self._since.usual_min)
        return True

    def walks(self, day: Day, at: datetime, *, ill: bool) -> None:
        """Writes down what was shown and told, and perhaps walks. ill: told today."""
        if day.walk is None or day.verdict is None:
            return
        state, minutes = day.walk.state.value, day.walk.minutes
        walked = () if state == "ask" else self._walker.walks(minutes or self._walker.usual_min(), state)
        moments = [at + timedelta(minutes=10 + number) for number in range(len(walked))]
        for when, one in zip(moments, walked, strict=True):
            self._house.tell("walk-done", when, self._device, minutes=one)
        self._last_at = moments[-1] if moments else self._last_at
        now, since = at.astimezone(UTC), self._since
        here = [one for one in self._coming if one[0] <= now]
        self._coming = [one for one in self._coming if one[0] > now]
        self._since = _Since()
        asks = frozenset(why.message.id.removeprefix("plan.book.") for why in day.book)
        self._story.days.append(
            WalkDay(
                at=at,
                on=day.on,
                state=state,
                minutes=minutes,
                outcome=day.verdict.outcome.value,
                ill=ill,
                asks_review="walk-reds" in asks,
                asks=asks,
                week_pain=since.week_pain,
                usual_min=since.usual_min,
                mornings=tuple(heard for _, heard, _ in here),
                flared_at=since.flared_at,
                usual_pain=since.usual_pain,
                pain=since.pain,
                reviewed=since.reviewed,
                late=any(late for _, _, late in here),
                walks=walked,
            )
        )
