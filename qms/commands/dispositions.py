"""What becomes of suspect lots: decided by quantity, signed, and carried out in the same transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import groupby

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from plant import policies
from plant.commands import journal, signatures
from plant.locks import lock
from plant.models import Meaning, Person, Signature
from plant.transactions import command
from qms import policies as rules
from qms.commands import suspects
from qms.models import Decision, Disposition, Nonconformance, NonconformanceStatus
from qms.policies import DispositionRefused, Line
from qms.queries import amounts
from qms.queries import nonconformances as reading
from traceability.commands import holds, lots, moves
from traceability.models import Bucket, Hold, MaterialLot
from traceability.spots import Spot

SINK = {Decision.SCRAP: Spot(Bucket.SCRAP), Decision.RETURN: Spot(Bucket.RETURNED)}
ORDER = [Decision.SCRAP, Decision.RETURN, Decision.USE_AS_IS, Decision.REWORK]


@dataclass(frozen=True)
class Act:
    """One signed disposition under way."""

    case: Nonconformance
    signature: Signature
    reason: str
    by: Person
    at: datetime


@command
def dispose(
    *, nonconformance: Nonconformance, lines: Iterable[tuple[MaterialLot, str, Decimal, str]], reason: str,
    password: str, seen_hash: str, by: Person, at: datetime,
) -> list[Disposition]:
    """Decide about amounts of lots under one signature. The last decision about a lot lets it go, from this cause."""
    policies.check(by, "nonconformance.dispose", nonconformance=nonconformance.number)
    asked = [Line(*line) for line in lines]
    case = locked(nonconformance, asked)
    rules.check_disposable(case, by)
    content = {**reading.seen(case), "lines": [described(line) for line in asked]}
    rules.check_seen(case, seen_hash)
    suspects.recount(case, by=by)
    by_lot = grouped(asked)
    for own in by_lot:
        rules.check_lines(case, own)
    if not asked and suspects.undecided(case):
        raise DispositionRefused(_("Enter a quantity and a decision for at least one lot."))
    signature = signatures.sign(
        subject=case, meaning=Meaning.DISPOSED, content=content, seen_hash=signatures.content_hash(content),
        password=password, reason=reason, by=by, at=at,
    )
    act = Act(case, signature, reason, by, at)
    made = [disposition for own in by_lot for disposition in carry_out(act, own)]
    journal.record("nonconformance.decided", subject=case, by=by, reason=reason, data={"lines": content["lines"]})
    finish(act)
    return made


def locked(nonconformance: Nonconformance, asked: Iterable[Line]) -> Nonconformance:
    """The nonconformance as it is once its lots and it are locked, in the order of the house."""
    ids = {line.lot.pk for line in asked} | set(nonconformance.lots.values_list("lot_id", flat=True))
    lock(MaterialLot.objects.filter(pk__in=ids))
    return lock(Nonconformance.objects.filter(pk=nonconformance.pk))[0]


def described(line: Line) -> list[str]:
    """A line in the words that are signed."""
    return [line.lot.number, str(line.decision), str(line.quantity), line.rework_operation]


def grouped(asked: Sequence[Line]) -> list[list[Line]]:
    """The lines lot by lot, what leaves the plant first and rework last."""
    ordered = sorted(asked, key=lambda line: (line.lot.pk, ORDER.index(Decision(line.decision))))
    return [list(own) for _pk, own in groupby(ordered, key=lambda line: line.lot.pk)]


def carry_out(act: Act, own: list[Line]) -> list[Disposition]:
    """Move what is to be moved, let go what is decided, and write the decisions about one lot."""
    lot = own[0].lot
    rows = act.case.lots.filter(lot=lot)
    rows.update(disposed=F("disposed") + sum(line.quantity for line in own))
    is_decided = rows.filter(disposed=F("quantity")).exists()
    made = []
    for line in own:
        target = None
        if line.decision in SINK:
            leave(act, line)
        elif line.decision == Decision.REWORK:
            target = send_back(act, line, is_decided=is_decided)
        made.append(write(act, line, target))
    if is_decided:
        let_go(act, lot)
    return made


def leave(act: Act, line: Line) -> None:
    """Scrap, or back to the supplier: allowed while the lot is held, for it goes nowhere else."""
    draw(act, line.lot, line.quantity, SINK[Decision(line.decision)])
    kind = "lot.scrapped" if line.decision == Decision.SCRAP else "lot.returned"
    data = {"quantity": line.quantity, "nonconformance": act.case.number}
    journal.record(kind, subject=line.lot, by=act.by, reason=act.reason, data=data)


def send_back(act: Act, line: Line, *, is_decided: bool) -> MaterialLot:
    """Back into the routing: the lot itself when nothing else of it is left, else a lot split off for it."""
    lot, there = line.lot, Spot(Bucket.WIP, line.rework_operation)
    is_rest = is_decided and amounts.present([lot.pk])[lot.pk] == line.quantity
    released = let_go(act, lot)
    where = {"job_order": lot.job_order, "operation": line.rework_operation}
    draw(act, lot, line.quantity, there, **where)
    target = lot
    if not is_rest:
        target = lots.split(
            lot=lot, quantity=line.quantity, source=there, to=there, reason=act.reason, by=act.by, at=act.at, **where
        )
    if released and not is_decided:
        fresh = lock(MaterialLot.objects.filter(pk=lot.pk))[0]
        holds.hold_lot(fresh, reading.cause_of(act.case), act.case.title, by=act.by, at=act.at, spread_from=None)
    data = {"quantity": line.quantity, "operation": line.rework_operation, "nonconformance": act.case.number}
    journal.record("lot.sent-to-rework", subject=target, by=act.by, reason=act.reason, data=data)
    return target


def draw(act: Act, lot: MaterialLot, quantity: Decimal, to: Spot, *, job_order: str = "", operation: str = "") -> None:
    """Move an amount of a lot from wherever it lies."""
    left = quantity
    for balance in amounts.spots(lot.pk):
        source = Spot(Bucket(balance.bucket), balance.place)
        part = min(left, balance.quantity)
        left -= part
        if part and source != to:
            moves.move(
                lot=lot, quantity=part, source=source, to=to, by=act.by, at=act.at, reason=act.reason[:200],
                job_order=job_order or lot.job_order, operation=operation,
            )
    if left:
        message = _("Lot %(lot)s has %(left)s less than you decided about. Reload the page and look at its quantities.")
        raise DispositionRefused(message % {"lot": lot.number, "left": reading.plain(left)}, code="not-enough")


def let_go(act: Act, lot: MaterialLot) -> list[Hold]:
    """Release what this nonconformance holds on the lot, and nothing else."""
    return holds.release_cause(
        lot=lot, cause=reading.cause_of(act.case), reason=act.reason, by=act.by, at=act.at, signature=act.signature
    )


def write(act: Act, line: Line, rework_lot: MaterialLot | None) -> Disposition:
    """The decision as a row that is never changed."""
    return Disposition.objects.create(
        nonconformance=act.case, lot=line.lot, decision=line.decision, quantity=line.quantity,
        rework_operation=line.rework_operation, rework_lot=rework_lot, reason=act.reason, signature=act.signature,
        by=act.by, at=act.at,
    )


def finish(act: Act) -> None:
    """When every piece is decided: let go the lots of which nothing is left, and call the case disposed."""
    if suspects.undecided(act.case):
        return
    for hold in reading.open_holds(act.case):
        if hold.lot is not None:
            let_go(act, hold.lot)
    journal.move(act.case, to=NonconformanceStatus.DISPOSED, by=act.by, reason=act.reason)
