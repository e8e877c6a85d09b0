"""What customers say: survey answers (NPS) and remarks our people wrote down (VoC)."""

from datetime import date, timedelta

import numpy as np

from sandbox.company.account import Account
from sandbox.company.persons import Contact
from sandbox.company.plan import Plan
from sandbox.company.sources import Fact, list_remarks, read_catalogue
from sandbox.company.streams import open_stream, pick
from sandbox.company.workdays import next_working

WAVES = {-528: 0.55, -402: 0.55, -255: 0.55, -73: 0.6, 18: 0.15}
"""Days from the sample's today on which a survey goes out, and the share that answers."""
REMARKS_IN_HISTORY = 3
REMARKS_AHEAD = 0.16
CHANNELS = ("meeting", "call", "email", "survey")
NO_VOICE = frozenset({"too_little_data", "silent"})


def list_nps(plan: Plan, account: Account, contacts: list[Contact]) -> list[Fact]:
    """Answers to the surveys; nobody answers every one and some accounts never do."""
    if account.story and account.story.nps:
        told = account.story.nps
        return [_answer(plan, account, contacts[1], told["day"], told["score"])]
    if account.story_key in NO_VOICE or _never_answers(plan, account):
        return []
    found = [_ask(plan, account, contacts, wave) for wave in WAVES]
    return [each for each in found if each and _is_customer(plan, account, each["responded_on"])]


def list_voc(plan: Plan, account: Account, contacts: list[Contact]) -> list[Fact]:
    """Remarks in time order, no sentence twice from one account."""
    if account.story_key in NO_VOICE:
        return []
    stream = open_stream(plan.seed, "voc", account.ref)
    remarks = _choose_remarks(account)
    order = stream.permutation(len(remarks))
    days = _draw_days(plan, stream)
    found = [
        _write_down(plan, account, contacts, remarks[which], day)
        for which, day in zip(order, days, strict=False)
    ]
    return [each for each in found if _is_customer(plan, account, each["said_on"])]


def number_voc(voc: list[Fact]) -> list[Fact]:
    """All remarks by day, with a running number."""
    ordered = sorted(voc, key=lambda each: (each["said_on"], each["account_ref"]))
    return [{**each, "voc_ref": f"V{number:04d}"} for number, each in enumerate(ordered, 1)]


def _never_answers(plan: Plan, account: Account) -> bool:
    return open_stream(plan.seed, "nps never", account.ref).random() < 0.18


def _ask(plan: Plan, account: Account, contacts: list[Contact], wave: int) -> Fact | None:
    stream = open_stream(plan.seed, "nps", account.ref, str(wave))
    if stream.random() > WAVES[wave]:
        return None
    middle = {"weak": 6.0, "leaving": 5.0}.get(account.mood, 8.4)
    score = int(np.clip(round(stream.normal(middle, 1.2)), 0, 10))
    return _answer(plan, account, pick(stream, contacts), wave + int(stream.integers(0, 9)), score)


def _answer(plan: Plan, account: Account, contact: Contact, day: int, score: int) -> Fact:
    stream = open_stream(plan.seed, "nps comment", account.ref, str(day))
    said = read_catalogue("texts")["nps"][account.language]
    group = "promoter" if score >= 9 else "passive" if score >= 7 else "detractor"
    return {
        "account_ref": account.ref,
        "respondent": contact.person.name,
        "role": contact.role,
        "responded_on": plan.day(day),
        "score": score,
        "comment": pick(stream, said[group]),
    }


def _choose_remarks(account: Account) -> list[dict[str, str]]:
    spoken = [each for each in list_remarks() if each["lang"] == account.language]
    if account.story_key == "leaving" or account.churned_on:
        return [each for each in spoken if each["sentiment"] == "negative"]
    if account.mood == "weak":
        return [each for each in spoken if each["sentiment"] != "positive"]
    # A remark that threatens to leave needs an account about which that is so.
    return [each for each in spoken if each["churn_signal"] == "0"]


def _draw_days(plan: Plan, stream: np.random.Generator) -> list[date]:
    past = sorted(stream.integers(-540, 0, stream.integers(0, REMARKS_IN_HISTORY + 1)))
    ahead = [int(stream.integers(0, 58))] if stream.random() < REMARKS_AHEAD else []
    return [plan.day(int(each)) for each in [*past, *ahead]]


def _write_down(
    plan: Plan, account: Account, contacts: list[Contact], remark: dict[str, str], on: date
) -> Fact:
    stream = open_stream(plan.seed, "voc", account.ref, on.isoformat())
    contact = pick(stream, contacts)
    return {
        "account_ref": account.ref,
        "said_on": next_working(on, account.country),
        "speaker": contact.person.name,
        "speaker_role": contact.role,
        "channel": pick(stream, CHANNELS),
        "sentiment": remark["sentiment"],
        "text": remark["text"],
        "read_as": remark["read_as"],
        "confidence": pick(stream, ("low", "normal", "normal", "high")),
        "category": remark["category"],
    }


def _is_customer(plan: Plan, account: Account, on: date) -> bool:
    last = account.churned_on or plan.days[-1] + timedelta(days=1)
    return account.started_on < on < last and on >= plan.start_on and on <= plan.days[-1]
