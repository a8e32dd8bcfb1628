"""Collections that never change and still grow: one more entry gives another collection that shares almost all.

A year is tens of thousands of facts. Copying them for each new one would cost more than everything that is made of it.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, Generic, TypeVar

Entry = TypeVar("Entry")

_PIECE = 256
"""Entries in a piece, and pieces in a table: about the square root of a few years."""


class Ordered(Generic[Entry]):
    """Entries by a key that no two of them share."""

    __slots__ = ("_key", "_pieces")

    def __init__(self, entries: Iterable[Entry], key: Callable[[Entry], Any]) -> None:
        self._key = key
        self._pieces = _cut(sorted(entries, key=key))

    @classmethod
    def in_order(cls, entries: Iterable[Entry], key: Callable[[Entry], Any]) -> "Ordered[Entry]":
        """Entries that are in the order of their keys already: nobody looks at the keys again."""
        found: Ordered[Entry] = cls((), key)
        found._pieces = _cut(list(entries))
        return found

    def exchanged(self, gone: Iterable[Entry], came: Iterable[Entry]) -> "Ordered[Entry]":
        """Without some, which must be there, and with others, which must not."""
        if not self._pieces:
            return Ordered(came, self._key)
        thawed: dict[int, list[Entry]] = {}
        for entry in gone:
            kept = self._thawed(self._key(entry), thawed)
            del kept[bisect_left(kept, self._key(entry), key=self._key)]
        for entry in came:
            insort(self._thawed(self._key(entry), thawed), entry, key=self._key)
        if not thawed:
            return self
        changed: Ordered[Entry] = Ordered((), self._key)
        changed._pieces = tuple(
            piece
            for number, kept in enumerate(self._pieces)
            for piece in (_cut(thawed[number]) if number in thawed else (kept,))
        )
        return changed

    def since(self, value: Any, key: Callable[[Entry], Any]) -> Iterator[Entry]:
        """Entries whose `key`, which must grow with their order, is at least `value`."""
        number = bisect_left(self._pieces, value, key=lambda piece: key(piece[-1]))
        if number == len(self._pieces):
            return iter(())
        first = self._pieces[number]
        return chain(first[bisect_left(first, value, key=key) :], *self._pieces[number + 1 :])

    def back_from(self, value: Any, key: Callable[[Entry], Any]) -> Iterator[Entry]:
        """Entries whose `key`, which must grow with their order, is at most `value`; the last one first."""
        number = bisect_right(self._pieces, value, key=lambda piece: key(piece[0])) - 1
        if number >= 0:
            piece = self._pieces[number]
            yield from reversed(piece[: bisect_right(piece, value, key=key)])
        for piece in reversed(self._pieces[: max(number, 0)]):
            yield from reversed(piece)

    def _thawed(self, key: Any, thawed: dict[int, list[Entry]]) -> list[Entry]:
        """The piece that a key belongs to, as a list that may be changed."""
        number = max(bisect_right(self._pieces, key, key=lambda piece: self._key(piece[0])) - 1, 0)
        if number not in thawed:
            thawed[number] = list(self._pieces[number])
        return thawed[number]

    def __iter__(self) -> Iterator[Entry]:
        return chain.from_iterable(self._pieces)

    def __len__(self) -> int:
        return sum(map(len, self._pieces))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ordered) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]  # equal ones may be cut differently, and nobody needs it


class Table(Generic[Entry]):
    """Entries by id."""

    __slots__ = ("_shards",)

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        shards: tuple[dict[str, Entry], ...] = tuple({} for _ in range(_PIECE))
        for entry_id, entry in entries.items():
            shards[hash(entry_id) % _PIECE][entry_id] = entry
        self._shards = shards

    def with_more(self, entries: Mapping[str, Entry]) -> "Table[Entry]":
        """With more entries; one under a known id takes its place."""
        more = Table(entries)
        more._shards = tuple(
            {**ours, **theirs} if theirs else ours for ours, theirs in zip(self._shards, more._shards, strict=True)
        )
        return more

    def get(self, entry_id: str) -> Entry | None:
        """The entry with this id, if there is one."""
        return self._shards[hash(entry_id) % _PIECE].get(entry_id)

    def values(self) -> Iterator[Entry]:
        """Every entry, in no order."""
        return chain.from_iterable(shard.values() for shard in self._shards)

    def __contains__(self, entry_id: str) -> bool:
        return entry_id in self._shards[hash(entry_id) % _PIECE]

    def __len__(self) -> int:
        return sum(map(len, self._shards))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Table) and self._shards == other._shards

    def __hash__(self) -> int:
        return hash(frozenset(chain.from_iterable(self._shards)))


def _cut(entries: list[Entry]) -> tuple[tuple[Entry, ...], ...]:
    """In pieces of about one size."""
    if not entries:
        return ()
    if len(entries) < 2 * _PIECE:
        return (tuple(entries),)
    return tuple(tuple(entries[start : start + _PIECE]) for start in range(0, len(entries), _PIECE))
