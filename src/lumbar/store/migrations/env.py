"""Runs the migrations in the transaction that `store.database.migrate` has opened."""

from alembic import context

from lumbar.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transaction_per_migration=False,
)
context.run_migrations()
