"""The numbers of desk posture, as `catalog/posture.toml` has them. None of them is validated; each names its source."""

from dataclasses import dataclass

from lumbar.core.errors import NotFound


@dataclass(frozen=True, slots=True)
class Gauge:
    """One measure that tells tall from slumped.

    difference or share: how far it may move from its value when tall, by its own unit or as a share of that value; one
    of the two. smallest_sd: no capture is taken to be steadier. alone: the limit stands even where the slump did not
    move the measure.
    """

    id: str
    smallest_sd: float
    alone: bool
    source: str
    difference: float | None = None
    share: float | None = None

    def limit(self, tall: float) -> float:
        """How far it may move from its value when tall; negative where slumping lowers it."""
        return self.difference if self.difference is not None else tall * ((self.share or 1.0) - 1.0)


@dataclass(frozen=True, slots=True)
class CalibrationSettings:
    """How a baseline is taken. capture_s: of each pose, after get_ready_s; captures_hz: pictures a second meanwhile.
    separation_sd: tall and slump must lie so many spreads apart. least_frames: that could be read, of each pose.
    stale_days: then it is offered anew."""

    capture_s: float
    get_ready_s: float
    captures_hz: float
    separation_sd: float
    least_frames: int
    stale_days: int
    source: str


@dataclass(frozen=True, slots=True)
class ReadingSettings:
    """When a moment can be judged, and what is tall.

    min_visibility: a point seen less surely is missing. tall_share: of the way from tall to the limit. turned_deg: the
    head against its direction when tall. place_ratio: how far the shoulders may be from their place, in their own size.
    smallest_scale, largest_scale: of the size when tall. build_ratio: by which share the shoulders may differ against
    the face. side_from_deg: the head turned so far when tall tells a camera at the side.
    """

    min_visibility: float
    tall_share: float
    turned_deg: float
    place_ratio: float
    smallest_scale: float
    largest_scale: float
    build_ratio: float
    side_from_deg: float
    source: str


@dataclass(frozen=True, slots=True)
class WatchSettings:
    """How moments become drift, stillness and absence. Seconds, unless a name says otherwise.

    smoothing_s: time constant of the average. max_gap_s: between two frames, to count as seen. window_s: of which
    drift_share must lie beyond the limit and judged_share must have been judged. leave_share: of the way to the limit;
    drift ends after leave_after_s within it. away_s: nobody there for
    so long is an absence. moved_ratio, moved_s: the size is off by such a share for so long. shift_ratio, shift_s: the
    shoulders are so many sizes from where they were for so long.
    """

    smoothing_s: float
    max_gap_s: float
    window_s: float
    drift_share: float
    judged_share: float
    leave_share: float
    leave_after_s: float
    away_s: float
    moved_ratio: float
    moved_s: float
    shift_ratio: float
    shift_s: float
    source: str


@dataclass(frozen=True, slots=True)
class NudgeSettings:
    """When something may be said. Minutes, unless a name says otherwise; hours are those of the local clock.

    interval_min: without a real change of position, chosen between the shortest and the longest. drift_min: of
    drift, until something is said. gap_min: between two
    nudges. answer_min: a nudge without an answer for so long was ignored; after `patience` of them in a row the
    interval is multiplied by `doubling` for the day. quiet_from_h to quiet_to_h is silent; the same hour twice is none.
    """

    interval_min: int
    drift_min: int
    shortest_interval_min: int
    longest_interval_min: int
    gap_min: int
    an_hour: int
    a_day: int
    answer_min: int
    patience: int
    doubling: int
    snooze_min: int
    quiet_from_h: int
    quiet_to_h: int
    source: str


@dataclass(frozen=True, slots=True)
class BreakSettings:
    """A guided break of about a minute: up, a few steps, or one of the stretches when it is due."""

    stand_s: int
    walk_s: int
    stretches: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class LiveSettings:
    """What a running watch does between the pictures. Seconds, unless a name says otherwise.

    signals_s: between two looks at what the platform tells; plan_s: at the plan; record_s: between two entries in the
    record; look_again_s: while nobody is there, and the camera is off. asleep_s: without a camera, a longer silence
    is an absence. dark_share: of full light, on average.
    """

    signals_s: float
    plan_s: float
    record_s: float
    look_again_s: float
    asleep_s: float
    dark_share: float
    source: str


@dataclass(frozen=True, slots=True)
class PictureSettings:
    """How the day's picture and the weeks are told.

    worth_telling_s: a shorter time is told in no share. shades: changes of position in a day, from which its square is
    one shade stronger.
    """

    worth_telling_s: float
    shades: tuple[int, ...]
    source: str


@dataclass(frozen=True, slots=True)
class RemindSettings:
    """When the programme is reminded of, on the local clock: the stretches, or once more in the evening where nothing
    was done, again_h after the first at the soonest; and a day of core work. calendar_days: as far as the calendar
    looks; the minutes that an entry takes."""

    stretches_h: int
    evening_h: int
    again_h: int
    strength_h: int
    calendar_days: int
    stretches_min: int
    strength_min: int
    source: str


@dataclass(frozen=True, slots=True)
class PostureSettings:
    """All of them."""

    gauges: tuple[Gauge, ...]
    calibration: CalibrationSettings
    reading: ReadingSettings
    watch: WatchSettings
    nudges: NudgeSettings
    pause: BreakSettings
    live: LiveSettings
    picture: PictureSettings
    reminders: RemindSettings
    source: str

    def gauge(self, measure: str) -> Gauge:
        """The gauge of a measure. Raises NotFound."""
        for gauge in self.gauges:
            if gauge.id == measure:
                return gauge
        raise NotFound("error.no-measure", measure=measure)
