"""Fields and word lists several kinds share.  Refuses what only one kind needs."""

from bot.core.vocabulary import SpeakerRole
from bot.ingest.fields import Field, Type

ACCOUNT_REF = Field(
    "account_ref",
    Type.REF,
    (
        *("account_ref", "account id", "account", "account no", "account number", "accountid"),
        *("customer id", "customer", "customer no", "customer code", "client id", "company id"),
        *("company", "tenant", "tenant id", "workspace id", "organization id", "org id"),
        *("顧客ID", "顧客コード", "顧客番号", "顧客No", "取引先ID", "取引先コード", "取引先番号"),
        *("企業ID", "企業コード", "会社ID", "会社コード", "テナントID", "契約者ID", "アカウントID"),
        *("取引先責任者の取引先ID", "properties.company_id", "group", "お客様番号", "得意先コード"),
        *("billing id", "billing code", "請求先コード", "請求先ID", "domain", "ドメイン"),
    ),
)
ACCOUNT_NAME = Field(
    "account_name",
    Type.TEXT,
    (
        *("account name", "customer name", "company name", "client name", "organization name"),
        *(
            "顧客名",
            "顧客",
            "取引先名",
            "取引先",
            "企業名",
            "会社名",
            "社名",
            "テナント名",
            "得意先名",
        ),
        *("お客様名", "貴社名", "アカウント名", "契約者名", "法人名", "得意先", "企業"),
    ),
)
ROLES: dict[str, tuple[str, ...]] = {
    SpeakerRole.USER: ("user", "end user", "利用者", "ユーザー", "一般", "現場担当者", "現場"),
    SpeakerRole.DECISION_MAKER: (
        *("decision maker", "decision_maker", "economic buyer", "buyer", "executive", "sponsor"),
        *("決裁者", "意思決定者", "責任者", "経営層", "役員", "部長"),
    ),
    SpeakerRole.CHAMPION: ("champion", "推進担当者", "推進者", "推進担当", "キーパーソン"),
    SpeakerRole.ADMIN: ("admin", "administrator", "管理者", "システム管理者", "情シス"),
    SpeakerRole.OTHER: ("other", "その他", "不明"),
}
CURRENCY = Field("currency", Type.CURRENCY, ("currency", "currency code", "通貨", "通貨コード"))
