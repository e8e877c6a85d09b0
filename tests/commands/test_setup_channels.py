"""Where messages go, chosen twice at the same moment: kept once, tried once."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from bot.ask import Ask
from bot.commands.setup_channels import keep_channels
from bot.services.ports import ChannelFacts
from bot.store.tables import Member, OutboxItem
from bot.views.reply import UpdateForm
from tests.commands.desk import Desk, Town

TEAM = ChannelFacts("C0TEAM", "cs", "private", False, False, True)


@dataclass
class Crossing(Town):
    """While Slack is asked about the channel, the same form comes a second time."""

    again: list[Ask] = field(default_factory=list)

    def get_channel(self, channel: str, *, fresh: bool = False) -> ChannelFacts:
        while self.again:
            keep_channels(self.again.pop())
        return TEAM


def test_the_second_of_two_submissions_finds_it_done(desk: Desk) -> None:
    desk.add_account("アクメ商事")
    fields: dict[str, Any] = {f"channel_{desk.sato.id}": "C0TEAM"}
    desk.town = town = Crossing()
    town.again.append(desk.submit({}, **fields))
    assert isinstance(keep_channels(desk.submit({}, **fields)), UpdateForm)
    with desk.store.reading(desk.workspace.id) as unit:
        assert unit.session.scalars(select(Member.digest_channel)).all() == ["C0TEAM"]
        assert len(unit.session.scalars(select(OutboxItem)).all()) == 1
