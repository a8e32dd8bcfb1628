"""Makes the day's backup while a server runs, in a thread of its own."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from lumbar.app.house import House

log = logging.getLogger("lumbar.backups")

LOOK_EVERY_S = 900.0


@contextmanager
def daily_backups(house: House, every_s: float = LOOK_EVERY_S) -> Iterator[None]:
    """Look now and then whether today's backup is there, until the server ends. What goes wrong is written to the log,
    and tried again."""
    over = threading.Event()

    def watch() -> None:
        while True:
            try:
                house.backups.make_daily()
            except Exception:
                log.exception("no backup could be made")
            if over.wait(every_s):
                return

    thread = threading.Thread(target=watch, name="daily-backups", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(timeout=10)
