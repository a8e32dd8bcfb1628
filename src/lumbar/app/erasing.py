"""Erases everything that lumbar keeps about a person, and says what it cannot reach."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace

from lumbar.app.ports import BackupPlace, Clearable, Clock, Erased, HomeKeys, Person, Store
from lumbar.catalog.words import Tongues
from lumbar.core.errors import Conflict, Misuse, NotOverwritten, StoreFull, StoreUnavailable
from lumbar.core.message import Message, say

WORD = "erase.word"
"""What a person types, so that no slip of a finger erases anything: a message, for it is in their own language."""

OUT_OF_REACH = ("copies", "snapshots", "drive", "browsers")
"""What only the person can reach, by message id."""


@dataclass(frozen=True, slots=True)
class ErasedAll:
    """What is gone, and what is left for the person to look after."""

    facts: int
    backups: int
    left: tuple[Message, ...]


class EraseEverything:
    """The records, their backups, what lets phones in, and what is kept beside them: the log, the keys of the
    calendars' addresses, and PINs. Of several people one can be erased alone, and then the others stay."""

    def __init__(
        self,
        store: Store,
        backups: BackupPlace,
        keys: HomeKeys,
        beside: Iterable[Clearable],
        tongues: Tongues,
        clock: Clock,
        *,
        hosted: bool,
    ) -> None:
        self._store = store
        self._backups = backups
        self._keys = keys
        self._beside = tuple(beside)
        self._clock = clock
        self._hosted = hosted
        self._words = {words.written(say(WORD)) for words in tongues.words.values()}

    def __call__(self, person: Person, word: str) -> ErasedAll:
        """Erase what belongs to a person: everything, when there is nobody else.

        Raises Misuse without the word of any language, StoreUnavailable when something cannot be removed; asking again
        goes on.
        """
        self.check(word)
        others = [one for one in self._store.people() if one.id != person.id]
        return self._one(person, others) if others else self._everybody([person])

    def one(self, person: Person, word: str) -> ErasedAll:
        """Erase one of several people; for somebody who never told anything it takes no word, and no backup goes.

        Raises Conflict for the only person there is.
        """
        others = [one for one in self._store.people() if one.id != person.id]
        if not others:
            raise Conflict("error.person-last")
        if self._store.has_told(person.id):
            self.check(word)
            return self._one(person, others)
        self._store.remove_person(person.id)
        for one in self._beside:
            one.forget(person.id)
        return ErasedAll(0, 0, ())

    def home(self, word: str) -> ErasedAll:
        """Erase what belongs to anybody. Raises like erasing one."""
        self.check(word)
        return self._everybody(self._store.people())

    def check(self, word: str) -> None:
        """Raises Misuse for what is the word of no language."""
        if word.strip().lower() not in self._words:
            raise Misuse("error.erase-word", word=f"@{WORD}")

    def _everybody(self, people: list[Person]) -> ErasedAll:
        # Before the records: a phone that is let in still could tell it something again.
        phones = self._keys.clear()
        gone = [self._with_room(self._store.remove_person, one) for one in people[1:]]
        for first in people[:1]:
            gone.append(self._with_room(self._store.erase, first))
            if first.name:
                self._store.put_person(replace(first, name="", mark=0))
        # After the records: a backup that began before it is found unfinished here, and one that begins now is empty.
        backups = self._backups.clear() + sum(freed for _, freed in gone)
        for one in self._beside:
            one.clear()
        left = [say("erase.left.phones")] if phones else []
        whole = all(erased.overwritten for erased, _ in gone)
        return ErasedAll(sum(erased.facts for erased, _ in gone), backups, self._left(left, overwritten=whole))

    def _one(self, person: Person, others: list[Person]) -> ErasedAll:
        """The backups hold everybody, so they go, and those who stay get a new one."""
        erased, freed = self._with_room(self._store.remove_person, person)
        backups = freed + self._backups.clear()
        left = []
        if backups and any(self._store.holds(other.id) for other in others):
            self._backups.make(self._clock.now())
            left.append(say("erase.left.others-backup"))
        return ErasedAll(erased.facts, backups, self._left(left, overwritten=erased.overwritten))

    def _with_room(self, erase: Callable[[str], Erased], person: Person) -> tuple[Erased, int]:
        """What was erased, and how many backups went before it: erasing overwrites, and on a disk that is full only
        they, which go as well, make room for that. They stay where they are too small for it; where that shows only
        afterwards, a new one takes their place."""
        try:
            return self._and_beside(erase, person), 0
        except StoreFull as full:
            before, short_bytes = (full.facts, full.short_bytes) if isinstance(full, NotOverwritten) else (0, 0)
            if sum(one.size for one in self._backups.all()) < short_bytes:
                raise
            freed = self._backups.clear()
        try:
            erased = self._and_beside(erase, person)
        except StoreFull:
            if freed:
                with suppress(StoreUnavailable):
                    self._backups.make(self._clock.now())
            raise
        return replace(erased, facts=before + erased.facts), freed

    def _and_beside(self, erase: Callable[[str], Erased], person: Person) -> Erased:
        """What is kept beside a record goes as soon as that is deleted, overwritten or not; before, a PIN still guards
        it."""
        try:
            return erase(person.id)
        finally:
            if not self._store.holds(person.id):
                for one in self._beside:
                    one.forget(person.id)

    def _left(self, more: list[Message], *, overwritten: bool) -> tuple[Message, ...]:
        left = [say(f"erase.left.{one}") for one in OUT_OF_REACH] + more
        if self._hosted:
            left.append(say("erase.left.database-server"))
        if not overwritten:
            left.insert(0, say("erase.left.in-use"))
        return tuple(left)
