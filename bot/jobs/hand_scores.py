"""Scores by hand: their giver hears before one ends, and when the measured one falls behind.

Says each once for each score by hand; the outbox key is the memory.
"""

from bot.ask import JobTurn
from bot.registry import CS_TEAM, morning_job
from bot.store.hand_scores import list_held
from bot.store.members import get_member
from bot.views.hand_scores import build_ending, build_fallen
from bot.views.reply import Post


@morning_job("hand_scores", roles=CS_TEAM)
def hand_scores(turn: JobTurn) -> list[Post]:
    """Direct messages at the giver's own digest time; who is away hears it when back."""
    person, today = turn.person, turn.slot.local_day
    assert person is not None
    with turn.reading() as unit:
        if get_member(unit, person.member_id).is_away(today):
            return []
        held = list_held(unit, today, member_id=person.member_id)
    ending = [
        Post(f"score_ends:{each.id}", person.slack_user, build_ending(turn.say, each, today))
        for each in held
        if each.is_ending(today, person.calendar)
    ]
    fallen = [
        Post(f"score_fell:{each.id}", person.slack_user, build_fallen(turn.say, each, today))
        for each in held
        if each.hides_a_fall
    ]
    return [*fallen, *ending]
