"""A card goes into a channel only when somebody says so, and never where outsiders read."""

from bot.ask import Ask
from bot.commands.lookup import pressed_account
from bot.commands.sharing import find_channel_here, share_into_channel
from bot.core.say import Say
from bot.registry import CS_TEAM, button, form
from bot.services.explain import find_explanation
from bot.services.score_changes import find_changes
from bot.store.card_work import read_card_work
from bot.store.cards import get_card, get_standing
from bot.views.account_card import build_card
from bot.views.reply import Message, OpenForm, Reply
from bot.views.share_form import CARD, build_share_form


@button(CARD, roles=CS_TEAM, opens_form=True)
def open_share(ask: Ask) -> Reply:
    """The form that asks where to; it starts on the channel the button was pressed in."""
    account_id = pressed_account(ask)
    with ask.reading() as unit:
        name, _ = get_standing(unit, account_id, ask.today)
    return OpenForm(build_share_form(ask.say, CARD, account_id, name, find_channel_here(ask)))


@form(CARD, roles=CS_TEAM)
def share(ask: Ask) -> Reply:
    """Put the card as it is now into the channel."""
    account_id = int(ask.carried["shared"])
    return share_into_channel(ask, CARD, account_id, lambda say: _build(ask, account_id, say))


def _build(ask: Ask, account_id: int, say: Say) -> tuple[str, Message]:
    with ask.reading() as unit:
        facts = get_card(unit, account_id, ask.today)
        work = read_card_work(unit, account_id, ask.today)
        explanation = find_explanation(unit, account_id, ask.today, say.locale)
        changes = find_changes(unit, account_id, ask.today, facts.touched_on, say.locale)
    card = build_card(say, facts, explanation, ask.today, work, changes, is_shared=True)
    return facts.name, card
