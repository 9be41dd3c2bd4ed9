"""What weighs much comes before the board: asked, voted on by its members under signatures, carried out by the last."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from plant import policies
from plant.commands import desks, journal, signatures
from plant.locks import lock
from plant.models import Meaning, NoticeKind, Person
from plant.transactions import command
from qms import policies as rules
from qms.commands import dispositions, suspects
from qms.commands.parting import Act
from qms.models import BoardLine, BoardReview, BoardVote, Nonconformance, ReviewStatus
from qms.policies import DispositionRefused, Line
from qms.queries import boards as reading


def bring(case: Nonconformance, *, by: Person, at: datetime) -> None:
    """Have a case decided by the board that its severity or its value asks for; once there, it stays there."""
    if case.board_id is not None:
        return
    board = reading.board_for(case, at)
    if board is not None:
        Nonconformance.objects.filter(pk=case.pk).update(board=board)
        case.board = board
        journal.record("nonconformance.board", subject=case, by=by, data={"board": board.code})


@command
def ask(
    *, nonconformance: Nonconformance, lines: Iterable[tuple[Any, ...]], reason: str, by: Person, at: datetime
) -> BoardReview:
    """Ask the board to decide so about these lots; its members are told."""
    policies.check(by, "nonconformance.dispose", nonconformance=nonconformance.number)
    asked = [Line(*line) for line in lines]
    case = dispositions.locked(nonconformance, asked)
    rules.check_disposable(case, by)
    if case.board is None:
        raise DispositionRefused(_("%(number)s needs no board. Decide about it.") % {"number": case.number})
    if case.reviews.filter(status=ReviewStatus.OPEN).exists():
        raise DispositionRefused(_("The board is voting on %(number)s already.") % {"number": case.number})
    if not reason.strip():
        raise DispositionRefused(_("Say why this is what you ask for."), facts={"field": "reason"})
    suspects.recount(case, by=by)
    if not asked:
        raise DispositionRefused(_("Enter a quantity and a decision for at least one lot."))
    dispositions.check(case, asked, at)
    made = BoardReview.objects.create(
        nonconformance=case, board=case.board, reason=reason.strip(), asked_by=by, asked_at=at
    )
    BoardLine.objects.bulk_create(
        BoardLine(
            review=made, lot=line.lot, decision=line.decision, quantity=line.quantity,
            rework_operation=line.rework_operation, to_material=line.to_material, concession=line.concession,
        )
        for line in asked
    )
    data = {"board": case.board.code, "lines": [dispositions.described(line) for line in asked]}
    journal.record("nonconformance.board-asked", subject=case, by=by, reason=reason, data=data)
    for person in reading.members(case.board):
        title = f"{case.number} {case.title}"
        url = reading.url_of(case)
        desks.tell(person=person, kind=NoticeKind.SIGNATURE, title=title, url=url, by=by, at=at)
    return made


@command
def vote(
    *, review: BoardReview, agrees: bool, reason: str, password: str, seen_hash: str, by: Person, at: datetime
) -> BoardReview:
    """Vote under one's signature. The vote that completes the quorum carries the decision out; a no ends it."""
    policies.check(by, "board.vote")
    lines = [_line(row) for row in review.lines.select_related("lot", "to_material", "concession")]
    case = dispositions.locked(review.nonconformance, lines)
    found = lock(BoardReview.objects.select_related("board").filter(pk=review.pk))[0]
    if found.status != ReviewStatus.OPEN:
        raise DispositionRefused(_("The board has ended this already. Open the page again."))
    rules.check_disposable(case, by)
    role = reading.seat_for(found, by)
    if role is None:
        raise DispositionRefused(_("You have no seat on this board that is still free."), code="no-seat")
    content = reading.seen(found)
    if seen_hash != signatures.content_hash(content):
        message = _("%(number)s changed after you opened it. Reload the page, read it again, then decide.")
        raise signatures.SignatureRefused(message % {"number": case.number})
    signed = {**content, "agrees": agrees, "votes_as": role}
    signature = signatures.sign(
        subject=case, meaning=Meaning.DISPOSED, content=signed, seen_hash=signatures.content_hash(signed),
        password=password, reason=reason, by=by, at=at,
    )
    BoardVote.objects.create(
        review=found, person=by, role=role, agrees=agrees, reason=reason, signature=signature, at=at
    )
    data = {"agrees": agrees, "as": role}
    journal.record("nonconformance.voted", subject=case, by=by, reason=reason, data=data)
    return _count(found, Act(case, signature, reason, by, at), lines, agrees=agrees)


def _count(review: BoardReview, act: Act, lines: list[Line], *, agrees: bool) -> BoardReview:
    """What follows from the vote that was just given."""
    if not agrees:
        _end(review, act, ReviewStatus.REJECTED)
        return review
    carrier = _carrier(review, act)
    if reading.has_quorum(review) and carrier is not None:
        _end(review, act, ReviewStatus.DECIDED)
        suspects.recount(act.case, by=carrier.by)
        dispositions.check(act.case, lines, act.at)
        dispositions.carry_out_all(carrier, lines, review)
    return review


def _carrier(review: BoardReview, act: Act) -> Act | None:
    """In whose name it is carried out: the first member who agreed and may decide about nonconformances."""
    for one in review.votes.filter(agrees=True).select_related("person", "signature").order_by("pk"):
        if policies.may(one.person, "nonconformance.dispose"):
            return Act(act.case, one.signature, one.reason, one.person, act.at)
    return None


def _end(review: BoardReview, act: Act, to: str) -> None:
    journal.move(review, to=to, by=act.by, reason=act.reason, ended_at=act.at)
    data = {"outcome": to}
    journal.record("nonconformance.board-ended", subject=act.case, by=act.by, reason=act.reason, data=data)


def _line(row: BoardLine) -> Line:
    return Line(row.lot, row.decision, row.quantity, row.rework_operation, row.to_material, row.concession)


