"""Run by Alembic: applies the changes over the engine that it was given."""

from alembic import context

from wardbook.server.storage.tables import Base

with context.config.attributes["engine"].connect() as connection:
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
