"""The same touch, said in Slack and kept in a CRM, is one touch, whichever told it first."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from bot.core.contact import Contact, join_notes
from bot.core.refusal import AlreadyDone
from bot.core.vocabulary import Mover, SpeakerRole, TouchKind
from bot.services.touches import change_touch, record_touch
from bot.store.base import new_id
from bot.store.tables import Member, Touch
from tests.imports.office import TODAY, Office

pytestmark = pytest.mark.row("B1", "C6", "E5", "X16")

HEAD = "顧客ID,活動ID,活動日,活動種別,きっかけ,相手,内容,担当者,次回予定日\n"
VISIT = "A1,K-1,2026-11-20,打ち合わせ,顧客から,決裁者,定例。予算の相談,佐藤,2026-12-01\n"
MEETING = Contact(TODAY, TouchKind.MEETING)


@pytest.fixture
def team(office: Office) -> Office:
    """Two customers and two people who look after them."""
    office.add_accounts("A1", "A2")
    with office.store.writing(office.workspace_id) as unit:
        for name in ("佐藤", "森"):
            unit.add(Member(id=new_id(), name=name, roles=["csm"], known_at=unit.at))
    return office


def member(office: Office, name: str = "佐藤") -> int:
    [found] = [one for one in office.rows(Member) if one.name == name]
    return int(found.id)


def say(office: Office, contact: Contact, ref: str = "A1", name: str = "佐藤") -> int:
    with office.store.writing(office.workspace_id) as unit:
        by, account = member(office, name), office.account(ref).id
        return record_touch(unit, account, contact, by, TODAY).id


def bring(office: Office, *rows: str, head: str = HEAD) -> tuple[int, int, int]:
    """New, changed and unchanged touches, as promised and as they turned out."""
    path = office.write("活動履歴.csv", head + "".join(rows))
    promised = office.look(path).counts
    [found] = office.bring(path).counts
    assert [(one.new, one.changed, one.unchanged) for one in promised] == [
        (found.new, found.changed, found.unchanged)
    ]
    return found.new, found.changed, found.unchanged


def touches(office: Office) -> Sequence[Touch]:
    return sorted(office.rows(Touch), key=lambda one: (one.touched_on, one.note or ""))


def test_a_tap_is_completed_by_the_crm_and_counts_once(team: Office) -> None:
    tapped = say(team, MEETING)
    assert bring(team, VISIT) == (0, 1, 0)
    [kept] = touches(team)
    assert (kept.id, kept.note, kept.next_on) == (tapped, "定例。予算の相談", date(2026, 12, 1))
    # Who moved first, a person has said already.
    assert (kept.initiated_by, kept.with_role) == ("us", "decision_maker")
    for _ in range(2):
        assert bring(team, VISIT) == (0, 0, 1)
    assert len(touches(team)) == 1


def test_what_the_crm_told_first_is_completed_by_what_is_said(team: Office) -> None:
    assert bring(team, VISIT) == (1, 0, 0)
    [known] = touches(team)
    agreed = replace(MEETING, note="社長も同席", next_on=date(2026, 11, 30))
    assert say(team, agreed) == known.id
    [kept] = touches(team)
    assert kept.note == "社長も同席\n定例。予算の相談"
    assert (kept.next_on, kept.with_role) == (date(2026, 11, 30), "decision_maker")
    assert bring(team, VISIT) == (0, 0, 1)
    assert [one.note for one in touches(team)] == [kept.note]


def test_a_tap_of_what_the_crm_told_says_nothing_new(team: Office) -> None:
    bring(team, VISIT)
    with pytest.raises(AlreadyDone):
        say(team, MEETING)
    with pytest.raises(AlreadyDone):
        say(team, replace(MEETING, initiated_by=Mover.THEM, note="定例。予算の相談"))
    assert [one.ref for one in touches(team)] == ["K-1"]


@pytest.mark.parametrize(
    ("said", "ref", "name"),
    [
        (replace(MEETING, kind=TouchKind.CALL), "A1", "佐藤"),
        (replace(MEETING, touched_on=date(2026, 11, 19)), "A1", "佐藤"),
        (MEETING, "A2", "佐藤"),
        (MEETING, "A1", "森"),
    ],
)
def test_another_kind_day_customer_or_person_is_another_touch(
    team: Office, said: Contact, ref: str, name: str
) -> None:
    say(team, said, ref, name)
    assert bring(team, VISIT) == (1, 0, 0)
    assert len(touches(team)) == 2


def test_one_thing_said_stands_for_one_row_and_the_one_it_resembles(team: Office) -> None:
    said = say(team, replace(MEETING, note="見積の件"))
    morning = VISIT.replace("K-1", "K-0").replace("定例。予算の相談", "朝会")
    evening = VISIT.replace("K-1", "K-2").replace("定例。予算の相談", "見積の件 先方3名")
    for expected in ((1, 1, 0), (0, 0, 2)):
        assert bring(team, morning, evening) == expected
    first, second = touches(team)
    assert (first.ref, first.note) == ("K-0", "朝会")
    assert (second.id, second.note) == (said, "見積の件 先方3名")


def test_a_later_file_finds_nothing_left_to_stand_for(team: Office) -> None:
    say(team, MEETING)
    assert bring(team, VISIT) == (0, 1, 0)
    later = VISIT.replace("K-1", "K-2").replace("定例。予算の相談", "夕方の訪問")
    assert bring(team, later) == (1, 0, 0)
    assert [one.note for one in touches(team)] == ["夕方の訪問", "定例。予算の相談"]


def test_changed_on_either_side_it_stays_one(team: Office) -> None:
    said = say(team, MEETING)
    bring(team, VISIT)
    with team.store.writing(team.workspace_id) as unit:
        moved = replace(MEETING, touched_on=date(2026, 11, 19), note="前日だった")
        change_touch(unit, said, moved, member(team), TODAY)
    bring(team, VISIT.replace("2026-11-20", "2026-11-18"))
    [kept] = touches(team)
    assert (kept.touched_on, kept.note) == (date(2026, 11, 19), "前日だった\n定例。予算の相談")


def test_corrected_into_what_the_crm_told_the_two_are_one(team: Office) -> None:
    bring(team, VISIT)
    called = say(team, replace(MEETING, kind=TouchKind.CALL, note="電話ではなく訪問"))
    with team.store.writing(team.workspace_id) as unit:
        right = replace(MEETING, note="電話ではなく訪問")
        change_touch(unit, called, right, member(team), TODAY)
    [kept] = touches(team)
    assert (kept.id, kept.imported_as) == (called, "K-1")
    assert (kept.note, kept.next_on) == ("電話ではなく訪問\n定例。予算の相談", date(2026, 12, 1))
    assert bring(team, VISIT) == (0, 0, 1)


def test_what_the_crm_told_and_a_person_changed_is_not_told_anew(team: Office) -> None:
    bring(team, VISIT)
    [known] = touches(team)
    with team.store.writing(team.workspace_id) as unit:
        by_mail = Contact(date(2026, 11, 19), TouchKind.EMAIL, with_role=SpeakerRole.USER)
        change_touch(unit, known.id, by_mail, member(team), TODAY)
    assert bring(team, VISIT)[0] == 0
    [kept] = touches(team)
    assert (kept.id, kept.kind, kept.with_role) == (known.id, "email", "user")


def test_a_file_without_notes_leaves_the_notes_of_others_alone(team: Office) -> None:
    bring(team, VISIT)
    say(team, replace(MEETING, note="社内メモ"), "A2")
    bare = "顧客ID,活動ID,活動日,活動種別,担当者\n"
    rows = [f"A{number},K-{number},2026-11-20,打ち合わせ,佐藤\n" for number in (1, 2)]
    bring(team, *rows, head=bare)
    assert {one.note for one in touches(team)} == {"定例。予算の相談", "社内メモ"}
    assert len(touches(team)) == 2


def test_rows_without_an_id_are_found_again_too(team: Office) -> None:
    say(team, MEETING)
    row = "A1,2026-11-20,打ち合わせ,定例,佐藤\n"
    head = "顧客ID,活動日,活動種別,内容,担当者\n"
    assert bring(team, row, head=head) == (0, 1, 0)
    assert bring(team, row, head=head) == (0, 0, 1)
    assert [one.note for one in touches(team)] == ["定例"]


@pytest.mark.parametrize(
    ("first", "second", "both"),
    [
        ("", "b", "b"),
        ("a", "", "a"),
        ("a  b", "a b", "a  b"),
        ("b", "a b c", "a b c"),
        ("a", "b", "a\nb"),
    ],
)
def test_of_two_notes_neither_is_lost_nor_said_twice(first: str, second: str, both: str) -> None:
    assert join_notes(first, second) == both
    assert join_notes(both, second) == both
