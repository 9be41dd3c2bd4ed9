"""Routings for the desk: every revision, its operations with what they take and ask, and what follows them."""

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from mes.models import OPEN_JOBS, JobOrder, MaterialSpecification, ParameterSpecification, Segment, WorkMaster
from plant.errors import Refusal


class UnknownRouting(Refusal):
    """A routing that is not there."""

    code = "unknown-routing"


def listing() -> QuerySet[WorkMaster]:
    """Every revision of every routing, with its operations counted."""
    rows = WorkMaster.objects.select_related("material", "based_on")
    return rows.annotate(many=Count("segments", distinct=True))


def by_id(pk: int) -> WorkMaster:
    """One revision with its product."""
    found = WorkMaster.objects.select_related("material__unit", "based_on").filter(pk=pk).first()
    if found is None:
        raise UnknownRouting(_("There is no routing %(number)s. Choose one from the list.") % {"number": pk})
    return found


def operations(master: WorkMaster) -> list[Segment]:
    """The operations of a revision with stations, skill, materials with their substitutes, and golden parameters."""
    lines = MaterialSpecification.objects.select_related("material__unit").prefetch_related("substitutes__material")
    golden = ParameterSpecification.objects.select_related("parameter").order_by("parameter__code")
    rows = master.segments.select_related("qualification").annotate(
        collected=Count("data_items", distinct=True), asked=Count("checks", distinct=True),
        shown=Count("media", distinct=True),
    )
    return list(rows.prefetch_related(
        "stations", Prefetch("materials", lines.order_by("material__code")), Prefetch("parameters", golden),
    ).order_by("sequence"))


def revisions(master: WorkMaster) -> list[WorkMaster]:
    """The revisions of a routing, the newest first, each with how many open work orders follow it."""
    return list(WorkMaster.objects.filter(code=master.code).annotate(
        open_jobs=Count("joborder", filter=Q(joborder__status__in=OPEN_JOBS))
    ).order_by("-revision"))


def following(master: WorkMaster) -> QuerySet[JobOrder]:
    """The open work orders that follow a revision."""
    return JobOrder.objects.filter(work_master=master, status__in=OPEN_JOBS).order_by("due_at")
