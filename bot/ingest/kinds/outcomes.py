"""Outcomes: how contracts ended or went on."""

from bot.ingest.fields import Field, Kind, Type
from bot.ingest.shared_fields import ACCOUNT_NAME, ACCOUNT_REF, CURRENCY

RESULTS: dict[str, tuple[str, ...]] = {
    "renewed": ("renewed", "renewal", "更新", "継続", "更新済み", "won"),
    "expanded": ("expanded", "upsell", "expansion", "upgrade", "拡大", "アップセル", "増額"),
    "contracted": ("contracted", "downsell", "downgrade", "縮小", "減額", "ダウンセル"),
    "churned": ("churned", "churn", "lost", "cancelled", "canceled", "解約", "失注", "終了"),
}

KIND = Kind(
    name="outcomes",
    words=("outcomes", "renewals", "churn", "更新結果", "解約", "解約一覧", "結果"),
    fields=(
        ACCOUNT_REF,
        ACCOUNT_NAME,
        Field(
            "ended_on",
            Type.DATE,
            (
                *("ended on", "end date", "closed on", "close date", "churn date", "date"),
                *("終了日", "確定日", "解約日", "更新日", "結果日", "日付"),
            ),
        ),
        Field(
            "result",
            Type.CHOICE,
            ("result", "outcome", "更新結果", "結果", "結果区分", "ステータス"),
            RESULTS,
        ),
        Field("reason", Type.TEXT, ("reason", "churn reason", "理由", "解約理由", "要因")),
        Field("amount", Type.MONEY, ("amount", "arr", "金額", "契約金額", "年額"), yearly=True),
        CURRENCY,
    ),
    required=(("account_ref",), ("ended_on",), ("result",)),
    key=("account_ref", "ended_on", "result"),
)
