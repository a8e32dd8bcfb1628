"""Each `<name>.in.json` is a small life, or the answers of one screen; `<name>.out.json` is what follows.

A new scenario needs only its two files. In answers, "*" stands for every item that is not named. Facts get their ids
from their place and their missing fields from DEFAULTS. `{"sessions": N, "at": ..., "every_days": D}` in their place
stands for N sessions, each as the plan asked for it that day, and for what was told of them: TOLD, unless it says
otherwise; with "measured" a camera saw them. `{"walks": N, "at": ..., "minutes": M}` stands for N days running with
such a walk, and a good morning after.
The outcome is compared parsed, and only in what decides.
"""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from lumbar.catalog import shipped_catalogue
from lumbar.catalog.programme import load_programme
from lumbar.catalog.screening import load_form
from lumbar.catalog.words import load_words
from lumbar.core.message import Message, say
from lumbar.core.plan import Day, DayWalk, Programme, plan
from lumbar.core.plan.short import shortened
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
    "effort-reported": {},
    "shape-reported": {"exercise": None},
    "review-recorded": {
        "by_whom": "Jo Park",
        "profession": "physiotherapist",
        "reviewed_on": "2026-03-01",
        "examined": True,
        "decision": "go-on",
    },
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
TOLD: dict[str, Any] = {"before": 2, "after": 2, "effort": 4, "shape": "yes", "morning": "same-or-better", "named": []}
USUAL = {"plan.reason.every-other-day", "plan.reason.stretch-once", "plan.reason.drill", "hip-hinge.why"}
"""Reasons that stand beside every dose and decide nothing."""

FIRST = {"plank": "forearm", "side-plank": "short-lever", "glute-bridge": "full"}
DAY = timedelta(days=1)
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


def facts(told: list[dict[str, Any]], zone: ZoneInfo, place: str = "") -> list[Fact]:
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
                    fact["type"],
                    body,
                    fact_id=f"{place}{number:04d}-{count}",
                    person="p",
                    at=at,
                    recorded_at=recorded_at,
                )
            )
    return found


def sessions(story: dict[str, Any], known: list[Fact], programme: Programme, zone: ZoneInfo) -> list[Fact]:
    """The facts of some sessions, one after another, each as the plan asks for it by then."""
    told = {**TOLD, **{name: story[name] for name in TOLD if name in story}}
    found = list(known)
    at = datetime.fromisoformat(story["at"]).replace(tzinfo=zone)
    for number in range(story["sessions"]):
        name = f"{story['at']} {number}"
        found += facts(_before(told, at), zone, f"{name} before")
        day = plan(programme, Record(found), at)
        found += facts([*_held(day, at, name, story, programme), *_after(told, at, name)], zone, name)
        at += timedelta(days=story.get("every_days", 2))
    return found


def walks(story: dict[str, Any], zone: ZoneInfo, place: str) -> list[Fact]:
    """The facts of some walks, a day apart, and of the mornings after them."""
    at = datetime.fromisoformat(story["at"]).replace(tzinfo=zone)
    told: list[dict[str, Any]] = []
    for number in range(story["walks"]):
        then = at + number * DAY
        told.append({"type": "walk-done", "at": then.isoformat(), "body": {"minutes": story["minutes"]}})
        morning = {"when": "morning-after", "words": story.get("morning", "same-or-better")}
        told.append({"type": "pain-reported", "at": (then + timedelta(hours=15)).isoformat(), "body": morning})
    return facts(told, zone, place)


def _before(told: dict[str, Any], at: datetime) -> list[dict[str, Any]]:
    asked = [("daily-check-answered", {}), ("pain-reported", {"when": "before", "nprs": told["before"]})]
    return [{"type": kind, "at": at.isoformat(), "body": body} for kind, body in asked]


def _held(day: Day, at: datetime, session: str, story: dict[str, Any], programme: Programme) -> list[dict[str, Any]]:
    length, test_s = story.get("length", "whole"), story.get("test_s", 15)
    began = {"type": "session-started", "at": at.isoformat(), "body": {"session": session, "length": length}}
    due = [item for item in day.items if item.state == "due"]
    held = []
    for item in shortened(due, programme) if length == "short" else due:
        for side, sets in zip(item.sides, item.side_sets, strict=True):
            body = {"session": session, "exercise": item.exercise, "rung": item.rung, "side": side and side.value}
            dose = {"target_s": item.hold_s, "credited_s": item.hold_s, "load_kg": item.load_kg or None}
            dose |= {"measured": True, "in_position_s": item.hold_s, "unjudged_s": 0} if story.get("measured") else {}
            if side in item.untested:
                sets -= 1
                held_s = min(max(test_s, item.hold_s), item.test_s)
                whole = held_s == item.test_s
                seen = {"measured": whole, "in_position_s": item.test_s if whole else None, "test": True}
                end = {"outcome": "done" if whole else "stopped", "credited_s": held_s}
                test = {"target_s": item.test_s, **end, **seen}
                held.append({"type": "set-done", "at": at.isoformat(), "body": {**body, **test}})
            held.append({"type": "set-done", "at": at.isoformat(), "times": sets, "body": {**body, **dose}})
    ended = {"type": "session-ended", "at": at.isoformat(), "body": {"session": session}}
    return [began, *held, *([ended] if length == "short" else [])]


def _after(told: dict[str, Any], at: datetime, session: str) -> list[dict[str, Any]]:
    about = {"session": session, "exercises": told["named"]}
    asked = [
        ("effort-reported", {**about, "effort": told["effort"]}, at),
        ("pain-reported", {**about, "when": "after", "nprs": told["after"]}, at),
        ("shape-reported", {"session": session, "kept": told["shape"]}, at),
        ("pain-reported", {"session": session, "when": "morning-after", "words": told["morning"]}, at + DAY),
    ]
    said = [(kind, body, when) for kind, body, when in asked if None not in (body.get("kept", 0), told["morning"])]
    return [{"type": kind, "at": when.isoformat(), "body": body} for kind, body, when in said]


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
        "short": day.short and [day.short.minutes, day.short.message.id],
        "steps": {step.step: step.state.value for step in day.steps},
        "items": {item.exercise: of_item(item.as_json()) for item in day.items},
        "walk": day.walk and of_walk(day.walk),
        "book": [why.message.id for why in day.book],
        "flare_since": day.flare_since and day.flare_since.isoformat(),
        "next": day.next and [day.next.at.isoformat(), day.next.message.id],
    }


def of_walk(walk: DayWalk) -> list[str]:
    week = f"{walk.walked_min} min today, {walk.week_days} days of seven"
    told = [walk.state.value, f"{walk.minutes} min", week] if walk.minutes else [walk.state.value]
    return [*told, *(why.message.id for why in walk.reasons)]


def of_item(item: dict[str, Any]) -> list[str]:
    sides = "+".join(side or "both" for side in item["side_order"])
    told = [item["state"], f"{item['rung']} {item['sets']} x {item['hold_s']} s {sides}"]
    told += [f"not before {item['not_before']}"] if item["not_before"] else []
    told += [f"not after {item['not_after']}"] if item["not_after"] else []
    told += [f"with {item['load_kg']:g} kg"] if item["load_kg"] else []
    told += [f"test {item['test']}, up to {item['test_s']} s"] if item["test"] != "none" else []
    return [*told, *(reason["message"]["id"] for reason in item["reasons"] if reason["message"]["id"] not in USUAL)]


def run_plan(story: dict[str, Any]) -> Day:
    zone = ZoneInfo(story.get("zone", "Europe/Berlin"))
    programme = load_programme(story.get("programme", "home"), shipped_catalogue(), FORM)
    at = datetime.fromisoformat(story["at"])
    told: list[Fact] = []
    for number, one in enumerate(story["facts"]):
        if "walks" in one:
            told += walks(one, zone, f"{number:04d} ")
        elif "sessions" in one:
            told = sessions(one, told, programme, zone)
        else:
            told += facts([one], zone, f"{number:04d} ")
    return plan(programme, Record(told), at.replace(tzinfo=zone) if at.tzinfo is None else at)


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
