"""Plain text to the bot: a command's word, else an account's name, else one helpful line."""

from dataclasses import replace

from bot.ask import Ask
from bot.commands.health import show_card
from bot.commands.lookup import get_account_id
from bot.core.refusal import NotAllowed, UnknownAccount
from bot.core.typed import split_word
from bot.registry import Deed, event, whole
from bot.store.accounts import get_names
from bot.views.help import build_lost, words_of
from bot.views.notices import build_form_offer
from bot.views.reply import Private, Reply


@event("message", roles=())
def hear(ask: Ask) -> Reply:
    """Answer what was said; words are tried before names, so that no account hides a command."""
    word, rest = split_word(ask.text)
    deed = _find_command(ask, word)
    if deed is not None and (not rest or deed.key == word or _is_meant(ask, deed)):
        return _run(deed, replace(ask, text=rest))
    return _show_account(ask)


def _is_meant(ask: Ask, deed: Deed) -> bool:
    """「声 アクメ」: another word for a command and what follows, unless a customer is so named."""
    if not ask.say(f"command_{deed.key}", "usage"):
        return False
    with ask.reading() as unit:
        return not get_names(unit).find(ask.text.strip())


def _find_command(ask: Ask, word: str) -> Deed | None:
    for deed in whole().commands():
        if word in (deed.key, *words_of(ask.say, deed.key)):
            return deed
    return None


def _run(deed: Deed, ask: Ask) -> Reply:
    if deed.roles and not ask.person.roles & deed.roles:
        raise NotAllowed
    if deed.opens_for(ask.text):
        # Only what is pressed or typed after a slash can open a form.
        return Private(build_form_offer(ask.say, deed.key, ask.text))
    return deed.run(ask)


def _show_account(ask: Ask) -> Reply:
    said = ask.text.strip()
    if not ask.person.roles:
        raise NotAllowed
    try:
        with ask.reading() as unit:
            account_id = get_account_id(unit, said)
    except UnknownAccount as unknown:
        if unknown.params["near"]:
            raise
        return Private(build_lost(ask.say, said))
    return show_card(ask, account_id)
