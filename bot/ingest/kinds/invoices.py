"""Invoices and when they were paid."""

from bot.ingest.fields import Field, Kind, Type, in_order
from bot.ingest.shared_fields import ACCOUNT_NAME, ACCOUNT_REF, CURRENCY

KIND = Kind(
    name="invoices",
    words=("invoices", "billing", "payments", "請求", "請求一覧", "請求書", "入金"),
    fields=(
        ACCOUNT_REF,
        ACCOUNT_NAME,
        Field(
            "invoice_ref",
            Type.REF,
            (
                *("invoice_ref", "invoice id", "invoice no", "invoice number", "id"),
                *("請求書番号", "請求番号", "請求ID", "請求書ID"),
            ),
        ),
        Field(
            "issued_on",
            Type.DATE,
            ("issued on", "issue date", "invoice date", "請求日", "発行日", "請求書発行日"),
        ),
        Field(
            "due_on",
            Type.DATE,
            ("due on", "due date", "payment due", "支払期限", "支払期日", "入金期限", "期日"),
        ),
        Field(
            "paid_on",
            Type.DATE,
            ("paid on", "paid at", "payment date", "入金日", "支払日", "入金確認日"),
            past=True,
        ),
        Field(
            "amount",
            Type.MONEY,
            ("amount", "total", "invoice amount", "請求額", "請求金額", "金額"),
        ),
        CURRENCY,
    ),
    required=(("account_ref",), ("issued_on", "due_on")),
    marks=("due_on", "paid_on", "amount"),
    key=("account_ref", "invoice_ref"),
    made_ref="invoice_ref",
    made_from=("account_ref", "issued_on", "due_on"),
    checks=(in_order("issued_on", "due_on"),),
)
