"""Pulses and words against use, of whatever texts and sizes a test chooses."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.core.account_card import BookRow
from bot.core.pulse import Pulse, PulseWeek
from bot.core.pulse_news import PulseNews
from bot.core.say import Say
from bot.core.vocabulary import (
    Band,
    Feeling,
    Hypothesis,
    Mismatch,
    MismatchAnswer,
    PulseReason,
)
from bot.core.words_gap import Gap, Said
from bot.views.blocks import section
from bot.views.pulse import (
    build_news,
    build_pulse,
    build_pulse_form,
    build_recorded,
    build_round_form,
    build_round_recorded,
    build_taken_back,
    render_pulse_week,
)
from bot.views.reply import Message, View
from bot.views.words_gap import (
    build_answered,
    build_asked_again,
    build_left,
    build_note,
    build_on_card,
)

TODAY = date(2026, 11, 20)


def build_sample(text: str, back_days: int = 0, feeling: Feeling = Feeling.WORRIED) -> Pulse:
    """A pulse of so many days ago, with every reason there is."""
    felt_on = TODAY - timedelta(days=back_days)
    return Pulse(5, 7, feeling, list(PulseReason), text, felt_on, text, 1)


def build_gap(text: str, row: BookRow, kind: Mismatch = Mismatch.FALLING) -> Gap:
    """Words against use, with one word of each sort."""
    said = [
        Said("voc", TODAY, "positive", "decision_maker", "low", text, text),
        Said("voc", TODAY, ""),
        Said("pulse", TODAY, Feeling.GOOD.value),
        Said("score", TODAY, Band.GREEN.value),
    ]
    gap = Gap(9, row, kind, TODAY, 0.8, -0.22, -0.18, TODAY, TODAY)
    return replace(gap, answered_by=text, said=said)


def list_gap_views(
    say: Say, text: str, rows: Sequence[BookRow]
) -> Iterator[tuple[str, Message | View]]:
    """The note before and after each answer, and the lines of a card and of a lead's digest."""
    for kind in Mismatch:
        gap = build_gap(text, rows[0], kind)
        yield f"gap {kind}", build_note(say, gap, TODAY, TODAY)
        lines = [*build_on_card(say, gap, TODAY), *build_left(say, gap, text, TODAY)]
        yield f"gap {kind} in a line", Message(text[:100], lines)
        for answer in MismatchAnswer:
            cause = Hypothesis.SEASON if answer is MismatchAnswer.KNOWN else None
            over = replace(gap, answer=answer, cause=cause, answered_on=TODAY)
            yield f"gap {kind} {answer}", build_note(say, over, TODAY, None)
            yield f"gap {answer} said", build_answered(say, over)
        yield f"gap {kind} asked again", build_asked_again(say, gap, TODAY)


def list_feeling_views(
    say: Say, text: str, rows: Sequence[BookRow]
) -> Iterator[tuple[str, Message | View]]:
    """The card's lines, the forms, what is said afterwards, and the lines of a digest."""
    fresh, stale = build_sample(text), build_sample(text, 90)
    for name, pulse in (("no", None), ("fresh", fresh), ("stale", stale)):
        for has_taps in (True, False):
            blocks = build_pulse(say, 7, pulse, TODAY, has_taps=has_taps)
            yield f"{name} pulse {has_taps}", Message(text[:100], blocks)
    yield "pulse form", build_pulse_form(say, 7, text, [fresh, stale] * 3, TODAY, fresh)
    yield "first pulse form", build_pulse_form(say, 7, text, [], TODAY, None)
    yield "pulse round", build_round_form(say, rows[:3])
    yield "pulse round done", build_round_form(say, [])
    yield "pulse recorded", build_recorded(say, text, fresh)
    yield "pulses recorded", build_round_recorded(say, len(rows))
    yield "pulse taken back", build_taken_back(say, text, stale, TODAY)
    yield "last pulse taken back", build_taken_back(say, text, None, TODAY)
    news = PulseNews([(row, fresh) for row in rows], rows[:3], len(rows))
    yield "pulses in a digest", Message(say("pulse", "ask"), build_news(say, news, TODAY))
    yield from list_gap_views(say, text, rows)
    week = PulseWeek(dict.fromkeys(Feeling, 3), dict.fromkeys(PulseReason, 2))
    yield "week of pulses", Message(text[:100], [section(render_pulse_week(say, week))])
