"""Why a score is what it is: every measure in points, what was left out, and the rows behind."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import floor

from bot.core.explanation import Evidence, Explanation, Reason
from bot.core.say import Say
from bot.core.score_change import Comparison
from bot.core.standing import Standing
from bot.core.usage_summary import UsageSummary
from bot.views.blocks import actions, context, section
from bot.views.elements import button, select
from bot.views.limits import shorten
from bot.views.reply import Block, Message
from bot.views.score_changes import render_changes
from bot.views.surfaces import fit, message
from bot.views.usage_summary import render_usage
from bot.views.words import band_word, word

ROWS = "why_rows"
_NAME, _QUOTE = 80, 160


@dataclass(frozen=True)
class WhyPage:
    """One account's score with everything behind it."""

    account_id: int
    name: str
    standing: Standing
    explanation: Explanation | None
    evidence: Sequence[Evidence]
    today: date
    changes: Sequence[Comparison] = ()
    usage: UsageSummary | None = None


def build_why(say: Say, page: WhyPage) -> Message:
    """The whole account of a score; without one, what is on file and when one comes."""
    name = shorten(page.name, _NAME)
    lead = say("why", "lead", band=band_word(say, page.standing.band), name=name)
    blocks = fit(
        [section(lead), section(_sum(say, page))],
        [[section(text)] for text in _paragraphs(say, page)],
        [*_as_of(say, page), *_buttons(say, page)],
        lambda left: [context(say("words", "and_more", count=left))],
    )
    return message(say("why", "fallback", name=name), blocks)


def render_value(say: Say, reason: Reason) -> str:
    """A measure's value as people read it; "" when none is known."""
    if reason.value is None:
        return ""
    return say("why", f"value_{reason.unit}", value=reason.value)


def _sum(say: Say, page: WhyPage) -> str:
    told = page.explanation
    if told is None:
        return say("why", "nothing")
    asked, score = len(told.reasons), page.standing.shown
    if score is None:
        return say("why", "unscored", used=told.used, asked=asked)
    if told.ceiling:
        score = floor(told.neutral + sum(each.points or 0.0 for each in told.reasons))
    lines = [
        say(
            "why",
            "sum",
            is_capped=told.ceiling is not None,
            score=score,
            neutral=told.neutral,
            total=score - told.neutral,
            used=told.used,
            asked=asked,
        )
    ]
    if told.ceiling:
        lines.append(say("why", "ceiling", label=told.ceiling.label, at_most=told.ceiling.at_most))
    return "\n".join(lines)


def _paragraphs(say: Say, page: WhyPage) -> list[str]:
    made: list[str] = []
    if page.explanation:
        told = page.explanation
        made += render_changes(say, page.changes, page.today)
        made += _group(say, "downs", told.downs(None))
        made += _group(say, "ups", told.ups(None))
        made += _group(say, "evens", told.evens())
        left_out = [render_left_out(say, each, page.today) for each in told.left_out()]
        left_out += [say("why", "out_unasked", labels=told.unasked)] if told.unasked else []
        made += [_lines(say("why", "left_out"), left_out)] if left_out else []
    made += [render_usage(say, page.usage)] if page.usage else []
    rows = [render_row(say, each, page.today) for each in page.evidence]
    return made + ([_lines(say("why", "rows"), rows)] if rows else [])


def _group(say: Say, name: str, reasons: Sequence[Reason]) -> list[str]:
    if not reasons:
        return []
    return [_lines(say("why", name), [render_reason(say, each) for each in reasons])]


def _lines(title: str, lines: Iterable[str]) -> str:
    return "\n".join([title, *lines])


def render_reason(say: Say, reason: Reason) -> str:
    """A measure in points, with its value, meaning and sources."""
    sources = [say("why", f"source_{each}") for each in reason.sources]
    return say(
        "why",
        "reason",
        reason_points=reason.points,
        label=reason.label,
        value=render_value(say, reason),
        meaning=reason.meaning,
        sources=sources,
    )


def render_left_out(say: Say, reason: Reason, today: date) -> str:
    """A measure that does not count, and why."""
    return say(
        "why",
        f"out_{reason.state}",
        label=reason.label,
        value=render_value(say, reason),
        last_on=reason.last_on,
        valid_days=reason.valid_days,
        is_of_usage=reason.is_of_usage,
        is_waited_for=reason.is_waited_for,
        today=today,
    )


def render_row(say: Say, row: Evidence, today: date) -> str:
    """A row behind a measure; one that is too old says so."""
    told = say(
        "why",
        f"row_{row.kind}",
        on=row.on,
        who=shorten(row.who, 40),
        text=shorten(row.text, _QUOTE),
        figure=row.figure,
        until_on=row.until_on,
        permalink=row.permalink,
        today=today,
    )
    if row.valid_days is None:
        return told
    return f"{told} {say('why', 'row_too_old', valid_days=row.valid_days)}"


def _as_of(say: Say, page: WhyPage) -> list[Block]:
    standing = page.standing
    told = say("card", "as_of", data_on=standing.data_on, version=standing.model_version)
    slow = page.explanation.slow if page.explanation else ()
    return [*([context(_slow(say, slow, page.today))] if slow else []), context(told)]


def _slow(say: Say, slow: Sequence[date], today: date) -> str:
    of = {"first_on": slow[0], "last_on": slow[-1], "count": len(slow)}
    return say("why", "slow", today=today, **of)


def _buttons(say: Say, page: WhyPage) -> list[Block]:
    ref = str(page.account_id)
    reasons = page.explanation.reasons if page.explanation else ()
    measures = [(each.label, f"{ref}:{each.measure}") for each in reasons if each.measure]
    rows = [select(measures, ROWS, say("why", "choose_rows"))] if measures else []
    card = button(word(say, "card"), "card", ref)
    return actions([*rows, card, button(word(say, "score"), "score", ref)])
