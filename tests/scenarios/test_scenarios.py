"""Each `<name>.in.json` is a small life, or the answers of one screen; `<name>.out.json` is what follows.

A new scenario needs only its two files. In answers, "*" stands for every item that is not named. Facts get their ids
from their place and their missing fields from DEFAULTS. The outcome is compared parsed, and only in what decides.
"""

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from lumbar.catalog import shipped_catalogue
from lumbar.catalog.programme import load_programme
from lumbar.catalog.screening import load_form
from lumbar.catalog.words import load_words
from lumbar.core.message import Message, say
from lumbar.core.plan import Day, plan
from lumbar.core.record import Fact, Record, new_fact
from lumbar.core.safety import Form, Verdict, screen

HERE = Path(__file__).parent
DEFAULTS: dict[str, dict[str, Any]] = {
    "screen-answered": {"kind": "full", "answers": {"*": "no"}, "details": {}, "nprs": 3, "pain_now": 2},
    "acknowledged": {"text": "screen.acknowledge", "version": 1},
    "daily-check-answered": {"ticks": [], "answers": {}},
    "clearance-recorded": {"by_whom": "Dr Weber", "profession": "physician", "may_exercise": True},
    "pain-reported": {"nprs": None, "words": None, "session": None, "exercise": None, "further_down_leg": False},
    "session-started": {"script": {}},
    "session-ended": {"how": "finished"},
    "set-done": {
        "session": "s",
        "step": 1,
        "side": None,
        "set": 1,
        "hold": 1,
        "target_s": 5,
        "credited_s": 5,
        "outcome": "done",
        "measured": False,
        "in_position_s": None,
        "unjudged_s": None,
        "faults": [],
        "coach": None,
        "model": None,
    },
}
FIRST = {"plank": "forearm", "side-plank": "short-lever", "glute-bridge": "full"}
FORM = load_form(shipped_catalogue())
WORDS = load_words("en")


def cases(kind: str) -> list[str]:
    found = sorted(path.name.removesuffix(".in.json") for path in (HERE / kind).glob("*.in.json"))
    assert found, f"there are no scenarios in {kind}"
    return found


def read(kind: str, name: str, what: str) -> Any:
    return json.loads((HERE / kind / f"{name}.{what}.json").read_text(encoding="utf-8"))


def answers(given: dict[str, str], form: Form) -> dict[str, str]:
    rest = given.get("*")
    named = {item: answer for item, answer in given.items() if item != "*"}
    return named if rest is None else {item: named.get(item, rest) for item in form.items}


def facts(told: list[dict[str, Any]], zone: ZoneInfo) -> list[Fact]:
    found = []
    for number, fact in enumerate(told):
        body = {**DEFAULTS.get(fact["type"], {}), **fact.get("body", {})}
        if "answers" in body:
            body["answers"] = answers(body["answers"], FORM)
        at = datetime.fromisoformat(fact["at"])
        at = at.replace(tzinfo=zone) if at.tzinfo is None else at
        recorded_at = datetime.fromisoformat(fact.get("recorded_at", at.isoformat()))
        for count in range(fact.get("times", 1)):
            if fact["type"] == "set-done":
                body = {**body, "hold": count + 1, "rung": body.get("rung", FIRST.get(body["exercise"], "first"))}
            found.append(
                new_fact(
                    fact["type"], body, fact_id=f"{number:04d}-{count}", person="p", at=at, recorded_at=recorded_at
                )
            )
    return found


def of_verdict(verdict: Verdict | None) -> dict[str, Any] | None:
    if verdict is None:
        return None
    return {
        "outcome": verdict.outcome.value,
        "card": verdict.card and verdict.card.value,
        "neck_only": verdict.neck_only,
        "modifications": sorted(verdict.flags),
        "closed": sorted(verdict.closed),
        "open": list(verdict.open),
        "text": verdict.text.id,
        "reasons": [f"{reason.item} {reason.message.id}" for reason in verdict.reasons],
        "ways_back": [f"{way.item or 'all'} {way.needs}" for way in verdict.ways_back],
    }


def of_day(day: Day) -> dict[str, Any]:
    verdict = of_verdict(day.verdict)
    return {
        "on": day.on.isoformat(),
        "kind": day.kind.value,
        "title": day.title.id,
        "lead": day.lead.id,
        "verdict": verdict and {key: verdict[key] for key in ("outcome", "card", "modifications", "ways_back")},
        "needs": [need.value for need in day.needs],
        "minutes": day.minutes,
        "minutes_left": day.minutes_left,
        "steps": {step.step: step.state.value for step in day.steps},
        "items": {item.exercise: of_item(item.as_json()) for item in day.items},
        "next": day.next and [day.next.at.isoformat(), day.next.message.id],
    }


def of_item(item: dict[str, Any]) -> list[str]:
    sides = "+".join(side or "both" for side in item["side_order"])
    told = [item["state"], f"{item['rung']} {item['sets']} x {item['hold_s']} s {sides}"]
    told += [f"not before {item['not_before']}"] if item["not_before"] else []
    told += [f"not after {item['not_after']}"] if item["not_after"] else []
    return [*told, item["reasons"][0]["message"]["id"]]


def run_plan(story: dict[str, Any]) -> Day:
    zone = ZoneInfo(story.get("zone", "Europe/Berlin"))
    programme = load_programme(story.get("programme", "home"), shipped_catalogue(), FORM)
    at = datetime.fromisoformat(story["at"])
    return plan(programme, Record(facts(story["facts"], zone)), at.replace(tzinfo=zone) if at.tzinfo is None else at)


def run_screen(story: dict[str, Any]) -> Verdict:
    return screen(answers(story["answers"], FORM), FORM, details=story.get("details", {}))


@pytest.mark.parametrize("name", cases("screening"))
def test_screening(name: str) -> None:
    verdict = run_screen(read("screening", name, "in"))
    assert of_verdict(verdict) == read("screening", name, "out")
    assert_words(verdict.as_json())


@pytest.mark.parametrize("name", cases("plan"))
def test_plan(name: str) -> None:
    day = run_plan(read("plan", name, "in"))
    assert of_day(day) == read("plan", name, "out")
    assert_words(day.as_json())


def assert_words(value: object) -> None:
    """Everything that the page would show has words."""
    if isinstance(value, dict):
        if set(value) == {"id", "params"}:
            assert WORDS.written(Message(value["id"], value["params"]))
        for inner in value.values():
            assert_words(inner)
    elif isinstance(value, list):
        for inner in value:
            assert_words(inner)


def test_the_check_for_words_can_fail() -> None:
    with pytest.raises(Exception, match="no-words"):
        assert_words([{"message": say("plan.no-such-thing").as_json()}])
