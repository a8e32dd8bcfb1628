"""How a back answered a session: carry on, stay here or ease back. `green`, `amber` and `red` are ids, never words."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from lumbar.core.plan.bout import Bout
from lumbar.core.plan.rules import Reactions, Threshold
from lumbar.core.record.bodies import MORNINGS


class Reaction(IntEnum):
    """From the mildest to the strictest."""

    GREEN = 0
    AMBER = 1
    RED = 2


_BY_WORDS = dict(zip(MORNINGS, Reaction, strict=True))


@dataclass(frozen=True, slots=True)
class Reading:
    """How a day's core work reads: by the pain before it alone, by the session, and by the morning after."""

    before: Reaction
    session: Reaction
    morning: Reaction

    @property
    def all_of_it(self) -> Reaction:
        """The strictest of the three."""
        return max(self.before, self.session, self.morning)


def read(bout: Bout, usual: int | None, rules: Reactions) -> Reading:
    """A day's core work, read once for all its exercises. usual: the usual pain before exercise."""
    return Reading(before(bout, usual, rules), during(bout, rules), morning_after(bout, rules))


def usual_pain(before: Sequence[int]) -> int | None:
    """The median of the last pains before exercise, the lower middle one of an even number; None without any."""
    return sorted(before)[(len(before) - 1) // 2] if before else None


def during(bout: Bout, rules: Reactions) -> Reaction:
    """By the worst pain in the session and after it, against the pain before. What was not told counts as 0."""
    return _against(bout.worst, bout, rules.red, rules.amber)


def morning_after(bout: Bout, rules: Reactions) -> Reaction:
    """By the morning after, in words and number, the worse of the two; and by pain that moved further down the leg."""
    told = _against(bout.morning, bout, rules.red_morning, rules.amber_morning)
    words = Reaction.GREEN if bout.words is None else _BY_WORDS[bout.words]
    return max(told, words, Reaction.RED if bout.spread else Reaction.GREEN)


def before(bout: Bout, usual: int | None, rules: Reactions) -> Reaction:
    """By the pain before alone: much, or more than usual."""
    much = bout.before is not None and is_much(bout.before[1], usual, rules)
    return Reaction.AMBER if much else Reaction.GREEN


def is_much(pain: int, usual: int | None, rules: Reactions) -> bool:
    """Whether this much pain before core work means to stay, whatever comes of it."""
    return pain >= rules.amber_before or (usual is not None and pain >= usual + rules.amber_above_usual)


def _against(pain: int | None, bout: Bout, red: Threshold, amber: Threshold) -> Reaction:
    if pain is None:
        return Reaction.GREEN
    rise = pain - (0 if bout.before is None else bout.before[0])
    if _passed(pain, rise, red):
        return Reaction.RED
    return Reaction.AMBER if _passed(pain, rise, amber) else Reaction.GREEN


def _passed(pain: int, rise: int, threshold: Threshold) -> bool:
    if threshold.at is not None and pain >= threshold.at:
        return True
    return rise >= threshold.rise and pain >= threshold.rise_to
