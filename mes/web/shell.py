"""What this room adds to the frame of every page: rail, home panels, words for the journal, ways of finding."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from mes.models import JobOrder, JobResponse, WorkRequest
from mes.queries import machine_marks
from mes.web import sheets
from plant import navigation, policies, scoping, search, subjects, words
from plant.models import Person
from spc.queries import marks
from traceability import dossier_parts
from traceability.models import MaterialLot

SHOWN = 50
marks.register(machine_marks.of_machine)
navigation.register(
    navigation.Page(
        "production", _("Production orders"), "mes:work-request-list", "order.read", "clipboard-list", 10, "o"
    ),
    navigation.Page("production", _("Work orders"), "mes:job-order-list", "job.read", "list-check", 20, "w"),
    navigation.Page("production", _("Kitting"), "mes:kitting", "job.release", "packages", 25),
    navigation.Page("production", _("Dispatch"), "mes:dispatch", "job.dispatch", "send", 30, "d"),
    navigation.Page("production", _("Work in process"), "mes:wip", "job.read", "stack-2", 40),
    navigation.Page("production", _("Order figures"), "mes:figures", "job.read", "target", 41),
    navigation.Page("production", _("Feeder set-up"), "mes:setup-list", "setup.read", "layout-grid", 41),
    navigation.Page("production", _("Carriers"), "mes:carrier-list", "carrier.read", "stack-2", 41),
    navigation.Page("production", _("OEE"), "mes:oee", "oee.read", "gauge", 42),
    navigation.Page("production", _("Yield"), "mes:yield", "oee.read", "stairs-down", 44),
    navigation.Page("production", _("Stations"), "station:choose", "station.use", "device-tablet", 50, "s"),
    navigation.Page(
        "production", _("Refused afterwards"), "mes:late-refusal-list", "refusal.read", "cloud-off", 55
    ),
    navigation.Page("production", _("Wall screens"), "mes:wall-list", "wall.view", "screen-share", 60),
    navigation.Act(
        _("New production order…"), "mes:work-request-create", "order.receive", "clipboard-plus",
        "mes:work-request-list",
    ),
)
subjects.register(
    subjects.Subject(WorkRequest, "order.read", "mes:work-request-detail", sheet=sheets.work_request),
    subjects.Subject(JobOrder, "job.read", "mes:job-order-detail", sheet=sheets.job_order),
)
words.register({
    "laterefusal.kept": _("Refused afterwards"),
    "laterefusal.seen": _("Seen to"),
    "workmaster.proposed": _("Engineering change proposed"),
    "workrequest.received": _("Production order received"),
    "workrequest.changed": _("Production order changed"),
    "workrequest.released": _("Production order released"),
    "workrequest.completed": _("Production order completed"),
    "workrequest.cancelled": _("Production order cancelled"),
    "joborder.planned": _("Work order planned"),
    "joborder.released": _("Work order released"),
    "joborder.dispatched": _("Work order dispatched"),
    "joborder.running": _("Work order running"),
    "joborder.paused": _("Work order paused"),
    "joborder.completed": _("Work order completed"),
    "joborder.cancelled": _("Work order cancelled"),
    "workrequest.expedited": _("Priority of the production order changed"),
    "joborder.split": _("Work order split"),
    "joborder.closed-short": _("Work order closed short"),
    "joborder.revised": _("Work order moved to another revision"),
    "joborder.operation-added": _("Operation added"), "lot.operation-passed-over": _("Operation passed over"),
    "joborder.signed": _("Signed"),
    "joborder.merged": _("Work orders joined"),
    "joborder.substituted": _("Substitute taken"),
    "joborder.short": _("Material called for"),
    "joborder.queued": _("Operation moved in the queues"),
    "joborder.taken-over": _("Finished work order taken over"),
    "workmaster.laid-ready": _("Approved for its day"),
    "workmaster.not-turned": _("Not put into effect on its day"),
    "lot.reported": _("Work reported"),
    "scan.skipped": _("Numbers of scans passed over"),
    "lot.put-into-carrier": _("Put into a carrier"),
    "lot.taken-from-carrier": _("Taken out of a carrier"),
    "lot.mounted": _("Mounted at a station"),
    "lot.taken-off": _("Taken off a station"),
    "lot.start-undone": _("Start taken back"),
    "lot.data-collected": _("Value entered"),
    "lot.data-corrected": _("Value corrected"),
    "station.signed-on": _("Signed on at a station"),
    "station.signed-off": _("Signed off from a station"),
    "wall-screen.created": _("Wall screen set up"),
    "wall-screen.renewed": _("Wall screen got a new address"),
    "wall-screen.revoked": _("Wall screen closed"),
    "equipment.queue-arranged": _("Queue put in another order"),
    "equipment.stop-explained": _("Stop explained"),
    "equipment.alarm": _("Machine in alarm"),
    "equipment.running": _("Machine runs"),
    "equipment.idle": _("Machine idle"),
    "equipment.off": _("Machine off"),
    "equipment.unknown": _("Machine state unknown"),
    "equipment.maintenance": _("Machine in maintenance"),
})


def find_jobs(code: str, person: Person) -> list[search.Hit]:
    """A work order by its number."""
    if not code or not policies.may(person, "job.read"):
        return []
    rows = JobOrder.objects.filter(number__istartswith=code).select_related("work_request__material")
    return [
        search.Hit(
            job.number, reverse("mes:job-order-detail", args=[job.number]), now("Work order"),
            str(job.work_request.material), job.status, job.number == code, "list-check",
        )
        for job in scoping.visible(rows, person)[:8]
    ]


def find_orders(code: str, person: Person) -> list[search.Hit]:
    """A production order by its number."""
    if not code or not policies.may(person, "order.read"):
        return []
    rows = WorkRequest.objects.filter(number__istartswith=code).select_related("material")
    return [
        search.Hit(
            order.number, reverse("mes:work-request-detail", args=[order.number]), now("Production order"),
            str(order.material), order.status, order.number == code, "clipboard-list",
        )
        for order in scoping.visible(rows, person)[:8]
    ]


def reported(lots: Sequence[MaterialLot]) -> dict[str, Any]:
    """The work reports of a lot and of what it was made from, oldest first."""
    found = JobResponse.objects.filter(lot__in=lots)
    related = ("job_segment__segment", "job_segment__job_order", "station", "lot", "person", "reason")
    rows = list(found.select_related(*related).order_by("at", "pk")[:SHOWN])
    return {"responses": rows} if rows else {}


dossier_parts.register(_("Work reports"), "mes/job_order/dossier.html", reported)
search.register(find_jobs)
search.register(find_orders)
