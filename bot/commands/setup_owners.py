"""The step of the owners: who is meant by a name, who takes over, who is one person."""

from bot.ask import Ask
from bot.commands.setup import go_on
from bot.commands.setup_pages import SKIP, show
from bot.core.refusal import NotAllowed
from bot.core.setup import Gap, OwnerGap, Step
from bot.registry import OPS, form
from bot.services.people import refuse_outsiders
from bot.services.ports import PersonFacts
from bot.services.setup.gaps import list_gaps, mend
from bot.views.notices import render_refusal
from bot.views.reply import FormErrors, Reply, UpdateForm
from bot.views.setup import form_of
from bot.views.setup_steps import JOIN, PAGE


@form(form_of(Step.OWNERS), roles=OPS)
def keep_owners(ask: Ask) -> Reply:
    """Mend what was chosen; what was left empty is skipped, and the next page shown."""
    skip = int(ask.carried.get(SKIP, 0))
    with ask.reading() as unit:
        shown = list_gaps(unit)[skip : skip + PAGE]
    chosen, errors = _read(ask, shown)
    if errors:
        return FormErrors(errors)
    with ask.writing() as unit:
        for gap, facts in chosen:
            mend(unit, gap, facts, ask.person.slack_user)
            unit.session.flush()
        left = len(list_gaps(unit))
    skip += len(shown) - len(chosen)
    if shown and skip < left:
        return UpdateForm(show(ask, Step.OWNERS, skip=skip))
    return go_on(ask, Step.OWNERS)


def _read(
    ask: Ask, gaps: list[OwnerGap]
) -> tuple[list[tuple[OwnerGap, PersonFacts | None]], dict[str, str]]:
    """The gaps that have an answer, with the person chosen; and what is wrong with others."""
    chosen: list[tuple[OwnerGap, PersonFacts | None]] = []
    errors = {}
    for gap in gaps:
        answer = ask.fields.get(gap.field)
        if answer is None or not answer.value:
            continue
        if gap.kind is Gap.DOUBLE:
            chosen += [(gap, None)] if JOIN in answer.values else []
            continue
        facts = ask.ports.directory.get_person(answer.value)
        try:
            refuse_outsiders(facts)
        except NotAllowed as refusal:
            errors[gap.field] = render_refusal(ask.say, refusal)
        chosen.append((gap, facts))
    return chosen, errors
