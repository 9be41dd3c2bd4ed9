"""What follows when a chart goes out of control: somebody must answer, quality contains, open pages hear of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import prefetch_related_objects

from plant.commands import journal
from plant.models import Person, Role
from plant.queries import persons
from qms.commands import containments
from qms.models import NonconformanceSource
from qms.queries import plans
from spc import live, statements
from spc.judging import Case, Finding
from spc.models import ControlChart, Violation, ViolationPoint

PATIENCE = 60  # minutes to answer where the control plan says nothing
Flag = tuple[str, datetime, int]


class Track(NamedTuple):
    """A chart, its points and what was found among the new ones."""

    chart: ControlChart
    case: Case
    findings: Sequence[Finding]


@dataclass(slots=True)
class Episode:
    """The violation that runs on a chart while its points are gone through, and the rules that it has known before."""

    track: Track
    violation: Violation
    known: set[str] = field(default_factory=set)
    quiet: int = 0
    fresh: list[ViolationPoint] = field(default_factory=list)
    rules: dict[str, Finding] = field(default_factory=dict)


def open_one(
    track: Track, finding: Finding, rule: str, flagged: set[Flag], *, by: Person, at: datetime
) -> Violation:
    """A violation begins: who must answer it, and until when."""
    chart, points, index = track.chart, track.case.points, finding.point
    reaction = plans.reaction_for(line=chart.line, rule=rule)
    minutes = reaction.respond_minutes if reaction else PATIENCE
    violation = Violation.objects.create(
        chart=chart, limits_id=finding.limits.id, rule=rule, at=points.at[index], seq=points.seq[index],
        value=float(points.values[index]), last_good_at=last_good(track, finding, flagged), last_at=points.at[index],
        owner_role=reaction.owner_role if reaction else Role.QUALITY_ENGINEER,
        respond_by=at + timedelta(minutes=minutes), detected_at=at,
    )
    data = {
        "chart": chart.code, "rule": rule, "value": violation.value, "at": violation.at,
        "limits": finding.limits.version,
    }
    journal.record("violation.opened", subject=violation, by=by, reason=title_of(track, rule, finding), data=data)
    return violation


def last_good(track: Track, finding: Finding, flagged: set[Flag]) -> datetime:
    """The last good point before the pattern; nothing is suspect that a person has answered for already."""
    points = track.case.points
    bad = {(at, seq) for _rule, at, seq in flagged}
    before = range(finding.window_start - 1, -1, -1)
    good = next((points.at[i] for i in before if points.known[i] and (points.at[i], points.seq[i]) not in bad), None)
    good = good or finding.limits.valid_from
    until = points.at[finding.point]
    answered = Violation.objects.filter(chart=track.chart, closed_at__isnull=False, ended_at__lte=until)
    closed = answered.order_by("-ended_at").values_list("ended_at", flat=True).first()
    return max(good, closed) if closed else good


def end(violation: Violation, at: datetime, *, by: Person) -> None:
    """The chart is back in control."""
    violation.ended_at = at
    journal.record("violation.ended", subject=violation, by=by, data={"at": at})


def settle(episodes: Sequence[Episode], *, at: datetime) -> list[Violation]:
    """Write what changed, in as many statements for many charts as for one; the violations with new flags."""
    changed = [episode for episode in episodes if episode.fresh or episode.violation.ended_at]
    if not changed:
        return []
    prefetch_related_objects([one.track.chart for one in changed], "stream__equipment__parent", "line__characteristic")
    ViolationPoint.objects.bulk_create([point for one in changed for point in one.fresh], ignore_conflicts=True)
    Violation.objects.bulk_update([one.violation for one in changed], ["last_at", "ended_at"])
    for one in changed:
        if one.fresh:
            contain(one, at=at)
        news = "ended" if one.violation.ended_at else "changed" if one.known else "opened"
        live.violation(one.violation, one.track.chart.stream.equipment, news)
    return [one.violation for one in changed if one.fresh]


def contain(episode: Episode, *, at: datetime) -> None:
    """Have quality stop what is suspect; a rule that was only an alarm before is not sounded again."""
    violation, chart = episode.violation, episode.track.chart
    for rule, finding in episode.rules.items():
        title = title_of(episode.track, rule, finding)
        if rule in episode.known and violation.nonconformance_id is None:
            continue
        if finding.limits.provisional:
            live.alarm(chart.stream.equipment, title)
            continue
        answer = containments.contain(
            source_kind=NonconformanceSource.VIOLATION, source_id=str(violation.pk), line=chart.line, rule=rule,
            equipment=chart.stream.equipment, suspect_from=violation.last_good_at or violation.at,
            suspect_to=violation.ended_at or max(at, violation.last_at), title=title, by=persons.system("spc"),
            at=at,
        )
        if answer.nonconformance is not None and violation.nonconformance_id != answer.nonconformance.pk:
            violation.nonconformance = answer.nonconformance
            Violation.objects.filter(pk=violation.pk).update(nonconformance=answer.nonconformance)


def title_of(track: Track, rule: str, finding: Finding) -> str:
    """What happened, in one line for people of any language."""
    chart, value = track.chart, float(track.case.points.values[finding.point])
    return statements.rule_fired(
        chart=chart.code, parameter=chart.stream.parameter.code, rule=rule, rules=track.case.rules, value=value
    )
