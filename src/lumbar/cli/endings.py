"""Being asked to end from outside: by a signal to stop, or by a terminal that is closed."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

_ASKS = ("SIGTERM", "SIGHUP")
"""The second one says that the terminal is gone; Windows has none."""


def heard() -> tuple[signal.Signals, ...]:
    """The signals that ask to end. Whoever started us may have had one ignored, as `nohup` does: that stays so."""
    known = [getattr(signal, name) for name in _ASKS if hasattr(signal, name)]
    return tuple(one for one in known if signal.getsignal(one) is not signal.SIG_IGN)


@contextmanager
def as_interrupts() -> Iterator[None]:
    """Each of them is an interrupt: what is half-written is cleared away, and what is known is kept, on the way out."""
    before = {one: signal.signal(one, _leave) for one in heard()}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def _leave(_signal: int, _frame: FrameType | None) -> NoReturn:
    """A shell passes a hang-up on that the system has sent already: the second one cuts nothing short."""
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    raise KeyboardInterrupt
