"""What quality planning adds to the frame of every page: FMEA, what waits of it, the journal's words."""

from django.urls import reverse
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from plant import inbox, navigation, policies, search, subjects, words
from plant.models import Person, ReviewStatus
from qms.models import DELIVERED, ApqpDeliverable, ApqpProject, ControlPlan, Drawing, Fmea, FmeaAction
from qms.queries import apqp, overdue
from qms.queries.fmeas import OPEN
from qms.web import apqp_lists, fmea_sheet, plain_papers, plan_sheet

SHOWN = 50
navigation.register(
    navigation.Page("quality", _("FMEA"), "qms:fmea-list", "fmea.read", "hierarchy-3", 48),
    navigation.Page("quality", _("APQP"), "qms:apqp-list", "apqp.read", "rocket", 47),
    navigation.Act(_("New APQP project"), "qms:apqp-create", "apqp.edit", "rocket", "qms:apqp-list"),
    navigation.Page("quality", _("Drawings"), "qms:drawing-list", "drawing.read", "ruler-2", 51),
    navigation.Page("quality", _("Risks"), "qms:risk-list", "fmea.read", "alert-octagon", 49),
    navigation.Act(
        _("New control plan"), "qms:control-plan-create", "control-plan.edit", "clipboard-list", "qms:control-plan-list"
    ),
    navigation.Act(_("New FMEA"), "qms:fmea-create", "fmea.edit", "hierarchy-3", "qms:fmea-list"),
)
subjects.register(
    subjects.Subject(Fmea, "fmea.read", "qms:fmea-detail", key="pk", sheet=fmea_sheet.paper),
    subjects.Subject(Drawing, "drawing.read", "qms:drawing-detail", key="pk", sheet=plain_papers.drawing),
    subjects.Subject(ApqpProject, "apqp.read", "qms:apqp-detail", sheet=apqp_lists.paper),
    subjects.Subject(ApqpDeliverable, "apqp.read", "qms:apqp-deliverable", key="pk"),
    subjects.Subject(ControlPlan, "control-plan.read", "qms:control-plan-detail", key="pk", sheet=plan_sheet.paper),
)
words.register({
    "drawing.created": _("Drawing kept"),
    "drawing.balloon-placed": _("Balloon placed"),
    "drawing.balloon-moved": _("Balloon moved"),
    "drawing.balloon-removed": _("Balloon taken away"),
    "apqpproject.opened": _("Project begun"),
    "apqpproject.closed": _("Project closed"),
    "apqpproject.cancelled": _("Project given up"),
    "apqpproject.gate-passed": _("Gate passed"),
    "apqpproject.tested": _("Report added"),
    "apqpproject.deliverable-added": _("Deliverable asked for"),
    "apqpproject.deliverable-assigned": _("Deliverable handed over"),
    "apqpproject.deliverable-done": _("Deliverable delivered"),
    "apqpproject.deliverable-waived": _("Does not apply"),
    "apqpproject.deliverable-open": _("Opened again"),
    "apqpproject.deliverable-escalated": _("Deliverable overdue"),
    "apqpphase.signed": _("Signed"),
    "apqpphase.passed": _("Gate passed"),
    "controlplan.revised": _("New revision begun"),
    "controlplan.reopened": _("Called for by"),
    "controlplan.review": _("Handed in"),
    "controlplan.draft": _("Sent back"),
    "controlplan.effective": _("In effect"),
    "controlplan.obsolete": _("Retired"),
    "controlplan.floor-moved": _("The floor moved on beneath it"),
    "controlplan.carried-out": _("Carried to the floor"),
    "controlplan.line-added": _("Row added"),
    "controlplan.line-changed": _("Row changed"),
    "controlplan.line-removed": _("Row taken out"),
    "checkrule.ended": _("Operator check ended"),
    "fmea.created": _("FMEA begun"),
    "fmea.revised": _("New revision begun"),
    "fmea.reopened": _("Called for by"),
    "fmea.review": _("Handed in"),
    "fmea.draft": _("Sent back"),
    "fmea.signed": _("Signed"),
    "fmea.effective": _("In effect"),
    "fmea.obsolete": _("Retired"),
    "fmea.line-added": _("Row added"),
    "fmea.line-changed": _("Row changed"),
    "fmea.line-removed": _("Row taken out"),
    "fmea.lines-brought": _("Rows copied from other FMEAs"),
    "fmea.action-planned": _("Action planned"),
    "fmea.action-begun": _("Action begun"),
    "fmea.action-done": _("Action done"),
    "fmea.action-dropped": _("Action not carried out"),
    "fmea.action-escalated": _("Action escalated"),
})


def find(code: str, person: Person) -> list[search.Hit]:
    """An FMEA or a control plan by its code; the newest revision."""
    if not code:
        return []
    kinds = (
        (Fmea, "fmea", now("FMEA"), "hierarchy-3"),
        (ControlPlan, "control-plan", now("Control plan"), "clipboard-list"),
    )
    return [
        search.Hit(str(row), reverse(f"qms:{name}-detail", args=[row.pk]), word, row.name, row.status,
                   row.code.lower() == code.lower(), icon)
        for model, name, word, icon in kinds
        if policies.may(person, f"{name}.read")
        for row in model.objects.filter(code__istartswith=code).order_by("code", "-revision").distinct("code")[:8]
    ]


def waiting(person: Person) -> list[inbox.Item]:
    """Documents to be approved by somebody else than who wrote them, and one's own actions."""
    return [*_reviews(person), *_actions(person), *_deliverables(person)]


def _reviews(person: Person) -> list[inbox.Item]:
    kinds = ((Fmea, "fmea", now("FMEA")), (ControlPlan, "control-plan", now("Control plan")))
    return [
        inbox.Item(f"{row} {row.name}", reverse(f"qms:{name}-detail", args=[row.pk]), word, row.status,
                   row.submitted_at, str(row.submitted_by or ""), "signature")
        for model, name, word in kinds
        if policies.may(person, f"{name}.approve")
        for row in model.objects.filter(status=ReviewStatus.REVIEW).exclude(submitted_by=person).exclude(
            written_by=person).select_related("submitted_by")[:SHOWN]
    ]


def _actions(person: Person) -> list[inbox.Item]:
    rows = FmeaAction.objects.filter(overdue.concerns(person), status__in=OPEN).select_related("line__fmea", "owner")
    return [
        inbox.Item(
            f"{action.line.fmea.code} {action.text[:80]}", reverse("qms:fmea-line", args=[action.line_id]),
            now("FMEA action"), action.status, action.due_at,
            "" if action.owner_id == person.pk else str(action.owner),
        )
        for action in rows.order_by("due_at")[:SHOWN]
    ]


def _deliverables(person: Person) -> list[inbox.Item]:
    rows = apqp.deliverables().filter(overdue.concerns(person)).exclude(status__in=DELIVERED)
    return [
        inbox.Item(
            f"{one.phase.project.number} {one.title}", reverse("qms:apqp-deliverable", args=[one.pk]),
            now("Deliverable"), one.status, one.due_at, "" if one.owner_id == person.pk else str(one.owner),
        )
        for one in rows.order_by("due_at")[:SHOWN]
    ]


search.register(find)
inbox.register(waiting)
