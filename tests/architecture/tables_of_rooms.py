"""Rows about what people may do, what runs by itself, and which room knows which."""

from collections.abc import Iterator
from datetime import timedelta

from bot.core.slots import Daily, Interval, Monthly, Rule, Weekly
from bot.registry import CS_TEAM, EVERYBODY, LEADERS, OPS, Deed, Job, whole
from bot.texts import Texts
from tests.architecture.arrows import ARROWS
from tests.architecture.source import ROOT

Row = tuple[str, ...]

_HEADS = {
    ("commands", "en"): ("Command", "What it does", "Also as", "Who may"),
    ("commands", "ja"): ("コマンド", "できること", "別の言い方", "使える人"),
    ("jobs", "en"): ("Job", "What it does", "When", "For"),
    ("jobs", "ja"): ("ジョブ", "すること", "いつ", "対象"),
    ("rooms", "en"): ("Room", "May import"),
    ("rooms", "ja"): ("部屋", "読み込んでよい部屋"),
}
_WHO = {
    "en": {
        frozenset(): "everybody",
        EVERYBODY: "everybody with a role",
        CS_TEAM: "the CS team",
        LEADERS: "leads, managers, ops",
        OPS: "ops",
    },
    "ja": {
        frozenset(): "全員",
        EVERYBODY: "役割のある全員",
        CS_TEAM: "CSチーム",
        LEADERS: "リード、マネージャー、運用",
        OPS: "運用",
    },
}
_AUDIENCES = {
    "en": {"member": "each member", "workspace": "the workspace"},
    "ja": {"member": "メンバーごと", "workspace": "ワークスペース全体"},
}


def list_commands(locale: str) -> Iterator[Row]:
    """A row a command, by its word."""
    yield _HEADS["commands", locale]
    say = Texts().speak(locale)
    for deed in whole().commands():
        also = (f"`{word}`" for word in say(f"command_{deed.key}", "also").split())
        yield (
            _typed(deed, say(f"command_{deed.key}", "usage")),
            say(f"command_{deed.key}", "told"),
            " ".join(also),
            _WHO[locale].get(deed.roles) or ", ".join(sorted(deed.roles)),
        )


def list_jobs(locale: str) -> Iterator[Row]:
    """A row a job, by its name."""
    yield _HEADS["jobs", locale]
    say = Texts().speak(locale)
    for name, job in sorted(whole().jobs.items()):
        yield (
            f"`{name}`",
            say(f"job_{name}", "told"),
            _when(job, locale),
            _AUDIENCES[locale][job.audience],
        )


def list_rooms(locale: str) -> Iterator[Row]:
    """A row a room of the bot that is built, with the rooms below it."""
    yield _HEADS["rooms", locale]
    for room, below in ARROWS.items():
        if _is_built(room):
            yield (
                f"`bot/{room}/`",
                ", ".join(f"`{each}`" for each in sorted(below) if _is_built(each)) or "–",
            )


def _is_built(name: str) -> bool:
    return (ROOT / "bot" / name).is_dir() or (ROOT / "bot" / f"{name}.py").exists()


def _typed(deed: Deed, usage: str) -> str:
    typed = [f"`{deed.slash} {usage}".strip() + "`"] if _is_own(deed) else []
    return " ".join([*typed, f"`/sakidori {deed.key} {usage}".strip() + "`"])


def _is_own(deed: Deed) -> bool:
    return deed.slash is not None and deed.slash != "/sakidori"


def _when(job: Job, locale: str) -> str:
    own = {"en": " (or at one's own time)", "ja": "(時刻は各自で変えられます)"}[locale]
    closing = {"en": " (or when one's hours end)", "ja": "(各自の稼働時間の終わり)"}[locale]
    more = own if job.own_time else closing if job.at_closing else ""
    return _rule(job.rule, locale) + more


def _rule(rule: Rule, locale: str) -> str:
    say = Texts().speak(locale)
    match rule:
        case Daily(at=at, business_days_only=only):
            return say("jobs", "daily", at=f"{at:%H:%M}", business_days_only=only)
        case Weekly(weekday=weekday, at=at):
            day = say("jobs", f"weekday_{weekday}")
            return say("jobs", "weekly", weekday=day, at=f"{at:%H:%M}")
        case Monthly(at=at):
            return say("jobs", "monthly", at=f"{at:%H:%M}")
        case Interval(every=every):
            return say("jobs", "interval", minutes=every // timedelta(minutes=1))
