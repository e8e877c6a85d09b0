"""That nothing after a cut has a part in what is learnt, on a company's own tables.

FOLDER holds accounts, contracts, usage_monthly, tickets, nps, invoices and outcomes (CSV), joined
by account_id. A row a customer and month says what was known at the month's end, and whether they
left within three months. Learnt from is what was over by the cut, judged on later months. Then
everything dated after the cut is spoilt in all tables: figures, verdicts on measures and the fitted
forecast must stay the same, bit for bit. `--shuffled N` deals the outcome out by lot N times.

Usage: python -m benchmarks.by_time FOLDER [--cut 2023-12] [--shuffled 20]
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.by_time_table import ACCOUNT, MONTH, OUTCOME, Tables, build_rows, read_tables
from bot.insight.examine import Asked, Examined, examine
from bot.insight.forecast import Forecast
from bot.insight.shuffled import shuffle

# The day by which a row of each table is dated.
_DATED = {
    **{"usage_monthly": "month", "tickets": "created_at", "nps": "responded_on"},
    **{"invoices": "issued_on", "outcomes": "churn_month"},
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Examine, spoil, examine again, print; 1 where anything learnt has changed."""
    asked = _read(arguments)
    tables = read_tables(asked.folder)
    question = _question(asked.cut)
    found = examine(build_rows(tables, asked.cut), question)
    _print_figures(found, asked.cut)
    later = examine(build_rows(spoil(tables, asked.cut), asked.cut), question)
    changed = list_changed(found, later)
    print(f"everything after {asked.cut} spoilt; changed by it: {', '.join(changed) or 'nothing'}")
    wrong = _print_shuffled(build_rows(tables, asked.cut), question, asked.shuffled)
    return int(bool(changed) or wrong > 0)


def _read(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cut", default="2023-12", help="last month that is known, as 2023-12")
    parser.add_argument("--shuffled", type=int, default=0, help="so many times dealt out by lot")
    return parser.parse_args(arguments)


def _question(cut: str) -> Asked:
    return Asked(
        OUTCOME, "yes", segment=("segment",), volume="seats", by_time=MONTH, cut=cut, group=ACCOUNT
    )


def spoil(tables: Tables, cut: str) -> dict[str, pd.DataFrame]:
    """Other tables after the cut: counts are others, answers and payments are dealt out anew,
    tickets are doubled, and others leave."""
    lot = np.random.default_rng(0)
    made = {name: table.copy() for name, table in tables.items()}
    for name, day in _DATED.items():
        table = made[name]
        late = table[day].str.slice(0, 7).gt(cut).to_numpy(dtype=bool, na_value=False)
        own = [each for each in table.columns if each not in (ACCOUNT, day)]
        table.loc[late, own] = table.loc[late, own].to_numpy()[lot.permutation(late.sum())]
        if name == "tickets":
            made[name] = pd.concat([table, table[late]])
    _deal_endings(made["outcomes"], cut, lot)
    for name, day in (("invoices", "paid_on"), ("tickets", "solved_at")):
        late = made[name][day].str.slice(0, 7).gt(cut).to_numpy(dtype=bool, na_value=False)
        made[name].loc[late, day] = None
    return made


def _deal_endings(outcomes: pd.DataFrame, cut: str, lot: np.random.Generator) -> None:
    """Of those still there at the cut others leave, and in other months."""
    there = ~outcomes["churn_month"].le(cut).to_numpy(dtype=bool, na_value=False)
    months = outcomes.loc[there, "churn_month"].to_numpy()
    outcomes.loc[there, "churn_month"] = lot.permutation(months)


def list_changed(one: Examined, other: Examined) -> list[str]:
    """What was learnt otherwise: names of measures, `refused`, `forecast`."""
    if one.validity.refused != other.validity.refused:
        return ["refused"]
    pairs = zip(one.validity.judged, other.validity.judged, strict=True)
    changed = [
        a.figures.name
        for a, b in pairs
        if (a.figures.area, str(a.corrected)) != (b.figures.area, str(b.corrected))
    ]
    models = [each.validity.forecast and each.validity.forecast.model for each in (one, other)]
    return changed if models[0] == models[1] else [*changed, "forecast"]


def _print_figures(found: Examined, cut: str) -> None:
    forecast = found.validity.forecast
    if forecast is None:
        print("no forecast: fewer than thirty customers on a side, up to the cut or after it")
    else:
        _print_forecast(forecast, cut)
    for judged in found.validity.judged:
        area = found.validity.later[judged.figures.name]
        print(f"  {judged.figures.name}: {judged.verdict}, auc after the cut {area.auc:.3f}")
    for refused in found.validity.refused:
        print(f"  {refused.name}: {refused.unfit.verdict}")


def _print_forecast(forecast: Forecast, cut: str) -> None:
    quality = forecast.quality
    print(f"learnt from {forecast.learnt} rows over by {cut}, judged on {forecast.judged} later")
    print(
        f"auc {quality.area.auc:.4f} ({quality.area.low:.4f} to {quality.area.high:.4f}),"
        f" brier {quality.brier.value:.4f} (base rate {quality.base_brier:.4f}),"
        f" ece {quality.ece.value:.4f}, better than the base rate: {forecast.is_better}"
    )


def _print_shuffled(rows: pd.DataFrame, question: Asked, times: int) -> int:
    """In how many of the times any measure was called valid."""
    if not times:
        return 0
    dealt = shuffle(rows, question, times)
    print(
        f"dealt out by lot {times} times: any measure valid in {dealt.wrong},"
        f" {sum(dealt.valid)} in all, forecast called better in {dealt.better}"
    )
    return dealt.wrong


if __name__ == "__main__":
    sys.exit(main())
