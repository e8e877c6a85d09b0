"""the index of owners holds accounts that have one

Revision: 0013
Follows: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_OWNED = sa.text("owner_id IS NOT NULL")


def upgrade() -> None:
    op.drop_index(op.f("ix_accounts_workspace_id_owner_id"), table_name="accounts")
    op.create_index(
        op.f("ix_accounts_workspace_id_owner_id"),
        "accounts",
        ["workspace_id", "owner_id"],
        sqlite_where=_OWNED,
        postgresql_where=_OWNED,
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_accounts_workspace_id_owner_id"), table_name="accounts")
    op.create_index(
        op.f("ix_accounts_workspace_id_owner_id"), "accounts", ["workspace_id", "owner_id"]
    )
