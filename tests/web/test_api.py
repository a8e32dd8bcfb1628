"""Every endpoint, on a good day and on bad ones."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import uuid_utils
from pydantic import TypeAdapter
from starlette.testclient import TestClient

from lumbar import wiring
from lumbar.app.house import House
from lumbar.app.past import Shown
from lumbar.app.record_facts import Draft
from lumbar.app.rules import Rules
from lumbar.app.sessions import Wish
from lumbar.catalog.validation import fingerprint
from lumbar.core.errors import StoreUnavailable
from lumbar.core.message import Message
from lumbar.web import schemas, views
from lumbar.web.measured import TrustOut

SESSION: dict[str, Any] = {"zone": "Europe/Berlin", "device": "tablet"}


def fits(model: Any, answer: Any) -> Any:
    """The answer, held against what the interface's description promises."""
    assert answer.status_code == 200, answer.text
    TypeAdapter(model).validate_json(answer.text)
    return answer.json()


def problem(answer: Any, status: int) -> dict[str, Any]:
    """The problem, which is one sentence for people and nothing of our insides."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    told = schemas.ProblemOut.model_validate_json(answer.text)
    assert told.status == status
    assert told.detail.endswith((".", "?"))
    assert "\n" not in told.detail
    assert "Traceback" not in answer.text
    assert "{" not in told.detail
    found: dict[str, Any] = answer.json()
    return found


def start(page: TestClient, clock: Any, **changes: Any) -> Any:
    wish = {"id": str(uuid_utils.uuid7()), "at": clock.now().isoformat(), **SESSION, **changes}
    return page.post("/api/sessions", json=wish)


def kinds(house: House) -> list[str]:
    person = house.people.only()
    return [fact.type for fact in house.store.record(person.id)]


def test_health(stranger: TestClient) -> None:
    assert fits(schemas.HealthOut, stranger.get("/healthz")) == {"status": "ok", "version": "1.2.3"}


def test_words(stranger: TestClient) -> None:
    words = fits(schemas.WordsOut, stranger.get("/api/words/en"))
    assert words["written"]["plank.name"]
    problem(stranger.get("/api/words/xx"), 404)
    problem(stranger.get("/api/words/..%2f..%2fetc"), 404)


def test_the_first_day_asks_before_anything_else(page: TestClient) -> None:
    day = fits(schemas.DayOut, page.get("/api/today"))
    assert day["kind"] == "first-run"
    assert day["needs"][:2] == ["screen", "acknowledge"]
    assert day["verdict"] is None


def test_the_screening_form(page: TestClient) -> None:
    form = page.get("/api/screening").json()
    assert len(form["cards"]) == 10
    assert form["standing"] is None


def answered(page: TestClient, told: Any, **body: Any) -> Any:
    return page.post("/api/facts", json={"facts": [told("outcome-answered", body)]})


def instruments(page: TestClient) -> dict[str, Any]:
    answer = fits(schemas.OutcomesOut, page.get("/api/outcomes"))
    return {one["id"]: one for one in answer["instruments"]}


def test_day_one_asks_for_the_pain_of_the_week_in_the_screen_and_for_nothing_else(healthy: TestClient) -> None:
    assert fits(schemas.DayOut, healthy.get("/api/today"))["outcomes"] == []
    known = instruments(healthy)
    assert list(known) == ["nprs", "rmdq-24", "psfs", "pgic"]
    assert [point["score"] for point in known["nprs"]["series"]] == [3]
    assert all(one["due"] is None for one in known.values())
    assert len(known["rmdq-24"]["published"]["items"]) == 24
    assert known["rmdq-24"]["published"]["language"] == "en"
    assert known["psfs"]["published"] is None


def test_the_first_answers_come_on_days_of_their_own(healthy: TestClient, clock: Any, told: Any) -> None:
    clock.move(days=1)
    (due,) = fits(schemas.DayOut, healthy.get("/api/today"))["outcomes"]
    assert due == {"instrument": "rmdq-24", "occasion": "start", "week": 0, "until": "2026-03-11"}
    recorded = fits(schemas.RecordedOut, answered(healthy, told, instrument="rmdq-24", ticks=[1, 2, 3, 4, 5, 6]))
    assert recorded["today"]["outcomes"] == []
    clock.move(days=1)
    assert instruments(healthy)["psfs"]["due"]["until"] == "2026-03-11"
    healthy.post("/api/facts", json={"facts": [told("outcome-put-off", {"instrument": "psfs"})]})
    assert fits(schemas.DayOut, healthy.get("/api/today"))["outcomes"] == []


def test_scores_are_told_beside_the_first_and_the_change_that_matters(
    healthy: TestClient, clock: Any, told: Any
) -> None:
    clock.move(days=1)
    assert answered(healthy, told, instrument="rmdq-24", ticks=list(range(1, 11))).status_code == 200
    rmdq = instruments(healthy)["rmdq-24"]
    assert rmdq["limits"] == {"first": 10, "better_at": 5, "worse_at": 15}
    assert [message["id"] for message in rmdq["says"]] == ["outcome.score.rmdq-24", "outcome.change.first"]
    clock.move(days=27)
    assert answered(healthy, told, instrument="rmdq-24", ticks=[1, 2]).status_code == 200
    rmdq = instruments(healthy)["rmdq-24"]
    assert [point["score"] for point in rmdq["series"]] == [10, 2]
    change = rmdq["series"][1]["change"]
    assert (change["direction"], change["gain"], change["share"], change["recovered"]) == ("better", 8, 0.8, True)


def test_minutes_walked_come_with_the_pain_of_the_week(healthy: TestClient, clock: Any, told: Any) -> None:
    clock.move(days=7)
    assert answered(healthy, told, instrument="nprs", nprs=2, walked_minutes=120).status_code == 200
    shown = fits(schemas.OutcomesOut, healthy.get("/api/outcomes"))
    assert shown["walked"] == [{"on": "2026-03-09", "minutes": 120}]
    past = fits(schemas.HistoryOut, healthy.get("/api/history"))["days"][-1]
    assert [(pain["when"], pain["nprs"]) for pain in past["pain"]] == [("week", 2)]


@pytest.mark.parametrize(
    "body",
    [
        {"instrument": "odi", "nprs": 3},
        {"instrument": "nprs"},
        {"instrument": "nprs", "nprs": 11},
        {"instrument": "rmdq-24", "ticks": [25]},
        {"instrument": "psfs", "activities": []},
        {"instrument": "pgic", "impression": 9},
    ],
)
def test_an_answer_that_is_none_is_refused_in_one_sentence(healthy: TestClient, told: Any, body: Any) -> None:
    problem(answered(healthy, told, **body), 422)


def test_how_far_it_can_be_trusted(page: TestClient, house: House) -> None:
    told = fits(TrustOut, page.get("/api/validation"))
    assert {one["exercise"] for one in told["exercises"]} == set(house.rules.catalogue.exercises)
    assert told["goals"] == house.rules.measured["goals"]
    assert len({goal["id"] for goal in told["goals"]}) == len(told["goals"]) > 20


def test_what_was_measured_of_other_rules_is_not_passed_off_as_current(rules: Rules) -> None:
    plank = rules.catalogue.exercise("plank")
    stricter = replace(plank.checks[0], acceptable=plank.checks[0].good)
    other = replace(plank, checks=(stricter, *plank.checks[1:]))
    changed = replace(rules.catalogue, exercises={**rules.catalogue.exercises, "plank": other})
    measured = {
        "exercises": [{"exercise": it.id, "fingerprint": fingerprint(it)} for it in rules.catalogue.exercises.values()]
        + [{"exercise": "star-jump", "fingerprint": "0"}]
    }
    current = {one["exercise"]: one["current"] for one in views.validation(measured, changed)["exercises"]}
    assert {name for name, same in current.items() if not same} == {"plank", "star-jump"}


def test_exercises_and_their_figures(page: TestClient, rules: Rules) -> None:
    exercises = fits(list[schemas.ExerciseOut], page.get("/api/exercises"))
    assert [exercise["id"] for exercise in exercises] == [
        "hip-flexor-stretch", "hamstring-stretch", "piriformis-stretch", "plank", "side-plank", "glute-bridge",
        "chest-stretch", "neck-stretch", "hip-hinge",
    ], "step by step, as the brief lists them, and ours last"  # fmt: skip
    assert {exercise["id"] for exercise in exercises} == set(rules.catalogue.exercises)
    for exercise in exercises:
        assert fits(schemas.ExerciseOut, page.get(f"/api/exercises/{exercise['id']}")) == exercise
        figure = page.get(f"/api/figures/{exercise['id']}").json()
        assert set(figure["rungs"]) == {rung["id"] for rung in exercise["rungs"]}
        assert len(next(iter(figure["rungs"].values()))["hold"]) == 33
        held = page.get("/api/stills").json()[exercise["id"]]
        assert set(held) == set(figure["rungs"])
    wall = next(rung for rung in page.get("/api/exercises/plank").json()["rungs"] if rung["id"] == "wall")
    assert (wall["equipment"], wall["set_up"], wall["camera"]) == (["wall"], ["plank.rung.wall.set-up"], None)
    assert (wall["feel"], wall["stop"]) == ("plank.feel", "plank.rung.wall.not-feel")
    assert wall["hear"] == ["prompt.breathe", "plank.prompt.push-away", "plank.prompt.brace"], "and no camera's words"
    problem(page.get("/api/exercises/star-jump"), 404)
    assert "plank" in problem(page.get("/api/figures/star-jump"), 404)["detail"]


def test_facts_are_kept_once_and_change_the_day(page: TestClient, told: Any, rules: Rules, house: House) -> None:
    answers = dict.fromkeys(rules.form.items, "no")
    screen = told("screen-answered", {"kind": "full", "answers": answers, "details": {}, "nprs": 3, "pain_now": 2})
    first = fits(schemas.RecordedOut, page.post("/api/facts", json={"facts": [screen]}))
    assert first["accepted"] == [screen["id"]]
    assert first["today"]["verdict"]["outcome"] == "start"
    again = fits(schemas.RecordedOut, page.post("/api/facts", json={"facts": [screen]}))
    assert (again["accepted"], again["duplicates"]) == ([], [screen["id"]])
    assert again["today"] == first["today"] == page.get("/api/today?zone=Europe/Berlin").json()
    assert kinds(house) == ["screen-answered"]
    assert page.get("/api/screening").json()["standing"]["outcome"] == "start"


def test_the_server_says_whose_and_when(page: TestClient, told: Any, house: House, clock: Any) -> None:
    late = told("note", {"text": "after midnight"}, at="2026-03-02T02:59:59-08:00")
    page.post("/api/facts", json={"facts": [late]})
    person = house.people.only()
    [fact] = house.store.record(person.id)
    assert (fact.person, fact.source, fact.recorded_at) == (person.id, "page", clock.now())
    assert fact.on.isoformat() == "2026-03-01", "a day begins at three in the morning, by the person's own clock"
    assert fact.at.isoformat() == late["at"]


def test_no_facts_is_no_mistake(page: TestClient) -> None:
    assert fits(schemas.RecordedOut, page.post("/api/facts", json={"facts": []}))["accepted"] == []


def test_one_bad_fact_keeps_all_out(page: TestClient, told: Any, house: House) -> None:
    good = told("acknowledged", {"text": "screen.acknowledge", "version": 1})
    bad = told("effort-reported", {"session": "s", "effort": 11})
    answer = problem(page.post("/api/facts", json={"facts": [good, bad]}), 422)
    assert answer["message"]["params"]["place"] == "facts.1"
    assert "effort" in answer["detail"]
    assert kinds(house) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "1"}, {"id": "00000000-0000-0000-0000-00000000000G"}, {"id": None}, {"type": "Set Done"}, {"type": ""},
        {"type": "x" * 65}, {"v": 0}, {"v": 1.5}, {"at": "2026-03-01T07:30:00"}, {"at": "yesterday"}, {"at": 0},
        {"at": "0001-01-01T00:00:00+14:00"}, {"at": "9999-12-31T23:59:59-14:00"}, {"zone": ""}, {"zone": "a b"},
        {"device": "x" * 101}, {"device": "a\u0000b"}, {"body": []}, {"body": None}, {"person": "me"},
        {"source": "import"}, {"recorded_at": "2026-03-01T07:30:00Z"},
    ],
    ids=str,
)  # fmt: skip
def test_a_wrong_envelope_is_told(page: TestClient, told: Any, house: House, changes: dict[str, Any]) -> None:
    problem(page.post("/api/facts", json={"facts": [{**told("note", {}), **changes}]}), 422)
    assert kinds(house) == []


@pytest.mark.parametrize(
    "raw", [b"", b"{", b"[]", b"null", b'"facts"', b"\xff\xfe", b'{"facts": 5}', b"[" * 100_000, b"9" * 5_000]
)
def test_bad_json_is_told(page: TestClient, raw: bytes) -> None:
    answer = page.post("/api/facts", content=raw, headers={"content-type": "application/json"})
    problem(answer, answer.status_code)
    assert answer.status_code in (400, 422)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_numbers_that_are_none_are_refused_deep_inside_too(
    page: TestClient, told: Any, house: House, number: str
) -> None:
    raw = json.dumps({"facts": [told("note", {"deep": [{"er": "HERE"}]})]}).replace('"HERE"', number)
    problem(page.post("/api/facts", content=raw, headers={"content-type": "application/json"}), 422)
    assert kinds(house) == []


def test_towers_of_brackets_in_a_body_are_refused(page: TestClient, told: Any) -> None:
    tower: Any = []
    for _ in range(30):
        tower = [tower]
    problem(page.post("/api/facts", json={"facts": [told("note", {"tower": tower})]}), 422)


def test_many_facts_come_in_parts(page: TestClient, told: Any) -> None:
    facts = [told("note", {"n": n}) for n in range(501)]
    problem(page.post("/api/facts", json={"facts": facts}), 422)
    assert len(page.post("/api/facts", json={"facts": facts[:500]}).json()["accepted"]) == 500


def test_facts_of_a_newer_lumbar_are_kept_and_break_nothing(page: TestClient, told: Any) -> None:
    newer = [told(kind, {}, v=2) for kind in ("set-done", "session-started", "screen-answered", "retracted", "amended")]
    assert len(page.post("/api/facts", json={"facts": newer}).json()["accepted"]) == 5
    for path in ("/api/today", "/api/history", "/api/sessions/current", "/api/screening"):
        assert page.get(path).status_code == 200


def test_a_session_waits_for_the_questions(page: TestClient, clock: Any, house: House) -> None:
    assert problem(start(page, clock), 409)["message"]["id"] == "error.check-first"
    assert kinds(house) == []


def test_a_session_starts_is_found_again_and_ends(healthy: TestClient, clock: Any, house: House, told: Any) -> None:
    assert healthy.get("/api/sessions/current").json() is None
    started = fits(schemas.StartedOut, start(healthy, clock))
    script = started["script"]
    assert script["steps"][0]["kind"] == "sound-check"
    assert [step["i"] for step in script["steps"]] == list(range(len(script["steps"])))
    assert started["lease"]["device"] == "tablet"
    assert kinds(house)[-3:] == ["programme-chosen", "plan-shown", "session-started"]

    hold = next(step for step in script["steps"] if step["kind"] == "hold")
    done = told("set-done", set_body(script["session"], hold, credited_s=hold["target_s"]))
    clock.move(minutes=2)
    assert healthy.post("/api/facts", json={"facts": [done]}).status_code == 200
    current = fits(schemas.CurrentOut, healthy.get("/api/sessions/current"))
    assert current["script"] == script
    assert current["done"] == [{"step": hold["i"], "credited_s": hold["target_s"], "outcome": "done"}]

    ended = told("session-ended", {"session": script["session"], "how": "finished"})
    healthy.post("/api/facts", json={"facts": [ended]})
    assert healthy.get("/api/sessions/current").json() is None


def test_the_programme_is_chosen_once(healthy: TestClient, clock: Any, house: House, told: Any) -> None:
    first = start(healthy, clock).json()["script"]["session"]
    healthy.post("/api/facts", json={"facts": [told("session-ended", {"session": first, "how": "stopped"})]})
    start(healthy, clock)
    assert kinds(house).count("programme-chosen") == 1
    assert kinds(house).count("session-started") == 2


def test_starting_again_with_the_same_id_gives_the_same_script(healthy: TestClient, clock: Any, house: House) -> None:
    session = str(uuid_utils.uuid7())
    first = start(healthy, clock, id=session).json()
    clock.move(seconds=5)
    assert start(healthy, clock, id=session).json()["script"] == first["script"]
    assert kinds(house).count("session-started") == 1


def test_one_device_runs_a_session_until_another_takes_over(healthy: TestClient, clock: Any) -> None:
    assert start(healthy, clock).status_code == 200
    assert problem(start(healthy, clock, device="phone"), 409)["message"]["id"] == "error.other-device"
    assert start(healthy, clock, device="phone", take_over=True).status_code == 200
    problem(start(healthy, clock), 409)


def test_a_session_of_another_device_is_ended_there_and_what_is_left_begins_here(
    healthy: TestClient, clock: Any, house: House, told: Any
) -> None:
    there = start(healthy, clock).json()["script"]
    holds = [step for step in there["steps"] if step["kind"] == "hold"]
    body = set_body(there["session"], holds[0], credited_s=holds[0]["target_s"])
    healthy.post("/api/facts", json={"facts": [told("set-done", body)]})
    clock.move(minutes=1)
    here = start(healthy, clock, device="phone", take_over=True).json()["script"]
    person = house.people.only()
    ended = [fact.body for fact in house.store.record(person.id) if fact.type == "session-ended"]
    assert ended == [{"session": there["session"], "how": "stopped"}]
    assert [_hold(step) for step in here["steps"] if step["kind"] == "hold"] == [_hold(step) for step in holds[1:]]
    current = healthy.get("/api/sessions/current").json()
    assert (current["script"]["session"], current["device"]) == (here["session"], "phone")
    problem(start(healthy, clock, id=there["session"]), 409)  # it is over, and nobody counts in it any more


def _hold(step: dict[str, Any]) -> tuple[Any, ...]:
    return step["exercise"], step["side"], step["target_s"]


def test_whoever_asks_is_told_which_device_runs_the_session_now(healthy: TestClient, clock: Any) -> None:
    session = start(healthy, clock).json()["script"]["session"]
    assert healthy.get("/api/sessions/current").json()["device"] == "tablet"
    taken = start(healthy, clock, id=session, device="phone", take_over=True).json()
    assert (taken["script"]["session"], taken["lease"]["device"]) == (session, "phone")
    assert healthy.get("/api/sessions/current").json()["device"] == "phone"


def test_a_session_that_is_begun_by_many_at_once_begins_once(rules: Rules, clock: Any, tmp_path: Path) -> None:
    settings = wiring.read_settings({"LUMBAR_HOME": str(tmp_path / "home")})
    house = wiring.build_house(rules, wiring.build_store(settings), "token", clock)
    person = house.people.only()
    form = house.rules.form
    screen = {"kind": "full", "answers": dict.fromkeys(form.items, "no"), "details": {}, "nprs": 2, "pain_now": 1}
    known = {"text": "screen.acknowledge", "version": form.acknowledge_version}
    told = [("screen-answered", screen), ("acknowledged", known)]
    drafts = [Draft(str(uuid_utils.uuid7()), kind, 1, clock.now(), "UTC", "tv", body) for kind, body in told]
    house.record_facts(person, drafts, source="page")
    wish = Wish(str(uuid_utils.uuid7()), clock.now(), "UTC", "tv")
    with ThreadPoolExecutor(8) as pool:
        scripts = [started.script for started in pool.map(lambda _: house.start_session(person, wish), range(8))]
    assert all(script == scripts[0] for script in scripts)
    begun = [fact.type for fact in house.store.record(person.id)][-3:]
    assert begun == ["programme-chosen", "plan-shown", "session-started"]
    assert len(house.store.record(person.id)) == 5


def test_a_silent_device_does_not_hold_others_up(healthy: TestClient, clock: Any) -> None:
    start(healthy, clock)
    clock.move(minutes=11)
    assert start(healthy, clock, device="phone").status_code == 200


def test_holds_keep_a_lease_alive_and_the_end_gives_it_back(healthy: TestClient, clock: Any, told: Any) -> None:
    script = start(healthy, clock).json()["script"]
    hold = next(step for step in script["steps"] if step["kind"] == "hold")
    clock.move(minutes=9)
    healthy.post("/api/facts", json={"facts": [told("set-done", set_body(script["session"], hold))]})
    clock.move(minutes=9)
    problem(start(healthy, clock, device="phone"), 409)
    ended = told("session-ended", {"session": script["session"], "how": "stopped"})
    healthy.post("/api/facts", json={"facts": [ended]})
    assert start(healthy, clock, device="phone").json()["lease"]["device"] == "phone"


def test_a_warning_sign_closes_a_session_that_runs(healthy: TestClient, clock: Any, told: Any) -> None:
    start(healthy, clock)
    check = told("daily-check-answered", {"ticks": ["daily.numbness"], "answers": {"A1": "yes"}})
    today = healthy.post("/api/facts", json={"facts": [check]}).json()["today"]
    assert today["kind"] == "paused"
    assert healthy.get("/api/sessions/current").json() is None
    assert problem(start(healthy, clock), 409)["message"]["id"] == "error.session-closed"


def refused(healthy: TestClient, clock: Any, session: str) -> str:
    """Why a session may not go on; nor does the page find it."""
    assert healthy.get("/api/sessions/current").json() is None
    return refused_id(start(healthy, clock, id=session))


def refused_id(answer: Any) -> str:
    """The message of a refusal."""
    refusal: str = problem(answer, 409)["message"]["id"]
    return refusal


def do(healthy: TestClient, told: Any, script: dict[str, Any], count: int, exercise: str, **changes: Any) -> None:
    """The first holds of an exercise, done in their session."""
    holds = [step for step in script["steps"] if step["kind"] == "hold" and step["exercise"] == exercise][:count]
    facts = [told("set-done", {**set_body(script["session"], hold), **changes}) for hold in holds]
    assert healthy.post("/api/facts", json={"facts": facts}).status_code == 200


def test_nobody_goes_on_while_everything_is_paused(healthy: TestClient, clock: Any, told: Any) -> None:
    session = start(healthy, clock).json()["script"]["session"]
    check = told("daily-check-answered", {"ticks": ["daily.numbness"], "answers": {"A1": "yes"}})
    healthy.post("/api/facts", json={"facts": [check]})
    assert refused(healthy, clock, session) == "error.session-closed"


def test_an_ended_session_is_not_played_again(healthy: TestClient, clock: Any, told: Any) -> None:
    session = start(healthy, clock).json()["script"]["session"]
    healthy.post("/api/facts", json={"facts": [told("session-ended", {"session": session, "how": "stopped"})]})
    assert refused(healthy, clock, session) == "error.session-over"


def test_a_session_goes_on_for_three_hours_after_its_last_hold(healthy: TestClient, clock: Any, told: Any) -> None:
    script = start(healthy, clock).json()["script"]
    clock.move(hours=1)
    do(healthy, told, script, 3, "plank")
    clock.move(hours=3)
    assert start(healthy, clock, id=script["session"]).json()["script"] == script
    assert healthy.get("/api/sessions/current").json()["script"] == script
    clock.move(seconds=1)
    assert refused(healthy, clock, script["session"]) == "error.session-over"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("pain-reported", {"when": "during", "nprs": 7, "exercise": "glute-bridge"}),
        ("pain-reported", {"when": "during", "nprs": 7}),
        ("pain-reported", {"when": "before", "nprs": 8}),
        ("screen-answered", {"C5": "yes"}),
        ("screen-answered", {"C2": "yes"}),
        ("daily-check-answered", {"ticks": ["daily.unwell"], "answers": dict.fromkeys(("A10", "A14", "A16"), "no")}),
    ],
    ids=["it-hurts", "all-hurts", "pain", "closed", "another-form", "fever"],
)
def test_what_is_closed_by_now_is_not_offered(
    healthy: TestClient, clock: Any, told: Any, rules: Rules, kind: str, body: dict[str, Any]
) -> None:
    script = start(healthy, clock).json()["script"]
    do(healthy, told, script, 2, "plank")
    if kind == "screen-answered":
        answers = {**dict.fromkeys(rules.form.items, "no"), **body}
        body = {"kind": "full", "answers": answers, "details": {}, "nprs": 3, "pain_now": 2}
    elif kind == "pain-reported":
        body = {"words": None, "further_down_leg": False, **body}
    assert healthy.post("/api/facts", json={"facts": [told(kind, body)]}).status_code == 200
    assert refused(healthy, clock, script["session"]) == "error.session-changed"
    day = healthy.get("/api/today").json()
    due = {item["exercise"] for step in day["steps"] for item in step["items"] if item["state"] == "due"}
    again = start(healthy, clock)
    if not due:
        assert problem(again, 409)["message"]["id"] == "error.nothing-due"
    else:
        steps = again.json()["script"]["steps"]
        assert {step["exercise"] for step in steps if step["kind"] == "hold"} == due
        assert len([step for step in steps if step["kind"] == "hold" and step["exercise"] == "plank"]) in (0, 3)


def test_a_session_does_not_go_on_with_more_than_a_flare_up_leaves(healthy: TestClient, clock: Any, told: Any) -> None:
    script = start(healthy, clock).json()["script"]
    assert any(step.get("test") for step in script["steps"])
    healthy.post("/api/facts", json={"facts": [told("flare-reported", {"note": None})]})
    full = healthy.get("/api/screening").json()
    items = {item["id"]: "no" for card in full["cards"] for item in card["items"]}
    screen = {"kind": "full", "answers": items, "details": {}, "nprs": 3, "pain_now": 2}
    healthy.post("/api/facts", json={"facts": [told("screen-answered", screen)]})
    assert refused(healthy, clock, script["session"]) == "error.session-changed"


def test_a_question_that_opens_comes_before_the_rest_of_a_session(healthy: TestClient, clock: Any, told: Any) -> None:
    script = start(healthy, clock).json()["script"]
    clock.move(minutes=5)
    spread = {"when": "during", "nprs": None, "words": None, "further_down_leg": True, "exercise": "plank"}
    healthy.post("/api/facts", json={"facts": [told("pain-reported", spread)]})
    assert refused(healthy, clock, script["session"]) == "error.check-first"


def test_what_was_done_or_left_out_keeps_no_session_from_going_on(healthy: TestClient, clock: Any, told: Any) -> None:
    """Core work that was begun may be ended, although it would be too soon to begin it; what hurt stays left out."""
    script = start(healthy, clock).json()["script"]
    do(healthy, told, script, 2, "hip-flexor-stretch")
    do(healthy, told, script, 2, "plank")
    do(healthy, told, script, 1, "side-plank", outcome="hurt")
    clock.move(minutes=20)
    current = healthy.get("/api/sessions/current").json()
    assert current["script"] == start(healthy, clock, id=script["session"]).json()["script"] == script
    assert [done["outcome"] for done in current["done"]] == ["done"] * 4 + ["hurt"]


def test_the_rest_of_a_session_begun_anew_may_be_interrupted_too(healthy: TestClient, clock: Any, told: Any) -> None:
    first = start(healthy, clock).json()["script"]
    do(healthy, told, first, 1, "side-plank")
    second = start(healthy, clock).json()["script"]
    holds = [step for step in second["steps"] if step["kind"] == "hold" and step["exercise"] == "side-plank"]
    assert [step["side"] for step in holds] == ["left", "right", "right"]
    clock.move(minutes=5)
    assert healthy.get("/api/sessions/current").json()["script"] == second
    assert refused_id(start(healthy, clock, id=first["session"])) == "error.session-over"


def test_the_short_version_is_offered_once_the_exercises_are_known(healthy: TestClient, clock: Any, told: Any) -> None:
    assert healthy.get("/api/today").json()["short"] is None
    session = start(healthy, clock).json()["script"]["session"]
    healthy.post("/api/facts", json={"facts": [told("session-ended", {"session": session, "how": "stopped"})]})
    offered = healthy.get("/api/today").json()["short"]
    assert offered["message"]["id"] == "plan.short.little-time"
    script = start(healthy, clock, length="short").json()["script"]
    assert (script["length"], script["minutes"]) == ("short", offered["minutes"])
    assert problem(start(healthy, clock, length="tiny"), 422)


def test_what_a_person_says_of_themselves_holds_until_they_say_it_anew(healthy: TestClient, told: Any) -> None:
    nothing = {
        "body_mass_kg": None, "birth_year": None, "helper": None, "equipment": None, "name": None, "goal": None,
    }  # fmt: skip
    comforts = {"comforts": ["mat", "pad"], "body_mass_limits_kg": [20, 400]}
    assert fits(schemas.MyselfOut, healthy.get("/api/myself")) == {**nothing, **comforts}
    for body in ({**nothing, "body_mass_kg": 70}, {**nothing, "equipment": ["mat"]}):
        healthy.post("/api/facts", json={"facts": [told("person-described", body)]})
    assert healthy.get("/api/myself").json() == {**nothing, **comforts, "body_mass_kg": 70, "equipment": ["mat"]}
    taken_back = {**nothing, "helper": True, "withdrawn": ["body_mass_kg"]}
    healthy.post("/api/facts", json={"facts": [told("person-described", taken_back)]})
    assert healthy.get("/api/myself").json() == {**nothing, **comforts, "helper": True, "equipment": ["mat"]}


def test_a_flare_up_that_was_told_by_mistake_is_taken_back_on_its_day(
    healthy: TestClient, clock: Any, told: Any
) -> None:
    before = healthy.get("/api/today").json()
    clock.move(minutes=1)
    day = healthy.post("/api/facts", json={"facts": [told("flare-reported", {"note": None})]}).json()["today"]
    assert (day["flare_since"], day["needs"]) == (day["on"], ["screen"])
    (fact,) = day["flare_told_today"]
    day = healthy.post("/api/facts", json={"facts": [told("retracted", {"fact": fact})]}).json()["today"]
    assert (day["flare_since"], day["flare_told_today"], day["needs"]) == (None, [], before["needs"])
    assert day["steps"] == before["steps"]


def test_why_names_the_rule_and_the_days_that_were_looked_at(healthy: TestClient, clock: Any, told: Any) -> None:
    script = start(healthy, clock).json()["script"]
    do(healthy, told, script, 2, "plank")
    body = {"session": script["session"], "effort": 5, "exercises": []}
    healthy.post("/api/facts", json={"facts": [told("effort-reported", body)]})
    clock.move(days=1)
    why = fits(schemas.WhyOut, healthy.get("/api/why/plank"))
    assert {one["rule"]["id"] for one in why["because"]} >= {"core-often"}
    assert all(one["source"]["status"] and one["signed_off"] is None for one in why["because"])
    (looked,) = why["looked"]
    assert (looked["on"], looked["effort"]) == (script["on"], 5)
    assert looked["read_as"] == "carry-on"
    assert looked["followed"]["id"] == "why.because.no-morning"
    assert problem(healthy.get("/api/why/headstand"), 404)
    assert problem(healthy.get("/api/why/plank?on=2999-01-01"), 422)
    assert problem(healthy.get("/api/why/plank?on=soon"), 422)


def test_why_tells_of_the_walk_and_the_days_with_one(healthy: TestClient, clock: Any, told: Any) -> None:
    walks = [told("usual-walk-told", {"minutes": 10}), told("walk-done", {"minutes": 7})]
    day = healthy.post("/api/facts", json={"facts": walks}).json()["today"]
    assert (day["walk"]["state"], day["walk"]["minutes"], day["walk"]["walked_min"]) == ("due", 10, 7)
    clock.move(days=1)
    why = fits(schemas.WhyOut, healthy.get("/api/why/walk"))
    assert why["item"] is None
    assert [one["rule"]["id"] for one in why["because"]] == ["walk", "walk"]
    assert [(day["minutes"], day["morning"]) for day in why["walks"]] == [(7, None)]


ANSWERS: dict[str, dict[str, Any]] = {
    "Worst pain in a session: 4 of 10": {"type": "pain-reported", "when": "after", "nprs": 4, "words": None},
    "Pain the morning after: 3 of 10": {"type": "pain-reported", "when": "morning-after", "nprs": 3, "words": None},
    "The morning after: A bit worse": {"type": "pain-reported", "when": "morning-after", "words": "a-bit-worse"},
    "It hurt: Plank": {"type": "pain-reported", "when": "during", "exercise": "plank"},
    "It hurt": {"type": "pain-reported", "when": "during"},
    "Pain while exercising: 5 of 10": {"type": "pain-reported", "when": "during", "nprs": 5},
    "Effort of a session: 5 of 10": {"type": "effort-reported", "session": "s", "effort": 5},
    "Kept the shape: mostly": {"type": "shape-reported", "session": "s", "kept": "mostly"},
    "Side plank, left: held for 30 seconds": {
        "type": "hold-told",
        "session": "s",
        "exercise": "side-plank",
        "side": "left",
        "held_s": 30,
    },
    "Plank: held for 31 seconds": {"type": "hold-told", "session": "s", "exercise": "plank", "held_s": 31},
    "A flare-up": {"type": "flare-reported", "note": None},
    "A walk of 7 minutes": {"type": "walk-done", "minutes": 7},
    "A walk that is comfortable: 15 minutes": {"type": "usual-walk-told", "minutes": 15},
    "Answered: Pain over the week": {"type": "outcome-answered", "instrument": "nprs", "nprs": 3},
    "About you": {"type": "person-described", "body_mass_kg": 70},
    "A review by Jo Park": {
        "type": "review-recorded",
        "by_whom": "Jo Park",
        "profession": "physiotherapist",
        "reviewed_on": "2026-03-01",
        "examined": True,
        "decision": "go-on",
    },
    "Seen by Dr Weber": {
        "type": "clearance-recorded",
        "item": "B5",
        "seen_on": "2026-03-01",
        "by_whom": "Dr Weber",
        "profession": "physician",
        "may_exercise": True,
    },
}


@pytest.mark.parametrize("words", ANSWERS)
def test_what_was_told_is_listed_in_words_and_may_be_taken_back(
    healthy: TestClient, rules: Any, told: Any, clock: Any, words: str
) -> None:
    body = {key: value for key, value in ANSWERS[words].items() if key != "type"}
    body |= {"further_down_leg": False} if ANSWERS[words]["type"] == "pain-reported" else {}
    fact = told(ANSWERS[words]["type"], body)
    assert healthy.post("/api/facts", json={"facts": [fact]}).status_code == 200

    def listed() -> dict[str, str]:
        found = fits(list[schemas.AnswerOut], healthy.get("/api/answers"))
        messages = [Message(one["message"]["id"], one["message"]["params"]) for one in found]
        return {one["fact"]: rules.words.written(message) for one, message in zip(found, messages, strict=True)}

    assert listed()[fact["id"]] == words
    back = told("retracted", {"fact": fact["id"]})
    healthy.post("/api/facts", json={"facts": [back]})
    assert fact["id"] not in listed()
    healthy.post("/api/facts", json={"facts": [told("retracted", {"fact": back["id"]})]})
    assert listed()[fact["id"]] == words
    clock.move(days=15)
    assert listed() == {}


def test_a_past_day_is_told_as_it_ended_by_what_was_known_then(healthy: TestClient, clock: Any, told: Any) -> None:
    script = start(healthy, clock).json()["script"]
    do(healthy, told, script, 2, "plank")
    healthy.post(
        "/api/facts", json={"facts": [told("session-ended", {"session": script["session"], "how": "stopped"})]}
    )
    ended = healthy.get("/api/today").json()
    clock.move(days=3)
    late = told("pain-reported", {"when": "during", "nprs": None, "words": None, "further_down_leg": False,
                                  "exercise": "neck-stretch"})  # fmt: skip
    late["at"] = script["on"] + "T12:00:00+01:00"
    healthy.post("/api/facts", json={"facts": [late]})
    past = fits(schemas.DayAsShownOut, healthy.get(f"/api/days/{script['on']}"))
    assert past["same_rules"]
    shown = {dose["exercise"]: (dose["sets"], dose["hold_s"]) for dose in past["shown"]}
    assert shown["plank"] == (2, 5)
    assert set(shown) == {step["exercise"] for step in script["steps"] if step["kind"] == "hold"}
    assert "hip-hinge" not in shown, "which was not for a day with core work"
    sides = {dose["exercise"]: dose["side_order"] for dose in past["shown"]}
    assert (sides["plank"], sides["side-plank"]) == ([None], ["left", "right"])
    assert {dose["test"] for dose in past["shown"] if dose["exercise"] in ("plank", "side-plank")} == {"first"}
    states = [{item["exercise"]: item["state"] for step in day["steps"] for item in step["items"]}
              for day in (ended, past["day"])]  # fmt: skip
    assert states[0]["plank"] == states[1]["plank"] == "done"
    assert states[1]["neck-stretch"] == states[0]["neck-stretch"], "that it hurt was not known then"
    assert problem(healthy.get("/api/days/2999-01-01"), 422)
    assert problem(healthy.get("/api/days/2001-01-01"), 404)


def test_what_a_past_day_showed_of_a_drill_is_told_in_repetitions(house: House, clock: Any) -> None:
    person = house.people.only()
    day = house.show_day(person)
    at = clock.now()
    shown = tuple(Shown(at, "rules", exercise, "goal", 16, 2.0) for exercise in ("hip-hinge", "plank", "star-jump"))
    seen = views.past(replace(day, shown=shown), house.rules.catalogue)["shown"]
    assert [(one["exercise"], one["sets"], one["repetitions"]) for one in seen] == [
        ("hip-hinge", 16, 8),
        ("plank", 16, 1),
        ("star-jump", 16, 1),
    ], "what the catalogue knows no longer is told as it was kept"


def test_only_what_was_wished_for(healthy: TestClient, clock: Any) -> None:
    script = start(healthy, clock, only=["neck-stretch"]).json()["script"]
    assert {step["exercise"] for step in script["steps"] if step["kind"] == "hold"} == {"neck-stretch"}
    problem(start(healthy, clock, only=["star-jump"]), 404)


def test_a_clock_that_runs_ahead_opens_nothing(healthy: TestClient, clock: Any, told: Any) -> None:
    script = start(healthy, clock).json()["script"]
    for step in script["steps"]:
        if step["kind"] == "hold":
            healthy.post("/api/facts", json={"facts": [told("set-done", set_body(script["session"], step))]})
    ended = told("session-ended", {"session": script["session"], "how": "finished"})
    healthy.post("/api/facts", json={"facts": [ended]})
    ahead = clock.now().replace(day=20).isoformat()
    answer = start(healthy, clock, at=ahead)
    assert answer.status_code == 409 or answer.json()["script"]["on"] == "2026-03-02"


def test_yesterdays_session_is_over(healthy: TestClient, clock: Any) -> None:
    start(healthy, clock)
    clock.move(days=1)
    assert healthy.get("/api/sessions/current").json() is None


@pytest.mark.parametrize(
    "changes", [{"id": "x"}, {"at": "now"}, {"only": "plank"}, {"only": ["a b"]}, {"take_over": "perhaps"}, {"more": 1}]
)
def test_a_wrong_wish_is_told(healthy: TestClient, clock: Any, changes: dict[str, Any]) -> None:
    problem(start(healthy, clock, **changes), 422)


def test_a_day_that_was_left_out_is_no_rest_day(healthy: TestClient, clock: Any, told: Any) -> None:
    script = start(healthy, clock).json()["script"]
    hold = next(step for step in script["steps"] if step["kind"] == "hold" and step["exercise"] == "side-plank")
    healthy.post("/api/facts", json={"facts": [told("set-done", set_body(script["session"], hold, credited_s=4.0))]})
    clock.move(days=4)
    days = healthy.get("/api/history?days=5&zone=Europe/Berlin").json()["days"]
    assert [(day["kept"], day["rest"], day["missed"]) for day in days] == [
        (True, False, False),
        (False, True, False),  # the back rests on the day after
        (False, False, True),
        (False, False, True),
        (False, True, False),  # today is not over
    ]


def test_history_shows_what_was_held_beside_the_goal(healthy: TestClient, clock: Any, told: Any) -> None:
    empty = fits(schemas.HistoryOut, healthy.get("/api/history"))
    assert len(empty["days"]) == 28
    assert empty["days"][-1]["on"] == "2026-03-02"
    assert all(day["rest"] and not day["kept"] for day in empty["days"])

    script = start(healthy, clock).json()["script"]
    holds = [step for step in script["steps"] if step["kind"] == "hold" and step["exercise"] == "side-plank"]
    facts = [
        told("set-done", set_body(script["session"], hold, credited_s=seconds))
        for hold, seconds in zip(holds[:3], (3.5, 4.5, 4.0), strict=True)
    ]
    facts.append(told("effort-reported", {"session": script["session"], "effort": 4}))
    healthy.post("/api/facts", json={"facts": facts})
    history = fits(schemas.HistoryOut, healthy.get("/api/history?days=2&zone=Europe/Berlin"))
    assert [day["on"] for day in history["days"]] == ["2026-03-01", "2026-03-02"]
    today = history["days"][-1]
    assert (today["rest"], today["kept"], len(today["sets"])) == (False, True, 3)
    assert today["effort"][0]["effort"] == 4
    assert [(pain["when"], pain["nprs"]) for pain in today["pain"]] == [("week", 3), ("now", 2), ("before", 2)]
    plank = next(held for held in history["exercises"] if held["exercise"] == "side-plank")
    sides = {hold["side"] for hold in holds[:3]}
    assert plank["goal_s"] == 45
    assert (plank["best"], plank["form"]) == ({}, "short-lever"), "the goal is for another form"
    assert set(plank["easier"]) == sides
    assert max(plank["easier"].values()) == 4.5
    assert plank["last"]["on"] == "2026-03-02"
    assert {(held["rung"], held["told"]) for held in today["sets"]} == {("short-lever", False)}
    hold = {**holds[0], "rung": "long-legs", "hold": 2}
    healthy.post("/api/facts", json={"facts": [told("set-done", set_body(script["session"], hold, credited_s=3.0))]})
    plank = next(held for held in healthy.get("/api/history").json()["exercises"] if held["exercise"] == "side-plank")
    assert (plank["best"], plank["easier"], plank["form"]) == ({holds[0]["side"]: 3.0}, {}, None)


def test_history_tells_what_changed_and_why(healthy: TestClient, clock: Any, told: Any) -> None:
    assert healthy.get("/api/history").json()["changes"] == []
    healthy.post("/api/facts", json={"facts": [told("usual-walk-told", {"minutes": 20})]})
    clock.move(days=1)
    healthy.post("/api/facts", json={"facts": [told("flare-reported", {})]})
    changes = fits(schemas.HistoryOut, healthy.get("/api/history?zone=Europe/Berlin"))["changes"]
    assert [(one["on"], one["what"]["id"]) for one in changes] == [
        ("2026-03-03", "plan.changed.flare"),
        ("2026-03-03", "plan.changed.walk"),
        ("2026-03-02", "plan.changed.walk-begins"),
    ]
    assert changes[1]["why"]["id"] == "plan.reason.walk-flare"
    today = healthy.get("/api/history?days=1&zone=Europe/Berlin").json()["changes"]
    assert [one["on"] for one in today] == ["2026-03-03"] * 2


@pytest.mark.parametrize("first", ["hold", "word"])
def test_a_measured_hold_that_only_the_person_knows_is_as_long_as_they_say(
    healthy: TestClient, clock: Any, told: Any, first: str
) -> None:
    """The clock ran to its end; the number they heard last is told with the questions, or arrives before the hold."""
    script = start(healthy, clock).json()["script"]
    hold = next(step for step in script["steps"] if step["kind"] == "hold" and step["exercise"] == "plank")
    body = {**set_body(script["session"], {**hold, "target_s": 60.0}, credited_s=60.0), "test": True}
    body |= {"measured": False, "in_position_s": None, "unjudged_s": None}
    word = {"session": script["session"], "exercise": "plank", "side": None, "held_s": 30}
    two = [told("set-done", body), told("hold-told", word)]
    for fact in two if first == "hold" else reversed(two):
        healthy.post("/api/facts", json={"facts": [fact]})
        healthy.get("/api/history")
    healthy.post("/api/facts", json={"facts": [told("set-done", set_body(script["session"], {**hold, "hold": 2}))]})
    history = fits(schemas.HistoryOut, healthy.get("/api/history?zone=Europe/Berlin"))
    plank = next(held for held in history["exercises"] if held["exercise"] == "plank")
    assert (plank["best"], plank["last"]["both"]) == ({"both": 30}, 30)
    sets = [(one["credited_s"], one["told"]) for one in history["days"][-1]["sets"]]
    assert (30, True) in sets
    item = next(
        i for step in healthy.get("/api/today").json()["steps"] for i in step["items"] if i["exercise"] == "plank"
    )
    assert item["held"]["both"] == 30 + 5.0
    # Told anew, it is as they say now, also when that is less.
    healthy.post("/api/facts", json={"facts": [told("hold-told", {**word, "held_s": 20})]})
    history = healthy.get("/api/history").json()
    assert next(held for held in history["exercises"] if held["exercise"] == "plank")["best"] == {"both": 20}


def test_what_was_left_out_was_not_done(healthy: TestClient, clock: Any, told: Any) -> None:
    script = start(healthy, clock).json()["script"]
    hold = next(step for step in script["steps"] if step["kind"] == "hold" and step["exercise"] == "neck-stretch")
    left_out = set_body(script["session"], hold, credited_s=0.0) | {"outcome": "skipped"}
    healthy.post("/api/facts", json={"facts": [told("set-done", left_out)]})
    exercises = fits(schemas.HistoryOut, healthy.get("/api/history"))["exercises"]
    neck = next(one for one in exercises if one["exercise"] == "neck-stretch")
    assert (neck["best"], neck["last"]) == ({}, None)


@pytest.mark.parametrize("query", ["days=0", "days=367", "days=x", "zone=../../etc/passwd"])
def test_a_wrong_question_is_told(page: TestClient, query: str) -> None:
    problem(page.get(f"/api/history?{query}"), 422)


def test_a_store_that_is_away_is_told(page: TestClient, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: Any, **__: Any) -> None:
        raise StoreUnavailable("error.store-unavailable", place="lumbar.db", reason="disk I/O error")

    for name in ("news", "append", "ping"):
        monkeypatch.setattr(house.store, name, away)
    for path in ("/api/today", "/healthz", "/api/history"):
        problem(page.get(path), 503)
    problem(page.post("/api/facts", json={"facts": []}), 503)


def test_a_bug_is_one_sentence_and_a_line_in_the_log(
    page: TestClient, house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError("secret details")

    monkeypatch.setattr(house.store, "news", broken)
    answer = page.get("/api/today")
    assert problem(answer, 500)["message"]["id"] == "error.unexpected"
    assert "secret details" not in answer.text
    assert answer.headers["content-security-policy"]
    assert "ZeroDivisionError" in caplog.text


def test_what_is_not_there_and_what_is_not_done(page: TestClient) -> None:
    problem(page.get("/api/nothing"), 404)
    problem(page.get("/nothing/at/all"), 404)
    assert "GET" in page.post("/api/today").headers["allow"]
    problem(page.post("/api/today"), 405)
    problem(page.delete("/api/facts"), 405)
    assert page.delete("/api/backups").headers["allow"] == "GET, POST"
    answer = page.get("/api/facts")
    problem(answer, 405)
    assert answer.headers["allow"] == "POST"


def test_the_interface_describes_itself(stranger: TestClient) -> None:
    described = stranger.get("/api/openapi.json").json()
    assert set(described["paths"]) == {
        "/healthz", "/api/today", "/api/screening", "/api/facts", "/api/history", "/api/myself", "/api/days/{on}",
        "/api/why/{exercise}", "/api/answers",
        "/api/sessions",
        "/api/sessions/current", "/api/words/{language}", "/api/exercises", "/api/exercises/{exercise}",
        "/api/figures/{exercise}", "/api/stills", "/api/validation", "/api/outcomes",
        "/api/export", "/api/import", "/api/backups", "/api/erase",
        "/api/people", "/api/people/{person}/choose", "/api/people/{person}/name", "/api/people/{person}/remove",
        "/api/people/{person}/pin", "/api/people/leave",
        "/api/packet", "/api/packets", "/api/reviews", "/api/approvals",
        "/api/desk", "/api/desk/choice", "/api/desk/profiles", "/api/desk/profiles/forget", "/api/desk/look",
        "/api/desk/go-on", "/api/desk/moved",
        "/api/desk/dismiss", "/api/desk/snooze", "/api/desk/speak-again", "/api/desk/end", "/api/desk/break",
        "/api/desk/remind", "/calendar.ics", "/api/calendar", "/api/calendar/key", "/api/calendar/off",
        "/api/lan", "/api/lan/code", "/api/lan/pair", "/api/lan/devices", "/api/lan/devices/{device}",
        "/api/lan/certificate.crt", "/api/lan/certificate.mobileconfig",
    }  # fmt: skip
    assert "ProblemOut" in described["components"]["schemas"]
    assert "DayOut" in described["components"]["schemas"]
    for path in described["paths"].values():
        for operation in path.values():
            problems = {status: reply for status, reply in operation["responses"].items() if int(status) >= 400}
            assert all(list(reply["content"]) == ["application/problem+json"] for reply in problems.values())
    assert not [name for name in described["components"]["schemas"] if "Validation" in name]


def set_body(session: str, hold: dict[str, Any], credited_s: float = 5.0) -> dict[str, Any]:
    return {
        "session": session,
        "step": hold["i"],
        "exercise": hold["exercise"],
        "rung": hold["rung"],
        "side": hold["side"],
        "set": hold["set"],
        "hold": hold["hold"],
        "target_s": hold["target_s"],
        "credited_s": credited_s,
        "outcome": "done",
        "measured": True,
        "in_position_s": credited_s,
        "unjudged_s": 0.0,
        "faults": [],
        "coach": "1",
        "model": None,
    }
