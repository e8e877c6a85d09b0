"""Each shipped playbook from facts to the +30 measurement and the manager's summary.

In both languages, on both databases, over a long weekend, the year's end and Golden Week; database
and season alternate so that every combination of the three is lived.
"""

from datetime import date
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet

from bot.playbooks.document import load_shipped
from tests.house import open_house
from tests.loop import (
    key_feature,
    late_payment,
    re_onboarding,
    renewal,
    slow_decline,
    usage_drop,
    voc_hearing,
)
from tests.loop.story import Play, Story

PLAYS: list[Play] = [
    usage_drop.PLAY,
    key_feature.PLAY,
    slow_decline.PLAY,
    late_payment.PLAY,
    renewal.PLAY,
    re_onboarding.PLAY,
    voc_hearing.PLAY,
]
DATABASES = ("sqlite", "postgres")
SEASONS = {
    # A Friday before a Monday off in Japan.
    "long_weekend": date(2026, 11, 20),
    # Off in Britain: 25 and 28 December, 1 January; in Japan: 29 December to 3 January.
    "year_end": date(2026, 12, 24),
    # Off in Japan: 29 April to 5 May; in Britain: 3 May.
    "golden_week": date(2027, 4, 27),
}


def list_stories() -> list[ParameterSet]:
    """Every playbook once a language; the next one on the other database and in the next season."""
    seasons = list(SEASONS)
    made: list[ParameterSet] = []
    for place, play in enumerate(PLAYS):
        for shift, language in enumerate(("ja", "en")):
            number = place + shift
            database, season = DATABASES[number % 2], seasons[number % 3]
            marks = [pytest.mark.postgres] if database == "postgres" else []
            name = f"{play.key}-{language}-{season}-{database}"
            made.append(pytest.param(play, language, season, database, id=name, marks=marks))
    return made


@pytest.mark.row("B36", "B38", "B43", "B47", "D7", "D57", "E8", "E28")
@pytest.mark.parametrize(("play", "language", "season", "database"), list_stories())
def test_from_facts_to_the_line_in_the_summary(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    play: Play,
    language: str,
    season: str,
    database: str,
) -> None:
    url = request.getfixturevalue(f"{database}_url")
    for house in open_house("http", url, tmp_path):
        story = Story(house, play, language, SEASONS[season])
        story.begin()
        story.wait_for_alert()
        story.read_alert()
        story.claim()
        story.reach_out()
        story.wait()
        story.record_everything()
        story.look_back(story.words.unmeasured)
        story.measure()
        story.check()


def test_every_shipped_playbook_has_its_story() -> None:
    assert {play.key for play in PLAYS} == {each.key for each in load_shipped()}
