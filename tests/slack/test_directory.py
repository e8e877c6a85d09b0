"""What Slack says of people, channels and files: believed for ten minutes, doubted when silent."""

from pathlib import Path

import pytest

from bot.core.refusal import BadInput, Refusal
from bot.slack.directory import SlackDirectory
from bot.slack.line import SlackRefused
from bot.slack.web_line import WebLine
from bot.store.tables import Workspace
from tests.house import CS, GUEST, OPS, OPS_ROOM, ROBOT, SATO, SHARED, SMITH, WITH_GUEST, House


def directory_of(house: House) -> SlackDirectory:
    """The directory of the house's workspace."""
    return house.bot.directories.of(house.workspace.id)


def calls_of(house: House, method: str) -> int:
    """How often Slack was asked."""
    return sum(call["method"] == method for call in house.sandbox.slack.calls)


def test_a_person_is_who_slack_says(house: House) -> None:
    facts = directory_of(house).get_person(SMITH)
    assert (facts.name, facts.zone, facts.locale) == ("Smith", "Europe/London", "en-US")
    assert [facts.is_guest, facts.is_bot, facts.is_deleted] == [False, False, False]
    assert directory_of(house).get_person(GUEST).is_guest
    assert directory_of(house).get_person(ROBOT).is_bot


def test_facts_are_believed_for_ten_minutes(house: House) -> None:
    directory = directory_of(house)
    for seconds in (0, 599, 2):
        house.clock.ticks += seconds
        directory.get_person(SATO)
    assert calls_of(house, "users.info") == 2


def test_a_fresh_look_asks_again(house: House) -> None:
    directory = directory_of(house)
    assert not directory.get_channel(CS).is_shared_outside
    house.sandbox.slack.world.channels[CS].is_ext_shared = True
    assert not directory.get_channel(CS).is_shared_outside
    assert directory.get_channel(CS, fresh=True).is_shared_outside


@pytest.mark.parametrize(
    ("channel", "kind", "shared", "guests"),
    [
        (CS, "public", False, False),
        (OPS_ROOM, "private", False, False),
        (SHARED, "public", True, False),
        (WITH_GUEST, "public", False, True),
    ],
)
def test_who_reads_in_a_channel(
    house: House, channel: str, kind: str, shared: bool, guests: bool
) -> None:
    facts = directory_of(house).get_channel(channel)
    assert (facts.kind, facts.is_shared_outside, facts.has_guests) == (kind, shared, guests)
    assert facts.is_member


def test_a_silent_slack_is_no_permission(house: House) -> None:
    house.sandbox.fault("conversations.info", "500", times=5)
    with pytest.raises(Refusal) as caught:
        directory_of(house).get_channel(CS)
    assert caught.value.code == "slack_unreachable"


def test_a_dropped_connection_is_tried_again_when_only_reading(house: House) -> None:
    house.sandbox.fault("users.info", "drop_before")
    assert directory_of(house).get_person(SATO).name == "佐藤"


def test_an_address_finds_its_person_or_nobody(house: House) -> None:
    directory = directory_of(house)
    found = directory.find_person_by_email(f"{SATO}@example.com")
    assert found is not None
    assert found.slack_user == SATO
    assert directory.find_person_by_email("nobody@example.com") is None


class TestFiles:
    """Files come from Slack's own hosts, within the limit, and cannot leave their folder."""

    def dropped(self, house: House, tmp_path: Path, name: str = "usage.csv") -> str:
        path = tmp_path / name
        path.write_bytes(b"a,b\n1,2\n")
        house.visitor.drops(OPS, OPS_ROOM, path)
        house.settle()
        return next(iter(house.sandbox.slack.world.files))

    def test_a_file_is_fetched(self, house: House, tmp_path: Path) -> None:
        file_id = self.dropped(house, tmp_path)
        fetched = directory_of(house).fetch_file(file_id, tmp_path / "new" / "folder")
        assert fetched.read_bytes() == b"a,b\n1,2\n"
        assert fetched.name == "usage.csv"

    def test_a_japanese_name_is_fetched_and_kept(self, house: House, tmp_path: Path) -> None:
        file_id = self.dropped(house, tmp_path, "利用 2026年11月.csv")
        fetched = directory_of(house).fetch_file(file_id, tmp_path / "new")
        assert fetched.read_bytes() == b"a,b\n1,2\n"
        assert fetched.name == "利用 2026年11月.csv"

    @pytest.mark.parametrize("name", ["../../etc/passwd", "..", "../.."])
    def test_a_name_cannot_lead_out_of_the_folder(
        self, house: House, tmp_path: Path, name: str
    ) -> None:
        file_id = self.dropped(house, tmp_path)
        house.sandbox.slack.world.files[file_id].name = name
        folder = tmp_path / "in"
        assert directory_of(house).fetch_file(file_id, folder).parent == folder

    def test_a_file_above_the_limit_is_refused_before_it_is_read(
        self, house: House, tmp_path: Path
    ) -> None:
        directory = SlackDirectory(house.bot.line, house.workspace, house.clock, most_megabytes=0)
        with pytest.raises(BadInput) as caught:
            directory.fetch_file(self.dropped(house, tmp_path), tmp_path)
        assert caught.value.code == "file_too_large"

    @pytest.mark.parametrize(
        "url",
        [
            "https://evil.example.com/x",
            "http://files.slack.com/x",
            "https://slack.com.evil.example/x",
            "file:///etc/passwd",
            "",
        ],
    )
    def test_other_hosts_never_see_the_token(self, house: House, tmp_path: Path, url: str) -> None:
        line = house.bot.line
        assert isinstance(line, WebLine)
        with pytest.raises(SlackRefused, match="foreign_host"):
            line.fetch(house.workspace, url, tmp_path / "x", 10)

    def test_more_bytes_than_promised_stop_the_download(self, house: House, tmp_path: Path) -> None:
        file_id = self.dropped(house, tmp_path)
        url = f"{house.sandbox.url}/files/{file_id}"
        stored = house.sandbox.slack.world.files[file_id]
        shown = house.bot.line.ask(house.workspace, "files.info", file=stored.id)["file"]
        with pytest.raises(SlackRefused, match="too_large"):
            house.bot.line.fetch(house.workspace, shown["url_private"], tmp_path / "x", 3)
        assert url.startswith("http")


def test_a_workspace_without_a_token_is_not_spoken_to(house: House) -> None:
    left = Workspace(team_id="T9", name="left", settings={"left": True})
    with pytest.raises(SlackRefused, match="not_authed"):
        house.bot.line.ask(left, "auth.test")


def test_a_message_has_an_address_and_one_that_is_hidden_from_us_has_none(house: House) -> None:
    ts = house.visitor.types(SATO, CS, "画面が重い")["ts"]
    link = directory_of(house).find_permalink(CS, ts)
    assert link is not None
    assert link.endswith(f"/archives/{CS}/p{ts.replace('.', '')}")
    assert directory_of(house).find_permalink(CS, "1.000000") is None
    assert directory_of(house).find_permalink("C0NONE", ts) is None
