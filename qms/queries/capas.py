"""CAPAs: lists, one with its actions, and what a person signs."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from plant.errors import Refusal
from qms.models import CapaAction, CorrectiveAction


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


def listing(*, search: str = "", statuses: Iterable[str] = ()) -> QuerySet[CorrectiveAction]:
    """CAPAs with how many of their actions are done."""
    rows = CorrectiveAction.objects.select_related("nonconformance", "owner").annotate(
        action_count=Count("actions"), done_count=Count("actions", filter=Q(actions__done_at__isnull=False))
    )
    if statuses:
        rows = rows.filter(status__in=list(statuses))
    if search:
        rows = rows.filter(
            Q(number__icontains=search) | Q(title__icontains=search) | Q(nonconformance__number__icontains=search)
        )
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
