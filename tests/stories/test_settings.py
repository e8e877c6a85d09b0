"""A person's own settings, from App Home through the form and back to App Home."""

import pytest

from tests.house import CS, SATO, House


@pytest.mark.row("E9")
def test_what_was_saved_is_seen_in_the_home_and_told(any_house: House) -> None:
    any_house.opens_home(SATO)
    any_house.clicks_home(SATO, "settings")
    answer = any_house.submits(SATO, closes="17:30", digest_time="09:15", channel=CS)
    assert answer == {"closed": True}
    home = any_house.visitor.waits_for(lambda: _when(any_house, "17:30"))
    assert "09:15" in home
    told = any_house.reads(SATO)[-1]
    assert told.startswith("設定を保存しました。")
    assert "公開チャンネルのため" in told


@pytest.mark.row("E9")
def test_a_form_that_is_wrong_stays_open_and_the_home_as_it_was(any_house: House) -> None:
    any_house.opens_home(SATO)
    any_house.clicks_home(SATO, "settings")
    answer = any_house.submits(SATO, closes="08:00")
    assert answer["errors"] == {"closes": "終わりは、始まりより後の時刻にしてください。"}
    assert "08:00" not in str(any_house.visitor.home(SATO))


def _when(house: House, expected: str) -> str:
    shown = str(house.visitor.home(SATO))
    return shown if expected in shown else ""
