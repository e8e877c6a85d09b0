"""Paragraphs of what was found of the measures: verdicts, what changed, the guard, the forecast."""

from bot.core.say import Say
from bot.core.validity import (
    GOES_ALONG,
    NOT_SHOWN,
    REDUNDANT,
    REFUSED,
    SEGMENT,
    SIZE,
    TOO_FEW,
    UNSTABLE,
    VALID,
    Changed,
    Chased,
    Finding,
    Foretold,
)
from bot.core.validity_page import ValidityPage
from bot.views.limits import shorten

# Of each verdict; the rest is counted.
MOST = 12
_NAME = 60
_ORDER = (VALID, GOES_ALONG, REDUNDANT, UNSTABLE, TOO_FEW, NOT_SHOWN, REFUSED)
_WORDS = {SEGMENT: "segment", SIZE: "size", "score": "score"}


def list_verdicts(say: Say, page: ValidityPage, most: int) -> list[str]:
    """A paragraph a verdict, where any measure has it; nothing valid is said, too."""
    if not page.validity.is_told:
        return []
    return [_verdict(say, page, verdict, most) for verdict in _ORDER]


def _verdict(say: Say, page: ValidityPage, verdict: str, most: int) -> str:
    told = sorted(page.validity.findings, key=lambda each: -each.strength)
    found = [each for each in told if each.is_of_model and _short(each.verdict) == verdict]
    if not found:
        return say("validity", "nothing_valid") if verdict == VALID else ""
    lines = [_finding(say, page, each) for each in found[:most]]
    more = len(found) - len(lines)
    return say("validity", f"of_{verdict}", lines=lines, more=more)


def _finding(say: Say, page: ValidityPage, each: Finding) -> str:
    why = each.why if each.is_refused else ""
    return say(
        "validity",
        f"line_{REFUSED if each.is_refused else each.verdict}",
        name=name_measure(say, page, each.measure),
        auc=None if each.auc is None else say.number(each.auc, 2),
        low=say.number(each.low or 0.0, 2),
        high=say.number(each.high or 0.0, 2),
        is_high=(each.auc or 0.0) > 0.5,
        left=each.left,
        stayed=each.stayed,
        against=[name_measure(say, page, one) for one in each.against],
        why=say("validity", f"why_{_reason(why)}") if why else "",
    )


def _reason(why: str) -> str:
    """Leaks of every kind are one word here."""
    if why.startswith("leak"):
        return "leak"
    return why if why in ("only_today", "empty", "constant") else "other"


def render_changed(say: Say, page: ValidityPage) -> str:
    if not page.changed:
        return ""
    lines = [_change(say, page, each) for each in page.changed[:MOST]]
    return say("validity", "changed", since=page.compared_on, lines=lines)


def _change(say: Say, page: ValidityPage, each: Changed) -> str:
    before, after = (say("validity", f"verdict_{_short(v)}") for v in (each.before, each.after))
    name = name_measure(say, page, each.measure)
    return say("validity", "change", name=name, before=before, after=after)


def _short(verdict: str) -> str:
    return REFUSED if verdict.startswith(REFUSED) else verdict


def render_chased(say: Say, page: ValidityPage) -> str:
    flagged = [each for each in page.validity.chased if each.is_flagged]
    if not flagged:
        return ""
    lines = [_chase(say, page, each) for each in flagged[:MOST]]
    return say("validity", "chased", lines=lines)


def _chase(say: Say, page: ValidityPage, each: Chased) -> str:
    return say(
        "validity",
        f"chased_{each.following}",
        title=shorten(page.titles.get(each.playbook, each.playbook), _NAME),
        name=name_measure(say, page, each.measure),
        treated=each.treated,
        treated_left=each.treated_left,
        others=each.others,
        others_left=each.others_left,
    )


def render_foretold(say: Say, found: Foretold) -> str:
    """How many of the next renewals are lost, or why that cannot be told."""
    name = f"foretold_{found.reason or 'told'}"
    area = found.area or (0.0, 0.0, 0.0)
    return say(
        "validity",
        name,
        renewals=found.renewals,
        expected=round(found.expected or 0.0),
        low=found.low,
        high=found.high,
        base_left=found.base_left,
        base=found.base,
        share=found.base_left / found.base if found.base else 0.0,
        area=[say.number(each, 2) for each in area],
        calibrated_on=found.calibrated_on,
        is_of_newest=found.is_of_newest,
    )


def name_measure(say: Say, page: ValidityPage, measure: str) -> str:
    word = _WORDS.get(measure)
    if word:
        return say("validity", word)
    return shorten(page.labels.get(measure, measure), _NAME)
