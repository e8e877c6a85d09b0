"""Contacts: the people at a customer and their parts."""

from bot.ingest.fields import Field, Kind, Type
from bot.ingest.shared_fields import ACCOUNT_NAME, ACCOUNT_REF, ROLES

KIND = Kind(
    name="contacts",
    words=("contacts", "users", "people", "連絡先", "取引先責任者", "ユーザー一覧", "利用者一覧"),
    fields=(
        ACCOUNT_REF,
        ACCOUNT_NAME,
        Field(
            "contact_ref",
            Type.REF,
            ("contact_ref", "contact id", "user id", "利用者ID", "ユーザーID", "連絡先ID", "id"),
        ),
        Field(
            "name",
            Type.TEXT,
            (
                "name",
                "contact name",
                "full name",
                "氏名",
                "名前",
                "利用者名",
                "ユーザー名",
                "担当者名",
            ),
        ),
        Field(
            "email",
            Type.EMAIL,
            ("email", "mail", "e-mail", "email address", "メール", "メールアドレス"),
        ),
        Field("role", Type.CHOICE, ("role", "contact role", "役割", "立場", "役職"), ROLES),
        Field(
            "is_active",
            Type.FLAG,
            ("is active", "active", "enabled", "有効", "在籍", "利用中", "アクティブ"),
        ),
    ),
    required=(("account_ref",), ("contact_ref", "email")),
    marks=("email", "role", "is_active"),
    key=("account_ref", "contact_ref"),
    made_ref="contact_ref",
    made_from=("account_ref", "email"),
    defaults={"role": "other", "is_active": True},
)
