"""Every kind by Japanese and by English headers, and what holds for all kinds."""

from datetime import date
from pathlib import Path

import pytest

from bot.ingest.fields import Field, Kind, Shape, Type
from bot.ingest.fold import fold_word
from bot.ingest.registry import get_kind, list_kinds
from bot.ingest.values.parsers import PARSERS
from tests.ingest.files import read_text, rows_of

FILES: list[tuple[str, str, str, dict[str, object]]] = [
    (
        "members",
        "メールアドレス,氏名,役割,タイムゾーン,国,上長メール\n"
        "sato@x.co.jp,佐藤,CSM、リーダー,JST,米国,mori@x.co.jp\n",
        "email,name,roles,time zone,country,lead email\n"
        "sato@x.co.jp,佐藤,csm/lead,Asia/Tokyo,US,mori@x.co.jp\n",
        {"roles": ("csm", "lead"), "zone": "Asia/Tokyo", "country": "US"},
    ),
    (
        "accounts",
        "顧客ID,顧客名,ティア,導入目的,成功基準,担当者,副担当\nA1,アクメ,戦略,残業削減,月20h減,佐藤,田中\n",
        "Account ID,Account Name,Tier,Goal,Success criteria,Owner,Second owner\n"
        "A1,アクメ,Strategic,残業削減,月20h減,佐藤,田中\n",
        {"tier": "strategic", "goal": "残業削減", "owner": "佐藤", "second": "田中"},
    ),
    (
        "contacts",
        "顧客ID,利用者ID,氏名,メールアドレス,役割,在籍\nA1,u1,鈴木,s@a.jp,推進担当者,○\n",
        "account_id,user_id,name,email,role,is_active\nA1,u1,鈴木,s@a.jp,champion,true\n",
        {"contact_ref": "u1", "role": "champion", "is_active": True},
    ),
    (
        "contracts",
        "顧客ID,契約番号,契約開始日,契約終了日,更新日,自動更新,解約通知期限,MRR(円・税抜),契約席数\n"
        'A1,C1,2026/4/1,2027/3/31,2027/4/1,有,2026/12/4,"400,000",42\n',
        "account id,contract id,start date,end date,renewal date,auto renewal,notice deadline,"
        "MRR (JPY excl. tax),seats\n"
        "A1,C1,2026-04-01,2027-03-31,2027-04-01,yes,2026-12-04,400000,42\n",
        {
            "contract_ref": "C1",
            "notice_on": date(2026, 12, 4),
            "arr_amount": "4800000",
            "currency": "JPY",
            "auto_renews": True,
        },
    ),
    (
        "usage_daily",
        "顧客ID,日付,ログイン数\nA1,2026/11/19,12\n",
        "account_id,date,logins\nA1,2026-11-19,12\n",
        {"metric": "logins", "on": date(2026, 11, 19), "value": 12.0},
    ),
    (
        "usage_monthly",
        "顧客ID,年月,利用者数\nA1,2026年10月,12\n",
        "account_id,month,active_users\nA1,2026-10,12\n",
        {"metric": "active_users", "month": date(2026, 10, 1), "value": 12.0},
    ),
    (
        "contact_activity",
        "顧客ID,利用者ID,日付,ログイン回数\nA1,u1,2026/11/19,3\n",
        "account_id,user_id,date,logins\nA1,u1,2026-11-19,3\n",
        {"contact_ref": "u1", "on": date(2026, 11, 19), "logins": 3},
    ),
    (
        "nps",
        "顧客ID,回答者,役割,回答日,点数,コメント\nA1,s@a.jp,決裁者,2026/10/1,9,良い\n",
        "account_id,respondent,role,responded_on,score,comment\n"
        "A1,s@a.jp,decision maker,2026-10-01,9,良い\n",
        {"score": 9, "role": "decision_maker", "responded_on": date(2026, 10, 1)},
    ),
    (
        "tickets",
        "顧客ID,問い合わせ番号,受付日,解決日,優先度,ステータス,件名\n"
        "A1,T1,2026/11/1,,高,対応中,集計が合わない\n",
        "account_id,ticket_id,created_at,solved_at,priority,status,subject\n"
        "A1,T1,2026-11-01T10:00:00,,high,open,集計が合わない\n",
        {"ticket_ref": "T1", "priority": "high", "status": "open", "solved_on": None},
    ),
    (
        "invoices",
        '顧客ID,請求書番号,請求日,支払期限,入金日,請求額(円)\nA1,I1,2026/9/30,2026/10/31,-,"¥1,200"\n',
        "account_id,invoice_id,issue date,due date,paid on,amount,currency\n"
        "A1,I1,2026-09-30,2026-10-31,,1200,JPY\n",
        {"due_on": date(2026, 10, 31), "paid_on": None, "amount": "1200", "currency": "JPY"},
    ),
    (
        "incidents",
        "障害番号,障害名,発生日,復旧日,重大度\nX1,ログイン不可,2026/11/2,2026/11/3,重大\n",
        "incident id,title,started on,ended on,severity\n"
        "X1,ログイン不可,2026-11-02,2026-11-03,major\n",
        {"incident_ref": "X1", "account_ref": None, "severity": "major"},
    ),
    (
        "touches",
        "顧客ID,活動日,活動種別,きっかけ,相手,内容,担当者,次回予定日\n"
        "A1,2026/11/17,打ち合わせ,当社から,決裁者,定例,佐藤,2026/12/1\n",
        "account_id,touched on,kind,initiated by,with role,note,member,next date\n"
        "A1,2026-11-17,meeting,us,decision maker,定例,佐藤,2026-12-01\n",
        {"kind": "meeting", "initiated_by": "us", "next_on": date(2026, 12, 1)},
    ),
    (
        "marketing_events",
        "顧客ID,参加日,イベント種別,資料名\nA1,2026/11/1,セミナー,活用講座\n",
        "account_id,occurred on,kind,detail\nA1,2026-11-01,webinar,活用講座\n",
        {"kind": "webinar", "detail": "活用講座"},
    ),
    (
        "voc",
        "顧客ID,発言日,発言者,立場,経路,感情,発言内容,解釈\nA1,2026/11/1,鈴木,利用者,会議,ネガティブ,重い,性能\n",
        "account_id,said on,speaker,speaker role,channel,sentiment,text,read as\n"
        "A1,2026-11-01,鈴木,user,会議,negative,重い,性能\n",
        {"sentiment": "negative", "speaker_role": "user", "text": "重い", "confidence": "normal"},
    ),
    (
        "outcomes",
        "顧客ID,確定日,更新結果,解約理由\nA1,2026/10/31,解約,社内未浸透\n",
        "account_id,ended on,result,reason\nA1,2026-10-31,churned,社内未浸透\n",
        {"result": "churned", "reason": "社内未浸透", "ended_on": date(2026, 10, 31)},
    ),
    (
        "rates",
        "通貨,基準通貨,適用日,レート\n米ドル,円,2026/11/1,152.4\n",
        "currency,base,valid from,rate\nUSD,JPY,2026-11-01,152.4\n",
        {"currency": "USD", "base": "JPY", "valid_on": date(2026, 11, 1), "rate": 152.4},
    ),
]


@pytest.mark.row("B1", "B14", "B18", "X16", "X17")
@pytest.mark.parametrize("kind", [each[0] for each in FILES])
@pytest.mark.parametrize("language", [1, 2])
def test_a_file_of_each_kind_is_known_by_its_headers_in_both_languages(
    tmp_path: Path, kind: str, language: int
) -> None:
    _, *texts, expected = next(each for each in FILES if each[0] == kind)
    reading = read_text(tmp_path, str(texts[language - 1]))
    assert reading.refused == []
    assert [each for each in reading.questions if each.code == "kind"] == []
    (row,) = rows_of(reading, kind)
    assert {name: row[name] for name in expected} == expected


def test_every_kind_is_tried_above() -> None:
    assert {each[0] for each in FILES} == {kind.name for kind in list_kinds()}


@pytest.mark.parametrize("kind", list_kinds(), ids=lambda kind: kind.name)
def test_no_word_of_a_kind_means_two_of_its_fields(kind: Kind) -> None:
    seen: dict[str, str] = {}
    for field in kind.fields:
        for word in {fold_word(each) for each in (field.name, *field.words)}:
            assert seen.setdefault(word, field.name) == field.name, word


@pytest.mark.parametrize("kind", list_kinds(), ids=lambda kind: kind.name)
def test_every_choice_of_a_kind_is_said_in_one_way_and_every_type_has_a_parser(kind: Kind) -> None:
    for field in kind.fields:
        assert field.type in PARSERS
        seen: dict[str, str] = {}
        for choice, words in field.choices.items():
            for word in {fold_word(each) or each for each in (choice, *words)}:
                assert seen.setdefault(word, choice) == choice, (field.name, word)


def test_a_kind_that_names_a_field_it_has_not_is_refused() -> None:
    with pytest.raises(ValueError, match="weather"):
        Kind("x", (Field("a", Type.TEXT, ()),), required=(("weather",),), key=("a",))


def test_an_unknown_kind_is_named_with_the_known_ones() -> None:
    with pytest.raises(KeyError, match="usage_daily"):
        get_kind("usages")


def test_usage_and_logins_have_their_shapes() -> None:
    shapes = {kind.name: kind.shape for kind in list_kinds() if kind.shape is not Shape.TABLE}
    assert shapes == {
        "contact_activity": Shape.LOGINS,
        "usage_daily": Shape.USAGE,
        "usage_monthly": Shape.USAGE,
    }
