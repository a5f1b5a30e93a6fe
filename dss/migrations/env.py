"""How Alembic meets the store: on the connection it is handed, in one transaction a migration."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

import dss.service.store_schema as schema


def render_item(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Writes our types as what they are in the database: a migration does not change with the code."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, schema.Utc) else False


def include_name(name: str | None, kind: str, parents: Any) -> bool:
    """Leaves tables of others in the same database alone."""
    return kind != "table" or name in schema.metadata.tables


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=schema.metadata,
    version_table=schema.VERSION_TABLE,
    render_as_batch=True,
    render_item=render_item,
    include_name=include_name,
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
