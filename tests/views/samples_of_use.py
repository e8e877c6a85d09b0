"""What an account uses, of whatever texts and sizes a test chooses."""

from collections.abc import Iterator
from datetime import date

from bot.core.say import Say
from bot.core.standing import Standing
from bot.core.usage_summary import MetricUse, UsageSummary
from bot.views.reply import Message, View
from bot.views.why import WhyPage, build_why

TODAY = date(2026, 11, 20)


def list_use_views(say: Say, text: str) -> Iterator[tuple[str, Message | View]]:
    """The section with more metrics than it shows, falls and rises, gaps, and with next to none."""
    uses = [
        MetricUse(f"{number}{text}", number % 2 == 0, 12.5 * number, (None, 0.0, 9.0)[number % 3])
        for number in range(12)
    ]
    for name, summary in (
        ("many", UsageSummary(TODAY, tuple(uses), (text,) * 12)),
        ("one", UsageSummary(TODAY, tuple(uses[:1]), ())),
        ("unused", UsageSummary(TODAY, (), (text,))),
    ):
        page = WhyPage(7, text, Standing(), None, [], TODAY, usage=summary)
        yield f"why with {name} metrics", build_why(say, page)
