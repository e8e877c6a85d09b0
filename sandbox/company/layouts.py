"""How the files show the facts: headers and words as the customer's systems write them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sandbox.company.era import show_era, show_serial
from sandbox.company.money import show_amount, show_thousands
from sandbox.company.sources import Fact
from sandbox.company.tickets import status_of

Cell = str | int | float | date | None
Show = Callable[[Fact], Cell]


@dataclass(frozen=True)
class Layout:
    """One kind of file: headers and how each cell is made from a fact.

    `ids` says which of an account's ids the file carries: crm, tenant, billing or domain.
    """

    kind: str
    ids: str
    suffix: str
    columns: tuple[tuple[str, Show], ...]
    encoding: str = "utf-8"
    sheet: str = ""

    @property
    def headers(self) -> list[str]:
        return [header for header, _ in self.columns]

    def show(self, fact: Fact) -> list[Cell]:
        """The cells of one row."""
        return [show(fact) for _, show in self.columns]


ROLES = {
    "decision_maker": "決裁者",
    "champion": "推進担当者",
    "user": "現場担当者",
    "admin": "管理者",
}
PRIORITIES = {"low": "低", "normal": "中", "high": "高", "urgent": "緊急"}
STATUSES = {"open": "未対応", "pending": "保留", "solved": "解決済み"}
SEVERITIES = {"minor": "軽微", "major": "重大", "critical": "致命的"}
TOUCHES = {
    "reached_out": "打診",
    "meeting": "打ち合わせ",
    "call": "電話",
    "email": "メール",
}
MOVERS = {"us": "当社から", "them": "顧客から"}
SENTIMENTS = {"positive": "ポジティブ", "neutral": "ニュートラル", "negative": "ネガティブ"}
CHANNELS = {"meeting": "打ち合わせ", "call": "電話", "email": "メール", "survey": "アンケート"}
CONFIDENCES = {"low": "低", "normal": "中", "high": "高"}
RESULTS = {"renewed": "更新", "expanded": "拡大", "contracted": "縮小", "churned": "解約"}


def plain(field: str) -> Show:
    """The value as it is."""
    return lambda fact: fact[field]


def word(field: str, words: dict[str, str]) -> Show:
    """The value's Japanese word."""
    return lambda fact: words[fact[field]]


def slashed(field: str) -> Show:
    """2026/11/19, blank for no date."""
    return lambda fact: fact[field].isoformat().replace("-", "/") if fact[field] else ""


def iso(field: str) -> Show:
    """2026-11-19, blank for no date."""
    return lambda fact: fact[field].isoformat() if fact[field] else ""


MEMBERS = Layout(
    "members",
    "none",
    "csv",
    (
        ("メールアドレス", plain("email")),
        ("氏名", plain("name")),
        ("Slack ID", plain("slack_user")),
        ("役割", lambda fact: ";".join(fact["roles"])),
        ("タイムゾーン", plain("zone")),
        ("言語", plain("locale")),
        ("上長メール", plain("lead_email")),
    ),
    encoding="utf-8-sig",
)
CONTACTS = Layout(
    "contacts",
    "crm",
    "csv",
    (
        ("顧客ID", plain("account_ref")),
        ("利用者ID", plain("contact_ref")),
        ("氏名", plain("name")),
        ("メールアドレス", plain("email")),
        ("役割", word("role", ROLES)),
        ("在籍", lambda fact: "○" if fact["is_active"] else "×"),
    ),
    encoding="cp932",
)
CONTRACTS = Layout(
    "contracts",
    "crm",
    "xlsx",
    (
        ("顧客ID", plain("account_ref")),
        ("契約番号", plain("contract_ref")),
        ("契約開始日", plain("starts_on")),
        ("契約終了日", lambda fact: show_serial(fact["ends_on"])),
        ("更新日", slashed("renews_on")),
        ("自動更新", lambda fact: "有" if fact["auto_renews"] else "無"),
        ("解約通知期限", lambda fact: show_era(fact["notice_on"])),
        ("ARR(千円・税抜)", lambda fact: show_thousands(fact["arr_amount"])),
        ("契約席数", plain("seats")),
        ("プラン上限", lambda fact: fact["plan_limit"] or "-"),
        ("上限指標", plain("limit_metric")),
    ),
    sheet="契約台帳",
)
CONTRACTS_USD = Layout(
    "contracts",
    "crm",
    "csv",
    (
        ("account_id", plain("account_ref")),
        ("contract_no", plain("contract_ref")),
        ("start_date", iso("starts_on")),
        ("end_date", iso("ends_on")),
        ("renewal_date", iso("renews_on")),
        ("auto_renewal", lambda fact: "yes" if fact["auto_renews"] else "no"),
        ("notice_deadline", iso("notice_on")),
        ("arr", lambda fact: f"${fact['arr_amount']:,}"),
        ("currency", plain("currency")),
        ("seats", plain("seats")),
        ("plan_limit", lambda fact: fact["plan_limit"] or ""),
        ("limit_metric", plain("limit_metric")),
    ),
)
USAGE = Layout(
    "usage_daily",
    "tenant",
    "csv",
    (
        ("日付", slashed("on")),
        ("テナントID", plain("account_ref")),
        ("ログイン数", plain("logins")),
        ("アクティブユーザー数", plain("active_users")),
        ("主要機能利用回数", plain("key_actions")),
        ("利用機能数", plain("features_used")),
        ("エクスポート数", plain("exports")),
    ),
    encoding="utf-8-sig",
)
ACTIVITY = Layout(
    "contact_activity",
    "tenant",
    "csv",
    (
        ("日付", slashed("on")),
        ("テナントID", plain("account_ref")),
        ("利用者ID", plain("contact_ref")),
        ("ログイン回数", plain("logins")),
    ),
    encoding="utf-8-sig",
)
NPS = Layout(
    "nps",
    "crm",
    "csv",
    (
        ("account_id", plain("account_ref")),
        ("respondent", plain("respondent")),
        ("role", plain("role")),
        ("responded_on", iso("responded_on")),
        ("score", plain("score")),
        ("comment", plain("comment")),
    ),
)
TICKETS = Layout(
    "tickets",
    "crm",
    "tsv",
    (
        ("受付番号", plain("ticket_ref")),
        ("顧客ID", plain("account_ref")),
        ("受付日", slashed("opened_on")),
        ("解決日", slashed("solved_on")),
        ("優先度", word("priority", PRIORITIES)),
        ("状態", lambda fact: STATUSES[status_of(fact)]),
        ("分類", plain("category")),
        ("件名", plain("subject")),
    ),
)
INVOICES = Layout(
    "invoices",
    "billing",
    "csv",
    (
        ("請求番号", plain("invoice_ref")),
        ("請求先コード", plain("account_ref")),
        ("請求日", slashed("issued_on")),
        ("支払期日", slashed("due_on")),
        ("入金日", slashed("paid_on")),
        ("請求金額(税込)", lambda fact: show_amount(fact["amount"], fact["currency"])),
        ("通貨", plain("currency")),
    ),
    encoding="utf-8-sig",
)
INCIDENTS = Layout(
    "incidents",
    "crm",
    "csv",
    (
        ("障害番号", plain("incident_ref")),
        ("顧客ID", plain("account_ref")),
        ("障害名", plain("title")),
        ("発生日", slashed("started_on")),
        ("復旧日", slashed("ended_on")),
        ("影響度", word("severity", SEVERITIES)),
    ),
    encoding="utf-8-sig",
)
TOUCHES_FILE = Layout(
    "touches",
    "crm",
    "csv",
    (
        ("活動ID", plain("touch_ref")),
        ("顧客ID", plain("account_ref")),
        ("日付", slashed("touched_on")),
        ("種別", word("kind", TOUCHES)),
        ("きっかけ", word("initiated_by", MOVERS)),
        ("相手", word("with_role", ROLES)),
        ("内容", plain("note")),
        ("次回予定日", slashed("next_on")),
        ("担当者", plain("member")),
    ),
    encoding="utf-8-sig",
)
EVENTS = Layout(
    "marketing_events",
    "domain",
    "jsonl",
    (
        ("event_id", plain("event_ref")),
        ("domain", plain("account_ref")),
        ("occurred_on", iso("occurred_on")),
        ("kind", plain("kind")),
        ("detail", plain("detail")),
    ),
)
VOC = Layout(
    "voc",
    "crm",
    "xlsx",
    (
        ("VoC ID", plain("voc_ref")),
        ("顧客ID", plain("account_ref")),
        ("日付", lambda fact: show_serial(fact["said_on"])),
        ("発言者", plain("speaker")),
        ("発言者の役割", word("speaker_role", ROLES)),
        ("経路", word("channel", CHANNELS)),
        ("感情", word("sentiment", SENTIMENTS)),
        ("発言内容", plain("text")),
        ("解釈", plain("read_as")),
        ("確度", word("confidence", CONFIDENCES)),
        ("分類", plain("category")),
    ),
    sheet="VoC",
)
OUTCOMES = Layout(
    "outcomes",
    "crm",
    "csv",
    (
        ("顧客ID", plain("account_ref")),
        ("終了日", slashed("ended_on")),
        ("結果", word("result", RESULTS)),
        ("理由", plain("reason")),
        ("年額", lambda fact: show_amount(fact["amount"], fact["currency"])),
        ("通貨", plain("currency")),
    ),
    encoding="utf-8-sig",
)
