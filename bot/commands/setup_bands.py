"""The step of the thresholds: typed, previewed, kept as a new version of the model."""

from bot.ask import Ask
from bot.commands.setup import go_on
from bot.commands.setup_pages import show_bands
from bot.core.revision import Thresholds
from bot.core.setup import Step
from bot.registry import OPS, button, form
from bot.services.cadence import choose_contact_days
from bot.services.setup.thresholds import Decided, decide_thresholds
from bot.views.reply import FormErrors, OpenForm, Reply, UpdateForm
from bot.views.setup import form_of
from bot.views.setup_bands import CADENCE, GREEN, PREVIEW, RED

_MOST = 100
_MOST_DAYS = 365


@button(PREVIEW, roles=OPS)
def preview(ask: Ask) -> Reply:
    """Who would land where; what cannot be read is told above."""
    wanted, errors = _read(ask)
    if wanted is None:
        return UpdateForm(show_bands(ask, notice="\n".join(errors.values())))
    return UpdateForm(show_bands(ask, wanted))


@button(form_of(Step.BANDS), roles=OPS, opens_form=True)
def open_bands(ask: Ask) -> Reply:
    """The step on its own, from the proposal of a revision."""
    return OpenForm(show_bands(ask))


@form(form_of(Step.BANDS), roles=OPS)
def keep_bands(ask: Ask) -> Reply:
    """Decide the thresholds and the cadence, or tell which number is wrong."""
    wanted, errors = _read(ask)
    contact_days = {touch: _days(ask, name) for touch, name in CADENCE.items()}
    wrong = {CADENCE[touch] for touch, days in contact_days.items() if days == 0}
    errors |= {name: ask.say("setup", "bad_cadence", most=_MOST_DAYS) for name in wrong}
    if wanted is None or errors:
        return FormErrors(errors)
    with ask.writing() as unit:
        decided = decide_thresholds(unit, wanted, ask.person.slack_user, ask.today)
        choose_contact_days(unit, contact_days, ask.person.slack_user)
    is_draft = decided is Decided.DRAFTED
    told = ask.say("setup", "bands_drafted") if is_draft else ask.say("setup", "bands_kept")
    return go_on(ask, Step.BANDS, told)


def _read(ask: Ask) -> tuple[Thresholds | None, dict[str, str]]:
    """Whole numbers in their order, as typed on any keyboard; else what is wrong by field."""
    said = {name: _number(ask.fields[name].value) for name in (RED, GREEN) if name in ask.fields}
    errors = {
        name: ask.say("setup", "bad_number") for name in (RED, GREEN) if said.get(name) is None
    }
    red, green = said.get(RED), said.get(GREEN)
    if red is None or green is None:
        return None, errors
    if red >= green:
        return None, {GREEN: ask.say("setup", "bad_order")}
    return Thresholds(red, green), {}


def _days(ask: Ask, name: str) -> int | None:
    """Days between contacts; None where the field is empty, 0 for what is no such number."""
    said = (ask.fields[name].value or "").strip() if name in ask.fields else ""
    return (_number(said, _MOST_DAYS) or 0) if said else None


def _number(said: str | None, most: int = _MOST) -> int | None:
    """A whole number from 1 to `most`; Japanese keyboards type its figures in double width."""
    text = (said or "").strip()
    number = int(text) if text.isdecimal() else 0
    return number if 1 <= number <= most else None
