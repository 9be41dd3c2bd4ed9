"""The recipe of a work order at a machine, beside what its controller holds now."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from integrations.models import DataType, PlcTag, RecipeWrite
from integrations.plc import drift
from integrations.plc.ports import DeviceError
from integrations.plc.queries.devices import as_tag
from mes.models import JobOrder, ParameterSpecification
from mes.queries import routings
from plant.models import Equipment

FLOAT_STEP = 2.0**-23  # of 32 bits (IEEE 754), relative


@dataclass(frozen=True, slots=True)
class Line:
    """One golden parameter and the setpoint that takes it; `holds` is None where the controller did not answer."""

    standard: ParameterSpecification
    tag: PlcTag
    holds: float | None = None

    @property
    def tolerance(self) -> float:
        """By how much the two may differ: as allowed, and never less than half a step of what the register can say."""
        is_float = self.tag.data_type in (DataType.FLOAT32, DataType.FLOAT64)
        step = abs(self.standard.target) * FLOAT_STEP if is_float else abs(self.tag.scale)
        return max(self.tag.recipe.tolerance, step / 2)

    def is_met(self, value: float | None) -> bool:
        """Whether a value is the target, as closely as the register can say it."""
        return value is not None and abs(value - self.standard.target) <= self.tolerance

    @property
    def state(self) -> str:
        return "UNKNOWN" if self.holds is None else "IN_WINDOW" if self.is_met(self.holds) else "OUT_OF_WINDOW"


def lines(job: JobOrder, machine: Equipment) -> list[Line]:
    """The golden parameters of a work order's revision at a machine, that one of its controllers can take."""
    steps = [step.id for step in routings.of_job(job).at(machine.pk)]
    rows = ParameterSpecification.objects.filter(segment__in=steps)
    found = {row.parameter_id: row for row in rows.select_related("parameter__unit", "segment__work_master")}
    tags = PlcTag.objects.filter(recipe__parameter__in=found, plc__equipment=machine)
    tags = tags.select_related("plc__equipment", "recipe").order_by("plc", "name")
    return [Line(found[tag.recipe.parameter_id], tag) for tag in tags]


def compared(found: Sequence[Line]) -> list[Line]:
    """The same lines with what the controllers hold now, asked one after the other."""
    return [Line(line.standard, line.tag, held(line.tag)) for line in found]


def held(tag: PlcTag) -> float | None:
    """What a controller holds in a setpoint now; None where it does not answer."""
    plc = tag.plc
    try:
        value = asyncio.run(
            drift.read_register(
                host=plc.host, port=plc.port, unit=plc.unit, tag=as_tag(tag), timeout=plc.timeout_ms / 1000
            )
        )
    except DeviceError:
        return None
    return None if value is None else float(value)


def written(job: JobOrder, machine: Equipment) -> list[RecipeWrite]:
    """What was written for a work order to a machine, the newest first."""
    rows = RecipeWrite.objects.filter(job_order=job, tag__plc__equipment=machine)
    return list(rows.select_related("standard__parameter__unit", "tag", "by").order_by("-pk")[:100])
