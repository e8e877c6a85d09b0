"""The list of open alerts: whose, in which order, and within Slack's limits."""

from sqlalchemy import select

from bot.commands.alerts import alerts as list_alerts
from bot.core.vocabulary import Role
from bot.store.tables import Member
from tests.commands.desk import Desk
from tests.commands.loop_records import add_episode
from tests.views.shown import message_of, problems_of, text_of


def test_the_list_is_most_at_risk_first_and_a_lead_sees_the_team(desk: Desk) -> None:
    add_episode(desk, desk.add_account("アクメ商事", arr=4_800_000))
    mori = desk.hire("森", Role.LEAD)
    with desk.store.writing(desk.workspace.id) as unit:
        unit.session.scalars(select(Member).filter_by(id=desk.sato.id)).one().lead_id = mori.id
    small = desk.add_account("小さな社", arr=100)
    add_episode(desk, small, owner_id=None)
    kudo = desk.hire("工藤", Role.MANAGER)
    shown = text_of(message_of(list_alerts(desk.ask())))
    assert "あなたのアラート 1件" in shown
    assert "未対応(11/20(金)から)" in shown
    assert "チームのアラート 1件" in text_of(message_of(list_alerts(desk.ask(by=mori))))
    everything = text_of(message_of(list_alerts(desk.ask(by=kudo))))
    assert everything.index("アクメ商事") < everything.index("小さな社")
    nobody = desk.hire("新人", Role.CSM)
    assert "アラートはありません" in text_of(message_of(list_alerts(desk.ask(by=nobody))))


def test_many_alerts_fit_one_message(desk: Desk) -> None:
    for number in range(40):
        add_episode(desk, desk.add_account(f"顧客{number}"))
    shown = message_of(list_alerts(desk.ask()))
    assert problems_of(shown) == []
    assert "ほか" in text_of(shown)
