"""Usage by month, kept by month: never spread over days."""

from bot.ingest.fields import Field, Kind, Shape, Type
from bot.ingest.shared_fields import ACCOUNT_NAME, ACCOUNT_REF

KIND = Kind(
    name="usage_monthly",
    shape=Shape.USAGE,
    words=("usage monthly", "monthly usage", "月次利用", "月次利用状況", "月別利用"),
    fields=(
        ACCOUNT_REF,
        ACCOUNT_NAME,
        Field("metric", Type.REF, ("metric", "measure", "event", "指標", "項目", "メトリクス")),
        Field(
            "month",
            Type.MONTH,
            ("month", "year month", "yyyymm", "月", "年月", "対象月", "利用月", "集計月"),
            past=True,
        ),
        Field(
            "value",
            Type.QUANTITY,
            ("value", "count", "値", "数値", "回数", "件数", "数量"),
            least=0,
        ),
    ),
    required=(("account_ref",), ("month",)),
    key=("account_ref", "metric", "month"),
)
