"""An outcome measure: what is asked, how it scores, and which change of it matters. Every number comes from a file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from lumbar.core.errors import BadCatalog


class Kind(StrEnum):
    """How an instrument is answered.

    rating: one number. ticks: a tick at every sentence that describes today. activities: a number for each activity
    that the person named. choice: one of several steps.
    """

    RATING = "rating"
    TICKS = "ticks"
    ACTIVITIES = "activities"
    CHOICE = "choice"


class Better(StrEnum):
    """Which way an instrument's scores go when things get better."""

    LOWER = "lower"
    HIGHER = "higher"


class Occasion(StrEnum):
    """When an instrument is asked: in the first days, every week, in certain weeks, and every so many weeks later."""

    START = "start"
    WEEKLY = "weekly"
    WEEKS = "weeks"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Matters:
    """The change that matters: so many points, and for an improvement this share of the first answer as well.

    single_points: in place of points where the score is that of a single activity.
    """

    points: float
    source: str
    share: float | None = None
    single_points: float | None = None

    def of(self, *, single: bool) -> float:
        """The points that matter. single: the score is that of a single activity."""
        return self.points if self.single_points is None or not single else self.single_points


@dataclass(frozen=True, slots=True)
class Recovered:
    """Where people call themselves recovered: this score, or a better one."""

    at: float
    source: str


@dataclass(frozen=True, slots=True)
class Insensitive:
    """First answers that can hardly show a change: below one score for the better, above another for the worse."""

    below: float
    above: float
    source: str


@dataclass(frozen=True, slots=True)
class Published:
    """The words of an instrument in a language, as they were published; nobody may change or translate them."""

    language: str
    citation: str
    instruction: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Instrument:
    """An outcome measure.

    activities: how many a person may name. warns: getting worse on it more than once asks for a review. published: its
    words, where they are not ours.
    """

    id: str
    kind: Kind
    lowest: int
    highest: int
    better: Better
    asked: frozenset[Occasion]
    source: str
    activities: int = 0
    warns: bool = False
    matters: Matters | None = None
    recovered: Recovered | None = None
    insensitive: Insensitive | None = None
    published: Mapping[str, Published] = field(default_factory=dict)

    def __post_init__(self) -> None:
        mistakes = tuple(_mistakes(self))
        if mistakes:
            raise BadCatalog(f"{self.id}.toml", mistakes)

    def words(self, language: str, otherwise: str = "en") -> Published | None:
        """Its published words in a language, or in another where there are none; None where the words are ours."""
        return self.published.get(language) or self.published.get(otherwise)

    def gain(self, before: float, after: float) -> float:
        """By how much a score got better; negative when it got worse."""
        return _plain(before - after if self.better is Better.LOWER else after - before)

    def as_good_as_can_be(self, value: float) -> bool:
        """Whether a score cannot get better by as much as matters, for it is so near its best already."""
        best = self.lowest if self.better is Better.LOWER else self.highest
        return self.matters is not None and self.gain(value, best) < self.matters.points


def _plain(points: float) -> float:
    """Points without the dust of binary fractions: a mean of thirds must not miss a limit by it."""
    return round(points, 6) + 0.0


def _mistakes(it: Instrument) -> Iterable[str]:
    if it.lowest >= it.highest:
        yield "lowest must be less than highest"
    if not it.asked:
        yield "asked: it is never asked"
    if (it.kind is Kind.ACTIVITIES) != (it.activities > 0):
        yield "activities: so many may be named where the kind is activities, and none otherwise"
    if it.kind is Kind.TICKS and any(len(words.items) != it.highest for words in it.published.values()):
        yield "published: there must be as many items as the highest score"
    if it.kind is Kind.TICKS and not it.published:
        yield "published: sentences to tick are missing"
    if it.warns and it.matters is None:
        yield "warns: it has no change that matters"
    if it.matters is not None and it.matters.points <= 0:
        yield "matters: points must be positive"
    if it.matters is not None and it.matters.share is not None and not 0 < it.matters.share < 1:
        yield "matters: share must lie between 0 and 1"
    if it.insensitive is not None and it.insensitive.below > it.insensitive.above:
        yield "insensitive: below must not be more than above"
