"""根拠を見る: every measure of an account's score, and the rows behind it."""

from bot.ask import Ask
from bot.commands.lookup import pressed_account
from bot.registry import button
from bot.services.explain import find_explanation, list_rows
from bot.store.cards import get_standing
from bot.views.reply import Private, Reply
from bot.views.why import WhyPage, build_why


@button("why")
def why(ask: Ask) -> Reply:
    """The whole account of the score, privately."""
    account_id = pressed_account(ask)
    with ask.reading() as unit:
        name, standing = get_standing(unit, account_id, ask.today)
        explanation = find_explanation(unit, account_id, ask.today, ask.say.locale)
        evidence = list_rows(unit, account_id, ask.today, standing.run_on)
    page = WhyPage(account_id, name, standing, explanation, evidence, ask.today)
    return Private(build_why(ask.say, page))
