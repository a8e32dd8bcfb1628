"""A real server in its own process, and a small client for it."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import pytest

COMMAND = [sys.executable, "-m", "lumbar"]


@dataclass
class Served:
    """A running server. `client` has loaded the page."""

    process: subprocess.Popen[str]
    address: str
    client: httpx2.Client = field(init=False)

    def __post_init__(self) -> None:
        self.client = httpx2.Client(base_url=self.address, timeout=30)
        assert self.client.get("/api/words/en").status_code == 200

    @property
    def cookie(self) -> str:
        name = f"lumbar_session_{self.client.base_url.port}"
        return f"{name}={self.client.cookies[name]}"

    def get(self, path: str) -> Any:
        answer = self.client.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, body: Any) -> Any:
        answer = self.client.post(path, json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def kill(self) -> None:
        """kill -9: no farewell, no flush."""
        self.process.kill()
        self.process.wait(30)

    def stop(self, sig: signal.Signals = signal.SIGTERM) -> tuple[int, str, str]:
        self.process.send_signal(sig)
        out, err = self.process.communicate(timeout=30)
        return self.process.returncode, out, err


def environment(home: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LUMBAR_")}
    return {**kept, "LUMBAR_HOME": str(home), **more}


@pytest.fixture
def serve(home: Path) -> Iterator[Callable[..., Served]]:
    """Starts a server on a free port and waits until it says its address."""
    running: list[subprocess.Popen[str]] = []

    def start(*options: str, **settings: str) -> Served:
        process = subprocess.Popen(
            [*COMMAND, "serve", "--port", "0", *options],
            env=environment(home, **settings),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        running.append(process)
        assert process.stdout is not None
        said = process.stdout.readline()
        found = re.search(r"http://\S+/", said)
        if found is None:
            raise AssertionError(f"it said {said!r}, and {process.communicate(timeout=30)}")
        return Served(process, found[0])

    yield start
    for process in running:
        if process.poll() is None:
            process.kill()
            process.wait(30)


@pytest.fixture
def phrase(tmp_path: Path) -> str:
    file = tmp_path / "phrase"
    file.write_text("a horse and a battery")
    return str(file)


@pytest.fixture
def filled(run: Callable[..., Any], tmp_path: Path) -> None:
    table = tmp_path / "past.csv"
    table.write_text("date,exercise,seconds,side\n2026-03-01,plank,42,\n2026-03-02,side plank,20,right\n")
    assert run("import", str(table)).code == 0


@pytest.fixture
def closed(run: Callable[..., Any], filled: None, phrase: str) -> Callable[..., Any]:
    """Runs commands over a home that is encrypted, with its passphrase."""
    assert run("encrypt", LUMBAR_PASSPHRASE_FILE=phrase).code == 0
    return lambda *arguments, **settings: run(*arguments, **{"LUMBAR_PASSPHRASE_FILE": phrase, **settings})
