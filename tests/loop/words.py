"""Words of the product by which a story finds its way, in both languages."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """What is looked for in messages, and what the CSM writes."""

    overdue: str
    waiting: str
    watch: str
    refused: str
    after: str
    like: str
    no_claim: str
    unmeasured: str
    measured: str
    done: str
    impression: str


WORDS = {
    "ja": Words(
        overdue="超過",
        waiting="*返信待ち 1件*",
        watch="*要注意 1件*",
        refused="完了にするには「結果」と「所感」を入力してください。",
        after="{}日後 ",
        like="未対応の類似顧客10社は平均",
        no_claim="1件では効果を判断できません",
        unmeasured="14日後測定済み 0件(未測定 1件)",
        measured="14日後測定済み 1件\n",
        done="状況を確認しました",
        impression="前向きです",
    ),
    "en": Words(
        overdue="verdue",
        waiting="*Waiting for the customer: 1*",
        watch="*On watch: 1*",
        refused="give both the result and your impression",
        after="After {} days ",
        like="10 like accounts nobody treated:",
        no_claim="One case cannot show an effect",
        unmeasured="so far measured after 14 days 0 (not yet 1)",
        measured="so far measured after 14 days 1\n",
        done="Asked how things are",
        impression="Open to it",
    ),
}
