"""What is on the floor when a visitor arrives: one order to dispatch, one running, lots in the oven."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from demo.seeds import boxes, feeders
from demo.seeds.floor import Floor, lots_of
from demo.seeds.process import site
from integrations.plc import demo_map
from mes.commands import work_requests
from mes.models import JobOrder
from plant.models import Equipment, MaterialDefinition, Partner

STATION = "PLACE"


def set_up(floor: Floor, until: datetime) -> dict[str, Any]:
    """The floor as the visitor meets it; what demo.json says of it."""
    floor.at = until - timedelta(hours=1)
    waiting = floor.order("ERP-2701", "CB-100", 100, "C-NORTH", until + timedelta(days=4))
    floor.start(waiting, dispatch=False)
    floor.order("ERP-2702", "CB-200", 5, "C-HAIYUN", until + timedelta(days=6))
    plan_weeks(floor, until)
    running = floor.start(floor.order("ERP-2700", "CB-100", 120, "C-NORTH", until + timedelta(days=2)))
    lots = lots_of(running)
    floor.load(running, "PLACE", only={"PCB-100": 3 * lot_size(running)})
    feeders.set_up(floor, running)
    floor.load(running, "SCREW")
    floor.at = until - timedelta(minutes=50)
    for operation in ("PLACE", "REFLOW", "AOI"):
        floor.work(running, lots[0], operation)
    floor.work(running, lots[1], "PLACE")
    floor.work(running, lots[2], "PLACE")
    floor.at = until - timedelta(minutes=2)
    for lot in (lots[1], lots[2]):
        floor.scan(running, "REFLOW", lot.number)
    boxes.carry(lots[4:6], floor.operator, floor.at)
    return {
        "station": f"{floor.line}-{STATION}", "job_order": running.number, "raw_lot": floor.stock["PCB-100"].number,
        "output_lot": lots[3].number, "in_the_oven": [lots[1].number, lots[2].number], "drift": drift(),
    }


def plan_weeks(floor: Floor, until: datetime) -> None:
    """A large order that both lines make day by day, for more than lies in the store."""
    request = work_requests.receive(
        number="ERP-2703", material=MaterialDefinition.objects.get(code="CB-100"), quantity=Decimal(24_000),
        due_at=until + timedelta(days=21), customer=Partner.objects.get(code="C-HAIYUN"), site=site(),
        by=floor.planner, at=floor.at,
    )
    lines = list(Equipment.objects.filter(code__in=["LINE-1", "LINE-2"]).order_by("code"))
    work_requests.explode(
        work_request=request, quantity_each=Decimal(2_000), start_at=until + timedelta(days=8), lines=lines,
        without_weekends=True, by=floor.planner, at=floor.at,
    )


def lot_size(job: JobOrder) -> Decimal:
    """Pieces in a lot; boards are brought for three, so that the visitor brings the next ones."""
    return Decimal(job.work_master.lot_size)


def drift() -> dict[str, Any]:
    """The register whose writing starts the drift."""
    line = demo_map.DRIFT
    register = demo_map.find(line["plc"], line["register"])
    return {"plc": line["plc"], "register": register.address, "name": register.name, "type": register.data_type,
            "word_order": register.word_order, "normal": line["normal"], "drifted": line["drifted"]}
