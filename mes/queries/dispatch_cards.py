"""What lies on the dispatch board: cards in the queues of stations, work orders that wait, and their columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mes.models import JobOrder
from mes.queries import floor, routings, station_queue
from mes.queueing import Part, Work
from plant.models import Equipment, EquipmentState
from plant.models.naming import TwoNames

ZERO = timedelta(0)
MOST_SHOWN, LONG = 25, 120
# Work of a station in its turn, with what lies in process that it is open to, and how much of that is held. What is
# done at one of several alternatives is done for all; a lot in a group is open to all that it still has to pass.
CARDS = """
WITH shown AS MATERIALIZED (
  SELECT js.id, js.job_order_id, js.segment_id, js.station_id, js.person_id, js.rank, js.started_at, js.good, js.scrap,
         job.number, job.status, job.quantity, job.due_at, job.work_request_id,
         coalesce(beside.done, js.good + js.scrap) AS done
  FROM mes_jobsegment js JOIN mes_joborder job ON job.id = js.job_order_id JOIN mes_segment s ON s.id = js.segment_id
  LEFT JOIN LATERAL (
    SELECT sum(o.good + o.scrap) AS done FROM mes_segmentgroup g
    JOIN mes_segment t ON t.work_master_id = g.work_master_id AND t."group" = g.code
    JOIN mes_jobsegment o ON o.segment_id = t.id AND o.job_order_id = job.id
    WHERE g.work_master_id = s.work_master_id AND g.code = s."group" AND g.kind = 'ALTERNATIVE'
  ) beside ON true
  WHERE js.station_id = ANY(%(stations)s) AND js.ended_at IS NULL AND job.id = ANY(%(jobs)s)
), lying AS (
  SELECT lot.job_order, open.code AS place, count(DISTINCT lot.id) AS lots,
         count(DISTINCT lot.id) FILTER (WHERE lot.open_holds > 0) AS held
  FROM traceability_lotbalance b JOIN traceability_materiallot lot ON lot.id = b.lot_id
  JOIN mes_joborder job ON job.number = lot.job_order
  JOIN mes_segment here ON here.work_master_id = job.work_master_id AND here.code = b.place
  LEFT JOIN mes_segmentgroup g ON g.work_master_id = here.work_master_id AND g.code = here."group"
  LEFT JOIN mes_lotway w ON w.lot_id = lot.id AND w."group" = g.code
  CROSS JOIN LATERAL (SELECT ARRAY(SELECT jsonb_array_elements_text(w.turns)) AS first) turn
  JOIN mes_segment open ON open.work_master_id = here.work_master_id AND (open.id = here.id OR open."group" = g.code)
  WHERE b.bucket = 'WIP' AND b.quantity > 0 AND lot.job_order = ANY(%(numbers)s) AND CASE g.kind
    WHEN 'ALTERNATIVE' THEN coalesce(turn.first[1], open.code) = open.code
    WHEN 'PARALLEL' THEN (coalesce(array_position(turn.first, open.code::text), 10000), open.sequence)
      >= (coalesce(array_position(turn.first, here.code::text), 10000), here.sequence)
    ELSE true END
  GROUP BY 1, 2
)
SELECT shown.id, shown.station_id, shown.rank, shown.started_at, shown.number, shown.status, shown.due_at, r.priority,
       shown.quantity, shown.good, shown.scrap, material.code, material.name, unit.symbol, s.code, s.name, s.name_zh,
       extract(epoch FROM make_interval(secs =>
         (greatest(shown.quantity - shown.done, 0) * s.seconds_per_piece)::float)) AS seconds,
       s.seconds_per_piece > 0, shown.segment_id, coalesce(person.name, ''), coalesce(lying.lots, 0),
       coalesce(lying.held, 0), greatest(shown.quantity - shown.done, 0)
FROM shown JOIN mes_segment s ON s.id = shown.segment_id
JOIN mes_workrequest r ON r.id = shown.work_request_id
JOIN plant_materialdefinition material ON material.id = r.material_id
JOIN plant_unit unit ON unit.code = material.unit_id
LEFT JOIN plant_person person ON person.id = shown.person_id
LEFT JOIN lying ON lying.job_order = shown.number AND lying.place = s.code
ORDER BY shown.station_id, shown.rank NULLS LAST, shown.due_at, shown.id
"""


@dataclass
class Card(TwoNames):
    """An operation in the queue of a station."""

    pk: int
    station_id: int
    rank: int | None
    started_at: datetime | None
    number: str
    status: str
    due_at: datetime
    priority: int
    quantity: Decimal
    good: Decimal
    scrap: Decimal
    material: str
    material_name: str
    unit: str
    operation: str
    name: str
    name_zh: str
    seconds: float
    is_timed: bool
    segment_id: int
    person: str
    lots: int
    held: int
    left: Decimal  # still to be done, here or at another one of several
    job: int = 0
    able: tuple[int, ...] = ()
    ends_at: datetime | None = None
    is_stopped: bool = False
    is_past: bool = False
    is_short: bool = False
    instead: str = ""

    @property
    def hours(self) -> float:
        return self.takes / timedelta(hours=1)

    @property
    def spent(self) -> str:
        """How long it takes, as people say it."""
        return said(self.takes)

    @property
    def seen(self) -> str:
        return station_queue.mark(self.status, self.station_id, self.rank)

    @property
    def takes(self) -> timedelta:
        return timedelta(seconds=float(self.seconds))

    @property
    def work(self) -> Work:
        """The card as the rules of queues see it."""
        return Work(self.pk, self.takes, self.due_at, self.priority, self.started_at is not None)

    @property
    def is_late(self) -> bool:
        """It will be through at this station only after the work order is due."""
        return not self.is_past and self.ends_at is not None and self.ends_at > self.due_at

    @property
    def tone(self) -> str:
        if self.is_stopped or self.held:
            return "held"
        if self.is_past:
            return "failed"
        return "warning" if self.is_late else "running" if self.started_at else "waiting"


@dataclass
class Waiting:
    """A released work order that no line has yet."""

    job: JobOrder
    able: tuple[int, ...]
    is_short: bool
    is_stopped: bool
    is_past: bool

    @property
    def seen(self) -> str:
        return station_queue.mark(self.job.status, None, None)

    @property
    def tone(self) -> str:
        return "held" if self.is_stopped else "failed" if self.is_past else "warning" if self.is_short else "waiting"


@dataclass
class Column:
    """A station with its queue and its load."""

    station: Equipment
    state: floor.Station
    cards: list[Card]
    parts: list[Part] = field(default_factory=list)
    ends_at: datetime | None = None

    @property
    def takes(self) -> timedelta:
        return sum((card.takes for card in self.cards), ZERO)

    @property
    def hours(self) -> float:
        return self.takes / timedelta(hours=1)

    @property
    def spent(self) -> str:
        """How long its queue takes, as people say it."""
        return said(self.takes)

    @property
    def late(self) -> int:
        return sum(card.is_late or card.is_past for card in self.cards)

    @property
    def late_words(self) -> str:
        return ngettext("%(count)s late", "%(count)s late", self.late) % {"count": self.late}

    @property
    def shown(self) -> list[Card]:
        return self.cards[:MOST_SHOWN]

    @property
    def more(self) -> int:
        return max(len(self.cards) - MOST_SHOWN, 0)

    @property
    def is_out(self) -> bool:
        """Nothing can be made here now: stopped by quality, in alarm or in maintenance."""
        return self.state.is_stopped or self.state.state in (EquipmentState.ALARM, EquipmentState.MAINTENANCE)

    @property
    def is_endangered(self) -> bool:
        """Work waits here that nothing can be made of now."""
        return self.is_out and bool(self.cards)


@dataclass
class Board:
    """A line at one moment."""

    line: Equipment
    waiting: list[Waiting]
    columns: list[Column]
    waiting_count: int

    @property
    def more(self) -> int:
        """Waiting work orders that the board does not show."""
        return self.waiting_count - len(self.waiting)


def said(span: timedelta) -> str:
    """A stretch of work in minutes, from two hours on in hours."""
    minutes = span / timedelta(minutes=1)
    if minutes < LONG:
        return _("%(minutes).0f min") % {"minutes": minutes}
    return _("%(hours).1f h") % {"hours": minutes / 60}


def of_stations(stations: Sequence[Equipment], jobs: Mapping[str, int]) -> list[Card]:
    """The operations of these work orders (number → id) in the queues of stations, each queue in its order."""
    asked: dict[str, Any] = {
        "stations": [one.pk for one in stations], "jobs": list(jobs.values()), "numbers": list(jobs),
    }
    with connection.cursor() as cursor:
        cursor.execute(CARDS, asked)
        found = [Card(*row) for row in cursor.fetchall()]
    able = routings.able(card.segment_id for card in found)
    for card in found:
        card.able, card.job = able.get(card.segment_id, ()), jobs[card.number]
    return found
