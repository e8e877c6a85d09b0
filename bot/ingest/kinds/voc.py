"""Voice of the customer: their words, and what we read in them."""

from bot.ingest.fields import Field, Kind, Type
from bot.ingest.shared_fields import ACCOUNT_NAME, ACCOUNT_REF, ROLES

SENTIMENTS: dict[str, tuple[str, ...]] = {
    "positive": ("positive", "good", "ポジティブ", "好意的", "良い", "好評", "+"),
    "neutral": ("neutral", "ニュートラル", "中立", "普通"),
    "negative": ("negative", "bad", "ネガティブ", "否定的", "悪い", "不満"),
}
CONFIDENCES: dict[str, tuple[str, ...]] = {
    "low": ("low", "低", "低い"),
    "normal": ("normal", "medium", "中", "普通"),
    "high": ("high", "高", "高い"),
}
CHANNELS: dict[str, tuple[str, ...]] = {
    "meeting": ("meeting", "visit", "打ち合わせ", "打合せ", "会議", "面談", "訪問", "定例"),
    "call": ("call", "phone", "tel", "電話", "架電"),
    "email": ("email", "mail", "e-mail", "メール", "eメール"),
    "survey": ("survey", "questionnaire", "nps", "アンケート", "調査"),
    "chat": ("chat", "slack", "teams", "チャット"),
    "other": ("other", "others", "その他"),
}
CATEGORIES: dict[str, tuple[str, ...]] = {
    "product": (
        *("product", "feature", "features", "feature request", "functionality"),
        *("製品", "プロダクト", "機能", "機能要望"),
    ),
    "support": (
        *("support", "customer support", "help desk", "service desk"),
        *("サポート", "サポート対応", "カスタマーサポート", "ヘルプデスク", "問い合わせ対応"),
    ),
    "price": ("price", "pricing", "cost", "fees", "価格", "料金", "費用", "コスト", "値段"),
    "integration": (
        *("integration", "integrations", "api", "connector", "connectors"),
        *("連携", "システム連携", "他システム連携", "外部連携", "API連携", "データ連携"),
    ),
    "usability": (
        *("usability", "ease of use", "ui", "ux", "ui/ux"),
        *("使い方", "使い勝手", "使いやすさ", "操作性", "操作方法", "ユーザビリティ"),
    ),
    "other": ("other", "others", "misc", "その他"),
}

KIND = Kind(
    name="voc",
    words=("voc", "voice of customer", "feedback", "顧客の声", "お客様の声", "要望", "要望一覧"),
    fields=(
        ACCOUNT_REF,
        ACCOUNT_NAME,
        Field("voc_ref", Type.REF, ("voc_ref", "voc id", "feedback id", "要望ID", "id")),
        Field(
            "said_on",
            Type.DATE,
            (
                *("said on", "date", "feedback date", "received on", "created at"),
                *("発言日", "受領日", "記録日", "聴取日", "日付"),
            ),
            past=True,
        ),
        Field("speaker", Type.TEXT, ("speaker", "said by", "contact", "発言者", "話者", "氏名")),
        Field("speaker_role", Type.CHOICE, ("speaker role", "role", "発言者の役割", "立場"), ROLES),
        Field(
            "channel",
            Type.TOPIC,
            ("channel", "source", "経路", "チャネル", "媒体", "入手経路"),
            CHANNELS,
        ),
        Field(
            "sentiment", Type.CHOICE, ("sentiment", "tone", "感情", "評価", "温度感"), SENTIMENTS
        ),
        Field(
            "text",
            Type.TEXT,
            ("text", "voice", "comment", "feedback", "発言", "発言内容", "声", "内容", "要望内容"),
        ),
        Field("read_as", Type.TEXT, ("read as", "interpretation", "解釈", "読み取り", "真意")),
        Field("confidence", Type.CHOICE, ("confidence", "確信度", "確度"), CONFIDENCES),
        Field(
            "category",
            Type.TOPIC,
            ("category", "topic", "カテゴリ", "分類", "テーマ"),
            CATEGORIES,
        ),
    ),
    required=(("account_ref",), ("said_on",), ("text",)),
    key=("account_ref", "voc_ref"),
    made_ref="voc_ref",
    made_from=("account_ref", "said_on", "speaker", "text"),
    defaults={"confidence": "normal"},
)
