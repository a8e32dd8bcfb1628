"""The people of a household who use this lumbar: each a name and a record. Nobody is asked while there is one only."""

from collections.abc import Callable
from dataclasses import replace

from lumbar.app.ports import Clock, Person, Store
from lumbar.core.errors import Conflict, Misuse, NotFound

LONGEST_NAME = 40
MARKS = 6
"""How many colours there are to tell people apart by; then they come round again."""

MOST = 12
"""A household, and no clinic: more names than these fit on no page of large buttons (design)."""


class People:
    """Everybody of the household."""

    def __init__(self, store: Store, clock: Clock, new_id: Callable[[], str]) -> None:
        self._store = store
        self._clock = clock
        self._new_id = new_id

    def all(self) -> list[Person]:
        """Everybody, who came first at the beginning; never nobody."""
        return self._store.people() or [self._store.ensure_person(Person(self._new_id(), self._clock.now()))]

    def only(self) -> Person:
        """The one person of this household. Raises Misuse when there are several."""
        first, *others = self.all()
        if others:
            raise Misuse("error.person-which", known=_names([first, *others]))
        return first

    def named(self, name: str) -> Person:
        """The person of a name, in small or capital letters. Raises NotFound, which lists the names."""
        everybody = self.all()
        wanted = plain_name(name).casefold()
        found = next((one for one in everybody if one.name and one.name.casefold() == wanted), None)
        if found is None:
            known = _names(everybody)
            raise NotFound("error.no-person" if known else "error.person-nameless", name=name, known=known)
        return found

    def find(self, person_id: str) -> Person | None:
        """A person by id; None when there is none, or not any more."""
        return next((one for one in self.all() if one.id == person_id), None)

    def add(self, name: str) -> Person:
        """Somebody new. Raises Misuse without a name; Conflict when it is taken, when whoever is here already has none
        yet and could not be told apart, or when there are too many."""
        there, wanted = self.all(), plain_name(name)
        if any(not one.name for one in there):
            raise Conflict("error.person-unnamed")
        if len(there) >= MOST:
            raise Conflict("error.person-many", most=MOST)
        used = [one.mark for one in there]
        mark = min(range(MARKS), key=lambda one: (used.count(one), one))
        newcomer = Person(self._new_id(), self._clock.now(), wanted, mark)
        self._store.put_person(newcomer)
        return newcomer

    def rename(self, person: Person, name: str) -> Person:
        """Another name. Raises Misuse without one, Conflict when it is taken."""
        renamed = replace(person, name=plain_name(name))
        self._store.put_person(renamed)
        return renamed


def plain_name(name: str) -> str:
    """A name fit to be shown on one line. Raises Misuse when nothing is left of it, or too much."""
    plain = " ".join("".join(letter if letter.isprintable() else " " for letter in name).split())
    if not plain or len(plain) > LONGEST_NAME:
        raise Misuse("error.person-name", most=LONGEST_NAME)
    return plain


def _names(people: list[Person]) -> str:
    return ", ".join(one.name for one in people if one.name)
