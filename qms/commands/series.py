"""Sampling series: the plan of the next lot by what the lots before it earned, and what a verdict does to them."""

from collections.abc import Iterable
from datetime import datetime
from decimal import ROUND_CEILING
from typing import Any

from django.utils.translation import gettext_lazy as _

from plant import policies
from plant.commands import journal
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Person
from plant.transactions import command
from qms.models import ControlPlanLine, InspectionItem, Sampling, SamplingSeries, SeriesStage
from qms.queries import amounts
from qms.queries import series as reading
from qms.sampling import single, skipping, switching
from traceability.models import MaterialLot

SMALLEST = 2  # the tables begin with lots of two; of one piece, that piece is inspected


class NothingToResume(Refusal):
    """A series whose lots are accepted anyway."""

    code = "nothing-to-resume"


@command
def due(*, lines: Iterable[ControlPlanLine], lot: MaterialLot, by: Person, at: datetime) -> list[ControlPlanLine]:
    """The lines that a new lot is inspected by; the others are skipped, for their series has earned it."""
    found = []
    for line in lines:
        rule = reading.rule_of(line)
        series = of_lot(line, lot) if rule else None
        if rule is None or series is None or skipping.is_due(reading.skipping_state(series), rule):
            found.append(line)
            continue
        set_skipping(series, skipping.after_skipped(reading.skipping_state(series)))
        series.lots, series.changed_at = series.lots + 1, at
        series.save()
        data = {"characteristic": line.characteristic.code, "skipped": series.skipped, "accepted": series.accepted}
        journal.record("inspection.skipped", subject=lot, by=by, data=data)
    return found


@command
def plan_items(*, lines: Iterable[ControlPlanLine], lot: MaterialLot) -> list[InspectionItem]:
    """How each line samples a lot now, with the numbers of its plan; not saved yet."""
    pieces = int(amounts.present([lot.pk])[lot.pk].to_integral_value(ROUND_CEILING))
    return [_planned(line, lot, pieces) for line in lines]


def _planned(line: ControlPlanLine, lot: MaterialLot, pieces: int) -> InspectionItem:
    item = InspectionItem(
        characteristic=line.characteristic, plan_line=line, lower=line.characteristic.lower,
        upper=line.characteristic.upper, gauge_type_id=line.gauge_type_id or line.characteristic.gauge_type_id,
        sampling=line.sampling, sample_size=line.sample_size, lot_size=pieces or None, may_reduce=line.may_reduce,
    )
    if line.sampling == Sampling.AQL or line.clearance:
        item.series, item.clearance = of_lot(line, lot), line.clearance
    if line.sampling == Sampling.ALL:
        item.sample_size = max(pieces, 1)
    if line.sampling == Sampling.AQL and item.series:
        _by_standard(item, line, max(pieces, 1), SeriesStage(item.series.stage))
    return item


def _by_standard(item: InspectionItem, line: ControlPlanLine, pieces: int, stage: SeriesStage) -> None:
    """What the tables say; while acceptance is stopped, as in tightened inspection."""
    is_stopped = stage == SeriesStage.DISCONTINUED
    item.severity = SeriesStage.TIGHTENED if is_stopped else stage
    plan = single.find(
        standard=line.standard, lot=max(pieces, SMALLEST), aql=line.aql, level=line.level, severity=item.severity
    )
    item.lot_size, item.standard, item.level, item.aql = pieces, line.standard, line.level, plan.aql
    item.letter, item.ac, item.re, item.sample_size = plan.letter, plan.ac, plan.re, min(plan.sample, pieces)


def of_lot(line: ControlPlanLine, lot: MaterialLot) -> SamplingSeries:
    """The series that a lot belongs to, locked."""
    series, _is_new = SamplingSeries.objects.get_or_create(
        supplier_id=lot.supplier_id, material_id=lot.material_id, site_id=lot.site_id, operation=line.operation,
        characteristic=line.characteristic,
    )
    return lock(SamplingSeries.objects.filter(pk=series.pk))[0]


@command
def note(*, judged: Iterable[reading.Judged], by: Person, at: datetime) -> None:
    """Carry each verdict of a task into the series of its characteristic: harder, easier, or skipped from now on."""
    of_series = {one.item.series_id: one for one in judged if one.item.series_id is not None}
    for series in lock(SamplingSeries.objects.filter(pk__in=of_series)):
        one = of_series[series.pk]
        rule = reading.rule_of(one.item)
        series.lots += 1
        if rule is not None:
            set_skipping(series, skipping.after_inspected(
                reading.skipping_state(series), rule, is_accepted=one.is_accepted
            ))
        if one.item.sampling == Sampling.AQL and one.item.severity == series.stage:
            _switch(series, one, by=by)
        series.changed_at = at
        series.save()


def _switch(series: SamplingSeries, judged: reading.Judged, *, by: Person) -> None:
    """A lot that was sampled by another severity than the series has by now says nothing about this one."""
    before, after = reading.switching_state(series), reading.after(series, judged)
    series.stage, series.score, series.rejected = after.stage, after.score, after.rejected
    series.recent, series.found = list(after.recent), list(after.found)
    if after.stage != before.stage:
        series.reason = after.reason
        data: dict[str, Any] = {"before": before.stage, "after": after.stage, "reason": after.reason}
        data |= {"inspection": judged.item.inspection.number, "score": after.score}
        journal.record("samplingseries.switched", subject=series, by=by, data=data)


def set_skipping(series: SamplingSeries, state: skipping.State) -> None:
    """Where a series stands on the ladder of skipping; not saved yet."""
    series.step = state.step if state.phase == skipping.Phase.SKIPPING else -1
    series.accepted, series.skipped = state.accepted, state.skipped


@command
def resume(*, series: SamplingSeries, reason: str, by: Person, at: datetime) -> SamplingSeries:
    """Take lots again, tightened, once the supplier has mended the cause."""
    policies.check(by, "sampling.resume", series=str(series))
    if not reason.strip():
        raise Refusal(_("Say what the supplier has mended."), code="reason-needed", facts={"field": "reason"})
    row = lock(SamplingSeries.objects.filter(pk=series.pk))[0]
    if row.stage != SeriesStage.DISCONTINUED:
        raise NothingToResume(_("Lots of this series are accepted as they come. Reload the page."))
    after = switching.resume(reading.switching_state(row))
    row.stage, row.reason, row.score, row.rejected = after.stage, after.reason, 0, 0
    row.recent, row.found, row.changed_at = [], [], at
    row.save()
    journal.record("samplingseries.resumed", subject=row, by=by, reason=reason.strip())
    return row
