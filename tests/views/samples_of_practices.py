"""Samples of a playbook made of what repeated: the form, the draft, and what became of it."""

from collections.abc import Iterator

from bot.core.playbook_draft import Draft, DraftLimit, FirstVersion
from bot.core.say import Say
from bot.signals.catalogue import load_signals
from bot.views.playbook_draft import build_draft_form, build_draft_used
from bot.views.practice_draft import (
    build_dropped,
    build_made,
    build_new_draft,
    build_practice_form,
)
from bot.views.reply import Message, View


def list_practice_views(say: Say, text: str) -> Iterator[tuple[str, Message | View]]:
    """With every sign, each free and each in use; a draft with limits and one without."""
    title = {"ja": text, "en": text}
    signs = [key for key in load_signals() if key != "renewal"]
    for used in (None, title):
        yield "practice form", build_practice_form(say, 7, text, dict.fromkeys(signs, used))
    first = FirstVersion(signs, [(title, 1), (title, 10), (title, None)], title)
    limits = [DraftLimit("silence", "high_touch_bd", 10.0, 10.0)]
    for draft in (Draft("p", 1, title, limits, first), Draft("p", 1, title, (), first)):
        yield "new draft", build_new_draft(say, draft, text)
        yield "new draft form", build_draft_form(say, draft)
        yield "new draft used", build_draft_used(say, draft)
        yield "new draft made", build_made(say, draft, text)
        yield "new draft for nobody", build_made(say, draft, "")
    yield "new draft dropped", build_dropped(say, text)
