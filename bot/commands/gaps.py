"""`/sakidori gaps`: whether collecting data or acting on it is what holds things up."""

from bot.ask import Ask
from bot.core.checklist import build_checklist
from bot.registry import LEADERS, command
from bot.services.gaps import read_course, read_gaps
from bot.views.gaps import build_gaps
from bot.views.reply import Private, Reply


@command("gaps", roles=LEADERS)
def gaps(ask: Ask) -> Reply:
    """One sentence, then the figures it rests on and what can be done about them."""
    with ask.reading() as unit:
        found = read_gaps(unit, ask.today, ask.say.locale)
        checklist = build_checklist(found, read_course(unit, ask.today))
    return Private(build_gaps(ask.say, found, checklist, ask.person.roles))
