"""The rows of a digest that are work: a task, an alert, a touch agreed for today.

The second block's id is the mark of the move that the row bears.
"""

from collections.abc import Sequence
from datetime import date

from bot.core.alert import Reason
from bot.core.digest_item import Item
from bot.core.say import Say
from bot.core.told import BETTER, WORSE
from bot.views.alert_parts import render_headline, render_lasting, render_reason
from bot.views.blocks import Element, actions, section
from bot.views.book import days_to
from bot.views.elements import button, overflow
from bot.views.limits import shorten
from bot.views.reply import Block
from bot.views.task_rows import list_alert_ways, list_task_ways
from bot.views.words import named, word

_NAME, _TITLE = 60, 80


def build_work_row(say: Say, item: Item, moved: str, today: date) -> list[Block]:
    """What it is about, then when it is due and what is new, then the ways to act."""
    why = _why(say, item, today)
    # What an alert saw says it in numbers already.
    about = [*why, _about(say, item, today), *_news(say, item, "" if why else moved, today)]
    told = "\n".join([_title(say, item), *(each for each in about if each)])
    row = {**section(told.strip()), "block_id": item.mark}
    ways = actions(_ways(say, item))
    if item.news and item.news.group in (WORSE, BETTER):
        ways = [{**block, "block_id": item.news.mark} for block in ways]
    return [row, *ways]


def _title(say: Say, item: Item) -> str:
    row, before = item.row, item.news.before if item.news else None
    return say(
        "digest_work",
        "title",
        before=named(say, "mark", before),
        mark=named(say, "mark", row.standing.band),
        name=shorten(row.name, _NAME),
        what=_what(say, item),
        arr=row.arr,
    )


def _why(say: Say, item: Item, today: date) -> list[str]:
    """What was seen, for an alert that has the row to itself; what is gone is said to be gone."""
    return [
        render_lasting(say, each, today) if each.over_on else render_reason(say, each.as_of(today))
        for each in _seen(item)
    ]


def _seen(item: Item) -> Sequence[Reason]:
    alert = None if item.task else item.alert
    return alert.reasons[:1] if alert else []


def _what(say: Say, item: Item) -> str:
    if item.task:
        return shorten(item.task.named(say.locale), _TITLE)
    return render_headline(say, item.alert) if item.alert else ""


def _about(say: Say, item: Item, today: date) -> str:
    task, alert, touch = item.task, item.alert, item.touch
    waited = task or alert
    return say(
        "digest_work",
        f"about_{item.group}",
        due_on=task.due_on if task else None,
        late=(today - task.due_on).days if task else 0,
        mover=named(say, "mover", task.mover) if task else "",
        playbook=shorten(alert.named(say.locale), _TITLE) if task and alert else "",
        is_unclaimed=alert is not None and alert.is_unclaimed(today),
        until_on=waited.waiting_until_on if waited else None,
        asked_on=task.asked_on if task and task.asked_on != today else None,
        opened_on=alert.opened_on if alert else None,
        clear_on=alert.clear_since_on if alert and alert.is_recovered else None,
        agreed=_agreed(say, item, today),
        touched_on=touch.touched_on if touch else None,
        kind=named(say, "kind", touch.kind) if touch else "",
        today=today,
    )


def _agreed(say: Say, item: Item, today: date) -> str:
    """That something else was agreed for today, where the row is about another thing."""
    return say("digest_work", "agreed_too") if item.touch and (item.task or item.alert) else ""


def _news(say: Say, item: Item, moved: str, today: date) -> list[str]:
    due = item.news.deadline if item.news else None
    if due is None or any(each.values.get("deadline_on") == due.on for each in _seen(item)):
        return [moved]
    days = days_to(due.on, today)
    return [moved, say("digest_work", "deadline", kind=due.kind, on=due.on, days=days)]


def _ways(say: Say, item: Item) -> list[Element]:
    if item.task:
        return list_task_ways(say, item.task)
    if item.alert:
        return list_alert_ways(say, item.alert, item.group)
    ref = str(item.row.id)
    entries = [(word(say, name), name, ref) for name in ("card", "why")]
    return [button(word(say, "touch"), "touch", ref), overflow(entries)]
