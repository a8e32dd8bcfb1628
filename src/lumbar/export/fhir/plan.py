"""The plan: what is to be done how often and how it stands, who looked at it and what they set, and what the screen
says.

A request is as the plan has it at the moment of the export. R4 has these words for how it stands:

active     it is open, whether it is due today or on another day
on-hold    it rests and is to come back: by a reviewer's hold, an answer of the screening, or until it is reviewed
revoked    a reviewer left it out
draft      it waits for a first word: nobody was screened yet, or it is new and waits for an expert

The plan itself is on hold once all of its requests are held or left out.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lumbar.catalog.words import Words
from lumbar.core.exercise import Exercise
from lumbar.core.message import Message, say
from lumbar.core.packet import whole_sets
from lumbar.core.plan import Day
from lumbar.core.plan.day import Item, ItemState
from lumbar.core.plan.history import fold
from lumbar.core.plan.reviewed import set_for
from lumbar.core.record import Fact, Record
from lumbar.core.safety import Outcome, Verdict
from lumbar.export.fhir.parts import (
    EXERCISE_THERAPY,
    Resource,
    concept,
    id_of,
    moment,
    own,
    quantity,
    reference,
    text,
)

_LEFT_OUT = "plan.reason.review-left-out"


class Plan:
    """Makes it for one person, of one of their days."""

    def __init__(self, patient: str, words: Words, *, snomed: bool) -> None:
        self._patient = patient
        self._words = words
        self._snomed = snomed

    def resources(self, exercises: Sequence[Exercise], day: Day, record: Record) -> Iterator[Resource]:
        """The care plan and what it asks for, exercise by exercise."""
        reviews, history = record.of("review-recorded"), fold(record)
        items = {item.exercise: item for item in day.items}
        requests = []
        for one in exercises:
            sets = whole_sets(one, items[one.id], history, day.on)
            found = set_for(history, day.on, one.id, "days_per_week")
            days = None if found is None else int(found[1])
            requests.append(self._request(one, items[one.id], sets, day, reviews, days))
        notes = [note for fact in reviews for note in self._notes(fact)]
        yield {
            "resourceType": "CarePlan",
            "id": id_of("plan", self._patient),
            "status": _of_all([request["status"] for request in requests], day),
            "intent": "plan",
            "category": [concept(own("home-programme"))],
            "title": self._said("fhir.plan"),
            "subject": reference(self._patient),
            "author": reference(self._patient),
            "activity": [{"reference": reference(request["id"])} for request in requests],
            **({"note": notes} if notes else {}),
        }
        yield from requests

    def flag(self, verdict: Verdict | None, words: str) -> Iterator[Resource]:
        """What the screen says, when it holds something back. It is no diagnosis."""
        if verdict is None or verdict.outcome is Outcome.START:
            return
        yield {
            "resourceType": "Flag",
            "id": id_of("screen", self._patient),
            "status": "active",
            "category": [concept(own("screening"))],
            "code": concept(own(f"screen-{verdict.outcome.value}"), words=words),
            "subject": reference(self._patient),
            "author": reference(self._patient),
        }

    def _request(
        self, exercise: Exercise, item: Item, sets: int, day: Day, reviews: Sequence[Fact], days: int | None
    ) -> Resource:
        """sets: of the whole day, a side where there are sides. days: of seven, as a reviewer set it; None where nobody
        did."""
        codes = [*([EXERCISE_THERAPY] if self._snomed else []), own(exercise.id)]
        status, form = _status(item, day), exercise.rung(item.rung)
        reason = next((why.message for why in item.reasons), None)
        notes = [note for fact in reviews for note in self._set(fact, exercise)]
        if status in ("on-hold", "draft") and reason is not None:
            notes.append({"text": self._words.written(reason)})
        name = self._said(f"{exercise.id}.rung.{form.id}")
        return {
            "resourceType": "ServiceRequest",
            "id": id_of("request", self._patient, exercise.id),
            "status": status,
            "intent": "plan",
            "code": concept(*codes, words=self._said(f"{exercise.id}.name")),
            "orderDetail": [concept(own(f"{exercise.id}.{form.id}"), words=name), *self._load(item)],
            "quantityQuantity": quantity(sets * (2 if exercise.two_sided else 1), "{hold}"),
            "subject": reference(self._patient),
            "requester": reference(self._patient),
            "occurrenceTiming": {"repeat": _repeat(exercise, item, days)},
            **({"note": notes} if notes else {}),
        }

    def _load(self, item: Item) -> Iterator[Resource]:
        if item.load_kg:
            yield concept(own("load"), words=self._said("mass.kg", kg=item.load_kg))

    def _set(self, review: Fact, exercise: Exercise) -> Iterator[Resource]:
        """What a reviewer set of an exercise, and what they wrote about it."""
        row: Mapping[str, Any] = (review.body.get("changes") or {}).get(exercise.id) or {}
        said = "; ".join(self._words.written(message) for message in _changes(row, exercise))
        if said:
            yield self._by(review, said)
        if (note := text(row.get("note"))) is not None:
            yield self._by(review, note)
        told = (review.body.get("proposals") or {}).get(exercise.id)
        if told is not None:
            yield self._by(review, self._words.written(_answered(told, exercise)))

    def _notes(self, review: Fact) -> Iterator[Resource]:
        """What a reviewer decided, and what they wrote to the person."""
        body = review.body
        who = {"by": text(body["by_whom"]) or "?", "profession": text(body["profession"]) or "?"}
        told = self._said(f"fhir.reviewed.{body['decision']}", on=body["reviewed_on"], **who)
        if body.get("until") is not None:
            name = "again" if body["decision"] == "stop" else "until"
            told = f"{told}; {self._said(f'fhir.reviewed.{name}', until_on=body['until'])}"
        yield self._by(review, told)
        if (note := text(body.get("note"))) is not None:
            yield self._by(review, note)

    def _by(self, review: Fact, told: str) -> Resource:
        who = text(review.body["by_whom"])
        author = {} if who is None else {"authorString": who}
        return {**author, "time": moment(review.at), "text": told}

    def _said(self, message_id: str, **params: str | int | float) -> str:
        return self._words.written(say(message_id, **params))


def _status(item: Item, day: Day) -> str:
    """How a request stands, in R4's words."""
    if day.verdict is None or (item.proposal is not None and item.proposal.kind == "exercise"):
        return "draft"
    if item.state is not ItemState.CLOSED:
        return "active"
    return "revoked" if any(why.message.id == _LEFT_OUT for why in item.reasons) else "on-hold"


def _of_all(states: Sequence[str], day: Day) -> str:
    if day.verdict is None:
        return "draft"
    return "active" if "active" in states else "on-hold"


def _changes(row: Mapping[str, Any], exercise: Exercise) -> Iterator[Message]:
    if row.get("stop"):
        yield say("fhir.set.stop")
    if row.get("rung") in [rung.id for rung in exercise.rungs]:
        yield say("fhir.set.rung", form=f"@{exercise.id}.rung.{row['rung']}")
    if row.get("sets") is not None:
        yield say("fhir.set.sets", count=row["sets"])
    if row.get("hold_s") is not None:
        yield say("fhir.set.hold", count=row["hold_s"])
    if row.get("load_kg") is not None:
        yield say("fhir.set.load", kg=row["load_kg"])
    if row.get("days_per_week") is not None:
        yield say("fhir.set.days", count=row["days_per_week"])


def _answered(told: Mapping[str, Any], exercise: Exercise) -> Message:
    """What was answered to a change that waited."""
    rungs = [rung.id for rung in exercise.rungs]
    rung = told["rung"] if told["rung"] in rungs else exercise.first_rung.id
    name = f"fhir.proposal.{told['kind']}.{'agreed' if told['yes'] else 'not-yet'}"
    why = text(told.get("why"))
    about = {"form": f"@{exercise.id}.rung.{rung}"}
    return say(name, **about) if why is None else say(f"{name}-because", **about, why=why)


def _repeat(exercise: Exercise, item: Item, days_per_week: int | None) -> Resource:
    """How often, and how long a hold or the bottom of a repetition is."""
    dose = exercise.dose
    lasts = {"duration": item.hold_s, "durationUnit": "s"}
    if days_per_week is not None or dose.days_per_week:
        return {**lasts, "frequency": days_per_week or dose.days_per_week, "period": 1, "periodUnit": "wk"}
    least, most = dose.times_per_day
    more = {} if most == least else {"frequencyMax": most}
    return {**lasts, "frequency": least, **more, "period": dose.every_days, "periodUnit": "d"}
