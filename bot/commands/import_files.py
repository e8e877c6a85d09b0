"""Files dropped into the ops channel or the bot's direct message become imports."""

from pathlib import Path

from bot.ask import Ask, Where
from bot.commands.model_file import take_model
from bot.core.import_report import ImportReport
from bot.core.refusal import Refusal
from bot.errors import Failure, attempt
from bot.registry import OPS, button, command, event
from bot.services.imports import batches
from bot.services.models.files import KINDS
from bot.store import outbox
from bot.store.accounts import get_names
from bot.store.tables import Workspace
from bot.views.import_questions import ANSWER
from bot.views.import_report import (
    APPLY,
    CANCEL,
    LINK,
    REFUSED,
    build_batches,
    build_cancelled,
    build_line,
)
from bot.views.import_trouble import GO_ON
from bot.views.notices import build_refusal
from bot.views.reply import Message, Private, Quiet, Reply

READ, APPLY_WORK, REFUSED_WORK = "read_received", "apply_confirmed", "send_refused"


def _is_drop(workspace: Workspace, slack_user: str, where: Where, file_id: str) -> bool:
    """Whether a file was dropped where imports are taken, by somebody else than the bot."""
    channel = where.channel or ""
    is_here = channel.startswith("D") or (channel != "" and channel == workspace.ops_channel)
    return is_here and slack_user != workspace.bot_user


@event("file_shared", roles=OPS, concerns=_is_drop)
def take_file(ask: Ask) -> Reply:
    """Take a file that was dropped."""
    file_id, channel = ask.value, ask.where.channel or ""
    with ask.reading() as unit:
        is_taken = batches.is_taken(unit, file_id)
    if is_taken or _receive(ask, file_id, channel):
        ask.ports.heavy.start(READ, workspace_id=ask.workspace_id)
    return Quiet()


def _receive(ask: Ask, file_id: str, channel: str) -> bool:
    """Whether the file is ours now; else whoever dropped it is told why not."""
    path = _fetch(ask, file_id)
    if isinstance(path, Refusal):
        _tell(ask, f"file:{file_id}", channel, build_refusal(ask.say, path, "import"))
        return False
    if path.suffix.lower() in KINDS:
        shown = take_model(ask, path, file_id)
        if shown is not None:
            _tell(ask, f"file:{file_id}", channel, shown)
        return False
    shown = build_line(ask.say, "received", name=path.name)
    with ask.writing() as unit:
        batch_id = batches.receive(
            unit,
            path,
            name=path.name,
            channel=channel,
            member_id=ask.person.member_id,
            file_id=file_id,
        )
        # What a trusted robot delivers every morning is told once, when all of it is in.
        if not batches.is_trusted(unit, ask.person.member_id):
            key = batches.post_key(batch_id)
            outbox.put(unit, key=key, audience=channel, text=shown.text, blocks=shown.blocks)
    return True


def _fetch(ask: Ask, file_id: str) -> Path | Refusal:
    """The file, or why there is none; what nobody foresaw has a reference in the log."""

    def fetch() -> Path | Refusal:
        try:
            return ask.ports.directory.fetch_file(file_id, _drop_folder(ask, file_id))
        except Refusal as refusal:
            return refusal

    found = attempt(fetch, task="fetch_file")
    if isinstance(found, Failure):
        return Refusal("file_fault", reference=found.reference)
    return found


def _tell(ask: Ask, key: str, channel: str, shown: Message) -> None:
    """Where the file was dropped, and once, however often Slack tells of the file."""
    with ask.writing() as unit:
        outbox.put(
            unit,
            key=key,
            audience=channel,
            text=shown.text,
            blocks=shown.blocks,
            holds_customer_data=False,
        )


@button("import", roles=OPS)
@command("import", roles=OPS)
def show_imports(ask: Ask) -> Reply:
    """How files are imported, and how the newest ones fared."""
    with ask.reading() as unit:
        recent = [(one.file_name, one.started_at, one.state) for one in batches.list_recent(unit)]
    return Private(build_batches(ask.say, recent, ask.person.zone))


@button(APPLY, roles=OPS)
def apply_import(ask: Ask) -> Reply:
    """Import what was shown."""
    with ask.writing() as unit:
        batches.confirm(unit, int(ask.value), ask.person.slack_user)
    ask.ports.heavy.start(APPLY_WORK, workspace_id=ask.workspace_id)
    return Private(build_line(ask.say, "started"))


@button(GO_ON, roles=OPS)
def go_on(ask: Ask) -> Reply:
    """Import the rest of a file that stopped midway."""
    with ask.writing() as unit:
        batches.go_on(unit, int(ask.value), ask.person.slack_user)
    ask.ports.heavy.start(APPLY_WORK, workspace_id=ask.workspace_id)
    return Private(build_line(ask.say, "started"))


@button(CANCEL, roles=OPS)
def cancel_import(ask: Ask) -> Reply:
    """Keep nothing of it."""
    batch_id = int(ask.value)
    with ask.reading() as unit:
        report = ImportReport.from_json(batches.get_batch(unit, batch_id).report)
    shown = build_cancelled(ask.say, report, ask.person.name)
    with ask.writing() as unit:
        batches.cancel(unit, batch_id, ask.person.slack_user)
        key = batches.post_key(batch_id)
        outbox.put_update(unit, post_key=key, text=shown.text, blocks=shown.blocks)
    return Quiet()


@button(ANSWER, roles=OPS)
def answer_question(ask: Ask) -> Reply:
    """Answer a question about the file; it is read again with the answer."""
    batch_id, number, option = ask.value.split(":", 2)
    with ask.writing() as unit:
        report = ImportReport.from_json(batches.get_batch(unit, int(batch_id)).report)
        if int(number) >= len(report.asked):
            raise Refusal("already_done")
        batches.answer(unit, int(batch_id), report.asked[int(number)].key, option)
    ask.ports.heavy.start(READ, workspace_id=ask.workspace_id)
    return Quiet()


@button(LINK, roles=OPS)
def link_id(ask: Ask) -> Reply:
    """Say whose an unknown id is."""
    batch_id, account_id, ref = ask.value.split(":", 2)
    with ask.writing() as unit:
        user = ask.person.slack_user
        is_read_again = batches.link(unit, int(batch_id), ref, int(account_id), user)
    with ask.reading() as unit:
        name = get_names(unit).names[int(account_id)]
    ask.ports.heavy.start(READ, workspace_id=ask.workspace_id)
    block = "linked" if is_read_again else "linked_alone"
    return Private(build_line(ask.say, block, ref=ref, name=name))


@button(REFUSED, roles=OPS)
def send_refused(ask: Ask) -> Reply:
    """The refused rows as a file, with the reasons, in the person's direct message."""
    with ask.reading() as unit:
        batches.get_kept(unit, int(ask.value))
    ask.ports.heavy.start(
        REFUSED_WORK,
        workspace_id=ask.workspace_id,
        batch_id=int(ask.value),
        slack_user=ask.person.slack_user,
        locale=str(ask.person.locale),
    )
    return Private(build_line(ask.say, "refused_sent"))


def _drop_folder(ask: Ask, file_id: str) -> Path:
    return ask.ports.heavy.folder / "drops" / f"{ask.workspace_id}-{file_id}"
