"""What an import will do, asked before it is done; and what it has done."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from bot.core.import_report import ImportReport, Told, Unlinked
from bot.core.say import Say
from bot.views.blocks import Element, actions, context, section
from bot.views.elements import button, confirming, select
from bot.views.import_questions import build_questions, build_settled
from bot.views.limits import shorten, unescape
from bot.views.reply import Block, Message
from bot.views.surfaces import message
from bot.views.words import word

APPLY, CANCEL = "import_apply", "import_cancel"
REFUSED, LINK = "import_refused", "import_link"

_FIELDS = frozenset(
    {
        "owner",
        "tier",
        "stage",
        "seats",
        "started_on",
        "arr_amount",
        "currency",
        "renews_on",
        "notice_on",
        "name",
        "role",
        "email",
        "opened_on",
        "priority",
        "status",
        "subject",
        "due_on",
        "paid_on",
        "amount",
        "responded_on",
        "score",
        "touched_on",
        "kind",
        "initiated_by",
        "said_on",
        "speaker_role",
        "sentiment",
        "text",
        "ended_on",
        "result",
        "reason",
        "roles",
        "zone",
        "severity",
        "occurred_on",
        "detail",
        "base",
        "valid_on",
        "rate",
    }
)

_REFUSALS, _NOTES, _UNLINKED, _NAMES = 8, 5, 5, 8


def build_waiting(say: Say, report: ImportReport, batch_id: int) -> Message:
    """The report with its questions, and the buttons; nothing is kept until one is pressed."""
    blocks = [
        section(_headline(say, report)),
        *_samples(say, report),
        *build_questions(say, report, batch_id),
        *build_settled(say, report, batch_id),
        *_unlinked(say, report, batch_id),
        *_remarks(say, report),
        *actions(_buttons(say, report, batch_id)),
        context(say("import", "nothing_saved_yet")),
    ]
    return message(say("import", "fallback_waiting", name=report.file_name), blocks)


def build_working(say: Say, report: ImportReport, done: int, total: int) -> Message:
    """How far it has come."""
    share = done / total if total else 0.0
    filled = round(share * 10)
    text = say(
        "import",
        "working",
        name=report.file_name,
        bar="█" * filled + "░" * (10 - filled),
        share=share,
        done=done,
        total=total,
    )
    return message(text, [section(text)])


def build_done(say: Say, report: ImportReport, batch_id: int, by: str) -> Message:
    """What was taken in, by whom, and what stayed out."""
    text = say("import", "fallback_done", name=report.file_name)
    blocks = [
        section(_headline(say, report)),
        *_unlinked(say, report, batch_id),
        *_remarks(say, report),
        *actions(_refused_button(say, report, batch_id)),
        context(say("import", "done_by", by=by)),
    ]
    return message(text, blocks)


def build_delivery(say: Say, reports: Sequence[ImportReport]) -> Message:
    """A robot's files of one morning in one message, what stayed out of each below it."""
    text = say("import", "delivery", count=len(reports))
    lines = [_headline(say, report) for report in reports]
    remarks = [block for report in reports for block in _remarks(say, _unless_usual(report))]
    return message(text, [section(text), section("\n".join(lines)), *remarks])


def _unless_usual(report: ImportReport) -> ImportReport:
    """Without the notes that say the same every morning: which column is which measure."""
    notes = tuple(each for each in report.notes if each.code != "metric_column")
    return replace(report, notes=notes)


def build_cancelled(say: Say, report: ImportReport, by: str) -> Message:
    """Nothing was kept."""
    text = say("import", "cancelled", name=report.file_name, by=by)
    return message(text, [section(text)])


def tell(say: Say, told: Told) -> str:
    """One refusal or note as a sentence, with row, column and mend where there are any."""
    # It goes through a voice twice here, and must be escaped once.
    sentence = unescape(say("ingest_report", told.code, **dict(told.params)))
    return say(
        "import",
        "told",
        sheet=told.sheet,
        row=told.row,
        column=told.column,
        sentence=sentence,
        mend=told.mend,
    )


def _headline(say: Say, report: ImportReport) -> str:
    new, changed, unchanged = (
        sum(getattr(count, name) for count in report.counts)
        for name in ("new", "changed", "unchanged")
    )
    kinds = [word(say, f"fact_{count.kind}") for count in report.counts]
    line = say(
        "import",
        "headline",
        name=report.file_name,
        rows=report.rows,
        kinds=kinds,
        new=new,
        changed=changed,
        unchanged=unchanged,
        refused=report.refused,
        unlinked=report.unlinked_rows,
        left_out=report.duplicates + report.totals,
        waiting=report.waiting,
    )
    return "\n".join([line, *_each_kind(say, report)])


def _each_kind(say: Say, report: ImportReport) -> list[str]:
    """Of a file with several kinds, what becomes of each."""
    if len(report.counts) < 2:
        return []
    return [
        say(
            "import",
            "of_kind",
            kind=word(say, f"fact_{each.kind}"),
            new=each.new,
            changed=each.changed,
            unchanged=each.unchanged,
        )
        for each in report.counts
    ]


def _samples(say: Say, report: ImportReport) -> list[Block]:
    lines = [
        say(
            "import",
            "sample",
            name=shorten(sample.name, 60),
            facts=[(_label(say, label), value) for label, value in sample.facts],
        )
        for sample in report.samples[:3]
    ]
    return [section(say("import", "samples") + "\n" + "\n".join(lines))] if lines else []


def _label(say: Say, label: str) -> str:
    """A field's word; a metric of the source is called what the source calls it."""
    return word(say, f"field_{label}") if label in _FIELDS else label


def _unlinked(say: Say, report: ImportReport, batch_id: int) -> list[Block]:
    if not report.unlinked:
        return []
    rows = list(_unlinked_rows(say, report.unlinked, batch_id))
    rest = len(report.unlinked) - _UNLINKED
    more = [context(say("words", "and_more", count=rest))] if rest > 0 else []
    return [section(say("import", "unlinked", count=len(report.unlinked))), *rows, *more]


def _unlinked_rows(say: Say, unlinked: tuple[Unlinked, ...], batch_id: int) -> Iterator[Block]:
    for number, one in enumerate(unlinked[:_UNLINKED], start=1):
        text = say(
            "import",
            "unlinked_ref",
            ref=one.ref,
            rows=one.rows,
            names=[name for _, name in one.suggested],
        )
        choices = [
            (shorten(name, 60), f"{batch_id}:{account_id}:{one.ref}"[:150])
            for account_id, name in one.suggested
        ]
        menu = select(choices, f"{LINK}#{number}", say("import", "link")) if choices else None
        yield section(text, menu)


def _remarks(say: Say, report: ImportReport) -> list[Block]:
    parts = []
    if report.refusals:
        lines = [tell(say, told) for told in report.refusals[:_REFUSALS]]
        if report.refused > len(lines):
            lines.append(say("words", "and_more", count=report.refused - len(lines)))
        parts.append(section(say("import", "refused_rows") + "\n" + "\n".join(lines)))
    small = [tell(say, told) for told in report.notes[:_NOTES]]
    if report.unmapped:
        small.append(say("import", "unmapped", names=list(report.unmapped[:_NAMES])))
    if report.unknown_owners:
        small.append(say("import", "unknown_owners", names=list(report.unknown_owners[:_NAMES])))
    return [*parts, *([context(*small)] if small else [])]


def _buttons(say: Say, report: ImportReport, batch_id: int) -> list[Element]:
    made = []
    if report.is_ready:
        made.append(button(say("import", "apply"), APPLY, str(batch_id), style="primary"))
    made.extend(_refused_button(say, report, batch_id))
    cancel = button(say("import", "cancel"), CANCEL, str(batch_id))
    made.append(
        confirming(
            cancel,
            say("import", "cancel"),
            say("import", "sure_to_cancel", name=report.file_name),
            say("import", "cancel"),
            word(say, "close"),
        )
    )
    return made


def _refused_button(say: Say, report: ImportReport, batch_id: int) -> list[Element]:
    if not report.refused:
        return []
    return [button(say("import", "download_refused"), REFUSED, str(batch_id))]


def build_line(say: Say, block: str, **context_: object) -> Message:
    """One sentence of the import's template."""
    text = say("import", block, **context_)
    return message(text, [section(text)])


def build_batches(say: Say, recent: Sequence[tuple[str, datetime, str]], zone: str) -> Message:
    """How to import, and the newest imports with their states."""
    text = say("import", "how_to")
    lines = [
        say(
            "import",
            "batch",
            name=name,
            at=say.instant(at, zone),
            state=say("import", f"state_{state}"),
        )
        for name, at, state in recent
    ]
    told = [section(say("import", "waiting_batches") + "\n" + "\n".join(lines))] if lines else []
    return message(text, [section(text), *told])
