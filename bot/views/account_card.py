"""The account card: who and how urgent, why, what next, then the facts; buttons last."""

from collections.abc import Sequence
from datetime import date, timedelta
from math import floor

from bot.core.account_card import AccountCard, LastTouch
from bot.core.card_work import NO_CARD_WORK, CardWork
from bot.core.explanation import Explanation
from bot.core.say import Say
from bot.core.score_change import WEEK, Comparison
from bot.core.vocabulary import Band, Difficulty
from bot.core.words_gap import Gap
from bot.views.blocks import Element, actions, context, divider, fields, section
from bot.views.book import days_to
from bot.views.card_work import build_memory, list_alert_ways, render_next
from bot.views.elements import button, overflow
from bot.views.hand_scores import render_fall
from bot.views.limits import shorten
from bot.views.pulse import build_pulse
from bot.views.reply import Block, Message
from bot.views.score_changes import render_brief
from bot.views.score_chart import build_score_chart
from bot.views.surfaces import message
from bot.views.why import render_value
from bot.views.words import SCORED_BY_HAND, band_word, named, word
from bot.views.words_gap import build_on_card

_NAME, _FACT, _QUOTE = 80, 180, 400
_CHANGE_OVER = 7
_LACKING = 3


def build_card(
    say: Say,
    card: AccountCard,
    explanation: Explanation | None,
    today: date,
    work: CardWork = NO_CARD_WORK,
    changes: Sequence[Comparison] = (),
    *,
    gap: Gap | None = None,
    is_shared: bool = False,
) -> Message:
    """The card with its buttons; `work` is what is open and was done, `changes` what moved it,
    `gap` words against use that the reader is to answer.

    A shared one leaves the CSM's pulse to those who ask for the card themselves.
    """
    # Three taps for a pulse never stand beside three taps for a score.
    is_unscored = card.standing.band is Band.UNKNOWN
    pulse = build_pulse(say, card.id, card.pulse, today, has_taps=not is_unscored)
    pulse += build_on_card(say, gap, today) if gap else []
    blocks = [
        section(_lead(say, card, today)),
        section("\n".join(_why(say, card, explanation, changes))),
        *([section("\n".join(render_brief(say, changes, today)))] if changes else []),
        *([] if is_shared or is_unscored else pulse),
        section(render_next(say, work, today) + "\n" + _next(say, card.last_touch, today)),
        *_buttons(say, card, work),
        *([] if is_shared or not is_unscored else pulse),
        divider(),
        *fields(_facts(say, card, today)),
        *_remark(say, card, today),
        *build_memory(say, work, today, has_second=card.second is not None),
        *build_score_chart(say, card.history, by_hand=card.by_hand),
        context(_as_of(say, card)),
    ]
    return message(_fallback(say, card), blocks)


def score_buttons(say: Say, account_id: int, first: int = 1) -> list[Element]:
    """良好, 中, 高リスク: a score by hand in one tap."""
    return [
        button(say("words", f"bar_{band}"), "score_now", f"{account_id}:{band}", number=number)
        for number, band in enumerate(SCORED_BY_HAND, start=first)
    ]


def _fallback(say: Say, card: AccountCard) -> str:
    return say(
        "card",
        "fallback",
        band=band_word(say, card.standing.band),
        name=shorten(card.name, _NAME),
        score=card.standing.shown,
    )


def _lead(say: Say, card: AccountCard, today: date) -> str:
    renewal = card.renewal
    return say(
        "card",
        "lead",
        band=band_word(say, card.standing.band),
        name=shorten(card.name, _NAME),
        arr=card.arr,
        notice_on=renewal.notice_on,
        notice_days=days_to(renewal.notice_on, today),
        renews_on=renewal.renews_on,
        renews_days=days_to(renewal.renews_on, today),
    )


def _why(
    say: Say,
    card: AccountCard,
    explanation: Explanation | None,
    changes: Sequence[Comparison],
) -> list[str]:
    standing = card.standing
    lines = [_by_hand(say, card)] if standing.by_hand else []
    if card.held and card.held.hides_a_fall:
        lines.append(render_fall(say, card.held))
    if standing.score is not None:
        # What is told of the week in points is not told once more, nor across two models.
        is_told = any(WEEK in each.since for each in changes)
        change, days = (None, 0) if is_told else _change(card)
        told = say(
            "card",
            "measured",
            score=standing.shown,
            change=change,
            days=days,
            coverage=standing.coverage,
            **_counted(explanation),
        )
        lines.append(told)
    elif not standing.by_hand:
        lines.append(say("card", "unmeasured"))
    if explanation:
        lines.append(_reasons(say, explanation))
    return [each for each in lines if each]


def _counted(explanation: Explanation | None) -> dict[str, object]:
    """How many measures made the score, and which did not."""
    if explanation is None:
        return {"used": 0, "asked": 0, "too_old": [], "missing": [], "missing_more": 0}
    lacking = [each.label for each in explanation.lacking()]
    return {
        "used": explanation.used,
        "asked": len(explanation.reasons),
        "too_old": [each.label for each in explanation.too_old()],
        "missing": lacking[:_LACKING],
        "missing_more": max(0, len(lacking) - _LACKING),
    }


def _reasons(say: Say, explanation: Explanation) -> str:
    """Top three each way, in points; the rows behind them are one press away."""
    groups = {"downs": explanation.downs(), "ups": explanation.ups()}
    shown = {
        name: [(each.label, render_value(say, each), each.points) for each in reasons]
        for name, reasons in groups.items()
    }
    return say("card", "reasons", **shown)


def _by_hand(say: Say, card: AccountCard) -> str:
    hand, standing = card.standing.by_hand, card.standing
    assert hand is not None
    return say(
        "card",
        "by_hand",
        band=band_word(say, hand.band),
        given_by=shorten(hand.given_by, _NAME),
        given_on=hand.given_on,
        reason=shorten(hand.reason, _FACT),
        expires_on=hand.expires_on,
        measured=band_word(say, standing.measured) if standing.measured != Band.UNKNOWN else "",
        score=standing.shown,
        is_vouched=standing.is_vouched,
    )


def _change(card: AccountCard) -> tuple[float | None, int]:
    """Points against the last score at least a week back, and over how many days."""
    if not card.history:
        return None, 0
    last_on, last = card.history[-1]
    earlier = [each for each in card.history if each[0] <= last_on - timedelta(days=_CHANGE_OVER)]
    if not earlier:
        return None, 0
    on, score = earlier[-1]
    return floor(last) - floor(score), (last_on - on).days


def _next(say: Say, touch: LastTouch | None, today: date) -> str:
    next_on = touch.next_on if touch else None
    told = say(
        "card",
        "next_step",
        next_on=next_on,
        overdue_days=max(0, (today - next_on).days) if next_on else 0,
        touched_on=touch.touched_on if touch else None,
        days_ago=(today - touch.touched_on).days if touch else 0,
        kind=named(say, "kind", touch.kind) if touch else "",
        by=named(say, "by", touch.initiated_by) if touch else "",
        mover=named(say, "mover", touch.initiated_by) if touch else "",
        today=today,
    )
    if touch and touch.note:
        return told + "\n" + say("card", "touch_note", note=shorten(touch.note, _QUOTE))
    return told


def _facts(say: Say, card: AccountCard, today: date) -> list[str]:
    renewal = card.renewal
    return [
        say("card", "field_goal", goal=shorten(card.goal or "", _FACT)),
        say("card", "field_criteria", criteria=shorten(card.success_criteria or "", _FACT)),
        say("card", "field_champion", people=_few(card.champions)),
        say("card", "field_decider", people=_few(card.decision_makers)),
        say(
            "card",
            "field_owner",
            owner=card.owner,
            second=card.second,
            is_pooled=card.owner_mode == "pooled",
        ),
        say(
            "card",
            "field_renewal",
            renews_on=renewal.renews_on,
            notice_on=renewal.notice_on,
            auto_renews=renewal.auto_renews,
            today=today,
        ),
        say("card", "field_arr", arr=card.arr, seats=card.seats),
        say(
            "card",
            "field_stage",
            stage=named(say, "stage", card.stage),
            tier=named(say, "tier", card.tier),
            touch=named(say, "touch", card.touch),
            is_hard=card.difficulty == Difficulty.HARD,
        ),
    ]


def _few(people: object) -> list[str]:
    assert isinstance(people, list | tuple)
    return [shorten(name, 40) for name in people[:4]]


def _remark(say: Say, card: AccountCard, today: date) -> list[Block]:
    said = card.remark
    if said is None:
        return []
    told = say(
        "card",
        "remark",
        said_on=said.said_on,
        speaker=shorten(said.speaker or "", 40),
        role=named(say, "role", said.speaker_role),
        text=shorten(said.text, _QUOTE),
        read_as=shorten(said.read_as or "", _FACT),
        permalink=said.permalink or "",
        today=today,
    )
    return [section(told)]


def _as_of(say: Say, card: AccountCard) -> str:
    standing = card.standing
    return say("card", "as_of", data_on=standing.data_on, version=standing.model_version)


def _buttons(say: Say, card: AccountCard, work: CardWork) -> list[Block]:
    ref = str(card.id)
    why = button(word(say, "why"), "why", ref, style="primary")
    touch = button(word(say, "touch"), "touch", ref)
    score = button(word(say, "score"), "score", ref)
    voc = button(word(say, "log_voc"), "logvoc", ref)
    add = button(word(say, "task_add"), "task_add", ref)
    entries = [(word(say, "tasks"), "tasks", ref)] if work.tasks else []
    more = overflow([*entries, (word(say, "share"), "share", ref)])
    alert = list_alert_ways(say, work)
    if card.standing.band is Band.UNKNOWN:
        return actions([*score_buttons(say, card.id), *alert, touch, voc, add, more])
    return actions([why, *alert, touch, voc, add, score, more])
