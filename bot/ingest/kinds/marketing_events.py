"""Marketing events: downloads, visits and webinars of a customer's people."""

from bot.ingest.fields import Field, Kind, Type
from bot.ingest.shared_fields import ACCOUNT_NAME, ACCOUNT_REF

KINDS: dict[str, tuple[str, ...]] = {
    "download": ("download", "whitepaper", "資料ダウンロード", "資料請求", "dl", "ダウンロード"),
    "visit": ("visit", "page view", "pageview", "web visit", "閲覧", "サイト閲覧", "Web閲覧"),
    "webinar": ("webinar", "seminar", "event", "ウェビナー", "セミナー", "イベント"),
    "other": ("other", "その他"),
}

KIND = Kind(
    name="marketing_events",
    words=("marketing", "marketing events", "マーケティング", "資料請求", "セミナー参加"),
    fields=(
        ACCOUNT_REF,
        ACCOUNT_NAME,
        Field("event_ref", Type.REF, ("event_ref", "event id", "insert id", "イベントID", "id")),
        Field(
            "occurred_on",
            Type.DATE,
            (
                *("occurred on", "occurred at", "event date", "date", "timestamp"),
                *("発生日", "実施日", "参加日", "閲覧日", "ダウンロード日", "日付", "日時"),
            ),
            past=True,
        ),
        Field(
            "kind",
            Type.CHOICE,
            ("kind", "event type", "event", "type", "イベント種別", "行動種別", "種別", "行動"),
            KINDS,
        ),
        Field(
            "detail",
            Type.TEXT,
            ("detail", "details", "page", "title", "詳細", "資料名", "ページ", "セミナー名"),
        ),
    ),
    required=(("account_ref",), ("occurred_on",), ("kind",)),
    key=("account_ref", "event_ref"),
    made_ref="event_ref",
    made_from=("account_ref", "occurred_on", "kind", "detail"),
)
