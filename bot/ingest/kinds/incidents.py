"""Incidents of the product; a blank account means everybody."""

from bot.ingest.fields import Field, Kind, Type, in_order
from bot.ingest.shared_fields import ACCOUNT_NAME, ACCOUNT_REF

SEVERITIES: dict[str, tuple[str, ...]] = {
    "minor": ("minor", "low", "軽微", "小", "軽度", "sev3"),
    "major": ("major", "high", "medium", "重大", "中", "sev2"),
    "critical": ("critical", "致命的", "大", "全面停止", "sev1", "緊急"),
}

KIND = Kind(
    name="incidents",
    words=("incidents", "outages", "障害", "障害一覧", "インシデント"),
    fields=(
        ACCOUNT_REF,
        ACCOUNT_NAME,
        Field(
            "incident_ref",
            Type.REF,
            ("incident_ref", "incident id", "incident no", "障害ID", "障害番号", "id"),
        ),
        Field(
            "title", Type.TEXT, ("title", "subject", "incident", "件名", "障害名", "概要", "内容")
        ),
        Field(
            "started_on",
            Type.DATE,
            ("started on", "started at", "start", "発生日", "発生日時", "開始日時", "開始日"),
            past=True,
        ),
        Field(
            "ended_on",
            Type.DATE,
            (
                "ended on",
                "ended at",
                "resolved at",
                "end",
                "復旧日",
                "復旧日時",
                "終了日時",
                "終了日",
            ),
            past=True,
        ),
        Field(
            "severity",
            Type.CHOICE,
            ("severity", "impact", "重大度", "深刻度", "影響度", "影響"),
            SEVERITIES,
        ),
    ),
    required=(("started_on",), ("incident_ref", "title")),
    marks=("severity", "ended_on"),
    key=("account_ref", "incident_ref"),
    made_ref="incident_ref",
    made_from=("account_ref", "started_on", "title"),
    defaults={"severity": "major"},
    checks=(in_order("started_on", "ended_on"),),
)
