"""What the steps of the setup show and ask: data, owners, channels, key features."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.core.say import Say
from bot.core.setup import Gap, Holding, MetricUse, OwnerGap, Place
from bot.views.blocks import Element, actions, context, fields, section
from bot.views.elements import button, channel_select, many_select, person_select, ticks
from bot.views.limits import shorten
from bot.views.reply import Block
from bot.views.roles import groups_button
from bot.views.surfaces import question
from bot.views.words import named

# Each choice is asked of Slack while the person waits.
PAGE = 8
FEATURES = "features"
JOIN = "join"
_NAME = 60
_OLD = timedelta(days=7)
_WANTED = ("contracts", "usage_daily", "nps", "tickets", "invoices", "touches", "voc")


def build_data(
    say: Say, holdings: Sequence[Holding], channel: str | None, today: date
) -> list[Block]:
    """What is there, what is missing, and how a file is brought."""
    there = [each for each in holdings if each.count]
    # The people are known from Slack; they are no data yet.
    if all(each.kind == "members" for each in there):
        return [section(say("setup", "data_none")), section(_how(say, channel)), *_look_again(say)]
    facts = [_holding(say, each, today) for each in there]
    held = {each.kind for each in there}
    missing = [named(say, "fact", kind) for kind in _WANTED if kind not in held]
    old = [each for each in there if _is_old(each, today)]
    gaps = say("setup", "data_gaps", missing=missing, old=[named(say, "fact", e.kind) for e in old])
    return [
        section(say("setup", "data_lead")),
        *fields(facts),
        *([section(gaps)] if gaps else []),
        section(_how(say, channel)),
        *_look_again(say),
    ]


def _look_again(say: Say) -> list[Block]:
    return actions([button(say("setup", "look_again"), "setup_step", "data", number=9)])


def _how(say: Say, channel: str | None) -> str:
    return say("setup", "data_how", channel=channel)


def _holding(say: Say, held: Holding, today: date) -> str:
    kind = named(say, "fact", held.kind)
    return say(
        "setup",
        "holding",
        kind=kind,
        key=held.kind,
        count=held.count,
        on=held.newest_on,
        today=today,
    )


def _is_old(held: Holding, today: date) -> bool:
    """Usage comes every day; of other kinds nothing new may be no news."""
    is_daily = held.kind == "usage_daily" and held.newest_on is not None
    return is_daily and held.newest_on < today - _OLD  # type: ignore[operator]


def build_owners(say: Say, gaps: Sequence[OwnerGap], left: int) -> list[Block]:
    """One question a gap; `left` are those on later pages."""
    roles = actions([groups_button(say)])
    if not gaps:
        return [section(say("setup", "owners_none")), *roles]
    asked = [block for gap in gaps for block in _gap(say, gap)]
    rest = [context(say("setup", "owners_left", count=left))] if left else []
    return [section(say("setup", "owners_lead")), *asked, *rest, *roles]


def _gap(say: Say, gap: OwnerGap) -> list[Block]:
    hint = say("setup", f"gap_{gap.kind}", count=gap.account_count, email=shorten(gap.email, 200))
    return [question(gap.field, _label(say, gap), _answer(say, gap), hint=hint, optional=True)]


def _label(say: Say, gap: OwnerGap) -> str:
    return say("setup", "gap_label", name=shorten(gap.name, _NAME), count=gap.account_count)


def _answer(say: Say, gap: OwnerGap) -> Element:
    if gap.kind is Gap.DOUBLE:
        return ticks([(say("setup", "join"), JOIN)], gap.field)
    return person_select(gap.field, say("setup", "choose_person"))


def build_channels(say: Say, places: Sequence[Place], left: int) -> list[Block]:
    """One channel a person; empty is the own direct message."""
    if not places:
        return [section(say("setup", "channels_none"))]
    asked = [
        question(
            each.field,
            say("setup", "gap_label", name=shorten(each.name, _NAME), count=each.account_count),
            channel_select(each.field, say("channel", "choose"), each.channel),
            optional=True,
        )
        for each in places
    ]
    rest = [context(say("setup", "people_left", count=left))] if left else []
    return [
        section(say("setup", "channels_lead")),
        *asked,
        *rest,
        context(say("setup", "channels_invite")),
    ]


def build_features(say: Say, metrics: Sequence[MetricUse], most: int) -> list[Block]:
    """All metrics with the share of accounts that use each; the key ones are chosen."""
    if not metrics:
        return [section(say("setup", "features_none"))]
    choices = [(_metric(say, each), each.name) for each in metrics]
    chosen = [each.name for each in metrics if each.is_key]
    picker = many_select(choices, FEATURES, say("setup", "choose_features"), chosen, most)
    is_counted = any(each.used_by is not None for each in metrics)
    return [
        section(say("setup", "features_lead", most=most)),
        question(FEATURES, say("setup", "label_features"), picker),
        context(say("setup", "features_share" if is_counted else "features_uncounted")),
    ]


def _metric(say: Say, each: MetricUse) -> str:
    return say(
        "setup",
        "metric",
        name=shorten(each.name, 40),
        share=each.share,
        used=each.used_by,
        all=each.account_count,
    )
