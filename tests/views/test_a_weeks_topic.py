"""The most frequent topic of a week's VoC, in the reader's words."""

from dataclasses import replace
from datetime import date

import pytest

from bot.core.say import Say
from bot.core.weekly import Heard
from bot.views.verdicts import Reader
from bot.views.weekly import WeeklyPage, build_weekly
from tests.views.samples import list_voices
from tests.views.samples_of_weeks import sample_weekly

MONDAY = date(2026, 11, 9)
READER = Reader(1, "Asia/Tokyo", date(2026, 11, 20), MONDAY, "森")
WORDS = {"ja": "製品", "en": "Product"}


@pytest.mark.row("B7")
@pytest.mark.parametrize("say", list_voices(), ids=lambda say: say.locale)
@pytest.mark.parametrize("topic", ["product", "二重入力"])
def test_a_topic_of_the_form_has_its_word_and_a_teams_own_stays(say: Say, topic: str) -> None:
    weekly = replace(sample_weekly("アクメ", 3), heard=Heard(3, topic, 2))
    told = str(build_weekly(say, WeeklyPage(weekly, READER)).blocks)
    assert (WORDS[say.locale] if topic == "product" else topic) in told
    assert "product" not in told
