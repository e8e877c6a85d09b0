"""The lead's digest: exceptions only, each with a way to mend it. Nobody is blamed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from bot.core.alert import AlertRow
from bot.core.lead_digest import RED_AT_MOST, LeadDigest, Load, Reactive
from bot.core.outcome import OutcomeRow
from bot.core.say import Say
from bot.core.task import TaskRow
from bot.views.alert_parts import render_headline
from bot.views.blocks import Element, actions, context, section
from bot.views.elements import button, overflow
from bot.views.limits import shorten
from bot.views.reply import Block, Message
from bot.views.surfaces import fit, message
from bot.views.task_rows import NAME, TITLE, facts_of, list_mending_ways
from bot.views.words import named, word
from bot.views.words_gap import build_left

ROWS = 10
Row = tuple[str, list[Block]]


@dataclass(frozen=True)
class LeadPage:
    """A lead's digest for its reader; `run_at` is when health was computed last."""

    found: LeadDigest
    today: date
    zone: str
    run_at: datetime | None = None


def build_lead_digest(say: Say, page: LeadPage) -> Message:
    """Ten exceptions at most, then how many more; none is one line."""
    found = page.found
    counts = {"count": found.count, "team": len(found.team), "accounts": found.accounts}
    if not found.count:
        none = say(
            "lead_digest", "none", today=page.today, run_at=page.run_at, zone=page.zone, **counts
        )
        return message(none, [section(none)])
    head = say("lead_digest", "head", today=page.today, **counts)
    rows = list(_rows(say, page))
    blocks = fit(
        [section(head)],
        _with_titles(say, page, rows[:ROWS]),
        [],
        lambda left: [context(say("words", "and_more", count=left))],
        hidden=max(0, len(rows) - ROWS),
    )
    groups = {name: len(getattr(found, name)) for name in _GROUPS}
    return message(say("lead_digest", "fallback", today=page.today, **counts, **groups), blocks)


def build_no_team(say: Say, lead: str) -> Message:
    """Said once to a lead whom nobody has as theirs: how to set it."""
    told = say("lead_digest", "no_team", lead=lead)
    return message(told, [section(told)])


_GROUPS = ("unclaimed", "overdue", "unplanned", "unanswered", "loads", "reactive")


def _rows(say: Say, page: LeadPage) -> Iterator[Row]:
    found = page.found
    yield from (("unclaimed", _unclaimed(say, each, page.today)) for each in found.unclaimed)
    yield from (("overdue", _overdue(say, each, page.today)) for each in found.overdue)
    yield from (("unplanned", _unplanned(say, each, page.today)) for each in found.unplanned)
    yield from (
        ("unanswered", build_left(say, gap, owner, page.today)) for gap, owner in found.unanswered
    )
    yield from (("loads", _load(say, each)) for each in found.loads)
    yield from (("reactive", _reactive(say, each)) for each in found.reactive)


def _with_titles(say: Say, page: LeadPage, rows: list[Row]) -> list[list[Block]]:
    made: list[list[Block]] = []
    said: set[str] = set()
    for group, row in rows:
        count = len(getattr(page.found, group))
        title = [section(say("lead_digest", f"group_{group}", count=count))]
        made.append([*([] if group in said else title), *row])
        said.add(group)
    return made


def _unclaimed(say: Say, alert: AlertRow, today: date) -> list[Block]:
    told = say(
        "lead_digest", "unclaimed", **_about(say, alert), since_on=alert.opened_on, today=today
    )
    return [section(told), *actions(list_mending_ways(say, alert=alert))]


def _overdue(say: Say, task: TaskRow, today: date) -> list[Block]:
    told = say("lead_digest", "overdue", **facts_of(say, task, today))
    return [section(told), *actions(list_mending_ways(say, task=task))]


def _unplanned(say: Say, made: OutcomeRow, today: date) -> list[Block]:
    told = say(
        "lead_digest",
        "unplanned",
        mark=named(say, "mark", made.row.standing.band),
        name=shorten(made.row.name, NAME),
        what=shorten(made.named(say.locale), TITLE),
        owner=shorten(made.by.name, NAME) if made.by else "",
        arr=made.row.arr,
        closed_on=made.recorded_on,
        today=today,
    )
    return [section(told), *actions(_account_ways(say, made.row.id))]


def _about(say: Say, alert: AlertRow) -> dict[str, object]:
    return {
        "mark": named(say, "mark", alert.row.standing.band),
        "name": shorten(alert.row.name, NAME),
        "what": render_headline(say, alert),
        "owner": shorten(alert.owner.name, NAME) if alert.owner else "",
        "arr": alert.row.arr,
    }


def _account_ways(say: Say, account_id: int) -> list[Element]:
    ref = str(account_id)
    add = button(word(say, "task_add"), "task_add", ref)
    return [add, overflow([(word(say, name), name, ref) for name in ("card", "why")])]


def _load(say: Say, load: Load) -> list[Block]:
    told = say(
        "lead_digest",
        "load",
        name=shorten(load.mate.name, NAME),
        red=load.red,
        most=RED_AT_MOST,
        to=shorten(load.to.name, NAME) if load.to else "",
        moved=len(load.moved),
    )
    if load.to is None:
        return [section(told)]
    return [section(told, button(say("lead_digest", "see"), "load", load_value(load)))]


def load_value(load: Load) -> str:
    """Who gives, who takes, which accounts: what the buttons of a proposal carry."""
    taker = load.to.id if load.to else 0
    return f"{load.mate.id}:{taker}:" + ",".join(str(row.id) for row in load.moved)


def _reactive(say: Say, found: Reactive) -> list[Block]:
    newer, older = found.weeks
    told = say(
        "lead_digest",
        "reactive",
        name=shorten(found.mate.name, NAME),
        newer=newer,
        older=older,
        newer_share=newer.reactive / newer.touches,
        older_share=older.reactive / older.touches,
        cause=shorten(found.cause or "", NAME),
        cause_count=found.cause_count,
    )
    return [section(told)]


def build_load(say: Say, load: Load) -> Message:
    """A proposal in full: which accounts, by which rule, and one press to do it."""
    lead = say(
        "lead_digest",
        "load_lead",
        name=shorten(load.mate.name, NAME),
        to=shorten(load.to.name, NAME) if load.to else "",
        moved=len(load.moved),
    )
    rows = [
        section(
            say(
                "lead_digest",
                "load_row",
                mark=named(say, "mark", row.standing.band),
                name=shorten(row.name, NAME),
                arr=row.arr,
                score=row.standing.shown,
            ),
            overflow([(word(say, name), name, str(row.id)) for name in ("card", "why")]),
        )
        for row in load.moved
    ]
    move = button(
        say("lead_digest", "move", count=len(load.moved)),
        "load_move",
        load_value(load),
        style="primary",
    )
    rule = context(say("lead_digest", "load_rule", most=RED_AT_MOST))
    return message(lead, [section(lead), *rows, rule, *actions([move])])


def build_moved(say: Say, load: Load, handed: int) -> Message:
    """What was handed over, and what went along."""
    told = say(
        "lead_digest",
        "moved",
        name=shorten(load.mate.name, NAME),
        to=shorten(load.to.name, NAME) if load.to else "",
        accounts=[shorten(row.name, NAME) for row in load.moved],
        handed=handed,
    )
    return message(told, [section(told)])
