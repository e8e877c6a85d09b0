"""Members: the vendor's own people, with their roles, zones and leads."""

from bot.core.vocabulary import Locale, Role
from bot.ingest.fields import Field, Kind, Type

ROLES: dict[str, tuple[str, ...]] = {
    Role.CSM: ("csm", "cs", "customer success", "カスタマーサクセス", "CS担当"),
    Role.LEAD: ("lead", "team lead", "リーダー", "チームリーダー", "リード"),
    Role.MANAGER: ("manager", "マネージャー", "マネジャー", "管理職", "部長", "課長"),
    Role.OPS: ("ops", "operations", "cs ops", "オペレーション", "運用", "推進"),
    Role.SALES: ("sales", "営業", "セールス"),
    Role.SUPPORT: ("support", "サポート"),
    Role.ONBOARDING: ("onboarding", "導入支援", "オンボーディング"),
    Role.RENEWAL: ("renewal", "更新", "更新担当"),
}
LOCALES: dict[str, tuple[str, ...]] = {
    Locale.JA: ("ja", "jp", "ja-jp", "日本語", "japanese"),
    Locale.EN: ("en", "en-us", "en-gb", "英語", "english"),
}

KIND = Kind(
    name="members",
    words=("members", "staff", "team", "メンバー", "担当者一覧", "社員"),
    fields=(
        Field(
            "email",
            Type.EMAIL,
            ("email", "mail", "e-mail", "email address", "メール", "メールアドレス"),
        ),
        Field("name", Type.TEXT, ("name", "full name", "member", "氏名", "名前", "メンバー名")),
        Field(
            "slack_user",
            Type.REF,
            ("slack user", "slack id", "slack", "SlackID", "SlackユーザーID"),
        ),
        Field("roles", Type.CHOICES, ("roles", "role", "役割", "ロール", "職種", "権限"), ROLES),
        Field("zone", Type.ZONE, ("zone", "time zone", "timezone", "タイムゾーン", "時間帯")),
        Field("country", Type.COUNTRY, ("country", "holidays of", "国", "勤務国", "祝日の国")),
        Field("locale", Type.CHOICE, ("locale", "language", "言語", "表示言語"), LOCALES),
        Field(
            "lead_email",
            Type.EMAIL,
            ("lead email", "lead", "manager email", "上長メール", "上長", "リーダーメール"),
        ),
    ),
    required=(("email",),),
    marks=("roles", "zone", "slack_user", "lead_email", "locale"),
    key=("email",),
)
