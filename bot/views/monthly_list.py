"""The monthly list: whom to approach and why, boxes to tick, and what was made of those ticked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from bot.core.monthly_list import LOW_USE, MonthlyList, Pick, Reason, Why, count_by_why
from bot.core.say import Say
from bot.core.vocabulary import Band
from bot.views.blocks import Element, actions, context, section
from bot.views.elements import button, ticks
from bot.views.limits import shorten
from bot.views.reply import Block, Message
from bot.views.surfaces import message
from bot.views.words import named

PAGE = 20
MAKE, TICK, TURN = "monthly_make", "monthly_tick", "monthly_page"
TICKED = "monthly_"
"""How the block_id of a row of boxes begins."""
_BOXES = 10
_NAME, _TITLE, _SHOWN = 44, 60, 10


@dataclass(frozen=True)
class MonthlyPage:
    """A person's list; `page` counts from 0."""

    member_id: int
    name: str
    today: date
    found: MonthlyList
    page: int = 0
    greets: bool = False

    @property
    def shown(self) -> Sequence[Pick]:
        """The picks of the page."""
        return self.found.picks[self.page * PAGE : (self.page + 1) * PAGE]

    @property
    def left(self) -> int:
        """How many come after the page."""
        return max(0, len(self.found.picks) - (self.page + 1) * PAGE)


def build_monthly(say: Say, page: MonthlyPage) -> Message:
    """The page; with nobody to approach it is one line and who is left out."""
    found = page.found
    told = say(
        "monthly",
        "lead" if found.picks else "nobody",
        greets=page.greets,
        name=page.name,
        month=found.month,
        count=len(found.picks),
        total=found.total,
    )
    notes = [context(each) for each in _left_out(say, found)]
    if not found.picks:
        return message(told, [section(told), *notes])
    rule = say("monthly", "rule", first=found.days[0], last=found.days[-1])
    return message(
        told, [section(told), context(rule), *_groups(say, page), *_ways(say, page), *notes]
    )


def build_made(
    say: Say,
    made: Sequence[tuple[str, str, date]],
    already: int,
    busy: int,
) -> Message:
    """What was made (name, title, day), what was not and why, and the way to all tasks."""
    rows = [
        say("monthly", "made_row", name=shorten(name, _NAME), title=shorten(title, _TITLE), on=on)
        for name, title, on in made[:_SHOWN]
    ]
    more = len(made) - len(rows)
    told = say("monthly", "made", count=len(made), already=already, busy=busy)
    listed = [section("\n".join(rows))] if rows else []
    rest = [context(say("words", "and_more", count=more))] if more else []
    way = actions([button(say("monthly", "see_tasks"), "tasks")])
    return message(told, [section(told), *listed, *rest, *way])


def render_title(say: Say, pick: Pick | None, today: date) -> str:
    """A task's title: what to do, and the reason in figures."""
    if pick is None:
        return say("monthly", "title_none")
    reason = pick.reason
    return say("monthly", f"title_{reason.why}", told=render_reason(say, reason, today))


def render_reason(say: Say, reason: Reason, today: date) -> str:
    """The reason with its base."""
    return say("monthly", f"why_{reason.why}", **_values(say, reason, today))


def _groups(say: Say, page: MonthlyPage) -> list[Block]:
    counts = count_by_why(page.found.picks)
    blocks: list[Block] = []
    for why, picks in groupby(page.shown, key=lambda pick: pick.reason.why):
        blocks.append(section(say("monthly", f"group_{why}", count=counts[why])))
        blocks += _boxes(say, page, why, list(picks))
    return blocks


def _boxes(say: Say, page: MonthlyPage, why: Why, picks: Sequence[Pick]) -> list[Block]:
    """Ten boxes to a block, as many as Slack takes."""
    rows = [picks[at : at + _BOXES] for at in range(0, len(picks), _BOXES)]
    return [
        {**block, "block_id": f"{TICKED}{page.page}_{why}_{number}"}
        for number, row in enumerate(rows)
        for block in actions([_tick(say, row, page.today)])
    ]


def _tick(say: Say, picks: Sequence[Pick], today: date) -> Element:
    choices = [(_named(say, pick), str(pick.row.id)) for pick in picks]
    return ticks(choices, TICK, notes=[_why(say, pick, today) for pick in picks])


def _named(say: Say, pick: Pick) -> str:
    row = pick.row
    mark = named(say, "mark", row.standing.band)
    return say("monthly", "row", mark=mark, name=shorten(row.name, _NAME), arr=row.arr)


def _why(say: Say, pick: Pick, today: date) -> str:
    """The strongest reason with its figures, the others in a word each."""
    first, *others = pick.reasons
    short = [say("monthly", f"short_{each.why}", **_values(say, each, today)) for each in others]
    told = render_reason(say, first, today)
    return say("monthly", "reasons", first=told, others=short)


def _values(say: Say, reason: Reason, today: date) -> Mapping[str, object]:
    return {
        "kind": reason.kind,
        "days": reason.days,
        "usual": reason.usual,
        "on": reason.on,
        "share": reason.share,
        "limit": LOW_USE.get(reason.kind, 0.0),
        "name": _what(say, reason),
        "today": today,
    }


def _what(say: Say, reason: Reason) -> str:
    """What is watched as its sign has it, else by name; what is measured."""
    if reason.seen is not None:
        return say(f"signal_{reason.seen.signal}", "headline", **reason.seen.values)
    return reason.name.get(say.locale, "")


def _ways(say: Say, page: MonthlyPage) -> list[Block]:
    make = button(
        say("monthly", "make"), MAKE, f"{page.found.month:%Y-%m}:{page.member_id}", style="primary"
    )
    turn = button(
        say("monthly", "next_page", count=page.left), TURN, f"{page.page + 1}:{page.member_id}"
    )
    return actions([make, turn] if page.left else [make])


def _left_out(say: Say, found: MonthlyList) -> list[str]:
    told = [say("monthly", "busy", count=found.busy)] if found.busy else []
    if found.tech:
        counts = {band.value: found.tech[band] for band in Band}
        told.append(say("monthly", "tech", count=sum(found.tech.values()), **counts))
    return told
