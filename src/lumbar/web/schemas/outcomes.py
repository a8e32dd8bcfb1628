"""How it goes: outcome measures, their scores, and the change that matters."""

from datetime import date
from typing import Literal

from lumbar.web.schemas.day import DueOut
from lumbar.web.schemas.parts import MessageOut, Out


class PublishedOut(Out):
    """The words of a published instrument, which nobody may change, and the language that they are in."""

    language: str
    citation: str
    instruction: str
    items: list[str]


class MattersOut(Out):
    """The change that matters: points, and for the better this share of the first score as well. single_points: where
    the score is that of a single activity."""

    points: float
    share: float | None
    single_points: float | None
    source: str


class ChangeOut(Out):
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


class RatedOut(Out):
    """An activity that the person named, and how well it went."""

    name: str
    rating: float


class ScoreOut(Out):
    """A score of the past; `change` is null for the first."""

    on: date
    score: float
    parts: list[RatedOut]
    change: ChangeOut | None


class LimitsOut(Out):
    """The first score, and from which scores on a change from it matters; null where the range ends before that."""

    first: float
    better_at: float | None
    worse_at: float | None


class InstrumentOut(Out):
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


class WalkedOut(Out):
    """Minutes walked in the seven days before a day."""

    on: date
    minutes: int


class OutcomesOut(Out):
    """All outcome measures. What is due now is also in `GET /api/today`; answers are facts of `outcome-answered`."""

    on: date
    instruments: list[InstrumentOut]
    walked: list[WalkedOut]
