"""Alembic's entry: runs the versions on the connection that lib.store.migrate hands over."""

from alembic import context

from lib.store.migrate import COMPARE
from lib.store.models import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, **COMPARE)
with context.begin_transaction():
    context.run_migrations()
