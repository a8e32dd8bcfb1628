"""What goes out over HTTP, as the interface's description shows it.

Core and the use cases build it; a test holds what they build against these.
"""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class _Out(BaseModel):
    model_config = ConfigDict(extra="forbid")


class MessageOut(_Out):
    """A message to put into words: `GET /api/words/{language}` has them."""

    id: str
    params: dict[str, str | int | float]


class ProblemOut(_Out):
    """What went wrong: `detail` is one sentence for people."""

    type: str
    title: str
    status: int
    detail: str
    message: MessageOut


class HealthOut(_Out):
    """The server and its data can be reached."""

    status: Literal["ok"]
    version: str


class WordsOut(_Out):
    """All words of a language by message id. What is not under `spoken` is spoken as it is written. languages: every
    one that there are words in; decimal: the sign between whole and parts."""

    languages: list[str]
    language: str
    decimal: str
    written: dict[str, str]
    spoken: dict[str, str]


class ReasonOut(BaseModel):
    """A reason, and the id of the source that it rests on."""

    message: MessageOut
    source: str | None = None


class GoalOut(BaseModel):
    """What the programme works up to."""

    sets: int
    hold_s: float
    message: MessageOut


class ProposalOut(BaseModel):
    """A change that the plan would make, and that waits for an expert's word. kg: of a first weight."""

    kind: Literal["rung", "load", "exercise"]
    rung: str
    kg: float


class WaitsOut(BaseModel):
    """New forms, first weights and new exercises wait for an expert's word. by: who asked for it; null: the person."""

    since: date
    by: str | None
    profession: str | None


class ItemOut(BaseModel):
    """One exercise of a day."""

    exercise: str
    rung: str
    side_order: list[Literal["left", "right"] | None]
    sets: int
    hold_s: float
    repetitions: int
    goal: GoalOut
    state: Literal["due", "done", "later", "closed", "optional"]
    done_at: datetime | None
    not_before: datetime | None
    not_after: datetime | None
    reasons: list[ReasonOut]
    held: dict[str, float] | None
    proposal: ProposalOut | None


class StepOut(BaseModel):
    """One step of the programme on this day. cues: what to mind through the day."""

    step: str
    state: Literal["due", "done", "later", "closed", "not-today"]
    message: MessageOut
    minutes: float
    items: list[ItemOut]
    cues: list[ReasonOut]


class VerdictOut(BaseModel):
    """What the screening's answers come to."""

    outcome: Literal["pause", "wait", "start-gentle", "start"]
    card: Literal["em", "sd"] | None
    neck_only: bool
    modifications: list[str]
    reasons: list[dict[str, Any]]
    ways_back: list[dict[str, Any]]
    open: list[str]


class AnswerOut(_Out):
    """An answer that may be taken back: its fact, when it was told, and what it says."""

    fact: str
    on: date
    at: datetime
    message: MessageOut


class DueOut(_Out):
    """An outcome measure that may be answered now, the last day of its window, and the week that it is asked in."""

    instrument: str
    occasion: Literal["start", "weekly", "weeks", "later"]
    week: int
    until: date


class WalkOut(BaseModel):
    """The walk of a day: how long, how it stands, and why."""

    state: Literal["ask", "due", "done", "optional", "rests", "closed"]
    message: MessageOut
    minutes: int | None
    walked_min: int
    walks: list[dict[str, Any]]
    week_days: int
    over_days: int
    goal_min: int
    goal_days: int
    choices: list[int]
    reasons: list[ReasonOut]


class DayOut(BaseModel):
    """A day: what to do, how much, and why."""

    on: date
    at: datetime
    kind: Literal["strength", "stretch", "rest", "paused", "first-run"]
    title: MessageOut
    lead: MessageOut
    verdict: VerdictOut | None
    needs: list[str]
    minutes: float
    minutes_left: float
    short: dict[str, Any] | None
    reviewed: dict[str, Any] | None
    waits: WaitsOut | None
    book: list[ReasonOut]
    flare_since: date | None
    flare_told_today: list[str]
    outcomes: list[DueOut]
    walk: WalkOut | None
    steps: list[StepOut]
    next: dict[str, Any] | None


class DayAsShownOut(_Out):
    """A day up to now. shown: the doses that a session's beginning showed, as they were kept; same_rules: by the rules
    that are in force now."""

    day: DayOut
    shown: list[dict[str, Any]]
    same_rules: bool


class NumberOut(_Out):
    """A number of a rule. label: what it is called; says: it with its unit, or each of several."""

    name: str
    value: Any
    label: MessageOut
    says: list[MessageOut]


class RuleOut(_Out):
    """A rule behind a reason, `rule.<id>`, and its numbers: in one row, or in one for each case that it tells apart."""

    id: str
    numbers: list[list[NumberOut]]


class BecauseOut(_Out):
    """A reason, where it comes from, the rule that gives it with its numbers, and who has signed that off."""

    message: MessageOut
    source: dict[str, Any]
    rule: RuleOut | None
    signed_off: dict[str, str] | None


class WhyOut(_Out):
    """Why a dose is what it is, of an exercise or of the walk. looked and walks: the last days that it looked at, the
    latest first."""

    on: date
    item: ItemOut | None
    walk: WalkOut | None
    because: list[BecauseOut]
    looked: list[dict[str, Any]]
    walks: list[dict[str, Any]]


class MyselfOut(_Out):
    """What a person has said of themselves; null where nothing was said."""

    body_mass_kg: float | None
    birth_year: int | None
    helper: bool | None
    equipment: list[str] | None
    name: str | None
    goal: str | None
    comforts: list[str]
    body_mass_limits_kg: Annotated[list[float], Field(min_length=2, max_length=2)]


class RecordedOut(_Out):
    """Ids of facts that are new and of those known before, and the day as it is now."""

    accepted: list[str]
    duplicates: list[str]
    today: DayOut


class ScriptOut(BaseModel):
    """A session as data; `steps` are played in their order."""

    format: Literal["lumbar-session/1"]
    session: str
    on: date
    programme: str
    catalogue: str
    minutes: float
    steps: list[dict[str, Any]]


class LeaseOut(_Out):
    """The device that runs the session."""

    session: str
    device: str
    at: datetime


class StartedOut(_Out):
    """The script to play."""

    script: ScriptOut
    lease: LeaseOut


class HoldDoneOut(_Out):
    """A hold that ended."""

    step: int
    credited_s: float
    outcome: str


class CurrentOut(_Out):
    """An unfinished session of this day."""

    script: ScriptOut
    started_at: datetime
    device: str
    done: list[HoldDoneOut]


class PastSetOut(_Out):
    """A hold of the past."""

    exercise: str
    side: Literal["left", "right"] | None
    target_s: float
    credited_s: float
    measured: bool
    outcome: str
    repetition: bool
    at: datetime


class PastPainOut(_Out):
    """Pain as it was reported."""

    when: str
    nprs: int | None
    words: str | None
    at: datetime


class PastEffortOut(_Out):
    """Effort of a session, 0 to 10."""

    session: str
    effort: int
    at: datetime


class PastDayOut(_Out):
    """A day of the past. rest: nothing was begun, nor was core work due, or the day is not over; missed: nothing was
    begun, though it was; kept: something was held to its end."""

    on: date
    rest: bool
    missed: bool
    kept: bool
    sets: list[PastSetOut]
    pain: list[PastPainOut]
    effort: list[PastEffortOut]


class HeldOut(_Out):
    """An exercise's longest holds in seconds, by `left` and `right` or `both`, beside the goal. A drill has none: its
    goal is so many `times`, and so is its last day."""

    exercise: str
    goal_s: int
    goal_times: int
    best: dict[str, float]
    last: dict[str, Any] | None


class HistoryOut(_Out):
    """The last days, oldest first, and each exercise."""

    days: list[PastDayOut]
    exercises: list[HeldOut]


class PublishedOut(_Out):
    """The words of a published instrument, which nobody may change, and the language that they are in."""

    language: str
    citation: str
    instruction: str
    items: list[str]


class MattersOut(_Out):
    """The change that matters: points, and for the better this share of the first score as well. single_points: where
    the score is that of a single activity."""

    points: float
    share: float | None
    single_points: float | None
    source: str


class ChangeOut(_Out):
    """From the first score. gain: points for the better; needed, needed_worse: from where on a change matters. blind:
    what the instrument can hardly show of this person."""

    first: float
    now: float
    gain: float
    share: float | None
    needed: float
    needed_worse: float
    direction: Literal["better", "not-clear", "worse"]
    recovered: bool
    blind: Literal["better", "worse"] | None


class RatedOut(_Out):
    """An activity that the person named, and how well it went."""

    name: str
    rating: float


class ScoreOut(_Out):
    """A score of the past; `change` is null for the first."""

    on: date
    score: float
    parts: list[RatedOut]
    change: ChangeOut | None


class LimitsOut(_Out):
    """The first score, and from which scores on a change from it matters; null where the range ends before that."""

    first: float
    better_at: float | None
    worse_at: float | None


class InstrumentOut(_Out):
    """An outcome measure. Its words are `outcome.<id>.name` and so on, where `published` has none of its own. says: the
    last score in words."""

    id: str
    kind: Literal["rating", "ticks", "activities", "choice"]
    lowest: int
    highest: int
    better: Literal["lower", "higher"]
    activities: int
    published: PublishedOut | None
    matters: MattersOut | None
    recovered_at: float | None
    limits: LimitsOut | None
    due: DueOut | None
    series: list[ScoreOut]
    says: list[MessageOut]


class WalkedOut(_Out):
    """Minutes walked in the seven days before a day."""

    on: date
    minutes: int


class OutcomesOut(_Out):
    """All outcome measures. What is due now is also in `GET /api/today`; answers are facts of `outcome-answered`."""

    on: date
    instruments: list[InstrumentOut]
    walked: list[WalkedOut]


class SourceOut(_Out):
    """Where a number comes from. title: a publication as it is cited, empty for what is ours; what it says, or is, are
    the words `source.<id>`."""

    id: str
    title: str
    status: str
    url: str | None


class ExerciseOut(_Out):
    """An exercise's reference page as data. Its words are `<id>.name`, `<id>.why`, `<id>.set-up.1` and so on."""

    id: str
    step: str
    position: str
    sides: Literal["none", "each"]
    judged: bool
    equipment: list[str]
    camera: dict[str, Any]
    dose: dict[str, Any]
    loads: list[dict[str, Any]]
    rungs: list[dict[str, Any]]
    prompts: list[dict[str, Any]]
    checks: list[dict[str, Any]]
    sources: list[SourceOut]


class DeviceOut(_Out):
    """A device that was let in from the home network."""

    id: str
    name: str
    paired_at: datetime
    seen_at: datetime


class DevicesOut(_Out):
    """All of them, the latest first."""

    devices: list[DeviceOut]


class PairedOut(_Out):
    """The device that was let in."""

    device: DeviceOut


class InvitationOut(_Out):
    """What lets one device in. qr: a picture (data:) of the address with the code; fingerprint: of the certificate."""

    address: str
    code: str
    until: datetime
    qr: str
    fingerprint: str | None


class LanOut(_Out):
    """The home network as whoever asks may see it. device: the one that asks; null at the computer itself."""

    on: bool
    device: DeviceOut | None
    invitation: InvitationOut | None
    certificate: bool
