"""What a wall calls out: stations that call for help, what quality has stopped and why, and alarms nobody answered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from mes.models import Andon, AndonStatus, Deviation
from mes.queries import andon, deviations
from plant.models import Equipment
from spc import rulebook
from spc.models import Violation, ViolationStatus
from spc.queries import chart_data
from traceability.models import CauseKind, Hold, TargetKind

MOST = 200
TONES = {CauseKind.INSPECTION.value: "waiting"}
WAITING_LAST = {"failed": 0, "held": 1, "waiting": 2}


@dataclass(frozen=True)
class News:
    """One thing to call out: what, why, since when, and what it concerns."""

    tone: str
    title: str
    text: str
    at: datetime
    targets: list[str]
    kind: str

    @property
    def few(self) -> list[str]:
        """As many targets as fit on a line."""
        return self.targets[:4]

    @property
    def more(self) -> int:
        return max(len(self.targets) - 4, 0)


def of_holds(holds: Iterable[Hold]) -> list[News]:
    """Open holds as one piece of news for each cause, the gravest and newest first."""
    causes: dict[tuple[str, str], list[Hold]] = {}
    for hold in holds:
        key = hold.cause_id if hold.cause_kind != CauseKind.INSPECTION else ""
        causes.setdefault((hold.cause_kind, key), []).append(hold)
    return [_of_cause(kind, found) for (kind, _key), found in causes.items()]


def _of_cause(kind: str, holds: list[Hold]) -> News:
    first = min(holds, key=lambda hold: (hold.spread_from_id is not None, hold.placed_at))
    tone = TONES.get(kind, "failed" if kind == CauseKind.NONCONFORMANCE else "held")
    machines_first = sorted(holds, key=lambda hold: (hold.target_kind != TargetKind.EQUIPMENT, hold.target_label))
    is_named = kind == CauseKind.NONCONFORMANCE
    title = first.cause_id if is_named else str(CauseKind(kind).label)
    targets = [hold.target_label for hold in machines_first]
    return News(tone, title, str(first.reason), min(hold.placed_at for hold in holds), targets, kind)


def of_violations(found: Iterable[Violation]) -> list[News]:
    """Charts out of control that nobody has answered, each with the rule in few words."""
    return [
        News(
            "failed", chart_data.title(one.chart), rulebook.headline(rulebook.parse(one.chart.rules), one.rule), one.at,
            [one.chart.stream.equipment.code], "VIOLATION",
        )
        for one in found
    ]


def of_deviations(found: Iterable[Deviation]) -> list[News]:
    """Live values outside their golden window that nobody has answered."""
    return [
        News("failed", str(one.standard.parameter.title), deviations.headline(one), one.at,
             [one.stream.equipment.code], "DEVIATION")
        for one in found
    ]


def of_calls(found: Iterable[Andon]) -> list[News]:
    """Stations that called for help: loud until somebody is there, then quiet until it is settled."""
    return [
        News(
            "failed" if one.status == AndonStatus.OPEN else "waiting", str(one.kind.title),
            one.note or str(one.get_status_display()), one.called_at, [one.station.code], "ANDON",
        )
        for one in found
    ]


def open_holds(places: Sequence[Equipment], jobs: Sequence[str]) -> list[Hold]:
    """Open holds on places, and on the lots of work orders or lots that stand at these places now."""
    near = Q(target_kind=TargetKind.EQUIPMENT, target_id__in=[place.code for place in places])
    near |= Q(lot__visits__equipment__in=places, lot__visits__during__upper_inf=True)
    near |= Q(lot__job_order__in=jobs) if jobs else Q(pk__in=())
    found = Hold.objects.filter(near, released_at__isnull=True).distinct().order_by("-placed_at")
    return list(found[:MOST])


def unanswered(places: Sequence[Equipment]) -> list[Violation]:
    """Violations on the machines of these places that opened and were not answered, the newest first."""
    rows = Violation.objects.filter(status=ViolationStatus.OPEN, chart__stream__equipment__in=places)
    related = rows.select_related("chart__stream__equipment", "chart__line__characteristic", "nonconformance")
    return list(related.order_by("-at")[:MOST])


def near(places: Sequence[Equipment], jobs: Sequence[str]) -> list[News]:
    """Everything to call out at some places: the gravest first, then the newest."""
    held = of_holds(open_holds(places, jobs))
    named = {one.title for one in held}
    loose = [one for one in unanswered(places) if not one.nonconformance or one.nonconformance.number not in named]
    strayed = [one for one in deviations.at_places(places) if not one.nonconformance]
    calls = of_calls(andon.alive_at(places))
    return gravest([*calls, *held, *of_violations(loose), *of_deviations(strayed)])


def gravest(found: Iterable[News]) -> list[News]:
    """The gravest first, then the newest."""
    return sorted(found, key=lambda one: (WAITING_LAST[one.tone], -one.at.timestamp()))
