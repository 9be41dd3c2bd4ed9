"""Results that come in many at once, from a file, an instrument or another system: all of them, or none and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from plant import policies
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Person
from plant.transactions import command, undoable
from qms.commands import inspections
from qms.commands.inspections import ResultRefused
from qms.models import Gauge, Inspection
from qms.queries import gauge_register
from qms.queries import inspections as reading
from qms.queries.inspections import ItemState
from traceability.models import Source

TOLD = 20  # rows whose fault is named


@dataclass(frozen=True, slots=True)
class Row:
    """One value: of which characteristic, of which sample (none: the next free one), with which gauge."""

    characteristic: str
    value: float
    sample: int | None = None
    gauge: str = ""
    line: int = 0


@dataclass
class Taken:
    """What became of the rows."""

    recorded: int = 0
    known: int = 0  # had the same value already


@command
def take(
    *, inspection: Inspection, rows: Sequence[Row], by: Person, at: datetime, gauge: Gauge | None = None,
    source: int = Source.MANUAL, reason: str = "",
) -> Taken:
    """Record every row, in its order; when one can't be, none is, and each such row is named with its fault."""
    policies.check(by, "inspection.record", inspection=inspection.number)
    if not rows:
        raise ResultRefused(_("There is no value in it. Send at least one."), facts={"field": "file"})
    taken, faults = Taken(), []
    lock(Inspection.objects.filter(pk=inspection.pk))  # before the free samples are looked for: two never take one
    with undoable():
        states = {state.item.characteristic.code.casefold(): state for state in reading.items(inspection)}
        standing = {code: known(state) for code, state in states.items()}
        for number, row in enumerate(rows, 1):
            try:
                _take(inspection, row, states, standing, taken, by=by, at=at, gauge=gauge, source=source, reason=reason)
            except Refusal as fault:
                faults.append(_("row %(row)s: %(fault)s") % {"row": row.line or number, "fault": fault})
        if faults:
            more = _(" And %(more)s more.") % {"more": len(faults) - TOLD} if len(faults) > TOLD else ""
            message = _("Nothing was recorded. %(faults)s")
            raise ResultRefused(
                message % {"faults": " ".join(faults[:TOLD]) + more}, code="rows-refused",
                facts={"field": "file", "rows": len(faults)},
            )
    return taken


def known(state: ItemState) -> dict[int, float]:
    """The values that samples have."""
    return {sample: result.value for sample, result in state.samples if result is not None}


def _take(
    task: Inspection, row: Row, states: dict[str, ItemState], standing: dict[str, dict[int, float]], taken: Taken, *,
    by: Person, at: datetime, gauge: Gauge | None, source: int, reason: str,
) -> None:
    code = row.characteristic.strip().casefold()
    state = states.get(code)
    if state is None or state.item.characteristic.is_counted:
        message = _("%(number)s does not measure “%(code)s”. Use the codes of its characteristics.")
        raise ResultRefused(message % {"number": task.number, "code": row.characteristic[:60]})
    has = standing[code]
    free = (sample for sample in reading.samples_of(state.item) if sample not in has)
    sample = row.sample if row.sample is not None else next(free, None)
    if sample is None:
        raise ResultRefused(_("Every sample of “%(code)s” has its value.") % {"code": row.characteristic[:60]})
    if has.get(sample) == row.value:
        taken.known += 1
        return
    used = gauge_register.by_code(row.gauge) if row.gauge else gauge
    inspections.record(
        inspection=task, item=state.item, sample=sample, value=row.value, gauge=used, source=source,
        supersedes_reason=reason, by=by, at=at,
    )
    has[sample] = row.value
    taken.recorded += 1
