"""Whatever a file brings in, every page can be read afterwards, and is as the interface describes it."""

from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from starlette.testclient import TestClient

from lumbar import wiring
from lumbar.app.ports import Exported
from lumbar.export.record_file import RecordFile

from .conftest import NOW, stories

VALUES = {"on": ("2026-03-02", "2026-03-20"), "exercise": ("plank", "chest-stretch", "walk"), "language": ("en", "es")}
NO_PERSON = ("/api/validation", "/api/exercises", "/api/figures/", "/api/stills", "/api/words/", "/api/lan", "/healthz")


def reads(described: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each address that is about a person and can be read, with the description of its answers."""
    for path, ways in described["paths"].items():
        if "get" not in ways or path.startswith(NO_PERSON):
            continue
        for name, values in VALUES.items():
            if f"{{{name}}}" in path:
                yield from ((path.replace(f"{{{name}}}", value), ways["get"]["responses"]) for value in values)
        if "{" not in path:
            yield path, ways["get"]["responses"]


def holds(described: dict[str, Any], answer: Any, responses: dict[str, Any]) -> None:
    content = responses[str(answer.status_code)].get("content", {})
    kind = answer.headers["content-type"].partition(";")[0]
    assert kind in content
    if kind.endswith("json"):
        schema = {**content[kind]["schema"], "components": described["components"]}
        jsonschema.Draft202012Validator(schema).validate(answer.json())


@pytest.fixture
def house(opened: Any) -> Any:
    return opened()


@pytest.fixture
def page(house: Any) -> TestClient:
    """A page that was loaded from a server over the house."""
    client = TestClient(wiring.build_web(house.house), base_url="http://localhost:8420")
    client.get("/api/words/en")
    return client


FEW = settings(phases=(Phase.generate,), suppress_health_check=[HealthCheck.function_scoped_fixture])
"""As it is found: to make an example smaller would read every page hundreds of times."""


@settings(FEW, max_examples=10)
@given(story=stories())
def test_every_page_can_be_read(house: Any, page: TestClient, told: Any, story: Any) -> None:
    house.house.erase_everything(house.person, "erase")
    file = b"".join(RecordFile("1")(Exported(house.person.id, NOW, tuple(told(story, house.person.id)))))
    brought = page.post("/api/import", content=file)
    assert brought.status_code == 200, brought.text
    described = page.app.openapi()
    found = list(reads(described))
    assert len(found) > 15
    statuses = []
    for path, responses in found:
        answer = page.get(path)
        holds(described, answer, responses)
        statuses.append(answer.status_code)
    assert max(statuses) < 500
    assert statuses.count(200) > 12


@settings(FEW, max_examples=3)
@given(story=stories())
@pytest.mark.parametrize("what", ["html", "pdf", "handout"])
def test_every_paper_can_be_printed(house: Any, page: TestClient, told: Any, what: str, story: Any) -> None:
    house.house.erase_everything(house.person, "erase")
    house.store.append(house.person.id, told(story, house.person.id))
    answer = page.post("/api/packets", json={"what": what, "size": "letter", "zone": "Asia/Tokyo"})
    assert answer.status_code == 200, answer.text
    assert len(answer.content) > 5_000
