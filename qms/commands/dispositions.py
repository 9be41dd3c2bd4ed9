"""What becomes of suspect lots: decided by quantity, signed, and carried out in the same transaction."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from plant import policies
from plant.commands import journal, signatures
from plant.locks import lock
from plant.models import Meaning, Person
from plant.transactions import command
from qms import policies as rules
from qms.commands import concessions, costs, parting, returns, suspects
from qms.commands.parting import SINK, Act, let_go
from qms.models import BoardReview, Decision, Disposition, Nonconformance, NonconformanceStatus
from qms.policies import DispositionRefused, Line
from qms.queries import nonconformances as reading
from traceability.models import MaterialLot

ORDER = [
    Decision.SCRAP, Decision.RETURN, Decision.USE_AS_IS, Decision.CONCESSION, Decision.SORTED, Decision.REGRADE,
    Decision.REPAIR, Decision.REWORK,
]
APART = {Decision.REWORK: parting.send_back, Decision.REPAIR: parting.repair, Decision.REGRADE: parting.regrade}


@command
def dispose(
    *, nonconformance: Nonconformance, lines: Iterable[tuple[Any, ...]], reason: str, password: str, seen_hash: str,
    by: Person, at: datetime,
) -> list[Disposition]:
    """Decide about amounts of lots under one signature. The last decision about a lot lets it go, from this cause.

    lines    (lot, decision, quantity, operation of rework, material of another grade, concession) each
    """
    policies.check(by, "nonconformance.dispose", nonconformance=nonconformance.number)
    asked = [Line(*line) for line in lines]
    case = locked(nonconformance, asked)
    rules.check_disposable(case, by)
    if asked:
        rules.check_no_board(case)
    content = {**reading.seen(case), "lines": [described(line) for line in asked]}
    rules.check_seen(case, seen_hash)
    suspects.recount(case, by=by)
    check(case, asked, at)
    if not asked and suspects.undecided(case):
        raise DispositionRefused(_("Enter a quantity and a decision for at least one lot."))
    signature = signatures.sign(
        subject=case, meaning=Meaning.DISPOSED, content=content, seen_hash=signatures.content_hash(content),
        password=password, reason=reason, by=by, at=at,
    )
    return carry_out_all(Act(case, signature, reason, by, at), asked)


def check(case: Nonconformance, asked: Sequence[Line], at: datetime) -> None:
    """Refuse what can't be carried out, lot by lot."""
    for own in grouped(asked):
        rules.check_lines(case, own)
    for line in asked:
        if line.decision == Decision.CONCESSION:
            concessions.check(line.concession, line.lot, line.quantity, at)


def carry_out_all(act: Act, asked: Sequence[Line], review: BoardReview | None = None) -> list[Disposition]:
    """Carry out what was decided and signed, by one person or by the board."""
    made = [disposition for own in grouped(asked) for disposition in carry_out(act, own, review)]
    data = {"lines": [described(line) for line in asked]}
    journal.record("nonconformance.decided", subject=act.case, by=act.by, reason=act.reason, data=data)
    finish(act)
    return made


def locked(nonconformance: Nonconformance, asked: Iterable[Line]) -> Nonconformance:
    """The nonconformance as it is once its lots and it are locked, in the order of the house."""
    ids = {line.lot.pk for line in asked} | set(nonconformance.lots.values_list("lot_id", flat=True))
    lock(MaterialLot.objects.filter(pk__in=ids))
    return lock(Nonconformance.objects.filter(pk=nonconformance.pk))[0]


def described(line: Line) -> list[str]:
    """A line in the words that are signed."""
    words = [line.lot.number, str(line.decision), str(line.quantity), line.rework_operation]
    more = [line.to_material.code if line.to_material else "", line.concession.number if line.concession else ""]
    return [*words, *more] if any(more) else words


def grouped(asked: Sequence[Line]) -> list[list[Line]]:
    """The lines lot by lot, what leaves the plant first and rework last."""
    ordered = sorted(asked, key=lambda line: (line.lot.pk, ORDER.index(Decision(line.decision))))
    return [list(own) for _pk, own in groupby(ordered, key=lambda line: line.lot.pk)]


def carry_out(act: Act, own: list[Line], review: BoardReview | None) -> list[Disposition]:
    """Move what is to be moved, let go what is decided, and write the decisions about one lot."""
    lot = own[0].lot
    rows = act.case.lots.filter(lot=lot)
    rows.update(disposed=F("disposed") + sum((line.quantity for line in own), Decimal(0)))
    is_decided = rows.filter(disposed=F("quantity")).exists()
    made = []
    for line in own:
        decision, target = Decision(line.decision), None
        if decision in SINK:
            parting.leave(act, line)
        elif decision in APART:
            target = APART[decision](act, line, is_decided=is_decided)
        made.append(written(act, line, target, review))
    if is_decided and lot.pk not in reading.under_repair(act.case):
        let_go(act, lot)
    return made


def written(act: Act, line: Line, target: MaterialLot | None, review: BoardReview | None) -> Disposition:
    """The decision as a row that is never changed, with the cost, the return or the use that follows from it."""
    assert act.signature is not None  # noqa: S101 (a decision is signed; only a second look is not)
    made = Disposition.objects.create(
        nonconformance=act.case, lot=line.lot, decision=line.decision, quantity=line.quantity,
        rework_operation=parting.lies_at(target) if target and line.decision == Decision.REPAIR
        else line.rework_operation, rework_lot=target, to_material=line.to_material,
        concession=line.concession, review=review, reason=act.reason, signature=act.signature, by=act.by, at=act.at,
    )
    if line.decision == Decision.SCRAP:
        costs.of_scrap(made, by=act.by, at=act.at)
    elif line.decision == Decision.RETURN:
        returns.add(made, by=act.by, at=act.at)
    elif line.decision == Decision.CONCESSION:
        concessions.use_for(made, by=act.by, at=act.at)
    return made


def finish(act: Act) -> None:
    """When every piece is decided: let go the lots of which nothing is left, and call the case disposed."""
    if suspects.undecided(act.case):
        return
    waiting = reading.under_repair(act.case)
    for hold in reading.open_holds(act.case):
        if hold.lot is not None and hold.lot_id not in waiting:
            let_go(act, hold.lot)
    journal.move(act.case, to=NonconformanceStatus.DISPOSED, by=act.by, reason=act.reason)
