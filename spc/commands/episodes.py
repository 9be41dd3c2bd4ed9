"""One violation, not many: flagged points open and extend it, quiet ones end it, quality contains what is suspect."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils.translation import gettext as _

from plant.commands import journal
from plant.models import Person, Role
from plant.queries import persons
from qms.commands import containments
from qms.models import NonconformanceSource
from qms.queries import plans
from spc import live, rulebook
from spc.judging import QUIET, Case, Finding
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
    """The violation that runs on a chart while its points are gone through."""

    violation: Violation
    quiet: int = 0
    fresh: list[ViolationPoint] = field(default_factory=list)
    rules: dict[str, Finding] = field(default_factory=dict)


def follow(tracks: Sequence[Track], *, by: Person, at: datetime) -> list[Violation]:
    """Go through the new points of charts whose rows are locked; the violations that were opened or extended."""
    rows = Violation.objects.filter(chart__in=[track.chart.pk for track in tracks], ended_at__isnull=True)
    running = {violation.chart_id: violation for violation in rows}
    touched = []
    for track in tracks:
        violation = running.get(track.chart.pk)
        if track.findings or violation:
            touched += _follow(track, violation, by=by, at=at)
    return touched


def _follow(track: Track, running: Violation | None, *, by: Person, at: datetime) -> list[Violation]:
    """Open, extend and end, point by point."""
    points, flagged = track.case.points, _flagged(track)
    found = {finding.index: finding for finding in track.findings}
    total = len(points.values)
    episode = Episode(running, _quiet_before(track, running)) if running else None
    touched = []
    for index in range(total - track.case.fresh, total):
        finding = found.get(index)
        if finding is not None:
            episode = _flag(track, episode, finding, flagged, by=by, at=at)
        elif episode and points.known[index] and points.at[index] > episode.violation.last_at:
            episode.quiet += 1
            if episode.quiet == QUIET:
                _end(episode.violation, points.at[index], by=by)
                touched += _keep(track, episode, at=at)
                episode = None
    return touched + (_keep(track, episode, at=at) if episode else [])


def _flagged(track: Track) -> set[Flag]:
    """What has been flagged before among these points."""
    if not track.findings:
        return set()
    rows = ViolationPoint.objects.filter(chart=track.chart, at__gte=track.case.points.at[0])
    return set(rows.values_list("rule", "at", "seq"))


def _quiet_before(track: Track, violation: Violation) -> int:
    """Good points since the last flagged one that an earlier evaluation has seen."""
    points = track.case.points
    seen = range(len(points.values) - track.case.fresh)
    return sum(bool(points.known[i]) and points.at[i] > violation.last_at for i in seen)


def _flag(
    track: Track, episode: Episode | None, finding: Finding, flagged: set[Flag], *, by: Person, at: datetime
) -> Episode | None:
    """Take a finding into the running violation, or open one; what was flagged before changes nothing."""
    points, index = track.case.points, finding.index
    where = points.at[index], points.seq[index]
    rules = [rule for rule in finding.rules if (rule, *where) not in flagged]
    if rules and episode is None:
        episode = Episode(_open(track, finding, rules[0], flagged, by=by, at=at))
    if episode is None:
        return None
    episode.quiet = 0
    violation = episode.violation
    for rule in rules:
        episode.rules.setdefault(rule, finding)
        episode.fresh.append(ViolationPoint(
            violation=violation, chart=track.chart, rule=rule, at=where[0], seq=where[1],
            value=float(points.values[index]), window_from=points.at[finding.window_start],
        ))
    violation.last_at = max(violation.last_at, where[0])
    flagged |= {(rule, *where) for rule in rules}
    return episode


def _open(
    track: Track, finding: Finding, rule: str, flagged: set[Flag], *, by: Person, at: datetime
) -> Violation:
    chart, points, index = track.chart, track.case.points, finding.index
    reaction = plans.reaction_for(line=chart.line, rule=rule)
    minutes = reaction.respond_minutes if reaction else PATIENCE
    violation = Violation.objects.create(
        chart=chart, limits_id=finding.limits.id, rule=rule, at=points.at[index], seq=points.seq[index],
        value=float(points.values[index]), last_good_at=_last_good(track, finding, flagged), last_at=points.at[index],
        owner_role=reaction.owner_role if reaction else Role.QUALITY_ENGINEER,
        respond_by=at + timedelta(minutes=minutes), detected_at=at,
    )
    data = {
        "chart": chart.code, "rule": rule, "value": violation.value, "at": violation.at,
        "limits": finding.limits.version,
    }
    journal.record("violation.opened", subject=violation, by=by, reason=title_of(track, rule), data=data)
    return violation


def _last_good(track: Track, finding: Finding, flagged: set[Flag]) -> datetime | None:
    """The last good point before the pattern; nothing is suspect that a person has answered for already."""
    points = track.case.points
    bad = {(at, seq) for _rule, at, seq in flagged}
    before = range(finding.window_start - 1, -1, -1)
    good = next((points.at[i] for i in before if points.known[i] and (points.at[i], points.seq[i]) not in bad), None)
    good = good or finding.limits.valid_from
    until = points.at[finding.index]
    answered = Violation.objects.filter(chart=track.chart, closed_at__isnull=False, ended_at__lte=until)
    closed = answered.order_by("-ended_at").values_list("ended_at", flat=True).first()
    return max(good, closed) if closed else good


def _end(violation: Violation, at: datetime, *, by: Person) -> None:
    violation.ended_at = at
    journal.record("violation.ended", subject=violation, by=by, data={"at": at})


def _keep(track: Track, episode: Episode, *, at: datetime) -> list[Violation]:
    """Write what changed; the violation where points were flagged."""
    violation = episode.violation
    if not episode.fresh and violation.ended_at is None:
        return []
    known: set[str] = set()
    if episode.fresh:
        known = set(ViolationPoint.objects.filter(violation=violation).values_list("rule", flat=True))
    ViolationPoint.objects.bulk_create(episode.fresh, ignore_conflicts=True)
    Violation.objects.filter(pk=violation.pk).update(last_at=violation.last_at, ended_at=violation.ended_at)
    if episode.fresh:
        _contain(track, episode, known, at=at)
    news = "ended" if violation.ended_at else "changed" if known else "opened"
    live.violation(violation, track.chart.stream.equipment, news, title_of(track, violation.rule))
    return [violation] if episode.fresh else []


def _contain(track: Track, episode: Episode, known: set[str], *, at: datetime) -> None:
    """Have quality stop what is suspect; a rule that was only an alarm before is not sounded again."""
    violation = episode.violation
    until = violation.ended_at or max(at, violation.last_at)
    for rule, finding in episode.rules.items():
        if rule in known and violation.nonconformance_id is None:
            continue
        if finding.limits.provisional:
            live.alarm(track.chart.stream.equipment, title_of(track, rule))
            continue
        answer = containments.contain(
            source_kind=NonconformanceSource.VIOLATION, source_id=str(violation.pk), line=track.chart.line, rule=rule,
            equipment=track.chart.stream.equipment, suspect_from=violation.last_good_at, suspect_to=until,
            title=title_of(track, rule)[:200], by=persons.system("spc"), at=at,
        )
        if answer.nonconformance is not None and violation.nonconformance_id != answer.nonconformance.pk:
            violation.nonconformance = answer.nonconformance
            Violation.objects.filter(pk=violation.pk).update(nonconformance=answer.nonconformance)


def title_of(track: Track, rule: str) -> str:
    """What happened, in one line for people."""
    name, words = track.chart.code, rulebook.sentence(track.case.rules, rule)
    return _("%(chart)s: %(rule)s") % {"chart": name, "rule": words}
