"""`/sakidori jobs`: what runs when, and how it went last time."""

from bot.ask import Ask
from bot.core.job_line import JobLine
from bot.registry import Job, command, whole
from bot.store.job_runs import find_last_runs
from bot.store.members import get_member
from bot.store.tables import JobRun, Member
from bot.views.job_list import build_job_list
from bot.views.reply import Private, Reply

_WORKSPACE = "workspace"


@command("jobs")
def list_jobs(ask: Ask) -> Reply:
    """The jobs that concern the person: the workspace's and their own, at their own times."""
    own = f"member:{ask.person.member_id}"
    with ask.reading() as unit:
        runs = find_last_runs(unit, [_WORKSPACE, own])
        member = get_member(unit, ask.person.member_id)
        zone = unit.workspace.zone
    lines = [
        _line(job, member, zone, runs.get((job.name, own)) or runs.get((job.name, _WORKSPACE)))
        for job in whole().jobs.values()
        if job.audience == _WORKSPACE or ask.person.roles & job.roles
    ]
    return Private(build_job_list(ask.say, lines, ask.person.zone))


def _line(job: Job, member: Member, zone: str, run: JobRun | None) -> JobLine:
    rule = job.rule_for(member.digest_time, member.closes)
    if job.audience != _WORKSPACE:
        zone = member.zone or zone
    return JobLine(
        job.name, rule, zone, run.started_at if run else None, run.state if run else None
    )
