"""Sentences of `insight` in the reader's language, as a terminal shows them."""

import html
import math

from bot.insight.column import Kind
from bot.insight.examine import Examined
from bot.insight.judging import Judged
from bot.insight.measure import Figures
from bot.insight.validity import Refused
from bot.texts import Voice


def speak(voice: Voice, block: str, **context: object) -> str:
    """A block of templates/insight; its signs as they are, for texts are escaped for Slack."""
    return html.unescape(voice("insight", block, **context))


def direction(figures: Figures) -> str:
    """`higher` where high values go with the outcome, `lower`, or `levels` for a category."""
    if figures.column.kind is Kind.CATEGORY:
        return "levels"
    return "higher" if figures.area.lean > 0 else "lower"


def why(judged: Judged, found: Examined, voice: Voice) -> str:
    """Why the verdict is so and what to do."""
    figures = judged.figures
    last = judged.held[-1] if judged.held else None
    later = found.validity.later.get(figures.name)
    return speak(
        voice,
        f"why_{judged.why}",
        **judged.params,
        name=figures.name,
        outcome=found.asked.outcome,
        auc=figure(max(figures.area.auc, 1 - figures.area.auc)),
        p=chance(judged.corrected),
        tested=found.validity.tested,
        events=figures.area.events,
        others=figures.area.others,
        towards=told_direction(figures, voice),
        with_measure=judged.with_measure,
        against=", ".join(last.against) if last else "",
        left=last.left if last else None,
        held=figure(0.5 + abs(last.area.lean)) if last else "",
        later=figure(later.auc) if later else "",
        all_held=len(judged.held),
    )


def why_refused(refused: Refused, voice: Voice) -> str:
    """Why the column was refused and what to do."""
    return speak(voice, f"why_{refused.unfit.why}", name=refused.name, **refused.unfit.params)


def told_direction(figures: Figures, voice: Voice) -> str:
    """Which values go with the outcome: high, low, one of two words, or the level it is most in."""
    if figures.levels:
        most = figures.levels[0]
        return speak(voice, "most_in", level=most.name, share=most.share.share)
    return speak(voice, direction(figures))


def figure(value: float, digits: int = 3) -> str:
    """A number with fixed digits; a dash for what cannot be told."""
    return f"{value:.{digits}f}" if math.isfinite(value) else "–"


def chance(p: float) -> str:
    """A p-value, not below what is worth telling."""
    if math.isnan(p):
        return "–"
    return "<0.0001" if p < 0.0001 else f"{p:.4f}"
