"""The home door: nobody gets in without the code, whatever they ask for, and a device that is let in gets no further
than it should."""

import json
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from lumbar.app.house import House
from lumbar.app.pairing import ANOTHER_AFTER, CODE_LIFE, MOST_WRONG, Pairing
from lumbar.core.errors import NotAllowed
from lumbar.lan.addresses import is_home
from lumbar.web import Lan, WebSettings, create_app, from_home
from lumbar.web.page import PAGES

HOME = "https://192.168.7.20:8421"
PHONE = ("192.168.7.33", 50_000)
COOKIE = "__Host-lumbar_device_8421"
LIVE = "wss://192.168.7.20:8421/api/live"
OPEN = {
    ("GET", "/pair"), ("GET", "/api/words/en"), ("POST", "/api/lan/pair"),
    ("GET", "/api/lan/certificate.crt"), ("GET", "/api/lan/certificate.mobileconfig"), ("GET", "/calendar.ics"),
}  # fmt: skip
"""What the door answers to everybody; the page's own files besides. The calendar asks for its key."""


class Network:
    """A home network that stands still."""

    served = frozenset({"192.168.7.20", "box.local", "*.mine.example"})

    def names(self) -> frozenset[str]:
        return self.served

    def address(self) -> str:
        return f"{HOME}/"

    def fingerprint(self) -> str:
        return "AA:BB"

    def certificate(self) -> bytes | None:
        return b"der"

    def profile(self) -> bytes | None:
        return b"profile"

    def picture(self, text: str) -> str:
        return f"data:{text}"


@pytest.fixture
def app(house: House, static: Path, pairing: Pairing) -> FastAPI:
    return create_app(house, WebSettings("1.2.3", static=static), Lan(pairing, Network(), is_home))


@pytest.fixture
def phone(app: FastAPI) -> TestClient:
    """A phone in the home network that was not let in."""
    return TestClient(from_home(app), base_url=HOME, client=PHONE, follow_redirects=False)


@pytest.fixture
def computer(app: FastAPI) -> TestClient:
    """The page on the computer itself."""
    client = TestClient(app, base_url="http://localhost:8420")
    client.get("/")
    return client


@pytest.fixture
def paired(phone: TestClient, pairing: Pairing) -> TestClient:
    """A phone that was let in."""
    let_in(phone, pairing)
    return phone


def let_in(phone: TestClient, pairing: Pairing, name: str = "My phone") -> str:
    answer = phone.post("/api/lan/pair", json={"code": pairing.offer().code, "name": name})
    assert answer.status_code == 200, answer.text
    return str(answer.json()["device"]["id"])


def routes(app: FastAPI) -> list[tuple[str, str]]:
    """Every method and path that the application has, its parameters filled in, and some that it has not."""
    filled = {
        "exercise": "plank",
        "on": "2026-03-02",
        "language": "en",
        "device": "0" * 16,
        "instrument": "nprs",
        "person": "x",
    }
    pages = [
        (method, route.path.replace("{path:path}", "models/pose_landmarker_full.task").format(**filled))
        for route in app.routes
        if isinstance(route, Route)
        for method in route.methods or ()
    ]
    found = [(method.upper(), path.format(**filled)) for path, way in app.openapi()["paths"].items() for method in way]
    found += pages
    return [
        *found,
        ("GET", "/api/nothing"),
        ("GET", "/nowhere"),
        ("DELETE", "/api/facts"),
        ("GET", "/assets/../index.html"),
    ]


class TestWithoutTheCode:
    def test_every_route_is_shut_but_those_that_ask_for_the_code(self, app: FastAPI, phone: TestClient) -> None:
        found = routes(app)
        assert {("GET", "/api/today"), ("POST", "/api/facts"), ("DELETE", f"/api/lan/devices/{'0' * 16}")} <= set(found)
        assert {("GET", page.format(exercise="plank", instrument="nprs")) for page in PAGES} <= set(found)
        for method, path in found:
            if (method.replace("HEAD", "GET"), path) in OPEN:
                continue
            answer = phone.request(method, path, json={})
            assert answer.status_code == 401, (method, path)
            assert "set-cookie" not in answer.headers, (method, path)

    def test_the_list_of_what_is_open_is_short(self, app: FastAPI, phone: TestClient) -> None:
        answered = {
            (method, path)
            for method, path in routes(app)
            if phone.request(method, path, json={}).status_code not in (401, 421)
        }
        assert {(method.replace("HEAD", "GET"), path) for method, path in answered} == OPEN

    def test_a_phones_calendar_follows_the_address_that_its_page_gave_and_no_other(
        self, app: FastAPI, paired: TestClient
    ) -> None:
        path = paired.post("/api/calendar/key").json()["path"]
        calendar = TestClient(from_home(app), base_url=HOME, client=PHONE)  # an app of its own: no cookie, no origin
        answer = calendar.get(f"{path}&zone=Europe/Berlin&language=es")
        assert (answer.status_code, answer.text.splitlines()[0]) == (200, "BEGIN:VCALENDAR")
        assert "set-cookie" not in answer.headers
        assert calendar.head(path).status_code == 200
        assert calendar.get("/calendar.ics").status_code == 422
        assert calendar.get("/calendar.ics?key=").status_code == calendar.get(f"{path}x").status_code == 404
        assert calendar.post(path).status_code == calendar.get("/api/calendar").status_code == 401
        paired.post("/api/calendar/key")
        assert calendar.get(path).status_code == 404

    def test_the_socket_is_shut(self, app: FastAPI, phone: TestClient) -> None:
        sockets = [route.path for route in app.routes if isinstance(route, WebSocketRoute)]
        assert sockets == ["/api/live"]
        for path in (*sockets, "/pair", "/api/lan/pair"):
            with pytest.raises(WebSocketDisconnect), phone.websocket_connect(LIVE.replace("/api/live", path)):
                pass

    @pytest.mark.parametrize(
        ("path", "status"),
        [
            ("/assets/app-Bq3kX9aZ.js", 200), ("/icons/icon-192.png", 200), ("/manifest.webmanifest", 200),
            ("/models/pose_landmarker_full.task", 401), ("/wasm/vision_wasm_internal.wasm", 401), ("/sw.js", 401),
            ("/index.html", 401), ("/assets/%2e%2e/sw.js", 401), ("/assets/..%2fsw.js", 401), ("//assets/x.js", 401),
        ],
    )  # fmt: skip
    def test_of_the_files_only_what_the_pairing_page_is_made_of(
        self, phone: TestClient, path: str, status: int
    ) -> None:
        assert phone.get(path).status_code == status

    @pytest.mark.parametrize("path", ["/", "/progress", "/session", "/nowhere"])
    def test_a_person_is_sent_to_where_the_code_is_asked_for(self, phone: TestClient, path: str) -> None:
        answer = phone.get(path, headers={"accept": "text/html"})
        assert (answer.status_code, answer.headers["location"]) == (303, "/pair")
        assert answer.headers["content-security-policy"]
        assert phone.get("/pair", headers={"accept": "text/html"}).status_code == 200

    @pytest.mark.parametrize(
        "value", ["", "x", ".", "0000000000000001.", "../../etc/passwd.x", "0000000000000001.wrong", "ä.ä"]
    )
    def test_a_made_up_cookie_opens_nothing(self, phone: TestClient, pairing: Pairing, value: str) -> None:
        let_in(TestClient(phone.app, base_url=HOME, client=PHONE), pairing)
        answer = phone.get("/api/today", headers={"cookie": f"{COOKIE}={value}".encode()})  # type: ignore[arg-type]
        assert answer.status_code == 401

    def test_the_computers_cookie_opens_nothing_here_and_the_phones_nothing_there(
        self, phone: TestClient, computer: TestClient, pairing: Pairing
    ) -> None:
        for name in ("lumbar_session", "lumbar_session_8421", COOKIE):
            assert phone.get("/api/today", headers={"cookie": f"{name}=secret-token"}).status_code == 401
        let_in(phone, pairing)
        credential = phone.cookies[COOKIE]
        bare = TestClient(computer.app, base_url="http://localhost:8420")
        for name in ("lumbar_session_8420", "lumbar_session", COOKIE):
            assert bare.get("/api/today", headers={"cookie": f"{name}={credential}"}).status_code == 401


class TestHosts:
    @pytest.mark.parametrize("host", ["192.168.7.20:8421", "box.local:8421", "BOX.local", "a.mine.example"])
    def test_the_served_names_are_answered(self, phone: TestClient, host: str) -> None:
        assert phone.get("/pair", headers={"host": host}).status_code == 200

    @pytest.mark.parametrize(
        "host",
        [
            "localhost:8421",
            "127.0.0.1",
            "evil.example",
            "192.168.7.21",
            "a.box.local",
            "mine.example",
            "a.b.mine.example",
            "*.mine.example",
            "",
        ],
    )
    def test_no_others_are(self, phone: TestClient, host: str) -> None:
        for path in ("/pair", "/api/today", "/assets/app-Bq3kX9aZ.js"):
            assert phone.get(path, headers={"host": host}).status_code == 421

    def test_the_computers_door_does_not_answer_to_them(self, computer: TestClient) -> None:
        assert computer.get("/healthz", headers={"host": "box.local:8421"}).status_code == 421

    @pytest.mark.parametrize("address", ["8.8.8.8", "203.0.113.7", "testclient", "2001:db8::1"])
    def test_whoever_asks_from_outside_of_the_home_gets_nothing(self, app: FastAPI, address: str) -> None:
        far = TestClient(from_home(app), base_url=HOME, client=(address, 1))
        for path in ("/pair", "/api/lan/certificate.crt", "/assets/app-Bq3kX9aZ.js"):
            assert far.get(path).status_code == 421

    def test_another_origin_is_refused_even_with_the_cookie(self, paired: TestClient) -> None:
        for headers in (
            {"origin": "https://evil.example"},
            {"origin": "http://192.168.7.20:8421"},
            {"origin": "https://192.168.7.20:9999"},
            {"sec-fetch-site": "cross-site"},
        ):
            assert paired.get("/api/today", headers=headers).status_code == 403
            assert paired.post("/api/lan/pair", json={"code": "x", "name": "x"}, headers=headers).status_code == 403


class TestPairing:
    def test_the_code_lets_a_device_in_for_long(self, phone: TestClient, pairing: Pairing) -> None:
        answer = phone.post("/api/lan/pair", json={"code": pairing.offer().shown.lower(), "name": " My\nphone "})
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith(f"{COOKIE}=0000000000000001.")
        parts = {part.strip() for part in cookie.split(";")}
        assert {"HttpOnly", "Secure", "SameSite=Strict", "Path=/", "Max-Age=34560000"} <= parts
        assert not any(part.lower().startswith("domain") for part in parts)
        assert answer.json()["device"]["name"] == "My phone"
        assert phone.get("/api/today").status_code == 200
        assert phone.get("/").status_code == 200
        with phone.websocket_connect(LIVE):
            pass
        assert phone.get("/").headers["set-cookie"].startswith(cookie.partition(";")[0]), "each visit begins it anew"

    def test_a_code_lets_in_one_device(self, phone: TestClient, app: FastAPI, pairing: Pairing) -> None:
        code = pairing.offer().code
        let_in(phone, pairing)
        replayed = TestClient(from_home(app), base_url=HOME, client=PHONE)
        answer = replayed.post("/api/lan/pair", json={"code": code, "name": "again"})
        assert answer.status_code == 403
        assert answer.json()["message"]["id"] == "error.code-over"
        assert len(pairing.devices()) == 1

    def test_a_code_is_short_lived(self, phone: TestClient, pairing: Pairing, clock: Any) -> None:
        code = pairing.offer().code
        clock.move(seconds=CODE_LIFE.total_seconds())
        assert phone.post("/api/lan/pair", json={"code": code, "name": "late"}).status_code == 403
        assert pairing.offer().code != code
        assert pairing.devices() == []

    def test_guessing_kills_the_code(self, phone: TestClient, pairing: Pairing) -> None:
        code = pairing.offer().code
        told = [
            phone.post("/api/lan/pair", json={"code": f"WRONG{i}", "name": "x"}).json()["message"]["id"]
            for i in range(MOST_WRONG)
        ]
        assert told == ["error.code-wrong"] * (MOST_WRONG - 1) + ["error.code-over"]
        assert phone.post("/api/lan/pair", json={"code": code, "name": "x"}).status_code == 403
        assert pairing.devices() == []

    @pytest.mark.parametrize("every_s", [1, 7, 61])
    def test_a_guesser_gets_few_tries_an_hour(self, pairing: Pairing, clock: Any, every_s: int) -> None:
        """Whatever is tried, in whatever rhythm: at most five looks at a code, and one new code a minute."""
        codes: list[str] = []
        pairing.told = lambda offer: codes.append(offer.code)
        pairing.offer()
        counted = 0
        for _ in range(3600 // every_s):
            with pytest.raises(NotAllowed) as wrong:
                pairing.redeem("00000000", "x")
            counted += wrong.value.message.id == "error.code-wrong"
            clock.move(seconds=every_s)
        assert counted
        assert len(codes) <= 3600 / ANOTHER_AFTER.total_seconds() + 1
        assert counted <= len(codes) * MOST_WRONG

    def test_a_guesser_at_the_door_is_counted(self, phone: TestClient, pairing: Pairing, clock: Any) -> None:
        """The door is no way past the count."""
        pairing.offer()
        guess = {"code": "00000000", "name": "x"}
        wrong = [phone.post("/api/lan/pair", json=guess).json()["message"]["id"] for _ in range(3 * MOST_WRONG)]
        assert wrong.count("error.code-wrong") <= MOST_WRONG
        assert wrong[-1] != "error.code-wrong"

    @pytest.mark.parametrize(
        "body", [{}, {"code": "A"}, {"code": "A" * 41, "name": "x"}, {"code": 5, "name": "x"}, [], "x"]
    )
    def test_rubbish_is_no_try(self, phone: TestClient, pairing: Pairing, body: Any) -> None:
        pairing.offer()
        for _ in range(MOST_WRONG * 2):
            assert phone.post("/api/lan/pair", json=body).status_code == 422
        let_in(phone, pairing)

    def test_the_secret_is_kept_as_a_digest_alone(self, paired: TestClient, tmp_path: Path) -> None:
        secret = paired.cookies[COOKIE].partition(".")[2]
        (kept,) = (tmp_path / "devices").iterdir()
        assert secret not in kept.read_text()
        assert kept.stat().st_mode & 0o077 == 0
        assert set(json.loads(kept.read_text())) == {"name", "paired_at", "digest"}

    def test_a_code_is_drawn_with_enough_chance(self) -> None:
        from lumbar import wiring
        from lumbar.app.pairing import ALPHABET, CODE_LENGTH

        assert len(set(ALPHABET)) ** CODE_LENGTH >= 2**40
        assert len(secrets.token_urlsafe(32)) >= 43
        assert "secrets.choice" in Path(wiring.outside.__file__).read_text()


class TestDevices:
    def test_the_computer_lists_and_revokes_at_once(
        self, computer: TestClient, phone: TestClient, pairing: Pairing
    ) -> None:
        device = let_in(phone, pairing, "Anna's phone")
        (listed,) = computer.get("/api/lan/devices").json()["devices"]
        assert (listed["id"], listed["name"]) == (device, "Anna's phone")
        with phone.websocket_connect(LIVE) as line:
            assert computer.delete(f"/api/lan/devices/{device}").json() == {"devices": [], "calendars": False}
            line.send_text("{}")
            with pytest.raises(WebSocketDisconnect):
                line.receive_text()
        assert phone.get("/api/today").status_code == 401
        assert phone.get("/").status_code == 401
        assert computer.delete(f"/api/lan/devices/{device}").status_code == 404

    def test_the_address_of_a_calendar_that_it_knows_opens_nothing_any_more(
        self, app: FastAPI, computer: TestClient, paired: TestClient, pairing: Pairing
    ) -> None:
        before = computer.post("/api/calendar/key").json()["path"]
        stranger = TestClient(from_home(app), base_url=HOME, client=PHONE)
        assert stranger.get(before).status_code == 200
        (device,) = pairing.devices()
        assert computer.delete(f"/api/lan/devices/{device.id}").json() == {"devices": [], "calendars": True}
        assert stranger.get(before).status_code == 404
        after = computer.get("/api/calendar").json()["path"]
        assert after not in (None, before)
        assert stranger.get(after).status_code == 200

    def test_one_device_taken_away_leaves_the_others(
        self, app: FastAPI, computer: TestClient, paired: TestClient, pairing: Pairing
    ) -> None:
        other = TestClient(from_home(app), base_url=HOME, client=PHONE)
        computer.delete(f"/api/lan/devices/{let_in(other, pairing)}")
        assert other.get("/api/today").status_code == 401
        assert paired.get("/api/today").status_code == 200

    def test_a_phone_cannot_let_in_list_or_take_away(self, paired: TestClient, pairing: Pairing) -> None:
        (device,) = pairing.devices()
        for answer in (
            paired.post("/api/lan/code"),
            paired.get("/api/lan/devices"),
            paired.delete(f"/api/lan/devices/{device.id}"),
        ):
            assert answer.status_code == 403
            assert answer.json()["message"]["id"] == "error.only-at-computer"
        told = paired.get("/api/lan").json()
        assert told["invitation"] is None
        assert told["device"]["id"] == device.id

    def test_it_is_known_when_a_device_was_here(self, paired: TestClient, pairing: Pairing, clock: Any) -> None:
        clock.move(hours=30)
        paired.get("/api/today")
        (device,) = pairing.devices()
        assert abs(device.seen_at - clock.now()) < timedelta(seconds=2)

    def test_a_phone_carries_nothing_away_and_erases_nothing(
        self, paired: TestClient, computer: TestClient, app: FastAPI
    ) -> None:
        asked = [
            (method, path)
            for method, path in routes(app)
            if path in (*WHOLE, "/api/people/x/remove") and method != "HEAD"
        ]
        assert len(asked) == 6
        fact = {
            "id": f"{'0' * 8}-0000-7000-8000-{'0' * 12}",
            "type": "flare-reported",
            "v": 1,
            "at": "2026-03-02T08:00:00+01:00",
            "zone": "Europe/Berlin",
            "device": "phone",
            "body": {"note": None},
        }
        assert paired.post("/api/facts", json={"facts": [fact]}).status_code == 200, "what happens on it is told"
        for method, path in asked:
            answer = paired.request(method, path, json={"word": "erase"})
            assert answer.status_code == 403, (method, path)
            assert answer.json()["message"]["id"] == "error.only-at-computer"
        assert computer.get("/api/export").json()["count"] == 1
        assert computer.get("/api/backups").json() == {"backups": []}


WHOLE = ("/api/export", "/api/import", "/api/backups", "/api/erase")
"""What is about a record as a whole."""


class TestInvitation:
    def test_the_computer_shows_address_code_and_picture(self, computer: TestClient, pairing: Pairing) -> None:
        told = computer.get("/api/lan").json()
        assert (told["on"], told["device"], told["certificate"]) == (True, None, True)
        code = pairing.offer().shown
        assert told["invitation"]["code"] == code
        assert told["invitation"]["qr"] == f"data:{HOME}/pair#{code}"
        another = computer.post("/api/lan/code").json()
        assert another["code"] != code
        assert computer.get("/api/lan").json()["invitation"]["code"] == another["code"]

    def test_the_certificate_is_given_to_whoever_stands_at_the_door(self, phone: TestClient) -> None:
        for name, kind, content in (
            ("certificate.crt", "application/x-x509-ca-cert", b"der"),
            ("certificate.mobileconfig", "application/x-apple-aspen-config", b"profile"),
        ):
            answer = phone.get(f"/api/lan/{name}")
            assert (answer.status_code, answer.headers["content-type"], answer.content) == (200, kind, content)

    def test_without_the_home_network_there_is_no_code_and_devices_can_still_be_taken_away(
        self, page: TestClient, pairing: Pairing
    ) -> None:
        told = page.get("/api/lan").json()
        assert told == {"on": False, "device": None, "invitation": None, "certificate": False}
        assert page.post("/api/lan/code").status_code == 404
        assert page.post("/api/lan/pair", json={"code": "x", "name": "x"}).status_code == 404
        assert page.get("/api/lan/certificate.crt").status_code == 404
        device, _ = pairing.redeem(pairing.offer().code, "x")
        assert page.delete(f"/api/lan/devices/{device.id}").status_code == 200


def test_a_phone_that_was_let_in_chooses_a_name_of_its_own(
    house: House, phone: TestClient, page: TestClient, pairing: Pairing
) -> None:
    anna = house.people.rename(house.people.only(), "Anna")
    ben = house.people.add("Ben")
    let_in(phone, pairing)
    assert phone.get("/api/today").json()["message"]["id"] == "error.person-choose"
    cookie = phone.post(f"/api/people/{ben.id}/choose", json={}).headers["set-cookie"]
    assert cookie.startswith("__Host-lumbar_person")
    assert "; Secure; HttpOnly; SameSite=Strict; Path=/" in cookie
    assert page.post(f"/api/people/{anna.id}/choose", json={}).status_code == 200
    assert [client.get("/api/people").json()["me"] for client in (phone, page)] == [ben.id, anna.id]
