"""`/health ACCOUNT` shows an account's card, `/health` alone the reader's book."""

from bot.ask import Ask
from bot.commands.lookup import get_account_id, pressed_account
from bot.registry import button, command
from bot.store.cards import get_card
from bot.views.account_card import build_card
from bot.views.reply import Private, Reply


@command("health", slash="/health")
def health(ask: Ask) -> Reply:
    """The card of the account named, or the book where none is."""
    with ask.reading() as unit:
        account_id = get_account_id(unit, ask.text)
    return show_card(ask, account_id)


@button("card")
def card(ask: Ask) -> Reply:
    """The card behind a row."""
    return show_card(ask, pressed_account(ask))


def show_card(ask: Ask, account_id: int) -> Reply:
    """The card, privately."""
    with ask.reading() as unit:
        facts = get_card(unit, account_id, ask.today)
    return Private(build_card(ask.say, facts, None, ask.today))
