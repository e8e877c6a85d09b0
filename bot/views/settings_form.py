"""The form for a person's own settings, and their summary in App Home."""

from datetime import time

from bot.core.focus import Focus
from bot.core.say import Say
from bot.core.settings import Settings
from bot.views.blocks import Element
from bot.views.elements import channel_select, select, ticks, time_picker
from bot.views.language import language_choices
from bot.views.reply import Block, View
from bot.views.surfaces import form, question
from bot.views.words import word

FORM = "settings"
LANGUAGE, OPENS, CLOSES, WORKDAYS, TIME, CHANNEL, FOCUS = (
    "language",
    "opens",
    "closes",
    "workdays",
    "digest_time",
    "channel",
    "focus",
)


def build_settings_form(say: Say, settings: Settings) -> View:
    """All settings as they are; an empty channel is the own direct message."""
    days = [(say("jobs", f"weekday_{day}"), str(day)) for day in range(7)]
    chosen = [str(day) for day in settings.workdays]
    label = word(say, "choose_language")
    language = select(language_choices(say), LANGUAGE, label, settings.locale.value)
    channel = channel_select(CHANNEL, say("channel", "choose"), settings.digest_channel)
    return form(
        FORM,
        title=say("home", "form_title"),
        submit=word(say, "save"),
        close=word(say, "cancel"),
        blocks=[
            question(LANGUAGE, say("home", "label_language"), language),
            question(TIME, say("home", "label_time"), _clock(say, TIME, settings.digest_time)),
            question(
                CHANNEL,
                say("home", "label_channel"),
                channel,
                hint=say("home", "hint_channel"),
                optional=True,
            ),
            question(OPENS, say("home", "label_opens"), _clock(say, OPENS, settings.opens)),
            question(CLOSES, say("home", "label_closes"), _clock(say, CLOSES, settings.closes)),
            question(
                WORKDAYS,
                say("home", "label_workdays"),
                ticks(days, WORKDAYS, chosen),
                hint=say("home", "hint_workdays", country=settings.country),
            ),
            *_focus(say, settings),
        ],
    )


def _focus(say: Say, settings: Settings) -> list[Block]:
    """The company's focus, for whoever may set it."""
    if settings.focus is None:
        return []
    choices = [(say("focus", f"name_{each}"), each.value) for each in Focus]
    chosen = select(choices, FOCUS, say("focus", "choose"), settings.focus.value)
    return [question(FOCUS, say("focus", "label"), chosen, hint=say("focus", "hint"))]


def render_settings(say: Say, settings: Settings, zone: str) -> str:
    """The settings in three lines."""
    days = [say("jobs", f"weekday_short_{day}") for day in sorted(settings.workdays)]
    return say(
        "home",
        "summary",
        language=say("language", f"name_{settings.locale}"),
        opens=f"{settings.opens:%H:%M}",
        closes=f"{settings.closes:%H:%M}",
        workdays=days,
        zone=zone,
        country=settings.country if settings.is_abroad else "",
        digest_time=f"{settings.digest_time:%H:%M}",
        channel=settings.digest_channel,
    )


def _clock(say: Say, name: str, at: time) -> Element:
    return time_picker(name, f"{at:%H:%M}", say("home", "choose_time"))
