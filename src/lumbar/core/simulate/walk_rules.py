"""What a walk must keep, whoever it is for: each rule looks at a day beside what the clinical design makes of it."""

from collections.abc import Callable, Iterator, Mapping

from lumbar.core.simulate.walk_judge import (
    BACK_SHARE,
    FLOOR_MIN,
    GOAL_MIN,
    STEP_MIN,
    WALKED_DAYS,
    WEEK_DAYS,
    WalkStep,
    rounded,
)

Broken = Iterator[str]


def bounds(step: WalkStep) -> Broken:
    """Between the floor and the goal, and it begins with no more than is comfortable (8)."""
    now = step.day.minutes
    if not step.day.shown or now is None:
        return
    if not FLOOR_MIN <= now <= GOAL_MIN:
        yield f"{now} min"
    if step.begins is not None and now > step.begins:
        yield f"{now} min to begin with, where {step.begins} is comfortable"
    if step.before is None and step.begins is None:
        yield f"{now} min, and nobody told what is comfortable"


def leaps(step: WalkStep) -> Broken:
    """Five minutes more at a time (8), or a step of the way back to what it was (3.4, 3.6, 3.7)."""
    if step.rise > STEP_MIN and step.day.minutes is not None:
        back = step.day.minutes <= step.best
        if not back or step.rise > rounded(BACK_SHARE * step.best + STEP_MIN - 1):
            yield f"{step.before} then {step.day.minutes} min, {step.best} at best"


def too_soon(step: WalkStep) -> Broken:
    """A step a week, and none within a week of a worse morning, a flare-up, or an answer that held it (8)."""
    if step.rise and step.sure and step.rest_days < WEEK_DAYS and not step.day.held:
        yield f"{step.before} then {step.day.minutes} min after {step.rest_days} days"


def unearned(step: WalkStep) -> Broken:
    """A step wants whole walks and a good morning in the week before it, and no flare-up (8, 3.7)."""
    if not step.rise or not step.sure:
        return
    if step.whole < WALKED_DAYS or not step.good or step.flare:
        flare = ", in a flare-up" if step.flare else ""
        yield f"{step.day.minutes} min after {step.whole} whole walks and {step.good} good mornings{flare}"


def more_after_worse(step: WalkStep) -> Broken:
    """Never more on the day of a worse morning, of a flare-up, or after a gap (3.4, 3.6, 3.7)."""
    if step.rise and step.worse:
        yield f"{step.before} then {step.day.minutes} min"


def not_eased(step: WalkStep) -> Broken:
    """60 % after a red morning, 80 % after a second amber one, half in a flare-up, 75 % and half after days without,
    and no more than is told to be comfortable (3.4, 3.6, 3.7, 8)."""
    now, before, most = step.day.minutes, step.before, step.most
    if not step.day.shown or now is None or before is None or most is None or not step.sure:
        return
    if most < now <= before:
        yield f"{now} min, and no more than {most} is left of {before}"


def asked_anew(step: WalkStep) -> Broken:
    """After six weeks without a walk the usual one is asked again, and not before (3.6)."""
    if step.day.shown and step.day.state == "ask" and step.before is not None:
        yield f"asked again, at {step.before} min"


def held_grows(step: WalkStep) -> Broken:
    """While waiting, and in a gentle start, no more than is comfortable (1.2)."""
    now = step.day.minutes
    if step.day.held and step.day.shown and now is not None and step.comfortable is not None and now > step.comfortable:
        yield f"{now} min, {step.comfortable} is comfortable, outcome {step.day.outcome}"


def in_pause(step: WalkStep) -> Broken:
    """A pause closes it, and an illness rests it (1.2, 1.6)."""
    if step.day.offered and (step.day.outcome == "pause" or step.day.ill):
        yield f"{step.day.state}, outcome {step.day.outcome}{', ill' if step.day.ill else ''}"


def shut(step: WalkStep) -> Broken:
    """Everything but a pause leaves it open (1.2)."""
    if step.day.state == "closed" and step.day.outcome != "pause":
        yield f"closed, outcome {step.day.outcome}"


def no_review(step: WalkStep) -> Broken:
    """A second red within 14 days asks for a review, until there is one or four greens in a row (3.4)."""
    if step.review_due and step.sure and not step.day.asks_review and step.day.offered:
        yield "two red mornings, and no review is asked"


def stuck(step: WalkStep) -> Broken:
    """Whoever walks and answers well, and is held by nothing, goes on (8)."""
    now = step.day.minutes
    free = step.day.shown and now is not None and now < GOAL_MIN and not step.day.held and step.sure
    if free and step.goes_on and step.whole >= WALKED_DAYS and step.good and not step.rise:
        yield f"{now} min for two good weeks"


WALK_RULES: Mapping[str, Callable[[WalkStep], Broken]] = {
    "walk-asked-early": asked_anew,
    "walk-bounds": bounds,
    "walk-held-grows": held_grows,
    "walk-in-pause": in_pause,
    "walk-leaps": leaps,
    "walk-more-after-worse": more_after_worse,
    "walk-not-eased": not_eased,
    "walk-review-not-asked": no_review,
    "walk-shut": shut,
    "walk-stuck": stuck,
    "walk-too-soon": too_soon,
    "walk-unearned": unearned,
}
"""Every rule of a walk by its name."""
