"""health models are drafted, simulated and approved

Revision: 0004
Follows: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_NAMES = (
    *("base_version", "revision", "changed_by", "changed_at", "note"),
    *("simulation", "simulated_at", "approved_by", "approved_at"),
)


def upgrade() -> None:
    for column in (
        sa.Column("base_version", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("changed_by", sa.String(length=64), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=False, server_default=""),
        sa.Column("simulation", sa.JSON(), nullable=True),
        sa.Column("simulated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by", sa.String(length=64), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
    ):
        op.add_column("health_models", column)


def downgrade() -> None:
    # Not in batch mode: SQLite would build the table anew.
    for name in _NAMES:
        op.drop_column("health_models", name)
