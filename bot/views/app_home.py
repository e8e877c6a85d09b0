"""App Home: what today brings, the person's accounts page by page, and their settings."""

from dataclasses import dataclass
from datetime import date

from bot.core.account_card import Book
from bot.core.say import Say
from bot.core.settings import Settings
from bot.core.setup import Progress
from bot.views.blocks import actions, context, divider, header, section
from bot.views.book import build_book_blocks
from bot.views.digest import DigestPage, build_digest
from bot.views.elements import account_select, button
from bot.views.reply import Block, View
from bot.views.settings_form import render_settings
from bot.views.setup import build_home_line
from bot.views.surfaces import home

# Of a hundred blocks; the rest is for titles and settings.
_FOR_BOOK = 40
FIND = "account"
FILTER, PAGE = "home_band", "home_page"


@dataclass(frozen=True)
class HomePage:
    """Everything a person sees there; `scope` says whose accounts the book holds."""

    digest: DigestPage
    book: Book
    scope: str
    settings: Settings
    has_role: bool
    zone: str
    today: date
    # How far the setup has come, for those who may go on with it before the start.
    setup: Progress | None = None


def build_home(say: Say, page: HomePage) -> View:
    """Today, accounts, settings; somebody without a role sees how to get one."""
    if not page.has_role:
        return home([section(say("home", "no_role")), divider(), *_settings(say, page)])
    return home(
        [
            *(build_home_line(say, page.setup) if page.setup else []),
            header(say("home", "today")),
            *build_digest(say, page.digest).blocks,
            divider(),
            header(say("home", "accounts", scope=page.scope)),
            *_find(say),
            context(say("home", "find_hint")),
            *build_book_blocks(
                say,
                page.book,
                page.scope,
                page.today,
                most_blocks=_FOR_BOOK,
                deeds=(FILTER, PAGE),
            ),
            divider(),
            *_settings(say, page),
        ]
    )


def _find(say: Say) -> list[Block]:
    """The home is published again while somebody may be typing here: Slack keeps an entry only
    where block_id and action_id stay."""
    row = actions([account_select(FIND, say("home", "find"))])
    return [{**block, "block_id": FIND} for block in row]


def _settings(say: Say, page: HomePage) -> list[Block]:
    shown = render_settings(say, page.settings, page.zone)
    change = button(say("home", "change"), "settings")
    return [header(say("home", "settings")), section(shown, change)]
