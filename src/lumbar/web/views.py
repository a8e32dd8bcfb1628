"""Core's values and the use cases' results as plain values for the page."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from typing import Any

from lumbar.app.expert_answers import Taken
from lumbar.app.history import Held, History, PastDay
from lumbar.app.outcomes import ShownOutcomes
from lumbar.app.past import DayAsShown, Shown
from lumbar.app.ports import Lease
from lumbar.app.record_facts import Recorded
from lumbar.app.screening import Screening
from lumbar.app.sessions import Current, Started
from lumbar.app.why import Because, Explanation
from lumbar.catalog import Catalogue
from lumbar.catalog.rules import Row
from lumbar.catalog.validation import fingerprint
from lumbar.core.check import Band
from lumbar.core.exercise import Exercise, Load
from lumbar.core.figure.skeleton import joint
from lumbar.core.outcomes import Change, Course, Due, Instrument, Point, tell
from lumbar.core.plan.load import in_kg
from lumbar.core.rung import Rung


def recorded(result: Recorded) -> dict[str, Any]:
    """What became of the facts."""
    return {
        "accepted": list(result.accepted),
        "duplicates": list(result.duplicates),
        "today": result.today.as_json(),
    }


def taken(result: Taken) -> dict[str, Any]:
    """What became of an answer, and what it did."""
    return {**recorded(result.recorded), "did": [message.as_json() for message in result.did]}


def screening(result: Screening) -> dict[str, Any]:
    """The form and how it stands."""
    standing = result.standing
    return {**result.form.as_json(result.changed_since), "standing": None if standing is None else standing.as_json()}


def started(result: Started) -> dict[str, Any]:
    """The script and who runs it."""
    return {"script": result.script, "lease": _lease(result.lease)}


def current(result: Current | None) -> dict[str, Any] | None:
    """The unfinished session."""
    if result is None:
        return None
    return {
        "script": result.script,
        "started_at": result.started_at.isoformat(),
        "device": result.device,
        "done": [dict(done) for done in result.done],
    }


def history(result: History) -> dict[str, Any]:
    """The last days, the exercises, and what changed."""
    return {
        "days": [{**_of_plain_values(day), "on": day.on.isoformat()} for day in result.days],
        "exercises": [_of_plain_values(held) for held in result.exercises],
        "changes": [turn.as_json() for turn in result.changes],
    }


def _of_plain_values(value: PastDay | Held) -> dict[str, Any]:
    """By the names of its fields. They hold plain values already, thousands of them, which nobody needs a copy of."""
    return {one.name: getattr(value, one.name) for one in fields(value)}


def outcomes(result: ShownOutcomes, language: str) -> dict[str, Any]:
    """Every instrument with its scores, and the minutes walked."""
    due = {wanted.instrument: wanted for wanted in result.due}
    return {
        "on": result.on.isoformat(),
        "instruments": [_instrument(course, due.get(course.instrument.id), language) for course in result.courses],
        "walked": [{"on": told.on.isoformat(), "minutes": told.minutes} for told in result.walked],
    }


def _instrument(course: Course, due: Due | None, language: str) -> dict[str, Any]:
    it = course.instrument
    return {
        "id": it.id,
        "kind": it.kind.value,
        "lowest": it.lowest,
        "highest": it.highest,
        "better": it.better.value,
        "activities": it.activities,
        "published": _published(it, language),
        "matters": None if it.matters is None else asdict(it.matters),
        "recovered_at": None if it.recovered is None else it.recovered.at,
        "limits": None if course.limits is None else asdict(course.limits),
        "due": None if due is None else due.as_json(),
        "series": [_point(point) for point in course.points],
        "says": [message.as_json() for message in tell(course)],
    }


def _published(it: Instrument, language: str) -> dict[str, Any] | None:
    words = it.words(language)
    if words is None:
        return None
    return {
        "language": words.language,
        "citation": words.citation,
        "instruction": words.instruction,
        "items": list(words.items),
    }


def _point(point: Point) -> dict[str, Any]:
    return {
        "on": point.on.isoformat(),
        "score": point.score.value,
        "parts": [{"name": name, "rating": rating} for name, rating in point.score.parts.items()],
        "change": None if point.change is None else _change(point.change),
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "first": change.first,
        "now": change.now,
        "gain": change.gain,
        "share": change.share,
        "needed": change.needed,
        "needed_worse": change.needed_worse,
        "direction": change.direction.value,
        "recovered": change.recovered,
        "blind": None if change.blind is None else change.blind.value,
    }


def exercise(it: Exercise, catalogue: Catalogue) -> dict[str, Any]:
    """An exercise's reference page."""
    return {
        "id": it.id,
        "step": it.step.value,
        "position": it.position.value,
        "sides": "each" if it.two_sided else "none",
        "judged": it.judged,
        "equipment": list(it.equipment),
        "camera": {
            "view": it.camera.view,
            "whole_body": it.camera.whole_body,
            "height_m": _band(it.camera.height_m),
            "distance_m": _band(it.camera.distance_m),
            "source": it.camera.source,
        },
        "dose": {
            "target_s": it.dose.target_s,
            "sets": it.dose.sets,
            "every_days": it.dose.every_days,
            "times_per_day": list(it.dose.times_per_day),
            "gap_h": it.dose.gap_h,
            "days_per_week": it.dose.days_per_week,
            "repetitions": _repetitions(it),
            "source": it.dose.source,
        },
        "loads": [{"id": load.id, "first_kg": _first_kg(load), "source": load.source} for load in it.loads],
        "rungs": [_rung(it, rung) for rung in it.rungs],
        "prompts": [{"message": prompt.message, "at_s": prompt.at_s} for prompt in it.prompts],
        "checks": [{"id": check.id, "cue": check.cues[0], "source": check.source} for check in it.checks],
        "sources": [_source(source_id, catalogue) for source_id in _sources(it)],
    }


def _rung(it: Exercise, rung: Rung) -> dict[str, Any]:
    """A form of an exercise, with the ids of what is shown of it; the words of another form may not be true of it."""
    seen = it.judged and rung.camera_sees
    return {
        "id": rung.id,
        "goal_form": rung.goal_form,
        "first": rung.first,
        "position": (rung.position or it.position).value,
        "camera_sees": rung.camera_sees,
        "equipment": list(it.equipment_of(rung)),
        "set_up": list(it.set_up_of(rung)),
        "feel": it.words_of(rung, "feel"),
        "stop": it.words_of(rung, "not-feel"),
        "camera": it.words_of(rung, "camera") if seen else None,
        "hear": list(it.hear_of(rung)),
        "callouts": [{"message": one.message, "at": [joint(name) for name in one.at]} for one in it.callouts_of(rung)],
    }


def why(told: Explanation, catalogue: Catalogue) -> dict[str, Any]:
    """Why a dose is what it is."""
    return {
        "on": told.on.isoformat(),
        "item": None if told.item is None else told.item.as_json(),
        "walk": None if told.walk is None else told.walk.as_json(),
        "because": [_because(one, catalogue) for one in told.because],
        "looked": [one.as_json() for one in told.looked],
        "walks": [one.as_json() for one in told.walks],
    }


def _because(one: Because, catalogue: Catalogue) -> dict[str, Any]:
    rule = one.rule
    signed = None if rule is None else rule.signed_off
    return {
        "message": one.reason.message.as_json(),
        "source": _source(one.reason.source, catalogue),
        "rule": None if rule is None else {"id": rule.id, "numbers": _rows(one.numbers)},
        "signed_off": None
        if signed is None
        else {"by": signed.by, "profession": signed.profession, "on": signed.on.isoformat()},
    }


def _rows(numbers: Iterable[Row]) -> list[list[dict[str, Any]]]:
    return [[number.as_json() for number in row] for row in numbers]


def past(told: DayAsShown, catalogue: Catalogue) -> dict[str, Any]:
    """A day up to now, and what was shown on it."""
    shown = [_shown(one, catalogue.exercises.get(one.exercise)) for one in told.shown]
    return {"day": told.day.as_json(), "shown": shown, "same_rules": told.same_rules, "over": told.over}


def _shown(one: Shown, it: Exercise | None) -> dict[str, Any]:
    """it: None for an exercise that the catalogue has no longer."""
    return {
        "at": one.at.isoformat(),
        "exercise": one.exercise,
        "rung": one.rung,
        "sets": one.sets,
        "hold_s": one.hold_s,
        "side_order": list(one.sides),
        "test": one.test,
        "load_kg": one.load_kg,
        "repetitions": 1 if it is None else _repetitions(it),
    }


def _repetitions(it: Exercise) -> int:
    """How many of a drill's holds make up a set."""
    return 1 if it.repetition is None else it.repetition.count


def validation(measured: Mapping[str, Any], catalogue: Catalogue) -> dict[str, Any]:
    """What was measured, and of which exercises it still speaks: an own catalogue may judge by other numbers."""
    known = {it.id: fingerprint(it) for it in catalogue.exercises.values()}
    every = [{**one, "current": known.get(one["exercise"]) == one["fingerprint"]} for one in measured["exercises"]]
    return {**measured, "exercises": every}


def _sources(it: Exercise) -> Iterable[str]:
    parts: list[Any] = [it.dose, it.camera, *it.loads, *it.rungs, *it.presence, *it.checks]
    parts += [part for part in (it.side_by, it.steadiness, it.repetition) if part is not None]
    for rung in it.rungs:
        parts += rung.presence or ()
    ids = [part.source for part in parts] + [it.dose.gap_source]
    ids += [] if it.repetition is None else [it.repetition.why_source]
    return dict.fromkeys(source_id for source_id in ids if source_id)


def _source(source_id: str, catalogue: Catalogue) -> dict[str, Any]:
    source = catalogue.sources[source_id]
    return {"id": source.id, "title": source.title, "status": source.status, "url": source.url or None}


def _band(band: Band) -> list[float]:
    return [band.low, band.high]


def _first_kg(load: Load) -> float | None:
    return min(load.weights_kg, default=None) if load.first_lb is None else in_kg(load.first_lb)


def _lease(lease: Lease) -> dict[str, Any]:
    return {"session": lease.session, "device": lease.device, "at": lease.at.isoformat()}
