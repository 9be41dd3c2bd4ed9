"""Sorting: ordered under a signature, then counted; the good pieces go on, the bad ones become a lot of their own."""

from datetime import datetime
from decimal import Decimal

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from plant import policies
from plant.commands import journal, signatures
from plant.locks import lock
from plant.models import Meaning, Person
from plant.transactions import command
from qms import policies as rules
from qms.commands import dispositions, parting, suspects
from qms.commands.parting import Act
from qms.models import Decision, Disposition, Nonconformance, NonconformanceLot, Sorting
from qms.policies import DispositionRefused, Line
from qms.queries import nonconformances as reading
from traceability.models import MaterialLot


@command
def order(
    *, nonconformance: Nonconformance, lot: MaterialLot, criterion: str, reason: str, password: str, seen_hash: str,
    by: Person, at: datetime,
) -> Sorting:
    """Have what is left of a lot sorted: whoever signs answers for what tells good from bad."""
    policies.check(by, "nonconformance.dispose", nonconformance=nonconformance.number)
    case = dispositions.locked(nonconformance, [Line(lot, Decision.SORTED, Decimal(1))])
    rules.check_disposable(case, by)
    rules.check_seen(case, seen_hash)
    suspects.recount(case, by=by)
    row = NonconformanceLot.objects.filter(nonconformance=case, lot=lot).first()
    left = row.quantity - row.disposed if row else Decimal(0)
    rules.check_line(case, Line(lot, Decision.SORTED, left))
    if left <= 0:
        message = _("Nothing of lot %(lot)s is left to decide.")
        raise DispositionRefused(message % {"lot": lot.number}, facts={"field": "lot"})
    if not criterion.strip():
        raise DispositionRefused(_("Say what tells good from bad."), facts={"field": "criterion"})
    content = {**reading.seen(case), "sorting": [lot.number, reading.plain(left), criterion.strip()]}
    signature = signatures.sign(
        subject=case, meaning=Meaning.DISPOSED, content=content, seen_hash=signatures.content_hash(content),
        password=password, reason=reason, by=by, at=at,
    )
    made = Sorting.objects.create(
        nonconformance=case, lot=lot, quantity=left, criterion=criterion.strip(), signature=signature, ordered_by=by,
        ordered_at=at,
    )
    data = {"lot": lot.number, "quantity": left, "criterion": made.criterion}
    journal.record("nonconformance.sorting-ordered", subject=case, by=by, reason=reason, data=data)
    return made


@command
def record(*, sorting: Sorting, good: Decimal, bad: Decimal, by: Person, at: datetime) -> Sorting:
    """What was counted: the good pieces are free of this case, the bad ones stand apart and wait for a decision."""
    policies.check(by, "nonconformance.sort")
    case = dispositions.locked(sorting.nonconformance, [Line(sorting.lot, Decision.SORTED, Decimal(1))])
    found = lock(Sorting.objects.select_related("lot", "ordered_by", "signature").filter(pk=sorting.pk))[0]
    if found.sorted_at is not None:
        raise DispositionRefused(_("This was sorted already."))
    if good < 0 or bad < 0 or good + bad != found.quantity:
        message = _("Good and bad must add up to %(quantity)s.")
        raise DispositionRefused(message % {"quantity": reading.plain(found.quantity)}, facts={"field": "bad"})
    act = Act(case, found.signature, found.criterion, by, at)
    bad_lot = _set_apart(act, found, bad) if bad else None
    Sorting.objects.filter(pk=found.pk).update(good=good, bad=bad, bad_lot=bad_lot, sorted_by=by, sorted_at=at)
    if good:
        _take(act, found, good)
    data = {"lot": found.lot.number, "good": good, "bad": bad, "bad_lot": bad_lot.number if bad_lot else ""}
    journal.record("nonconformance.sorted", subject=case, by=by, reason=found.criterion, data=data)
    dispositions.finish(act)
    found.refresh_from_db()
    return found


def _set_apart(act: Act, found: Sorting, bad: Decimal) -> MaterialLot:
    """The bad pieces: the lot itself when all are bad, else a lot of their own that waits for its decision."""
    if bad == found.quantity:
        return found.lot
    child = parting.part_off(act, found.lot, bad, is_decided=False)
    act.case.lots.filter(lot=child).update(quantity=bad, direct=True)
    act.case.lots.filter(lot=found.lot).update(quantity=F("quantity") - bad)
    return child


def _take(act: Act, found: Sorting, good: Decimal) -> None:
    """The good pieces are decided by whoever ordered the sorting."""
    Disposition.objects.create(
        nonconformance=act.case, lot=found.lot, decision=Decision.SORTED, quantity=good, reason=found.criterion,
        signature=found.signature, by=found.ordered_by, at=act.at,
    )
    rows = act.case.lots.filter(lot=found.lot)
    rows.update(disposed=F("disposed") + good)
    if rows.filter(disposed=F("quantity")).exists():
        parting.let_go(act, found.lot)
