"""Boards by routings that branch: each operation at a station of its own name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection
from psycopg2.extras import DateTimeTZRange

from mes.commands import job_orders, work_requests
from mes.models import JobOrder, Segment, SegmentGroup, WorkMaster
from plant.models import MaterialUse, RevisionStatus, Tracking
from tests import factories as ground
from tests.factories import NOW
from tests.mes import factories


@dataclass(frozen=True)
class Op:
    """An operation of a routing to be made; as mes/ways.py asks for it."""

    code: str
    sequence: int = 0
    group: str = ""
    is_alternative: bool = False
    is_optional: bool = False
    rework_entry: bool = False


def row(*ops: Op) -> list[Op]:
    """The operations in their order."""
    return [Op(**{**op.__dict__, "sequence": 10 * nth}) for nth, op in enumerate(ops, 1)]


BRANCHED = row(
    Op("CUT", rework_entry=True), Op("DRILL", group="SIDES"), Op("BRUSH", group="SIDES"), Op("MARK", group="SIDES"),
    Op("LASER", group="JOIN", is_alternative=True), Op("GLUE", group="JOIN", is_alternative=True),
    Op("WASH", is_optional=True), Op("TEST"),
)  # fmt: skip


def master(ops: Sequence[Op] = BRANCHED, *, tracking: str = Tracking.LOT, lot_size: int = 10) -> WorkMaster:
    """An effective routing of the board."""
    board = ground.material("BOARD", tracking, MaterialUse.FINISHED)
    made = WorkMaster.objects.create(
        code="BOARD", revision=1, material=board, name="Board", lot_size=lot_size, status=RevisionStatus.EFFECTIVE,
        effective=DateTimeTZRange(NOW, None),
    )
    for group, is_alternative in {op.group: op.is_alternative for op in ops if op.group}.items():
        SegmentGroup.objects.create(
            work_master=made, code=group, kind="ALTERNATIVE" if is_alternative else "PARALLEL"
        )
    for op in ops:
        segment = Segment.objects.create(
            work_master=made, sequence=op.sequence, code=op.code, name=op.code.title(), group=op.group or None,
            is_optional=op.is_optional, rework_entry=op.rework_entry, seconds_per_piece=Decimal(10),
        )
        segment.stations.add(ground.station(op.code))
    return made


def world(
    ops: Sequence[Op] = BRANCHED, *, quantity: int = 10, tracking: str = Tracking.LOT, lot_size: int = 10
) -> factories.World:
    """A work order by that routing, dispatched to its line."""
    master(ops, tracking=tracking, lot_size=lot_size)
    request = work_requests.release(
        work_request=factories.order(quantity, tracking), by=factories.planner(), at=NOW
    )
    job = job_orders.release(job_order=JobOrder.objects.get(work_request=request), by=factories.planner(), at=NOW)
    job = job_orders.dispatch(job_order=job, line=ground.line(), by=factories.planner(), at=NOW)
    stations: Mapping[str, Any] = {op.code: ground.station(op.code) for op in ops}
    nothing: Any = None
    return factories.World(job, dict(stations), ground.person("OP", "OPERATOR"), factories.planner(), nothing, nothing)


def done(world: factories.World, *stations: str, lot: int = 0, quantity: Decimal | None = None) -> Any:
    """A lot passes some stations; the last answer, or the first one that refuses."""
    outcome = None
    for station in stations:
        outcome = world.scan(world.outputs[lot].number, station)
        if outcome.outcome != "refused":
            outcome = world.scan(world.outputs[lot].number, station, quantity=quantity)
        if outcome.outcome == "refused":
            return outcome
    return outcome


def settle() -> None:
    """Let the database look at what it would look at when the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
