"""What was kept of what was planned, what went wrong, and what a camera measured of it."""

from collections.abc import Iterable
from datetime import date, timedelta

from lumbar.core.exercise import Exercise, Step
from lumbar.core.message import Message, say
from lumbar.core.packet.packet import Event, Held, Kept
from lumbar.core.plan.history import History
from lumbar.core.plan.looked import Looked, looked_at
from lumbar.core.plan.programme import Programme
from lumbar.core.plan.rungs import sides_of
from lumbar.core.plan.told import Hold
from lumbar.core.record import Record

_WEEKS = 26
"""So many weeks fit a curve that can be read in print."""


def kept(history: History, programme: Programme, first_on: date | None, on: date) -> Kept:
    """The last days, as far as somebody was in the plan by then. Today counts once it was trained."""
    days = programme.expert.kept_days
    since = on - timedelta(days=days - 1) if first_on is None else max(first_on, on - timedelta(days=days - 1))
    span = (on - since).days + 1
    core, stretch = _done_days(history, programme, since, on)
    holds = [hold for exercise in programme.of_step(Step.CORE) for hold in _since(history, exercise, since, on)]
    planned = (
        0 if first_on is None else (span + programme.schedule.core_gap_days - 1) // programme.schedule.core_gap_days
    )
    return Kept(
        days=span,
        core_done=len(core),
        core_planned=max(planned, len(core)),
        stretch_done=len(stretch),
        stretch_planned=0 if first_on is None else span,
        holds=len(holds),
        measured=sum(hold.faulted_s is not None for hold in holds),
    )


def _done_days(history: History, programme: Programme, since: date, on: date) -> tuple[set[date], set[date]]:
    core: set[date] = set()
    stretch: set[date] = set()
    for exercise in programme.exercises.values():
        if not exercise.step.ours:
            days = {hold.on for hold in _since(history, exercise, since, on) if hold.done}
            (core if exercise.step is Step.CORE else stretch).update(days)
    return core, stretch


def _since(history: History, exercise: Exercise, since: date, on: date) -> Iterable[Hold]:
    days = history.of(exercise.id).days
    for number in range(since.toordinal(), on.toordinal() + 1):
        yield from (hold for hold in days.get(date.fromordinal(number), ()) if hold.worked)


def reactions(record: Record, programme: Programme, on: date) -> list[tuple[Exercise, Looked]]:
    """The sessions of core work of late that the back did not take well, the latest first."""
    since = on - timedelta(days=programme.expert.reactions_days)
    most = programme.expert.reactions_days // programme.schedule.core_gap_days + 1
    found = [
        (exercise, one)
        for exercise in programme.of_step(Step.CORE)
        for one in looked_at(programme, record, exercise, before=on + timedelta(days=1), most=most)
        if one.on >= since and one.read_as in ("ease-back", "stay-here")
    ]
    return sorted(found, key=lambda pair: pair[1].on, reverse=True)


def worst_of(found: Iterable[tuple[Exercise, Looked]]) -> Event | None:
    """The worst of them, the latest of those that are alike."""
    every = list(found)
    worst = [pair for pair in every if pair[1].read_as == "ease-back"] or every
    return _reaction(*worst[0]) if worst else None


def _reaction(exercise: Exercise, one: Looked) -> Event:
    what = say(
        f"packet.event.{one.read_as}", exercise=f"@{exercise.id}.name", pain="–" if one.worst is None else one.worst
    )
    return Event(one.on, what, one.followed or say("packet.advised.none"))


def events(
    record: Record, history: History, programme: Programme, bad: Iterable[tuple[Exercise, Looked]]
) -> list[Event]:
    """What went wrong, the latest first: what hurt, pain that spread, flare-ups, sessions that were too much, and
    answers that paused everything."""
    found: dict[tuple[date, str], Event] = {}

    def note(on: date, what: Message, advised: Message, key: str = "") -> None:
        found.setdefault((on, what.id + key), Event(on, what, advised))

    for exercise, one in bad:
        if one.read_as == "ease-back":
            event = _reaction(exercise, one)
            note(one.on, event.what, event.advised, exercise.id)
    for hold in (hold for holds in history.holds.values() for hold in holds if hold.outcome == "hurt"):
        what = say("packet.event.hurt", exercise=f"@{hold.exercise}.name", seconds=int(hold.target_s))
        note(hold.on, what, say("packet.advised.rest-today"), hold.exercise)
    for pain in (pain for pain in history.pains if pain.further_down_leg):
        note(pain.on, say("packet.event.leg"), say("packet.advised.screen"))
    for flare in history.flares:
        note(flare.on, say("packet.event.flare"), say("packet.advised.flare"))
    for on, item in _warnings(record, programme):
        note(on, say("packet.event.warning", question=f"@screen.{item}.short"), say("packet.advised.pause"))
    return sorted(found.values(), key=lambda event: event.on, reverse=True)


def _warnings(record: Record, programme: Programme) -> Iterable[tuple[date, str]]:
    """The days on which an answer paused everything, each with its first question."""
    for fact in record.of("screen-answered", "daily-check-answered"):
        warned = [item for item, answer in fact.body["answers"].items() if _pauses(item, answer, programme)]
        if warned:
            yield fact.happened_on, warned[0]


def _pauses(item_id: str, answer: str, programme: Programme) -> bool:
    item = programme.form.items.get(item_id)
    return item is not None and item.tier.value == "A" and answer != "no"


def held(history: History, programme: Programme, on: date) -> tuple[Held, ...]:
    """Core work, a curve for each side."""
    return tuple(
        _held(exercise, side, history, programme, on)
        for exercise in programme.of_step(Step.CORE)
        for side in sides_of(exercise)
    )


def _held(exercise: Exercise, side: object, history: History, programme: Programme, on: date) -> Held:
    monday = on - timedelta(days=on.weekday())
    weeks: dict[date, float] = {}
    since = monday - timedelta(weeks=_WEEKS - 1)
    lately = on - timedelta(days=programme.expert.kept_days)
    in_position_s, measured_s, faulted_s = 0.0, 0.0, 0.0
    for hold in _since(history, exercise, since, on):
        if hold.side is not side or hold.ran_out:
            continue
        week = hold.on - timedelta(days=hold.on.weekday())
        weeks[week] = max(weeks.get(week, 0.0), hold.credited_s)
        if hold.on > lately:
            whole_s = max(hold.in_position_s, hold.credited_s)
            in_position_s += whole_s
            measured_s += 0.0 if hold.faulted_s is None else whole_s
            faulted_s += hold.faulted_s or 0.0
    return Held(
        exercise=exercise.id,
        side="both" if side is None else str(getattr(side, "value", side)),
        weeks=tuple(sorted(weeks.items())),
        measured_share=measured_s / in_position_s if in_position_s else None,
        well_share=1 - faulted_s / measured_s if measured_s else None,
    )
