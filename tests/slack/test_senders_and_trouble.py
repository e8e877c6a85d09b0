"""Two senders, lost answers and a Slack in a bad mood: nothing is said twice, nothing is lost."""

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.cli.joining import join
from bot.slack.directory import Directories, SlackDirectory
from bot.slack.sender import Sender
from bot.store import outbox
from bot.store.tables import OutboxItem
from bot.views.blocks import section
from tests.house import CS, OPS_ROOM, SATO, House


def put(house: House, key: str, audience: str = CS, **more: object) -> None:
    """Ask for a message that says its key."""
    with house.bot.store.writing(house.workspace.id) as unit:
        given = {"audience": audience, "text": key, "blocks": [section(key)], **more}
        outbox.put(unit, key=key, **given)  # type: ignore[arg-type]


def item(house: House, key: str) -> OutboxItem:
    """How far it has come."""
    with house.bot.store.reading(house.workspace.id) as unit:
        found = outbox.find_by_key(unit, key)
    assert found is not None
    return found


def later(house: House, seconds: float) -> None:
    """Real and business time go on together under a fixed clock."""
    house.at(house.clock.now() + timedelta(seconds=seconds))


def other_sender(house: House) -> Sender:
    """A second clock's sender."""
    bot = house.bot
    directories = Directories(bot.line, bot.store, 1)
    return Sender(bot.store, bot.line, directories, bot.texts, bot.sender.pace)


class Dawdling(Directories):
    """Knows who reads where, but only after another sender's lease would have passed."""

    house: House
    other: Sender

    def of(self, workspace_id: int) -> SlackDirectory:
        later(self.house, 121)
        self.other.send_round()
        later(self.house, 41)
        while self.other.send_round():
            later(self.house, 2)
        return super().of(workspace_id)


def test_a_sender_that_asked_too_long_leaves_the_post_to_the_other(house: House) -> None:
    slow = other_sender(house)
    slow.directories = Dawdling(house.bot.line, house.bot.store, 1)
    slow.directories.house, slow.directories.other = house, other_sender(house)
    put(house, "hello")
    slow.send_round()
    assert house.reads(SATO, CS) == ["hello"]
    assert (item(house, "hello").state, item(house, "hello").attempts) == ("sent", 2)


def test_a_history_that_is_asked_too_often_is_asked_again_and_nobody_is_alarmed(
    house: House,
) -> None:
    house.sandbox.fault("chat.postMessage", "drop_after")
    put(house, "hello")
    house.send()
    later(house, 41)
    house.sandbox.fault("conversations.history", "429", times=3, delay=0.1)
    house.bot.sender.send_round()
    assert item(house, "hello").state == "unknown"
    house.send()
    assert house.reads("U0OPS", OPS_ROOM) == []
    later(house, 2)
    house.send()
    assert item(house, "hello").state == "sent"
    assert house.reads(SATO, CS) == ["hello"]


def test_a_conversation_that_did_not_open_is_opened_later_without_a_look_into_history(
    house: House,
) -> None:
    house.sandbox.fault("conversations.open", "drop_before")
    put(house, "hello", SATO)
    house.bot.sender.send_round()
    assert item(house, "hello").state == "pending"
    later(house, 31)
    house.send()
    assert house.reads(SATO) == ["hello"]
    asked = {call["method"] for call in house.sandbox.slack.calls}
    assert "conversations.history" not in asked


def test_a_shared_file_is_not_shared_again_because_nobody_says_where(
    house: House, tmp_path: Path
) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("a\n")
    house.sandbox.fault("files.info", "429", times=3, delay=0.1)
    put(house, "rows", SATO, kind="upload", files=[str(path)])
    house.send()
    assert item(house, "rows").state == "sent"
    assert len(house.reads(SATO)) == 1


def test_a_file_that_is_gone_is_given_up_and_ops_is_told(house: House, tmp_path: Path) -> None:
    put(house, "rows", SATO, kind="upload", files=[str(tmp_path / "gone.csv")])
    house.send()
    assert item(house, "rows").state == "failed"
    assert "ファイルがサーバーに残っていません" in house.reads("U0OPS", OPS_ROOM)[0]


def test_a_database_that_is_away_for_a_moment_does_not_end_the_sender(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    put(house, "hello")
    stop = threading.Event()
    rename("outbox", "hidden", house)
    sender = threading.Thread(target=house.bot.sender.run, args=(stop,))
    sender.start()
    house.visitor.waits_for(lambda: "failure" in caplog.text)
    rename("hidden", "outbox", house)
    house.visitor.waits_for(lambda: house.reads(SATO, CS))
    stop.set()
    sender.join()
    assert house.reads(SATO, CS) == ["hello"]


def test_a_process_that_starts_while_slack_says_wait_serves_whom_it_knows(house: House) -> None:
    house.sandbox.fault("auth.test", "429", times=3, delay=0.1)
    assert join(house.bot) is None
    joined = join(house.bot)
    assert joined is not None
    assert joined.id == house.workspace.id


def rename(old: str, new: str, house: House) -> None:
    """Take a table away, or give it back."""
    engine = house.bot.store.engine.execution_options(is_writing=True)
    with engine.begin() as connection:
        connection.execute(text(f"ALTER TABLE {old} RENAME TO {new}"))
