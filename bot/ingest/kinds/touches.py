"""Touches: what passed between us and a customer, and who moved first."""

from bot.ingest.fields import Field, Kind, Type
from bot.ingest.shared_fields import ACCOUNT_NAME, ACCOUNT_REF, ROLES

KINDS: dict[str, tuple[str, ...]] = {
    "reached_out": ("reached out", "reached_out", "outreach", "打診", "打診した", "アプローチ"),
    "meeting": ("meeting", "visit", "打ち合わせ", "打合せ", "会議", "商談", "訪問", "定例", "面談"),
    "call": ("call", "phone", "電話", "架電", "tel"),
    "email": ("email", "mail", "メール", "eメール"),
    "other": ("other", "その他", "chat", "チャット"),
}
MOVERS: dict[str, tuple[str, ...]] = {
    "us": ("us", "vendor", "proactive", "当社から", "当社", "弊社", "自社", "プロアクティブ"),
    "them": ("them", "customer", "reactive", "顧客から", "顧客", "先方", "お客様", "リアクティブ"),
}

KIND = Kind(
    name="touches",
    words=("touches", "activities", "meetings", "活動", "活動履歴", "対応履歴", "商談履歴"),
    fields=(
        ACCOUNT_REF,
        ACCOUNT_NAME,
        Field("touch_ref", Type.REF, ("touch_ref", "activity id", "活動ID", "対応ID", "id")),
        Field(
            "touched_on",
            Type.DATE,
            (
                *("touched on", "activity date", "meeting date", "contacted on", "date"),
                *("活動日", "対応日", "実施日", "接触日", "面談日", "訪問日", "日付"),
            ),
            past=True,
        ),
        Field(
            "kind",
            Type.CHOICE,
            ("kind", "touch kind", "activity type", "type", "活動種別", "対応種別", "種別", "手段"),
            KINDS,
        ),
        Field(
            "initiated_by",
            Type.CHOICE,
            ("initiated by", "initiator", "direction", "きっかけ", "起点", "発信元"),
            MOVERS,
        ),
        Field(
            "with_role",
            Type.CHOICE,
            ("with role", "with", "counterpart", "相手", "相手の役割", "面談相手"),
            ROLES,
        ),
        Field("note", Type.TEXT, ("note", "notes", "summary", "内容", "メモ", "備考", "議事録")),
        Field(
            "next_on",
            Type.DATE,
            ("next on", "next date", "next step date", "次回", "次回日", "次回予定日", "次回予定"),
        ),
        Field(
            "member",
            Type.TEXT,
            ("member", "owner", "csm", "担当者", "担当", "実施者", "対応者", "記録者"),
        ),
    ),
    required=(("account_ref",), ("touched_on",)),
    marks=("kind", "initiated_by", "with_role", "member", "note"),
    key=("account_ref", "touch_ref"),
    made_ref="touch_ref",
    made_from=("account_ref", "touched_on", "kind", "member", "note"),
    defaults={"kind": "other"},
)
