"""An oven with a golden window about 240 °C, lots in it, and readings to compare."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from mes.commands import golden
from mes.models import Deviation, GoldenMark, ParameterSpecification, Segment
from plant import fresh
from plant.models import Parameter, Unit
from plant.queries import persons
from tests.factories import NOW
from tests.mes import factories
from tests.mes.factories import World
from traceability.commands import readings, visits
from traceability.commands.readings import ReadingRow
from traceability.models import MaterialLot, Quality, Source, Stream

SECOND = timedelta(seconds=1)
START = NOW - timedelta(minutes=5)
GOOD, HOT, COLD = 240.0, 260.0, 220.0


@dataclass
class Kiln:
    """The plant of these tests: a running order at an oven that a stream reads once a second."""

    world: World
    stream: Stream
    standard: ParameterSpecification

    def arrive(self, index: int = 0, second: int = -60, operation: str = "OVEN") -> MaterialLot:
        """A lot of the order stands in the oven from then on."""
        lot = self.world.outputs[index]
        visits.arrive(
            lot=lot, equipment=self.stream.equipment, by=self.world.operator, at=at(second),
            job_order=self.world.job.number, operation=operation,
        )
        return lot

    def depart(self, lot: MaterialLot, second: int) -> None:
        visits.depart(lot=lot, equipment=self.stream.equipment, at=at(second))

    def store(self, values: Iterable[float | None], start: int = 0) -> None:
        """One reading a second; None is one that went wrong."""
        readings.record(rows=[
            ReadingRow(
                self.stream.pk, at(start + n), start + n, value, Quality.BAD if value is None else Quality.GOOD,
                Source.AUTO,
            )
            for n, value in enumerate(values)
        ])

    def compare(self, **more: Any) -> list[Deviation]:
        return golden.compare(stream_ids=[self.stream.pk], **{"by": persons.system("mes"), "at": NOW, **more})

    def read(self, values: Iterable[float | None], start: int = 0, **more: Any) -> list[Deviation]:
        """Store readings and compare them."""
        self.store(values, start)
        return self.compare(**more)


def at(second: int) -> datetime:
    return START + second * SECOND


def kiln(**window: Any) -> Kiln:
    """A running order, and a golden window of 230 to 250 that three good readings end."""
    world = factories.world(pieces := 15)
    world.ready(pieces)
    world.scan(world.outputs[0].number)
    world.job.refresh_from_db()
    celsius = Unit.objects.get_or_create(code="CEL", defaults={"name": "celsius", "symbol": "°C"})[0]
    parameter = Parameter.objects.get_or_create(code="ZONE3", defaults={"name": "Zone 3", "unit": celsius})[0]
    stream = Stream.objects.create(code="OVEN.ZONE3", parameter=parameter, equipment=world.stations["OVEN"])
    fields = {"low": 230.0, "target": 240.0, "high": 250.0, "good_readings": 3, **window}
    segment = Segment.objects.get(work_master=world.job.work_master, code="OVEN")
    standard = ParameterSpecification.objects.create(segment=segment, parameter=parameter, **fields)
    GoldenMark.objects.create(stream=stream, at=at(-1), seq=0)
    fresh.forget_all()
    return Kiln(world, stream, standard)
