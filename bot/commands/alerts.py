"""`/sakidori alerts`: the open alerts of the person, of the team for those who lead one."""

from bot.ask import Ask
from bot.registry import CS_TEAM, button, command
from bot.store.episodes import list_open
from bot.store.scopes import get_scope
from bot.views.alert_list import build_alert_list
from bot.views.reply import Private, Reply


@button("alerts", roles=CS_TEAM)
@command("alerts", roles=CS_TEAM)
def alerts(ask: Ask) -> Reply:
    """Most at risk first, privately."""
    with ask.reading() as unit:
        scope = get_scope(unit, ask.person.member_id, ask.person.roles)
        whose = None if scope.kind == "everything" else scope.member_ids
        found = list_open(unit, whose, ask.today)
    return Private(build_alert_list(ask.say, found, scope.kind, ask.today))
