"""Ids without an account, several in one form: whose they are."""

from contextlib import suppress

from bot.ask import Ask
from bot.commands.import_files import READ
from bot.core.refusal import AlreadyDone
from bot.registry import OPS, button, form
from bot.services.imports import batches
from bot.services.imports.unlinked import count_unlinked, list_unlinked
from bot.store.accounts import get_names
from bot.views.link_ids import FORM, OPEN, AskedId, build_link_form, build_linked, name_field
from bot.views.reply import CloseForm, FormErrors, OpenForm, Reply

_AT_ONCE = 5


@button(OPEN, roles=OPS, opens_form=True)
def open_link_form(ask: Ask) -> Reply:
    """Those with most rows; the rest comes when these are known."""
    with ask.reading() as unit:
        found, count = list_unlinked(unit, _AT_ONCE), count_unlinked(unit)
    asked = [
        AskedId(
            ref=row.ref,
            kind=ask.say("ingest_report", f"option_kind_{row.kind}") if row.kind else "",
            rows=row.row_count,
            batch_id=row.batch_id,
        )
        for row in found
    ]
    return OpenForm(build_link_form(ask.say, asked, count - len(asked)))


@form(FORM, roles=OPS)
def link_ids(ask: Ask) -> Reply:
    """Keep what was chosen; an id that somebody else has linked meanwhile stays as they said."""
    chosen = {
        name: int(answer.value)
        for name, answer in ask.fields.items()
        if answer.value and name in ask.carried
    }
    if not chosen:
        return FormErrors({name_field(0): ask.say("link_ids", "needed")})
    linked = {}
    with ask.writing() as unit:
        for name, account_id in chosen.items():
            batch_id, ref = ask.carried[name].split(":", 1)
            with suppress(AlreadyDone):
                batches.link(unit, int(batch_id), ref, account_id, ask.person.slack_user)
                linked[ref] = account_id
    if not linked:
        raise AlreadyDone
    with ask.reading() as unit:
        names = get_names(unit).names
    ask.ports.heavy.start(READ, workspace_id=ask.workspace_id)
    return CloseForm(build_linked(ask.say, {ref: names[each] for ref, each in linked.items()}))
