"""A CSM's pulse: on the card, in its form, in a digest's line. Never called a score."""

from collections.abc import Sequence
from datetime import date

from bot.core.account_card import BookRow
from bot.core.pulse import LONGEST_WORDS, Pulse, PulseWeek
from bot.core.pulse_news import PulseNews
from bot.core.say import Say
from bot.core.vocabulary import Feeling, PulseReason
from bot.views.blocks import actions, context, section
from bot.views.elements import Choice, button, many_select, radio, text_input
from bot.views.limits import shorten
from bot.views.reply import Block, Message, View
from bot.views.surfaces import form, message, question
from bot.views.words import named, option, word

FORM, ROUND, NOW, BACK = "pulse", "pulse_round", "pulse_now", "pulse_back"
FEELING, REASONS, WORDS, ACCOUNT, ACCOUNTS = "feeling", "reasons", "words", "account", "accounts"
_NAME, _FACT, _SHOWN = 80, 180, 5


def build_pulse(
    say: Say, account_id: int, pulse: Pulse | None, today: date, *, has_taps: bool
) -> list[Block]:
    """The card's line; three taps where there is none that still counts, else a way to its form."""
    told = _line(say, pulse, today)
    if has_taps and (pulse is None or pulse.is_stale(today)):
        return [section(told), *actions(_taps(say, account_id))]
    way = say("pulse", "renew" if pulse else "give")
    return [section(told, button(way, FORM, str(account_id)))]


def build_pulse_form(
    say: Say,
    account_id: int,
    name: str,
    past: Sequence[Pulse],
    today: date,
    chosen: Pulse | None,
) -> View:
    """Feeling, reasons and words of one's own; filled in with today's, which it corrects."""
    reasons = [(option(say, "pulse_reason", each), each.value) for each in PulseReason]
    picked = [each.value for each in chosen.reasons] if chosen else []
    started = chosen.feeling.value if chosen else None
    hint = say("pulse", "hint_words")
    why = many_select(reasons, REASONS, say("pulse", "placeholder_reasons"), picked)
    words = text_input(WORDS, value=chosen.words if chosen else "", most=LONGEST_WORDS)
    return form(
        FORM,
        title=say("pulse", "form_title"),
        submit=word(say, "save"),
        close=word(say, "cancel"),
        carried={ACCOUNT: str(account_id)},
        blocks=[
            section(say("pulse", "form_about", name=shorten(name, _NAME))),
            question(FEELING, say("pulse", "label_feeling"), _radio(say, FEELING, started)),
            question(REASONS, say("pulse", "label_reasons"), why, optional=True),
            question(WORDS, say("pulse", "label_words"), words, hint=hint, optional=True),
            *_history(say, past, today),
        ],
    )


def build_round_form(say: Say, rows: Sequence[BookRow]) -> View:
    """A few accounts at once; who is left open is left as they are."""
    return form(
        ROUND,
        title=say("pulse", "form_title"),
        submit=word(say, "save"),
        close=word(say, "cancel"),
        carried={ACCOUNTS: ",".join(str(row.id) for row in rows)},
        blocks=[
            section(say("pulse", "round_about" if rows else "round_done")),
            *(
                question(
                    f"{FEELING}_{row.id}",
                    shorten(row.name, _NAME),
                    _radio(say, FEELING),
                    optional=True,
                )
                for row in rows
            ),
        ],
    )


def build_recorded(say: Say, name: str, pulse: Pulse) -> Message:
    """What was recorded, and that no score moves; reasons can be added, and all taken back."""
    told = say("pulse", "recorded", name=shorten(name, _NAME), **_about(say, pulse))
    add = button(say("pulse", "add_reasons"), FORM, str(pulse.account_id))
    back = button(say("pulse", "back"), BACK, f"{pulse.account_id}:{pulse.id}")
    return message(told, [section(told), *actions([add, back])])


def build_round_recorded(say: Say, count: int) -> Message:
    """How many were recorded."""
    told = say("pulse", "round_recorded", count=count)
    return message(told, [section(told)])


def build_taken_back(say: Say, name: str, before: Pulse | None, today: date) -> Message:
    """It is gone; the one before, if any, counts again."""
    told = say("pulse", "taken_back", name=shorten(name, _NAME))
    return message(told, [section(told), context(_line(say, before, today))])


def build_news(say: Say, news: PulseNews, today: date) -> list[Block]:
    """A digest's lines: worries behind a green score, and who to ask about, with one button."""
    blocks: list[Block] = []
    if news.worried:
        worried = [_worry(say, row, pulse, today) for row, pulse in news.worried[:_SHOWN]]
        more = len(news.worried) - len(worried)
        told = say("pulse", "worried", count=len(news.worried), rows=worried, more=more)
        blocks.append(section(told))
    if news.asked:
        names = [shorten(row.name, _NAME) for row in news.asked]
        told = say("pulse", "asked", count=news.wanting, names=names)
        ids = ",".join(str(row.id) for row in news.asked)
        blocks.append(section(told, button(say("pulse", "ask"), ROUND, ids)))
    return blocks


def render_pulse_week(say: Say, week: PulseWeek) -> str:
    """A week's counts; "" where nobody said anything."""
    if not week.count:
        return ""
    feelings = {each.value: week.feelings.get(each, 0) for each in Feeling}
    named_most = [(named(say, "pulse_reason", each), count) for each, count in week.most_named]
    return say("pulse", "week", count=week.count, reasons=named_most, **feelings)


def _line(say: Say, pulse: Pulse | None, today: date) -> str:
    if pulse is None:
        return say("pulse", "none")
    is_stale = pulse.is_stale(today)
    return say(
        "pulse",
        "line",
        is_stale=is_stale,
        age_days=pulse.age_days(today),
        today=today,
        **_about(say, pulse),
    )


def _about(say: Say, pulse: Pulse) -> dict[str, object]:
    return {
        "feeling": named(say, "feeling", pulse.feeling),
        "reasons": [named(say, "pulse_reason", each) for each in pulse.reasons],
        "words": shorten(pulse.words, _FACT),
        "felt_on": pulse.felt_on,
        "by": shorten(pulse.by, _NAME),
    }


def _worry(say: Say, row: BookRow, pulse: Pulse, today: date) -> dict[str, object]:
    return {"name": shorten(row.name, _NAME), "score": row.standing.shown, **_about(say, pulse)}


def _history(say: Say, past: Sequence[Pulse], today: date) -> list[Block]:
    if not past:
        return []
    lines = [_line(say, each, today) for each in past]
    return [context("\n".join([say("pulse", "history"), *lines]))]


def _taps(say: Say, account_id: int) -> list[dict[str, object]]:
    return [
        button(option(say, "feeling", each), NOW, f"{account_id}:{each}", number=number)
        for number, each in enumerate(Feeling, start=1)
    ]


def _radio(say: Say, name: str, chosen: str | None = None) -> dict[str, object]:
    feelings: list[Choice] = [(option(say, "feeling", each), each.value) for each in Feeling]
    return radio(feelings, name, chosen)
