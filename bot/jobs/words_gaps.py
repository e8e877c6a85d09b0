"""Words that are good while use falls, or the reverse: one private note to whoever answers for it.

Says each once; the row itself is the memory.
"""

from bot.ask import JobTurn
from bot.registry import CS_TEAM, morning_job
from bot.services.words_gaps import answer_by, list_to_tell, tell
from bot.store.members import get_member
from bot.views.reply import Post
from bot.views.words_gap import build_note


@morning_job("words_gaps", roles=CS_TEAM)
def words_gaps(turn: JobTurn) -> list[Post]:
    """Direct messages at their own digest time; note and memory are one transaction."""
    person, today = turn.person, turn.slot.local_day
    assert person is not None
    with turn.reading() as unit:
        if get_member(unit, person.member_id).is_away(today):
            return []
        found = list_to_tell(unit, person.member_id, today)
    until_on = answer_by(person, today)
    for gap in found:
        shown = build_note(turn.say, gap, today, until_on)
        with turn.writing() as unit:
            tell(unit, gap.id, person, today, shown.text, shown.blocks)
    return []
