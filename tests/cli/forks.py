"""Commands in processes of their own that begin at once, so that many of them can be killed in little time.

One process has loaded the whole program; each command is a fork of it, with its own settings and its own end.
"""

import json
import os
import select
import subprocess
import sys
import time
from pathlib import Path

MOTHER = """
import importlib, json, os, sys
from lumbar.cli.main import build, run
build()
for name in ("lumbar.cli.server", "lumbar.store", "lumbar.web", "lumbar.export.backups", "lumbar.export.incoming",
             "lumbar.export.record_copy", "lumbar.export.ics", "lumbar.export.fhir", "lumbar.lan", "alembic.command",
             "sqlcipher3.dbapi2"):
    importlib.import_module(name)
for line in sys.stdin:
    wish = json.loads(line)
    child = os.fork()
    if child == 0:
        os.environ.clear()
        os.environ.update(wish["environment"])
        for number, (place, how) in enumerate(((os.devnull, os.O_RDONLY), (wish["out"], os.O_WRONLY | os.O_CREAT))):
            os.dup2(os.open(place, how), number)
        os.dup2(1, 2)
        code = 70
        try:
            code = run(wish["arguments"])
        finally:
            os._exit(code)
    print(child, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


class Forks:
    """One command at a time. `home` is its data folder; what it says is in `out`."""

    def __init__(self, out: Path) -> None:
        self.home = out.parent
        self.out = out
        self.child = 0
        self._mother = subprocess.Popen(
            [sys.executable, "-c", MOTHER], bufsize=0, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def start(self, *arguments: str, **settings: str) -> None:
        """Begin a command."""
        self.out.unlink(missing_ok=True)
        kept = {name: value for name, value in os.environ.items() if not name.startswith("LUMBAR_")}
        environment = {**kept, "LUMBAR_HOME": str(self.home), **settings}
        wish = {"arguments": arguments, "environment": environment, "out": str(self.out)}
        assert self._mother.stdin is not None
        self._mother.stdin.write(json.dumps(wish).encode() + b"\n")
        child = self._line(60)
        assert child is not None
        self.child = int(child)

    def ended(self, within_s: float) -> int | None:
        """The exit code, once it has ended; None after so long. Negative is the signal that ended it."""
        line = self._line(within_s)
        return None if line is None else int(line)

    def kill(self) -> int:
        """kill -9: no farewell, no flush. The exit code: that of the signal, unless it had ended by itself."""
        os.kill(self.child, 9)  # until its code was read it is there, as a zombie at least
        code = self.ended(60)
        assert code is not None
        return code

    def run(self, *arguments: str, **settings: str) -> float:
        """A command that nobody disturbs: how long it was at work, in seconds, from its first trace on the disk."""
        self.start(*arguments, **settings)
        began_s = self.at_work()
        code = self.ended(120)
        assert code == 0, self.out.read_text()
        return time.monotonic() - began_s

    def at_work(self, within_s: float = 30.0) -> float:
        """Waits until something changes in the data folder, or the command has ended; when that was."""
        before, until_s = self._traces(), time.monotonic() + within_s
        while self._traces() == before and time.monotonic() < until_s and not self._readable(0.0005):
            continue
        return time.monotonic()

    def close(self) -> None:
        """End whatever still runs."""
        self._mother.kill()
        self._mother.wait(30)

    def _traces(self) -> list[tuple[str, int, int]]:
        found = []
        for folder in (self.home, self.home / "backups"):
            if folder.is_dir():
                for entry in os.scandir(folder):
                    try:
                        seen = entry.stat()
                    except FileNotFoundError:
                        continue
                    found.append((entry.name, seen.st_size, seen.st_mtime_ns))
        return sorted(found)

    def _readable(self, within_s: float) -> bool:
        return bool(select.select([self._mother.stdout], [], [], within_s)[0])

    def _line(self, within_s: float) -> str | None:
        assert self._mother.stdout is not None
        return self._mother.stdout.readline().decode() if self._readable(within_s) else None
