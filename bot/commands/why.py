"""根拠を見る: every measure of a score, what moved it, and the rows behind each number."""

from bot.ask import Ask
from bot.commands.lookup import pressed_account
from bot.core.refusal import BadInput
from bot.registry import button
from bot.services.explain import find_explanation, list_rows
from bot.services.measure_rows import list_measure_rows
from bot.services.score_changes import find_changes
from bot.store.cards import find_last_touch, get_standing
from bot.store.usage_summary import find_usage_summary
from bot.views.measure_rows import build_measure_rows
from bot.views.reply import Private, Reply
from bot.views.why import ROWS, WhyPage, build_why


@button("why")
def why(ask: Ask) -> Reply:
    """The whole account of the score, privately."""
    account_id = pressed_account(ask)
    with ask.reading() as unit:
        name, standing = get_standing(unit, account_id, ask.today)
        explanation = find_explanation(unit, account_id, ask.today, ask.say.locale)
        evidence = list_rows(unit, account_id, ask.today, standing.run_on)
        touch = find_last_touch(unit, account_id, ask.today)
        touched_on = touch.touched_on if touch else None
        changes = find_changes(unit, account_id, ask.today, touched_on, ask.say.locale)
        usage = find_usage_summary(unit, account_id, standing.run_on)
    page = WhyPage(account_id, name, standing, explanation, evidence, ask.today, changes, usage)
    return Private(build_why(ask.say, page))


@button(ROWS)
def why_rows(ask: Ask) -> Reply:
    """The rows behind one number."""
    account_id, measure = pressed_account(ask), ask.value.partition(":")[2]
    with ask.reading() as unit:
        name, standing = get_standing(unit, account_id, ask.today)
        explanation = find_explanation(unit, account_id, ask.today, ask.say.locale)
        reasons = explanation.reasons if explanation else ()
        reason = next((each for each in reasons if each.measure == measure), None)
        if reason is None:
            raise BadInput
        rows = list_measure_rows(unit, account_id, measure, ask.today, standing.run_on)
    return Private(build_measure_rows(ask.say, account_id, name, reason, rows, ask.today))
