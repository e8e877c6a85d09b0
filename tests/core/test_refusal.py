"""Refusals carry a code and what their sentence shows, also out of a child process."""

import pickle

import pytest

from bot.core.refusal import (
    AlreadyDone,
    AmbiguousAccount,
    BadInput,
    Busy,
    NotAllowed,
    Refusal,
    UnknownAccount,
)

KINDS = [Refusal, UnknownAccount, AmbiguousAccount, NotAllowed, BadInput, AlreadyDone, Busy]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_brings_its_own_code(kind: type[Refusal]) -> None:
    assert kind().code == kind.usual_code
    assert len({each.usual_code for each in KINDS}) == len(KINDS)


def test_a_refusal_may_name_a_closer_code() -> None:
    refusal = BadInput("no_such_date", row=118, column="日付")
    assert refusal.code == "no_such_date"
    assert refusal.params == {"row": 118, "column": "日付"}


def test_a_refusal_survives_the_way_out_of_a_child_process() -> None:
    sent = UnknownAccount(said="アクメ", near=("アクメ商事",))
    received = pickle.loads(pickle.dumps(sent))
    assert type(received) is UnknownAccount
    assert (received.code, received.params) == (sent.code, sent.params)


def test_its_text_is_for_the_log() -> None:
    assert str(UnknownAccount(said="アクメ")) == "unknown_account (said='アクメ')"
    assert str(Busy()) == "busy"
