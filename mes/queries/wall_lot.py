"""The lot wall: one lot's health, big enough for a hall; the newest lots of a line in turn, or a chosen one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import nan
from typing import Any

from django.db import connection

from mes.models import DeviationLot
from mes.queries import completeness, wall_news
from mes.queries.completeness import Score
from mes.queries.wall_news import News
from mes.queries.wall_screens import Page
from qms.models import Inspection, InspectionStatus, NonconformanceLot, Verdict
from spc import sparks
from traceability.models import Hold, MaterialLot, Visit
from traceability.queries import curves, genealogy
from traceability.queries.curves import Curve
from traceability.queries.genealogy import Node

TURN = timedelta(seconds=20)
NEWEST, LOOK_BACK = 6, timedelta(days=30)
BEHIND, CURVES, SHOWN = 300, 4, 5
# Lots whose work order's last operation was reported, the newest first.
FINISHED = """
SELECT r.lot_id FROM mes_jobresponse r
JOIN mes_jobsegment js ON js.id = r.job_segment_id JOIN mes_segment s ON s.id = js.segment_id
JOIN mes_joborder j ON j.id = js.job_order_id
WHERE r.at > %(since)s AND r.at <= %(now)s AND r.good > 0
  AND (%(line)s::bigint IS NULL OR j.line_id = %(line)s) AND (%(job)s::bigint IS NULL OR j.id = %(job)s)
  AND NOT EXISTS (
    SELECT FROM mes_jobsegment after JOIN mes_segment later ON later.id = after.segment_id
    WHERE after.job_order_id = j.id AND later.sequence > s.sequence
  )
GROUP BY r.lot_id ORDER BY max(r.at) DESC, r.lot_id DESC LIMIT %(most)s
"""


@dataclass(frozen=True)
class CurveTile:
    """What an instrument read while the lot stood there, with its bounds."""

    place: str
    name: str
    unit: str
    low: float
    high: float
    mean: float
    spark: sparks.Spark | None


@dataclass(frozen=True)
class LotBoard:
    """A lot's record at a glance; without a lot, nothing was finished yet."""

    at: datetime
    lot: MaterialLot | None = None
    nth: int = 0
    of: int = 0
    score: Score = field(default_factory=Score)
    behind: Score = field(default_factory=Score)
    inspections: Sequence[Inspection] = ()
    news: Sequence[News] = ()
    cases: int = 0
    deviations: int = 0
    raw: Sequence[Node] = ()
    met: int = 0
    operations: int = 0
    people: int = 0
    curves: Sequence[CurveTile] = ()

    @property
    def passed(self) -> int:
        """Inspections with a good verdict."""
        return sum(one.status == InspectionStatus.DECIDED and one.verdict != Verdict.FAIL for one in self.inspections)

    @property
    def failed(self) -> int:
        return sum(one.verdict == Verdict.FAIL for one in self.inspections)

    @property
    def waiting(self) -> int:
        """Inspections that nobody decided yet."""
        return sum(one.status != InspectionStatus.DECIDED for one in self.inspections)

    @property
    def shown(self) -> Sequence[Inspection]:
        """As many inspections as fit, beside a hold or alone."""
        return self.inspections[: 1 if self.news else 2]

    @property
    def tone(self) -> str:
        """The verdict over all: held, not in order, with remarks, in order."""
        if self.news:
            return "held"
        if self.failed or self.cases:
            return "failed"
        return "warning" if self.waiting or self.deviations or self.score.lacking else "done"


def of(page: Page, *, at: datetime) -> LotBoard:
    """The board of a page: its chosen lot, else the one whose turn it is."""
    keys = [page.lot.pk] if page.lot else newest(page, at)
    if not keys:
        return LotBoard(at)
    turn = int(at.timestamp() // TURN.total_seconds()) % len(keys)
    lot = MaterialLot.objects.select_related("material__unit", "site").get(pk=keys[turn])
    return told(lot, nth=turn + 1, of=len(keys), at=at)


def newest(page: Page, at: datetime) -> list[int]:
    """The lots that were finished last, on the page's line or of its work order."""
    words: dict[str, Any] = {
        "since": at - LOOK_BACK, "now": at, "most": NEWEST, "line": page.line.pk if page.line else None,
        "job": page.job.pk if page.job else None,
    }
    with connection.cursor() as cursor:
        cursor.execute(FINISHED, words)
        return [lot for (lot,) in cursor.fetchall()]


def told(lot: MaterialLot, *, nth: int, of: int, at: datetime) -> LotBoard:
    """Everything that the board shows of a lot."""
    trace = genealogy.trace(lot, "upstream", most=BEHIND)
    keys = [lot.pk, *(node.id for node in trace.upstream)]
    scores = completeness.scores(keys, now=at)
    inspections = Inspection.objects.filter(lot__in=keys).exclude(status=InspectionStatus.CANCELLED)
    visits = list(Visit.objects.filter(lot=lot).select_related("equipment", "lot").order_by("pk"))
    made = {edge.child for edge in trace.edges}
    return LotBoard(
        at=at, lot=lot, nth=nth, of=of, score=scores[lot.pk],
        behind=completeness.together(scores[key] for key in keys[1:]),
        inspections=list(inspections.order_by("-decided_at", "-pk")),
        news=wall_news.of_holds(
            Hold.objects.filter(lot=lot, released_at__isnull=True).select_related("lot", "placed_by")
        ),
        cases=NonconformanceLot.objects.filter(lot=lot).exclude(nonconformance__status="CLOSED").count(),
        deviations=DeviationLot.objects.filter(lot__in=keys).values("deviation").distinct().count(),
        raw=[node for node in trace.upstream if node.id not in made][:SHOWN], met=len(keys) - 1,
        operations=len({visit.operation for visit in visits}), people=len({visit.person_id for visit in visits}),
        curves=tiles(visits, at),
    )


def tiles(visits: Sequence[Visit], at: datetime) -> list[CurveTile]:
    """The first curves of its stays that have something to show."""
    found: list[CurveTile] = []
    for visit in visits:
        for curve in curves.of_visit(visit, now=at):
            tile = drawn(visit, curve)
            if tile is not None and len(found) < CURVES:
                found.append(tile)
    return found


def drawn(visit: Visit, curve: Curve) -> CurveTile | None:
    """A curve as small as a thumb."""
    values = [point.value if point.good and point.value is not None else nan for point in curve.points]
    known = [value for value in values if value == value]
    if len(known) < 2:
        return None
    return CurveTile(
        f"{visit.operation or visit.equipment.code} · {visit.equipment.code}", curve.name, curve.unit, min(known),
        max(known), sum(known) / len(known), sparks.draw(values, None),
    )
