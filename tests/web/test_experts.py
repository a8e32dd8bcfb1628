"""What an expert is given and what they answer, over HTTP: one sentence for what cannot be used, and no change."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from starlette.testclient import TestClient

from lumbar.app.expert_answers import TakeAnswer, seal_of
from lumbar.app.house import House
from lumbar.app.ports import Person
from lumbar.app.records import Records
from lumbar.app.rules import Rules
from lumbar.catalog.words import shipped_words
from lumbar.core.errors import Conflict
from lumbar.core.message import say
from lumbar.core.record import Record

Told = dict[str, Any]
ROW = {"stop": False, "rung": None, "sets": 2, "hold_s": 40, "load_kg": None, "days_per_week": None, "note": None}


def about(page: TestClient) -> Told:
    """What a packet's own page knows, which is all that its script has to seal an answer."""
    answer = page.post("/api/packets", json={"what": "html", "zone": "Europe/Berlin"})
    assert answer.status_code == 200, answer.text
    text = answer.text.split('<script type="application/json" id="about">')[1].split("</script>")[0]
    return dict(json.loads(text))


def sealed(known: Told, **told: Any) -> str:
    body = {
        "person": known["person"], "digest": known["digest"], "decision": "go-on", "contact": False, "examined": True,
        "load": False, "may_exercise": [], "by_whom": "Jo Park", "profession": "physiotherapist",
        "reviewed_on": known["made_on"], "until": None, "note": None, "changes": {}, **told,
    }  # fmt: skip
    payload = json.dumps(body)
    seal = seal_of(known["key"], known["packet"], payload)
    return json.dumps({"format": "lumbar-review/1", "packet": known["packet"], "payload": payload, "seal": seal})


def send(page: TestClient, content: str) -> Any:
    return page.post("/api/reviews", json={"content": content, "zone": "Europe/Berlin"})


def reviews(house: House) -> int:
    person = house.people.only()
    return sum(fact.type in ("review-recorded", "clearance-recorded") for fact in house.store.record(person.id))


def refused(house: House, page: TestClient, content: str, message_id: str, status: int = 422) -> None:
    before = reviews(house)
    answer = send(page, content)
    assert answer.status_code == status, answer.text
    assert answer.json()["message"]["id"] == message_id
    assert answer.json()["detail"].count(".") <= 2
    assert reviews(house) == before


def test_a_packet_is_shown_without_being_taken_down(healthy: TestClient, clock: Any) -> None:
    shown = healthy.get("/api/packet").json()
    assert [row["exercise"] for row in shown["rows"]][:2] == ["hip-flexor-stretch", "plank"]
    assert healthy.get("/api/packet").json()["changed_on"] is None
    clock.move(days=1)
    assert healthy.get("/api/packet").json()["changed_on"] is None
    clock.move(days=-1)
    about(healthy)
    clock.move(days=1)
    assert healthy.get("/api/packet").json()["changed_on"] == "2026-03-02"


@pytest.mark.parametrize(("what", "begins"), [("html", b"<!doctype html>"), ("pdf", b"%PDF-"), ("handout", b"%PDF-")])
def test_prints_are_files_to_keep(healthy: TestClient, what: str, begins: bytes) -> None:
    answer = healthy.post("/api/packets", json={"what": what, "size": "letter"})
    assert answer.content.startswith(begins)
    assert answer.headers["content-disposition"].startswith('attachment; filename="lumbar-')


def test_an_answer_holds_and_the_plan_says_whose_it_is(healthy: TestClient) -> None:
    known = about(healthy)
    content = sealed(known, decision="with-changes", note="Well done.", changes={"plank": ROW})
    day = send(healthy, content).json()["today"]
    assert day["reviewed"] == {
        "by": "Jo Park", "profession": "physiotherapist", "on": "2026-03-02", "decision": "with-changes",
        "until": "2026-05-25", "note": "Well done.", "stops": False, "again_on": None,
    }  # fmt: skip
    (plank,) = [item for step in day["steps"] for item in step["items"] if item["exercise"] == "plank"]
    assert (plank["sets"], plank["hold_s"]) == (2, 40)
    said = next(why["message"] for why in plank["reasons"] if why["message"]["id"] == "plan.reason.reviewed")
    assert said["params"] == {"profession": "physiotherapist", "seen_on": "2026-03-02", "sets": 2, "seconds": 40}


def test_an_answer_is_taken_once(house: House, healthy: TestClient) -> None:
    content = sealed(about(healthy))
    assert send(healthy, content).status_code == 200
    refused(house, healthy, content, "error.answer-used", 409)


def test_another_answer_to_the_same_packet_is_told_from_the_same_one(house: House, healthy: TestClient) -> None:
    """A correction that is called taken in already would be lost without a word."""
    known = about(healthy)
    assert send(healthy, sealed(known)).status_code == 200
    refused(house, healthy, sealed(known, note="Slower, please."), "error.answer-other", 409)


@pytest.mark.parametrize("newer", [{"decision": "stop"}, {"changes": {"plank": {"stop": True}}}])
def test_an_answer_to_a_packet_of_before_another_review_changes_nothing(
    house: House, healthy: TestClient, clock: Any, newer: Told
) -> None:
    """Whoever answered it knew nothing of what that one paused or left out, and cannot have meant to open it."""
    before = about(healthy)
    clock.move(days=4)
    assert send(healthy, sealed(about(healthy), reviewed_on="2026-03-06", **newer)).status_code == 200
    clock.move(days=1)
    refused(house, healthy, sealed(before, reviewed_on="2026-03-07", by_whom="Dr Go"), "error.answer-overtaken", 409)
    assert send(healthy, sealed(before, reviewed_on="2026-03-07", decision="contact")).status_code == 200


def test_a_hold_is_heard_though_another_review_came_since_its_packet(healthy: TestClient, clock: Any) -> None:
    before = about(healthy)
    clock.move(days=4)
    assert send(healthy, sealed(about(healthy), reviewed_on="2026-03-06")).status_code == 200
    clock.move(hours=1)
    assert send(healthy, sealed(before, reviewed_on="2026-03-06", decision="stop")).status_code == 200
    assert healthy.get("/api/today").json()["reviewed"]["stops"]


class ReadTogether(Records):
    """Records that two readers have both read before either goes on. What either reads later, it reads alone."""

    together = threading.Barrier(2, timeout=20)
    mine = threading.local()

    def of(self, person: Person) -> Record:
        record = super().of(person)
        if not hasattr(self.mine, "read"):
            self.mine.read = True
            self.together.wait()
        return record


def test_of_two_answers_at_the_same_moment_one_is_taken_whole(
    house: House, page: TestClient, rules: Rules, clock: Any, told: Any
) -> None:
    answers = {**dict.fromkeys(rules.form.items, "no"), "B2": "yes"}
    fact = told("screen-answered", {"kind": "full", "answers": answers, "details": {}, "nprs": 3, "pain_now": 2})
    assert page.post("/api/facts", json={"facts": [fact]}).status_code == 200
    known, person = about(page), house.people.only()
    take = TakeAnswer(ReadTogether(house.store), clock, rules, house.record_facts)
    sent = {"First": sealed(known, by_whom="First"), "Second": sealed(known, by_whom="Second", may_exercise=["B2"])}

    def taken(who: str) -> str:
        try:
            take(person, sent[who])
        except Conflict as refusal:
            return refusal.message.id
        return who

    with ThreadPoolExecutor(2) as pool:
        (winner,) = set(pool.map(taken, sent)) - {"error.answer-used"}
    facts = [one for one in house.store.record(person.id) if one.type in ("review-recorded", "clearance-recorded")]
    assert {one.body["by_whom"] for one in facts} == {winner}
    assert len(facts) == (1 if winner == "First" else 2)


def test_an_answer_that_was_changed_changes_nothing(house: House, healthy: TestClient) -> None:
    file = json.loads(sealed(about(healthy), changes={}))
    payload = json.loads(file["payload"])
    for changed in (
        {**file, "payload": json.dumps({**payload, "load": True})},
        {**file, "payload": file["payload"] + " "},
        {**file, "seal": "0" * 64},
        {**file, "seal": "é"},
        {**file, "payload": "{" + file["payload"]},
    ):
        refused(house, healthy, json.dumps(changed), "error.answer-changed")


def test_an_answer_for_somebody_else_changes_nothing(house: House, healthy: TestClient) -> None:
    known = about(healthy)
    elsewhere = {**known, "person": "somebody-else", "packet": "another"}
    refused(house, healthy, sealed(elsewhere), "error.answer-other-person")
    refused(house, healthy, sealed({**known, "packet": "another"}), "error.answer-unknown")


def test_an_answer_is_taken_where_its_packet_came_with_the_record(healthy: TestClient) -> None:
    """In a new home the person has another id; the packet, and what it is sealed with, are those of before."""
    assert send(healthy, sealed({**about(healthy), "person": "of-another-home"})).status_code == 200


def test_an_answer_that_is_over_or_of_another_day_changes_nothing(
    house: House, healthy: TestClient, clock: Any
) -> None:
    known = about(healthy)
    refused(house, healthy, sealed(known, reviewed_on="2026-03-01"), "error.answer-day")
    refused(house, healthy, sealed(known, reviewed_on="2026-03-03"), "error.answer-day")
    refused(house, healthy, sealed(known, until="2026-03-01"), "error.answer-over")
    clock.move(days=85)
    refused(house, healthy, sealed(known), "error.answer-late")


def test_a_hold_is_taken_in_even_after_the_day_to_be_seen_again(healthy: TestClient, clock: Any) -> None:
    """To refuse it would let everything go on that an expert said to stop."""
    answer = sealed(about(healthy), decision="stop", until="2026-03-09")
    clock.move(days=10)
    assert send(healthy, answer).status_code == 200
    reviewed = healthy.get("/api/today").json()["reviewed"]
    assert (reviewed["stops"], reviewed["again_on"]) == (True, "2026-03-09")


def test_an_answer_of_a_newer_lumbar_is_told_to_be_one(house: House, healthy: TestClient) -> None:
    content = sealed(about(healthy)).replace("lumbar-review/1", "lumbar-review/2")
    refused(house, healthy, content, "error.answer-newer")


def test_a_file_that_is_longer_than_any_answer_is_told_to_be_none(house: House, healthy: TestClient) -> None:
    refused(house, healthy, '{"format": "lumbar-record/1", "facts": [' + "1," * 200_000 + "1]}", "error.answer-file")


@pytest.mark.parametrize(
    "content", ["", "no json", "[]", "{}", '{"format": "lumbar-review/1"}', "[" * 100_000], ids=str.__len__
)
def test_what_is_no_answer_is_told_so(house: House, healthy: TestClient, content: str) -> None:
    refused(house, healthy, content, "error.answer-file")


@pytest.mark.parametrize(
    "changes",
    [{"no-such": ROW}, {"plank": {**ROW, "rung": "no-such"}}, {"x" * 9_999: ROW}],
    ids=["exercise", "form", "long"],
)
def test_a_change_that_nothing_could_follow_is_not_taken_in(house: House, healthy: TestClient, changes: Told) -> None:
    """It would be told as taken in, and lost."""
    content = sealed(about(healthy), decision="with-changes", changes=changes)
    refused(house, healthy, content, "error.answer-unknown-exercise")


@pytest.mark.parametrize("wrong", [{"by_whom": ""}, {"by_whom": "  "}, {"profession": "\t"},
                                  {"changes": {"plank": {"load_kg": float("nan")}}}, {"decision": "maybe"},
                                  {"changes": {"plank": {"hold_s": 9_999}}},
                                  {"until": "soon"}, {"may_exercise": "all"},
                                  {"go_on": "all"}])  # fmt: skip
def test_a_field_that_cannot_be_read_is_named(house: House, healthy: TestClient, wrong: Told) -> None:
    refused(house, healthy, sealed(about(healthy), **wrong), "error.answer-field")


@pytest.mark.parametrize(
    "changes", [{}, {"plank": {**ROW, "sets": None, "hold_s": None}}], ids=["none", "an empty row"]
)
def test_changes_that_are_none_change_nothing(house: House, healthy: TestClient, changes: Told) -> None:
    """Whoever ticked that meant one, and it must not be lost unseen."""
    known = about(healthy)
    refused(house, healthy, sealed(known, decision="with-changes", changes=changes), "error.answer-no-change")
    assert send(healthy, sealed(known, decision="with-changes", note="Only in the morning.")).status_code == 200


@pytest.mark.parametrize("tick", [{"go_on": ["plank"]}, {"watched": ["plank"]}, {"load": True}], ids=str)
def test_a_tick_is_a_change_too(healthy: TestClient, told: Any, tick: Told) -> None:
    """It opens what rested, agrees to weights or says that an exercise is well held; an empty one does nothing."""
    by_hand = {"by_whom": "Jo Park", "profession": "physician", "reviewed_on": "2026-03-02", "examined": True,
               "decision": "with-changes", **tick}  # fmt: skip
    none = told("review-recorded", {**by_hand, **{name: type(value)() for name, value in tick.items()}})
    assert healthy.post("/api/facts", json={"facts": [none]}).status_code == 422
    known = about(healthy)
    assert send(healthy, sealed(known, decision="with-changes", **tick)).status_code == 200
    assert healthy.post("/api/facts", json={"facts": [told("review-recorded", by_hand)]}).status_code == 200


def test_a_review_that_is_entered_by_hand_names_its_changes_too(house: House, healthy: TestClient, told: Any) -> None:
    review = {"by_whom": "Jo Park", "profession": "physician", "reviewed_on": "2026-03-02", "examined": True,
              "decision": "with-changes"}  # fmt: skip
    answer = healthy.post("/api/facts", json={"facts": [told("review-recorded", review)]})
    assert answer.status_code == 422
    assert "a change to an exercise" in answer.json()["detail"]
    assert reviews(house) == 0
    noted = told("review-recorded", {**review, "note": "Only in the morning."})
    assert healthy.post("/api/facts", json={"facts": [noted]}).status_code == 200


def piriformis(day: Told) -> Told:
    return next(item for step in day["steps"] for item in step["items"] if item["exercise"] == "piriformis-stretch")


@pytest.fixture
def waiting(page: TestClient, rules: Any, told: Any) -> TestClient:
    """Somebody whose changes wait, with an exercise that is new since."""
    for answer in ("yes", "no"):
        answers = {**dict.fromkeys(rules.form.items, "no"), "C5": answer}
        fact = told("screen-answered", {"kind": "full", "answers": answers, "details": {}, "nprs": 3, "pain_now": 2})
        assert page.post("/api/facts", json={"facts": [fact]}).status_code == 200
        if answer == "yes":
            day = page.post("/api/approvals", json={"wanted": True, "zone": "Europe/Berlin"}).json()["today"]
            assert day["waits"] == {"since": "2026-03-02", "by": None, "profession": None}
    return page


def test_what_waits_is_asked_in_the_packet_and_opened_by_its_answer(waiting: TestClient) -> None:
    assert piriformis(waiting.get("/api/today").json())["state"] == "closed"
    known = about(waiting)
    assert list(known["proposals"]) == ["piriformis-stretch"]
    told = {**known["proposals"]["piriformis-stretch"], "yes": True, "why": None}
    day = send(waiting, sealed(known, proposals={"piriformis-stretch": told}, waits=True)).json()["today"]
    assert piriformis(day)["state"] != "closed"
    assert (day["waits"]["by"], day["waits"]["since"]) == ("Jo Park", "2026-03-02")
    mine = waiting.post("/api/approvals", json={"wanted": False}).json()["today"]
    assert mine["waits"]["by"] == "Jo Park", "what an expert asked for ends with an expert's word"
    ended = {"wanted": False, "by": {"name": "Kim Lee", "profession": "physician"}}
    assert waiting.post("/api/approvals", json=ended).json()["today"]["waits"] is None


def test_what_is_not_answered_waits_on(waiting: TestClient) -> None:
    day = send(waiting, sealed(about(waiting))).json()["today"]
    assert piriformis(day)["proposal"]["kind"] == "exercise"


def test_the_wish_is_told_by_the_server_alone(house: House, page: TestClient, told: Any) -> None:
    fact = told("approval-wanted", {"wanted": True, "known": {}})
    assert page.post("/api/facts", json={"facts": [fact]}).status_code in (400, 422)


@pytest.fixture
def gentle(page: TestClient, rules: Any, told: Any) -> TestClient:
    """Somebody who waits for a review (B3) and for a clinician's word (B2)."""
    answers = {**dict.fromkeys(rules.form.items, "no"), "B3": "yes", "B2": "yes"}
    fact = told("screen-answered", {"kind": "full", "answers": answers, "details": {}, "nprs": 3, "pain_now": 2})
    assert page.post("/api/facts", json={"facts": [fact]}).status_code == 200
    return page


def test_unticked_is_not_approved(gentle: TestClient) -> None:
    day = send(gentle, sealed(about(gentle))).json()["today"]
    assert day["verdict"]["outcome"] == "wait"
    assert day["reviewed"]["by"] == "Jo Park"


def test_what_is_ticked_opens_that_alone(gentle: TestClient) -> None:
    day = send(gentle, sealed(about(gentle), may_exercise=["B2"])).json()["today"]
    assert day["verdict"]["outcome"] == "start-gentle"
    day = send(gentle, sealed(about(gentle), may_exercise=["B2", "B3", "A1", "B9"])).json()["today"]
    assert day["verdict"]["outcome"] == "start"


@pytest.mark.parametrize(
    ("ticked", "kept"),
    [
        ({"go_on": ["plank"]}, ["plank"]),
        ({}, []),
        ({"go_on": None}, []),
        ({"go_on": ["plank"], "decision": "stop"}, []),
        ({"go_on": ["plank"], "decision": "contact"}, []),
    ],
)
def test_what_rests_goes_on_by_its_own_tick_alone(
    house: House, healthy: TestClient, ticked: Told, kept: list[str]
) -> None:
    """An answer without ticks, as of an older packet, lets nothing that rests go on."""
    assert send(healthy, sealed(about(healthy), **ticked)).status_code == 200
    facts = house.store.record(house.people.only().id)
    assert [fact.body["go_on"] for fact in facts if fact.type == "review-recorded"] == [kept]


@pytest.mark.parametrize(
    ("ticked", "kept"),
    [({"watched": ["plank"]}, ["plank"]), ({}, []), ({"watched": ["plank"], "decision": "stop"}, [])],
    ids=["watched", "an older packet", "a stop"],
)
def test_what_they_watched_is_taken_in(house: House, healthy: TestClient, ticked: Told, kept: list[str]) -> None:
    assert send(healthy, sealed(about(healthy), **ticked)).status_code == 200
    facts = house.store.record(house.people.only().id)
    assert [fact.body["watched"] for fact in facts if fact.type == "review-recorded"] == [kept]


@pytest.mark.parametrize("decision", ["stop", "contact"])
def test_a_hold_and_a_wish_to_be_called_open_nothing(gentle: TestClient, decision: str) -> None:
    day = send(gentle, sealed(about(gentle), decision=decision, may_exercise=["B2", "B3"])).json()["today"]
    assert day["verdict"]["outcome"] == "wait"


def test_a_warning_sign_needs_an_examination(page: TestClient, rules: Any, told: Any) -> None:
    answers = {**dict.fromkeys(rules.form.items, "no"), "A8": "yes"}
    fact = told("screen-answered", {"kind": "full", "answers": answers, "details": {}, "nprs": 3, "pain_now": 2})
    page.post("/api/facts", json={"facts": [fact]})
    day = send(page, sealed(about(page), examined=False, may_exercise=["A8"])).json()["today"]
    assert day["verdict"]["ways_back"][0]["item"] == "A8"
    day = send(page, sealed(about(page), examined=True, may_exercise=["A8"])).json()["today"]
    assert day["verdict"]["outcome"] == "pause", "and a complete screen comes after it"
    assert [way["needs"] for way in day["verdict"]["ways_back"]] == ["screen"]


def test_only_the_server_says_that_a_packet_was_made(healthy: TestClient, told: Any) -> None:
    body = {
        "packet": "x",
        "digest": "d",
        "key": "00",
        "answer_by": "2030-01-01",
        "catalogue": "c",
        "rules": "1",
        "shown": [],
    }
    assert healthy.post("/api/facts", json={"facts": [told("packet-made", body)]}).status_code == 422


def test_a_packet_speaks_the_language_that_is_asked_for(healthy: TestClient) -> None:
    spoken = {"accept-language": "es-ES,es;q=0.9"}
    page = healthy.post("/api/packets", json={"what": "html"}, headers=spoken)
    assert page.status_code == 200
    assert '<html lang="es">' in page.text
    assert shipped_words("es").written(say("packet.title")) in page.text


@pytest.mark.parametrize("answer", [
    {"facts": [{"id": "X", "type": "walk-done", "at": "2026-03-02T08:00:00+01:00", "zone": "UTC", "device": "d",
                "body": {}}]},
    {"facts": [{"id": 7, "type": "walk-done", "v": "many", "at": "soon", "zone": "UTC", "device": "d", "body": []}]},
    {"facts": [{}]}, {"facts": "all"}, {"more": 1}, [],
])  # fmt: skip
def test_a_request_that_cannot_be_used_is_told_in_the_asked_language(page: TestClient, answer: Any) -> None:
    told = [
        page.post("/api/facts", json=answer, headers={"accept-language": language}).json()["detail"]
        for language in ("en", "es")
    ]
    assert told[0].startswith("The request cannot be used at ")
    assert told[1].startswith("No se puede usar la petición en ")
    reasons = [one.partition(": ")[2] for one in told]
    assert reasons[0] != reasons[1]
    assert not any("@" in reason or "{" in reason for reason in reasons)


def did(page: TestClient, content: str) -> str:
    """What the page is told that an answer did, in words."""
    answer = send(page, content).json()
    return " ".join(shipped_words().written(say(told["id"], **told["params"])) for told in answer["did"])


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({}, "Jo Park approved the plan as it is. Their answer is taken in, and is valid until Monday 25 May 2026."),
        ({"until": "2026-04-01"}, "valid until Wednesday 1 April 2026."),
        ({"decision": "with-changes", "changes": {"plank": ROW}}, "Jo Park approved the plan with changes."),
        ({"contact": True}, "Jo Park asks you to get in touch as well."),
        ({"decision": "stop"}, "Jo Park says to stop for now."),
        ({"decision": "stop", "until": "2026-03-09"}, "would like to see you again on Monday 9 March 2026"),
        (
            {"decision": "contact"},
            "Jo Park asks you to get in touch. Their answer is taken in, and decides nothing else",
        ),
    ],
)
def test_what_an_answer_did_is_told(healthy: TestClient, answer: Told, said: str) -> None:
    assert said in did(healthy, sealed(about(healthy), **answer)).replace("\u00a0", " ")


def test_an_answer_that_leaves_out_everything_says_so(healthy: TestClient, rules: Rules) -> None:
    every = {name: {**ROW, "stop": True, "sets": None, "hold_s": None} for name in rules.programme.exercises}
    told = did(healthy, sealed(about(healthy), decision="with-changes", changes=every))
    assert told.startswith("Jo Park leaves every exercise out for now.")


def test_an_answer_that_asks_for_contact_names_nobody_else(healthy: TestClient) -> None:
    assert "Jo Park" in did(healthy, sealed(about(healthy)))
    told = did(healthy, sealed(about(healthy), by_whom="Kim Lee", decision="contact"))
    assert told.startswith("Kim Lee asks you to get in touch.")
    assert "Jo Park" not in told


def test_an_answer_of_an_older_day_names_who_decided_since(healthy: TestClient, clock: Any, told: Any) -> None:
    """A review entered in the far east is of a later day than a packet that is made in the far west after it."""
    clock.move(hours=8)
    at = clock.now().astimezone(ZoneInfo("Pacific/Auckland"))
    review = {"by_whom": "Kim Lee", "profession": "physician", "reviewed_on": at.date().isoformat(), "examined": True,
              "decision": "go-on"}  # fmt: skip
    fact = told("review-recorded", review, at=at.isoformat(), zone="Pacific/Auckland")
    assert healthy.post("/api/facts", json={"facts": [fact]}).status_code == 200
    made = healthy.post("/api/packets", json={"what": "html", "zone": "Pacific/Honolulu"}).text
    known = json.loads(made.split('<script type="application/json" id="about">')[1].split("</script>")[0])
    clock.move(days=1)
    answer = did(healthy, sealed(known, reviewed_on="2026-03-02")).replace("\u00a0", " ")
    assert answer == (
        "The answer of Jo Park, who saw the plan on Monday 2 March 2026, is taken in. "
        "What stands is the later review by Kim Lee, of Tuesday 3 March 2026."
    )
