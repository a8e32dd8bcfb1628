"""Several people over HTTP: no path answers with what belongs to somebody else, and each page speaks for one."""

from collections.abc import Iterator
from typing import Any

import pytest
import uuid_utils
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from lumbar.app.house import House
from lumbar.app.ports import Person
from lumbar.web.asking import PERSON_HEADER

from .conftest import Told
from .test_desk import poses
from .test_live import HELLO

LIVE = "ws://localhost:8420/api/live"

OF_NOBODY = {
    ("get", "/healthz"), ("get", "/api/words/{language}"), ("get", "/api/exercises"),
    ("get", "/api/exercises/{exercise}"), ("get", "/api/validation"), ("get", "/api/figures/{exercise}"),
    ("get", "/api/stills"),
    ("get", "/api/lan"), ("post", "/api/lan/code"), ("post", "/api/lan/pair"), ("get", "/api/lan/devices"),
    ("delete", "/api/lan/devices/{device}"), ("get", "/api/lan/certificate.crt"),
    ("get", "/api/lan/certificate.mobileconfig"),
    ("get", "/api/people"), ("post", "/api/people/{person}/choose"),
    ("post", "/api/people/leave"),
    ("get", "/calendar.ics"),
}  # fmt: skip
"""What is about nobody, or is how somebody comes in; the calendar has a key of its own. All others are about a person:
a path that comes new is one of those until somebody says otherwise here."""

FILLED = {"on": "2026-03-02", "exercise": "plank", "language": "en", "device": "x"}
SIGNS = ("anna-desk", "91.5", "41.25", "Dr. Anders")
"""What Anna has told and nobody else has: a profile, a weight, a hold, a name."""


@pytest.fixture
def anna(house: House, healthy: TestClient, told: Told) -> Person:
    """Who was here first, and told a lot."""
    session = str(uuid_utils.uuid7())
    hold = {
        "session": session, "step": 0, "exercise": "plank", "rung": "forearm", "side": None, "set": 1, "hold": 1,
        "target_s": 41.25, "credited_s": 41.25, "outcome": "done", "measured": False, "faults": [],
    }  # fmt: skip
    review = {
        "by_whom": "Dr. Anders", "profession": "physiotherapist", "reviewed_on": "2026-03-02", "examined": False,
        "decision": "go-on", "load": False, "changes": {},
    }  # fmt: skip
    facts = [told("set-done", hold), told("person-described", {"body_mass_kg": 91.5}), told("review-recorded", review)]
    answer = healthy.post("/api/facts", json={"facts": facts})
    assert answer.status_code == 200, answer.text
    assert healthy.post("/api/desk/profiles", json=poses(profile="anna-desk")).status_code == 200
    assert healthy.post("/api/calendar/key").status_code == 200
    return house.people.rename(house.people.only(), "Anna")


@pytest.fixture
def ben(house: House, anna: Person) -> Person:
    return house.people.add("Ben")


def speaking(client: TestClient, person: Person | str) -> TestClient:
    """The same browser, in a page that speaks for somebody."""
    client.headers[PERSON_HEADER] = person if isinstance(person, str) else person.id
    return client


def operations(client: TestClient) -> Iterator[tuple[str, str, str]]:
    """Every method and path that is described, and an address of it."""
    described = client.get("/api/openapi.json").json()["paths"]
    for path, methods in described.items():
        for method in methods:
            yield method, path, path.format(person="nobody", **FILLED)


def about_somebody(client: TestClient) -> list[tuple[str, str]]:
    found = [(method, address) for method, path, address in operations(client) if (method, path) not in OF_NOBODY]
    assert len(found) > 25
    return found


def asked(client: TestClient, method: str, address: str) -> Any:
    return client.request(method.upper(), address, json={} if method == "post" else None)


def test_what_is_about_nobody_is_still_there(page: TestClient) -> None:
    assert {(method, path) for method, path, _ in operations(page)} >= OF_NOBODY


def test_no_path_answers_before_somebody_was_chosen(page: TestClient, ben: Person) -> None:
    for method, address in about_somebody(page):
        answer = asked(page, method, address)
        assert answer.status_code == 403, (method, address, answer.text)
        assert answer.json()["message"]["id"] == "error.person-choose", (method, address)


def test_no_path_answers_for_somebody_who_is_here_no_more(page: TestClient, house: House, ben: Person) -> None:
    speaking(page, ben)
    assert page.get("/api/today").status_code == 200
    house.store.remove_person(ben.id)
    for method, address in about_somebody(page):
        answer = asked(page, method, address)
        assert answer.status_code == 403, (method, address, answer.text)
        assert answer.json()["message"]["id"] == "error.person-gone", (method, address)


def test_no_path_shows_one_what_another_told(page: TestClient, anna: Person, ben: Person) -> None:
    seen: dict[str, set[str]] = {}
    for person in (anna, ben):
        speaking(page, person)
        answers = [asked(page, *one) for one in about_somebody(page) if one[1] not in ("/api/erase",)]
        text = " ".join(answer.text for answer in answers) + page.get("/api/why/plank?on=2026-03-02").text
        text += page.get("/api/days/2026-03-02").text + page.get("/api/export").text
        seen[person.name] = {sign for sign in (*SIGNS, anna.id) if sign in text}
    assert seen == {"Anna": {*SIGNS, anna.id}, "Ben": set()}


def test_nothing_of_one_changes_by_what_another_does(page: TestClient, house: House, anna: Person, ben: Person) -> None:
    before = house.store.record(anna.id)
    speaking(page, ben)
    for method, address in about_somebody(page):
        if address != "/api/erase":
            asked(page, method, address)
    assert house.store.record(anna.id) == before
    assert page.post("/api/erase", json={"word": "erase"}).status_code == 200
    assert house.people.all() == [anna]
    assert house.store.record(anna.id) == before


def test_two_pages_of_one_browser_speak_for_two(
    page: TestClient, house: House, anna: Person, ben: Person, told: Told
) -> None:
    """The cookie says who was chosen last; the page that was open before still speaks for its own."""
    assert page.post(f"/api/people/{ben.id}/choose", json={}).status_code == 200
    fact = told("pain-reported", {"when": "before", "nprs": 7, "words": None, "further_down_leg": False})
    assert page.post("/api/facts", json={"facts": [fact]}, headers={PERSON_HEADER: anna.id}).status_code == 200
    assert fact["id"] in {one.id for one in house.store.record(anna.id)}
    assert house.store.record(ben.id) == []
    assert page.get("/api/myself").json()["body_mass_kg"] is None
    assert page.get(f"/api/myself?person={anna.id}").json()["body_mass_kg"] == 91.5


def test_a_choice_is_kept_by_a_cookie_that_nobody_makes_up(page: TestClient, anna: Person, ben: Person) -> None:
    assert page.get("/api/people").json()["me"] is None
    chosen = page.post(f"/api/people/{ben.id}/choose", json={})
    assert chosen.json() == {"id": ben.id, "name": "Ben", "mark": 1, "pin": False}
    cookie = chosen.headers["set-cookie"]
    assert all(part in cookie for part in ("HttpOnly", "SameSite=Strict", "Path=/", "Max-Age="))
    assert page.get("/api/people").json()["me"] == ben.id
    (name,) = [one for one in page.cookies if one.startswith("lumbar_person")]
    value = page.cookies[name]
    page.cookies.delete(name)
    for made_up in (
        anna.id,
        f"{anna.id}.0.{'0' * 64}",
        value.replace(ben.id, anna.id),
        value[:-1] + "x",
        "…".encode().hex(),
    ):
        page.cookies.set(name, made_up)
        assert page.get("/api/people").json()["me"] is None
        assert page.get("/api/today").json()["message"]["id"] == "error.person-choose"
        page.cookies.delete(name)


def test_a_line_is_of_whoever_opened_it(page: TestClient, house: House, anna: Person, ben: Person) -> None:
    with page.websocket_connect(f"{LIVE}?person={ben.id}") as socket:
        socket.send_json(HELLO)
        assert socket.receive_json()["type"] == "welcome"
        house.store.remove_person(ben.id)
        socket.send_json(HELLO)
        assert socket.receive_json()["message"]["id"] == "error.person-gone"
        with pytest.raises(WebSocketDisconnect):
            socket.receive_json()
    house.people.add("Carl")
    with page.websocket_connect(LIVE) as socket:
        socket.send_json(HELLO)
        assert socket.receive_json()["message"]["id"] == "error.person-choose"


def test_each_calendar_has_an_address_of_its_own(page: TestClient, house: House, anna: Person, ben: Person) -> None:
    hers = page.get("/api/calendar", headers={PERSON_HEADER: anna.id}).json()["path"]
    speaking(page, ben)
    assert page.get("/api/calendar").json() == {"path": None}
    his = page.post("/api/calendar/key").json()["path"]
    assert f"@{anna.id}.lumbar" in page.get(hers).text
    assert anna.id not in page.get(his).text
    house.store.remove_person(anna.id)
    assert page.get(hers).status_code == 404


class TestNames:
    def test_the_first_person_needs_one_before_another_comes(self, page: TestClient, house: House) -> None:
        first = house.people.only()
        refused = page.post("/api/people", json={"name": "Ben"})
        assert (refused.status_code, refused.json()["message"]["id"]) == (409, "error.person-unnamed")
        assert page.post(f"/api/people/{first.id}/name", json={"name": "  Anna\tMaria "}).json()["name"] == "Anna Maria"
        assert page.post("/api/people", json={"name": "Ben"}).status_code == 200
        speaking(page, first)
        for name, status in (("ben", 409), ("", 422), ("\u202e", 422), ("x" * 41, 422), ("x" * 900, 422)):
            assert page.post("/api/people", json={"name": name}).status_code == status, name

    def test_a_household_is_no_clinic(self, page: TestClient, anna: Person, ben: Person) -> None:
        speaking(page, anna)
        answers = [page.post("/api/people", json={"name": f"Guest {number}"}).status_code for number in range(11)]
        assert answers == [200] * 10 + [409]
        marks = [one["mark"] for one in page.get("/api/people").json()["people"]]
        assert marks == [0, 1, 2, 3, 4, 5] * 2

    def test_who_has_told_something_is_removed_by_the_word(
        self, page: TestClient, house: House, anna: Person, ben: Person
    ) -> None:
        speaking(page, ben)
        refused = page.post(f"/api/people/{anna.id}/remove", json={})
        assert (refused.status_code, refused.json()["message"]["id"]) == (422, "error.erase-word")
        assert page.post(f"/api/people/{anna.id}/remove", json={"word": "erase"}).json()["facts"] > 5
        last = page.post(f"/api/people/{ben.id}/remove", json={"word": "erase"})
        assert (last.status_code, last.json()["message"]["id"]) == (409, "error.person-last")

    def test_an_addition_is_undone(self, page: TestClient, house: House, anna: Person) -> None:
        speaking(page, anna)
        added = page.post("/api/people", json={"name": "Ben"}).json()
        assert page.post(f"/api/people/{added['id']}/remove", json={}).json() == {"facts": 0, "backups": 0, "left": []}
        assert house.people.all() == [anna]


@pytest.fixture
def locked(page: TestClient, house: House, anna: Person, ben: Person) -> TestClient:
    """Anna has a PIN, and Ben was chosen last in this browser."""
    house.pins.put(anna.id, "2468")
    page.post(f"/api/people/{ben.id}/choose", json={})
    return page


class TestPin:
    def test_no_path_answers_for_who_is_locked(self, locked: TestClient, house: House, anna: Person) -> None:
        before = house.store.record(anna.id)
        speaking(locked, anna)
        for method, address in about_somebody(locked):
            answer = asked(locked, method, address)
            assert answer.status_code == 403, (method, address, answer.text)
            assert answer.json()["message"]["id"] == "error.person-locked", (method, address)
            del locked.headers[PERSON_HEADER]
            mark = "&" if "?" in address else "?"
            answer = asked(locked, method, f"{address}{mark}person={anna.id}")
            assert (answer.status_code, answer.json()["message"]["id"]) == (403, "error.person-locked"), address
            speaking(locked, anna)
        with locked.websocket_connect(f"{LIVE}?person={anna.id}") as socket:
            socket.send_json(HELLO)
            assert socket.receive_json()["message"]["id"] == "error.person-locked"
        assert house.store.record(anna.id) == before

    def test_who_is_locked_is_changed_by_nobody_else(
        self, locked: TestClient, house: House, anna: Person, ben: Person
    ) -> None:
        speaking(locked, ben)
        for path, body in (("name", {"name": "X"}), ("remove", {"word": "erase"}), ("pin", {"pin": None})):
            assert locked.post(f"/api/people/{anna.id}/{path}", json=body).status_code == 403, path
        assert house.people.find(anna.id) == anna
        assert locked.post(f"/api/people/{anna.id}/choose", json={"pin": "1111"}).status_code == 403

    def test_the_pin_opens_one_browser_until_it_is_left(
        self, locked: TestClient, anna: Person, ben: Person, clock: Any
    ) -> None:
        opened = locked.post(f"/api/people/{anna.id}/choose", json={"pin": "2468"})
        assert opened.json() == {"id": anna.id, "name": "Anna", "mark": 0, "pin": True}
        assert "Max-Age" not in opened.headers["set-cookie"], "it ends with the browser"
        speaking(locked, anna)
        assert locked.get("/api/myself").json()["body_mass_kg"] == 91.5
        assert locked.post("/api/people/leave", json={}).json() == {"left": True}
        assert locked.get("/api/myself").status_code == 403
        locked.post(f"/api/people/{anna.id}/choose", json={"pin": "2468"})
        clock.move(hours=13)
        assert locked.get("/api/myself").json()["message"]["id"] == "error.person-locked"
        locked.post(f"/api/people/{anna.id}/choose", json={"pin": "2468"})
        assert locked.get("/api/myself").status_code == 200
        locked.post(f"/api/people/{ben.id}/choose", json={})
        assert locked.get("/api/myself").status_code == 403, "whoever chooses another name locks it"

    def test_another_pin_ends_what_the_one_before_opened(self, locked: TestClient, house: House, anna: Person) -> None:
        locked.post(f"/api/people/{anna.id}/choose", json={"pin": "2468"})
        speaking(locked, anna)
        wrong = locked.post(f"/api/people/{anna.id}/pin", json={"pin": "1357", "old": "0000"})
        assert (wrong.status_code, wrong.json()["message"]["id"]) == (403, "error.pin-wrong")
        assert locked.post(f"/api/people/{anna.id}/pin", json={"pin": "13", "old": "2468"}).status_code == 422
        assert locked.post(f"/api/people/{anna.id}/pin", json={"pin": "1357", "old": "2468"}).status_code == 200
        assert locked.get("/api/today").status_code == 200, "the browser that changed it goes on"
        house.pins.put(anna.id, "9999")
        assert locked.get("/api/today").status_code == 403
        house.pins.take_away(anna.id)
        assert locked.get("/api/today").status_code == 200, "as `lumbar person pin --reset` does"

    def test_one_alone_may_have_one(self, page: TestClient, house: House) -> None:
        alone = house.people.only()
        assert page.post(f"/api/people/{alone.id}/pin", json={"pin": "2468"}).status_code == 200
        assert page.get("/api/today").status_code == 200
        page.post("/api/people/leave", json={})
        assert page.get("/api/today").json()["message"]["id"] == "error.person-locked"
        assert page.get("/api/people").json()["me"] is None
        assert page.get("/").status_code == 200

    def test_a_pin_is_in_no_answer_export_or_backup(self, locked: TestClient, house: House, anna: Person) -> None:
        locked.post(f"/api/people/{anna.id}/choose", json={"pin": "2468"})
        speaking(locked, anna)
        stamp = house.pins.stamp(anna.id)
        for text in (locked.get("/api/export").text, locked.get("/api/people").text):
            assert "2468" not in text
            assert stamp not in text

    def test_the_calendar_goes_on_by_its_own_key(self, locked: TestClient, house: House, anna: Person) -> None:
        key = house.show_calendar.keys.read(anna.id)
        assert locked.get(f"/calendar.ics?key={key}").status_code == 200
