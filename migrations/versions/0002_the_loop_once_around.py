"""the loop once around

Revision: 0002
Follows: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "playbook_reviews",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("week_on", sa.Date(), nullable=False),
        sa.Column("playbook", sa.String(length=64), nullable=False),
        sa.Column("playbook_version", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=8), nullable=False),
        sa.Column(
            "member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("check_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_playbook_reviews_workspace_id_workspaces"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_playbook_reviews")),
        sa.UniqueConstraint(
            "workspace_id",
            "week_on",
            "playbook",
            name=op.f("uq_playbook_reviews_workspace_id_week_on_playbook"),
        ),
    )
    op.create_table(
        "playbooks",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("made_by", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_playbooks_workspace_id_workspaces"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_playbooks")),
        sa.UniqueConstraint(
            "workspace_id", "key", "version", name=op.f("uq_playbooks_workspace_id_key_version")
        ),
    )
    op.create_table(
        "episodes",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("playbook", sa.String(length=64), nullable=False),
        sa.Column("playbook_version", sa.Integer(), nullable=False),
        sa.Column("open_as", sa.String(length=64), nullable=True),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("is_watch", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("ending", sa.String(length=16), nullable=True),
        sa.Column("ending_reason", sa.Text(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("band_then", sa.String(length=8), nullable=False),
        sa.Column("score_then", sa.Double(), nullable=True),
        sa.Column("measure", sa.String(length=64), nullable=True),
        sa.Column("value_then", sa.Double(), nullable=True),
        sa.Column("value_now", sa.Double(), nullable=True),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("hypothesis", sa.String(length=16), nullable=True),
        sa.Column(
            "claimed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "state_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("state_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("waiting_until_on", sa.Date(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("snoozed_until_on", sa.Date(), nullable=True),
        sa.Column("snooze_reason", sa.Text(), nullable=True),
        sa.Column("clear_since_on", sa.Date(), nullable=True),
        sa.Column("is_recovery_told", sa.Boolean(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "closed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column(
            "account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "account_id"],
            ["accounts.workspace_id", "accounts.id"],
            name=op.f("fk_episodes_workspace_id_account_id_accounts"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "owner_id"],
            ["members.workspace_id", "members.id"],
            name=op.f("fk_episodes_workspace_id_owner_id_members"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_episodes_workspace_id_workspaces"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_episodes")),
        sa.UniqueConstraint(
            "workspace_id",
            "account_id",
            "open_as",
            name=op.f("uq_episodes_workspace_id_account_id_open_as"),
        ),
    )
    with op.batch_alter_table("episodes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_episodes_workspace_id_opened_on"),
            ["workspace_id", "opened_on"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_episodes_workspace_id_state"), ["workspace_id", "state"], unique=False
        )

    op.create_table(
        "playbook_hits",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column(
            "account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("playbook", sa.String(length=64), nullable=False),
        sa.Column("signal", sa.String(length=64), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("level", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "account_id"],
            ["accounts.workspace_id", "accounts.id"],
            name=op.f("fk_playbook_hits_workspace_id_account_id_accounts"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_playbook_hits_workspace_id_workspaces"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "workspace_id", "account_id", "playbook", "signal", name=op.f("pk_playbook_hits")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "tasks",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("origin", sa.String(length=16), nullable=False),
        sa.Column(
            "episode_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("playbook", sa.String(length=64), nullable=True),
        sa.Column("playbook_version", sa.Integer(), nullable=True),
        sa.Column("step", sa.String(length=64), nullable=True),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("mover", sa.String(length=8), nullable=False),
        sa.Column("waiting_until_on", sa.Date(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column(
            "made_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "ended_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column(
            "account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "account_id"],
            ["accounts.workspace_id", "accounts.id"],
            name=op.f("fk_tasks_workspace_id_account_id_accounts"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "episode_id"],
            ["episodes.workspace_id", "episodes.id"],
            name=op.f("fk_tasks_workspace_id_episode_id_episodes"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "owner_id"],
            ["members.workspace_id", "members.id"],
            name=op.f("fk_tasks_workspace_id_owner_id_members"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_tasks_workspace_id_workspaces"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_tasks")),
        sa.UniqueConstraint("workspace_id", "key", name=op.f("uq_tasks_workspace_id_key")),
    )
    with op.batch_alter_table("tasks", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_tasks_workspace_id_account_id"),
            ["workspace_id", "account_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_tasks_workspace_id_episode_id"),
            ["workspace_id", "episode_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_tasks_workspace_id_owner_id_state"),
            ["workspace_id", "owner_id", "state"],
            unique=False,
        )

    op.create_table(
        "task_outcomes",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("task_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "episode_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("playbook", sa.String(length=64), nullable=True),
        sa.Column("playbook_version", sa.Integer(), nullable=True),
        sa.Column("done", sa.Text(), nullable=False),
        sa.Column("result", sa.String(length=64), nullable=False),
        sa.Column("impression", sa.Text(), nullable=False),
        sa.Column("hypothesis", sa.String(length=16), nullable=True),
        sa.Column("mover", sa.String(length=8), nullable=False),
        sa.Column("then_on", sa.Date(), nullable=False),
        sa.Column("score_then", sa.Double(), nullable=True),
        sa.Column("score_now", sa.Double(), nullable=True),
        sa.Column("measure", sa.String(length=64), nullable=True),
        sa.Column("value_then", sa.Double(), nullable=True),
        sa.Column("value_now", sa.Double(), nullable=True),
        sa.Column(
            "next_task_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column(
            "member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "account_id"],
            ["accounts.workspace_id", "accounts.id"],
            name=op.f("fk_task_outcomes_workspace_id_account_id_accounts"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "task_id"],
            ["tasks.workspace_id", "tasks.id"],
            name=op.f("fk_task_outcomes_workspace_id_task_id_tasks"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_task_outcomes_workspace_id_workspaces"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_task_outcomes")),
        sa.UniqueConstraint(
            "workspace_id", "task_id", name=op.f("uq_task_outcomes_workspace_id_task_id")
        ),
    )
    with op.batch_alter_table("task_outcomes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_task_outcomes_workspace_id_account_id"),
            ["workspace_id", "account_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_task_outcomes_workspace_id_recorded_on"),
            ["workspace_id", "recorded_on"],
            unique=False,
        )

    op.create_table(
        "outcome_checks",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column(
            "outcome_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("after_days", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("like_count", sa.Integer(), nullable=False),
        sa.Column("like_change", sa.Double(), nullable=True),
        sa.Column("like_spread", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "outcome_id"],
            ["task_outcomes.workspace_id", "task_outcomes.id"],
            name=op.f("fk_outcome_checks_workspace_id_outcome_id_task_outcomes"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.id"],
            name=op.f("fk_outcome_checks_workspace_id_workspaces"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_outcome_checks")),
        sa.UniqueConstraint(
            "workspace_id",
            "outcome_id",
            "after_days",
            name=op.f("uq_outcome_checks_workspace_id_outcome_id_after_days"),
        ),
    )
    with op.batch_alter_table("outcome_checks", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_outcome_checks_workspace_id_due_on"),
            ["workspace_id", "due_on"],
            unique=False,
        )

    op.add_column("workspaces", sa.Column("started_on", sa.Date(), nullable=True))
    op.add_column("touches", sa.Column("imported_as", sa.String(length=128), nullable=True))
    op.add_column("accounts", sa.Column("owner_over", sa.String(length=255), nullable=True))
    op.add_column("accounts", sa.Column("second_over", sa.String(length=255), nullable=True))
    op.add_column(
        "members", sa.Column("group_roles", sa.JSON(), nullable=False, server_default="[]")
    )
    op.add_column("score_runs", sa.Column("watched_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    # Not in batch mode: SQLite would build the table anew, and dropping the old one would take
    # every row that belongs to a workspace with it.
    op.drop_column("touches", "imported_as")
    op.drop_column("members", "group_roles")
    op.drop_column("accounts", "second_over")
    op.drop_column("accounts", "owner_over")
    op.drop_column("workspaces", "started_on")
    op.drop_column("score_runs", "watched_at")
    with op.batch_alter_table("outcome_checks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outcome_checks_workspace_id_due_on"))

    op.drop_table("outcome_checks")
    with op.batch_alter_table("task_outcomes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_task_outcomes_workspace_id_recorded_on"))
        batch_op.drop_index(batch_op.f("ix_task_outcomes_workspace_id_account_id"))

    op.drop_table("task_outcomes")
    with op.batch_alter_table("tasks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tasks_workspace_id_owner_id_state"))
        batch_op.drop_index(batch_op.f("ix_tasks_workspace_id_episode_id"))
        batch_op.drop_index(batch_op.f("ix_tasks_workspace_id_account_id"))

    op.drop_table("tasks")
    op.drop_table("playbook_hits")
    with op.batch_alter_table("episodes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_episodes_workspace_id_state"))
        batch_op.drop_index(batch_op.f("ix_episodes_workspace_id_opened_on"))

    op.drop_table("episodes")
    op.drop_table("playbooks")
    op.drop_table("playbook_reviews")
