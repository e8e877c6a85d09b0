"""Support tickets."""

from bot.ingest.fields import Field, Kind, Type, in_order
from bot.ingest.shared_fields import ACCOUNT_NAME, ACCOUNT_REF

PRIORITIES: dict[str, tuple[str, ...]] = {
    "low": ("low", "低", "p4", "minor"),
    "normal": ("normal", "medium", "中", "通常", "普通", "p3"),
    "high": ("high", "高", "p2", "major"),
    "urgent": ("urgent", "critical", "緊急", "至急", "p1", "最優先"),
}
STATUSES: dict[str, tuple[str, ...]] = {
    "open": ("open", "new", "新規", "未対応", "対応中", "オープン", "受付", "in progress"),
    "pending": ("pending", "hold", "on hold", "保留", "回答待ち", "返信待ち", "waiting"),
    "solved": ("solved", "closed", "resolved", "done", "解決", "解決済み", "完了", "クローズ"),
}

KIND = Kind(
    name="tickets",
    words=("tickets", "cases", "support", "問い合わせ", "問合せ", "お問い合わせ", "ケース"),
    fields=(
        ACCOUNT_REF,
        ACCOUNT_NAME,
        Field(
            "ticket_ref",
            Type.REF,
            (
                *("ticket_ref", "ticket id", "ticket no", "case number", "case id", "id"),
                *("チケットID", "チケット番号", "問い合わせ番号", "問合せ番号", "ケース番号"),
                *("受付番号", "hs_object_id", "問い合わせID"),
            ),
        ),
        Field(
            "opened_on",
            Type.DATE,
            (
                *(
                    "opened on",
                    "opened at",
                    "created at",
                    "createdate",
                    "created on",
                    "created",
                    "created date",
                ),
                *("起票日", "受付日", "受付日時", "問い合わせ日", "問合せ日", "作成日", "登録日"),
            ),
            past=True,
        ),
        Field(
            "solved_on",
            Type.DATE,
            (
                *("solved on", "solved at", "closed at", "closed on", "resolved at", "closed date"),
                *("解決日", "解決日時", "完了日", "クローズ日", "対応完了日"),
            ),
            past=True,
        ),
        Field("priority", Type.CHOICE, ("priority", "severity", "優先度", "緊急度"), PRIORITIES),
        Field("status", Type.CHOICE, ("status", "state", "ステータス", "状態", "状況"), STATUSES),
        Field(
            "category", Type.TEXT, ("category", "type", "カテゴリ", "カテゴリー", "種別", "分類")
        ),
        Field("subject", Type.TEXT, ("subject", "title", "件名", "題名", "タイトル", "内容")),
    ),
    required=(("account_ref",), ("opened_on",)),
    marks=("priority", "status", "subject"),
    key=("ticket_ref",),
    made_ref="ticket_ref",
    made_from=("account_ref", "opened_on", "subject"),
    checks=(in_order("opened_on", "solved_on"),),
)
