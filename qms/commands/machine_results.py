"""The results of a measuring machine, taken into an inspection: each part of the file is a sample."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from plant.commands import journal
from plant.models import Person
from plant.transactions import command
from qms.commands.inspections import ResultRefused, record
from qms.models import Gauge, Inspection, InspectionItem
from qms.qif import Measured, Results
from qms.queries import inspections as reading
from traceability.models import Source


@dataclass
class Taken:
    """What became of a file."""

    recorded: int = 0
    known: int = 0  # had the same value already
    unmatched: list[str] = field(default_factory=list)  # characteristics that this inspection does not ask for


@command
def take(
    *, inspection: Inspection, results: Results, by: Person, at: datetime, gauge: Gauge | None = None
) -> Taken:
    """Record every value whose characteristic the inspection asks for; the same file once more changes nothing.

    A characteristic of the file is found by its name, or by name and feature where the name stands at several.
    """
    states = {state.item.characteristic.code.casefold(): state for state in reading.items(inspection)}
    taken = Taken()
    for measured in results.characteristics:
        names = (f"{measured.name} {measured.feature}".casefold(), measured.name.casefold())
        state = next((states[name] for name in names if name in states), None)
        if state is None or state.item.characteristic.is_counted:
            taken.unmatched.append(f"{measured.name} {measured.feature}".strip())
            continue
        _record(inspection, state.item, measured, taken, known=_known(state), gauge=gauge, by=by, at=at)
    if not taken.recorded and not taken.known:
        message = _("None of the file's characteristics is asked for by %(number)s. Give the characteristics the "
                    "names of the file as their codes.")
        raise ResultRefused(message % {"number": inspection.number}, code="nothing-matches")
    data = {"recorded": taken.recorded, "unmatched": taken.unmatched[:50]}
    journal.record("inspection.file-taken", subject=inspection, by=by, data=data)
    return taken


def _known(state: reading.ItemState) -> dict[int, float]:
    return {sample: result.value for sample, result in state.samples if result is not None}


def _record(
    task: Inspection, item: InspectionItem, measured: Measured, taken: Taken, *, known: dict[int, float],
    gauge: Gauge | None, by: Person, at: datetime,
) -> None:
    for row in measured.values:
        if known.get(row.part) == row.value:
            taken.known += 1
            continue
        record(
            inspection=task, item=item, sample=row.part, value=row.value, source=Source.AUTO, gauge=gauge, by=by, at=at
        )
        taken.recorded += 1
