"""A plan of spot checks over a line that finished lots with and without gaps."""

from datetime import date, datetime, time, timedelta

from mes.commands import spot_checks, spot_plans
from mes.commands.spot_plans import Terms
from mes.models import DataItem, Segment, SpotCheck, SpotCheckPlan
from plant.models import Tracking
from plant.queries import persons
from tests.factories import NOW, line, person, site
from tests.mes.queries.test_yields import Line
from traceability.models import MaterialLot

WEEK = date(2026, 3, 2)  # NOW is its Monday, 16:00 in the plant
DRAWN = NOW + timedelta(days=2)  # the draw: Wednesday at 16:00
WAYS = ("MOUNT", "OVEN", "TEST")


def finished(pieces: int = 3) -> Line:
    """Serials that went through everything; their raw lots came without their supplier's number."""
    made = Line(pieces, Tracking.SERIAL)
    for lot in made.world.outputs:
        for place in WAYS:
            made.report(lot, place, good=1)
    return made


def whole() -> None:
    """The raw lots have their origin after all."""
    MaterialLot.objects.filter(job_order="").update(supplier_lot="S-1")


def want_colour(made: Line) -> DataItem:
    """From now on a value is missing at the oven, on every lot."""
    oven = Segment.objects.get(work_master=made.world.job.work_master, code="OVEN")
    return DataItem.objects.create(segment=oven, name="Colour", kind="TEXT")


def terms(**more: object) -> Terms:
    said = {
        "name": "Line", "site": site(), "line": line(), "lots": 2, "weekday": 2, "time": time(16), "due_days": 7,
        "owner_role": "TEAM_LEADER", **more,
    }
    return Terms(**said)  # type: ignore[arg-type]


def plan(at: datetime = NOW - timedelta(days=3), **more: object) -> SpotCheckPlan:
    return spot_plans.create(terms=terms(**more), by=person("QE", "QUALITY_ENGINEER"), at=at)


def draw(made: SpotCheckPlan, at: datetime = DRAWN, week: date = WEEK) -> SpotCheck | None:
    return spot_checks.draw(plan=made, week=week, by=persons.system("mes"), at=at)
