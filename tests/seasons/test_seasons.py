"""Holidays, habits, silence and dead feeds in the life of the sample company."""

from datetime import date, timedelta
from itertools import pairwise
from statistics import fmean

import pytest

from bot.core.standing import WORST_FIRST
from bot.core.steady import Reading, find_steady_band
from bot.core.vocabulary import Band
from sandbox.company.future import Faults
from tests.seasons.life import JAPAN, PLAIN, SEASONS, Life, Span, mornings

# Where each band ends below.
_EDGES = {Band.GREEN: 70, Band.YELLOW: 50, Band.RED: 0}


def bands(life: Life, name: str, span: Span) -> list[tuple[date, Band]]:
    """The steady band of each morning of the span that has one."""
    found, readings = [], list[Reading]()
    for on in mornings(span):
        day = life.days[name].get(on)
        if day and day.score is not None:
            readings.append(Reading(on, day.band, day.score))
            steady = find_steady_band(readings)
            assert steady is not None
            found.append((on, steady))
    return found


def fallen_by_use(life: Life, span: Span) -> dict[str, float]:
    """Who fell in the span and would not have, had they used the product as on its first day."""
    found: dict[str, float] = {}
    for name in life.without_story():
        steady = bands(life, name, span)
        for (_, before), (on, band) in pairwise(steady):
            first, now = life.days[name][steady[0][0]], life.days[name][on]
            lost, is_worse = (
                first.use - now.use,
                WORST_FIRST.index(band) < WORST_FIRST.index(before),
            )
            if is_worse and now.score is not None and now.score + lost >= _EDGES[before]:
                found[name] = max(lost, found.get(name, 0.0))
    return found


@pytest.mark.row("C13", "C15", "B19")
@pytest.mark.parametrize("season", SEASONS)
def test_a_normal_season_drops_nobodys_band_by_usage(life: Life, season: str) -> None:
    """Small accounts near an edge cross it by chance in any month; no season adds to that."""
    fallen = fallen_by_use(life, SEASONS[season])
    plain = [fallen_by_use(life, span) for span in PLAIN.values()]
    by_chance = max(lost for month in plain for lost in month.values())
    assert {name: lost for name, lost in fallen.items() if lost > by_chance} == {}
    assert len(fallen) <= max(map(len, plain))


@pytest.mark.row("C13", "C15")
@pytest.mark.parametrize("country", ["JP", "US"])
@pytest.mark.parametrize("season", SEASONS)
def test_no_countrys_use_sinks_in_a_season(life: Life, season: str, country: str) -> None:
    first, *rest = mornings(SEASONS[season])
    names = [name for name in life.without_story(country) if first in life.days[name]]
    assert len(names) >= 20
    before = fmean(life.days[name][first].use for name in names)
    after = {on: fmean(life.days[name][on].use for name in names) - before for on in rest}
    assert {on: change for on, change in after.items() if change < -1.0} == {}


@pytest.mark.row("C10", "C13")
def test_the_account_that_stops_is_yellow_or_red_within_five_business_days(life: Life) -> None:
    [stopped] = life.world.get_story("stops")
    days, stops_on = life.days[stopped.name], date(2026, 12, 1)
    assert days[stops_on].band is Band.GREEN
    for on in mornings((JAPAN.add_business_days(stops_on, 5), SEASONS["new year 2027"][1])):
        assert days[on].band in (Band.YELLOW, Band.RED), on


@pytest.mark.row("B1", "C15")
def test_the_dead_feed_moves_nobodys_use(life: Life) -> None:
    dead_on = Faults(life.world.plan).dead_on
    after = dead_on + timedelta(days=1)
    assert life.data_on[after] == life.data_on[dead_on] == dead_on - timedelta(days=1)
    seen = [days for days in life.days.values() if dead_on in days]
    assert len(seen) > 100
    assert all(days[after].values == days[dead_on].values for days in seen)


@pytest.mark.row("C12", "C13")
def test_most_customers_are_well_and_the_trouble_is_seen(life: Life) -> None:
    first = SEASONS["thanksgiving"][0]
    standing = [days[first].band for days in life.days.values() if first in days]
    assert standing.count(Band.GREEN) >= 0.75 * len(standing)
    assert standing.count(Band.YELLOW) + standing.count(Band.RED) >= 10
