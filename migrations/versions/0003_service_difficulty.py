"""how hard the service is to use for a customer; the last day of logins by person

Revision: 0003
Follows: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "accounts",
        sa.Column("difficulty", sa.String(length=8), server_default="normal", nullable=False),
    )
    op.create_index(
        op.f("ix_contact_activity_active_on_workspace_id"),
        "contact_activity",
        ["active_on", "workspace_id"],
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_contact_activity_active_on_workspace_id"), table_name="contact_activity")
    op.drop_column("accounts", "difficulty")
