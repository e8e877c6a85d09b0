"""Writing down what a customer said. Refuses the same words of the same day and speaker twice."""

from datetime import date
from hashlib import sha256

from sqlalchemy import select

from bot.core.refusal import AlreadyDone, BadInput
from bot.core.voc import CATEGORIES, CHANNELS, CONFIDENCES, SENTIMENTS, SPEAKER_ROLES, Heard
from bot.store.bulk.touched import mark_touched
from bot.store.tables import Account, VocRemark
from bot.store.unit import Unit


def record_voc(unit: Unit, account_id: int, heard: Heard, member_id: int, on: date) -> VocRemark:
    """Keep the remark and ask for a new score of its account; `on` is the person's today."""
    _refuse_unfit(heard, on)
    ref = build_ref(heard)
    # Two submissions at once wait for each other here; the second finds the first one's row.
    unit.session.execute(select(Account.id).filter_by(id=account_id).with_for_update()).one()
    wanted = select(VocRemark.id).filter_by(account_id=account_id, ref=ref)
    if unit.session.scalars(wanted).first() is not None:
        raise AlreadyDone
    kept = VocRemark(
        account_id=account_id,
        ref=ref,
        said_on=heard.said_on,
        speaker=heard.speaker,
        speaker_role=heard.speaker_role,
        channel=heard.channel,
        sentiment=heard.sentiment,
        text=heard.text,
        read_as=heard.read_as,
        confidence=heard.confidence,
        category=heard.category,
        permalink=heard.permalink,
        known_at=unit.at,
    )
    unit.add(kept)
    mark_touched(unit, [account_id], "voc", {account_id: kept.said_on})
    unit.audit(str(member_id), "voc", str(account_id), ref=ref, sentiment=heard.sentiment)
    return kept


def build_ref(heard: Heard) -> str:
    """The remark's id within its account, made from day, speaker and words."""
    said = "\0".join((heard.said_on.isoformat(), heard.speaker or "", heard.text))
    return f"said-{sha256(said.encode()).hexdigest()[:32]}"


def _refuse_unfit(heard: Heard, on: date) -> None:
    is_told = heard.text.strip() and heard.said_on <= on
    closed = (
        (heard.sentiment, SENTIMENTS),
        (heard.confidence, CONFIDENCES),
        (heard.speaker_role, (None, *SPEAKER_ROLES)),
        (heard.channel, (None, *CHANNELS)),
        (heard.category, (None, *CATEGORIES)),
    )
    if not is_told or any(value not in known for value, known in closed):
        raise BadInput
