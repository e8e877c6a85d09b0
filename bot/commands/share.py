"""A card goes into a channel only when somebody says so, and never where outsiders read."""

from bot.ask import Ask
from bot.commands.lookup import pressed_account
from bot.core.refusal import AlreadyDone
from bot.registry import CS_TEAM, button, form
from bot.services.explain import find_explanation
from bot.services.settings import judge_channel
from bot.store import outbox
from bot.store.card_work import read_card_work
from bot.store.cards import get_card, get_standing
from bot.views.account_card import build_card
from bot.views.reply import CloseForm, FormErrors, OpenForm, Reply
from bot.views.share_form import CHANNEL, FORM, build_share_form, build_shared, with_sharer


@button("share", roles=CS_TEAM, opens_form=True)
def open_share(ask: Ask) -> Reply:
    """The form that asks where to; it starts on the channel the button was pressed in."""
    account_id = pressed_account(ask)
    with ask.reading() as unit:
        name, _ = get_standing(unit, account_id, ask.today)
    here = None if ask.where.is_direct or ask.where.is_shared_outside else ask.where.channel
    return OpenForm(build_share_form(ask.say, account_id, name, here))


@form(FORM, roles=CS_TEAM)
def share(ask: Ask) -> Reply:
    """Put the card into the outbox, in the workspace's language; once per person, day, channel."""
    channel = ask.fields[CHANNEL].value
    if not channel:
        return FormErrors({CHANNEL: ask.say("channel", "needed")})
    facts = ask.ports.directory.get_channel(channel, fresh=True)
    if problem := judge_channel(facts):
        return FormErrors({CHANNEL: ask.say("channel", problem)})
    name = _post(ask, int(ask.carried["account"]), channel)
    is_public = facts.kind == "public"
    return CloseForm(build_shared(ask.say, name, facts.name, is_public=is_public))


def _post(ask: Ask, account_id: int, channel: str) -> str:
    voice = ask.ports.workspace_voice
    with ask.reading() as unit:
        facts = get_card(unit, account_id, ask.today)
        work = read_card_work(unit, account_id, ask.today)
        explanation = find_explanation(unit, account_id, ask.today, voice.locale)
    card = with_sharer(
        voice, build_card(voice, facts, explanation, ask.today, work), ask.person.slack_user
    )
    key = f"share:{account_id}:{channel}:{ask.today.isoformat()}:{ask.person.member_id}"
    with ask.writing() as unit:
        put = outbox.put(unit, key=key, audience=channel, text=card.text, blocks=card.blocks)
    if put is None:
        raise AlreadyDone
    return facts.name
