"""NPS answers."""

from bot.ingest.fields import Field, Kind, Type
from bot.ingest.shared_fields import ACCOUNT_NAME, ACCOUNT_REF, ROLES

KIND = Kind(
    name="nps",
    words=("nps", "survey", "アンケート", "NPS回答"),
    fields=(
        ACCOUNT_REF,
        ACCOUNT_NAME,
        Field(
            "respondent",
            Type.REF,
            (
                *("respondent", "respondent id", "contact", "email", "user id"),
                *("回答者", "回答者ID", "回答者メール", "氏名", "メールアドレス"),
            ),
        ),
        Field("role", Type.CHOICE, ("role", "respondent role", "役割", "立場", "役職"), ROLES),
        Field(
            "responded_on",
            Type.DATE,
            (
                *("responded on", "responded at", "response date", "date", "answered on"),
                *("回答日", "回答日時", "回答日付", "日付"),
            ),
            past=True,
        ),
        Field(
            "score",
            Type.COUNT,
            ("score", "nps", "nps score", "rating", "スコア", "点数", "推奨度", "NPSスコア"),
            least=0,
            most=10,
        ),
        Field("comment", Type.TEXT, ("comment", "comments", "コメント", "自由記述", "理由")),
    ),
    required=(("account_ref",), ("responded_on",), ("score",)),
    key=("account_ref", "respondent", "responded_on"),
)
