"""The terminal as a place where time passes and a single key is an answer."""

import os
import re
import select
import sys
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from lumbar.catalog.words import Words
from lumbar.cli.console import out, plain
from lumbar.core.message import Message, say

_STEP_S = 0.05
"""How often a platform whose keys cannot be waited for is asked."""

_KEYS = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|O.)?|.", re.DOTALL)
"""An arrow and its like send several letters, and are one key all the same."""

_AT_ONCE = 1024


class Terminal:
    """Lines on standard output, keys from standard input where that is a terminal."""

    def __init__(self, words: Words, snooze_min: int) -> None:
        self._words = words
        self._snooze_min = snooze_min
        self._typed: deque[str] = deque()

    def tell(self, message: Message) -> None:
        """A line."""
        out(message, self._words)
        sys.stdout.flush()

    def nudge(self, message: Message) -> None:
        """A nudge with the time, and what can be answered."""
        text = self._words.written(message)
        plain(self._words.written(say("cli.posture.said", at=time.strftime("%H:%M"), text=text)))
        self.tell(say("cli.posture.answers", minutes=self._snooze_min))

    def key(self, wait_s: float) -> str | None:
        """The next key in lower case; None when none came in that time, or there is no terminal."""
        if sys.stdin is None or not sys.stdin.isatty():
            time.sleep(wait_s)
            return None
        if sys.platform == "win32":
            return _windows_key(wait_s)
        if not self._typed:
            self._typed += _typed(wait_s)
        return self._typed.popleft() if self._typed else None


@contextmanager
def single_keys() -> Iterator[None]:
    """Keys count at once and are not shown; as before when the block ends, however it ends."""
    if sys.platform == "win32" or sys.stdin is None or not sys.stdin.isatty():
        yield
        return
    import termios
    import tty

    before = termios.tcgetattr(sys.stdin)
    try:
        tty.setcbreak(sys.stdin)
        yield
    finally:
        with suppress(termios.error):  # a terminal that was closed is no more
            termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)


def _typed(wait_s: float) -> list[str]:
    """All keys that came, in lower case, and none left in a buffer unheard; waits no longer than that for the first."""
    fd = sys.stdin.fileno()
    ready, _, _ = select.select([fd], [], [], wait_s)
    if not ready:
        return []
    try:
        read = os.read(fd, _AT_ONCE)
    except OSError:
        read = b""
    if not read:  # the terminal is gone, and would be ready for ever
        time.sleep(wait_s)
    return [key.lower() for key in _KEYS.findall(read.decode(errors="replace"))]


def _windows_key(wait_s: float) -> str | None:
    import msvcrt

    ends_s = time.monotonic() + wait_s
    while True:
        if msvcrt.kbhit():  # type: ignore[attr-defined]
            return str(msvcrt.getwch()).lower()  # type: ignore[attr-defined]
        left_s = ends_s - time.monotonic()
        if left_s <= 0.0:
            return None
        time.sleep(min(_STEP_S, left_s))
