"""The feeders of the placement machine on line 1, set up for the work order that runs there."""

from demo.data import process
from demo.seeds.floor import Floor
from mes.commands import setups
from mes.models import FeedPosition, JobOrder, Segment, SetupLine
from plant.models import Equipment, MaterialDefinition


def set_up(floor: Floor, job: JobOrder) -> None:
    """Enter the positions and their set-up lists, then mount the lots that lie at the station."""
    station = Equipment.objects.get(code=process.FED_STATION)
    segments = list(Segment.objects.filter(code="PLACE"))
    for code, kind, material, joins in process.POSITIONS:
        position = FeedPosition.objects.create(station=station, code=code, kind=kind, joins=joins)
        part = MaterialDefinition.objects.get(code=material)
        SetupLine.objects.bulk_create(SetupLine(segment=one, position=position, material=part) for one in segments)
        setups.mount(position=position, lot=floor.stock[material], job_order=job, by=floor.operator, at=floor.at)
