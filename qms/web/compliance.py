"""The compliance matrix, clause by clause with its records, and the pack of a period for an auditor from outside."""

import io
import zipfile
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plant import policies, printing, scoping, subjects
from plant.lists import sheets
from plant.models import JournalEntry, Person
from plant.printing import text
from plant.web.access import needs
from plant.web.sheets import complete
from qms import compliance, review_inputs
from qms.compliance import Evidence
from qms.models import (
    Audit,
    AuditAnswer,
    Calibration,
    Complaint,
    Concession,
    ControlPlan,
    CorrectiveAction,
    Document,
    DocumentTraining,
    Fmea,
    Inspection,
    Nonconformance,
    QualityObjective,
    SupplierRequest,
)
from qms.web.quality_cost import asked

MOST_SHEETS = 150
# What goes into the pack: the model, the moment that places it in the period.
PACKED: tuple[tuple[Any, str], ...] = (
    (Nonconformance, "opened_at"), (CorrectiveAction, "opened_at"), (Audit, "planned_at"), (Concession, "asked_at"),
    (Inspection, "created_at"),
)


def within(model: Any, field: str) -> Any:
    """How many records of a model a person sees in a period."""
    def count(person: Person, since: datetime, until: datetime) -> int:
        rows = model._default_manager.filter(**{f"{field}__gte": since, f"{field}__lt": until})
        return scoping.visible(rows, person).count()

    return count


compliance.register(
    Evidence(("8.7", "8.5.2"), _("Nonconformances"), "qms:nonconformance-list", "nonconformance.read",
             within(Nonconformance, "opened_at")),
    Evidence(("10.2", "10.3"), _("CAPA"), "qms:capa-list", "capa.read", within(CorrectiveAction, "opened_at")),
    Evidence(("9.2",), _("Audits"), "qms:audit-list", "audit.read", within(Audit, "planned_at")),
    Evidence(("8.7", "8.5.6"), _("Concessions"), "qms:concession-list", "concession.read",
             within(Concession, "asked_at")),
    Evidence(("8.6", "8.4"), _("Inspections"), "qms:inspection-list", "inspection.read",
             within(Inspection, "created_at")),
    Evidence(("7.1.5",), _("Calibrations"), "qms:sensor-list", "sensor.read", within(Calibration, "at")),
    Evidence(("6.2", "9.1"), _("Quality objectives"), "qms:objectives", "quality-cost.read",
             lambda person, since, until: QualityObjective.objects.filter(active=True).count()),
    Evidence(("6.1",), _("FMEA"), "qms:fmea-list", "fmea.read", within(Fmea, "effective__startswith")),
    Evidence(("7.2",), _("Documents read and signed"), "qms:training-matrix", "document.teach",
             within(DocumentTraining, "at")),
    Evidence(("7.5",), _("Documents"), "qms:document-list", "document.read", within(Document, "effective__startswith")),
    Evidence(("8.2",), _("Complaints"), "qms:complaint-list", "complaint.read", within(Complaint, "opened_at")),
    Evidence(("8.4",), _("Requests to suppliers"), "qms:supplier-request-list", "supplier-request.read",
             within(SupplierRequest, "opened_at")),
    Evidence(("8.5.1",), _("Control plans"), "qms:control-plan-list", "control-plan.read",
             within(ControlPlan, "effective__startswith")),
    Evidence(("9.3",), _("Management review"), "qms:management-review", "audit.pack",
             lambda person, since, until: sum(len(review_inputs.of(topic)) for topic in review_inputs.TOPICS)),
    Evidence(("5.3", "7.5"), _("Record book"), "plant:journal-list", "journal.read",
             within(JournalEntry, "at")),
)


@needs("audit.read")
def matrix(request: HttpRequest) -> HttpResponse:
    """Every clause with the records of the period that speak for it, and what audits said of it."""
    since, until = asked(request)
    told = AuditAnswer.objects.exclude(question__clause="").values("question__clause", "answer")
    said: dict[str, list[str]] = {}
    rows = scoping.visible(Audit.objects.filter(reported_at__gte=since, reported_at__lt=until), request.user)
    for row in told.filter(audit__in=rows).annotate(last=Max("at")).order_by("last"):
        said.setdefault(row["question__clause"], []).append(row["answer"])
    lines = [
        {
            "clause": clause, "word": word,
            "records": [
                (one, reverse(one.url_name), one.count(request.user, since, until)) for one in compliance.of(clause)
                if policies.may(request.user, one.action)
            ],
            "worst": worst(said.get(clause, [])),
        }
        for clause, word in compliance.CLAUSES.items()
    ]
    days = _days(request)
    pack_href = f"{reverse('qms:audit-pack')}?since={days['since']}&until={days['until']}"
    context = {"lines": lines, "pack_href": pack_href, "why_pack": policies.why_not(request.user, "audit.pack"), **days}
    return render(request, "qms/audit/compliance.html", context)


def _days(request: HttpRequest) -> dict[str, str]:
    since, until = asked(request)
    last = timezone.localtime(until) - timedelta(days=1)
    return {"since": f"{timezone.localtime(since):%Y-%m-%d}", "until": f"{last:%Y-%m-%d}"}


def worst(answers: list[str]) -> str:
    """The gravest answer of a clause in the period; empty where no audit asked."""
    order = ["MAJOR", "MINOR", "OBSERVATION", "GOOD"]
    return next((one for one in order if one in answers), "")


@needs("audit.pack")
def pack(request: HttpRequest) -> HttpResponse:
    """The records of a period as PDF sheets with a table of contents, in one archive."""
    since, until = asked(request)
    into, contents, left = io.BytesIO(), [], MOST_SHEETS
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for model, field in PACKED:
            rows = model._default_manager.filter(**{f"{field}__gte": since, f"{field}__lt": until})
            subject = subjects.of(model._meta.model_name)
            if subject is None or not policies.may(request.user, subject.action):
                continue
            for row in scoping.visible(rows, request.user).order_by("pk"):
                name = f"{subject.kind}/{row.number}.pdf" if left > 0 else ""
                if name:
                    archive.writestr(name, _paper(request, subject, row))
                    left -= 1
                contents.append([subject.kind, row.number, text(getattr(row, field)),
                                 str(row.get_status_display()), name])
        head = [str(word) for word in (_("Kind"), _("Number"), _("At"), _("State"), _("File"))]
        archive.writestr("contents.xlsx", b"".join(sheets.as_xlsx("contents", head, contents)))
    answer = HttpResponse(into.getvalue(), content_type="application/zip")
    days = _days(request)
    answer["Content-Disposition"] = f'attachment; filename="audit-pack-{days["since"]}-{days["until"]}.zip"'
    return answer


def _paper(request: HttpRequest, subject: Any, row: Any) -> bytes:
    sheet = complete(subject.sheet(row, request.user), row, request.build_absolute_uri(subject.url(row)))
    return printing.pdf(sheet, printed_by=request.user.name, printed_at=text(timezone.now()))
