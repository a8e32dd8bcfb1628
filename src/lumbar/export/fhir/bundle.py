"""The bundle: everything that FHIR has a place for, with its references resolved within it.

What has no place is in the JSON export, which is the complete one: unknown facts, scripts, what was shown, corrections
(a fact that was taken back is left out, an amended one is as it stands), and clearances.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import ClassVar

from pydantic_core import to_json

from lumbar.app.ports import Exported
from lumbar.app.rules import Rules
from lumbar.catalog.words import Words
from lumbar.core.message import say
from lumbar.core.outcomes import Instrument
from lumbar.core.packet import log_of
from lumbar.core.plan import plan as plan_of
from lumbar.core.record import TYPES, Fact, Record
from lumbar.export.fhir.adverse import adverse_events
from lumbar.export.fhir.answers import Answers
from lumbar.export.fhir.parts import OWN, Resource, address, concept, id_of, moment, own, reference
from lumbar.export.fhir.plan import Plan
from lumbar.export.fhir.sessions import Sessions

Observed = dict[str, list[str]]


class FhirBundle:
    """Writes FHIR R4 as a bundle of the type collection. snomed: whether SNOMED CT codes stand beside our own; many
    countries want a licence for them."""

    suffix: ClassVar[str] = "fhir.json"
    media_type: ClassVar[str] = "application/fhir+json"
    whole: ClassVar[bool] = False

    def __init__(self, rules: Rules, *, snomed: bool) -> None:
        self._rules = rules
        self._snomed = snomed

    def __call__(self, exported: Exported) -> Iterator[bytes]:
        words = self._rules.tongues.of(exported.language)
        head = {
            "resourceType": "Bundle",
            "language": words.language,
            "type": "collection",
            "timestamp": moment(exported.at),
        }
        yield json.dumps(head)[:-1].encode() + b', "entry": ['
        used: set[bytes] = set()
        for resource in self._resources(exported, words):
            entry = _entry(resource)
            used.update(_OWN_CODE.findall(entry))
            yield entry + b",\n"
        yield _entry(_codes((code.decode() for code in used), exported, words)) + b"\n]}\n"

    def _resources(self, exported: Exported, words: Words) -> Iterator[Resource]:
        record = Record(exported.facts)
        facts = record.of(*TYPES)
        patient, device = exported.person, id_of("device", self._rules.coach)
        yield _patient(patient, record)
        yield _device(device, self._rules.coach)
        plan = Plan(patient, words, snomed=self._snomed)
        programme = self._rules.programme
        day = plan_of(programme, record, exported.at)
        yield from plan.resources(list(programme.exercises.values()), day, record)
        yield from plan.flag(day.verdict, "" if day.verdict is None else words.written(day.verdict.title))
        yield from adverse_events(log_of(record, programme, day.on), patient, words)
        names = {one: words.written(say(f"{one}.name")) for one in self._rules.catalogue.exercises}
        sessions = Sessions(patient, device, names, words.written(say("fhir.session")), snomed=self._snomed)
        answers = Answers(patient, self._rules.form, self._instruments(), words)
        yield from answers.questionnaires()
        yield from sessions.procedures(facts)
        yield from sessions.observations(facts)
        yield from answers.responses(facts)
        yield from _provenance(facts, patient, device, exported)

    def _instruments(self) -> Mapping[str, Instrument]:
        return self._rules.programme.outcomes.instruments


def _patient(patient: str, record: Record) -> Resource:
    years = [year for fact in record.of("person-described") if (year := fact.body.get("birth_year")) is not None]
    return {"resourceType": "Patient", "id": patient, **({"birthDate": f"{years[-1]:04d}"} if years else {})}


def _device(device: str, version: str) -> Resource:
    return {
        "resourceType": "Device",
        "id": device,
        "deviceName": [{"name": "lumbar", "type": "user-friendly-name"}],
        "version": [{"value": version}],
    }


_OBSERVES = frozenset({
    "set-done", "pain-reported", "effort-reported", "shape-reported", "walk-done", "flare-reported", "person-described",
    "screen-answered", "outcome-answered",
})  # fmt: skip


def _provenance(facts: Sequence[Fact], patient: str, device: str, exported: Exported) -> Iterator[Resource]:
    """Where observations and answers come from: told on a page, brought in, or seen by the camera."""
    targets: Observed = {}
    for fact in facts:
        if fact.type in _OBSERVES and not _says_nothing(fact):
            camera = fact.type == "set-done" and fact.body["measured"]
            targets.setdefault("camera" if camera else fact.source, []).append(fact.id)
    for source, found in sorted(targets.items()):
        who = device if source == "camera" else patient
        activity = source if source in ("camera", "import") else "told"
        yield {
            "resourceType": "Provenance",
            "id": id_of("provenance", patient, source),
            "target": [reference(one) for one in found],
            "recorded": moment(exported.at),
            "activity": concept(own(f"source-{activity}")),
            "agent": [{"who": reference(who)}],
        }


def _says_nothing(fact: Fact) -> bool:
    if fact.type == "pain-reported":
        return fact.body["nprs"] is None and fact.body["words"] is None
    return fact.type == "person-described" and fact.body.get("body_mass_kg") is None


_OWN_CODE = re.compile(rf'"system":"{OWN}","code":"([^"]+)"'.encode())
"""One of our own codes in an entry: the system stands in front of the code, and no code needs an escape."""


def _entry(resource: Resource) -> bytes:
    return to_json({"fullUrl": address(resource["id"]), "resource": resource})


def _codes(used: Iterable[str], exported: Exported, words: Words) -> Resource:
    """Our own codes that the bundle uses, so that whoever reads it has them all."""
    return {
        "resourceType": "CodeSystem",
        "id": id_of("codes"),
        "url": OWN,
        "name": "LumbarCodes",
        "title": words.written(say("fhir.codes")),
        "status": "active",
        "date": moment(exported.at),
        "content": "complete",
        "concept": [{"code": code} for code in sorted(used)],
        "copyright": "LOINC codes in this bundle are copyright Regenstrief Institute, Inc., under the LOINC licence.",
    }
