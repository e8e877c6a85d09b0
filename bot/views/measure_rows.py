"""The rows behind one number of the explanation."""

from collections.abc import Sequence
from datetime import date

from bot.core.explanation import USED, Evidence, Reason
from bot.core.say import Say
from bot.views.blocks import actions, context, section
from bot.views.elements import button
from bot.views.limits import shorten
from bot.views.reply import Message
from bot.views.surfaces import fit, message
from bot.views.why import render_left_out, render_reason, render_row
from bot.views.words import word

_NAME = 80


def build_measure_rows(
    say: Say, account_id: int, name: str, reason: Reason, rows: Sequence[Evidence], today: date
) -> Message:
    """The measure as it counted, or why not; then its rows, or that there are none."""
    is_used = reason.state == USED
    told = render_reason(say, reason) if is_used else render_left_out(say, reason, today)
    lines = [[section(render_row(say, each, today))] for each in rows]
    head = say("why", "rows_lead", name=shorten(name, _NAME), label=reason.label)
    blocks = fit(
        [section(head), section(told)],
        lines or [[section(say("why", "no_rows"))]],
        actions([button(word(say, "why"), "why", str(account_id))]),
        lambda left: [context(say("words", "and_more", count=left))],
    )
    return message(head, blocks)
