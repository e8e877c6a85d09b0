"""Exchange rates: what a unit of one currency is worth in another, from a day on."""

from bot.ingest.fields import Field, Kind, Type

KIND = Kind(
    name="rates",
    words=("rates", "exchange rates", "fx", "為替", "為替レート", "換算レート"),
    fields=(
        Field(
            "currency",
            Type.CURRENCY,
            (
                *("currency", "currency code", "from", "from currency", "source currency"),
                *("通貨", "通貨コード", "外貨", "換算元", "換算元通貨"),
            ),
        ),
        Field(
            "base",
            Type.CURRENCY,
            (
                *(
                    "base",
                    "base currency",
                    "to",
                    "to currency",
                    "target currency",
                    "quote currency",
                ),
                *("基準通貨", "換算先", "換算先通貨", "自国通貨", "対象通貨"),
            ),
        ),
        Field(
            "valid_on",
            Type.DATE,
            (
                *("valid on", "valid from", "effective date", "rate date", "date", "month", "on"),
                *("適用日", "適用開始日", "基準日", "有効日", "年月", "日付"),
            ),
            month_is_first_day=True,
        ),
        Field(
            "rate",
            Type.NUMBER,
            (
                *("rate", "exchange rate", "fx rate", "conversion rate"),
                *("レート", "為替レート", "換算レート", "社内レート", "相場"),
            ),
            least=0.00000001,
            most=100_000_000.0,
        ),
    ),
    required=(("currency",), ("base",), ("valid_on",), ("rate",)),
    marks=("rate",),
    key=("currency", "base", "valid_on"),
)
