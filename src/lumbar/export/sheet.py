"""The packet in words: every line of it, as paper and screen show it alike."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date

from lumbar.catalog.words import Words
from lumbar.core.exercise import Exercise
from lumbar.core.message import Message, Param, say
from lumbar.core.packet import Held, Packet, Row, Score, WalkRow
from lumbar.core.plan.day import HoldTest


@dataclass(frozen=True, slots=True)
class Line:
    """One exercise in words. held: with its goal, where that was held in part; share: of it, 0 to 1; None where it is
    not shown as a bar. rests: until a review with a tick for it."""

    exercise: str
    rung: str
    name: str
    dose: str
    form: str
    held: str
    share: float | None
    next: str
    rests: bool


@dataclass(frozen=True, slots=True)
class Curve:
    """A curve with its title and what is said below it. told: the same in a sentence, for who cannot see it; days: its
    first and its last, empty without any."""

    title: str
    points: tuple[tuple[date, float], ...]
    said: str
    told: str
    days: tuple[str, str]

    @property
    def last(self) -> str:
        """The newest value, empty without any."""
        return f"{self.points[-1][1]:g}" if self.points else ""

    @property
    def shape(self) -> tuple[tuple[float, float], ...]:
        """The points in a square of 1 by 1, from its lower left: the one shape that paper, file and screen draw. Days
        go across, and zero is at the bottom."""
        if not self.points:
            return ()
        begin = self.points[0][0].toordinal()
        span = max(1, self.points[-1][0].toordinal() - begin)
        most = max(1.0, *(value for _, value in self.points))
        return tuple(((on.toordinal() - begin) / span, value / most) for on, value in self.points)


@dataclass(frozen=True, slots=True)
class Sheet:
    """All of the packet in words. Lists are in the order of the page."""

    title: str
    lead: str
    person: tuple[str, str]
    screen_title: str
    screen: tuple[str, ...]
    goal: str
    review: str
    lines: tuple[Line, ...]
    scores: tuple[tuple[str, str, str], ...]
    past: tuple[str, ...]
    questions: tuple[str, ...]
    questions_none: str
    questions_left: str
    rests: str
    scores_none: str
    events_none: str
    walk: tuple[str, str, str, str] | None
    changed_title: str
    changed: tuple[str, ...]
    rules: tuple[str, ...]
    curves: tuple[Curve, ...]
    events: tuple[tuple[str, str, str], ...]
    events_left: str
    foot: str

    @property
    def facts(self) -> tuple[str, ...]:
        """Everything that a reader is told, whatever the packet is read on: text, paper and screen differ in how they
        look, and in nothing else."""
        return (
            *(self.title, self.lead, self.review, *self.person, self.screen_title, *self.screen, self.goal),
            *(told for line in self.lines for told in (line.name, line.dose, line.form, line.held, line.next)),
            *(self.walk or ()),
            *(told for score in self.scores for told in score),
            *((self.scores_none,) if not self.scores else ()),
            *self.past,
            *(self.questions or (self.questions_none,)),
            *(self.questions_left, self.rests),
            *(self.changed_title, *self.changed),
            *self.rules,
            *(told for curve in self.curves for told in (curve.title, curve.last, curve.said)),
            *(told for event in self.events for told in event),
            *((self.events_none,) if not self.events else ()),
            *(self.events_left, self.foot),
        )


def sheet_json(sheet: Sheet) -> dict[str, object]:
    """The sheet as plain values, curves with the shape that is drawn of them."""
    curves = [
        {
            "title": curve.title,
            "last": curve.last,
            "said": curve.said,
            "told": curve.told,
            "days": list(curve.days),
            "shape": [[round(x, 4), round(y, 4)] for x, y in curve.shape],
        }
        for curve in sheet.curves
    ]
    return {**asdict(sheet), "curves": curves}


class Teller:
    """Puts ids into words, with short dates: a page has no room for weekdays."""

    def __init__(self, words: Words) -> None:
        self._words = words.with_short_dates

    def __call__(self, message_id: str, **params: Param) -> str:
        return self._words.written(say(message_id, **params))

    def message(self, message: Message) -> str:
        """A message of core's, its dates written short."""
        return self._words.written(message)

    def day(self, on: date) -> str:
        """A date without its weekday."""
        return self("date.short", day=on.day, month=f"@date.month.{on.month}", year=on.year)


def sheet_of(packet: Packet, exercises: Mapping[str, Exercise], words: Words) -> Sheet:
    """A packet in words."""
    t = Teller(words)
    last_on = packet.screened.on
    return Sheet(
        title=t("packet.title"),
        lead=t("packet.lead"),
        person=_person(packet, t),
        screen_title=t("packet.screen") if last_on is None else f"{t('packet.screen')}, {t.day(last_on)}",
        screen=(t.message(packet.screened.outcome), *_screen(packet, t)),
        goal=t("packet.goal.none") if packet.goal is None else f"“{packet.goal}”",
        review=t.message(packet.review),
        lines=tuple(_line(row, exercises[row.exercise], t) for row in packet.rows),
        scores=tuple(_score(score, t) for score in packet.scores),
        past=tuple(_past(packet, t)),
        questions=tuple(t.message(question.message) for question in packet.questions),
        questions_none=t("packet.ask.none"),
        questions_left=t("packet.ask.left", count=packet.more_questions) if packet.more_questions else "",
        rests=t("packet.ask.rests", count=resting) if (resting := sum(row.rests for row in packet.rows)) else "",
        scores_none=t("packet.scores.none"),
        events_none=t("packet.more.events.none"),
        walk=None if packet.walk is None else walk_of(packet.walk, t),
        changed_title=_changed_title(packet, t),
        changed=tuple(t.message(message) for message in packet.changed),
        rules=tuple(t.message(message) for message in packet.rules),
        curves=tuple(_curves(packet, t)),
        events=tuple((t.day(event.on), t.message(event.what), t.message(event.advised)) for event in packet.events),
        events_left=t("packet.more.events.left", count=packet.more_events) if packet.more_events else "",
        foot=t("packet.foot"),
    )


def note_of(packet: Packet, t: Teller) -> str | None:
    """What the last reviewer wrote about all of it, with their name."""
    last = packet.reviewed
    return None if last is None or not last.note else t("handout.note", by=last.by, note=last.note)


def _person(packet: Packet, t: Teller) -> tuple[str, str]:
    name = packet.name or t("packet.nameless")
    who = name if packet.age is None else t("packet.age", name=name, age=packet.age)
    return who, t("packet.week.none") if packet.week is None else t("packet.week", week=packet.week)


_SCREEN_LINES = 3


def _screen(packet: Packet, t: Teller) -> Iterable[str]:
    """What was answered other than no, in no more lines than there is room for; the rest is counted."""
    told = [t.message(message) for message in packet.screened.told]
    if not told and packet.screened.on is not None:
        yield t("packet.screen.clear")
    yield from told[:_SCREEN_LINES]
    if len(told) > _SCREEN_LINES:
        yield t("packet.screen.more", count=len(told) - _SCREEN_LINES)


def _line(row: Row, exercise: Exercise, t: Teller) -> Line:
    bar = row.step.value == "core" and row.held_s is not None
    if row.repetitions > 1:
        held = t("packet.held.times", count=row.times) if row.times else t("packet.held.none")
    elif row.held_s is None:
        held = t("packet.held.none")
    else:
        held = f"{int(row.held_s)} / {row.goal_s}" if bar else f"{int(row.held_s)}"
    return Line(
        exercise=row.exercise,
        rung=row.rung,
        name=t(f"{row.exercise}.name"),
        dose=dose_of(row, t),
        form=t(f"{row.exercise}.rung.{exercise.rung(row.rung).id}"),
        held=held,
        share=min(1.0, (row.held_s or 0.0) / row.goal_s) if bar else None,
        next=t.message(row.next),
        rests=row.rests,
    )


def dose_of(row: Row, t: Teller) -> str:
    """The dose of a row, with how often it comes."""
    if row.repetitions > 1:
        dose = _drill_dose(row, t)
    elif row.test is not HoldTest.NONE:
        dose = _measured_dose(row, t)
    else:
        dose = t(f"packet.dose.{'each' if row.each else 'both'}", sets=row.sets, seconds=row.hold_s)
    dose = t("packet.dose.load", dose=dose, kg=row.load_kg) if row.load_kg else dose
    return t("packet.dose.often", dose=dose, often=t.message(row.often))


def _drill_dose(row: Row, t: Teller) -> str:
    """Sets of repetitions, as everywhere; what makes no whole sets is counted one by one."""
    sets, lacking = divmod(row.sets, row.repetitions)
    if lacking or not sets:
        return t("packet.dose.times", sets=row.sets)
    return t("packet.dose.repetitions", sets=sets, repetitions=row.repetitions)


def _measured_dose(row: Row, t: Teller) -> str:
    """A dose whose first hold is measured: how much follows hangs on it, where it is the very first."""
    if row.test is HoldTest.FIRST or row.sets <= 1:
        return t("packet.dose.measured-first" if row.sets > 1 else "packet.dose.measured-only")
    name = "packet.dose.measured-each" if row.each else "packet.dose.measured"
    return t(name, sets=row.sets - 1, seconds=row.hold_s)


def walk_of(walk: WalkRow, t: Teller) -> tuple[str, str, str, str]:
    """Its name, how much of it, how often it was walked of late, and what comes next."""
    often = t("packet.often.week", count=walk.days)
    dose = t("packet.walk.usual") if walk.minutes is None else t("packet.walk.minutes", count=walk.minutes)
    walked = t("packet.walk.days", count=walk.week_days, over=walk.over_days)
    return t("plan.walk.name"), t("packet.dose.often", dose=dose, often=often), walked, t.message(walk.next)


def _score(score: Score, t: Teller) -> tuple[str, str, str]:
    once = len(score.points) == 1
    numbers = f"{score.last:g}" if once else t("packet.score", first=f"{score.first:g}", last=f"{score.last:g}")
    said = t("packet.score.once") if score.said is None else t.message(score.said)
    if score.better_at is not None:
        way = "lower" if score.better_at < score.first else "higher"
        said = f"{said}; {t(f'packet.score.matters-{way}', at=f'{score.better_at:g}')}"
    return t(f"packet.score.{score.instrument}"), numbers, said


def _past(packet: Packet, t: Teller) -> Iterable[str]:
    kept = packet.kept
    if kept.core_done or kept.stretch_done:
        yield t(
            "packet.past.kept", count=kept.days, done=kept.core_done, planned=kept.core_planned, days=kept.stretch_done
        )
    else:
        yield t("packet.past.kept.none")
    worst = packet.worst
    if worst is None:
        yield t("packet.past.worst.none")
    else:
        what, then = t.message(worst.what), t.message(worst.advised)
        yield t("packet.past.worst", what=what, event_on=t.day(worst.on), advised=then)
    flares = packet.flares
    yield (
        t("packet.past.flares", count=len(flares), last_on=t.day(flares[-1]))
        if flares
        else t("packet.past.flares.none")
    )
    camera = "packet.past.camera" if kept.measured else "packet.past.camera.none"
    yield t(camera, measured=kept.measured, holds=kept.holds)


def _changed_title(packet: Packet, t: Teller) -> str:
    if packet.changed_on is None:
        return t("packet.more.changed.first")
    name = "packet.more.changed" if packet.changed else "packet.more.changed.none"
    return t(name, before_on=t.day(packet.changed_on))


def _curves(packet: Packet, t: Teller) -> Iterable[Curve]:
    for score in packet.scores:
        yield _drawn(t(f"packet.score.{score.instrument}"), score.points, _score(score, t)[2], t)
    for held in packet.held:
        name = t(f"{held.exercise}.name")
        title = name if held.side == "both" else f"{name}, {t(f'packet.side.{held.side}')}"
        yield _drawn(title, held.weeks, _measured(held, t), t)


def _drawn(title: str, points: tuple[tuple[date, float], ...], said: str, t: Teller) -> Curve:
    if not points:
        return Curve(title, points, said, said, ("", ""))
    (first_on, first), (last_on, last) = points[0], points[-1]
    days = t.day(first_on), t.day(last_on)
    if len(points) == 1:
        told = t("packet.curve.once", name=title, last=f"{last:g}", last_on=days[1])
    else:
        values = [value for _, value in points]
        told = t(
            "packet.curve",
            name=title,
            first=f"{first:g}",
            first_on=days[0],
            last=f"{last:g}",
            last_on=days[1],
            low=f"{min(values):g}",
            high=f"{max(values):g}",
        )
    return Curve(title, points, said, told, days)


def _measured(held: Held, t: Teller) -> str:
    if not held.weeks:
        return t("packet.more.curves.none")
    if held.measured_share is None or held.well_share is None or not held.measured_share:
        return t("packet.more.unmeasured")
    return t("packet.more.measured", share=round(100 * held.measured_share), well=round(100 * held.well_share))
