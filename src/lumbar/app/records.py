"""Everybody's record as it is now. What was read is kept, and only what is new is read."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from threading import Lock

from lumbar.app.ports import Mark, Person, Store
from lumbar.core.record import Record


@dataclass(frozen=True, slots=True)
class _Kept:
    record: Record
    mark: Mark


class Records:
    """Records by person, without what is large in their facts; `Store.fact` has it.

    What another process wrote is seen as well, for the store is asked each time. Facts that are gone are forgotten.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = Lock()
        self._kept: dict[str, _Kept] = {}

    def of(self, person: Person) -> Record:
        """A person's record."""
        with self._lock:
            kept = self._kept.get(person.id)
            with nullcontext() if kept is not None else _no_collection():
                news = self._store.news(person.id, None if kept is None else kept.mark)
                known = Record() if kept is None or news.anew else kept.record
                record = known.merge(news.facts)
            self._kept[person.id] = _Kept(record, news.mark)
        return record


@contextmanager
def _no_collection() -> Iterator[None]:
    """Let nobody look for garbage while a whole record is read: there is none in it, and looking takes a third of the
    time."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()
