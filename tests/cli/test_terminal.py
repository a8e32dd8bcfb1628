"""`lumbar posture --no-camera` in a terminal of its own: its keys, what it keeps, and a terminal that is closed."""

import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from lumbar import wiring
from lumbar.app.record_facts import Draft
from lumbar.cli.keys import Terminal
from lumbar.core.posture.nudge import Choice
from lumbar.store import SqlStore, migrate, open_engine

from .conftest import COMMAND, environment

pytestmark = [pytest.mark.skipif(sys.platform == "win32", reason="it has no such terminals"), pytest.mark.timeout(120)]

READY_S = 60.0
OFF = 'trap "" HUP; exec "$@"'
"""A shell that lets nobody hear of a terminal that is closed, as `nohup` does."""


class Console:
    """A terminal with one command in it, as somebody sits before it."""

    def __init__(self, home: Path, *command: str) -> None:
        self._ours, theirs = pty.openpty()
        self.said = ""
        self.process = subprocess.Popen(
            command,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=environment(home, LUMBAR_LANGUAGE="en", TZ="UTC"),
            start_new_session=True,
            preexec_fn=_own_terminal,
        )
        os.close(theirs)

    def hears(self, words: str, within_s: float = READY_S) -> None:
        """Waits until the words are on the screen, and reads no further."""
        ends_s = time.monotonic() + within_s
        while words not in self.said:
            left_s = ends_s - time.monotonic()
            assert left_s > 0.0, f"{words!r} is not in {self.said!r}"
            if select.select([self._ours], [], [], left_s)[0]:
                self.said += os.read(self._ours, 4096).decode(errors="replace")
        self.said = self.said.partition(words)[2]

    def types(self, keys: str) -> None:
        os.write(self._ours, keys.encode())

    def hang_up(self) -> None:
        os.close(self._ours)

    def ended(self) -> int:
        return self.process.wait(30)


def _own_terminal() -> None:
    """The terminal is the session's own, so that whoever closes it hangs up on all in it."""
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


@pytest.fixture
def ready(home: Path) -> Path:
    """A home whose first questions are answered, without quiet hours."""
    settings = wiring.read_settings({"LUMBAR_HOME": str(home)})
    home.mkdir(mode=0o700)
    engine = open_engine(f"sqlite:///{home / 'lumbar.db'}")
    migrate(engine)
    house = wiring.build_house(wiring.build_rules(settings), SqlStore(engine), "t", settings=settings)
    person, at = house.people.only(), datetime.now().astimezone()
    answers = dict.fromkeys(house.rules.form.items, "no")
    body = {"kind": "full", "answers": answers, "details": {}, "nprs": 3, "pain_now": 2}
    house.record_facts(person, [Draft(wiring.new_id(), "screen-answered", 1, at, "UTC", "t", body)], source="page")
    house.desk.choose(person, Choice(30, 0, 0))
    engine.dispose()
    return home


@pytest.fixture
def console(ready: Path) -> Iterator[Callable[..., Console]]:
    opened: list[Console] = []

    def start(*before: str) -> Console:
        opened.append(Console(ready, *before, *COMMAND, "posture", "--no-camera"))
        opened[-1].hears("q end.")
        return opened[-1]

    yield start
    for one in opened:
        if one.process.poll() is None:
            one.process.kill()
            one.process.wait(30)


def day(run: Callable[..., Any]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("posture", "--day", "--format", "jsonl").out)
    return found


def test_a_terminal_that_is_closed_loses_nothing_that_was_told_or_watched(
    console: Callable[..., Console], run: Callable[..., Any]
) -> None:
    opened = console()
    opened.types("m")
    opened.hears("begins anew.")
    time.sleep(2.2)
    opened.hang_up()
    assert opened.ended() > 0  # it ended by itself: no signal ended it
    seen = day(run)
    assert seen["changes"] == 1
    assert seen["watched_s"] >= 1.0


def test_whoever_had_it_ignore_a_closed_terminal_is_heeded(
    console: Callable[..., Console], run: Callable[..., Any]
) -> None:
    opened = console("sh", "-c", OFF, "sh")
    opened.types("m")
    opened.hears("begins anew.")
    opened.hang_up()
    time.sleep(2.5)
    assert opened.process.poll() is None
    opened.process.send_signal(signal.SIGTERM)
    opened.ended()
    assert day(run)["watched_s"] >= 2.0


def test_a_program_that_is_killed_has_kept_what_it_was_told(
    console: Callable[..., Console], run: Callable[..., Any]
) -> None:
    opened = console()
    opened.types("m")
    opened.hears("begins anew.")
    opened.process.kill()
    opened.ended()
    assert day(run)["changes"] == 1


def test_keys_that_come_together_are_each_heard_and_q_in_a_break_ends_at_once(
    console: Callable[..., Console],
) -> None:
    opened = console()
    opened.types("nx\x1b[A")
    opened.hears("there is nothing to answer.")
    opened.hears("Keys: b a break now")
    opened.hears("Keys: b a break now")
    opened.types("b")
    opened.hears("Stand up, in your own time")
    opened.types("z")
    opened.hears("The break goes on: n stops it")
    opened.types("q")
    opened.hears("A break counts when it is taken to its end.", 10)
    opened.hears("Good-bye.", 10)
    assert opened.ended() == 0


def test_an_arrow_is_one_key_and_none_is_left_unheard(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = pty.openpty()
    terminal = Terminal(wiring.own_catalogue(wiring.read_settings({}))[1], 60)
    with os.fdopen(theirs) as typed:
        import tty

        tty.setcbreak(theirs)
        monkeypatch.setattr(sys, "stdin", typed)
        os.write(ours, b"M\x1b[A\x1bOPq")
        assert [terminal.key(5.0) for _ in range(4)] == ["m", "\x1b[a", "\x1bop", "q"]
        assert terminal.key(0.01) is None
    os.close(ours)
