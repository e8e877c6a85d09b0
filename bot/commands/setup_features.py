"""The step of the key features: one to five of the metrics, and scores computed with them."""

from bot.ask import Ask
from bot.commands.setup import go_on
from bot.core.hours import local_day
from bot.core.setup import Step
from bot.registry import OPS, form
from bot.services.setup.features import choose_features
from bot.views.reply import Reply
from bot.views.setup import form_of
from bot.views.setup_steps import FEATURES


@form(form_of(Step.FEATURES), roles=OPS)
def keep_features(ask: Ask) -> Reply:
    """Keep the choice; without any usage there is nothing to choose."""
    if FEATURES not in ask.fields:
        return go_on(ask, Step.FEATURES)
    with ask.writing() as unit:
        is_new = choose_features(unit, ask.fields[FEATURES].values, ask.person.slack_user)
        on = local_day(unit.at, unit.workspace.zone)
    if not is_new:
        return go_on(ask, Step.FEATURES)
    ask.ports.heavy.start("recompute", workspace_id=ask.workspace_id, run_on=on.isoformat())
    return go_on(ask, Step.FEATURES, ask.say("setup", "features_kept"))
