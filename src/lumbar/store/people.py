"""The rows of the people who use this database, inside of a transaction that is open."""

from sqlalchemy import Connection, delete, insert, select, text, update

from lumbar.app.ports import Person
from lumbar.core.errors import Conflict
from lumbar.store import tables

_PEOPLE_LOCK = 0x6C756D01
"""Any number that no other program uses as an advisory lock in the same database."""


def lock(db: Connection) -> None:
    """One at a time: SQLite has one writer anyway."""
    if db.dialect.name == "postgresql":
        db.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _PEOPLE_LOCK})


def every(db: Connection) -> list[Person]:
    """Everybody, who came first at the beginning."""
    rows = db.execute(select(tables.person).order_by(tables.person.c.since, tables.person.c.id)).mappings()
    return [Person(row["id"], row["since"], row["name"], row["mark"]) for row in rows]


def add(db: Connection, person: Person) -> None:
    """A row for somebody new."""
    db.execute(
        insert(tables.person), {"id": person.id, "since": person.since, "name": person.name, "mark": person.mark}
    )


def add_or_change(db: Connection, person: Person) -> None:
    """A row as this person is, whether or not there was one."""
    mine = tables.person.c.id == person.id
    if db.execute(update(tables.person).where(mine).values(name=person.name, mark=person.mark)).rowcount == 0:
        add(db, person)


def put(db: Connection, person: Person) -> None:
    """The same under a name that nobody else has. Raises Conflict."""
    refuse_twice(every(db), person)
    add_or_change(db, person)


def remove(db: Connection, person: str) -> None:
    """No row any more; the facts went before."""
    db.execute(delete(tables.person).where(tables.person.c.id == person))


def refuse_twice(there: list[Person], person: Person) -> None:
    """Raises Conflict when somebody else has the name."""
    wanted = person.name.casefold()
    if wanted and any(one.id != person.id and one.name.casefold() == wanted for one in there):
        raise Conflict("error.person-name-taken", name=person.name)
