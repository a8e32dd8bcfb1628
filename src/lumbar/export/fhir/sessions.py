"""Sessions as procedures, and what was held, felt and said in them as observations."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lumbar.core.record import Fact
from lumbar.export.fhir.parts import (
    EXERCISE_THERAPY,
    PAIN_NRS,
    Resource,
    concept,
    id_of,
    moment,
    own,
    quantity,
    reference,
    text,
)

_STATUS = {"finished": "completed", "stopped": "stopped", "hurt": "stopped"}


class Sessions:
    """Makes them for one person. device: the software that measured; names: what exercises are called; called: what a
    session is."""

    def __init__(self, patient: str, device: str, names: Mapping[str, str], called: str, *, snomed: bool) -> None:
        self._patient = patient
        self._device = device
        self._names = names
        self._called = called
        self._snomed = snomed

    def procedures(self, facts: Sequence[Fact]) -> Iterator[Resource]:
        """Each session, from its first fact to its last. One in which nothing was held was not done."""
        by_session: dict[str, list[Fact]] = {}
        for fact in facts:
            if isinstance(session := fact.body.get("session"), str):
                by_session.setdefault(session, []).append(fact)
        for session, told in by_session.items():
            moments = sorted(told, key=lambda fact: fact.at)
            code = [*([EXERCISE_THERAPY] if self._snomed else []), own("session")]
            yield {
                "resourceType": "Procedure",
                "id": self._session(session),
                "status": _status_of(told),
                "code": concept(*code, words=self._called),
                "subject": reference(self._patient),
                "performedPeriod": {"start": moment(moments[0].at), "end": moment(moments[-1].at)},
                "performer": [{"actor": reference(self._patient)}],
            }

    def observations(self, facts: Sequence[Fact]) -> Iterator[Resource]:
        """What each fact observes; those that observe nothing are left out."""
        makers = {
            "set-done": self._hold,
            "pain-reported": self._pain,
            "effort-reported": self._effort,
            "shape-reported": self._shape,
            "walk-done": self._walk,
            "flare-reported": self._flare,
            "person-described": self._mass,
        }
        for fact in facts:
            maker = makers.get(fact.type)
            found = None if maker is None else maker(fact)
            if found is not None:
                yield {**self._frame(fact), **found}

    def _frame(self, fact: Fact) -> Resource:
        session = fact.body.get("session")
        part_of = {"partOf": [reference(self._session(session))]} if isinstance(session, str) else {}
        return {
            "resourceType": "Observation",
            "id": fact.id,
            "status": "final",
            "subject": reference(self._patient),
            "performer": [reference(self._patient)],
            "effectiveDateTime": moment(fact.at),
            "issued": moment(fact.recorded_at),
            **part_of,
        }

    def _hold(self, fact: Fact) -> Resource:
        body = fact.body
        parts: list[tuple[str, float | None, str]] = [
            ("target", body["target_s"], "s"),
            ("unjudged", body.get("unjudged_s"), "s"),
        ]
        parts.append(("load", body.get("load_kg"), "kg"))
        found: Resource = {
            "code": concept(own("hold"), self._exercise(body["exercise"]), words=self._name(body["exercise"])),
            "valueQuantity": quantity(body["credited_s"], "s"),
            "method": concept(own("camera" if body["measured"] else "clock")),
            "component": [
                {"code": concept(own("outcome")), "valueCodeableConcept": concept(own(body["outcome"]))},
                *({"code": concept(own(name)), "valueQuantity": quantity(value, unit)}
                  for name, value, unit in parts if value is not None),
            ],
        }  # fmt: skip
        if body["measured"]:  # an estimate, until somebody has looked at it
            found |= {"status": "preliminary", "device": reference(self._device)}
        if body.get("side") is not None:
            found["bodySite"] = concept(own(body["side"]))
        return found

    def _pain(self, fact: Fact) -> Resource | None:
        body = fact.body
        when = {"code": concept(own("when")), "valueCodeableConcept": concept(own(body["when"]))}
        if body["nprs"] is not None:
            value: Resource = {"code": concept(PAIN_NRS), "valueQuantity": quantity(body["nprs"], "{score}")}
        elif body["words"] is not None:
            value = {"code": concept(own("morning")), "valueCodeableConcept": concept(own(body["words"]))}
        else:
            return None
        leg = {"code": concept(own("further-down-leg")), "valueBoolean": body["further_down_leg"]}
        return {**value, "component": [when, leg]}

    def _effort(self, fact: Fact) -> Resource:
        return {"code": concept(own("effort")), "valueQuantity": quantity(fact.body["effort"], "{score}")}

    def _shape(self, fact: Fact) -> Resource:
        return {"code": concept(own("form-kept")), "valueCodeableConcept": concept(own(f"kept-{fact.body['kept']}"))}

    def _walk(self, fact: Fact) -> Resource:
        return {"code": concept(own("walk")), "valueQuantity": quantity(fact.body["minutes"], "min")}

    def _flare(self, fact: Fact) -> Resource:
        note = text(fact.body.get("note"))
        return {
            "code": concept(own("flare")),
            "valueBoolean": True,
            **({} if note is None else {"note": [{"text": note}]}),
        }

    def _mass(self, fact: Fact) -> Resource | None:
        mass_kg = fact.body.get("body_mass_kg")
        if mass_kg is None:
            return None
        return {"code": concept(own("body-mass")), "valueQuantity": quantity(mass_kg, "kg")}

    def _session(self, session: str) -> str:
        return id_of("session", self._patient, session)

    def _exercise(self, exercise: str) -> Resource:
        return own(exercise) if exercise in self._names else own("exercise-unknown")

    def _name(self, exercise: str) -> str | None:
        return self._names.get(exercise) or text(exercise)


def _status_of(told: Sequence[Fact]) -> str:
    held = any(fact.type == "set-done" and fact.body["outcome"] != "skipped" for fact in told)
    if not held:
        return "not-done"
    ended: Any = next((fact.body["how"] for fact in told if fact.type == "session-ended"), "finished")
    return _STATUS[ended]
