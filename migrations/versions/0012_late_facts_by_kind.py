"""what came late is found by its kind and when it came

Revision: 0012
Follows: 0011
"""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        op.f("ix_late_facts_workspace_id_kind_known_at"),
        "late_facts",
        ["workspace_id", "kind", "known_at"],
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_late_facts_workspace_id_kind_known_at"), table_name="late_facts")
