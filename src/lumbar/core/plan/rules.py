"""The numbers by which the plan listens: how a dose begins, grows, shrinks and comes back. From a programme's file."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StartBand:
    """What a test hold of at least `from_s` begins with: a share of it, or holds of so many seconds in so many sets."""

    from_s: int
    share: float | None = None
    hold_s: int | None = None
    sets: int | None = None


@dataclass(frozen=True, slots=True)
class SetsBand:
    """So many sets of holds of at least `from_s`."""

    from_s: int
    sets: int


@dataclass(frozen=True, slots=True)
class Dosing:
    """How core work begins and grows.

    tests: the first hold of so many sessions is a test, up to pain of `test_pain` before it; test_weeks: and of these
    weeks. first_share: the rest of the first session, as a share of its test. test_effort: of 10, the most of a test
    that leads to more; test_least_s: a first try that ends before it is no measure;
    test_easier_s: after a shorter one the next easier rung is tested. start: doses by the better test, the longest
    first. floor_hold_s and floor_sets: the least of every dose. round_s: doses are whole multiples of it. step_s,
    step_after: a step up after so many counting sessions, from session `from_session` on. cap_s, cap_days,
    cap_back_days: in any `cap_days` a hold rises no more than `cap_s` above the best green hold of `cap_back_days`
    before. up_hold_s, up_sets, up_after: so much, so often, opens the next rung; next_hold_s, next_sets: there.
    gives_out_s: a first hold on a new rung that is shorter leads back. effort: the most of a session that counts;
    shape_share: of the measured time, the least without a standing fault.
    """

    tests: int
    test_pain: int
    test_weeks: tuple[int, ...]
    first_share: float
    test_effort: int
    test_least_s: int
    test_easier_s: int
    start: tuple[StartBand, ...]
    sets: tuple[SetsBand, ...]
    floor_hold_s: int
    floor_sets: int
    round_s: int
    step_s: int
    step_after: int
    from_session: int
    cap_s: int
    cap_days: int
    cap_back_days: int
    up_hold_s: int
    up_sets: int
    up_after: int
    next_hold_s: int
    next_sets: int
    gives_out_s: int
    effort: int
    shape_share: float
    source: str

    def mistakes(self) -> Iterable[str]:
        """What these numbers would not hold together by."""
        if [band.from_s for band in self.start] != sorted((band.from_s for band in self.start), reverse=True):
            yield "dosing: start must go from the longest test to the shortest"
        if not self.start or self.start[-1].from_s != 0:
            yield "dosing: start must end with the band from 0 s"
        if not self.sets or self.sets[-1].from_s != 0:
            yield "dosing: sets must end with the band from 0 s"
        if any((band.share is None) == (band.hold_s is None or band.sets is None) for band in self.start):
            yield "dosing: each band of start has a share, or hold_s and sets"
        if min(self.round_s, self.step_s, self.step_after, self.floor_hold_s, self.floor_sets, self.up_after) <= 0:
            yield "dosing: steps and floors must be positive"


@dataclass(frozen=True, slots=True)
class Threshold:
    """Pain of at least `at` (0-10), or a rise of at least `rise` to at least `rise_to`."""

    rise: int
    rise_to: int
    at: int | None = None


@dataclass(frozen=True, slots=True)
class Reactions:
    """What pain makes of a session and of the next dose.

    red and amber: pain during and after against the pain before; red_morning and amber_morning: the same for the
    number told the morning after. amber_before: pain before that alone means to stay; amber_above_usual: or this much
    above the usual, the median of the last `usual_of` pains before. red_share: what is left of the dose after red.
    ambers, amber_days: so many within so many days lose a set, or leave `amber_share` of the hold. reds, red_days: so
    many within so many days ask for a review, until `review_after_greens` green sessions in a row. high_before,
    high_sessions: pain before of this much in so many sessions running asks for one; no_go_days: so many days running
    without core work for pain do. back: the steps of the ways back, by what the way begins with.
    """

    red: Threshold
    red_morning: Threshold
    amber: Threshold
    amber_morning: Threshold
    amber_before: int
    amber_above_usual: int
    usual_of: int
    red_share: float
    ambers: int
    amber_days: int
    amber_share: float
    reds: int
    red_days: int
    review_after_greens: int
    high_before: int
    high_sessions: int
    no_go_days: int
    red_back: tuple[float, ...]
    source: str


@dataclass(frozen=True, slots=True)
class GapBand:
    """From so many days without core work: whether the session counts, and the shares of the dose that lead back."""

    from_days: int
    shares: tuple[float, ...] = ()
    counts: bool = False
    anew: bool = False


@dataclass(frozen=True, slots=True)
class Gaps:
    """What days without core work make of the next dose."""

    bands: tuple[GapBand, ...]
    source: str

    def band(self, days: int) -> GapBand | None:
        """The band of a gap, the longest that it comes to; None for one that changes nothing."""
        found = None
        for band in self.bands:  # asked for several times a day, and nearly always of none
            if days >= band.from_days and (found is None or band.from_days > found.from_days):
                found = band
        return found


@dataclass(frozen=True, slots=True)
class Flares:
    """A flare-up: the shares of the dose in it and after it; over at the usual pain plus `above_usual`, or at
    `calm_unknown` where the usual one is not known, told twice at least `apart_h` apart, and by a review that saw it.
    review_days: without an end for so long, or `often` of them within `often_days`, asks for a review.
    """

    shares: tuple[float, ...]
    above_usual: int
    calm_unknown: int
    apart_h: float
    review_days: int
    often: int
    often_days: int
    source: str

    def calm_pain(self, usual: int | None) -> int:
        """The most pain before exercise, 0-10, that reads as usual again. usual: as it was before the flare-up."""
        return self.calm_unknown if usual is None else usual + self.above_usual


@dataclass(frozen=True, slots=True)
class Hurts:
    """A stretch that hurt within the last `days`: `easier_at` times, its easier rung; `removed_at` times, none until it
    is reviewed. One whose first rung is not yet the brief's form goes on to it after so many comfortable days."""

    days: int
    easier_at: int
    removed_at: int
    comfortable_days: int
    source: str


@dataclass(frozen=True, slots=True)
class Loading:
    """When a weight may be added to core work that has come to its target, and how it grows.

    counting, over_days: so many sessions in a row that counted there, over so many days; shape_share: in one of them
    the camera saw no standing fault for this share of the time. weeks: in the plan. review_days: for how long an
    expert's word about loads holds. hold_s, sets, step_s, step_after: where each weight begins, and how its hold grows
    to the target. fault_share: more of a loaded session than this with a standing fault, or a red one, takes the weight
    away for `rest_sessions`. lighter_week: every so manieth week is one of `lighter_share` of the hold.
    """

    counting: int
    over_days: int
    shape_share: float
    weeks: int
    review_days: int
    hold_s: int
    sets: int
    step_s: int
    step_after: int
    fault_share: float
    rest_sessions: int
    lighter_week: int
    lighter_share: float
    source: str


@dataclass(frozen=True, slots=True)
class Weekly:
    """The week's pain against that of the week before, and outcomes against their first answers.

    rise: up by so much takes a set away, or leaves `share` of the hold, and nothing grows for `stay_days`. rising,
    rising_weeks: up by at least so much so many weeks running asks for a review. apart_days, within_days: how far the
    week before may lie back. worse_times: worse by as much as matters so many times, at least `apart_days` apart, asks
    for a review as well; so does nothing better by as much as matters after `gain_weeks`, give or take
    `gain_early_days`.
    """

    rise: int
    share: float
    stay_days: int
    rising: int
    rising_weeks: int
    apart_days: int
    within_days: int
    worse_times: int
    gain_weeks: int
    gain_early_days: int
    source: str

    def mistakes(self) -> Iterable[str]:
        """What these numbers would not hold together by."""
        if min(self.rise, self.rising, self.rising_weeks, self.worse_times, self.stay_days) < 1:
            yield "weekly: its numbers must be positive"
        if not 0 < self.apart_days <= self.within_days:
            yield "weekly: apart_days must be positive and no more than within_days"
        if not 0 < self.share < 1:
            yield "weekly: share must lie between 0 and 1"


@dataclass(frozen=True, slots=True)
class Walking:
    """How walking begins and grows. Minutes of a day's walk, in one bout or split.

    It begins with the usual comfortable walk, on `days_per_week` of any `week_days`, and works up to `goal_min`.
    step_min: so much more after `grow_after_days` in which it was walked on `days_to_grow` days and no morning after
    was worse. floor_min: the least of every walk; round_min: walks are whole multiples of it.
    """

    days_per_week: int
    week_days: int
    goal_min: int
    step_min: int
    grow_after_days: int
    days_to_grow: int
    floor_min: int
    round_min: int
    source: str
    goal_source: str

    def mistakes(self) -> Iterable[str]:
        """What these numbers would not hold together by."""
        if min(self.step_min, self.floor_min, self.round_min, self.grow_after_days, self.days_to_grow) < 1:
            yield "walking: its numbers must be positive"
        if not self.days_to_grow <= self.days_per_week <= self.week_days:
            yield "walking: days_to_grow must be no more than days_per_week, and that no more than 7"
        if self.floor_min > self.goal_min or any(n % self.round_min for n in (self.floor_min, self.goal_min)):
            yield "walking: floor_min and goal_min must be multiples of round_min, the floor no more than the goal"


@dataclass(frozen=True, slots=True)
class Listening:
    """All of it."""

    dosing: Dosing
    reactions: Reactions
    gaps: Gaps
    flares: Flares
    hurts: Hurts
    loading: Loading
    weekly: Weekly
    walking: Walking
