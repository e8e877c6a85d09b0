"""The whole house for a command that speaks with Slack or serves; loads Slack's libraries."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.bootstrap import House, build_house
from bot.cli.console import working_on
from bot.config import Settings, read_settings
from bot.logs import start_logging


@contextmanager
def opened_house(*required: str) -> Iterator[House]:
    """A house from the environment; `required` settings are asked for. Closed at the end."""
    settings = read_settings(*required)
    start_logging(settings.log_level)
    with opened_with(settings) as house:
        yield house


@contextmanager
def opened_with(settings: Settings) -> Iterator[House]:
    """A house on `settings`; what the database or a service refuses becomes a sentence."""
    with working_on(build_house(settings)) as house:
        yield house
