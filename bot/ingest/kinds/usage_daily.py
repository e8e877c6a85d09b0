"""Usage by day: any numbers a product counts per account."""

from bot.ingest.fields import Field, Kind, Shape, Type
from bot.ingest.shared_fields import ACCOUNT_NAME, ACCOUNT_REF

KIND = Kind(
    name="usage_daily",
    shape=Shape.USAGE,
    words=("usage", "usage daily", "daily usage", "利用", "利用状況", "利用ログ", "日次利用"),
    fields=(
        ACCOUNT_REF,
        ACCOUNT_NAME,
        Field("metric", Type.REF, ("metric", "measure", "event", "指標", "項目", "メトリクス")),
        Field(
            "on",
            Type.DATE,
            (
                *("on", "date", "day", "usage date", "as of", "ds", "event date"),
                *("日付", "利用日", "集計日", "対象日", "年月日", "日"),
            ),
            past=True,
        ),
        Field(
            "value",
            Type.QUANTITY,
            ("value", "count", "値", "数値", "回数", "件数", "数量"),
            least=0,
        ),
    ),
    required=(("account_ref",), ("on",)),
    key=("account_ref", "metric", "on"),
)
