"""A file dropped in Slack that cannot be fetched: whoever dropped it hears why, and what to do."""

import logging
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.store import outbox
from bot.store.tables import ImportBatch, Member, OutboxItem
from tests.house import CS, GUEST, OPS, OPS_ROOM, SATO, STRANGER, WITH_GUEST, House

ACCOUNTS = "顧客ID,顧客名,席数\nA1,アクメ,10\n"
NAME = "accounts.csv"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / NAME
    path.write_text(ACCOUNTS, encoding="utf-8")
    return path


def drop(house: House, file: Path, channel: str | None = None) -> str:
    """What stands below the file afterwards."""
    where = channel or house.visitor.direct(OPS)
    house.visitor.drops(OPS, where, file)
    house.settle()
    house.send()
    return house.reads(OPS, where)[-1]


def imports_of(house: House) -> list[ImportBatch]:
    with house.bot.store.reading(house.workspace.id) as unit:
        return list(unit.session.scalars(select(ImportBatch)))


def left_behind(tmp_path: Path) -> list[Path]:
    return [path for path in tmp_path.rglob("drops/*/*") if path.is_file()]


def speak(house: House, locale: str) -> None:
    with house.bot.store.writing(house.workspace.id) as unit:
        unit.session.scalars(select(Member).filter_by(slack_user=OPS)).one().locale = locale


def lose_scope(house: House) -> None:
    world = house.sandbox.slack.world
    for value, token in list(world.tokens.items()):
        world.tokens[value] = replace(token, scopes=token.scopes - {"files:read"})


def fail(kind: str, method: str = "download") -> Callable[[House], None]:
    return lambda house: house.sandbox.fault(method, kind, times=5, delay=0.1)


TROUBLES = {
    "scope": (lose_scope, "権限がSakidoriにありません", "reinstall"),
    "sign-in page": (fail("sign_in"), "再インストール", "reinstall"),
    "403": (fail("403"), "再インストール", "reinstall"),
    "404": (fail("404"), "Slackから削除", "deleted from Slack"),
    "500": (fail("500"), "受け取れませんでした", "connection broke off"),
    "dropped": (fail("drop_before"), "受け取れませんでした", "connection broke off"),
    "half": (fail("cut"), "受け取れませんでした", "connection broke off"),
    "facts": (fail("500", "files.info"), "受け取れませんでした", "connection broke off"),
}


@pytest.mark.row("B1", "X16")
@pytest.mark.parametrize(
    ("trouble", "locale"),
    [(one, "ja") for one in TROUBLES] + [(one, "en") for one in ("scope", "404", "half")],
)
def test_a_file_that_cannot_be_fetched_is_answered_where_it_was_dropped(
    house: House, file: Path, tmp_path: Path, trouble: str, locale: str
) -> None:
    speak(house, locale)
    befall, *sentences = TROUBLES[trouble]
    befall(house)
    told = drop(house, file, OPS_ROOM)
    assert sentences[locale == "en"] in told
    assert ("もう一度" if locale == "ja" else "drop") in told
    assert imports_of(house) == []
    assert left_behind(tmp_path) == []


def test_in_the_direct_message_it_is_answered_there_and_nowhere_else(
    house: House, file: Path
) -> None:
    lose_scope(house)
    before = house.reads(OPS, OPS_ROOM)
    assert "再インストール" in drop(house, file)
    assert house.reads(OPS, OPS_ROOM) == before


def test_a_file_deleted_before_it_was_fetched_is_asked_for_again_and_then_taken(
    house: House, file: Path
) -> None:
    house.sandbox.fault("files.info", "slow", delay=0.3)
    house.visitor.drops(OPS, OPS_ROOM, file)
    [stored] = house.sandbox.slack.world.files.values()
    stored.content, stored.completed = None, False
    house.settle()
    house.send()
    assert "もう一度ここにドロップ" in house.reads(OPS, OPS_ROOM)[-1]
    assert f"「{NAME}」を受け取りました" in drop(house, file, OPS_ROOM)
    assert len(imports_of(house)) == 1


def test_a_file_too_large_is_told_how_large_it_may_be(house: House, tmp_path: Path) -> None:
    house.bot.directories.most_megabytes = 1
    large = tmp_path / "large.csv"
    large.write_bytes(b"a,b\n" + b"1,2\n" * 300_000)
    told = drop(house, large, OPS_ROOM)
    assert "1MB以下" in told
    assert imports_of(house) == []


def test_what_nobody_foresaw_has_a_reference_that_is_in_the_log(
    house: House, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (house.bot.heavy.folder / "drops").parent.mkdir(parents=True, exist_ok=True)
    (house.bot.heavy.folder / "drops").write_text("a file where a folder should be")
    with caplog.at_level(logging.ERROR):
        told = drop(house, file, OPS_ROOM)
    found = re.search(r"`([0-9a-f]{8})`", told)
    assert found, told
    assert found[1] in caplog.text


def test_it_is_said_once_however_often_slack_tells_of_the_file(house: House, file: Path) -> None:
    lose_scope(house)
    drop(house, file, OPS_ROOM)
    [file_id] = house.sandbox.slack.world.files
    with house.bot.store.reading(house.workspace.id) as unit:
        wanted = select(OutboxItem).where(OutboxItem.key.startswith("file:"))
        [item] = unit.session.scalars(wanted)
    assert item.key == f"file:{file_id}"
    assert not item.holds_customer_data


def test_after_the_mend_the_same_file_is_taken(house: House, file: Path) -> None:
    house.sandbox.fault("download", "403")
    assert "再インストール" in drop(house, file, OPS_ROOM)
    assert f"「{NAME}」を受け取りました" in drop(house, file, OPS_ROOM)


@pytest.mark.row("B1", "X16")
@pytest.mark.parametrize(
    ("user", "channel"), [(SATO, CS), (OPS, CS), (STRANGER, CS), (GUEST, WITH_GUEST)]
)
def test_a_file_shared_anywhere_else_is_nobodys_import_and_nobody_hears_a_word(
    house: House, file: Path, user: str, channel: str
) -> None:
    before = members_of(house)
    house.visitor.drops(user, channel, file)
    house.settle()
    house.send()
    assert said_by_us(house) == []
    assert imports_of(house) == []
    assert members_of(house) == before


def test_without_the_ops_role_a_file_in_the_direct_message_is_refused_with_a_word(
    house: House, file: Path
) -> None:
    told = house.drops(SATO, file, house.visitor.direct(SATO))
    assert "役割ではできません" in told
    assert said_by_us(house) == ["chat.postMessage"]
    assert imports_of(house) == []


def test_a_file_of_our_own_is_no_import(house: House, file: Path) -> None:
    with house.bot.store.writing(house.workspace.id) as unit:
        outbox.put(unit, key="u", audience=OPS, text="t", kind="upload", files=[str(file)])
    house.send()
    house.settle()
    assert house.reads(OPS) == ["t"]
    assert imports_of(house) == []


def said_by_us(house: House) -> list[str]:
    """Everything we asked Slack to show to anybody."""
    ways = ("chat.", "files.", "response", "views.")
    methods = [str(call["method"]) for call in house.sandbox.slack.calls]
    return [method for method in methods if method.startswith(ways)]


def members_of(house: House) -> set[str | None]:
    with house.bot.store.reading(house.workspace.id) as unit:
        return set(unit.session.scalars(select(Member.slack_user)))
