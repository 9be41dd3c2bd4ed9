"""CAPAs: lists, one with its actions, and what a person signs."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from plant.errors import Refusal
from qms.models import CapaAction, CapaStatus, CorrectiveAction


class UnknownCapa(Refusal):
    """A number that no CAPA carries."""

    code = "unknown-capa"


def by_number(number: str) -> CorrectiveAction:
    """The CAPA with this number."""
    rows = CorrectiveAction.objects.select_related("nonconformance", "owner", "checked_by", "site")
    capa = rows.filter(number=number).first()
    if capa is None:
        raise UnknownCapa(_("There is no CAPA “%(number)s”.") % {"number": number[:40]})
    return capa


def listing(*, statuses: Iterable[str] = ()) -> QuerySet[CorrectiveAction]:
    """CAPAs with how many of their actions are done."""
    actions = CapaAction.objects.filter(capa=OuterRef("pk")).order_by().values("capa")
    done = actions.filter(done_at__isnull=False)
    rows = CorrectiveAction.objects.select_related("nonconformance", "owner").annotate(
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
    return list(capa.actions.select_related("owner", "done_by"))


def seen(capa: CorrectiveAction) -> dict[str, Any]:
    """What a person sees and signs when finding a CAPA effective."""
    return {
        "number": capa.number, "title": capa.title, "status": capa.status, "root_cause": capa.root_cause,
        "actions": [[action.description, action.result] for action in capa.actions.order_by("pk")],
    }
