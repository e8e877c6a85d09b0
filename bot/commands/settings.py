"""A person's own settings: a form, opened from App Home or by its word."""

from dataclasses import replace
from datetime import time

from bot.ask import Ask
from bot.commands.app_home import show_home
from bot.core.focus import Focus
from bot.core.settings import Settings
from bot.core.vocabulary import Locale, Role
from bot.registry import button, command, form
from bot.services.focus import choose_focus
from bot.services.settings import judge_channel, read_settings, save_settings
from bot.store.focus import read_focus
from bot.texts import Texts
from bot.views.blocks import section
from bot.views.reply import FormErrors, OpenForm, Reply, UpdateHome
from bot.views.settings_form import (
    CHANNEL,
    CLOSES,
    FOCUS,
    FORM,
    LANGUAGE,
    OPENS,
    TIME,
    WORKDAYS,
    build_settings_form,
)
from bot.views.surfaces import message

_SETS_FOCUS = (Role.OPS, Role.MANAGER)


@command("settings", roles=(), opens_form=True)
def settings_by_word(ask: Ask) -> Reply:
    """The form with everything as it is."""
    return _open(ask)


@button("settings", roles=(), opens_form=True)
def settings_by_button(ask: Ask) -> Reply:
    """The form with everything as it is."""
    return _open(ask)


@form(FORM, roles=())
def keep_settings(ask: Ask) -> Reply:
    """Save, and publish the home anew in the language chosen."""
    wanted = _read(ask)
    errors = _judge(ask, wanted)
    public = ""
    if wanted.digest_channel and not errors:
        facts = ask.ports.directory.get_channel(wanted.digest_channel, fresh=True)
        problem = judge_channel(facts)
        errors = {CHANNEL: ask.say("channel", problem)} if problem else {}
        public = facts.name if facts.kind == "public" else ""
    if errors:
        return FormErrors(errors)
    with ask.writing() as unit:
        save_settings(unit, ask.person.member_id, wanted)
        is_other = wanted.focus is not None and choose_focus(
            unit, wanted.focus, str(ask.person.member_id)
        )
    person = replace(ask.person, locale=wanted.locale)
    anew = replace(ask, person=person, say=Texts().speak(wanted.locale))
    told = anew.say("home", "saved", public=public)
    if is_other:
        told += anew.say("focus", f"chosen_{wanted.focus}")
    return UpdateHome(show_home(anew), message(told, [section(told)]))


def _open(ask: Ask) -> Reply:
    with ask.reading() as unit:
        settings = read_settings(unit, ask.person.member_id, ask.say.locale)
        focus = read_focus(unit) if ask.person.has(*_SETS_FOCUS) else None
    return OpenForm(build_settings_form(ask.say, replace(settings, focus=focus)))


def _read(ask: Ask) -> Settings:
    said = ask.fields
    return Settings(
        locale=Locale(said[LANGUAGE].value or ask.say.locale),
        opens=time.fromisoformat(said[OPENS].value or "09:00"),
        closes=time.fromisoformat(said[CLOSES].value or "18:00"),
        workdays=[int(day) for day in said[WORKDAYS].values],
        digest_time=time.fromisoformat(said[TIME].value or "08:30"),
        digest_channel=said[CHANNEL].value or None,
        focus=_read_focus(ask),
    )


def _read_focus(ask: Ask) -> Focus | None:
    """What was chosen; nothing from somebody who may not choose it."""
    said = ask.fields.get(FOCUS)
    if said is None or not said.value or not ask.person.has(*_SETS_FOCUS):
        return None
    return Focus(said.value)


def _judge(ask: Ask, wanted: Settings) -> dict[str, str]:
    errors = {}
    if wanted.opens >= wanted.closes:
        errors[CLOSES] = ask.say("home", "hours_wrong")
    if not wanted.workdays:
        errors[WORKDAYS] = ask.say("home", "workdays_needed")
    return errors
