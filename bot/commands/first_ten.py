"""[この10社から始める]: tasks for the accounts that the first diagnosis names."""

from bot.ask import Ask
from bot.core.refusal import BadInput
from bot.core.vocabulary import Locale
from bot.registry import CS_TEAM, button
from bot.services.first_ten import begin_with
from bot.texts import Texts
from bot.views.diagnosis import BEGIN, build_begun
from bot.views.reply import Private, Reply

_MOST = 10


@button(BEGIN, roles=CS_TEAM)
def first_ten(ask: Ask) -> Reply:
    """One task an account, however often it is pressed and by whomever."""
    ids = [int(each) for each in ask.value.split(",") if each.isdecimal()][:_MOST]
    if not ids:
        raise BadInput
    texts = Texts()
    title = {locale: texts.speak(locale)("setup", "first_task") for locale in Locale}
    with ask.writing() as unit:
        made = begin_with(unit, ids, title, ask.person, ask.today)
    return Private(build_begun(ask.say, len(made), len(ids)))
