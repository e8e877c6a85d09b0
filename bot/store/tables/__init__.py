"""Every table of the house; importing this package fills the metadata."""

from bot.store.tables.accounts import (
    Account,
    AccountAlias,
    Contact,
    ContactActivity,
    Contract,
    UnlinkedRef,
)
from bot.store.tables.episodes import (
    AlertWave,
    Episode,
    Playbook,
    PlaybookHit,
    PlaybookReview,
)
from bot.store.tables.facts import (
    AccountOutcome,
    Incident,
    IncidentAccount,
    Invoice,
    MarketingEvent,
    NpsAnswer,
    Ticket,
    Touch,
    VocRemark,
)
from bot.store.tables.health import (
    AccountScore,
    AskedSimulation,
    CsmPulse,
    HealthModel,
    LateFact,
    ManualScore,
    ScoreRun,
    TouchedAccount,
    ValidityRun,
)
from bot.store.tables.imports import ImportBatch, SavedMapping
from bot.store.tables.people import Channel, Member
from bot.store.tables.tasks import OutcomeCheck, Task, TaskOutcome
from bot.store.tables.usage import (
    Metric,
    MetricSet,
    MonthlyUsage,
    UsageBreak,
    UsageChunk,
    UsageDay,
)
from bot.store.tables.words_gaps import WordsGap
from bot.store.tables.work import AuditEntry, InboxEvent, JobRun, OutboxItem, SlackRefusal
from bot.store.tables.workspaces import ExchangeRate, Workspace

__all__ = [
    "Account",
    "AccountAlias",
    "AccountOutcome",
    "AccountScore",
    "AlertWave",
    "AskedSimulation",
    "AuditEntry",
    "Channel",
    "Contact",
    "ContactActivity",
    "Contract",
    "CsmPulse",
    "Episode",
    "ExchangeRate",
    "HealthModel",
    "ImportBatch",
    "InboxEvent",
    "Incident",
    "IncidentAccount",
    "Invoice",
    "JobRun",
    "LateFact",
    "ManualScore",
    "MarketingEvent",
    "Member",
    "Metric",
    "MetricSet",
    "MonthlyUsage",
    "NpsAnswer",
    "OutboxItem",
    "OutcomeCheck",
    "Playbook",
    "PlaybookHit",
    "PlaybookReview",
    "SavedMapping",
    "ScoreRun",
    "SlackRefusal",
    "Task",
    "TaskOutcome",
    "Ticket",
    "Touch",
    "TouchedAccount",
    "UnlinkedRef",
    "UsageBreak",
    "UsageChunk",
    "UsageDay",
    "ValidityRun",
    "VocRemark",
    "WordsGap",
    "Workspace",
]
