"""The tables. A fact's envelope is columns, its body is JSON; facts are only ever added.

A fact is known by its person and its id: what one person tells can stand in nobody else's way. A person's facts are
numbered in the order in which they were taken; `taken` is the last number that was given, and no
number is given twice. `large` are the fields of a body that are large and that no rule reads.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    TypeDecorator,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, kept in UTC. SQLite would hand it back without a zone; a moment without one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its offset")
        return value.astimezone(UTC)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        return _from_text if dialect.name == "sqlite" else super().result_processor(dialect, coltype)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _from_text(text: str | None) -> datetime | None:
    """A moment as SQLite keeps it: in one step, for there are tens of thousands of them."""
    return None if text is None else datetime.fromisoformat(f"{text}+00:00")


person = Table(
    "person",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("since", UtcDateTime, nullable=False),
    Column("taken", Integer, nullable=False, server_default="0"),
    Column("name", String(80), nullable=False, server_default=""),
    Column("mark", Integer, nullable=False, server_default="0"),
)

fact = Table(
    "fact",
    metadata,
    Column("person", String(36), ForeignKey("person.id"), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("type", String(64), nullable=False),
    Column("v", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("at_offset_s", Integer, nullable=False),
    Column("zone", String(64), nullable=False),
    Column("on", Date, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("device", String(100), nullable=False),
    Column("source", String(32), nullable=False),
    Column("body", JSON, nullable=False),
    Column("number", Integer, nullable=False),
    Column("large", JSON(none_as_null=True), nullable=True),
    Index(None, "person", "at", "id"),
    Index(None, "person", "number", unique=True),
)

lease = Table(
    "lease",
    metadata,
    Column("person", String(36), ForeignKey("person.id"), primary_key=True),
    Column("session", String(64), nullable=False),
    Column("device", String(100), nullable=False),
    Column("at", UtcDateTime, nullable=False),
)
