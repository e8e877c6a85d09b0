"""How the draft's thresholds would have fared against how contracts ended: counts, intervals.

Refuses a share of too few, and proposes in words alone.
"""

from collections.abc import Mapping

from bot.core.back_test import (
    LEAST_LEAD_DAYS,
    WATCHED_DAYS,
    BackTest,
    Counted,
    Suggested,
    Trial,
)
from bot.core.interval import FEWEST
from bot.core.say import Say


def render_past(say: Say, past: BackTest) -> list[str]:
    """The lead, and a text for each threshold; or that there are too few cases to tell."""
    told = say(
        "back_test",
        "lead",
        first_on=past.first_on,
        cut_on=past.cut_on,
        last_on=past.last_on,
        before=past.before,
        after=past.after,
        accounts=past.accounts,
        drawn=past.drawn,
    )
    if not past.trials:
        few = say("back_test", "too_few", after=past.after, fewest=FEWEST, unscored=past.unscored)
        return ["\n".join([told, few])]
    blind = (
        [say("back_test", "cannot_choose", cut_on=past.cut_on, last_on=past.last_on)]
        if past.before.are_few
        else []
    )
    return ["\n".join([told, *blind]), *(_trial(say, past, each) for each in past.trials)]


def render_how(say: Say, past: BackTest, labels: Mapping[str, str]) -> str:
    """What was looked at and what was not; "" where nothing was. `labels` by measure."""
    if not past.trials:
        return ""
    return say(
        "back_test",
        "how",
        watched=WATCHED_DAYS,
        lead=LEAST_LEAD_DAYS,
        unscored=past.unscored,
        left_out=[labels.get(name, name) for name in past.left_out],
    )


def _trial(say: Say, past: BackTest, trial: Trial) -> str:
    judged = trial.judged
    threshold = say("back_test", f"threshold_{trial.kind}", level=f"{judged.level:g}")
    if judged.precision is None:
        lines = [say("back_test", "nobody", threshold=threshold, lost=judged.recall.count)]
    else:
        lines = [
            say(
                "back_test",
                "trial",
                threshold=threshold,
                flagged=judged.precision.count,
                hits=judged.precision.hits,
                lost=judged.recall.count,
                precision=_share(say, judged.precision),
                recall=_share(say, judged.recall),
                lead=judged.lead,
            )
        ]
    if trial.suggested is not None:
        lines.append(_suggested(say, past, trial.kind, trial.suggested))
    return "\n".join(lines)


def _share(say: Say, counted: Counted) -> str:
    if counted.is_few:
        return say("back_test", "few", fewest=FEWEST)
    share, low, high = counted.share, counted.low, counted.high
    return say("back_test", "share", share=share, low=low, high=high)


def _suggested(say: Say, past: BackTest, kind: str, suggested: Suggested) -> str:
    judged = suggested.judged
    gain, low, high = (
        say("back_test", "gap", points=round(each * 100))
        for each in (suggested.gain, suggested.low, suggested.high)
    )
    return say(
        "back_test",
        "worth_trying" if suggested.is_better else "no_better",
        cut_on=past.cut_on,
        last_on=past.last_on,
        level=say("back_test", f"level_{kind}", level=f"{judged.level:g}"),
        gain=gain,
        low=low,
        high=high,
        hits=judged.recall.hits,
        flagged=judged.precision.count if judged.precision else 0,
    )
