"""What the workspace's own data tell of leaving: the whole, the month's message, the forecast.

Refuses a word of effect or promise: counts, intervals, and what cannot be told.
"""

from collections.abc import Sequence

from bot.core.say import Say
from bot.core.validity import TOO_FEW, Validity
from bot.core.validity_page import Proposed, RisksPage, ValidityPage
from bot.views.blocks import Element, actions, context, section
from bot.views.charts import bars, sparkline
from bot.views.elements import button
from bot.views.limits import CHART_POINTS, shorten
from bot.views.model_words import render_grade
from bot.views.reply import Block, Message
from bot.views.surfaces import fit, message
from bot.views.validity_lines import (
    MOST,
    list_verdicts,
    name_measure,
    render_changed,
    render_chased,
    render_foretold,
)

PAGE, OPEN, NOW = "validity", "validity_open", "validity_now"
RISKS, DRAFT = "validity_risks", "validity_draft"
_BRIEF, _NAME = 4, 60


def build_validity(say: Say, page: ValidityPage) -> Message:
    """Everything of the newest run, with what is proposed and what may be pressed."""
    validity = page.validity
    head = [section(_lead(say, page))]
    if validity.is_told:
        head += _chart(say, page)
    rows = [[section(text)] for text in list_verdicts(say, page, MOST) if text]
    rows += [[section(text)] for text in _rest(say, page)]
    rows += [[_proposal(say, page, each)] for each in page.proposed]
    tail = [context(_note(say, page)), *actions(_ways(say, page))]
    return message(_fallback(say, validity), fit(head, rows, tail, lambda left: [_more(say, left)]))


def build_none(say: Say) -> Message:
    """Before the first run."""
    told = say("validity", "none")
    way = button(say("validity", "now"), NOW, style="primary")
    return message(told, [section(told), *actions([way])])


def build_few(say: Say, found: Validity, *, is_first: bool) -> Message:
    """One line while it cannot be told; how to bring results stands in the first alone."""
    told = render_few(say, found) if is_first else _again(say, found)
    blocks = [section(told)]
    if is_first:
        blocks.append(context(say("validity", "few_first")))
    return message(told, blocks)


def build_month(say: Say, page: ValidityPage) -> Message:
    """The month's message: short, and the whole behind a button."""
    rows = [text for text in list_verdicts(say, page, _BRIEF) if text]
    blocks = [section(_lead(say, page)), *(section(text) for text in rows)]
    blocks += [section(text) for text in _rest(say, page)]
    if page.proposed:
        blocks.append(section(say("validity", "proposed", count=len(page.proposed))))
    blocks += actions([button(say("validity", "open"), OPEN)])
    return message(_fallback(say, page.validity), blocks)


def build_risks(say: Say, page: RisksPage) -> Message:
    """The renewals ahead by account, highest first."""
    lead = say(
        "validity", "risks_lead", run_on=page.run_on, told=render_foretold(say, page.foretold)
    )
    rows = [
        [
            section(
                say(
                    "validity",
                    "risk",
                    name=shorten(each.name, _NAME),
                    renews_on=each.risk.renews_on,
                    share=each.risk.risk,
                )
            )
        ]
        for each in page.rows
    ]
    hidden = page.foretold.renewals - len(rows) if rows else 0
    note = [context(say("validity", "risks_note"))] if rows else []
    more = fit([section(lead)], rows, note, lambda left: [_more(say, left)], hidden=hidden)
    return message(say("validity", "risks_fallback"), more)


def build_line(say: Say, name: str, **context_: object) -> Message:
    """A sentence of its own."""
    told = say("validity", name, **context_)
    return message(told, [section(told)])


def _again(say: Say, found: Validity) -> str:
    return say("validity", "few_again", left=found.left, stayed=found.stayed)


def render_few(say: Say, found: Validity) -> str:
    """That it cannot be told, and how many results are missing until it can."""
    left, stayed = found.missing
    counts = {"left": found.left, "stayed": found.stayed}
    return say("validity", "lead_few", missing_left=left, missing_stayed=stayed, **counts)


def _lead(say: Say, page: ValidityPage) -> str:
    found = page.validity
    if not found.is_told:
        return render_few(say, found)
    return say(
        "validity",
        "lead",
        run_on=found.run_on,
        from_on=found.from_on,
        left=found.left,
        stayed=found.stayed,
        version=found.model_version,
    )


def _chart(say: Say, page: ValidityPage) -> list[Block]:
    """How well each measure separates, from 50 (a coin) to 100; the strongest first."""
    told = [
        each
        for each in page.validity.findings
        if each.auc is not None and each.is_of_model and each.verdict != TOO_FEW
    ]
    shown = sorted(told, key=lambda each: -each.strength)[:CHART_POINTS]
    if len(shown) < 2:
        return []
    # Labels are cut, and Slack takes each only once: the number keeps them apart.
    points = [
        (f"{at} {name_measure(say, page, each.measure)}", round(100 * (0.5 + each.strength), 1))
        for at, each in enumerate(shown, 1)
    ]
    heights = sparkline([2 * each.strength * 100 for each in shown])
    lines = [f"{label} {value:g}" for label, value in points]
    instead = say("validity", "chart_text", bars=heights, lines=lines)
    title, series = say("validity", "chart_title"), say("validity", "chart_series")
    return [bars(title, [(series, points)], say("validity", "chart_axis"), instead)]


def _rest(say: Say, page: ValidityPage) -> Sequence[str]:
    """What changed since the month before, the guard, the forecast."""
    parts = [render_changed(say, page), render_chased(say, page)]
    parts.append(say("validity", "foretold", told=render_foretold(say, page.validity.foretold)))
    return [part for part in parts if part]


def _proposal(say: Say, page: ValidityPage, each: Proposed) -> Block:
    finding = each.finding
    told = say(
        "validity",
        f"proposal_{each.way}",
        name=name_measure(say, page, finding.measure),
        before=render_grade(say, each.before),
        after=render_grade(say, each.after),
        variants=[shorten(name, _NAME) for name in each.variants],
        auc=say.number(finding.auc or 0.0, 2),
        left=finding.left,
        stayed=finding.stayed,
        tested=page.validity.tested,
    )
    if not page.may_draft:
        return section(told)
    value = f"{page.run_id}:{finding.measure}"
    return section(told, button(say("validity", "draft"), DRAFT, value))


def _note(say: Say, page: ValidityPage) -> str:
    found = page.validity
    name = "note" if found.is_told else "note_few"
    return say(
        "validity",
        name,
        tested=found.tested,
        error_rate=say.number(found.error_rate * 100),
        at=page.made_at,
        zone=page.zone,
    )


def _ways(say: Say, page: ValidityPage) -> list[Element]:
    made = [button(say("validity", "now"), NOW)]
    if page.may_see_risks and page.validity.foretold.risks:
        made.append(button(say("validity", "risks"), RISKS))
    return made


def _fallback(say: Say, found: Validity) -> str:
    return say("validity", "fallback", run_on=found.run_on)


def _more(say: Say, left: int) -> Block:
    return context(say("words", "and_more", count=left))
