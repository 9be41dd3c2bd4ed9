"""CAPAs: lists, one with its actions, who worked on it, and what a person signs."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from plant.errors import Refusal
from plant.models import MaterialDefinition, Person
from qms.models import (
    CapaAction,
    CapaCause,
    CapaMember,
    CapaStatus,
    CapaWhy,
    CorrectiveAction,
    Nonconformance,
    TeamRole,
)
from traceability.models import CauseKind, Hold


class UnknownCapa(Refusal):
    """A number that no CAPA carries."""

    code = "unknown-capa"


def by_number(number: str) -> CorrectiveAction:
    """The CAPA with this number."""
    rows = CorrectiveAction.objects.select_related(
        "nonconformance", "owner", "checked_by", "site", "material", "customer"
    )
    capa = rows.filter(number=number).first()
    if capa is None:
        raise UnknownCapa(_("There is no CAPA “%(number)s”.") % {"number": number[:40]})
    return capa


def action(capa: CorrectiveAction, pk: int) -> CapaAction:
    """One of its actions."""
    row: CapaAction = found(capa.actions.select_related("capa", "owner", "done_by"), pk)
    return row


def why(capa: CorrectiveAction, pk: int) -> CapaWhy:
    """One of its whys."""
    row: CapaWhy = found(capa.whys.select_related("capa"), pk)
    return row


def cause(capa: CorrectiveAction, pk: int) -> CapaCause:
    """One of its possible causes."""
    row: CapaCause = found(capa.causes.select_related("capa"), pk)
    return row


def found(rows: Any, pk: int) -> Any:
    """A part of a CAPA by its key."""
    row = rows.filter(pk=pk).first()
    if row is None:
        raise UnknownCapa(_("That is not there any more. Open the page again."))
    return row


def listing(*, statuses: Iterable[str] = ()) -> QuerySet[CorrectiveAction]:
    """CAPAs with how many of their actions are done."""
    actions = CapaAction.objects.filter(capa=OuterRef("pk")).order_by().values("capa")
    done = actions.filter(done_at__isnull=False)
    rows = CorrectiveAction.objects.select_related("nonconformance", "owner", "material").annotate(
        action_count=Coalesce(Subquery(actions.values(n=Count("pk"))), 0),
        done_count=Coalesce(Subquery(done.values(n=Count("pk"))), 0),
    )
    return rows.filter(status__in=list(statuses)) if statuses else rows


def marked_late(rows: Sequence[CorrectiveAction], at: datetime) -> Sequence[CorrectiveAction]:
    """The rows, each with whether its actions should be done by now as `is_late`."""
    for row in rows:
        is_running = row.status in (CapaStatus.OPEN, CapaStatus.ACTIONS)
        row.is_late = is_running and row.due_at < at  # type: ignore[attr-defined]
    return rows


def actions(capa: CorrectiveAction) -> list[CapaAction]:
    """What is done, by due time."""
    rows = capa.actions.select_related("owner", "done_by", "verified_by", "place", "material")
    return list(rows.prefetch_related("evidence__attachment"))


def of_case(case: Nonconformance) -> list[CorrectiveAction]:
    """The CAPAs that answer a nonconformance."""
    rows = CorrectiveAction.objects.filter(Q(nonconformance=case) | Q(cases__nonconformance=case)).distinct()
    return list(rows.select_related("owner").order_by("pk"))


def cases(capa: CorrectiveAction) -> list[Nonconformance]:
    """The nonconformances that it answers, the first one it was opened for first."""
    rows = Nonconformance.objects.filter(capa_links__capa=capa).order_by("pk")
    found = list(rows)
    first = capa.nonconformance
    return [first, *(one for one in found if one.pk != first.pk)] if first else found


def material_of(case: Nonconformance) -> MaterialDefinition | None:
    """The material that a nonconformance is about: that of its first lot."""
    row = case.lots.select_related("lot__material").order_by("-direct", "pk").first()
    return row.lot.material if row else None


def involved(capa: CorrectiveAction) -> set[int]:
    """Who worked on it, and so can't judge whether it worked: its owner, its team but for the sponsor, its doers."""
    people = {capa.owner_id}
    for owner, done_by in capa.actions.values_list("owner", "done_by"):
        people |= {owner, done_by} if done_by else {owner}
    team = CapaMember.objects.filter(capa=capa).exclude(role=TeamRole.SPONSOR)
    return people | set(team.values_list("person", flat=True))


def to_verify(person: Person) -> QuerySet[CapaAction]:
    """Actions of a person's CAPAs that are done and that somebody must look at."""
    rows = CapaAction.objects.filter(
        done_at__isnull=False, verified_at__isnull=True, capa__owner=person, capa__method="EIGHT_D",
        capa__status__in=(CapaStatus.OPEN, CapaStatus.ACTIONS),
    )
    return rows.exclude(owner=person).exclude(done_by=person)


def open_holds(capa: CorrectiveAction) -> list[Hold]:
    """What stands still because of it."""
    rows = Hold.objects.filter(cause_kind=CauseKind.CAPA, cause_id=capa.number, released_at__isnull=True)
    return list(rows.select_related("lot").order_by("pk"))


def seen(capa: CorrectiveAction) -> dict[str, Any]:
    """What a person sees and signs when finding a CAPA effective."""
    return {
        "number": capa.number, "title": capa.title, "status": capa.status, "root_cause": capa.root_cause,
        "actions": [[action.description, action.result] for action in capa.actions.order_by("pk")],
        "stages": [[stage.code, stage.revision] for stage in capa.stages.order_by("code")],
    }
