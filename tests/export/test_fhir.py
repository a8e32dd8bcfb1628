"""The FHIR bundle: valid R4, its references resolved, the same as the goldens, whatever the record holds."""

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from fhir.resources.R4B.bundle import Bundle
from hypothesis import given, settings

from lumbar.app.ports import Exported
from lumbar.app.rules import Rules
from lumbar.catalog import shipped_catalogue
from lumbar.catalog.screening import load_form
from lumbar.catalog.words import languages
from lumbar.core.record import Fact, new_fact
from lumbar.core.record.bodies import DECISIONS
from lumbar.export.fhir import FhirBundle
from lumbar.export.fhir.parts import quantity

from .conftest import BEGAN, NOW, stories

_FORM = load_form(shipped_catalogue())
GOLDEN = Path(__file__).parent / "golden"
PERSON = str(UUID(int=0xA11CE))


def bundle_of(rules: Rules, facts: list[Fact], *, language: str | None = None, snomed: bool = False) -> dict[str, Any]:
    """The bundle, valid and whole."""
    exported = Exported(PERSON, NOW, tuple(facts), language)
    written = b"".join(FhirBundle(replace(rules, coach="test"), snomed=snomed)(exported))
    Bundle.model_validate_json(written)
    found: dict[str, Any] = json.loads(written)
    addresses = [entry["fullUrl"] for entry in found["entry"]]
    assert len(set(addresses)) == len(addresses)
    assert all(entry["fullUrl"] == f"urn:uuid:{entry['resource']['id']}" for entry in found["entry"])
    asked = set(references(found))
    assert asked <= set(addresses), asked - set(addresses)
    return found


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name in ("reference", "questionnaire") and isinstance(inner, str):
                yield inner
            yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


def of(bundle: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [entry["resource"] for entry in bundle["entry"] if entry["resource"]["resourceType"] == kind]


def full() -> list[Fact]:
    """One of everything, with names in other scripts."""
    hold = {
        "session": "s",
        "step": 1,
        "exercise": "side-plank",
        "rung": "knee",
        "side": "left",
        "set": 1,
        "hold": 1,
        "target_s": 20,
        "credited_s": 17.5,
        "outcome": "done",
        "measured": True,
        "unjudged_s": 0.5,
        "faults": [],
    }
    told: list[tuple[str, dict[str, Any]]] = [
        ("screen-answered", {"kind": "full", "answers": {"A1": "no", "B5": "yes", "C1": "rather-not-say"},
                             "details": {}, "nprs": 4, "pain_now": 2}),
        ("person-described", {"body_mass_kg": 71.5, "birth_year": 1980, "helper": False, "equipment": ["chair"]}),
        ("session-started", {"session": "s", "script": {"steps": []}}),
        ("pain-reported", {"when": "before", "nprs": 3, "words": None, "session": "s", "further_down_leg": False}),
        ("set-done", hold),
        ("set-done", {**hold, "step": 2, "exercise": "plank", "side": None, "measured": False, "load_kg": 5}),
        ("set-done", {**hold, "step": 3, "exercise": "unheard-of", "side": None, "outcome": "skipped"}),
        ("effort-reported", {"session": "s", "effort": 6}),
        ("shape-reported", {"session": "s", "exercise": None, "kept": "mostly"}),
        ("session-ended", {"session": "s", "how": "hurt"}),
        ("pain-reported", {"when": "morning-after", "nprs": None, "words": "a-bit-worse", "session": "s",
                           "further_down_leg": True}),
        ("walk-done", {"minutes": 25}),
        ("flare-reported", {"note": "\u8170\u75db\u304c\u3072\u3069\u3044 \u0007\U0001f622"}),
        ("outcome-answered", {"instrument": "nprs", "nprs": 5}),
        ("outcome-answered", {"instrument": "rmdq-24", "ticks": [1, 5, 24]}),
        ("outcome-answered", {"instrument": "psfs",
                              "activities": [{"name": "\u0627\u0644\u0645\u0634\u064a", "rating": 4}]}),
        ("outcome-answered", {"instrument": "pgic", "impression": 6}),
        ("review-recorded", {"by_whom": "\u041e\u043b\u044c\u0433\u0430 \u0139\u0119\u010d",
                             "profession": "physiotherapist", "reviewed_on": "2026-03-05", "examined": True,
                             "decision": "go-on"}),
        ("of-a-newer-lumbar", {"what": "ever"}),
    ]  # fmt: skip
    return [
        new_fact(kind, body, fact_id=str(UUID(int=number + 1)), person=PERSON, at=BEGAN + timedelta(hours=number))
        for number, (kind, body) in enumerate(told)
    ]


NAMES = {
    "cyrillic": "Иван Петров",
    "greek": "Ελένη Παππά",
    "armenian": "Գոռ",
    "georgian": "გიორგი",
    "hebrew": "רבקה כהן",
    "arabic": "ليلى حداد",
    "devanagari": "अनीता शर्मा",
    "thai": "สมชาย",
    "japanese": "髙橋 さくら",
    "combined": "Zoe\u0308 \U0001d4d0",
}


def named() -> list[Fact]:
    """A review for each script, and what somebody wrote in it."""
    told: list[tuple[str, dict[str, Any]]] = []
    for name, decision in zip(NAMES.values(), cycle(DECISIONS), strict=False):
        reviewed = {"by_whom": name, "profession": name[::-1], "reviewed_on": "2026-03-02", "examined": True}
        told.append(("review-recorded", {**reviewed, "decision": decision}))
        told.append(("flare-reported", {"note": name}))
        told.append(("outcome-answered", {"instrument": "psfs", "activities": [{"name": name, "rating": 3}]}))
    return [
        new_fact(kind, body, fact_id=str(UUID(int=number + 1)), person=PERSON, at=BEGAN + timedelta(hours=number))
        for number, (kind, body) in enumerate(told)
    ]


@pytest.mark.parametrize("language", languages())
def test_names_of_every_script_come_through(rules: Rules, language: str) -> None:
    found = bundle_of(rules, named(), language=language)
    authors = [note["authorString"] for note in of(found, "CarePlan")[0]["note"]]
    notes = [one["note"][0]["text"] for one in of(found, "Observation") if "note" in one]
    assert authors == notes == list(NAMES.values())


def reviewed() -> list[Fact]:
    """What an expert set, left out and wrote, and what waits for them."""
    row = {"hold_s": 40, "sets": 2, "rung": "knee", "days_per_week": 3, "load_kg": 10, "note": "Despacio, por favor."}
    changes = {"plank": row, "neck-stretch": {"stop": True}, "glute-bridge": {"note": "\u0642\u0644\u064a\u0644\u0627"}}
    hurt = {"when": "during", "nprs": None, "words": None, "exercise": "hamstring-stretch", "further_down_leg": False}
    known = {one.id: one.first_rung.id for one in shipped_catalogue().exercises.values() if one.id != "side-plank"}
    return lived(
        ("approval-wanted", {"wanted": True, "known": known}),
        *[("pain-reported", hurt)] * 3,
        review(changes=changes, note="Well done.", until="2026-04-01", go_on=[],
               proposals={"side-plank": {"kind": "exercise", "rung": "short-lever", "yes": False, "why": "Not yet."}}),
    )  # fmt: skip


def held() -> list[Fact]:
    return lived(review("stop", until="2026-04-01", note="Rest."))


RECORDS: dict[str, Callable[[], list[Fact]]] = {
    "full": full,
    "almost-empty": lambda: full()[:2],
    "empty": list,
    "reviewed": reviewed,
    "named": named,
    "held": held,
    "full-snomed": full,
}


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("name", RECORDS)
def test_as_the_golden(rules: Rules, name: str, language: str) -> None:
    found = bundle_of(rules, RECORDS[name](), language=language, snomed=name.endswith("snomed"))
    path = GOLDEN / f"{name}.{language}.fhir.json"
    if os.environ.get("LUMBAR_WRITE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")
    assert found == json.loads(path.read_text("utf-8"))


def test_a_language_changes_words_and_nothing_else(rules: Rules) -> None:
    one, other = (bundle_of(rules, full(), language=language) for language in ("en", "es"))
    assert (one["language"], other["language"]) == ("en", "es")
    told = list(_apart(one, other))
    assert told
    assert {place for place, _ in told} <= {"language", "text", "title", "copyright", "div", "valueString"}


def _apart(one: Any, other: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    """The places where two bundles differ, by the name of the field."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        for name in one:
            yield from _apart(one[name], other[name], name)
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for mine, yours in zip(one, other, strict=True):
            yield from _apart(mine, yours, place)
    elif one != other:
        yield place, (one, other)


@settings(max_examples=40)
@given(story=stories())
def test_whatever_happened_it_is_valid(rules: Rules, told: Any, story: Any) -> None:
    bundle_of(rules, told(story, PERSON))


def test_what_the_mapping_promises(rules: Rules) -> None:
    found = bundle_of(rules, full())
    assert "snomed" not in json.dumps(found)
    plan = of(found, "CarePlan")[0]
    assert (plan["status"], plan["intent"], len(plan["activity"])) == ("on-hold", "plan", 9)  # B5 waits for a word
    asked = {
        one["code"]["coding"][-1]["code"]: one["occurrenceTiming"]["repeat"] for one in of(found, "ServiceRequest")
    }
    plank = {"frequency": 1, "period": 2, "periodUnit": "d", "duration": 5, "durationUnit": "s"}
    stretch = {"frequency": 1, "frequencyMax": 2, "period": 1, "periodUnit": "d", "duration": 30, "durationUnit": "s"}
    assert (asked["plank"], asked["hamstring-stretch"]) == (plank, stretch)
    procedure = of(found, "Procedure")[0]
    assert procedure["status"] == "stopped"
    seen = {one["id"]: one for one in of(found, "Observation")}
    measured = seen[str(UUID(int=5))]
    assert measured["status"] == "preliminary"
    assert measured["valueQuantity"]["code"] == "s"
    assert measured["partOf"] == [{"reference": f"urn:uuid:{procedure['id']}"}]
    assert measured["bodySite"]["coding"][0]["code"] == "left"
    scores = [one for one in seen.values() if "derivedFrom" in one]
    assert sorted(one["valueQuantity"]["value"] for one in scores) == [3, 4, 4, 5, 6]
    assert {code for one in seen.values() for code in _codes(one, "http://loinc.org")} == {"72514-3"}
    note = next(one for one in seen.values() if "note" in one)["note"][0]["text"]
    assert note == "腰痛がひどい \U0001f622"
    assert of(found, "Patient") == [{"resourceType": "Patient", "id": PERSON, "birthDate": "1980"}]
    assert {one["activity"]["coding"][0]["code"] for one in of(found, "Provenance")} == {"source-told", "source-camera"}
    assert of(found, "Flag")[0]["category"][0]["coding"][0]["code"] == "screening"


def lived(*told: tuple[str, dict[str, Any]]) -> list[Fact]:
    """Facts of a person who was screened, a day apart."""
    first = [("screen-answered", {"kind": "full", "answers": dict.fromkeys(_FORM.items, "no"), "details": {},
                                  "nprs": 3, "pain_now": 2})]  # fmt: skip
    return [
        new_fact(kind, body, fact_id=str(UUID(int=number + 1)), person=PERSON, at=BEGAN + timedelta(days=number))
        for number, (kind, body) in enumerate([*first, *told])
    ]


def review(decision: str = "with-changes", **more: Any) -> tuple[str, dict[str, Any]]:
    who = {"by_whom": "Jo Park", "profession": "physiotherapist", "reviewed_on": "2026-03-03", "examined": True}
    return "review-recorded", {**who, "decision": decision, **more}


def requests(bundle: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["code"]["coding"][-1]["code"]: one for one in of(bundle, "ServiceRequest")}


def notes(resource: dict[str, Any]) -> list[tuple[str | None, str]]:
    return [(one.get("authorString"), one["text"]) for one in resource.get("note", ())]


def test_nobody_screened_yet_has_a_draft(rules: Rules) -> None:
    found = bundle_of(rules, [])
    assert {one["status"] for one in (*of(found, "CarePlan"), *of(found, "ServiceRequest"))} == {"draft"}


def test_what_an_expert_set_is_in_the_request_with_their_words(rules: Rules) -> None:
    row = {"hold_s": 40, "sets": 2, "rung": "knee", "days_per_week": 3, "load_kg": 10, "note": "Slowly, please."}
    changes = {"plank": row, "neck-stretch": {"stop": True}}
    found = bundle_of(rules, lived(review(changes=changes, note="Well done.", until="2026-04-01")))
    (plan,), asked = of(found, "CarePlan"), requests(found)
    assert plan["status"] == "active"
    assert {name: one["status"] for name, one in asked.items() if one["status"] != "active"} == {
        "neck-stretch": "revoked"
    }
    plank = asked["plank"]
    assert plank["occurrenceTiming"]["repeat"] == {
        "duration": 40, "durationUnit": "s", "frequency": 3, "period": 1, "periodUnit": "wk",
    }  # fmt: skip
    assert (plank["quantityQuantity"]["value"], plank["quantityQuantity"]["code"]) == (2, "{hold}")
    assert plank["orderDetail"][0]["coding"][0]["code"] == "plank.knee"
    who = "Jo Park"
    assert notes(plank)[:2] == [
        (who, "form: On forearms and knees; 2 holds; 40 seconds each; a weight of at most 10\u00a0kg; "
              "on at most 3 days of seven"),
        (who, "Slowly, please."),
    ]  # fmt: skip
    assert notes(asked["neck-stretch"])[0] == (who, "left out")
    assert [text for by, text in notes(plan) if by == who][-1] == "Well done."
    assert "valid until" in notes(plan)[0][1]


@pytest.mark.parametrize("until", [None, "2026-04-01"])
def test_a_hold_puts_all_of_it_on_hold_until_a_later_review(rules: Rules, until: str | None) -> None:
    found = bundle_of(rules, lived(review("stop", until=until)))
    states = {one["status"] for one in (*of(found, "CarePlan"), *of(found, "ServiceRequest"))}
    assert states == {"on-hold"}
    assert all("rests" in notes(one)[-1][1] for one in of(found, "ServiceRequest"))
    lifted = bundle_of(rules, lived(review("stop", until=until), review("go-on")))
    assert {one["status"] for one in (*of(lifted, "CarePlan"), *of(lifted, "ServiceRequest"))} == {"active"}
    over = bundle_of(rules, lived(review("stop", until="2026-03-19")))
    assert {one["status"] for one in of(over, "ServiceRequest")} == {"on-hold"}, (
        "the day to be seen again opens nothing"
    )


def test_a_new_exercise_that_waits_is_a_draft_and_an_answer_to_it_a_note(rules: Rules) -> None:
    wish = ("approval-wanted", {"wanted": True, "known": {name: "x" for name in rules.programme.exercises
                                                          if name != "plank"}})  # fmt: skip
    waits = lived(wish)
    assert requests(bundle_of(rules, waits))["plank"]["status"] == "draft"
    no = {"plank": {"kind": "exercise", "rung": "forearm", "yes": False, "why": "The shoulder first."}}
    found = requests(bundle_of(rules, lived(wish, review("go-on", proposals=no))))
    assert found["plank"]["status"] == "draft"
    assert notes(found["plank"])[0] == ("Jo Park", "Not yet: this exercise, new in the plan. The shoulder first.")


def test_how_often_is_what_the_plan_says_whoever_told_late(rules: Rules) -> None:
    """A review of before that is told late, and a wish to speak first, set nothing."""

    def set_to(days: int, **more: Any) -> tuple[str, dict[str, Any]]:
        return review(**{"changes": {"plank": {"days_per_week": days}}, **more})

    late = {**set_to(6)[1], "reviewed_on": "2026-03-02"}
    told = lived(set_to(3), ("review-recorded", late), set_to(7, decision="contact"))
    assert requests(bundle_of(rules, told))["plank"]["occurrenceTiming"]["repeat"]["frequency"] == 3


def test_an_adverse_event_keeps_its_id_when_another_is_told_late(rules: Rules) -> None:
    flares = lived(*[("flare-reported", {"note": None})] * 3)

    def ids(facts: list[Fact]) -> dict[str, str]:
        return {one["date"]: one["id"] for one in of(bundle_of(rules, facts), "AdverseEvent")}

    before, after = ids([flares[0], *flares[2:]]), ids(flares)
    assert len(after) == len(before) + 1
    assert before.items() <= after.items()


def test_what_went_wrong_is_an_adverse_event_with_what_was_advised(rules: Rules) -> None:
    found = bundle_of(rules, full())
    events = {one["event"]["coding"][0]["code"]: one for one in of(found, "AdverseEvent")}
    assert {"event-flare", "event-leg"} <= events.keys()
    flare = events["event-flare"]
    assert (flare["actuality"], flare["date"]) == ("actual", "2026-03-02")
    assert flare["extension"] == [
        {"url": "urn:lumbar:advised", "valueString": "to keep moving, with half of the core work"}
    ]
    assert flare["extension"][0]["valueString"] in flare["text"]["div"]


def _codes(value: Any, system: str) -> Iterator[str]:
    if isinstance(value, dict):
        if value.get("system") == system:
            yield value["code"]
        for inner in value.values():
            yield from _codes(inner, system)
    elif isinstance(value, list):
        for inner in value:
            yield from _codes(inner, system)


def test_every_own_code_is_in_the_code_system(rules: Rules) -> None:
    found = bundle_of(rules, full())
    known = {concept["code"] for concept in of(found, "CodeSystem")[0]["concept"]}
    assert set(_codes(found, "urn:lumbar:codes")) == known


def test_it_comes_out_of_the_house(home: Any) -> None:
    found = json.loads(home.export("fhir"))
    assert found["timestamp"] == datetime(2026, 3, 20, 12, tzinfo=UTC).isoformat()


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_number_is_never_written(value: float) -> None:
    with pytest.raises(ValueError, match="no quantity"):
        quantity(value, "s")
