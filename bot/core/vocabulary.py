"""The closed sets of the field, one word for one thing.  Refuses synonyms: ingest maps those."""

from enum import StrEnum


class Role(StrEnum):
    """What a member of the vendor's staff does; a command declares which of these may use it."""

    CSM = "csm"
    LEAD = "lead"
    MANAGER = "manager"
    OPS = "ops"
    SALES = "sales"
    SUPPORT = "support"
    ONBOARDING = "onboarding"
    RENEWAL = "renewal"


class Tier(StrEnum):
    """Segment of an account by its yearly revenue, most valuable first."""

    STRATEGIC = "strategic"
    ENTERPRISE = "enterprise"
    MID = "mid"
    SMB = "smb"


class Touch(StrEnum):
    """How an account is served: person to person, a mixture, or by digital means only."""

    HIGH = "high"
    LOW = "low"
    TECH = "tech"


class Stage(StrEnum):
    """Where an account stands in its life with the product."""

    ONBOARDING = "onboarding"
    ADOPTION = "adoption"
    EXPANSION = "expansion"


class Difficulty(StrEnum):
    """How hard the service is to make use of, for this customer (活用する難易度)."""

    EASY = "easy"
    NORMAL = "normal"
    HARD = "hard"


class OwnerMode(StrEnum):
    """Whether one person, a pool, or nobody answers for an account."""

    DEDICATED = "dedicated"
    POOLED = "pooled"
    NONE = "none"


class Band(StrEnum):
    """Reading of a health score; `UNKNOWN` is too little data, never a bad score."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"
    UNKNOWN = "unknown"


class SpeakerRole(StrEnum):
    """Who at the customer is speaking: what a user says weighs otherwise than a decision maker."""

    USER = "user"
    DECISION_MAKER = "decision_maker"
    CHAMPION = "champion"
    ADMIN = "admin"
    OTHER = "other"


class TouchKind(StrEnum):
    """How a contact with a customer was made, in the order in which people are offered them."""

    REACHED_OUT = "reached_out"
    MEETING = "meeting"
    CALL = "call"
    EMAIL = "email"
    OTHER = "other"


class Mover(StrEnum):
    """Who moved first (きっかけ): acting before the customer said anything is proactive."""

    US = "us"
    THEM = "them"


class Hypothesis(StrEnum):
    """Why an account is at risk, as the person who acts believes it; chosen in one tap."""

    FORGOTTEN = "forgotten"
    UNCLEAR_USE = "unclear_use"
    NOT_SPREAD = "not_spread"
    PRODUCT = "product"
    COMPETITOR = "competitor"
    OWNER_CHANGE = "owner_change"
    BUDGET = "budget"
    SEASON = "season"
    UNKNOWN = "unknown"


class Feeling(StrEnum):
    """What a CSM feels about an account at the moment; no band, and part of no score."""

    GOOD = "good"
    FAIR = "fair"
    WORRIED = "worried"


class PulseReason(StrEnum):
    """Why a CSM feels so; in the order in which people are offered them."""

    CHAMPION_GONE = "champion_gone"
    LOW_USE = "low_use"
    SILENT = "silent"
    BUDGET = "budget"
    COMPETITOR = "competitor"
    COMPLAINT = "complaint"
    REORGANISED = "reorganised"
    GOAL_UNCLEAR = "goal_unclear"
    HAPPY_VOICE = "happy_voice"
    RESULTS = "results"
    BACKED = "backed"
    GROWING = "growing"


class Mismatch(StrEnum):
    """How words and use contradict each other."""

    FALLING = "falling"  # the words are good, use falls
    GROWING = "growing"  # the words are bad, use grows


class MismatchAnswer(StrEnum):
    """What a CSM says to it: a look at it, a cause known already, or none at all."""

    LOOK = "look"
    KNOWN = "known"
    NONE = "none"


class EpisodeState(StrEnum):
    """How far an alert has come; waiting is for the customer and never overdue meanwhile."""

    OPEN = "open"
    CLAIMED = "claimed"
    WAITING = "waiting"
    SNOOZED = "snoozed"
    CLOSED = "closed"


class Ending(StrEnum):
    """Why an alert was closed."""

    OUTCOME = "outcome"
    FALSE_ALARM = "false_alarm"
    RECOVERED = "recovered"


class TaskState(StrEnum):
    """How far a task has come; a dropped one has its reason."""

    OPEN = "open"
    WAITING = "waiting"
    DONE = "done"
    DROPPED = "dropped"


class Origin(StrEnum):
    """Where a task comes from."""

    PLAYBOOK = "playbook"
    HAND = "hand"
    MONTHLY = "monthly"


class CommonResult(StrEnum):
    """Results every task may end in, beside those its playbook names."""

    WAITING = "waiting"
    UNREACHABLE = "unreachable"
    NOT_NEEDED = "not_needed"
    SOLVED_OTHERWISE = "solved_otherwise"


class Verdict(StrEnum):
    """What a review decides of a playbook."""

    KEEP = "keep"
    CHANGE = "change"
    RETIRE = "retire"
    WAIT = "wait"


class Locale(StrEnum):
    """Languages the bot speaks; every template exists in each."""

    JA = "ja"
    EN = "en"
