"""A card goes into a channel only on request, never where outsiders read, and once."""

import pytest
from sqlalchemy import select

from bot.ask import Where
from bot.commands.share import open_share, share
from bot.core.refusal import AlreadyDone
from bot.core.vocabulary import Band, Locale
from bot.services.ports import ChannelFacts
from bot.store.tables import Account, OutboxItem
from bot.views.reply import CloseForm, FormErrors, Message, OpenForm, Reply
from tests.commands.desk import TODAY, Desk
from tests.views.shown import problems_of, text_of

PRIVATE = ChannelFacts("C1", "cs", "private", False, False, True)


def _share(desk: Desk, account: Account, channel: str = "C1") -> Reply:
    return share(desk.submit({"shared": str(account.id)}, channel=channel))


def _posts(desk: Desk) -> list[OutboxItem]:
    with desk.store.reading(desk.workspace.id) as unit:
        return list(unit.session.scalars(select(OutboxItem)))


@pytest.fixture
def account(desk: Desk) -> Account:
    made = desk.add_account("アクメ商事", arr=4_800_000)
    desk.score(made, TODAY, 48, Band.RED)
    desk.town.channels["C1"] = PRIVATE
    return made


@pytest.mark.parametrize("locale", list(Locale))
def test_the_form_offers_the_channel_one_is_in(
    desk: Desk, account: Account, locale: Locale
) -> None:
    here = Where(channel="C1", kind="private")
    reply = open_share(desk.ask(value=str(account.id), where=here, locale=locale))
    assert isinstance(reply, OpenForm)
    assert problems_of(reply.view) == []
    assert reply.view["blocks"][1]["element"]["initial_conversation"] == "C1"


def test_in_a_direct_message_no_channel_is_offered(desk: Desk, account: Account) -> None:
    reply = open_share(desk.ask(value=str(account.id)))
    assert isinstance(reply, OpenForm)
    assert "initial_conversation" not in reply.view["blocks"][1]["element"]


def test_a_shared_card_waits_in_the_outbox_with_the_name_of_who_shared_it(
    desk: Desk, account: Account
) -> None:
    assert isinstance(_share(desk, account), CloseForm)
    [post] = _posts(desk)
    assert (post.audience, post.holds_customer_data) == ("C1", True)
    card = Message(post.payload["text"], post.payload["blocks"])
    assert problems_of(card) == []
    assert f"<@{desk.sato.slack_user}>" in text_of(card)
    assert "アクメ商事" in text_of(card)


@pytest.mark.parametrize(
    ("facts", "word"),
    [
        (ChannelFacts("C1", "with-customer", "private", True, False, True), "社外"),
        (ChannelFacts("C1", "with-guest", "private", False, True, True), "ゲスト"),
        (ChannelFacts("C1", "elsewhere", "public", False, False, False), "/invite"),
    ],
)
def test_outsiders_guests_and_absent_bots_are_refused_at_the_field(
    desk: Desk, account: Account, facts: ChannelFacts, word: str
) -> None:
    desk.town.channels["C1"] = facts
    reply = _share(desk, account)
    assert isinstance(reply, FormErrors)
    assert word in reply.errors["channel"]
    assert _posts(desk) == []


def test_no_channel_is_a_refusal_too(desk: Desk, account: Account) -> None:
    assert isinstance(_share(desk, account, ""), FormErrors)


def test_a_public_channel_is_warned_about(desk: Desk, account: Account) -> None:
    desk.town.channels["C1"] = ChannelFacts("C1", "all", "public", False, False, True)
    reply = _share(desk, account)
    assert isinstance(reply, CloseForm)
    assert reply.message is not None
    assert "公開チャンネル" in reply.message.text


def test_the_same_card_on_the_same_day_is_shared_once(desk: Desk, account: Account) -> None:
    _share(desk, account)
    with pytest.raises(AlreadyDone):
        _share(desk, account)
    assert len(_posts(desk)) == 1
