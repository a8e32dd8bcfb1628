"""Watches somebody at a desk: feed it frames, one or two a second, and drain what has happened.

Time is the frames' own. A gap longer than the settings' is not counted as anything: nothing was seen of it. What is
told here is what happened; whether anything is *said* about it is decided in `nudge`.
"""

from dataclasses import dataclass

from lumbar.core.body import Frame
from lumbar.core.coach.smoothing import Smoother
from lumbar.core.errors import BadFrame
from lumbar.core.posture.baseline import Baseline
from lumbar.core.posture.drift import Drift, DriftBegan, DriftEnded
from lumbar.core.posture.reading import Doubt, Reading, State, read
from lumbar.core.posture.settings import PostureSettings
from lumbar.core.posture.still import Left, PositionChanged, Returned, Stillness


@dataclass(frozen=True, slots=True)
class CameraMoved:
    """The person's size has been another for so long that the camera or the chair must have been moved: nothing is
    judged until it is as before, or a new baseline is taken."""

    t_s: float


@dataclass(frozen=True, slots=True)
class CameraBack:
    """The size is as it was."""

    t_s: float


Event = Left | Returned | PositionChanged | DriftBegan | DriftEnded | CameraMoved | CameraBack


@dataclass(frozen=True, slots=True)
class Seen:
    """Where the watch stands, and all seconds so far by how they were judged.

    unjudged_s: somebody was there. away_s: nobody was. still_s, spell: the present spell and its number. drift_s and
    drift: the present drift, 0 without one, and its number. changes: of position that were seen, absences among them.
    """

    t_s: float
    present: bool
    still_s: float
    spell: int
    drift_s: float
    drift: int
    tall_s: float
    usual_s: float
    slumped_s: float
    unjudged_s: float
    away_s: float
    changes: int
    longest_still_s: float


class Watch:
    """One profile's watch. It keeps no frame; after a break of the camera it goes on with what comes next."""

    def __init__(self, baseline: Baseline, settings: PostureSettings, *, blind: bool = False) -> None:
        """blind: by the clock alone, without a camera."""
        self._baseline = baseline
        self._settings = settings
        watch = settings.watch
        self._smoother = Smoother(watch.smoothing_s, watch.max_gap_s)
        self._still = Stillness(baseline, watch, blind=blind)
        self._drift = Drift(watch)
        self._last_s: float | None = None
        self._off_since_s: float | None = None
        self._moved = False
        self._spent = dict.fromkeys(State, 0.0)
        self._away_s = 0.0
        self._changes = 0
        self._longest_s = 0.0
        self.reading: Reading | None = None

    def feed(self, frame: Frame, *, dark: bool = False) -> list[Event]:
        """What a frame changes, in order. dark: too little light to tell anything, not even whether somebody is there.

        Raises BadFrame when its time does not advance.
        """
        last_s = self._last_s
        if last_s is not None and not frame.t_s > last_s:
            raise BadFrame("error.frame-time", t_s=str(frame.t_s), last_s=str(last_s))
        self._last_s = frame.t_s
        gap_s = 0.0 if last_s is None else frame.t_s - last_s
        reading = read(frame, self._baseline, self._settings.reading)
        if dark:
            reading = _doubted(reading, Doubt.DARK)
        told: list[Event] = list(self._still.feed(reading, gap_s))
        told += self._camera(reading)
        if self._moved and reading.doubt is None:
            reading = _doubted(reading, Doubt.MOVED)
        self.reading = reading
        watch = self._settings.watch
        passed_s = gap_s if gap_s <= watch.max_gap_s and gap_s < watch.away_s else 0.0  # none of an absence
        self._count(reading, passed_s)
        smoothed = self._smoother.feed(frame.t_s, {"position": reading.position})["position"]
        if any(isinstance(event, Left) for event in told):
            told += self._drift.clear(frame.t_s)
        told += self._drift.feed(frame.t_s, passed_s, smoothed)
        self._note(told)
        return told

    def moved(self, *, counts: bool = True) -> list[Event]:
        """They say that they changed their position, or took a break: a new spell begins with the next frame.

        counts: as a change that this watch saw by itself; False for one that was told, and is kept as that, and where
        nobody can know whether they moved.
        """
        if self._last_s is None:
            return []
        told: list[Event] = [*self._still.moved(self._last_s)]
        if told:
            told += self._drift.clear(self._last_s)
        self._note(told, counts=counts)
        return told

    @property
    def seen(self) -> Seen:
        """Where it stands now."""
        still, drift = self._still, self._drift
        return Seen(
            t_s=0.0 if self._last_s is None else self._last_s,
            present=still.present,
            still_s=still.still_s,
            spell=still.number,
            drift_s=drift.drift_s or 0.0,
            drift=drift.number,
            tall_s=self._spent[State.TALL],
            usual_s=self._spent[State.USUAL],
            slumped_s=self._spent[State.SLUMPED],
            unjudged_s=self._spent[State.CANNOT_JUDGE],
            away_s=self._away_s,
            changes=self._changes,
            longest_still_s=max(self._longest_s, still.still_s),
        )

    def _camera(self, reading: Reading) -> list[Event]:
        """Whether the size has been off for long. A head turned away tells nothing about it."""
        settings = self._settings.watch
        if reading.scale is None or reading.doubt is Doubt.TURNED_AWAY:
            return []
        off = abs(reading.scale - 1.0) > settings.moved_ratio
        if off == self._moved:
            self._off_since_s = None
            return []
        self._off_since_s = reading.t_s if self._off_since_s is None else self._off_since_s
        if reading.t_s - self._off_since_s < settings.moved_s:
            return []
        self._moved, self._off_since_s = off, None
        return [CameraMoved(reading.t_s) if off else CameraBack(reading.t_s)]

    def _count(self, reading: Reading, passed_s: float) -> None:
        if self._still.present:
            self._spent[reading.state] += passed_s
        else:
            self._away_s += passed_s

    def _note(self, told: list[Event], *, counts: bool = True) -> None:
        for event in told:
            if isinstance(event, Left | PositionChanged):
                self._changes += counts
                self._longest_s = max(self._longest_s, event.still_s)


def _doubted(reading: Reading, doubt: Doubt) -> Reading:
    return Reading(reading.t_s, State.CANNOT_JUDGE, None, doubt, reading.sight, reading.scale)
