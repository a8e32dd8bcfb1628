"""What is new in a record can be read alone: facts are numbered as they are taken, and what is large lies apart."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_FACT = sa.table(
    "fact",
    sa.column("id", sa.String),
    sa.column("type", sa.String),
    sa.column("body", sa.JSON),
    sa.column("large", sa.JSON(none_as_null=True)),
)


def upgrade() -> None:
    """Number the facts of each person in the order in which they were recorded, and put the scripts apart.

    Afterwards a number has no default: an older lumbar that still runs on this database is refused, and its page keeps
    what it tells until a newer one answers. Were it taken, nobody who asks for what is new would ever see it.
    """
    op.add_column("person", sa.Column("taken", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("fact", sa.Column("number", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("fact", sa.Column("large", sa.JSON(), nullable=True))
    op.execute(
        "UPDATE fact SET number = numbered.n FROM (SELECT id, row_number() OVER"
        " (PARTITION BY person ORDER BY recorded_at, id) AS n FROM fact) AS numbered WHERE numbered.id = fact.id"
    )
    op.execute("UPDATE person SET taken = (SELECT count(*) FROM fact WHERE fact.person = person.id)")
    with op.batch_alter_table("fact") as batch:
        batch.alter_column("number", existing_type=sa.Integer(), existing_nullable=False, server_default=None)
    op.create_index("ix_fact_person_number", "fact", ["person", "number"], unique=True)
    _put_scripts_apart(op.get_bind())


def downgrade() -> None:
    """A record is never thrown away by going back, and an older lumbar would not find the scripts."""
    raise NotImplementedError("the record cannot be taken back")


def _put_scripts_apart(db: sa.Connection) -> None:
    started = sa.select(_FACT.c.id).where(_FACT.c.type == "session-started")
    for fact_id in db.scalars(started).all():
        body = dict(db.scalars(sa.select(_FACT.c.body).where(_FACT.c.id == fact_id)).one())
        large = {name: body.pop(name) for name in ("script",) if name in body}
        if large:
            db.execute(sa.update(_FACT).where(_FACT.c.id == fact_id).values(body=body, large=large))
