"""Makes the packet of a moment: from programme and record, by the same plan that the person sees."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from lumbar.core.message import Message, say
from lumbar.core.outcomes import Course as Outcome
from lumbar.core.outcomes import answers, courses
from lumbar.core.packet.ahead import rules_ahead
from lumbar.core.packet.log import log_of
from lumbar.core.packet.packet import Event, Packet, Question, Row, Score, Screened, WalkRow
from lumbar.core.packet.past import a_bit_much, held, kept, worst_of
from lumbar.core.packet.rows import rows, walk_row
from lumbar.core.plan import Day, Programme, plan
from lumbar.core.plan.courses import course_on
from lumbar.core.plan.day import HoldTest, Item, Reviewed
from lumbar.core.plan.history import fold
from lumbar.core.plan.myself import myself
from lumbar.core.record import Record
from lumbar.core.safety import Standing, stand

_EVENTS = 12
"""So many of the log fit its page; the number of the others is told."""

_AGREES = "plan.load.agreed"
_LOAD = "plan.load."
_SEEN = "plan.load.seen"
_GOAL = "plan.load.goal"
_REFUSED = "plan.reason.refused-"
_WALK = "walk"


def make_packet(programme: Programme, record: Record, at: datetime) -> Packet:
    """Everything that an expert is shown, as it stands at a moment. Raises Misuse for one without an offset."""
    day = plan(programme, record, at)
    history, standing = fold(record), stand(record, programme.form, at)
    course = course_on(programme, record, history, day.on)
    known = myself(history, day.on)
    log, lately = log_of(record, programme, day.on), timedelta(days=programme.expert.reactions_days)
    shown = rows(day, course, history, programme)
    before = _before(record, day.on)
    walk = walk_row(day, course, programme)
    waiting, most = tuple(_questions(day, shown, standing, programme)), programme.expert.decisions
    return Packet(
        on=day.on,
        name=known.name,
        birth_year=known.birth_year,
        goal=known.goal,
        week=None if standing.first_on is None else (day.on - standing.first_on).days // 7 + 1,
        reviewed=day.reviewed,
        review=review_says(day.reviewed, day.on),
        review_days=programme.expert.review_days,
        screened=_screened(standing, programme),
        scores=tuple(_scores(courses(programme.outcomes, answers(record), day.on))),
        rows=shown,
        questions=waiting[:most],
        more_questions=len(waiting[most:]),
        kept=kept(history, programme, standing.first_on, day.on),
        worst=worst_of(log, a_bit_much(record, programme, day.on), day.on - lately),
        flares=tuple(
            flare.on for flare in history.flares if (day.on - flare.on).days < programme.expert.reactions_days
        ),
        events=tuple(log[:_EVENTS]),
        more_events=max(0, len(log) - _EVENTS),
        held=held(history, programme, day.on),
        changed_on=None if before is None else before[0],
        changed=() if before is None else (*_changed(before[1], shown), *_since(before, walk, log)),
        walk=walk,
        waits=day.waits,
        rules=rules_ahead(shown, walk),
    )


def review_says(reviewed: Reviewed | None, on: date) -> Message:
    """How the plan stands with its reviews."""
    if reviewed is None:
        return say("packet.review.none")
    told = {"by": reviewed.by, "profession": reviewed.profession, "seen_on": reviewed.on.isoformat()}
    if reviewed.stops and reviewed.again_on is not None:
        return say("packet.review.stopped-again", **told, again_on=reviewed.again_on.isoformat())
    if reviewed.stops:
        return say("packet.review.stopped", **told)
    name = "old" if reviewed.is_old(on) else "until"
    return say(f"packet.review.{name}", **told, until_on=reviewed.until.isoformat())


def _screened(standing: Standing, programme: Programme) -> Screened:
    verdict = standing.verdict
    if verdict is None:
        return Screened(standing.last_on, (), say("packet.screen.none"))
    told = []
    for reason in verdict.reasons:
        item = programme.form.items[reason.item]
        cleared = standing.cleared.get(item.id)
        question = f"@{item.short.id}"
        if cleared is None:
            told.append(say("packet.screen.item", item=item.id, question=question))
        else:
            told.append(say("packet.screen.cleared", item=item.id, question=question, seen_on=cleared.isoformat()))
    return Screened(standing.last_on, tuple(told), verdict.title)


def _scores(found: Iterable[Outcome]) -> Iterable[Score]:
    for course in found:
        first, last, instrument = course.first, course.last, course.instrument
        if first is None or last is None or instrument.matters is None:
            continue
        change, limits = last.change, course.limits
        yield Score(
            instrument=instrument.id,
            first_on=first.on,
            first=first.score.value,
            last_on=last.on,
            last=last.score.value,
            said=None if change is None else say(f"packet.change.{change.direction.value}"),
            better_at=None if limits is None else limits.better_at,
            points=tuple((point.on, point.score.value) for point in course.points),
        )


def _questions(day: Day, shown: Iterable[Row], standing: Standing, programme: Programme) -> Iterable[Question]:
    """What waits for an expert: questions of the screening first, then what the plan proposes and holds back until they
    agree, and a first weight. What they once said no to is asked again at the end. What rests is asked in its row."""
    verdict = standing.verdict
    for way in () if verdict is None else verdict.ways_back:
        if way.item is not None and way.needs in ("clearance", "review"):
            short = f"@{programme.form.items[way.item].short.id}"
            yield Question("item", way.item, say("packet.ask.item", item=way.item, question=short))
    if verdict is None or not verdict.exercise_allowed:
        return
    reasons = {item.exercise: [why.message.id for why in item.reasons] for item in day.items}
    proposed = [item for item in day.items if item.proposal is not None]
    yield from (_proposed(item) for item in proposed if not _is_refused(item))
    for row in shown:
        waits = {name for name in reasons[row.exercise] if name.startswith(_LOAD)} - {_GOAL}
        told = {"exercise": f"@{row.exercise}.name"}
        if _AGREES in waits and waits <= {_AGREES, _SEEN, "plan.load.mass"}:
            yield Question("load", row.exercise, say("packet.ask.load", **told))
        if _SEEN in waits and waits <= {_AGREES, _SEEN, "plan.load.mass", "plan.load.weeks"}:
            yield Question("watched", row.exercise, say("packet.ask.watched", **told))
    yield from (_proposed(item) for item in proposed if _is_refused(item))


def _is_refused(item: Item) -> bool:
    return any(why.message.id.startswith(_REFUSED) for why in item.reasons)


def _proposed(item: Item) -> Question:
    proposal = item.proposal
    assert proposal is not None
    form, kg = f"@{item.exercise}.rung.{proposal.rung}", proposal.kg
    words = say(f"packet.ask.proposal-{proposal.kind}", exercise=f"@{item.exercise}.name", form=form, kg=kg)
    return Question("proposal", item.exercise, words, proposal)


def _before(record: Record, on: date) -> tuple[date, Mapping[str, Mapping[str, object]]] | None:
    """The doses of the last packet that was handed out on an earlier day, and that day: printing it twice, or on paper
    and as a file, says the same."""
    last = next((made for made in reversed(record.of("packet-made")) if made.happened_on < on), None)
    if last is None:
        return None
    rows_of = {str(row["exercise"]): row for row in last.body["shown"] if isinstance(row, Mapping)}
    return last.happened_on, rows_of


def _changed(before: Mapping[str, Mapping[str, object]], shown: Iterable[Row]) -> Iterable[Message]:
    for row in shown:
        was = before.get(row.exercise)
        if was is None:
            yield say("packet.changed.new", exercise=f"@{row.exercise}.name")
            continue
        name = f"@{row.exercise}.name"
        if was.get("rung") != row.rung:
            yield say("packet.changed.rung", exercise=name, form=f"@{row.exercise}.rung.{row.rung}")
        then = (was.get("sets"), was.get("hold_s"))
        measured = row.test is not HoldTest.NONE
        if was.get("measured", measured) != measured or (measured and then != (row.sets, row.hold_s)):
            name_of = "measured" if measured else "now"
            yield say(f"packet.changed.{name_of}", exercise=name, sets=row.sets, seconds=row.hold_s)
        elif then != (row.sets, row.hold_s) and row.repetitions == 1:
            sets, hold_s = (value if isinstance(value, int) else 0 for value in then)
            yield say(
                "packet.changed.dose", exercise=name, was_sets=sets, was_s=hold_s, sets=row.sets, seconds=row.hold_s
            )
        if was.get("load_kg") != row.load_kg:
            yield say("packet.changed.load", exercise=name, kg=row.load_kg)
        if was.get("closed") != row.closed:
            yield say("packet.changed.closed" if row.closed else "packet.changed.open", exercise=name)


def _since(
    before: tuple[date, Mapping[str, Mapping[str, object]]], walk: WalkRow | None, log: Iterable[Event]
) -> Iterable[Message]:
    """What else is other than it was: the walk, and what went wrong on later days."""
    on, rows_of = before
    if walk is not None and _WALK in rows_of:
        yield from _walk_changed(rows_of[_WALK], walk)
    count = sum(event.on > on for event in log)
    if count:
        yield say("packet.changed.events", count=count)


def _walk_changed(before: Mapping[str, object], walk: WalkRow) -> Iterable[Message]:
    was, now = before.get("minutes"), walk.minutes
    if now is not None and was != now:
        if isinstance(was, int):
            yield say("packet.changed.walk", was=was, minutes=now)
        else:
            yield say("packet.changed.walk-new", minutes=now)
    if before.get("closed", walk.closed) != walk.closed:  # what was handed out earlier may not tell
        yield say("packet.changed.walk-closed" if walk.closed else "packet.changed.walk-open")


def shown_rows(packet: Packet) -> list[dict[str, object]]:
    """The doses of a packet, as its fact keeps them; the walk's beside those of the exercises."""
    walk: list[dict[str, object]] = []
    if packet.walk is not None:
        walk = [{"exercise": _WALK, "minutes": packet.walk.minutes, "closed": packet.walk.closed}]
    return [*walk, *_shown(packet)]


def _shown(packet: Packet) -> list[dict[str, object]]:
    return [
        {
            "exercise": row.exercise,
            "rung": row.rung,
            "sets": row.sets,
            "hold_s": row.hold_s,
            "load_kg": row.load_kg,
            "closed": row.closed,
            "measured": row.test is not HoldTest.NONE,
        }
        for row in packet.rows
    ]
