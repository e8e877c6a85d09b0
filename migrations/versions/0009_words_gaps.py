"""gaps between what customers say and how they use the product, from first night to last

Revision: 0009
Follows: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "words_gaps",
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("tone", sa.Double(), nullable=False),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.Column("slope", sa.Double(), nullable=False),
        sa.Column("change", sa.Double(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("told_to_id", _ID, nullable=True),
        sa.Column("answer_by_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.String(length=8), nullable=True),
        sa.Column("cause", sa.String(length=16), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_by_id", _ID, nullable=True),
        sa.Column("lead_told_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_by", sa.String(length=8), nullable=True),
        sa.Column("account_id", _ID, nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("id", _ID, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "account_id"],
            ["accounts.workspace_id", "accounts.id"],
            name=op.f("fk_words_gaps_workspace_id_accounts"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_words_gaps_workspace_id_workspaces"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_words_gaps")),
        sa.UniqueConstraint(
            "workspace_id",
            "account_id",
            "since_on",
            name=op.f("uq_words_gaps_workspace_id_account_id_since_on"),
        ),
    )
    op.create_index(
        op.f("ix_words_gaps_workspace_id_ended_on_told_on"),
        "words_gaps",
        ["workspace_id", "ended_on", "told_on"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_table("words_gaps")
