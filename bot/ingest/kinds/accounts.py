"""Accounts: who the customers are and how they are served."""

from bot.core.vocabulary import Difficulty, OwnerMode, Stage, Tier, Touch
from bot.ingest.fields import Field, Kind, Type
from bot.ingest.shared_fields import ACCOUNT_NAME, ACCOUNT_REF

TIERS: dict[str, tuple[str, ...]] = {
    Tier.STRATEGIC: ("strategic", "key", "戦略", "最重要", "重点", "プラチナ", "ストラテジック"),
    Tier.ENTERPRISE: ("enterprise", "large", "大企業", "大手", "エンタープライズ", "エンプラ"),
    Tier.MID: ("mid", "mid market", "midmarket", "medium", "中堅", "中堅企業", "ミッド"),
    Tier.SMB: ("smb", "small", "small business", "中小", "中小企業", "小規模"),
}
TOUCHES: dict[str, tuple[str, ...]] = {
    Touch.HIGH: ("high", "high touch", "ハイ", "ハイタッチ", "hi"),
    Touch.LOW: ("low", "low touch", "ロー", "ロータッチ"),
    Touch.TECH: ("tech", "tech touch", "digital", "テック", "テックタッチ", "デジタル"),
}
STAGES: dict[str, tuple[str, ...]] = {
    Stage.ONBOARDING: ("onboarding", "導入", "導入中", "導入期", "オンボーディング", "立ち上げ"),
    Stage.ADOPTION: ("adoption", "活用", "活用中", "定着", "活用期", "定着期", "アダプション"),
    Stage.EXPANSION: ("expansion", "拡大", "拡大期", "エクスパンション"),
}
OWNER_MODES: dict[str, tuple[str, ...]] = {
    OwnerMode.DEDICATED: ("dedicated", "専任", "専任担当", "個別"),
    OwnerMode.POOLED: ("pooled", "pool", "プール", "共同", "チーム"),
    OwnerMode.NONE: ("none", "no owner", "担当なし", "不在"),
}
DIFFICULTIES: dict[str, tuple[str, ...]] = {
    Difficulty.EASY: ("easy", "low", "低", "低い", "易しい", "やさしい", "簡単"),
    Difficulty.NORMAL: ("normal", "medium", "中", "普通", "標準"),
    Difficulty.HARD: ("hard", "high", "difficult", "高", "高い", "難しい", "難"),
}

TENANT = (
    "tenant",
    "tenant id",
    "テナントID",
    "テナントコード",
    "契約者ID",
    "workspace id",
    "org id",
)
BILLING = ("billing id", "billing code", "請求先コード", "請求先ID", "請求コード")
# In the customer list these are other ids of the customer, learnt as aliases, never its own.
_OTHERS = {*TENANT, *BILLING, "domain", "ドメイン"}
_OWN_REF = tuple(word for word in ACCOUNT_REF.words if word not in _OTHERS)

KIND = Kind(
    name="accounts",
    words=("accounts", "account list", "customers", "顧客", "顧客一覧", "顧客リスト", "取引先"),
    fields=(
        Field("account_ref", Type.REF, (*_OWN_REF, "id", "no")),
        Field("tenant_ref", Type.REF, TENANT),
        Field("billing_ref", Type.REF, BILLING),
        Field("name", Type.TEXT, (*ACCOUNT_NAME.words, "name", "properties.name", "名称")),
        Field(
            "name_kana",
            Type.TEXT,
            ("name kana", "kana", "フリガナ", "ふりがな", "カナ", "顧客名カナ", "会社名カナ"),
        ),
        Field("tier", Type.CHOICE, ("tier", "segment", "ティア", "セグメント", "顧客区分"), TIERS),
        Field(
            "touch",
            Type.CHOICE,
            ("touch", "touch model", "touch level", "タッチ", "タッチモデル", "タッチ区分"),
            TOUCHES,
        ),
        Field(
            "stage",
            Type.CHOICE,
            ("stage", "lifecycle stage", "ステージ", "フェーズ", "状態", "利用フェーズ"),
            STAGES,
        ),
        Field(
            "owner_mode",
            Type.CHOICE,
            ("owner mode", "coverage", "担当形態", "担当区分", "担当モード"),
            OWNER_MODES,
        ),
        Field(
            "owner",
            Type.TEXT,
            (
                *("owner", "account owner", "csm", "csm name", "csm email", "owner email"),
                *("担当者", "担当", "担当CSM", "CS担当", "CS担当者", "主担当", "主担当者"),
                *("取引先所有者", "所有者", "当社担当", "弊社担当"),
            ),
        ),
        Field(
            "second",
            Type.TEXT,
            ("second", "second owner", "backup", "backup owner", "副担当", "副担当者", "サブ担当"),
        ),
        Field("country", Type.COUNTRY, ("country", "billing country", "国", "国名", "所在国")),
        Field("industry", Type.TEXT, ("industry", "sector", "業種", "業界")),
        Field(
            "seats",
            Type.COUNT,
            ("seats", "licenses", "licences", "席数", "契約席数", "ライセンス数", "ID数"),
            least=0,
        ),
        Field("goal", Type.TEXT, ("goal", "objective", "導入目的", "目的", "ゴール")),
        Field(
            "success_criteria",
            Type.TEXT,
            ("success criteria", "成功基準", "成功指標", "達成基準", "成功の定義"),
        ),
        Field(
            "started_on",
            Type.DATE,
            (
                *("started on", "start date", "start month", "customer since", "since"),
                *("利用開始日", "開始日", "契約開始日", "導入日", "利用開始月", "利用開始"),
            ),
            month_is_first_day=True,
        ),
        Field(
            "mail_domain",
            Type.DOMAIN,
            (
                *("mail domain", "domain", "email domain", "website", "properties.domain"),
                *("ドメイン", "メールドメイン", "Webサイト", "ホームページ", "URL"),
            ),
        ),
        Field(
            "usage_expected",
            Type.FLAG,
            ("usage expected", "usage feed", "利用データ", "利用データ有無", "利用データあり"),
        ),
        Field(
            "difficulty",
            Type.CHOICE,
            ("difficulty", "service difficulty", "活用難易度", "活用の難易度", "難易度"),
            DIFFICULTIES,
        ),
        Field("focus_note", Type.TEXT, ("focus note", "focus", "note", "注力", "備考", "メモ")),
    ),
    required=(("account_ref", "name"),),
    marks=(
        *("tier", "touch", "stage", "owner", "seats", "industry", "mail_domain", "goal"),
        *("started_on", "name_kana", "country", "owner_mode", "success_criteria"),
    ),
    key=("account_ref",),
    stand_ins={"account_ref": "name", "name": "account_ref"},
)
