"""Charts and readings to judge, built by the plant's own commands."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from plant.commands import signatures
from plant.models import Person, Role
from plant.queries import persons
from spc.commands import charts, limits, measurements, studies, study_readings
from spc.commands.study_readings import Measured
from spc.models import ControlChart, LimitSet, Study, Violation
from spc.queries import studies as reading
from tests.factories import NOW, PASSWORD, person, station
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


def study(code: str = "MSA-1", **fields: Any) -> Study:
    """A study of two parts by two people, twice each."""
    wanted = {
        "gauge": "CALIPER-7", "equipment": station(), "characteristic": characteristic("ZONE3"), "parts": 2,
        "appraisers": ["A", "B"], "trials": 2, "by": engineer(), "at": START, **fields,
    }  # fmt: skip
    return studies.design(code=code, **wanted)


def measured(of: Study, values: Iterable[float] = (1.0, 3.0, 5.0, 7.0, 9.0, 11.0, 17.0, 19.0)) -> Study:
    """Its cells by part, appraiser and trial."""
    cells = of.readings.order_by("part", "appraiser", "trial").values_list("part", "appraiser", "trial")
    rows = [Measured(*cell, value) for cell, value in zip(cells, values, strict=True)]
    study_readings.paste(study=of, rows=rows, by=engineer(), at=START)
    return of


def concluded(of: Study, **fields: Any) -> Study:
    """Its verdict fixed by the engineer."""
    return studies.conclude(study=of, conclusion="", **{"by": engineer(), "at": START, **fields})


def approved(of: Study, **fields: Any) -> Study:
    """Its verdict signed by another engineer."""
    wanted = {"by": person("QE2", Role.QUALITY_ENGINEER), "at": START, "password": PASSWORD, "reason": "Read", **fields}
    return studies.approve(study=of, seen_hash=signatures.content_hash(reading.seen(of)), **wanted)
