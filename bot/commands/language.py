"""`/sakidori language [ja|en]`. Open to everybody, members without a role included."""

from bot.ask import Ask
from bot.core.vocabulary import Locale
from bot.registry import button, command
from bot.services.settings import set_language
from bot.texts import Texts
from bot.views.language import build_changed, build_language
from bot.views.reply import Message, Private, Reply


@command("language", roles=())
def language(ask: Ask) -> Reply:
    """Change it where a language is named, else offer both."""
    named = ask.text.strip().lower()
    if named not in set(Locale):
        return Private(build_language(ask.say))
    return Private(_change(ask, Locale(named)))


@button("language", roles=())
def choose_language(ask: Ask) -> Reply:
    """One of the offered languages; the answer comes in it, in the place of the question."""
    return Private(_change(ask, Locale(ask.value)), replaces=True)


def _change(ask: Ask, locale: Locale) -> Message:
    with ask.writing() as unit:
        set_language(unit, ask.person.member_id, locale)
    return build_changed(Texts().speak(locale))
