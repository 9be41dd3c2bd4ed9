"""What quality adds to the frame of every page: the rail, the journal's words, finding, waiting, panels, lot pages."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from plant import inbox, navigation, policies, scoping, search, subjects, words
from plant.models import Person, Role
from qms.models import (
    CapaAction,
    CapaStatus,
    CorrectiveAction,
    Inspection,
    InspectionCount,
    InspectionItem,
    InspectionResult,
    Nonconformance,
    NonconformanceStatus,
    SamplingSeries,
    Sensor,
)
from qms.queries import inspections, overdue, sensors
from qms.web import capa_sheet, plain_papers, sheets
from traceability import dossier_parts
from traceability.models import MaterialLot

SHOWN = 50
navigation.register(
    navigation.Page(
        "quality", _("Nonconformances"), "qms:nonconformance-list", "nonconformance.read", "alert-triangle", 20, "n"
    ),
    navigation.Page("quality", _("Inspections"), "qms:inspection-list", "inspection.read", "ruler-measure", 30, "t"),
    navigation.Page("quality", _("CAPA"), "qms:capa-list", "capa.read", "tools", 40, "a"),
    navigation.Page("quality", _("Control plans"), "qms:control-plan-list", "control-plan.read", "clipboard-list", 50),
    navigation.Page("quality", _("Sampling plans"), "qms:sampling", "sampling.use", "table", 60),
    navigation.Page("quality", _("Sampling series"), "qms:series-list", "sampling.read", "stairs", 62),
    navigation.Page("quality", _("Sensors"), "qms:sensor-list", "sensor.read", "gauge", 55),
    navigation.Act(
        _("Report a nonconformance…"), "qms:nonconformance-report", "nonconformance.open", "alert-triangle",
        "qms:nonconformance-list",
    ),
)
subjects.register(
    subjects.Subject(Nonconformance, "nonconformance.read", "qms:nonconformance-detail", sheet=sheets.nonconformance),
    subjects.Subject(CorrectiveAction, "capa.read", "qms:capa-detail", sheet=capa_sheet.sheet),
    subjects.Subject(Inspection, "inspection.read", "qms:inspection-detail", sheet=sheets.inspection),
    subjects.Subject(SamplingSeries, "sampling.read", "qms:series-detail", key="pk", sheet=plain_papers.series),
    subjects.Subject(Sensor, "sensor.read", "qms:sensor-detail", key="code", sheet=plain_papers.sensor),
)
words.register({
    "nonconformance.opened": _("Nonconformance opened"),
    "nonconformance.lots-added": _("Lots added"),
    "nonconformance.recounted": _("Quantity recounted"),
    "nonconformance.review": _("In review"),
    "nonconformance.assigned": _("Owner named"),
    "nonconformance.signed": _("Signed"),
    "nonconformance.decided": _("Decided"),
    "nonconformance.disposed": _("Everything is decided"),
    "nonconformance.closed": _("Nonconformance closed"),
    "nonconformance.restarted": _("Equipment restarted"),
    "nonconformance.escalated": _("Escalated"),
    "nonconformance.capa-opened": _("CAPA opened"),
    "lot.returned": _("Returned to supplier"),
    "lot.sent-to-rework": _("Sent to rework"),
    "inspection.created": _("Inspection asked for"),
    "inspection.in_progress": _("Inspection begun"),
    "inspection.measured": _("Measured"),
    "inspection.corrected": _("Result corrected"),
    "inspection.defect-marked": _("Defect marked on the drawing"),
    "inspection.mark-removed": _("Mark taken away"),
    "inspection.signed": _("Signed"),
    "inspection.first-article-signed": _("First article report signed"),
    "inspection.counted": _("Judged by eye"),
    "inspection.file-taken": _("Results of a measuring machine"),
    "inspection.decided": _("Inspection decided"),
    "inspection.repeated": _("Inspected once more"),
    "inspection.skipped": _("Let in without inspection"),
    "samplingseries.switched": _("Inspection got harder or easier"),
    "samplingseries.resumed": _("Lots are taken again"),
    "inspection.escalated": _("Escalated"),
    "correctiveaction.opened": _("CAPA opened"),
    "correctiveaction.root-cause": _("Root cause written"),
    "correctiveaction.action-added": _("Action planned"),
    "correctiveaction.action-done": _("Action done"),
    "correctiveaction.escalated": _("Escalated"),
    "correctiveaction.action-escalated": _("Action escalated"),
    "correctiveaction.actions": _("Actions running"),
    "correctiveaction.effectiveness": _("Effectiveness check due"),
    "correctiveaction.signed": _("Signed"),
    "correctiveaction.checked": _("Effectiveness checked"),
    "correctiveaction.closed": _("CAPA closed"),
    "sensor.calibrated": _("Calibration passed"),
    "sensor.failed": _("Calibration failed"),
    "sensor.due-soon": _("Calibration due soon"),
    "sensor.overdue": _("Calibration overdue"),
    "sensor.escalated": _("Escalated"),
    "sensor.created": _("Sensor registered"),
    "sensor.changed": _("Sensor changed"),
    "characteristic.created": _("Characteristic"),
    "characteristic.changed": _("Characteristic"),
    "controlplan.created": _("Control plan written"),
    "controlplan.changed": _("Control plan changed"),
    "controlplan.deleted": _("Control plan deleted"),
    "controlplanline.created": _("Control plan changed"),
    "controlplanline.changed": _("Control plan changed"),
    "controlplan.signed": _("Signed"),
    "controlplan.approved": _("Control plan approved"),
    "controlplan.retired": _("Control plan retired"),
})


def find(code: str, person: Person) -> list[search.Hit]:
    """A nonconformance, inspection or CAPA by its number."""
    if not code:
        return []
    kinds = (
        (Nonconformance, "nonconformance", now("Nonconformance"), "alert-triangle"),
        (Inspection, "inspection", now("Inspection"), "ruler-measure"),
        (CorrectiveAction, "capa", now("CAPA"), "tools"),
    )
    return [
        search.Hit(
            row.number, reverse(f"qms:{name}-detail", args=[row.number]), word, str(getattr(row, "title", "")),
            row.status, row.number.lower() == code.lower(), icon,
        )
        for model, name, word, icon in kinds
        if policies.may(person, f"{name}.read")
        for row in scoping.visible(model.objects.filter(number__istartswith=code), person)[:8]
    ]


def waiting(person: Person) -> list[inbox.Item]:
    """Nonconformances of one's role or own, inspections, CAPAs and their actions."""
    return [*_cases(person), *_tasks(person), *_capas(person), *_actions(person), *_sensors(person)]


def _sensors(person: Person) -> list[inbox.Item]:
    return [
        inbox.Item(
            str(sensor), reverse("qms:sensor-detail", args=[sensor.code]), now("Calibration"),
            "FAILED" if sensor.failed_at else "DUE", sensor.due_at, sensor.equipment.code,
            "task" if sensor.stage == 1 else "alarm",
        )
        for sensor in sensors.waiting(person)
    ]


def _cases(person: Person) -> list[inbox.Item]:
    rows = Nonconformance.objects.filter(status=NonconformanceStatus.OPEN, owner_role__in=person.roles)
    rows |= Nonconformance.objects.filter(status__in=["OPEN", "REVIEW", "DISPOSED"], owner=person)
    return [
        inbox.Item(f"{case.number} {case.title}", reverse("qms:nonconformance-detail", args=[case.number]),
                   now("Nonconformance"), case.status, case.due_at)
        for case in scoping.visible(rows.order_by("due_at"), person)[:SHOWN]
    ]


def _tasks(person: Person) -> list[inbox.Item]:
    if Role.INSPECTOR not in person.roles:
        return []
    rows = Inspection.objects.filter(status__in=inspections.TO_DO).select_related("lot").order_by("due_at")
    return [
        inbox.Item(f"{task.number} {task.lot.number}", reverse("qms:inspection-detail", args=[task.number]),
                   now("Inspection"), task.status, task.due_at, task.operation)
        for task in scoping.visible(rows, person)[:SHOWN]
    ]


def _capas(person: Person) -> list[inbox.Item]:
    rows = CorrectiveAction.objects.filter(overdue.concerns(person)).exclude(status=CapaStatus.CLOSED)
    return [
        inbox.Item(
            f"{capa.number} {capa.title}", reverse("qms:capa-detail", args=[capa.number]), now("CAPA"), capa.status,
            overdue.due_of(capa), "" if capa.owner_id == person.pk else str(capa.owner),
        )
        for capa in scoping.visible(rows.select_related("owner").order_by("due_at"), person)[:SHOWN]
    ]


def _actions(person: Person) -> list[inbox.Item]:
    rows = CapaAction.objects.filter(overdue.concerns(person), done_at__isnull=True)
    rows = rows.select_related("capa", "owner").order_by("due_at")
    return [
        inbox.Item(
            f"{action.capa.number} {action.description[:80]}", reverse("qms:capa-detail", args=[action.capa.number]),
            now("CAPA action"), action.capa.status, action.due_at,
            "" if action.owner_id == person.pk else str(action.owner),
        )
        for action in scoping.visible(rows, person)[:SHOWN]
    ]


STANDING = InspectionResult.objects.filter(superseded_by__isnull=True)
COUNTED = InspectionCount.objects.filter(superseded_by__isnull=True, inspected__gte=1)


def inspected(lots: Sequence[MaterialLot]) -> dict[str, Any]:
    """What was measured on a lot and on what it was made from."""
    items = InspectionItem.objects.filter(inspection__lot__in=lots).select_related(
        "inspection__lot", "inspection__inspector", "characteristic__parameter__unit"
    ).prefetch_related(Prefetch("results", STANDING), Prefetch("counts", COUNTED))
    rows = list(items.order_by("-inspection", "pk")[:SHOWN])
    return {"measured": rows, "lot": lots[0]} if lots else {}


def doubted(lots: Sequence[MaterialLot]) -> dict[str, Any]:
    """Where these lots stood beside a sensor that was in doubt then."""
    rows = sensors.of_lots(lots, timezone.now())
    return {"suspects": rows[:SHOWN]} if rows else {}


dossier_parts.register(_("Sensors in doubt"), "qms/sensor/dossier.html", doubted)
dossier_parts.register(_("Inspection results"), "qms/inspection/dossier.html", inspected)
search.register(find)
inbox.register(waiting)
