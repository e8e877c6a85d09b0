"""Contracts: terms, renewal, notice deadline and yearly value."""

from bot.ingest.fields import Field, Kind, Type, in_order
from bot.ingest.shared_fields import ACCOUNT_NAME, ACCOUNT_REF, CURRENCY

KIND = Kind(
    name="contracts",
    words=("contracts", "subscriptions", "opportunities", "契約", "契約一覧", "契約台帳"),
    fields=(
        ACCOUNT_REF,
        ACCOUNT_NAME,
        Field(
            "contract_ref",
            Type.REF,
            ("contract_ref", "contract id", "contract no", "契約ID", "契約番号", "契約No", "id"),
        ),
        Field(
            "starts_on",
            Type.DATE,
            ("starts on", "start date", "contract start", "契約開始日", "開始日", "契約日"),
        ),
        Field(
            "ends_on",
            Type.DATE,
            (
                *("ends on", "end date", "contract end", "expiry date", "expires on"),
                *("契約終了日", "終了日", "満了日", "契約満了日", "契約期限"),
            ),
        ),
        Field(
            "renews_on",
            Type.DATE,
            ("renews on", "renewal date", "next renewal", "更新日", "契約更新日", "次回更新日"),
        ),
        Field(
            "auto_renews",
            Type.FLAG,
            ("auto renews", "auto renewal", "auto renew", "自動更新", "自動更新有無"),
        ),
        Field(
            "notice_on",
            Type.DATE,
            (
                *("notice on", "notice deadline", "notice date", "cancellation deadline"),
                *("解約通知期限", "解約通知期日", "通知期限", "解約申出期限", "更新拒絶期限"),
            ),
        ),
        Field(
            "arr_amount",
            Type.MONEY,
            (
                *("arr_amount", "arr", "mrr", "acv", "annual amount", "annual contract value"),
                *("amount", "contract value", "monthly fee", "annual fee", "月額", "月額料金"),
                *("年額", "年額料金", "年間契約額", "年間金額", "契約金額", "契約額", "金額"),
                *("月額利用料", "年間利用料", "月次経常収益", "年間経常収益"),
            ),
            least=0,
            taxed=True,
            yearly=True,
        ),
        CURRENCY,
        Field(
            "seats",
            Type.COUNT,
            ("seats", "licenses", "licences", "席数", "契約席数", "ライセンス数", "契約ID数"),
            least=0,
        ),
        Field("plan_limit", Type.NUMBER, ("plan limit", "limit", "上限", "プラン上限"), least=0),
        Field("limit_metric", Type.REF, ("limit metric", "上限指標", "上限対象", "上限項目")),
    ),
    required=(
        ("account_ref",),
        ("starts_on", "ends_on", "renews_on", "contract_ref", "arr_amount"),
    ),
    marks=("ends_on", "renews_on", "arr_amount", "notice_on"),
    key=("account_ref", "contract_ref"),
    made_ref="contract_ref",
    made_from=("account_ref", "starts_on", "ends_on", "renews_on"),
    checks=(in_order("starts_on", "ends_on"), in_order("notice_on", "ends_on", told="notice_on")),
)
