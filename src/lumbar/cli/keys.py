"""The terminal as a place where time passes and a single key is an answer."""

import select
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from lumbar.catalog.words import Words
from lumbar.cli.console import out, plain
from lumbar.core.message import Message, say

_STEP_S = 0.05
"""How often a platform whose keys cannot be waited for is asked."""


class Terminal:
    """Lines on standard output, keys from standard input where that is a terminal."""

    def __init__(self, words: Words, snooze_min: int) -> None:
        self._words = words
        self._snooze_min = snooze_min

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
        return _windows_key(wait_s) if sys.platform == "win32" else _key(wait_s)


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
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)


def _key(wait_s: float) -> str | None:
    ready, _, _ = select.select([sys.stdin], [], [], wait_s)
    if not ready:
        return None
    key = sys.stdin.read(1)
    if not key:  # the terminal is gone, and would be ready for ever
        time.sleep(wait_s)
    return key.lower() or None


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
