"""Stops and what puts them right: at a station, on a line, and waiting for somebody."""

from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.utils.translation import gettext as _

from mes.models import Rectification, RectificationStatus, Stoppage, StoppageSource, StoppageStatus
from mes.models.stoppage import RULES
from plant import policies, scoping, subjects
from plant.errors import Refusal
from plant.models import Equipment, Person, Role
from plant.queries import places
from plant.statements import kept
from qms import stopping
from qms.models import CorrectiveAction, Nonconformance

OPEN = Q(rectifications__status__in=[RectificationStatus.OPEN, RectificationStatus.DONE])


class UnknownStoppage(Refusal):
    """A number that no stop or rectification carries."""

    code = "unknown-stoppage"


def listing() -> QuerySet[Stoppage]:
    """Every stop with what its row shows."""
    return Stoppage.objects.select_related(
        "equipment__parent", "job_segment__job_order", "job_segment__segment", "stopped_by", "resumed_by", "signature"
    )


def counted() -> QuerySet[Stoppage]:
    """The same with how much is still to be put right, and until when."""
    return listing().annotate(left=Count("rectifications", filter=OPEN), next_due=Min(
        "rectifications__due_at", filter=Q(rectifications__status=RectificationStatus.OPEN)
    ))


def by_id(pk: int) -> Stoppage:
    """One stop."""
    found = listing().filter(pk=pk).first()
    if found is None:
        raise UnknownStoppage(_("There is no stop %(number)s. Open the list of stops.") % {"number": pk})
    return found


def rectification(pk: int) -> Rectification:
    """One thing that puts a stop right."""
    rows = Rectification.objects.select_related("stoppage__equipment", "owner", "done_by")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise UnknownStoppage(_("There is no rectification %(number)s. Open the page again.") % {"number": pk})
    return found


def of_source(kind: str, source_id: str) -> Stoppage | None:
    """The stop that a rule made for what it found."""
    return Stoppage.objects.filter(source_kind=kind, source_id=source_id).first() if kind in RULES else None


def case(number: str) -> tuple[str, str] | None:
    """The kind and number of the nonconformance or CAPA that a stop is for, if there is one of that number."""
    for kind, model in ((StoppageSource.CASE, Nonconformance), (StoppageSource.CAPA, CorrectiveAction)):
        if number and model.objects.filter(number=number).exists():
            return kind, number
    return None


@stopping.register_teller
def for_case(kind: str, number: str) -> list[stopping.Stopped]:
    """What was stopped for a nonconformance or a CAPA."""
    rows = listing().filter(source_kind=kind, source_id=number).order_by("-pk")
    return [
        stopping.Stopped(
            one.label, subjects.of_row(one).url(one), one.status, str(one.get_status_display()), one.stopped_at
        )
        for one in rows
    ]


def rectifications(stoppage: Stoppage) -> list[Rectification]:
    """What puts it right, by when it is due."""
    return list(stoppage.rectifications.select_related("owner", "done_by", "verified_by"))


def content(stoppage: Stoppage) -> dict[str, Any]:
    """What somebody who lets it go on has read."""
    return {
        "stoppage": stoppage.pk, "scope": stoppage.scope, "target": stoppage.label, "reason": kept(stoppage.reason),
        "stopped_by": stoppage.stopped_by.number, "stopped_at": stoppage.stopped_at, "status": stoppage.status,
        "rectifications": [
            [one.pk, kept(one.what), one.status] for one in stoppage.rectifications.order_by("pk")
        ],
    }


def standing(place: Equipment) -> list[Stoppage]:
    """What stands still at a place, in it, or around it."""
    parts = [part.pk for part in places.within(place)] + ([place.parent_id] if place.parent_id else [])
    rows = listing().filter(status=StoppageStatus.STOPPED, equipment__in=parts)
    return list(rows.order_by("stopped_at"))


def waiting(person: Person) -> list[Rectification]:
    """What is to be put right by somebody, and what they could verify."""
    rows = Rectification.objects.select_related(
        "stoppage__equipment", "stoppage__job_segment__job_order", "stoppage__job_segment__segment"
    )
    mine = Q(status=RectificationStatus.OPEN) & (
        Q(owner=person) | Q(owner__isnull=True, owner_role__in=person.roles & set(Role.values))
    )
    if policies.may(person, "rectification.verify"):
        mine |= Q(status=RectificationStatus.DONE) & ~Q(done_by=person)
    near = scoping.visible(rows.filter(mine), person)
    return list(near.order_by("due_at")[:50])
