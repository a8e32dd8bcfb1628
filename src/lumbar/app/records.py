"""Everybody's record as it is now. What was read is kept, and only what is new is read."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Lock

from lumbar.app.known import Folding, Known
from lumbar.app.ports import Mark, Person, Store
from lumbar.core.record import Record

_MANY = 10_000
"""Facts from which on a record, and what was made of it, is left out when garbage is looked for: it stays, and going
over ten years of it takes more than a second in the middle of somebody's answer. Some three years of training; below
them a look is not felt."""


@dataclass(frozen=True, slots=True)
class _Kept:
    record: Record
    mark: Mark
    known: Known | None = None


class Records:
    """Records by person, without what is large in their facts; `Store.fact` has it.

    What another process wrote is seen as well, for the store is asked each time. Facts that are gone are forgotten.
    fold: makes of a record that was read as a whole what everybody asks of it, to be carried on from there.
    """

    def __init__(self, store: Store, fold: Callable[[Record], object] | None = None) -> None:
        self._store = store
        self._fold = fold
        self._lock = Lock()
        self._kept: dict[str, _Kept] = {}

    def of(self, person: Person) -> Record:
        """A person's record."""
        with self._lock:
            return self._of(person).record

    def mark(self, person: Person) -> Mark:
        """How far a person's record has been read by now."""
        with self._lock:
            self._of(person)
            return self._kept[person.id].mark

    def known_by(self, person: Person, at: datetime, folding: Folding) -> Record:
        """A person's record as it was known at a past moment. folding: what will be asked of it."""
        with self._lock:
            kept = self._of(person)
            known = kept.known
            if known is None:
                known = Known(kept.record.uncorrected)
                self._kept[person.id] = replace(kept, known=known)
            made = known.marks
            with no_collection():
                found = known.by(at, folding)
                if known.marks > made:
                    _leave_out(kept.record)
            return found

    def _of(self, person: Person) -> _Kept:
        kept = self._kept.get(person.id)
        with nullcontext() if kept is not None else no_collection():
            news = self._store.news(person.id, None if kept is None else kept.mark)
            before = Record() if kept is None or news.anew else kept.record
            record = before.merge(news.facts)
            if self._fold is not None and kept is None and len(record):
                self._fold(record)
            if kept is None:
                _leave_out(record)
        known = None if kept is None or news.anew else kept.known
        if known is not None:
            known.add(news.facts)
        made = _Kept(record, news.mark, known)
        self._kept[person.id] = made
        return made


def _leave_out(record: Record) -> None:
    """What there is now is not gone over again, where a record is long."""
    if len(record) >= _MANY:
        gc.freeze()


@contextmanager
def no_collection() -> Iterator[None]:
    """Let nobody look for garbage while a whole record is read or folded: there is none in it, and looking takes a
    third of the time."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()
