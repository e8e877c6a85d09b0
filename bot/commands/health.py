"""`/health ACCOUNT` shows an account's card, `/health` alone the reader's book."""

from bot.ask import Ask
from bot.commands.lookup import get_account_id, pressed_account
from bot.core.vocabulary import Band
from bot.registry import button, command
from bot.services.explain import find_explanation
from bot.services.score_changes import find_changes
from bot.store.book import get_book
from bot.store.card_work import read_card_work
from bot.store.cards import get_card
from bot.store.scopes import get_scope
from bot.store.words_gaps import find_open_gap
from bot.views.account_card import build_card
from bot.views.book import FILTER, PAGE, build_book, read_page_value
from bot.views.reply import Private, Reply


@command("health", slash="/health")
def health(ask: Ask) -> Reply:
    """The card of the account named, or the book where none is."""
    if not ask.text.strip():
        return show_book(ask, None, 0)
    with ask.reading() as unit:
        account_id = get_account_id(unit, ask.text.strip())
    return show_card(ask, account_id)


@button("card")
def card(ask: Ask) -> Reply:
    """The card behind a row."""
    return show_card(ask, pressed_account(ask))


@button("book")
def book(ask: Ask) -> Reply:
    """The book behind 「すべて見る」, beside the message and not in its place."""
    return show_book(ask, None, 0)


@button(PAGE)
def book_page(ask: Ask) -> Reply:
    """Another page in the place of this one."""
    return show_book(ask, *read_page_value(ask.value), replaces=True)


@button(FILTER)
def book_band(ask: Ask) -> Reply:
    """One band, or all, in the place of this page."""
    return show_book(ask, *read_page_value(ask.value), replaces=True)


def show_card(ask: Ask, account_id: int) -> Reply:
    """The card, privately."""
    with ask.reading() as unit:
        facts = get_card(unit, account_id, ask.today)
        work = read_card_work(unit, account_id, ask.today)
        explanation = find_explanation(unit, account_id, ask.today, ask.say.locale)
        changes = find_changes(unit, account_id, ask.today, facts.touched_on, ask.say.locale)
        gap = find_open_gap(unit, account_id, ask.person.member_id, ask.today)
    return Private(build_card(ask.say, facts, explanation, ask.today, work, changes, gap=gap))


def show_book(ask: Ask, band: Band | None, page: int, *, replaces: bool = False) -> Reply:
    """A page of the accounts the person answers for, privately."""
    with ask.reading() as unit:
        scope = get_scope(unit, ask.person.member_id, ask.person.roles)
        found = get_book(unit, scope, ask.today, band=band, page=page)
    return Private(build_book(ask.say, found, scope.kind, ask.today), replaces=replaces)
