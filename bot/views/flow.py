"""How accounts moved between bands: a chart of then and now, and the moves in number and money."""

from collections.abc import Mapping

from bot.core.band_flow import Flow, Share
from bot.core.say import Say
from bot.core.vocabulary import Band
from bot.views.blocks import section
from bot.views.charts import Point, bars
from bot.views.reply import Block
from bot.views.words import named

SHOWN = (Band.RED, Band.YELLOW, Band.GREEN, Band.UNKNOWN)
_MOVES = 4
_MILLION = 10**6


def build_flow(say: Say, flow: Flow) -> list[Block]:
    """Chart, where everybody stands, and who moved; without earlier scores only the standing."""
    if flow.to_on is None:
        return [section(say("weekly", "no_scores"))]
    lines = [_standing(say, flow)]
    if flow.from_on is None:
        return [section("\n".join([*lines, say("weekly", "no_flow")]))]
    return [_chart(say, flow), section("\n".join([*lines, _moves(say, flow)]))]


def _standing(say: Say, flow: Flow) -> str:
    now = flow.standing(now=True)
    shown = {band.value: render_share(say, now[band]) for band in SHOWN}
    if not now[Band.UNKNOWN].count:
        shown[Band.UNKNOWN.value] = ""
    return say("weekly", "standing", total=render_share(say, flow.total), **shown)


def _moves(say: Say, flow: Flow) -> str:
    changed = flow.changed
    told = [
        say(
            "weekly",
            "move",
            before=named(say, "mark", each.before),
            after=named(say, "mark", each.after),
            share=render_share(say, each.share),
        )
        for each in changed[:_MOVES]
    ]
    rest = sum(each.share.count for each in changed[_MOVES:])
    return say(
        "weekly",
        "flow",
        worse=render_share(say, flow.worse),
        better=render_share(say, flow.better),
        has_worse=bool(flow.worse.count),
        has_better=bool(flow.better.count),
        moves=[*told, *([say("weekly", "more_moves", count=rest)] if rest else [])],
    )


def render_share(say: Say, share: Share) -> str:
    """How many, what they pay, and how many of them no amount is known of."""
    arr = share.arr if share.arr else None
    return say("weekly", "share", count=share.count, arr=arr, unpriced=share.unpriced)


def _chart(say: Say, flow: Flow) -> Block:
    """Money by band; where no amount is known at all, accounts by band."""
    assert flow.from_on is not None
    assert flow.to_on is not None
    by_money = bool(flow.total.arr)
    then, now = flow.standing(now=False), flow.standing(now=True)
    days = [say("weekly", "chart_day", on=on) for on in (flow.from_on, flow.to_on)]
    series = [
        (day, _points(say, shares, by_money=by_money))
        for day, shares in zip(days, (then, now), strict=True)
    ]
    axis = (
        say("weekly", "chart_axis_money", currency=flow.currency)
        if by_money
        else say("weekly", "chart_axis_count")
    )
    instead = say(
        "weekly",
        "chart_text",
        from_on=flow.from_on,
        to_on=flow.to_on,
        before=_marked(say, then),
        after=_marked(say, now),
    )
    return bars(say("weekly", "chart_title", by_money=by_money), series, axis, instead)


def _points(say: Say, shares: Mapping[Band, Share], *, by_money: bool) -> list[Point]:
    return [
        (
            say("words", f"bar_{band}"),
            float(round(shares[band].arr.amount / _MILLION, 2)) if by_money else shares[band].count,
        )
        for band in SHOWN
    ]


def _marked(say: Say, shares: Mapping[Band, Share]) -> list[str]:
    return [f"{named(say, 'mark', band)} {render_share(say, shares[band])}" for band in SHOWN]
