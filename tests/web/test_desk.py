"""The desk over HTTP: what a page sends and is told, and what is refused."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from lumbar.catalog.posture import shipped_posture
from lumbar.core.body import Frame
from lumbar.pose import trace

FRAMES = list(trace.frames(Path(__file__).parents[1] / "data/posture/desk_drift.jsonl.gz"))
TALL = [frame for frame in FRAMES if frame.t_s < 4]
SLUMP = [frame for frame in FRAMES if 11.6 <= frame.t_s <= 13.9]
MODEL = "f" * 64
RUN = "01890000-0000-7000-8000-000000000001"
FROM = {"device": "tablet", "zone": "Europe/Berlin"}


def points(frame: Frame) -> list[float]:
    return [value for point in frame.points for value in point]


def poses(**changes: Any) -> dict[str, Any]:
    tall, slump = [points(frame) for frame in TALL], [points(frame) for frame in SLUMP]
    told = {"profile": "desk", "model": MODEL, "aspect": TALL[0].aspect, "usual": tall, "tall": tall, "slump": slump}
    return {**FROM, **told, **changes}


def look(**changes: Any) -> dict[str, Any]:
    told = {"run": RUN, "profile": "desk", "model": MODEL, "aspect": TALL[0].aspect, "points": points(TALL[0])}
    return {**FROM, **told, "light": 0.5, **changes}


@pytest.fixture
def desk(healthy: TestClient) -> TestClient:
    answer = healthy.post("/api/desk/profiles", json=poses())
    assert answer.status_code == 200, answer.text
    return healthy


def test_a_desk_begins_empty_and_says_what_is_offered(healthy: TestClient) -> None:
    told = healthy.get("/api/desk?zone=Europe/Berlin&days=14").json()
    assert (told["open"], told["screened"], told["profiles"]) == (True, True, [])
    assert len(told["days"]) == 14
    choice = told["choice"]
    assert choice["shortest_interval_min"] <= choice["interval_min"] <= choice["longest_interval_min"]


def test_a_profile_is_kept_watched_with_and_forgotten(desk: TestClient) -> None:
    (profile,) = desk.get("/api/desk").json()["profiles"]
    assert (profile["name"], profile["old"]) == ("desk", False)
    standing = desk.post("/api/desk/look", json=look()).json()
    assert (standing["state"], standing["silence"], standing["waiting"]) == ("tall", None, None)
    assert standing["unknown"] == ["call", "full_screen", "focus", "locked"]
    full = desk.post("/api/desk/look", json=look(signals={"full_screen": "yes"})).json()
    assert (full["silence"], full["unknown"]) == ("full-screen", ["call", "focus", "locked"])
    assert desk.post("/api/desk/look", json=look(points=None)).status_code == 200
    for path in ("dismiss", "end"):
        assert desk.post(f"/api/desk/{path}", json={**FROM, "run": RUN}).json() == {"done": True}
    assert desk.post("/api/desk/profiles/forget", json={**FROM, "profile": "desk"}).json() == {"done": True}
    assert desk.post("/api/desk/look", json=look()).status_code == 404


def test_a_watch_without_a_camera_goes_on_and_hears_of_a_move(healthy: TestClient, clock: Any) -> None:
    for _ in range(2):
        standing = healthy.post("/api/desk/go-on", json={**FROM, "run": RUN}).json()
        clock.move(seconds=30)
    assert (standing["present"], standing["still_s"], standing["rests_s"]) == (True, 30.0, None)
    assert healthy.post("/api/desk/moved", json={**FROM, "run": RUN}).json() == {"done": True}
    assert healthy.post("/api/desk/go-on", json={**FROM, "run": RUN}).json()["still_s"] == 0.0


def test_nothing_that_was_seen_is_in_the_record(desk: TestClient) -> None:
    desk.post("/api/desk/look", json=look())
    desk.post("/api/desk/end", json={**FROM, "run": RUN})
    kept = desk.get("/api/export?format=json").text
    assert "posture-profile-kept" in kept
    assert not [value for value in points(TALL[0]) if len(repr(value)) > 6 and repr(value) in kept]


def test_a_nudge_comes_with_its_words(desk: TestClient, clock: Any) -> None:
    standing: dict[str, Any] = {}
    for _ in range(32 * 20):
        standing = desk.post("/api/desk/look", json=look()).json()
        clock.move(seconds=3)
    waiting = standing["waiting"]
    assert waiting["message"]["id"] == "posture.nudge.still"
    desk.post("/api/desk/dismiss", json={**FROM, "run": RUN})
    clock.move(seconds=3)
    after = desk.post("/api/desk/look", json=look()).json()
    assert (after["waiting"], after["silence"]) == (None, "gap")


def test_what_is_chosen_is_kept(healthy: TestClient) -> None:
    chosen = {"interval_min": 45, "quiet_from_h": 18, "quiet_to_h": 9}
    assert healthy.post("/api/desk/choice", json={**FROM, **chosen}).status_code == 200
    assert healthy.get("/api/desk").json()["choice"].items() >= chosen.items()
    refused = healthy.post("/api/desk/choice", json={**FROM, **chosen, "interval_min": 5})
    assert refused.status_code == 422


def test_a_break_is_offered_and_counts(healthy: TestClient) -> None:
    rest = healthy.get("/api/desk/break?zone=Europe/Berlin").json()
    assert rest["stretch"] in ("chest-stretch", "neck-stretch")
    assert rest["seconds"] == sum(step["seconds"] for step in rest["steps"])
    taken = healthy.post("/api/desk/break", json={**FROM, "stretch": rest["stretch"]})
    assert taken.json() == rest
    assert healthy.get("/api/desk?zone=Europe/Berlin").json()["days"][-1]["breaks"] == 1
    assert healthy.get("/api/today?zone=Europe/Berlin").json()["steps"]


@pytest.mark.parametrize(("span", "least"), [("while", 60), ("today", 61)])
def test_quiet_for_a_while_or_for_today(desk: TestClient, span: str, least: int) -> None:
    asked = desk.post("/api/desk/snooze", json={**FROM, "span": span}).json()
    assert asked["minutes"] >= least
    standing = desk.post("/api/desk/look", json=look()).json()
    assert standing["silence"] == "snoozed"
    state = desk.get(f"/api/desk?zone={FROM['zone']}").json()
    assert asked["today"] is standing["snoozed_today"] is state["snoozed_today"] is (span == "today")


def test_quiet_is_taken_back_on_another_device_and_until_when_is_told(desk: TestClient, clock: Any) -> None:
    assert desk.get("/api/desk?zone=Europe/Berlin").json()["snoozed_until"] is None
    asked = desk.post("/api/desk/snooze", json={**FROM, "span": "while"}).json()
    until = datetime.fromisoformat(asked["until"])
    assert until - clock.now() == timedelta(minutes=asked["minutes"])
    assert desk.get("/api/desk?zone=Asia/Tokyo").json()["snoozed_until"] == asked["until"]
    assert desk.post("/api/desk/look", json=look()).json()["snoozed_until"] == asked["until"]
    clock.move(seconds=5)
    phone = {"device": "phone", "zone": "Europe/Berlin"}
    assert desk.post("/api/desk/speak-again", json=phone).json() == {"done": True}
    assert desk.get("/api/desk").json()["snoozed_until"] is None
    standing = desk.post("/api/desk/look", json=look()).json()
    assert (standing["silence"], standing["snoozed_until"]) == (None, None)
    assert desk.post("/api/desk/speak-again", json=phone).json() == {"done": True}  # nothing to take back is fine


def test_what_the_page_draws_and_how_it_looks_come_from_the_desks_settings(healthy: TestClient) -> None:
    told, settings = healthy.get("/api/desk").json(), shipped_posture()
    assert told["captures_hz"] == settings.calibration.captures_hz
    assert told["shades"] == list(settings.picture.shades)
    assert told["worth_telling_s"] == settings.picture.worth_telling_s


@pytest.mark.parametrize(
    "changes",
    [{"points": [0.5] * 131}, {"points": [[0.5] * 4] * 33}, {"light": 2}, {"aspect": 0}, {"model": "lite"},
     {"picture": "data:image/png;base64,AAAA"}, {"profile": ""}, {"signals": {"call": "maybe"}}],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_in_a_sentence(desk: TestClient, changes: dict[str, Any]) -> None:
    answer = desk.post("/api/desk/look", json=look(**changes))
    assert answer.status_code == 422
    assert answer.json()["detail"]


def test_poses_that_tell_nothing_are_refused_in_a_sentence(healthy: TestClient) -> None:
    answer = healthy.post("/api/desk/profiles", json=poses(slump=[]))
    assert answer.status_code == 422
    assert "relaxed slump" in answer.json()["detail"]
    assert healthy.get("/api/desk").json()["profiles"] == []


def test_before_the_first_questions_the_desk_rests(page: TestClient) -> None:
    told = page.get("/api/desk").json()
    assert (told["open"], told["screened"]) == (False, False)
    assert page.post("/api/desk/profiles", json=poses()).status_code == 409
    assert page.get("/api/desk/break").status_code == 409


def test_a_calibration_fits_well_into_what_a_page_may_send(desk: TestClient) -> None:
    whole = [points(TALL[0])] * 40
    assert len(json.dumps(poses(usual=whole, tall=whole, slump=whole))) < 700_000


class TestCalendar:
    def test_there_is_none_until_somebody_asks_for_it(self, healthy: TestClient) -> None:
        assert healthy.get("/api/calendar").json() == {"path": None}
        assert healthy.get("/calendar.ics?key=").status_code == 404

    def test_the_key_opens_it_without_a_cookie_and_a_new_one_shuts_the_old(
        self, healthy: TestClient, stranger: TestClient
    ) -> None:
        path = healthy.post("/api/calendar/key").json()["path"]
        assert healthy.get("/api/calendar").json() == {"path": path}
        stranger.cookies.clear()
        answer = stranger.get(f"{path}&zone=Europe/Berlin&language=es")
        assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
        assert "SUMMARY:Estiramientos" in answer.text
        assert "set-cookie" not in answer.headers
        assert stranger.head(path).status_code == 200
        assert stranger.post(path).status_code == 405
        assert stranger.get("/api/calendar").status_code == 401
        stranger.get("/")
        stranger.post("/api/calendar/key")
        refused = stranger.get(path)
        assert (refused.status_code, refused.json()["message"]["id"]) == (404, "error.calendar-key")
        assert healthy.post("/api/calendar/off").json() == {"path": None}

    def test_a_page_is_told_once_of_what_is_due(self, healthy: TestClient, clock: Any) -> None:
        clock.move(hours=2)
        ask = {**FROM, "signals": {"call": "yes"}}
        assert healthy.post("/api/desk/remind", json=ask).json() == {"message": None}
        assert healthy.post("/api/desk/remind", json=FROM).json()["message"]["id"] == "remind.stretches"
        assert healthy.post("/api/desk/remind", json=FROM).json() == {"message": None}
