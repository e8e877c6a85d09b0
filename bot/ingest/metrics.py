"""Names of usage metrics: the standard ones by synonym, any other by its folded header."""

import re
import unicodedata

from bot.ingest.fold import fold_word

_STANDARD = {
    "logins": "ログイン数 ログイン回数 ログイン login_count login logins sign_ins セッション数",
    "active_users": (
        "アクティブユーザー数 アクティブユーザー アクティブ数 利用者数 利用人数 ログイン人数 "
        "active_users active_user_count dau 稼働ユーザー数"
    ),
    "key_actions": (
        "主要機能利用数 主要機能利用回数 主要機能の利用 主要操作数 key_actions core_actions"
    ),
    "features_used": "利用機能数 使用機能数 機能数 features_used feature_count",
    "usage_minutes": (
        "利用時間(分) 使用時間(分) 利用分数 滞在時間(分) usage_minutes minutes_used session_minutes"
    ),
    "exports": "エクスポート数 エクスポート回数 出力数 出力回数 exports export_count",
}
_KNOWN = {
    fold_word(word): name for name, words in _STANDARD.items() for word in (name, *words.split())
}
# Numeric columns that count or rank rows, not use.
_NO_METRICS = frozenset(
    map(
        fold_word,
        ("no", "番号", "行番号", "順位", "rank", "row", "id", "年", "year", "行/row"),
    )
)
_UNIT = re.compile(r"\s*[(（\[【][^)）\]】]*[)）\]】]\s*$")


def standard_metrics() -> tuple[str, ...]:
    """Names of the metrics every workspace has."""
    return tuple(_STANDARD)


def known_metric(header: str) -> str | None:
    """The standard metric a header means; None where it is none of them."""
    return _KNOWN.get(fold_word(header)) or _KNOWN.get(fold_word(_UNIT.sub("", header)))


def metric_name(header: str) -> str:
    """The metric a header stands for; unknown ones keep their own folded words, at most 60."""
    known = known_metric(header)
    if known:
        return known
    plain = unicodedata.normalize("NFKC", _UNIT.sub("", header) or header).casefold().strip()
    return re.sub(r"[\s\-/.]+", "_", plain).strip("_")[:60]


def may_be_metric(header: str) -> bool:
    """Whether a numeric column of this header can be a metric at all."""
    return bool(metric_name(header)) and fold_word(header) not in _NO_METRICS
