"""A chart that remembers, one that counts, and a definition that makes charts."""

from datetime import datetime, timedelta
from decimal import Decimal

import numpy as np

from demo.data import ground
from plant.models import Equipment, Parameter, Person
from qms.models import Characteristic, CheckMethod, ControlPlan, ControlPlanLine
from spc.commands import charts, definitions, limits
from spc.models import ControlChart, CountFeed, CountOf, CountPer, SampleSize
from traceability.commands import readings
from traceability.commands.readings import ReadingRow
from traceability.models import Quality, Source, Stream

SHARE, SHIFT, DAYS = 0.021, timedelta(hours=4), 30
QUALIFIED = "Qualification run 机器资格认证"


def fill(by: Person, at: datetime) -> None:
    """All three, on the first line."""
    plan = ControlPlan.objects.get(code="CP-CB-100")
    remembering(plan, by, at)
    counting(plan, by, at)
    defining(plan, by, at)


def begun(chart: ControlChart, at: datetime) -> ControlChart:
    """A chart that judges from now on; what lies before is history."""
    chart.judged_from = chart.evaluated_at = at
    chart.evaluated_seq = 0
    chart.save(update_fields=["judged_from", "evaluated_at", "evaluated_seq"])
    return chart


def remembering(plan: ControlPlan, by: Person, at: datetime) -> None:
    """An EWMA of the soak zone: it sees a heater grow weak long before a single value lies outside."""
    chart = charts.create(
        code="ZONE2-EWMA", stream=Stream.objects.get(code="reflow_zone2_temperature"), kind="EWMA",
        line=plan.lines.get(characteristic__code="T-ZONE2"), sampling="TIME", every_seconds=30, by=by, at=at,
    )
    limits.enter(
        chart=begun(chart, at), center=180.0, sigma=0.6, reason=QUALIFIED, by=by, at=at,
        valid_from=at - timedelta(days=31),
    )


def counting(plan: ControlPlan, by: Person, at: datetime) -> None:
    """The share of boards rejected at the optical inspection, of shifts that made more and fewer of them."""
    parameter = Parameter.objects.create(
        code="aoi_rejects", name="Boards rejected at AOI", name_zh="AOI 不良板数", kind="PRODUCT", unit_id="C62",
        resolution=Decimal(1),
    )
    characteristic = Characteristic.objects.create(
        code="R-AOI", name="Share rejected at AOI", name_zh="AOI 不良率", parameter=parameter,
    )
    line = ControlPlanLine.objects.create(
        plan=plan, operation="AOI", characteristic=characteristic, method=CheckMethod.SPC,
        frequency="every 4 h 每4小时",
    )
    where = Equipment.objects.get(code="L1-AOI")
    period = int(SHIFT.total_seconds() * 1000)
    stream = Stream.objects.create(code="aoi_rejects", parameter=parameter, equipment=where, period_ms=period)
    CountFeed.objects.create(
        stream=stream, of=CountOf.REPORTS, per=CountPer.TIME, every_minutes=240, operation="AOI", counts_from=at
    )
    month(stream, at)
    chart = charts.create(code="AOI-P", stream=stream, line=line, kind="P", by=by, at=at)
    limits.freeze(
        chart=begun(chart, at), data_from=at - timedelta(days=DAYS), data_to=at, reason=QUALIFIED, by=by, at=at,
        valid_from=at - timedelta(days=31),
    )


def month(stream: Stream, at: datetime) -> None:
    """What was counted in the shifts of a month."""
    rng, every = np.random.default_rng(21), int(SHIFT.total_seconds())
    last = int(at.timestamp()) // every
    sizes = rng.integers(140, 520, DAYS * 6)
    bad = np.clip(rng.binomial(sizes, SHARE), 1, None)
    ends = [datetime.fromtimestamp((last - n) * every, at.tzinfo) for n in reversed(range(len(sizes)))]
    SampleSize.objects.bulk_create(
        SampleSize(stream=stream, at=end, seq=int(end.timestamp()) // every - 1, size=float(size))
        for end, size in zip(ends, sizes.tolist(), strict=True)
    )
    readings.record(rows=[
        ReadingRow(stream.pk, end, int(end.timestamp()) // every - 1, float(count), Quality.GOOD, Source.AUTO)
        for end, count in zip(ends, bad.tolist(), strict=True)
    ])


def defining(plan: ControlPlan, by: Person, at: datetime) -> None:
    """Every oven that reports its fifth zone gets a chart of it, by itself."""
    characteristic = Characteristic.objects.create(
        code="T-ZONE5", name="Cooling zone temperature", name_zh="冷却区温度",
        parameter=Parameter.objects.get(code="reflow_zone5_temperature"),
    )
    ControlPlanLine.objects.create(
        plan=plan, operation="REFLOW", characteristic=characteristic, method=CheckMethod.SPC,
        frequency="continuous 连续",
    )
    definitions.create(
        code="ZONE5", name="Zone 5 of every oven 各炉第5温区", parameter=characteristic.parameter,
        equipment=Equipment.objects.get(code=ground.SITE[0]), kind="I_MR", sampling="TIME", every_seconds=30,
        by=by, at=at,
    )
