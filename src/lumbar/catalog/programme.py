"""Reads a programme: file in, core's value out, all mistakes at once."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from lumbar.catalog.fields import mistakes
from lumbar.catalog.instruments import load_outcomes
from lumbar.catalog.load import HERE, Catalogue, read_toml
from lumbar.core.errors import BadCatalog, NotFound
from lumbar.core.plan import programme as core
from lumbar.core.plan import rules
from lumbar.core.safety import Form


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ScheduleFile(_File):
    """[schedule]."""

    core_gap_h: float
    core_gap_days: int
    morning_after_h: float
    sitting_h: float
    source: str


class StartDoseFile(_File):
    """[start_dose]."""

    hold_s: int
    sets: int
    rest_s: int
    source: str


class StretchingFile(_File):
    """[stretching]."""

    hold_s: int | None = None
    source: str = "brief"


class PostureFile(_File):
    """[posture]."""

    cues: list[str]
    source: str

    def to_core(self) -> core.Posture:
        """Core's own value."""
        return core.Posture(tuple(self.cues), self.source)


class PainFile(_File):
    """[pain]."""

    no_core_from: int
    source: str


class TimingFile(_File):
    """[timing]."""

    sound_check_s: int
    warm_up_s: int
    change_s: int
    transfer_s: int
    announce_s: int
    announce_again_s: int
    get_ready_s: int
    wait_for_position_s: int
    switch_sides_s: int
    rest_between_sets_s: int
    together_up_to_s: int
    half_from_s: int
    last_five_from_s: int
    prompt_needs_s: int
    source: str


class PatienceFile(_File):
    """[patience]."""

    away_s: int
    faults_to_end: int
    stuck_s: int
    line_down_s: int
    source: str


class StartBandFile(_File):
    """One of dosing.start."""

    from_s: int
    share: float | None = None
    hold_s: int | None = None
    sets: int | None = None


class SetsBandFile(_File):
    """One of dosing.sets_by."""

    from_s: int
    sets: int


class DosingFile(_File):
    """[dosing]."""

    tests: int
    test_pain: int
    test_weeks: list[int]
    first_share: float
    test_effort: int
    test_easier_s: int
    start: list[StartBandFile]
    sets: list[SetsBandFile]
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

    def to_core(self) -> rules.Dosing:
        """Core's own value."""
        values = self.model_dump()
        values["start"] = tuple(rules.StartBand(**band) for band in values["start"])
        values["sets"] = tuple(rules.SetsBand(**band) for band in values["sets"])
        return rules.Dosing(**{**values, "test_weeks": tuple(self.test_weeks)})


class ThresholdFile(_File):
    """One of the thresholds of [reactions]."""

    at: int | None = None
    rise: int
    rise_to: int


class ReactionsFile(_File):
    """[reactions]."""

    red: ThresholdFile
    red_morning: ThresholdFile
    amber: ThresholdFile
    amber_morning: ThresholdFile
    amber_before: int
    amber_above_usual: int
    usual_of: int
    red_share: float
    red_back: list[float]
    ambers: int
    amber_days: int
    amber_share: float
    reds: int
    red_days: int
    review_after_greens: int
    high_before: int
    high_sessions: int
    no_go_days: int
    source: str

    def to_core(self) -> rules.Reactions:
        """Core's own value."""
        values = self.model_dump()
        for name in ("red", "red_morning", "amber", "amber_morning"):
            values[name] = rules.Threshold(**values[name])
        return rules.Reactions(**{**values, "red_back": tuple(self.red_back)})


class GapBandFile(_File):
    """One of gaps.bands."""

    from_days: int
    shares: list[float] = []
    counts: bool = False
    anew: bool = False


class GapsFile(_File):
    """[gaps]."""

    bands: list[GapBandFile]
    source: str

    def to_core(self) -> rules.Gaps:
        """Core's own value, the longest gap first."""
        bands = sorted(self.bands, key=lambda band: -band.from_days)
        return rules.Gaps(
            tuple(rules.GapBand(b.from_days, tuple(b.shares), b.counts, b.anew) for b in bands), self.source
        )


class FlaresFile(_File):
    """[flares]."""

    shares: list[float]
    above_usual: int
    apart_h: float
    review_days: int
    often: int
    often_days: int
    source: str

    def to_core(self) -> rules.Flares:
        """Core's own value."""
        return rules.Flares(**{**self.model_dump(), "shares": tuple(self.shares)})


class HurtsFile(_File):
    """[hurts]."""

    days: int
    easier_at: int
    removed_at: int
    comfortable_days: int
    source: str


class LoadingFile(_File):
    """[loading]."""

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


class ShortFile(_File):
    """[short]."""

    strength: list[str]
    other: list[str]
    hold_up_to_s: int
    together: int
    source: str

    def to_core(self) -> core.Short:
        """Core's own value."""
        return core.Short(tuple(self.strength), tuple(self.other), self.hold_up_to_s, self.together, self.source)


class ExpertFile(_File):
    """How long an expert's word holds, and what they are shown."""

    review_days: int
    answer_days: int
    kept_days: int
    reactions_days: int
    decisions: int
    source: str


class LimitFile(_File):
    """[[limits]]."""

    flag: str
    hold_s: int
    weeks: int
    effort: int | None = None
    load: bool = False
    source: str


class WeeklyFile(_File):
    """[weekly]."""

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


class ReviewsFile(_File):
    """[reviews]."""

    from_days: int
    until_days: int
    valid_days: int
    source: str


class WalkingFile(_File):
    """[walking]."""

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


class ProgrammeFile(_File):
    """The whole file."""

    id: str
    version: int
    source: str
    exercises: list[str]
    schedule: ScheduleFile
    start_dose: StartDoseFile
    posture: PostureFile
    pain: PainFile
    timing: TimingFile
    patience: PatienceFile
    dosing: DosingFile
    reactions: ReactionsFile
    gaps: GapsFile
    flares: FlaresFile
    hurts: HurtsFile
    loading: LoadingFile
    weekly: WeeklyFile
    walking: WalkingFile
    reviews: ReviewsFile
    short: ShortFile
    expert: ExpertFile
    limits: list[LimitFile] = []
    comforts: list[str] = []
    stretching: StretchingFile = StretchingFile()

    def to_core(self, catalogue: Catalogue, form: Form) -> core.Programme:
        """Core's own value. Raises BadCatalog with every mistake."""
        return core.Programme(
            id=self.id,
            version=self.version,
            source=self.source,
            catalogue=catalogue.hash,
            exercises={exercise: catalogue.exercise(exercise) for exercise in self.exercises},
            form=form,
            outcomes=load_outcomes(catalogue),
            schedule=core.Schedule(**self.schedule.model_dump()),
            start_dose=core.StartDose(**self.start_dose.model_dump()),
            stretching=core.Stretching(**self.stretching.model_dump()),
            posture=self.posture.to_core(),
            pain=core.Pain(**self.pain.model_dump()),
            timing=core.Timing(**self.timing.model_dump()),
            patience=core.Patience(**self.patience.model_dump()),
            listening=rules.Listening(
                dosing=self.dosing.to_core(),
                reactions=self.reactions.to_core(),
                gaps=self.gaps.to_core(),
                flares=self.flares.to_core(),
                hurts=rules.Hurts(**self.hurts.model_dump()),
                loading=rules.Loading(**self.loading.model_dump()),
                weekly=rules.Weekly(**self.weekly.model_dump()),
                walking=rules.Walking(**self.walking.model_dump()),
            ),
            short=self.short.to_core(),
            reviews=core.Reviews(**self.reviews.model_dump()),
            expert=core.Expert(**self.expert.model_dump()),
            comforts=frozenset(self.comforts),
            limits=tuple(core.Limit(**limit.model_dump()) for limit in self.limits),
        )


def load_programme(programme_id: str, catalogue: Catalogue, form: Form, *, extra: Path | None = None) -> core.Programme:
    """A programme by id; one of an own catalogue replaces ours of the same name.

    Raises NotFound, listing the ids there are, and BadCatalog naming the file and all its mistakes.
    """
    paths = _paths(extra)
    if programme_id not in paths:
        raise NotFound("error.no-programme", programme=programme_id, known=", ".join(sorted(paths)))
    path = paths[programme_id]
    try:
        file = ProgrammeFile.model_validate(read_toml(path))
    except ValidationError as error:
        raise BadCatalog(path.name, mistakes(error)) from error
    wrong = tuple(_unknown(file, path, catalogue))
    if wrong:
        raise BadCatalog(path.name, wrong)
    return file.to_core(catalogue, form)


def programme_tables(programme_id: str, *, extra: Path | None = None) -> dict[str, Any]:
    """A programme's file as it is, table by table. Raises NotFound."""
    paths = _paths(extra)
    if programme_id not in paths:
        raise NotFound("error.no-programme", programme=programme_id, known=", ".join(sorted(paths)))
    return read_toml(paths[programme_id])


def _paths(extra: Path | None) -> dict[str, Path]:
    roots = [HERE] + ([extra] if extra is not None and extra.is_dir() else [])
    return {path.stem: path for root in roots for path in sorted((root / "programmes").glob("*.toml"))}


def _unknown(file: ProgrammeFile, path: Path, catalogue: Catalogue) -> Iterable[str]:
    if file.id != path.stem:
        yield f"its id is {file.id} and must equal the file's name"
    yield from (f"exercises: there is no {e}" for e in file.exercises if e not in catalogue.exercises)
    short = dict.fromkeys([*file.short.strength, *file.short.other])
    yield from (f"short: there is no {e}" for e in short if e not in catalogue.exercises)
    if len(set(file.exercises)) != len(file.exercises):
        yield "exercises: one is there twice"
    places = {
        "source": file.source,
        "schedule": file.schedule.source,
        "start_dose": file.start_dose.source,
        "stretching": file.stretching.source,
        "posture": file.posture.source,
        "pain": file.pain.source,
        "timing": file.timing.source,
        "patience": file.patience.source,
        "dosing": file.dosing.source,
        "reactions": file.reactions.source,
        "gaps": file.gaps.source,
        "flares": file.flares.source,
        "hurts": file.hurts.source,
        "loading": file.loading.source,
        "short": file.short.source,
        "expert": file.expert.source,
        **{f"limits, {limit.flag}": limit.source for limit in file.limits},
        "weekly": file.weekly.source,
        "reviews": file.reviews.source,
        "walking": file.walking.source,
        "walking, goal": file.walking.goal_source,
    }
    yield from (f"{place}: no source {s} in sources.toml" for place, s in places.items() if s not in catalogue.sources)
