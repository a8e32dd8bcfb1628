"""The course of core work: every ladder, and what pain, flare-ups and reviews have made of them, day after day.

A day's plan looks at the course as it stood when the day began, so that nothing changes under somebody who is in the
middle of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from lumbar.core.exercise import Exercise, Step
from lumbar.core.message import say
from lumbar.core.plan.bout import Bout, before_on, bout_on
from lumbar.core.plan.history import History
from lumbar.core.plan.ladder import Change, HoldDose, Ladder, eased
from lumbar.core.plan.programme import Programme
from lumbar.core.plan.reaction import Reaction, before, during, morning_after, usual_pain
from lumbar.core.plan.told import Review
from lumbar.core.plan.train import Answer, Session, fresh, trained


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
    flares: the days on which one began.
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

    @property
    def usual(self) -> int | None:
        """The usual pain before exercise."""
        return usual_pain(self.pains)


def start_dose(programme: Programme) -> HoldDose:
    """What core work begins with before anything is known."""
    return HoldDose(programme.start_dose.hold_s, programme.start_dose.sets)


def opened(course: Course, on: date, programme: Programme) -> Course:
    """The course on a day, after the days without core work before it."""
    last_on = course.last_on
    if last_on is None or not course.ladders:
        return course
    band = programme.listening.gaps.band((on - last_on).days)
    if band is None or (not band.anew and not band.shares):
        return course
    if band.anew:
        ladders = {name: _anew(ladder, programme.exercises[name], programme) for name, ladder in course.ladders.items()}
        return replace(course, ladders=ladders, anew_on=None)
    course = replace(course, ladders=_lighter(course.ladders, programme, gone=len(band.shares) > 2))
    words = say("plan.reason.after-gap", count=(on - last_on).days, share=round(100 * band.shares[0]))
    why = Change(on, words, programme.listening.gaps.source)
    return replace(course, ladders=_all_eased(course, last_on, band.shares, programme, why))


def _lighter(ladders: Mapping[str, Ladder], programme: Programme, *, gone: bool) -> dict[str, Ladder]:
    """Weights after a gap: half of them; after a long one, none."""
    found = {}
    for name, ladder in ladders.items():
        loaded = ladder.loaded
        if loaded is not None:
            weights = [kg for load in programme.exercises[name].loads for kg in load.weights_kg]
            half = max((kg for kg in weights if kg <= loaded.kg / 2), default=None)
            hold_s = programme.listening.loading.hold_s
            loaded = None if gone or half is None else replace(loaded, kg=half, hold_s=hold_s, count=0)
        found[name] = replace(ladder, loaded=loaded)
    return found


def _anew(ladder: Ladder, exercise: Exercise, programme: Programme) -> Ladder:
    """A new beginning: not above the first rung, and no more than was asked for last. What rests goes on resting."""
    height = min(ladder.height, exercise.rungs.index(exercise.first_rung))
    begins = Ladder(height, rests=ladder.rests, uneasy=ladder.uneasy)
    start = start_dose(programme)
    for rung, last in ladder.levels.items():
        if rung <= height and last.dose.total_s < start.total_s:
            anew = fresh(exercise, rung, programme.listening, start)
            begins = begins.with_level(rung, replace(anew, dose=last.dose))
    return begins


def _all_eased(
    course: Course, on: date, shares: tuple[float, ...], programme: Programme, why: Change
) -> dict[str, Ladder]:
    """Every dose at the first share, with its way back; a test that was still to come is still to come."""
    dosing = programme.listening.dosing
    after = on + timedelta(days=1)
    return {
        name: replace(
            ladder,
            levels={rung: eased(level, after, shares, dosing, why) for rung, level in ladder.levels.items()},
        )
        for name, ladder in course.ladders.items()
    }


@dataclass(frozen=True, slots=True)
class Told:
    """What was told on a day.

    readings: pain before exercise, each with its moment, in order; before: the lowest and the highest of it. flared_at:
    when a flare-up was told of.
    """

    on: date
    reviews: tuple[Review, ...] = ()
    flared_at: datetime | None = None
    readings: tuple[tuple[datetime, int], ...] = ()
    before: tuple[int, int] | None = None
    bout: Bout | None = None


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
    )


def began(course: Course, told: Told, programme: Programme) -> Course:
    """The course with the reviews and the flare-up of a day, which hold on that very day."""
    for review in told.reviews:
        course = _reviewed(course, review, told.on, programme)
    return course if told.flared_at is None else _flared(course, told.on, told.flared_at, programme)


def _reviewed(course: Course, review: Review, on: date, programme: Programme) -> Course:
    """A reviewer's word: what rested may go on, and what they set holds. Their stop lets nothing go on."""
    if review.decision == "stop":
        return replace(course, reviewed_on=on)
    ladders = {name: replace(ladder, rests=None) for name, ladder in course.ladders.items()}
    for name, row in review.changes.items():
        exercise = programme.exercises.get(name)
        if exercise is not None and exercise.step is Step.CORE:
            ladders[name] = _set_by(row, ladders.get(name), exercise, on, programme)
    return replace(course, ladders=ladders, book={}, reds=(), reviewed_on=on)


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
        ladders=_all_eased(course, on, rules.shares, programme, why),
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


def answer_of(name: str, bout: Bout, course: Course, programme: Programme) -> Answer:
    """How a day's core work was answered, for one exercise of it. course: as it stood before."""
    rules = programme.listening
    by_before = before(bout, course.usual, rules.reactions)
    by_session, by_morning = during(bout, rules.reactions), morning_after(bout, rules.reactions)
    gap = None if course.last_on is None else rules.gaps.band((bout.on - course.last_on).days)
    concerned = not bout.named or name in bout.named
    told = max(by_morning, by_session if concerned else Reaction.GREEN)
    return Answer(
        reaction=max(by_before, told),
        before_only=by_before > told,
        answered=bout.answered and bout.worst is not None,
        stays=by_session > Reaction.GREEN and not concerned,
        short=bout.short,
        easy=bout.effort is not None and (bout.effort <= rules.dosing.effort or not concerned),
        may_count=gap is None or gap.counts,
        in_flare=course.flare is not None,
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
    book = {} if greens >= rules.review_after_greens else dict(course.book)
    if reaction is Reaction.RED and len(reds) >= rules.reds:
        book["reds"] = bout.on
    if high >= rules.high_sessions:
        book["high"] = bout.on
    return replace(course, reds=reds, greens=greens, high=high, book=book)
