"""The plan: what is to be done how often, who looked at it, and what the screen says."""

from collections.abc import Iterator, Sequence

from lumbar.catalog.words import Words
from lumbar.core.exercise import Exercise
from lumbar.core.message import say
from lumbar.core.record import Fact
from lumbar.core.safety import Outcome, Verdict
from lumbar.export.fhir.parts import EXERCISE_THERAPY, Resource, concept, id_of, moment, own, reference, text


class Plan:
    """Makes it for one person."""

    def __init__(self, patient: str, words: Words, *, snomed: bool) -> None:
        self._patient = patient
        self._words = words
        self._snomed = snomed

    def resources(self, exercises: Sequence[Exercise], reviews: Sequence[Fact]) -> Iterator[Resource]:
        """The care plan and what it asks for, exercise by exercise."""
        requests = [self._request(exercise) for exercise in exercises]
        notes = [self._note(fact) for fact in reviews]
        yield {
            "resourceType": "CarePlan",
            "id": id_of("plan", self._patient),
            "status": "active",
            "intent": "plan",
            "category": [concept(own("home-programme"))],
            "title": self._words.written(say("fhir.plan")),
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

    def _request(self, exercise: Exercise) -> Resource:
        codes = [*([EXERCISE_THERAPY] if self._snomed else []), own(exercise.id)]
        return {
            "resourceType": "ServiceRequest",
            "id": id_of("request", self._patient, exercise.id),
            "status": "active",
            "intent": "plan",
            "code": concept(*codes, words=self._words.written(say(f"{exercise.id}.name"))),
            "subject": reference(self._patient),
            "requester": reference(self._patient),
            "occurrenceTiming": {"repeat": _repeat(exercise)},
        }

    def _note(self, review: Fact) -> Resource:
        who, profession = text(review.body["by_whom"]), text(review.body["profession"])
        told = self._words.written(
            say(
                f"fhir.reviewed.{review.body['decision']}",
                on=review.body["reviewed_on"],
                by=who or "?",
                profession=profession or "?",
            )
        )
        author = {} if who is None else {"authorString": who}
        return {**author, "time": moment(review.at), "text": told}


def _repeat(exercise: Exercise) -> Resource:
    dose = exercise.dose
    if dose.days_per_week:
        return {"frequency": dose.days_per_week, "period": 1, "periodUnit": "wk"}
    least, most = dose.times_per_day
    more = {} if most == least else {"frequencyMax": most}
    return {"frequency": least, **more, "period": dose.every_days, "periodUnit": "d"}
