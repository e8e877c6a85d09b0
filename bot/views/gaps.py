"""The two stages with their figures. Refuses a share where nothing is there to be shared."""

from collections.abc import Sequence

from bot.core.checklist import Check
from bot.core.gaps import Acting, Collecting, Gaps, Lacking
from bot.core.say import Say
from bot.core.sources import Source
from bot.core.vocabulary import Role
from bot.views.blocks import actions, divider, section
from bot.views.breaks import build_break, name_metric
from bot.views.checklist import build_checklist_blocks
from bot.views.elements import button
from bot.views.limits import shorten
from bot.views.reply import Block, Message
from bot.views.surfaces import message
from bot.views.waves import build_wave

# Of each kind of row; the rest is counted.
_ROWS, _NAME = 12, 60


def build_gaps(say: Say, gaps: Gaps, checklist: Sequence[Check], roles: frozenset[Role]) -> Message:
    """The sentence first; only ops is offered what only ops may decide."""
    told = say(
        "gaps",
        f"stuck_{gaps.bottleneck}",
        known=gaps.collecting.share,
        accounts=gaps.collecting.accounts,
        poor=gaps.collecting.unscored + gaps.collecting.thin,
        late=len(gaps.collecting.late),
        stuck=gaps.acting.stuck,
        open=gaps.acting.alerts + gaps.acting.tasks,
        lying=gaps.acting.share,
    )
    blocks = [
        section(told),
        divider(),
        *_collecting(say, gaps.collecting, is_ops=Role.OPS in roles),
        divider(),
        *_acting(say, gaps.acting),
        divider(),
        *build_checklist_blocks(say, checklist, roles),
    ]
    return message(told, blocks)


def build_late(say: Say, source: Source) -> Message:
    """A source that should have come: what rests on it, and what to look at."""
    told = say("gaps", "told_late", name=name_source(say, source), **_rhythm(source))
    return message(told, [section(told)])


def build_returned(say: Say, source: Source) -> Message:
    """It has come again."""
    told = say("gaps", "told_returned", name=name_source(say, source), **_rhythm(source))
    return message(told, [section(told)])


def name_source(say: Say, source: Source) -> str:
    """A metric's word, or that of a kind of file."""
    if source.is_metric:
        return name_metric(say, source.kind)
    return say("ingest_report", f"option_kind_{source.kind}")


def _rhythm(source: Source) -> dict[str, object]:
    return {
        "last_on": source.last_on,
        "waited": source.waited_days,
        "usual": source.usual_days,
        "is_learned": source.is_learned,
        "is_metric": source.is_metric,
        "is_late": source.is_late,
    }


def _collecting(say: Say, found: Collecting, *, is_ops: bool) -> list[Block]:
    figures = say(
        "gaps",
        "collecting",
        accounts=found.accounts,
        unscored=found.unscored,
        thin=found.thin,
        unlinked=found.unlinked,
        signals=[say(f"signal_{key}", "name") for key in found.unused_signals[:_ROWS]],
        more=max(0, len(found.unused_signals) - _ROWS),
    )
    blocks = [section(figures)]
    blocks += [section(_lacking(say, found.lacking))] if found.lacking else []
    blocks.append(section(_sources(say, found.sources)))
    for each in found.breaks[:_ROWS]:
        shown = build_break(say, each)
        blocks += shown if is_ops else shown[:1]
    for wave in found.waves[:_ROWS]:
        told = build_wave(say, wave)
        blocks += told if is_ops else told[:1]
    return blocks


def _lacking(say: Say, lacking: Sequence[Lacking]) -> str:
    lines = [
        say(
            "gaps",
            "lacking",
            name=each.label,
            share=each.share,
            missing=each.missing,
            asked=each.asked,
            files=[say("ingest_report", f"option_kind_{kind}") for kind in each.kinds],
        )
        for each in lacking[:_ROWS]
    ]
    rest = len(lacking) - len(lines)
    more = [say("words", "and_more", count=rest)] if rest > 0 else []
    return "\n".join([say("gaps", "lacking_title"), *lines, *more])


def _sources(say: Say, sources: Sequence[Source]) -> str:
    if not sources:
        return say("gaps", "no_sources")
    ordered = sorted(sources, key=lambda each: not each.is_late)
    lines = [
        say("gaps", "source", name=shorten(name_source(say, each), _NAME), **_rhythm(each))
        for each in ordered[:_ROWS]
    ]
    rest = len(sources) - len(lines)
    return "\n".join([*lines, *([say("words", "and_more", count=rest)] if rest > 0 else [])])


def _acting(say: Say, found: Acting) -> list[Block]:
    figures = say(
        "gaps",
        "acting",
        alerts=found.alerts,
        unclaimed=found.unclaimed,
        tasks=found.tasks,
        overdue=found.overdue,
        unanswered=found.unanswered,
        closed=found.closed,
        without=found.without_outcome,
        hours=found.claim_hours,
    )
    see = [button(say("gaps", "see_tasks"), "tasks")] if found.tasks else []
    return [section(figures), *actions(see)]
