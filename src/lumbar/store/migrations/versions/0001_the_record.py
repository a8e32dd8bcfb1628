"""The record: whose it is, its facts, and the device that runs a session."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the first tables. Types are spelled out: a migration must not change when the code does."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "person",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("since", moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
    )
    op.create_table(
        "fact",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("person", sa.String(36), nullable=False),
        sa.Column("type", sa.String(64), nullable=False),
        sa.Column("v", sa.Integer(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("at_offset_s", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("recorded_at", moment, nullable=False),
        sa.Column("device", sa.String(100), nullable=False),
        sa.Column("source", sa.String(32), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_fact"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_fact_person_person"),
    )
    op.create_index("ix_fact_person_at_id", "fact", ["person", "at", "id"])
    op.create_table(
        "lease",
        sa.Column("person", sa.String(36), nullable=False),
        sa.Column("session", sa.String(64), nullable=False),
        sa.Column("device", sa.String(100), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.PrimaryKeyConstraint("person", name="pk_lease"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_lease_person_person"),
    )


def downgrade() -> None:
    """The first tables have nothing below them; a record is never thrown away by going back."""
    raise NotImplementedError("the record cannot be taken back")
