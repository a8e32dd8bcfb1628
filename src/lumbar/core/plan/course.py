"""The course of core work: every ladder, and what pain, flare-ups and reviews have made of them, day after day.

A day's plan looks at the course as it stood when the day began, so that nothing changes under somebody who is in the
middle of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from lumbar.core.exercise import Exercise, Step
from lumbar.core.message import say
from lumbar.core.outcomes import Answer
from lumbar.core.plan.bout import Bout, before_on, bout_on
from lumbar.core.plan.gap import after_gap, all_eased, start_dose
from lumbar.core.plan.history import History
from lumbar.core.plan.ladder import Change, HoldDose, Ladder
from lumbar.core.plan.programme import Programme
from lumbar.core.plan.reaction import Reaction, before, during, morning_after, usual_pain
from lumbar.core.plan.told import Review
from lumbar.core.plan.train import Answer as Answered
from lumbar.core.plan.train import Session, fresh, trained
from lumbar.core.plan.week import Heard, eased_by_a_week, hear, rose

_LASTING = frozenset({"rising", "worse"})
"""What asks for a review until there is one: weeks have told it, and good sessions do not take it back."""


@dataclass(frozen=True, slots=True)
class FlareUp:
    """A flare-up that is not over. usual: the usual pain before it; calm_at: the first of the readings that end it."""

    began: date
    told_at: datetime
    usual: int | None
    calm_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """How core work stands after a day.

    last_on: the last day with any. anew_on: the first day since it began anew. pains: those told before exercise
    lately, a day each. greens: green sessions in a row; high: sessions in a row with much pain before them; no_go: days
    in a row with too much for any. reds: the days of the last ones. book: why a review is asked for, each with its day.
    flares: the days on which one began. heard: what the outcome measures came to.
    """

    ladders: Mapping[str, Ladder] = field(default_factory=dict)
    first_on: date | None = None
    last_on: date | None = None
    anew_on: date | None = None
    pains: tuple[int, ...] = ()
    greens: int = 0
    high: int = 0
    no_go: int = 0
    reds: tuple[date, ...] = ()
    book: Mapping[str, date] = field(default_factory=dict)
    flare: FlareUp | None = None
    flares: tuple[date, ...] = ()
    reviewed_on: date | None = None
    heard: Heard = field(default_factory=Heard)

    @property
    def usual(self) -> int | None:
        """The usual pain before exercise."""
        return usual_pain(self.pains)


def opened(course: Course, on: date, programme: Programme) -> Course:
    """The course on a day, after the days without core work before it."""
    if course.last_on is None or not course.ladders:
        return course
    band = programme.listening.gaps.band((on - course.last_on).days)
    anew_on = None if band is not None and band.anew else course.anew_on
    return replace(course, ladders=after_gap(course.ladders, course.last_on, on, programme), anew_on=anew_on)


@dataclass(frozen=True, slots=True)
class Told:
    """What was told on a day.

    readings: pain before exercise, each with its moment, in order; before: the lowest and the highest of it. flared_at:
    when a flare-up was told of. outcomes: what was answered of the outcome measures.
    """

    on: date
    reviews: tuple[Review, ...] = ()
    flared_at: datetime | None = None
    readings: tuple[tuple[datetime, int], ...] = ()
    before: tuple[int, int] | None = None
    bout: Bout | None = None
    outcomes: tuple[Answer, ...] = ()


def told_on(on: date, history: History, programme: Programme) -> Told:
    """What a history tells of a day."""
    core = [exercise.id for exercise in programme.of_step(Step.CORE)]
    flares = history.flares.on(on)
    asked = [pain for pain in history.pains.on(on) if pain.when == "before"]
    return Told(
        on=on,
        reviews=history.reviews.on(on),
        flared_at=flares[-1].at if flares else None,
        readings=tuple((pain.at, pain.nprs) for pain in asked if pain.nprs is not None),
        before=before_on(on, history),
        bout=bout_on(on, history, core, timedelta(hours=programme.schedule.morning_after_h)),
        outcomes=history.outcomes.on(on),
    )


def began(course: Course, told: Told, programme: Programme) -> Course:
    """The course with the reviews, the flare-up and the outcomes of a day, which hold on that very day."""
    for review in told.reviews:
        course = _reviewed(course, review, told.on, programme)
    course = course if told.flared_at is None else _flared(course, told.on, told.flared_at, programme)
    return _heard(course, told, programme) if told.outcomes else course


def _heard(course: Course, told: Told, programme: Programme) -> Course:
    """What the outcome measures tell. In a flare-up, which has a smaller dose of its own, a week of more pain takes
    nothing away."""
    heard, asks = hear(course.heard, told.outcomes, told.on, programme)
    course = replace(course, book={**course.book, **dict.fromkeys(asks, told.on)})
    if course.flare is None and rose(course.heard, told.outcomes, told.on, programme.listening.weekly):
        heard = replace(heard, eased_on=told.on)
        course = replace(course, ladders=eased_by_a_week(course.ladders, told.on, programme))
    return replace(course, heard=heard)


def _reviewed(course: Course, review: Review, on: date, programme: Programme) -> Course:
    """A reviewer's word: what rested may go on, and what they set holds. Their stop lets nothing go on."""
    if review.decision == "stop":
        return replace(course, reviewed_on=on)
    ladders = {name: replace(ladder, rests=None) for name, ladder in course.ladders.items()}
    for name, row in review.changes.items():
        exercise = programme.exercises.get(name)
        if exercise is not None and exercise.step is Step.CORE:
            ladders[name] = _set_by(row, ladders.get(name), exercise, on, programme)
    return replace(course, ladders=ladders, book={}, reds=(), reviewed_on=on, heard=course.heard.reviewed(on))


def _set_by(
    row: Mapping[str, object], ladder: Ladder | None, exercise: Exercise, on: date, programme: Programme
) -> Ladder:
    ladder = ladder or Ladder(exercise.rungs.index(exercise.first_rung))
    ids = [rung.id for rung in exercise.rungs]
    wanted = row.get("rung")
    height = ids.index(wanted) if isinstance(wanted, str) and wanted in ids else ladder.height
    level = ladder.level(height, fresh(exercise, height, programme.listening, start_dose(programme)))
    hold_s, sets = row.get("hold_s"), row.get("sets")
    if isinstance(hold_s, int) or isinstance(sets, int):
        dose = HoldDose(
            hold_s if isinstance(hold_s, int) else level.dose.hold_s,
            sets if isinstance(sets, int) else level.dose.sets,
        )
        why = Change(on, say("plan.reason.reviewed"), "review")
        level = replace(level, dose=dose, pending=False, count=0, back=(), why=why, stepped_from=None)
    return replace(ladder.with_level(height, level), height=height)


def _flared(course: Course, on: date, told_at: datetime, programme: Programme) -> Course:
    """A flare-up: everything at a share of itself until the pain is as usual again. A second word only renews the
    wait."""
    if course.flare is not None:
        return replace(course, flare=replace(course.flare, told_at=told_at, calm_at=None))
    rules = programme.listening.flares
    why = Change(on, say("plan.reason.flare", share=round(100 * rules.shares[0])), rules.source)
    since = on - timedelta(days=rules.often_days)
    flares = (*(day for day in course.flares if day > since), on)
    book = {**course.book, "flares": on} if len(flares) >= rules.often else course.book
    return replace(
        course,
        ladders=all_eased(course.ladders, on, rules.shares, programme, why),
        flare=FlareUp(on, told_at, course.usual),
        flares=flares,
        book=book,
    )


def _calmed(course: Course, told: Told, programme: Programme) -> Course:
    """Whether the flare-up is over: the pain as usual, told twice, far enough apart."""
    flare, rules = course.flare, programme.listening.flares
    if flare is None:
        return course
    usual = flare.usual
    limit = programme.listening.reactions.amber_before - 1 if usual is None else usual + rules.above_usual
    for at, nprs in told.readings:
        if at <= flare.told_at:
            continue
        if nprs > limit:
            flare = replace(flare, calm_at=None)
        elif flare.calm_at is None:
            flare = replace(flare, calm_at=at)
        elif at - flare.calm_at >= timedelta(hours=rules.apart_h):
            return replace(course, flare=None)
    late = (told.on - flare.began).days >= rules.review_days
    book = {**course.book, "flare": told.on} if late and "flare" not in course.book else course.book
    return replace(course, flare=flare, book=book)


def after_day(course: Course, told: Told, programme: Programme) -> Course:
    """The course after a day."""
    course = _no_go(began(course, told, programme), told, programme)
    course = _calmed(course, told, programme)
    if told.bout is not None:
        course = _worked(opened(course, told.on, programme), told.bout, programme)
    if told.before is not None:
        last = programme.listening.reactions.usual_of
        course = replace(course, pains=(*course.pains, told.before[1])[-last:])
    return course


def _no_go(course: Course, told: Told, programme: Programme) -> Course:
    if told.before is None:
        return course
    days = course.no_go + 1 if told.before[1] >= programme.pain.no_core_from else 0
    wants = days >= programme.listening.reactions.no_go_days
    return replace(course, no_go=days, book={**course.book, "no-go": told.on} if wants else course.book)


def answer_of(name: str, bout: Bout, course: Course, programme: Programme) -> Answered:
    """How a day's core work was answered, for one exercise of it. course: as it stood before."""
    rules = programme.listening
    by_before = before(bout, course.usual, rules.reactions)
    by_session, by_morning = during(bout, rules.reactions), morning_after(bout, rules.reactions)
    gap = None if course.last_on is None else rules.gaps.band((bout.on - course.last_on).days)
    concerned = not bout.named or name in bout.named
    told = max(by_morning, by_session if concerned else Reaction.GREEN)
    return Answered(
        reaction=max(by_before, told),
        before_only=by_before > told,
        answered=bout.answered and bout.worst is not None,
        stays=by_session > Reaction.GREEN and not concerned,
        short=bout.short,
        easy=bout.effort is not None and (bout.effort <= rules.dosing.effort or not concerned),
        may_count=gap is None or gap.counts,
        no_growth=course.flare is not None or course.heard.stays(bout.on, rules.weekly),
        kept=bout.kept.get(name),
        effort=bout.effort if concerned else None,
        told={side: held_s for (exercise_id, side), held_s in bout.told.items() if exercise_id == name},
    )


def _worked(course: Course, bout: Bout, programme: Programme) -> Course:
    rules = programme.listening
    reactions = rules.reactions
    by_before = before(bout, course.usual, reactions)
    all_of_it = max(by_before, during(bout, reactions), morning_after(bout, reactions))
    ladders = dict(course.ladders)
    for name, holds in bout.holds.items():
        exercise = programme.exercises[name]
        ladder = ladders.get(name) or Ladder(exercise.rungs.index(exercise.first_rung))
        answer = answer_of(name, bout, course, programme)
        ladders[name] = trained(ladder, Session(exercise, holds, answer, rules, start_dose(programme)))
    course = replace(course, ladders=ladders, first_on=course.first_on or bout.on, last_on=bout.on)
    course = replace(course, anew_on=course.anew_on or bout.on)
    return _tallied(course, bout, all_of_it, programme)


def _tallied(course: Course, bout: Bout, reaction: Reaction, programme: Programme) -> Course:
    """What the session means for asking for a review."""
    rules = programme.listening.reactions
    since = bout.on - timedelta(days=rules.red_days)
    reds = tuple(day for day in course.reds if day > since)
    reds = (*reds, bout.on) if reaction is Reaction.RED else reds
    green = reaction is Reaction.GREEN and bout.answered
    greens = course.greens + 1 if green else 0
    high = course.high + 1 if bout.before is not None and bout.before[1] >= rules.high_before else 0
    lasting = {name: on for name, on in course.book.items() if name in _LASTING}
    book = lasting if greens >= rules.review_after_greens else dict(course.book)
    if reaction is Reaction.RED and len(reds) >= rules.reds:
        book["reds"] = bout.on
    if high >= rules.high_sessions:
        book["high"] = bout.on
    return replace(course, reds=reds, greens=greens, high=high, book=book)
