"""What every command, job and measure owes: words in both languages, and a place in the help."""

import pytest

from bot.commands import health
from bot.core.vocabulary import Locale
from bot.frame.catalogue import load_catalogue
from bot.frame.measure import Measure, Unit
from bot.registry import Deed, Job, list_modules, whole
from bot.texts import Texts

TEXTS = Texts()
LOCALES = pytest.mark.parametrize("locale", list(Locale))
_NO_NUMBER = (Unit.WORD, Unit.YES_NO)


@LOCALES
@pytest.mark.parametrize("deed", whole().commands(), ids=lambda deed: deed.key)
def test_a_command_says_what_it_does_how_it_is_called_and_what_else_it_hears(
    deed: Deed, locale: Locale
) -> None:
    say = TEXTS.speak(locale)
    assert say(f"command_{deed.key}", "told")
    assert isinstance(say(f"command_{deed.key}", "usage"), str)
    assert isinstance(say(f"command_{deed.key}", "also"), str)


@LOCALES
def test_no_two_commands_hear_the_same_word(locale: Locale) -> None:
    say = TEXTS.speak(locale)
    words = [
        word
        for deed in whole().commands()
        for word in (deed.key, *say(f"command_{deed.key}", "also").split())
    ]
    assert sorted(words) == sorted(set(words))


@LOCALES
@pytest.mark.parametrize("job", whole().jobs.values(), ids=lambda job: job.name)
def test_a_job_has_a_name_and_says_what_it_does(job: Job, locale: Locale) -> None:
    say = TEXTS.speak(locale)
    assert say(f"job_{job.name}", "name")
    assert say(f"job_{job.name}", "told")


@LOCALES
@pytest.mark.parametrize("measure", load_catalogue().values(), ids=lambda each: each.name)
def test_a_measure_can_be_shown_with_its_source(measure: Measure, locale: Locale) -> None:
    say = TEXTS.speak(locale)
    assert measure.label.get(locale)
    assert measure.meaning.get(locale)
    if measure.unit not in _NO_NUMBER:
        assert say("why", f"value_{measure.unit}", value=0.5)
    for need in measure.needs:
        assert say("why", f"source_{need.partition(':')[0]}")


def test_a_command_of_its_own_is_one_word_and_taken_once() -> None:
    slashes = [deed.slash for deed in whole().commands() if deed.slash]
    assert all(slash.startswith("/") and " " not in slash for slash in slashes)
    assert len(slashes) == len(set(slashes))
    assert {"/health", "/sakidori"} <= set(slashes)


def test_every_deed_declared_in_a_file_is_in_the_registry() -> None:
    assert whole().find("command", "health")
    assert health in list_modules(__import__("bot.commands", fromlist=["commands"]))
