"""Gauges, sensors, impact reviews, requests, assessments, returns, series and drawings as they stand on paper."""

from django.utils.translation import gettext as _

from plant.models import Person
from plant.plain_sheets import Part, of
from plant.printing import Sheet, Table, facts_of, text
from qms.models import StepAnswer, SupplierRequest
from qms.queries import supplier_requests as asked

CALIBRATED = ("at", "result", "certificate", "laboratory", "next_due_at", "by", "remark")
WATCHED = ("serial_number", "equipment", "interval_days", "warn_days", "due_at", "failed_at", "owner_role", "owner")
gauge = of(
    ("type", "maker", *WATCHED, "lowest", "highest", "resolution", "uses"), Part("calibrations", CALIBRATED),
    Part("loans", ("person", "station", "lent_by", "lent_at", "back_by", "returned_at")),
    Part("reviews", ("number", "status", "since", "until", "closed_by", "closed_at")), number="code", title="name",
)
sensor = of(WATCHED, Part("calibrations", CALIBRATED), number="code", title="name")
impact = of(
    ("gauge", "since", "until", "calibrated_by", "opened_at", "closed_by", "closed_at"),
    Part("items", ("title", "lot", "measurements", "first_at", "last_at", "decision", "reason", "by", "at")),
    title="gauge",
)
assessment = of(
    ("supplier", "kind", "assessor", "percent", "decision", "decided_by", "decided_at", "next_at", "opened_at"),
    Part("answers", ("question", "weight", "least", "points", "remark")), title="supplier",
)
rma = of(
    ("complaint", "lot", "shipment", "quantity", "in_warranty", "analysed_by", "decision", "decided_by", "opened_by",
     "opened_at", "received_at", "closed_at"), texts=("analysis", "done"), title="complaint",
)
series = of(
    ("supplier", "material", "site", "operation", "characteristic", "stage", "reason", "score", "lots", "accepted",
     "rejected", "skipped", "changed_at"),
    Part("items", ("inspection", "lot_size", "severity", "letter", "sample_size", "ac", "re", "found", "accepted")),
    number="pk", title="characteristic",
)
drawing = of(
    ("material", "name", "sha256", "by", "at"), Part("balloons", ("number", "page", "characteristic", "requirement")),
    number="", title="title",
)
REQUESTED = ("kind", "supplier", "material", "nonconformance", "owner", "due_at", "email", "opened_at", "closed_at")


def request(row: SupplierRequest, reader: Person) -> Sheet:
    """What a supplier is asked, every answer to every step, and what was said to it."""
    steps = [(step.position, step.title, step) for step in asked.steps(row)]
    summary = [(str(place), title, str(step.get_status_display()), text(step.due_at)) for place, title, step in steps]
    tables = [Table(_("Steps"), [_("Step"), _("Name"), _("State"), _("Answer by")], summary, (0,))]
    for place, title, step in steps:
        rows = [_answer(one) for one in step.answers.order_by("pk").select_related("verdict__by")]
        if rows:
            columns = [_("At"), _("Answered by"), _("Answer"), _("Verdict"), _("Reason"), _("By")]
            tables.append(Table(f"{place} · {title}", columns, rows))
    return Sheet(
        kind=str(row.get_kind_display()), number=row.number, title=row.title, state=str(row.get_status_display()),
        facts=facts_of(row, REQUESTED), texts=[(_("Problem"), row.problem)], tables=tables,
    )


def _answer(one: StepAnswer) -> tuple[str, ...]:
    verdict = getattr(one, "verdict", None)
    said = ("–", "–", "–") if verdict is None else (
        _("Accepted") if verdict.is_accepted else _("Refused"), text(verdict.reason), str(verdict.by)
    )
    return text(one.at), one.author, text(one.text), *said
