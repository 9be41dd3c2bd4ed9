"""Review boards: which one a case comes before, who sits there, whether a vote is complete."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from plant import subjects
from plant.models import Person
from qms.models import BoardReview, Nonconformance, ReviewBoard, ReviewStatus, Severity
from qms.queries import costs
from qms.queries import nonconformances as cases

RANK = list(Severity.values)


def board_for(case: Nonconformance, at: datetime) -> ReviewBoard | None:
    """The first board whose severity or value the case reaches; the site's own before one of every site."""
    rows = ReviewBoard.objects.filter(Q(site=case.site_id) | Q(site__isnull=True), active=True)
    boards = sorted(rows, key=lambda board: (board.site_id is None, board.code))
    value = costs.value_at_stake(case, at) if any(one.from_value is not None for one in boards) else None
    for board in boards:
        is_grave = board.from_severity and RANK.index(case.severity) >= RANK.index(board.from_severity)
        is_dear = board.from_value is not None and value is not None and value >= board.from_value
        if is_grave or is_dear:
            return board
    return None


def members(board: ReviewBoard) -> list[Person]:
    """Everybody who holds a role with a seat."""
    roles = board.seats.values_list("role", flat=True)
    return list(Person.objects.filter(is_active=True, personrole__role__in=list(roles)).distinct().order_by("pk"))


def seat_for(review: BoardReview, person: Person) -> str | None:
    """The role that somebody would vote as: a required one first; none when they voted or every seat is taken."""
    if review.votes.filter(person=person).exists():
        return None
    taken = set(review.votes.values_list("role", flat=True))
    seats = review.board.seats.filter(role__in=person.roles).exclude(role__in=taken).order_by("-required", "pk")
    found = seats.first()
    return found.role if found else None


def has_quorum(review: BoardReview) -> bool:
    """Whether enough agree, every required role among them, and nobody disagrees."""
    votes = list(review.votes.all())
    agreed = {one.role for one in votes if one.agrees}
    required = set(review.board.seats.filter(required=True).values_list("role", flat=True))
    return len(agreed) >= review.board.quorum and required <= agreed and len(agreed) == len(votes)


def open_review(case: Nonconformance) -> BoardReview | None:
    """What is being voted on."""
    return case.reviews.filter(status=ReviewStatus.OPEN).select_related("board", "asked_by").first()


def reviews(case: Nonconformance) -> list[BoardReview]:
    """What the board was asked, newest first, with lines and votes."""
    rows = case.reviews.select_related("board", "asked_by")
    return list(rows.prefetch_related("lines__lot__material__unit", "lines__to_material", "lines__concession",
                                      "votes__person", "board__seats"))


def waiting(person: Person) -> list[BoardReview]:
    """Reviews that wait for somebody's vote."""
    rows = BoardReview.objects.filter(status=ReviewStatus.OPEN, board__seats__role__in=person.roles).distinct()
    rows = rows.exclude(votes__person=person).select_related("nonconformance", "board").order_by("pk")
    return [one for one in rows if seat_for(one, person)]


def seen(review: BoardReview) -> dict[str, Any]:
    """What a member has read: the case, and what is asked."""
    lines = review.lines.select_related("lot", "to_material", "concession").order_by("pk")
    return {
        "review": review.pk, "reason": review.reason, **cases.seen(review.nonconformance),
        "lines": [
            [one.lot.number, one.decision, cases.plain(one.quantity), one.rework_operation,
             one.to_material.code if one.to_material else "", one.concession.number if one.concession else ""]
            for one in lines
        ],
    }


def url_of(case: Nonconformance) -> str:
    """The page of a case."""
    return subjects.of_row(case).url(case)
