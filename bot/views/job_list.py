"""What runs when, and how it went last time."""

from collections.abc import Sequence
from datetime import timedelta

from bot.core.job_line import JobLine
from bot.core.say import Say
from bot.core.slots import Daily, Interval, Monthly, Rule, Weekly
from bot.views.blocks import section
from bot.views.reply import Message
from bot.views.surfaces import message


def build_job_list(say: Say, lines: Sequence[JobLine], zone: str) -> Message:
    """A paragraph for each job; instants on the wall clock of `zone`."""
    title = say("jobs", "title")
    return message(title, [section(title), *(section(_line(say, each, zone)) for each in lines)])


def build_job_failed(say: Say, job: str, person: str, reference: str) -> Message:
    """For ops: which job broke, for whom ("" for the workspace), and where to look."""
    name = say(f"job_{job}", "name")
    text = say("jobs", "broke", name=name, person=person, reference=reference)
    return message(text, [section(text)])


def _line(say: Say, line: JobLine, zone: str) -> str:
    return say(
        "jobs",
        "line",
        name=say(f"job_{line.name}", "name"),
        told=say(f"job_{line.name}", "told"),
        rule=_rule(say, line.rule),
        last_at=line.last_at,
        state=say("jobs", f"state_{line.state}") if line.state else "",
        zone=zone,
        of_zone=line.zone if line.zone != zone and not isinstance(line.rule, Interval) else "",
    )


def _rule(say: Say, rule: Rule) -> str:
    match rule:
        case Daily(at=at, business_days_only=only):
            return say("jobs", "daily", at=f"{at:%H:%M}", business_days_only=only)
        case Weekly(weekday=weekday, at=at):
            name = say("jobs", f"weekday_{weekday}")
            return say("jobs", "weekly", weekday=name, at=f"{at:%H:%M}")
        case Monthly(at=at):
            return say("jobs", "monthly", at=f"{at:%H:%M}")
        case Interval(every=every):
            return say("jobs", "interval", minutes=every // timedelta(minutes=1))
