"""What the state of a nonconformance, a lot or a task allows."""

from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from plant.commands import signatures
from plant.errors import Refusal
from plant.models import MaterialDefinition, Person
from qms import rework
from qms.models import (
    Concession,
    Decision,
    Nonconformance,
    NonconformanceLot,
    NonconformanceSource,
    NonconformanceStatus,
    Sorting,
)
from qms.queries import nonconformances as reading
from traceability.commands import moves
from traceability.models import Hold, MaterialLot
from traceability.queries import holds as standing

BY_PEOPLE = (
    NonconformanceSource.PERSON, NonconformanceSource.CUSTOMER, NonconformanceSource.SUPPLIER,
    NonconformanceSource.AUDIT,
)  # somebody wrote it down, and somebody else decides
PARTED = (Decision.REWORK, Decision.REPAIR, Decision.REGRADE, Decision.SORTED)


class Line(NamedTuple):
    """What becomes of an amount of a lot."""

    lot: MaterialLot
    decision: str
    quantity: Decimal
    rework_operation: str = ""
    to_material: MaterialDefinition | None = None
    concession: Concession | None = None


class DispositionRefused(Refusal):
    """A decision that can't be carried out."""

    code = "disposition-refused"


def check_disposable(case: Nonconformance, by: Person) -> None:
    """Only an undecided case, and not by the person who reported it."""
    if case.status not in (NonconformanceStatus.OPEN, NonconformanceStatus.REVIEW):
        message = _("%(number)s is “%(status)s”: everything in it has been decided.")
        raise DispositionRefused(message % {"number": case.number, "status": case.get_status_display()})
    if case.source_kind in BY_PEOPLE and case.reported_by_id == by.pk:
        message = _("You reported %(number)s yourself. Ask another quality engineer to decide about it.")
        raise DispositionRefused(message % {"number": case.number}, code="own-report")


def check_no_board(case: Nonconformance) -> None:
    """What comes before the board is decided by nobody alone."""
    if case.board is not None:
        message = _("%(number)s comes before the board “%(board)s”. Ask the board to decide.")
        words = {"number": case.number, "board": case.board.title}
        raise DispositionRefused(message % words, code="board", facts={"board": case.board.code})


def check_lines(case: Nonconformance, own: list[Line]) -> None:
    """Refuse what can't be: a lot of another case, too much, no supplier to return to, no step to rework at."""
    lot = own[0].lot
    row = NonconformanceLot.objects.filter(nonconformance=case, lot=lot).first()
    if row is None:
        message = _("Lot %(lot)s does not belong to %(number)s. Add it first.")
        raise DispositionRefused(message % {"lot": lot.number, "number": case.number})
    if Sorting.objects.filter(nonconformance=case, lot=lot, sorted_at__isnull=True).exists():
        message = _("Lot %(lot)s is being sorted. Enter what was found first.")
        raise DispositionRefused(message % {"lot": lot.number}, code="being-sorted", facts={"lot": lot.number})
    total = sum((moves.positive(line.quantity) for line in own), Decimal(0))
    left = row.quantity - row.disposed
    if total > left:
        message = _(
            "Only %(left)s of lot %(lot)s are left to decide, and you entered %(total)s. Correct the quantities."
        )
        words = {"left": reading.plain(left), "lot": lot.number, "total": reading.plain(total)}
        raise DispositionRefused(message % words, code="too-much", facts={"lot": lot.number})
    for line in own:
        check_line(case, line)


def check_line(case: Nonconformance, line: Line) -> None:
    """Refuse a return without a supplier, another grade of another kind, and rework where it can't enter."""
    lot = line.lot
    if line.decision == Decision.RETURN and lot.supplier_id is None:
        message = _("Lot %(lot)s was made here and has no supplier to return it to. Choose another decision.")
        raise DispositionRefused(message % {"lot": lot.number}, code="no-supplier")
    if line.decision == Decision.REGRADE:
        check_grade(line)
    if line.decision in PARTED:
        check_free_otherwise(case, lot)
    if line.decision == Decision.REWORK:
        check_step(line)


def check_grade(line: Line) -> None:
    """Another material, counted in the same unit and followed in the same way."""
    to, lot = line.to_material, line.lot
    if to is None or to.pk == lot.material_id:
        message = _("Say into which other material lot %(lot)s is regraded.")
        raise DispositionRefused(message % {"lot": lot.number}, code="no-grade", facts={"lot": lot.number})
    if (to.unit_id, to.tracking) != (lot.material.unit_id, lot.material.tracking):
        message = _("%(material)s is counted or followed in another way than lot %(lot)s. Choose another material.")
        words = {"material": to.code, "lot": lot.number}
        raise DispositionRefused(message % words, code="no-grade", facts={"lot": lot.number})


def check_step(line: Line) -> None:
    """An operation that lets rework of this lot in."""
    lot = line.lot
    codes = [step.code for step in rework.steps(lot.job_order, lot.pk)]
    if line.rework_operation not in codes:
        message = _("Rework of lot %(lot)s can't enter at “%(step)s”. Possible: %(steps)s.")
        words = {"lot": lot.number, "step": line.rework_operation, "steps": ", ".join(codes) or _("nowhere")}
        raise DispositionRefused(message % words, code="no-rework-step", facts={"lot": lot.number})


def check_free_otherwise(case: Nonconformance, lot: MaterialLot) -> None:
    """What has to be taken apart or sent on must not be held for anything else."""
    others = [hold for hold in standing.open_on(lot) if not is_of(hold, case)]
    if others:
        message = _("Lot %(lot)s is also held for %(causes)s and can't go on. Settle that first.")
        causes = ", ".join(hold.cause_id for hold in others)
        raise DispositionRefused(
            message % {"lot": lot.number, "causes": causes}, code="held-otherwise", facts={"hold": others[0].pk}
        )


def is_of(hold: Hold, case: Nonconformance) -> bool:
    """Whether a hold stands because of this nonconformance."""
    return (hold.cause_kind, hold.cause_id) == tuple(reading.cause_of(case))


def check_seen(case: Nonconformance, seen_hash: str) -> None:
    """You sign what you saw: a case that changed since must be read again."""
    if seen_hash != signatures.content_hash(reading.seen(case)):
        raise signatures.SignatureRefused(
            _("%(number)s changed after you opened it. Reload the page, read it again, then decide.")
            % {"number": case.number}
        )
