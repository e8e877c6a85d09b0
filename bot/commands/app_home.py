"""App Home: opened, paged, filtered."""

from bot.ask import Ask
from bot.commands.digest import read_page
from bot.core.setup import Progress
from bot.core.vocabulary import Band, Role
from bot.registry import button, event
from bot.services.settings import read_settings
from bot.services.setup.progress import read_progress
from bot.store.book import get_book
from bot.store.scopes import get_scope
from bot.store.unit import Unit
from bot.views.app_home import FILTER, PAGE, HomePage, build_home
from bot.views.book import read_page_value
from bot.views.reply import Quiet, Reply, UpdateHome, View


@event("app_home_opened", roles=())
def open_home(ask: Ask) -> Reply:
    """Publish the home of whoever opened it; the tab with messages needs nothing."""
    event_body = ask.body.get("event")
    if isinstance(event_body, dict) and event_body.get("tab", "home") != "home":
        return Quiet()
    return UpdateHome(show_home(ask))


@button(PAGE)
def turn_page(ask: Ask) -> Reply:
    """Another page of the accounts."""
    return UpdateHome(show_home(ask, *read_page_value(ask.value)))


@button(FILTER)
def choose_band(ask: Ask) -> Reply:
    """One band, or all."""
    return UpdateHome(show_home(ask, *read_page_value(ask.value)))


def show_home(ask: Ask, band: Band | None = None, page: int = 0) -> View:
    """The person's home as it stands now."""
    person = ask.person
    with ask.reading() as unit:
        scope = get_scope(unit, person.member_id, person.roles)
        shown = HomePage(
            digest=read_page(unit, ask),
            book=get_book(unit, scope, ask.today, band=band, page=page),
            scope=scope.kind,
            settings=read_settings(unit, person.member_id, ask.say.locale),
            has_role=bool(person.roles),
            zone=person.zone,
            today=ask.today,
            setup=_find_setup(unit, ask),
        )
    return build_home(ask.say, shown)


def _find_setup(unit: Unit, ask: Ask) -> Progress | None:
    progress = read_progress(unit.workspace)
    return progress if progress.started_on is None and ask.person.has(Role.OPS) else None
