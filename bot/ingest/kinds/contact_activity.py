"""Activity of persons: logins per contact and day, or one row per login."""

from bot.ingest.fields import Field, Kind, Shape, Type
from bot.ingest.shared_fields import ACCOUNT_NAME, ACCOUNT_REF

KIND = Kind(
    name="contact_activity",
    shape=Shape.LOGINS,
    words=("logins", "login history", "activity", "ログイン履歴", "ログイン", "アクセス履歴"),
    fields=(
        ACCOUNT_REF,
        ACCOUNT_NAME,
        Field(
            "contact_ref",
            Type.REF,
            (
                *("contact_ref", "contact id", "user id", "user", "login id", "email", "mail"),
                *("properties.distinct_id", "distinct_id", "user email", "identity"),
                *("利用者ID", "ユーザーID", "ユーザー", "利用者", "ログインID", "メールアドレス"),
            ),
        ),
        Field(
            "on",
            Type.MOMENT,
            (
                *("on", "date", "day", "login at", "logged in at", "login time", "timestamp"),
                *("time", "event time", "properties.time", "last login"),
                *("日付", "ログイン日", "ログイン日時", "アクセス日時", "日時", "利用日"),
            ),
            past=True,
        ),
        Field(
            "logins",
            Type.COUNT,
            ("logins", "login count", "ログイン数", "ログイン回数", "回数"),
            least=0,
        ),
        Field(
            "event",
            Type.TEXT,
            ("event", "event type", "event name", "event_table_name", "イベント", "イベント名"),
        ),
    ),
    required=(("account_ref",), ("contact_ref",), ("on",)),
    key=("account_ref", "contact_ref", "on"),
)
