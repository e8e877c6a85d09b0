"""What was found of the measures, of whatever names and sizes a test chooses."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.core.say import Say
from bot.core.validity import Changed, Chased, Finding, Foretold, Risk, Validity
from bot.core.validity_page import Proposed, RiskRow, RisksPage, ValidityPage, Warned
from bot.views.reply import Message, View
from bot.views.validity import (
    build_few,
    build_line,
    build_month,
    build_none,
    build_risks,
    build_validity,
)

TODAY = date(2026, 12, 1)
_AT = datetime(2026, 12, 1, 0, 30, tzinfo=UTC)
VERDICTS = (
    *("valid", "goes_along", "redundant", "unstable", "too_few", "not_shown"),
    *("refused_leak", "refused_constant", "refused_empty", "refused_identifier", "refused"),
)
_WHY = {
    "refused_leak": "leak_level",
    "refused_constant": "constant",
    "refused_empty": "empty",
    "refused_identifier": "many_values",
    "refused": "only_today",
}
RISKS = [Risk(number, TODAY + timedelta(days=number % 90), 0.34) for number in range(200)]
TOLD = Foretold(212, "", 20, 160, 18.4, 11, 26, (0.81, 0.74, 0.87), 60, True, RISKS)
CHASED = Chased("usage_drop", "nps", "not_followed", 40, 12, 200, 58, is_flagged=True)
COUNTED = Validity(TODAY, date(2024, 1, 15), 3, 41, 312, 0.01, 11)


def list_validity_views(say: Say, text: str, size: int) -> Iterator[tuple[str, Message | View]]:
    """The page for each role and state, the month's message, the forecast, the sentences."""
    page = build_sample(text, size)
    yield "validity", build_validity(say, page)
    plain = replace(page, may_draft=False, may_see_risks=False, changed=[], compared_on=None)
    yield "validity for ops", build_validity(say, replace(plain, may_draft=True))
    yield "validity of nothing", build_validity(say, replace(plain, validity=COUNTED, proposed=[]))
    yield "validity month", build_month(say, page)
    few = replace(COUNTED, left=3, stayed=25)
    yield "validity of few", build_validity(say, replace(plain, validity=few, proposed=[]))
    yield "validity few", build_few(say, replace(few, stayed=4), is_first=True)
    yield "validity few again", build_few(say, few, is_first=False)
    yield "validity none", build_none(say)
    for reason in ("few", "unfit", "none", "no_better", ""):
        found = replace(
            COUNTED, foretold=replace(TOLD, reason=reason, is_of_newest=False, risks=[])
        )
        yield f"validity {reason}", build_month(say, replace(plain, validity=found))
    rows = [RiskRow(text, each) for each in RISKS[:size]]
    yield "validity risks", build_risks(say, RisksPage(TODAY, TOLD, rows))
    yield "validity no risks", build_risks(say, RisksPage(TODAY, replace(TOLD, risks=[]), []))
    yield "validity started", build_line(say, "started")
    yield "validity under way", build_line(say, "under_way")
    yield "validity progress", build_line(say, "progress", share=0.4)
    yield "validity failed", build_line(say, "failed", reference="R-1")


def list_warned(text: str) -> list[Warned]:
    """Warnings beside a draft, of either kind."""
    unclear = replace(CHASED, following="cannot_tell")
    return [Warned(text, text, CHASED), Warned(text, text, unclear)] * 3


def build_sample(text: str, size: int) -> ValidityPage:
    """Every verdict as often as asked for."""
    names = [f"m{number}" for number in range(len(VERDICTS) * min(size, 8))]
    findings = [_finding(name, VERDICTS[at % len(VERDICTS)]) for at, name in enumerate(names)]
    findings += [_finding("@segment", "refused_constant"), _finding("@size", "valid")]
    flagged = [replace(CHASED, measure=name) for name in ("score", *names[:size])]
    unclear = replace(CHASED, following="cannot_tell")
    proposed = [
        Proposed(findings[0], way, [text[:60] or "x"] * min(size, 20), "normal", "important")
        for way in ("up", "down", "up")
    ]
    return ValidityPage(
        run_id=1,
        made_at=_AT,
        validity=replace(COUNTED, findings=findings, chased=[*flagged, unclear], foretold=TOLD),
        labels=dict.fromkeys(names, text),
        titles={"usage_drop": text},
        changed=[Changed(name, "valid", "refused_leak") for name in names],
        compared_on=date(2026, 11, 2),
        proposed=proposed,
        zone="Asia/Tokyo",
        may_draft=True,
        may_see_risks=True,
    )


def _finding(name: str, verdict: str) -> Finding:
    why = _WHY.get(verdict, verdict)
    if verdict.startswith("refused"):
        return Finding(name, verdict, why)
    against = ("@size", "m1") if verdict in ("goes_along", "redundant") else ()
    return Finding(name, verdict, why, 0.31, 0.25, 0.38, 41, 312, against)
