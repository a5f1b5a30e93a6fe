"""Projects, their revisions and what those hold, bases, locks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this schema."""
    op.create_table(
        "projects",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("root", sa.Text()),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("revision >= 0", name=op.f("ck_projects_revision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_projects")),
        sa.UniqueConstraint("name", name=op.f("uq_projects_name")),
    )
    op.create_table(
        "blobs",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_blobs")),
    )
    op.create_table(
        "states",
        sa.Column("state", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("state", name=op.f("pk_states")),
    )
    op.create_table(
        "members",
        sa.Column("state", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.CheckConstraint("kind IN ('set', 'theme', 'component', 'meta')", name=op.f("ck_members_kind")),
        sa.ForeignKeyConstraint(["state"], ["states.state"], name=op.f("fk_members_state_states"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["digest"], ["blobs.digest"], name=op.f("fk_members_digest_blobs")),
        sa.PrimaryKeyConstraint("state", "kind", "name", name=op.f("pk_members")),
    )
    op.create_index(op.f("ix_members_digest"), "members", ["digest"])
    op.create_table(
        "revisions",
        sa.Column("project", sa.String(36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(64), nullable=False),
        sa.Column("operation", sa.String(64), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("author", sa.Text()),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["project"], ["projects.id"], name=op.f("fk_revisions_project_projects"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["state"], ["states.state"], name=op.f("fk_revisions_state_states")),
        sa.PrimaryKeyConstraint("project", "number", name=op.f("pk_revisions")),
    )
    op.create_index(op.f("ix_revisions_state"), "revisions", ["state"])
    op.create_table(
        "bases",
        sa.Column("project", sa.String(36), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("peer", sa.Text(), nullable=False),
        sa.Column("state", sa.String(64), nullable=False),
        sa.Column("version", sa.Text()),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["project"], ["projects.id"], name=op.f("fk_bases_project_projects"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["state"], ["states.state"], name=op.f("fk_bases_state_states")),
        sa.PrimaryKeyConstraint("project", "kind", "peer", name=op.f("pk_bases")),
    )
    op.create_index(op.f("ix_bases_state"), "bases", ["state"])
    op.create_table(
        "locks",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("token", sa.Integer(), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_locks")),
    )


def downgrade() -> None:
    """Back to an empty database."""
    for name in ("locks", "bases", "revisions", "members", "states", "blobs", "projects"):
        op.drop_table(name)
