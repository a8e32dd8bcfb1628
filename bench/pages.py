"""What every page's data costs after ten years of daily use: a session of thirty facts each day, and walks, weekly
answers and minutes at the desk beside it.

Milliseconds of the processor for a whole answer, through the web application and an SQLite database, right after one
more fact was told: the server then has that one fact to read, and everything to fold on. The promises are 100 ms for a
page and 3 s for a print. The first answer after a start reads the whole record, once.
"""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from starlette.testclient import TestClient

import long_record
from lumbar import wiring
from lumbar.core.record import Fact

YEARS, HOLDS_A_DAY, ROUNDS = 10, 22, 5
BEGAN = datetime(2016, 3, 1, 7, 30, tzinfo=UTC)
DAYS = 365 * YEARS
END = BEGAN + timedelta(days=DAYS - 1, hours=3)
PAGE_MS, PRINT_S = 100.0, 3.0
FILLED = {"on": f"{END - timedelta(days=40):%Y-%m-%d}", "exercise": "plank", "language": "en"}


class Clock(long_record.Clock):
    """Stands still after the last day."""

    def now(self) -> datetime:
        """The moment."""
        return END


class Decade(long_record.Year):
    """Makes the facts of ten years."""

    def facts(self) -> Iterator[Fact]:
        """All of them."""
        for number in range(DAYS):
            at = BEGAN + timedelta(days=number)
            if number % 28 == 0:
                yield self.screen(at)
            if number == 0:
                yield self.fact("acknowledged", at, text="screen.acknowledge", version=1)
            yield self.fact("daily-check-answered", at, ticks=[], answers={}, details={})
            yield from self._session(at + timedelta(minutes=5), HOLDS_A_DAY)
            yield self.fact("walk-done", at + timedelta(hours=1), minutes=20)
            yield self._pain(at + timedelta(hours=2), "morning-after")
            if number % 7 == 0:
                yield self.fact("outcome-answered", at, instrument="nprs", nprs=2)


def main() -> None:
    """Print a line for each address that is about a person, and for each print."""
    with tempfile.TemporaryDirectory() as folder:
        settings = wiring.read_settings({"LUMBAR_HOME": folder})
        rules, store = wiring.build_rules(settings), wiring.build_store(settings)
        house = wiring.build_house(rules, store, "token", Clock(), settings)
        person = house.people.only()
        decade = Decade(person.id, rules.programme)
        told = list(decade.facts())
        store.append(person.id, told)
        print(f"{len(told)} facts, {DAYS} days")
        page = TestClient(wiring.build_web(house), base_url="http://localhost")
        page.get("/api/words/en")
        first_ms = spent_ms(lambda: page.get("/api/today"))
        print(f"{'the first answer after a start':<36}{first_ms:8.0f} ms")
        past_ms = spent_ms(lambda: page.get(f"/api/days/{FILLED['on']}"))
        print(f"{'the first past day after a start':<36}{past_ms:8.0f} ms")
        over = [_address(page, path, lambda n: _one_more(page, decade, n)) for path in _about_a_person(page)]
        for what in ("html", "pdf", "handout"):
            ms = spent_ms(lambda what=what: page.post("/api/packets", json={"what": what}))  # type: ignore[misc]
            print(f"{'print: ' + what:<36}{ms:8.0f} ms{'   OVER' if ms > PRINT_S * 1000 else ''}", flush=True)
        print(f"{sum(over)} of {len(over)} addresses take more than {PAGE_MS:g} ms")
        store.close()


def _about_a_person(page: TestClient) -> list[str]:
    described: dict[str, Any] = page.get("/api/openapi.json").json()["paths"]
    same_for_all = (
        "/healthz",
        "/api/words",
        "/api/exercises",
        "/api/figures",
        "/api/stills",
        "/api/validation",
        "/api/export",
        "/calendar.ics",
    )
    found = [path for path, ways in described.items() if "get" in ways and not path.startswith(same_for_all)]
    more = ["/api/history?days=56", f"/api/why/plank?on={FILLED['on']}", "/api/days/2019-12-24"]
    return [path.format(**FILLED) for path in found] + more


def _address(page: TestClient, path: str, one_more: Callable[[int], None]) -> bool:
    """Whether it takes more than was promised."""
    took = []
    for number in range(ROUNDS):
        one_more(number)
        took.append(spent_ms(lambda: page.get(path)))
    median_ms = statistics.median(took)
    print(
        f"{path:<36}{median_ms:8.1f} ms (most: {max(took):.1f}){'   OVER' if median_ms > PAGE_MS else ''}", flush=True
    )
    return median_ms > PAGE_MS


def _one_more(page: TestClient, decade: Decade, number: int) -> None:
    decade.made += 1
    fact = decade.hold(END - timedelta(minutes=30) + timedelta(seconds=number), "s", number)
    plain = {name: fact.as_json()[name] for name in ("id", "type", "v", "at", "zone", "device", "body")}
    answer = page.post("/api/facts", json={"facts": [{**plain, "id": str(UUID(int=decade.made))}]})
    assert answer.status_code == 200, answer.text


def spent_ms(ask: Callable[[], Any]) -> float:
    """Milliseconds of the processor for an answer that is none of an error."""
    began_s = time.process_time()
    answer = ask()
    took_ms = (time.process_time() - began_s) * 1000
    assert answer.status_code in (200, 404, 409), answer.text
    return took_ms


if __name__ == "__main__":
    main()
