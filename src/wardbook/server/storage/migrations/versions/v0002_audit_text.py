"""Words of questions beside the audit trail, encrypted."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "audit_text",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("token", sa.Text, nullable=False),
    )
    op.create_index("ix_audit_text_at", "audit_text", ["at"])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("audit_text")
