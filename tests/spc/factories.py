"""Charts and readings to judge, built by the plant's own commands."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from plant.models import Person
from plant.queries import persons
from spc.commands import charts, limits, measurements
from spc.models import ControlChart, LimitSet, Violation
from tests.factories import NOW, station
from tests.qms.factories import characteristic, engineer, plan_line
from traceability.commands import readings
from traceability.commands.readings import ReadingRow
from traceability.models import Quality, Source, Stream

SECOND = timedelta(seconds=1)
WOBBLE = [0.0, 1.0, -1.0, 2.0, -2.0, 1.0, 0.0, -1.0, 1.0, -1.0]  # sigma 1 about 0: no default rule fires
START = NOW - timedelta(minutes=30)


def stream(code: str = "OVEN.ZONE3", parameter: str = "ZONE3") -> Stream:
    wanted = {"parameter": characteristic(parameter).parameter, "equipment": station()}
    return Stream.objects.get_or_create(code=code, defaults=wanted)[0]


def chart(code: str = "ZONE3", *, limited: bool = True, **fields: Any) -> ControlChart:
    """A chart about 240 with sigma 1, judged from half an hour ago on."""
    wanted = {"stream": stream(f"OVEN.{code}"), "line": plan_line(), "by": engineer(), "at": START, **fields}
    made = charts.create(code=code, **wanted)
    if limited:
        limit(made)
    return made


def limit(of: ControlChart, center: float = 240.0, sigma: float = 1.0, **fields: Any) -> LimitSet:
    wanted = {"reason": "Validation", "by": engineer(), "at": START, **fields}
    return limits.enter(chart=of, center=center, sigma=sigma, **wanted)


def rows(of: ControlChart, values: Iterable[float | None], start: int = 0, step: int = 1) -> list[ReadingRow]:
    """One reading a second, the first `start` seconds after the chart began; None is a reading that went wrong."""
    return [
        ReadingRow(
            of.stream_id, at(start + n * step), start + n * step, value, Quality.BAD if value is None else Quality.GOOD,
            Source.AUTO,
        )
        for n, value in enumerate(values)
    ]


def at(second: int) -> datetime:
    return START + second * SECOND


def store(of: ControlChart, values: Iterable[float | None], start: int = 0) -> None:
    readings.record(rows=rows(of, values, start))


def calm(points: int) -> list[float]:
    """Values in which no rule fires."""
    return [240.0 + WOBBLE[n % len(WOBBLE)] for n in range(points)]


def judge(*charts_: ControlChart, **fields: Any) -> list[Violation]:
    wanted = {"by": by(), "at": NOW, **fields}
    return measurements.evaluate(stream_ids=[one.stream_id for one in charts_], **wanted)


def by() -> Person:
    return persons.system("spc")


def read(of: ControlChart, values: Iterable[float | None], start: int = 0, **fields: Any) -> list[Violation]:
    """Store readings and judge them."""
    store(of, values, start)
    return judge(of, **fields)
