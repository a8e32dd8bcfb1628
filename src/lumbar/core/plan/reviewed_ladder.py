"""What a reviewer's word does to a ladder: what they set holds, unless something has been too much since."""

from datetime import date

from lumbar.core.changing import replace
from lumbar.core.exercise import Exercise
from lumbar.core.message import say
from lumbar.core.plan.absence import fresh
from lumbar.core.plan.gap import start_dose
from lumbar.core.plan.ladder import Change, HoldDose, Ladder, Level, sets_for
from lumbar.core.plan.programme import Programme
from lumbar.core.plan.rules import Dosing
from lumbar.core.plan.told import Review

REVIEWED = "plan.reason.reviewed"
"""The reason of a dose that stands as a reviewer set it."""


def ends_rest(ladder: Ladder, name: str, review: Review) -> bool:
    """Whether an exercise that rests goes on after a review: it had to be seen resting, and be ticked."""
    return ladder.rests is not None and ladder.rests <= review.seen_on and review.lets_go_on(name)


def set_by(review: Review, ladder: Ladder | None, exercise: Exercise, on: date, programme: Programme) -> Ladder:
    """The ladder with the form and the dose that a reviewer set; as it was, where that would be more than they would
    have set, had they seen what has been too much since."""
    row = review.changes[exercise.id]
    ladder = ladder or Ladder(exercise.number(exercise.first_rung))
    ids = [rung.id for rung in exercise.rungs]
    wanted = row.get("rung")
    height = ids.index(wanted) if isinstance(wanted, str) and wanted in ids else ladder.height
    if height > ladder.height and _unseen(ladder, review):
        return ladder  # they had not seen what has been too much since then
    sets_dose = isinstance(row.get("hold_s"), int) or isinstance(row.get("sets"), int)
    level = _dosed(review, ladder, height, exercise, on, programme) if sets_dose else None
    if level is not None:
        rungs = () if isinstance(wanted, str) else range(height)
        found = ((rung, _dosed(review, ladder, rung, exercise, on, programme)) for rung in rungs)
        shown = {rung: one for rung, one in found if one is not None}
    elif height == ladder.height:
        return ladder
    else:
        level, shown = _named(review, ladder, height, exercise, on, programme), {}
    return replace(ladder.with_level(height, level), height=height, shown=shown)


def _named(review: Review, ladder: Ladder, height: int, exercise: Exercise, on: date, programme: Programme) -> Level:
    """The rung that a reviewer named, as it stood; with no more than is asked for now where that is more than they
    would have set, had they seen what has been too much since."""
    level = ladder.level(height, fresh(exercise, height, programme.listening, start_dose(programme)))
    words = say("plan.reason.reviewed-form", form=f"@{exercise.id}.rung.{exercise.rungs[height].id}", **_by(review))
    level = replace(level, why=Change(on, words, "review"), set_on=review.seen_on)
    now = _asked_now(ladder)
    if now is None or not _is_too_much(level.dose, ladder, review):
        return level
    return replace(level, dose=now, back=(), stepped_from=None)


def _unseen(ladder: Ladder, review: Review) -> bool:
    """Whether something of an exercise has been too much since a reviewer looked, on whatever rung."""
    eased = (level.eased_on for level in (*ladder.levels.values(), *ladder.shown.values()))
    return any(eased_on is not None and eased_on > review.seen_on for eased_on in eased)


def _asked_now(ladder: Ladder) -> HoldDose | None:
    """What an exercise asks for now: the least of the rung that it has come to and of the one that it stays on."""
    rungs = (ladder.height, ladder.height if ladder.uneasy is None else min(ladder.uneasy, ladder.height))
    known = (ladder.known(rung) for rung in rungs)
    return min((level.dose for level in known if level is not None), key=lambda dose: dose.total_s, default=None)


def _is_too_much(dose: HoldDose, ladder: Ladder, review: Review) -> bool:
    """Whether a dose is longer in all than what is asked for now, by the word of who had not seen why that is so
    little. An easier form makes up for no more seconds."""
    now = _asked_now(ladder)
    return now is not None and _unseen(ladder, review) and dose.total_s > now.total_s


def _dosed(
    review: Review, ladder: Ladder, rung: int, exercise: Exercise, on: date, programme: Programme
) -> Level | None:
    """A rung with the dose that a reviewer set; None where that is more than they would have set, had they seen what
    has been too much since."""
    row, rules = review.changes[exercise.id], programme.listening
    level = ladder.level(rung, fresh(exercise, rung, rules, start_dose(programme)))
    hold_s = row.get("hold_s")
    dose = _dose_set(hold_s, row.get("sets"), level.dose, rules.dosing)
    if _is_too_much(dose, ladder, review):
        return None
    words = say(REVIEWED, sets=dose.sets, seconds=dose.hold_s, **_by(review))
    pending = level.pending and not isinstance(hold_s, int)  # how many holds says nothing of how long they can be
    why = Change(on, words, "review")
    level = replace(level, pending=pending, count=0, back=(), why=why, stepped_from=None)
    return replace(level, dose=dose, held_on=on, set_on=review.seen_on)


def _dose_set(hold_s: object, sets: object, now: HoldDose, dosing: Dosing) -> HoldDose:
    """What was set of a dose. Without sets, so many as holds of that length are done in: those of now were made for
    other holds, and before a first measured hold nobody was shown them."""
    if not isinstance(hold_s, int):
        return HoldDose(now.hold_s, sets) if isinstance(sets, int) else now
    return HoldDose(hold_s, sets if isinstance(sets, int) else sets_for(hold_s, dosing))


def _by(review: Review) -> dict[str, str]:
    return {"profession": review.fact.body.get("profession", ""), "seen_on": review.seen_on.isoformat()}
