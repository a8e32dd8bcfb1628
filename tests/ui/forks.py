"""Servers and commands that begin at once: each is a fork of one process that has loaded the whole program.

Loading takes longer than most of what these tests ask for. A fork has its own settings, clock and end, like any other
process; its clock runs ahead by what a file says (see `ahead`).
"""

import atexit
import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

MOTHER = """
import importlib, json, os, signal, sys, time
from pathlib import Path
import ahead
from lumbar.cli import main
main.build()
for name in ("lumbar.cli.server", "lumbar.store", "lumbar.web", "lumbar.export", "lumbar.lan", "alembic.command"):
    importlib.import_module(name)
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for line in sys.stdin:
    wish = json.loads(line)
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.environ.clear()
        os.environ.update(wish["environment"])
        time.tzset()
        out = os.open(wish["out"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        for number, one in enumerate((os.open(os.devnull, os.O_RDONLY), out, out)):
            os.dup2(one, number)
        sys.argv[:] = ["lumbar", *wish["arguments"]]
        code = 70
        try:
            ahead.run(Path(wish["ahead"]))
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    print(child, flush=True)
"""
ENDS_S = 60


class Fork:
    """One that runs. Its exit code nobody knows: whether it still runs, and what it said, is all these tests ask."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        try:
            self._watch: int | None = os.pidfd_open(pid)
        except ProcessLookupError:
            self._watch = None

    def poll(self) -> int | None:
        """None while it runs."""
        return None if self._runs(0) else 0

    def terminate(self) -> None:
        self._send(signal.SIGTERM)

    def kill(self) -> None:
        self._send(signal.SIGKILL)

    def wait(self, within_s: float) -> None:
        """Returns when it has ended; raises TimeoutError when it has not by then."""
        if self._runs(within_s):
            raise TimeoutError(f"{self.pid} still runs after {within_s} s")
        if self._watch is not None:
            os.close(self._watch)
            self._watch = None

    def _runs(self, within_s: float) -> bool:
        return self._watch is not None and not select.select([self._watch], [], [], within_s)[0]

    def _send(self, number: int) -> None:
        if self._watch is not None:
            try:
                signal.pidfd_send_signal(self._watch, number)
            except ProcessLookupError:
                return


class Forks:
    """The process that has loaded everything; one for as long as the tests of this process run."""

    def __init__(self) -> None:
        self._mother: subprocess.Popen[bytes] | None = None

    def start(self, arguments: Sequence[str], environment: Mapping[str, str], ahead: Path, out: Path) -> Fork:
        """Begin `lumbar` with these arguments; what it says is added to `out`."""
        wish = {"arguments": list(arguments), "environment": dict(environment), "ahead": str(ahead), "out": str(out)}
        mother = self._mother or self._begin()
        assert mother.stdin is not None
        assert mother.stdout is not None
        mother.stdin.write(json.dumps(wish).encode() + b"\n")
        return Fork(int(mother.stdout.readline()))

    def _begin(self) -> subprocess.Popen[bytes]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("LUMBAR_")}
        self._mother = subprocess.Popen(
            [sys.executable, "-c", MOTHER],
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**kept, "PYTHONPATH": str(Path(__file__).parent)},
        )
        atexit.register(self._mother.kill)
        return self._mother


forks = Forks()
