"""Several people of one household: each has a name, and nobody's fact stands in another's way."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Give people names, and let a fact be known by its person and its id."""
    op.add_column("person", sa.Column("name", sa.String(80), nullable=False, server_default=""))
    op.add_column("person", sa.Column("mark", sa.Integer(), nullable=False, server_default="0"))
    db = op.get_bind()
    if db.dialect.name == "postgresql":
        op.drop_constraint("pk_fact", "fact", type_="primary")
        op.create_primary_key("pk_fact", "fact", ["person", "id"])
        return
    # SQLite changes no key of a table that is there: it is made anew, and the rows go over.
    with op.batch_alter_table("fact", recreate="always") as batch:
        batch.drop_constraint("pk_fact", type_="primary")
        batch.create_primary_key("pk_fact", ["person", "id"])


def downgrade() -> None:
    """A record is never thrown away by going back, and an older lumbar knows one person only."""
    raise NotImplementedError("the record cannot be taken back")
