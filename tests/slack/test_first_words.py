"""A word typed in Slack comes back as an answer, by both ways in."""

from tests.house import SATO, House


def test_a_command_is_answered(any_house: House) -> None:
    assert "アクメ" in any_house.says(SATO, "/health アクメ")
