"""The interface is what its description says, whatever it is sent: no 5xx, and no answer that is not described.

schemathesis writes the requests from the description: each field at its bounds and beyond them, then random ones. A few
of those here; as many of each kind as LUMBAR_FUZZ says elsewhere, and then chains of requests as well.
"""

import logging
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema
from starlette.testclient import TestClient

from lumbar import wiring
from lumbar.app.house import House
from lumbar.app.rules import Rules

EXAMPLES = int(os.environ.get("LUMBAR_FUZZ", "2"))
pytestmark = pytest.mark.timeout(300 + 60 * EXAMPLES)


@pytest.fixture
def house(rules: Rules, clock: Any, tmp_path: Path) -> Iterator[House]:
    """Over a database on a disk, as it is served."""
    settings = wiring.read_settings({"LUMBAR_HOME": str(tmp_path / "home")})
    store = wiring.build_store(settings)
    yield wiring.build_house(rules, store, "secret-token", clock, settings)
    store.close()


def asked(app: Any, cookie: str) -> Iterator[Any]:
    """Everything that happens while the whole interface is asked."""
    config = SchemathesisConfig.from_dict(
        {
            "seed": 20_260_301,
            "base-url": "http://localhost:8420",
            "headers": {"cookie": cookie},
            "continue-on-failure": True,
            "request-timeout": 60,
            "generation": {"max-examples": EXAMPLES, "deterministic": True, "database": "none"},
            "phases": {"stateful": {"enabled": EXAMPLES > 10}},
            "checks": {
                # What is well-formed may still be refused, by rules that no schema can say.
                "positive_data_acceptance": {"enabled": False},
                "negative_data_rejection": {"expected-statuses": [400, 401, 403, 404, 405, 409, 413, 415, 422]},
            },
        }
    )
    described = schemathesis.openapi.from_dict(app.openapi(), config=config)
    described.app = app
    return iter(from_schema(described).execute())


def test_every_answer_is_as_described(healthy: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR, "lumbar.web")
    statuses: Counter[int] = Counter()
    wrong: list[str] = []
    unasked = {f"{how.upper()} {path}" for path, ways in healthy.app.openapi()["paths"].items() for how in ways}
    for event in asked(healthy.app, "lumbar_session_8420=secret-token"):
        if isinstance(event, events.FatalError | events.NonFatalError):
            wrong.append(str(event.info))
        elif isinstance(event, events.ScenarioFinished):
            found = event.recorder
            unasked -= {case.value.operation.label for case in found.cases.values()}
            statuses.update(int(did.response.status_code) for did in found.interactions.values() if did.response)
            wrong += [
                f"{check.failure_info.failure}\n{found.cases[case].value.as_curl_command()}"
                for case, checks in found.checks.items()
                for check in checks
                if check.failure_info is not None
            ]
    assert not wrong, "\n\n".join(wrong[:20])
    assert caplog.records == []
    assert unasked == set()
    assert max(statuses) < 500
    assert statuses[200] > 100, "nothing much was let through, and this proves little"
    assert statuses.total() > 1_000


def test_a_wrong_answer_would_be_found(healthy: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """The net has no hole: an answer that breaks its promise, and an error, are both caught."""
    monkeypatch.setattr("lumbar.web.views.history", lambda _history: {"days": "seven"})

    described = only(healthy.app.openapi(), "/api/history", "/api/myself")
    monkeypatch.setattr(healthy.app, "openapi", lambda: described)
    monkeypatch.setattr("lumbar.app.myself.ShowMyself.__call__", lambda *_, **__: 1 / 0)
    caught = {
        (case.operation.label, check.name)
        for event in asked(healthy.app, "lumbar_session_8420=secret-token")
        if isinstance(event, events.ScenarioFinished)
        for number, checks in event.recorder.checks.items()
        for check in checks
        for case in [event.recorder.cases[number].value]
        if check.failure_info is not None
    }
    assert ("GET /api/history", "response_schema_conformance") in caught
    assert ("GET /api/myself", "not_a_server_error") in caught


def only(described: dict[str, Any], *paths: str) -> dict[str, Any]:
    return {**described, "paths": {path: described["paths"][path] for path in paths}}
