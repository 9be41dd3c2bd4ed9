"""Nothing is released that can't be made: what is missing is said before, and a person may answer for going on."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from mes.amounts import plain
from mes.models import JobOrder
from mes.queries import kitting
from mes.queries.kitting import Line
from plant import policies
from plant.errors import Refusal
from plant.models import Person


class Short(Refusal):
    """A work order whose material is not there."""

    code = "material-short"


def check(job: JobOrder, *, despite: str, by: Person, at: datetime) -> dict[str, object]:
    """Refuse a locked work order that is short of material, all of it at once; what the journal keeps of a waiver.

    despite    why it goes on all the same; only for those who may answer for that
    """
    short = kitting.kits([job], at=at)[0].short
    if not short:
        return {}
    if despite.strip():
        policies.check(by, "job.release-short")
        return {"short of": {line.material.code: line.short for line in short}}
    raise refusal(job, short)


def refusal(job: JobOrder, short: Sequence[Line]) -> Short:
    """Say what a work order is short of."""
    message = _(
        "%(job)s is short of %(materials)s. Wait for it, plan less, or go on with a reason; “Kitting” shows each line."
    )
    words = {"job": job.number, "materials": told(short)}
    return Short(message % words, facts={"short": {line.material.code: plain(line.short) for line in short}})


def told(lines: Sequence[Line]) -> str:
    """Missing material in words: 12 pcs PCB, 3 m WIRE."""
    return ", ".join(f"{plain(line.short)} {line.material.unit.symbol} {line.material.code}" for line in lines)
