"""Migrations of the store, run by Alembic. Never edit one that was released: write the next one."""
