"""The course of core work: every ladder, and what pain, flare-ups and reviews have made of them, day after day.

A day's plan looks at the course as it stood when the day began, so that nothing changes under somebody who is in the
middle of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from lumbar.core.changing import replace
from lumbar.core.exercise import Step
from lumbar.core.message import say
from lumbar.core.outcomes import Answer
from lumbar.core.plan.absence import fresh
from lumbar.core.plan.bout import Bout, before_on, bout_on
from lumbar.core.plan.consent import Consent, consent_on, released
from lumbar.core.plan.flare import FlareUp
from lumbar.core.plan.gap import after_gap, all_eased, start_dose
from lumbar.core.plan.history import History
from lumbar.core.plan.ladder import Change, Ladder
from lumbar.core.plan.programme import Programme
from lumbar.core.plan.reaction import Reaction, Reading, read, usual_pain
from lumbar.core.plan.reviewed_ladder import ends_rest, set_by
from lumbar.core.plan.rungs import easiest
from lumbar.core.plan.session import Answer as Answered
from lumbar.core.plan.session import Session
from lumbar.core.plan.told import Review
from lumbar.core.plan.train import trained
from lumbar.core.plan.walk_course import asks_review, walking_on
from lumbar.core.plan.walking import Walking, walked
from lumbar.core.plan.walks import WalksTold, walks_told
from lumbar.core.plan.week import Heard, eased_by_a_week, hear, rose
from lumbar.core.record.bodies import MORNINGS
from lumbar.core.safety import Freed

LASTING = frozenset({"rising", "worse", "no-gain", "walk-reds", "flare", "flares"})
"""What asks for a review until there is one, a long flare-up also until its end: weeks have told it, and good sessions
do not take it back."""


@dataclass(frozen=True, slots=True)
class Course:
    """How core work stands after a day.

    last_on: the last day with any. anew_on: the first day since it began anew, no earlier than it was heard of. pains:
    those told before exercise lately, a day each. greens: green sessions in a row; high: sessions in a row with much
    pain before them; no_go: days in a row with too much for any. reds: the days of the last ones. book: why a review is
    asked for, each with its day. seen_on: the day of the last review. load_shut_on: since when two bad sessions shut
    weights, until a review. flares: the days on which one began. heard: what the outcome measures came to. walking: how
    that stands.
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
    seen_on: date | None = None
    load_shut_on: date | None = None
    heard: Heard = field(default_factory=Heard)
    walking: Walking = field(default_factory=Walking)

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

    readings: pain before exercise, each with its moment, in order; before: the lowest and the highest of it. flares:
    when flare-ups were told of, in order. lowers: an answer after which the easiest form comes first. outcomes: what
    was answered of the outcome measures. walks: what of walking. consent: what needs no expert's word; None where no
    change waits. test_effort: at which a measured hold ends that an answer makes shorter, of 10.
    """

    on: date
    reviews: tuple[Review, ...] = ()
    flares: tuple[datetime, ...] = ()
    lowers: bool = False
    readings: tuple[tuple[datetime, int], ...] = ()
    before: tuple[int, int] | None = None
    bout: Bout | None = None
    outcomes: tuple[Answer, ...] = ()
    walks: WalksTold = field(default_factory=WalksTold)
    consent: Consent | None = None
    test_effort: int | None = None

    @property
    def flared_at(self) -> datetime | None:
        """When a flare-up was told of last; None when none was."""
        return self.flares[-1] if self.flares else None


def told_on(on: date, history: History, programme: Programme, free: Freed, after: date | None) -> Told:
    """What a history tells of a day. free: when walks may grow. after: the last day before it on which something was
    told; None where there is none."""
    within = timedelta(hours=programme.schedule.morning_after_h)
    core = [exercise.id for exercise in programme.of_step(Step.CORE)]
    asked = [pain for pain in history.pains.on(on) if pain.when == "before"]
    return Told(
        on=on,
        reviews=tuple(review for review in history.reviews.on(on) if review.decides),
        flares=tuple(flare.at for flare in history.flares.on(on)),
        lowers=any(programme.form.items[it].easiest for it in _screened(on, history) if it in programme.form.items),
        readings=tuple((pain.at, pain.nprs) for pain in asked if pain.nprs is not None),
        before=before_on(on, history),
        bout=bout_on(on, history, core, within),
        outcomes=history.outcomes.on(on),
        walks=walks_told(history, on, within, free.since(on), _silent(after, on, programme, free)),
        consent=consent_on(history, on),
        test_effort=programme.test_effort(free.flags_on(on)),
    )


def _silent(after: date | None, on: date, programme: Programme, free: Freed) -> tuple[tuple[date, date | None], ...]:
    """The days between two on which something was told, as many as anything comes of."""
    if after is None:
        return ()
    rules = programme.listening
    most = max([rules.walking.grow_after_days, *(band.from_days for band in rules.gaps.bands)])
    days = (after + timedelta(days=number) for number in range(1, min((on - after).days, most + 1)))
    return tuple((day, free.since(day)) for day in days)


def _screened(on: date, history: History) -> frozenset[str]:
    """What full screens of a day answered with anything but no."""
    return frozenset().union(*(screen.told for screen in history.screens.on(on)))


def began(course: Course, told: Told, programme: Programme) -> Course:
    """The course with the reviews, the flare-up and the outcomes of a day, which hold on that very day. What was
    answered before a review was seen in it, and so was a flare-up: what a reviewer sets after one stands."""
    course = _lowered(course, told.on, programme) if told.lowers else course
    seen = bool(told.reviews) and all(answer.at < told.reviews[0].at for answer in told.outcomes)
    course = _heard(course, told, programme) if told.outcomes and seen else course
    flared = bool(told.flares) and course.flare is None
    course = _in_order(course, told, programme)
    course = _heard(course, told, programme) if told.outcomes and not seen else course
    course = _long_flare(course, told.on, programme)
    return _walking(course, told, programme, flared=flared)


def _in_order(course: Course, told: Told, programme: Programme) -> Course:
    """The course with the reviews and the flare-ups of a day, each as it came. What waited for the reviews is released
    with the last of them."""
    flares = list(told.flares)
    for number, review in enumerate(told.reviews, start=1):
        while flares and flares[0] < review.at:
            course = _flared(course, told.on, flares.pop(0), programme)
        course = _reviewed(course, review, told.on, programme)
        if number == len(told.reviews) and told.consent is not None:
            ladders = released(course.ladders, told.consent, course.last_on, told.on, programme)
            course = replace(course, ladders=ladders)
    for flared_at in flares:
        course = _flared(course, told.on, flared_at, programme)
    return course


def _walking(course: Course, told: Told, programme: Programme, *, flared: bool) -> Course:
    """How walking stands on a day. flared: a flare-up began on it. A second bad morning asks for a review, until there
    is one or enough good ones came in a row."""
    listening = programme.listening
    flare = course.flare is not None
    walking = walking_on(course.walking, told.walks, told.on, listening, flare=flare, flared=flared)
    if walking == course.walking:
        return course
    book = dict(course.book)
    if asks_review(walking, told.on, listening.reactions):
        book["walk-reds"] = told.on
    elif walking.greens >= listening.reactions.review_after_greens:
        book.pop("walk-reds", None)
    return replace(course, walking=walking, book=course.book if book == course.book else book)


def _lowered(course: Course, on: date, programme: Programme) -> Course:
    """Every core exercise on its easiest rung, from where it grows as always, once a clinician agrees. What they set of
    a form is heard after it."""
    ladders = dict(course.ladders)
    for exercise in programme.of_step(Step.CORE):
        ladder = ladders.get(exercise.id) or Ladder(exercise.number(exercise.first_rung))
        ladder = replace(ladder, shown={}) if ladder.shown else ladder  # it was meant for what was shown before
        lowest = easiest(exercise, ladder.height)
        if lowest < ladder.height:
            level = ladder.level(lowest, fresh(exercise, lowest, programme.listening, start_dose(programme)))
            level = replace(level, why=Change(on, say("plan.reason.easier"), "design"))
            ladders[exercise.id] = replace(ladder.with_level(lowest, level), height=lowest)
    return replace(course, ladders=ladders)


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
    """A reviewer's word: what rested may go on, and what they set holds. A flare-up of days before the one on which
    they looked is over with it, for they saw it, and the way back begins. Their stop lets nothing go on."""
    if review.decision == "stop":
        return course
    seen_on = review.seen_on
    if course.seen_on is not None and seen_on < course.seen_on:
        return course  # another one has looked at the plan since, and was heard first
    ladders = {
        name: replace(ladder, rests=None) if ends_rest(ladder, name, review) else ladder
        for name, ladder in course.ladders.items()
    }
    for name in review.changes:
        exercise = programme.exercises.get(name)
        if exercise is not None and exercise.step is Step.CORE:
            ladders[name] = set_by(review, ladders.get(name), exercise, on, programme)
    shut, flare = course.load_shut_on, course.flare
    return replace(
        course,
        flare=flare if flare is None or seen_on <= flare.began else None,
        ladders=ladders,
        book={name: noticed_on for name, noticed_on in course.book.items() if noticed_on > seen_on},
        reds=tuple(red_on for red_on in course.reds if red_on > seen_on),
        load_shut_on=None if shut is None or shut <= seen_on else shut,
        seen_on=seen_on,
        heard=course.heard.reviewed(seen_on),
        walking=course.walking.reviewed(seen_on),
    )


def _flared(course: Course, on: date, told_at: datetime, programme: Programme) -> Course:
    """A flare-up: everything at a share of itself until the pain is as usual again. A second word only renews the
    wait."""
    if course.flare is not None:
        return replace(course, flare=course.flare.told_again(told_at))
    rules = programme.listening.flares
    calm_pain = rules.calm_pain(course.usual)
    why = Change(on, say("plan.reason.flare", share=round(100 * rules.shares[0]), pain=calm_pain), rules.source)
    since = on - timedelta(days=rules.often_days)
    flares = (*(day for day in course.flares if day > since), on)
    book = {**course.book, "flares": on} if len(flares) >= rules.often else course.book
    return replace(
        course,
        ladders=all_eased(course.ladders, on, rules.shares, programme, why),
        flare=FlareUp(on, told_at, calm_pain),
        flares=flares,
        book=book,
    )


def _calmed(course: Course, told: Told, programme: Programme) -> Course:
    """Whether the flare-up is over: the pain as usual, told twice, far enough apart."""
    if course.flare is None:
        return course
    flare = course.flare.heard(told.readings, programme.listening)
    if flare is None:
        book = {name: noticed_on for name, noticed_on in course.book.items() if name != "flare"}
        return replace(course, flare=None, book=book)
    return replace(course, flare=flare)


def _long_flare(course: Course, on: date, programme: Programme) -> Course:
    """A flare-up that has lasted too long asks for a review, on whatever day somebody looks."""
    if course.flare is None or "flare" in course.book:
        return course
    late_on = course.flare.began + timedelta(days=programme.listening.flares.review_days)
    return course if on < late_on else replace(course, book={**course.book, "flare": late_on})


def after_day(course: Course, told: Told, programme: Programme) -> Course:
    """The course after a day."""
    return after_begun(began(course, told, programme), told, programme)


def after_begun(course: Course, told: Told, programme: Programme) -> Course:
    """The same for whoever has looked already at how the day `began`."""
    course = _no_go(course, told, programme)
    course = _calmed(course, told, programme)
    if told.bout is not None:
        course = _worked(opened(course, told.on, programme), told, told.bout, programme)
    if told.before is not None:
        last = programme.listening.reactions.usual_of
        course = replace(course, pains=(*course.pains, told.before[1])[-last:])
    walking = walked(course.walking, told.walks, told.on)
    return course if walking == course.walking else replace(course, walking=walking)


def _no_go(course: Course, told: Told, programme: Programme) -> Course:
    if told.before is None:
        return course
    days = course.no_go + 1 if told.before[1] >= programme.pain.no_core_from else 0
    wants = days >= programme.listening.reactions.no_go_days
    if days == course.no_go and not wants:
        return course
    return replace(course, no_go=days, book={**course.book, "no-go": told.on} if wants else course.book)


def answer_of(name: str, bout: Bout, reading: Reading, course: Course, programme: Programme) -> Answered:
    """How a day's core work was answered, for one exercise of it. course: as it stood before."""
    rules = programme.listening
    gap = None if course.last_on is None else rules.gaps.band((bout.on - course.last_on).days)
    concerned = not bout.named or name in bout.named
    strained = not bout.strained or name in bout.strained
    hurt = Reaction.AMBER if name in bout.hurt else Reaction.GREEN
    told = max(reading.morning, reading.session if concerned else Reaction.GREEN, hurt)
    return Answered(
        reaction=max(reading.before, told),
        before_only=reading.before > told,
        answered=bout.answered and bout.worst is not None,
        stays=(reading.session > Reaction.GREEN and not concerned) or bool(bout.hurt - {name}),
        short=bout.short,
        easy=bout.effort is not None and (bout.effort <= rules.dosing.effort or not strained),
        may_count=gap is None or gap.counts,
        no_growth=course.flare is not None or course.heard.stays(bout.on, rules.weekly),
        kept=bout.kept.get(name),
        effort=bout.effort if strained else None,
        light=not strained or bout.effort is None or bout.effort <= programme.light_effort,
        worse_morning=bout.words == MORNINGS[-1]
        and not bout.spread
        and (not concerned or reading.session < Reaction.RED),
        told={side: held_s for (exercise_id, side), held_s in bout.told.items() if exercise_id == name},
    )


def _worked(course: Course, told: Told, bout: Bout, programme: Programme) -> Course:
    rules, consent = programme.listening, told.consent
    reading = read(bout, course.usual, rules.reactions)
    start, short_s = start_dose(programme), programme.short.hold_up_to_s
    ladders = dict(course.ladders)
    for name, holds in bout.holds.items():
        exercise = programme.exercises[name]
        ladder = ladders.get(name) or Ladder(exercise.number(exercise.first_rung))
        answer = answer_of(name, bout, reading, course, programme)
        most = None if consent is None else consent.most(exercise)
        session = Session(exercise, holds, answer, rules, start, course.last_on, short_s, most, told.test_effort)
        ladders[name] = trained(ladder, session)
    first_on, anew_on = course.first_on or bout.on, course.anew_on or bout.known_on
    course = replace(course, ladders=ladders, first_on=first_on, last_on=bout.on, anew_on=anew_on)
    hurt = Reaction.AMBER if bout.hurt else Reaction.GREEN
    return _tallied(course, bout, max(reading.all_of_it, hurt), programme)


def _tallied(course: Course, bout: Bout, reaction: Reaction, programme: Programme) -> Course:
    """What the session means for asking for a review."""
    rules = programme.listening.reactions
    since = bout.on - timedelta(days=rules.red_days)
    reds = tuple(day for day in course.reds if day > since)
    reds = (*reds, bout.on) if reaction is Reaction.RED else reds
    green = reaction is Reaction.GREEN and bout.answered
    greens = course.greens + 1 if green else 0
    high = course.high + 1 if bout.before is not None and bout.before[1] >= rules.high_before else 0
    lasting = {name: on for name, on in course.book.items() if name in LASTING}
    book = lasting if greens >= rules.review_after_greens else dict(course.book)
    if reaction is Reaction.RED and len(reds) >= rules.reds:
        book["reds"] = bout.on
        course = replace(course, load_shut_on=bout.on)
    if high >= rules.high_sessions:
        book["high"] = bout.on
    return replace(course, reds=reds, greens=greens, high=high, book=book)
