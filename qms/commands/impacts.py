"""Impact reviews: opened by a calibration that found a gauge wrong, decided one by one, closed by somebody else."""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from plant import live, policies
from plant.commands import journal, numbering, signatures
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Meaning, Person
from plant.transactions import command
from qms import gauging, statements
from qms.commands import inspections, nonconformances
from qms.models import (
    Calibration,
    CalibrationResult,
    Gauge,
    ImpactDecision,
    ImpactItem,
    ImpactReview,
    ImpactStatus,
    Nonconformance,
    NonconformanceSource,
    NonconformanceStatus,
)
from qms.queries import impacts as reading
from traceability.models import MaterialLot

COUNTED = ["measurements", "first_at", "last_at"]


class ImpactRefused(Refusal):
    """A decision about what a gauge measured that can't be taken."""

    code = "impact-refused"


def begin(*, calibration: Calibration, by: Person, at: datetime) -> ImpactReview:
    """Open the review of a calibration with everything that the gauge measured since it was last right."""
    good, gauge = reading.last_good(calibration), Gauge.objects.get(calibrations=calibration)
    adjusted = calibration.result == CalibrationResult.ADJUSTED
    review = ImpactReview.objects.create(
        number=numbering.next_number("impact"), gauge=gauge, calibration=calibration, calibrated_by=calibration.by,
        since=good.at if good else None, until=calibration.at if adjusted else None, opened_at=at,
    )
    journal.record("impactreview.opened", subject=review, by=by, data={"gauge": gauge.code})
    collect(review=review, by=by)
    live.push("news", "impact-review", {"review": review.number, "gauge": gauge.code})
    return review


@command
def collect(*, review: ImpactReview, by: Person) -> int:
    """Look for everything that the gauge measured in the stretch; looking again adds nothing twice. How many there are.

    Nothing more can come: a measurement of that stretch is refused once the calibration stands.
    """
    rows = [
        ImpactItem(
            review=review, source=one.source, key=one.key, title=one.title[:200], lot_id=one.lot_id,
            item_id=one.item_id, measurements=one.measurements, first_at=one.first_at, last_at=one.last_at,
        )
        for one in gauging.measured(review.gauge, review.since, review.until)
    ]
    ImpactItem.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["review", "source", "key"], update_fields=COUNTED
    )
    journal.record("impactreview.collected", subject=review, by=by, data={"items": len(rows)})
    return len(rows)


@command
def decide(
    *, review: ImpactReview, items: Collection[int], decision: str, reason: str, by: Person, at: datetime
) -> list[ImpactItem]:
    """Decide of some measurements: they stand, their lots are inspected again, or are held as nonconforming."""
    policies.check(by, "impact.decide", on=review)
    if not reason.strip():
        raise ImpactRefused(_("Say why you decide so."), code="reason-needed", facts={"field": "reason"})
    asked = review.items.filter(pk__in=list(items))
    lock(MaterialLot.objects.filter(pk__in=asked.values("lot")))
    found = lock(ImpactReview.objects.filter(pk=review.pk))[0]
    rows = list(asked.select_related("lot", "item__inspection").order_by("pk"))
    _check(found, rows, decision)
    case = _report(found, rows, reason, by=by, at=at) if decision == ImpactDecision.HOLD else None
    for row in rows:
        row.decision, row.reason, row.by, row.at, row.nonconformance = decision, reason.strip()[:400], by, at, case
        if decision == ImpactDecision.REINSPECT and row.item is not None:
            row.inspection = inspections.check_again(
                item=row.item, trigger=f"impact:{found.number}:{row.pk}", by=by, at=at
            )
        row.save(update_fields=["decision", "reason", "by", "at", "nonconformance", "inspection"])
        data = {"measured": row.title, "decision": decision, "lot": row.lot.number if row.lot else ""}
        journal.record("impactreview.decided", subject=found, by=by, reason=reason.strip(), data=data)
    return rows


def _check(review: ImpactReview, rows: list[ImpactItem], decision: str) -> None:
    if review.status != ImpactStatus.OPEN:
        raise ImpactRefused(_("%(number)s is closed. Nothing in it is decided any more.") % {"number": review.number})
    if not rows:
        raise ImpactRefused(_("Choose at least one measurement."), facts={"field": "items"})
    if decision not in ImpactDecision.values:
        raise ImpactRefused(_("Choose what becomes of them."), facts={"field": "decision"})
    done = [row.title for row in rows if row.decision]
    if done:
        message = _("%(measured)s is decided already. Reload the page.")
        raise ImpactRefused(message % {"measured": ", ".join(done[:5])}, code="decided-already")
    without = [row.title for row in rows if row.lot is None]
    if decision != ImpactDecision.ACCEPT and without:
        message = _("%(measured)s belongs to no lot. Accept it with a reason, and report a nonconformance by hand.")
        raise ImpactRefused(message % {"measured": ", ".join(without[:5])}, code="no-lot")
    other = [row.title for row in rows if row.item is None]
    if decision == ImpactDecision.REINSPECT and other:
        message = _("%(measured)s is no inspection, so it can't be inspected again from here. Hold its lot, or accept.")
        raise ImpactRefused(message % {"measured": ", ".join(other[:5])}, code="no-inspection")


def _report(review: ImpactReview, rows: list[ImpactItem], reason: str, *, by: Person, at: datetime) -> Nonconformance:
    """The nonconformance of this review that is still open, with these lots in it; or a new one."""
    lots = list({row.lot_id: row.lot for row in rows if row.lot is not None}.values())
    known = Nonconformance.objects.filter(
        source_kind=NonconformanceSource.CALIBRATION, source_id__startswith=f"{review.number}/"
    ).order_by("pk")
    last = known.last()
    if last is not None and last.status != NonconformanceStatus.CLOSED:
        nonconformances.add_lots(nonconformance=last, lots=lots, reason=reason, by=by, at=at)
        return last
    return nonconformances.open(
        title=statements.found_out(review.gauge.code, review.number), lots=lots, description=reason,
        source_kind=NonconformanceSource.CALIBRATION, source_id=f"{review.number}/{known.count() + 1}", by=by, at=at,
    )


@command
def close(
    *, review: ImpactReview, reason: str, password: str, seen_hash: str, by: Person, at: datetime
) -> ImpactReview:
    """Close a review under a signature, once everything in it is decided; never by whoever calibrated."""
    policies.check(by, "impact.close", on=review)
    found = lock(ImpactReview.objects.filter(pk=review.pk).select_related("gauge"))[0]
    if found.calibrated_by_id == by.pk:
        message = _("You recorded the calibration of %(number)s yourself. Somebody else must close it.")
        raise ImpactRefused(message % {"number": found.number}, code="own-calibration")
    if left := found.items.filter(decision="").count():
        message = _("%(left)s measurements of %(number)s wait for a decision. Decide of each first.")
        raise ImpactRefused(message % {"left": left, "number": found.number}, code="undecided")
    signatures.sign(
        subject=found, meaning=Meaning.CLOSED, content=reading.seen(found), seen_hash=seen_hash, password=password,
        reason=reason, by=by, at=at,
    )
    journal.move(found, to=ImpactStatus.CLOSED, by=by, reason=reason, closed_at=at, closed_by=by)
    return found
