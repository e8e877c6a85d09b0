"""What the company puts first, as a form and a digest show it."""

from collections.abc import Iterator
from datetime import date, time

from bot.core.account_card import BookRow
from bot.core.digest_item import Item
from bot.core.focus import Focus
from bot.core.say import Say
from bot.core.settings import Settings
from bot.core.told import BETTER
from bot.core.vocabulary import Band
from bot.views.digest import DigestPage, build_digest
from bot.views.reply import Message, View
from bot.views.settings_form import build_settings_form

TODAY = date(2026, 11, 20)


def list_focus_views(say: Say, text: str, row: BookRow) -> Iterator[tuple[str, Message | View]]:
    """The form of whoever may choose, and a digest by each focus, with many ready and with none."""
    for focus in Focus:
        own = Settings(say.locale, time(9), time(18), range(5), time(8, 30), None, focus=focus)
        yield f"settings with focus {focus}", build_settings_form(say, own)
        for ready in ([], [row] * 9):
            items = [Item(BETTER, row, before=Band.RED)]
            page = DigestPage(
                text, TODAY, "Asia/Tokyo", [row], items, None, None, focus=focus, ready=ready
            )
            yield f"digest with focus {focus} and {len(ready)} ready", build_digest(say, page)
