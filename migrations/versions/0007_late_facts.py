"""what a run knew of all accounts, and facts that came after a run that could have counted them

Revision: 0007
Follows: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("score_runs", sa.Column("common", sa.JSON(), nullable=True))
    op.create_table(
        "late_facts",
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("account_id", _BIG, nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", _BIG, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_late_facts_workspace_id_workspaces"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "account_id"],
            ["accounts.workspace_id", "accounts.id"],
            name=op.f("fk_late_facts_workspace_id_account_id_accounts"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_late_facts")),
    )
    op.create_index(
        op.f("ix_late_facts_workspace_id_account_id"), "late_facts", ["workspace_id", "account_id"]
    )


def downgrade() -> None:
    op.drop_table("late_facts")
    with op.batch_alter_table("score_runs") as table:
        table.drop_column("common")
