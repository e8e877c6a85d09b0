"""Type-ahead over accounts: by fragment, kana, width, with or without the legal form."""

from bot.ask import Ask
from bot.commands.health import show_card
from bot.commands.lookup import pressed_account
from bot.registry import button, options
from bot.store.accounts import get_names, list_names
from bot.views.reply import Options, Reply

FIELD = "account"
_OFFERED = 20


@options(FIELD)
def suggest_accounts(ask: Ask) -> Reply:
    """The accounts whose name holds what was typed; by likeness where none does."""
    with ask.reading() as unit:
        found = get_names(unit).search(ask.value, _OFFERED)
        named = list_names(unit, found)
    return Options([(name, str(account_id)) for account_id, name in named])


@button(FIELD)
def choose_account(ask: Ask) -> Reply:
    """The card of the account chosen from the type-ahead."""
    return show_card(ask, pressed_account(ask))
