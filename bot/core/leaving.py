"""Why customers leave, as far as their words tell, and who of ours can mend it.

Refuses to read a reason into words that name none of the known ones.
"""

import unicodedata
from enum import StrEnum

from bot.core.vocabulary import Hypothesis

# Parts of what people write as a reason, by the closed set; the first that is found holds.
_WORDS: dict[Hypothesis, tuple[str, ...]] = {
    Hypothesis.NOT_SPREAD: ("浸透", "定着", "not spread", "adoption", "rollout", "roll-out"),
    Hypothesis.FORGOTTEN: ("忘れ", "使っていない", "未使用", "forgot", "unused", "not used"),
    Hypothesis.UNCLEAR_USE: (
        *("使い方", "使いこな", "難し", "活用でき", "how to use", "unclear", "too difficult"),
        *("training", "onboarding"),
    ),
    Hypothesis.OWNER_CHANGE: (
        *("退職", "異動", "交代", "後任", "left the company", "champion", "new owner"),
        *("reorganisation", "reorganization"),
    ),
    Hypothesis.COMPETITOR: ("競合", "他社", "乗り換え", "切り替え", "competitor", "switched"),
    Hypothesis.PRODUCT: (
        *("製品", "機能", "不具合", "障害", "品質", "product", "feature", "bug", "outage"),
        *("quality", "missing"),
    ),
    Hypothesis.BUDGET: ("予算", "コスト", "費用", "価格", "budget", "cost", "price"),
    Hypothesis.SEASON: ("季節", "繁忙", "season"),
}


class Mender(StrEnum):
    """Who can do something about a reason: customer success, the product, or neither."""

    CS = "cs"
    PRODUCT = "product"
    NEITHER = "neither"


_MENDERS = {
    Hypothesis.FORGOTTEN: Mender.CS,
    Hypothesis.UNCLEAR_USE: Mender.CS,
    Hypothesis.NOT_SPREAD: Mender.CS,
    Hypothesis.OWNER_CHANGE: Mender.CS,
    Hypothesis.PRODUCT: Mender.PRODUCT,
    Hypothesis.COMPETITOR: Mender.PRODUCT,
}


def read_reason(said: str) -> Hypothesis:
    """The known reason that somebody's words name; `UNKNOWN` where they name none."""
    text = unicodedata.normalize("NFKC", said).casefold()
    named = (reason for reason, words in _WORDS.items() if any(each in text for each in words))
    return next(named, Hypothesis.UNKNOWN)


def find_mender(reason: Hypothesis) -> Mender:
    """Who can mend it; a reason nobody here has in hand is said without one."""
    return _MENDERS.get(reason, Mender.NEITHER)
