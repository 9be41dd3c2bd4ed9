"""One violation, not many: flagged points open and extend it, quiet ones end it."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from plant.models import Person
from spc.commands import alarms
from spc.commands.alarms import Episode, Flag, Track
from spc.judging import QUIET, Finding
from spc.models import Violation, ViolationPoint


def follow(tracks: Sequence[Track], *, by: Person, at: datetime) -> list[Violation]:
    """Go through the new points of charts whose rows are locked; the violations that were opened or extended."""
    rows = Violation.objects.filter(chart__in=[track.chart.pk for track in tracks], ended_at__isnull=True)
    running = {violation.chart_id: violation for violation in rows}
    found = [track for track in tracks if track.findings]
    flagged, known = _flagged(found), _known([running[t.chart.pk].pk for t in found if t.chart.pk in running])
    touched: list[Violation] = []
    alive: list[Episode] = []
    for track in tracks:
        violation = running.get(track.chart.pk)
        if track.findings or violation:
            episode = _begin(track, violation, known) if violation else None
            ended, last = _walk(track, episode, flagged.get(track.chart.pk, set()), by=by, at=at)
            touched += ended
            alive += [last] if last else []
    return touched + alarms.settle(alive, at=at)


def _flagged(tracks: Sequence[Track]) -> dict[int, set[Flag]]:
    """What has been flagged before among the points of each chart."""
    asked = Q(pk__in=[])
    for track in tracks:
        asked |= Q(chart=track.chart, at__gte=track.case.points.at[0])
    found: dict[int, set[Flag]] = {track.chart.pk: set() for track in tracks}
    rows = ViolationPoint.objects.filter(asked) if tracks else ViolationPoint.objects.none()
    for chart, rule, at, seq in rows.values_list("chart_id", "rule", "at", "seq"):
        found[chart].add((rule, at, seq))
    return found


def _known(violation_ids: Sequence[int]) -> dict[int, set[str]]:
    """The rules that have fired in each violation."""
    found: dict[int, set[str]] = {}
    if violation_ids:
        rows = ViolationPoint.objects.filter(violation__in=violation_ids).order_by()
        for violation, rule in rows.values_list("violation_id", "rule").distinct():
            found.setdefault(violation, set()).add(rule)
    return found


def _begin(track: Track, violation: Violation, known: dict[int, set[str]]) -> Episode:
    """A running violation, with the good points since its last flag that an earlier evaluation has seen."""
    points = track.case.points
    seen = range(len(points.values) - track.case.fresh)
    quiet = sum(bool(points.known[i]) and points.at[i] > violation.last_at for i in seen)
    return Episode(track, violation, known.get(violation.pk, set()), quiet)


def _walk(
    track: Track, episode: Episode | None, flagged: set[Flag], *, by: Person, at: datetime
) -> tuple[list[Violation], Episode | None]:
    """Open, extend and end, point by point; what ended is written before another can open."""
    points, findings = track.case.points, {finding.point: finding for finding in track.findings}
    total, known = len(points.values), points.known
    touched: list[Violation] = []
    for index in range(total - track.case.fresh, total):
        if index in findings:
            episode = _flag(track, episode, findings[index], flagged, by=by, at=at)
        elif episode and known[index] and points.at[index] > episode.violation.last_at:
            episode.quiet += 1
            if episode.quiet == QUIET:
                alarms.end(episode.violation, points.at[index], by=by)
                touched += alarms.settle([episode], at=at)
                episode = None
    return touched, episode


def _flag(
    track: Track, episode: Episode | None, finding: Finding, flagged: set[Flag], *, by: Person, at: datetime
) -> Episode | None:
    """Take a finding into the running violation, or open one; what was flagged before changes nothing."""
    points, index = track.case.points, finding.point
    where = points.at[index], points.seq[index]
    rules = [rule for rule in finding.rules if (rule, *where) not in flagged]
    if rules and episode is None:
        episode = Episode(track, alarms.open_one(track, finding, rules[0], flagged, by=by, at=at))
    if episode is None:
        return None
    episode.quiet = 0
    for rule in rules:
        episode.rules.setdefault(rule, finding)
        episode.fresh.append(ViolationPoint(
            violation=episode.violation, chart=track.chart, rule=rule, at=where[0], seq=where[1],
            value=float(points.values[index]), window_from=points.at[finding.window_start],
        ))
    episode.violation.last_at = max(episode.violation.last_at, where[0])
    flagged |= {(rule, *where) for rule in rules}
    return episode
