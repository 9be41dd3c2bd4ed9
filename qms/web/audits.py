"""Audits on the screen: the programme, one with its findings, and conducting it question by question on a tablet."""

from datetime import timedelta
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from plant import policies
from plant.commands import signatures, talk
from plant.errors import Refusal
from plant.models import Meaning, RevisionStatus
from plant.queries import journal
from plant.transactions import command
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs, enter, signed, valid
from qms.commands import audits as commands
from qms.models import Audit, AuditChecklist, AuditQuestion, AuditStatus
from qms.queries import audits as reading
from qms.scoring import POINTS
from qms.web import audit_forms
from qms.web.boxes import boxes
from qms.web.capa_forms import ReasonForm


@needs("audit.plan")
def plan(request: HttpRequest) -> HttpResponse:
    """Put one on the programme."""
    form = audit_forms.PlanForm(request.POST or None, initial=request.GET.dict(), by=request.user)

    def planned(said: dict[str, Any]) -> Audit:
        return commands.plan(**said, by=request.user, at=timezone.now())

    return enter(request, form, planned, template="qms/audit/plan.html", to="qms:audit-detail")


@needs("audit.read")
def detail(request: HttpRequest, number: str, refusal: Refusal | None = None) -> HttpResponse:
    """One audit: its answers, its findings and what became of them."""
    audit, dialogs, at = reading.by_number(number), Dialogs(request, refusal), timezone.localtime(timezone.now())
    rows = reading.answers(audit)
    findings = [row for row in rows if row.is_finding]
    due = {"due_at": at + timedelta(days=30), "check_due_at": at + timedelta(days=75)}
    boxes(dialogs, findings, {"capa": lambda row: partial(audit_forms.FindingCapaForm, initial=due)})
    context = {
        "audit": audit, "rows": rows, "findings": findings, "left": reading.unanswered(audit), "dialogs": dialogs,
        "result": reading.result(audit), "why": _why(request, audit, findings), "timeline": journal.timeline(audit),
        "forms": {
            "report": dialogs.form("report", audit_forms.ReportForm), "cancel": dialogs.form("cancel", ReasonForm),
        },
        "meaning": Meaning.APPROVED, "seen_hash": signatures.content_hash(reading.seen(audit)), "points": POINTS,
        "is_zh": (get_language() or "").startswith("zh"),
    }
    return render(request, "qms/audit/detail.html", context, status=dialogs.status)


def _why(request: HttpRequest, audit: Audit, findings: list[Any]) -> dict[str, str]:
    running = audit.status in (AuditStatus.PLANNED, AuditStatus.RUNNING)
    over = now("It is reported; its answers stay as they were signed.")
    settled = all(row.is_settled for row in findings)
    left = bool(reading.unanswered(audit))
    by_state = {
        "conduct": "" if running else over,
        "report": over if not running else now("Answer every question first.") if left
        else "" if audit.lead_id == request.user.pk else now("The lead auditor signs the report."),
        "close": now("It is not reported yet.") if audit.status != AuditStatus.REPORTED else "" if settled
        else now("Its findings are not settled yet."),
        "cancel": "" if audit.status == AuditStatus.PLANNED else now("It has begun."),
        "lead_on": "",
    }
    acts = {"conduct": "conduct", "report": "conduct", "close": "plan", "cancel": "plan", "lead_on": "conduct"}
    return {
        name: policies.why_not(request.user, f"audit.{acts[name]}") or reason for name, reason in by_state.items()
    }


@needs("audit.conduct")
def conduct(request: HttpRequest, number: str, pk: int = 0) -> HttpResponse:
    """One question on the screen, with large answers: the next one that is open, or the one that was chosen."""
    audit = reading.by_number(number)
    asked = reading.asked(audit)
    one = next((row for row in asked if (row.pk == pk if pk else not row.row)), None)
    if one is None:
        return redirect("qms:audit-detail", number)
    form = audit_forms.AnswerForm(
        request.POST or None, request.FILES or None, scheme=audit.checklist.scheme, initial=_known(audit, one),
        by=request.user,
    )
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            _send(audit, one.question, form.cleaned_data, request)
        except Refusal as refused:
            refusal = refused
        else:
            return redirect("qms:audit-conduct", number)
    context = {
        "audit": audit, "one": one, "form": form, "refusal": refusal, "asked": asked,
        "done": sum(1 for row in asked if row.row), "is_zh": (get_language() or "").startswith("zh"),
    }
    status = 409 if refusal else 422 if form.errors else 200
    return render(request, "qms/audit/conduct.html", context, status=status)


def _known(audit: Audit, one: reading.Asked) -> dict[str, Any]:
    if one.row is None:
        return {}
    given = str(one.row.points) if one.row.points is not None else one.row.answer
    return {"answer": given, "evidence": one.row.evidence}


@command
def _send(audit: Audit, question: AuditQuestion, said: dict[str, Any], request: HttpRequest) -> None:
    at, given = timezone.now(), said["answer"]
    points = int(given) if given.isdigit() else None
    answer = reading.by_points(points) if points is not None else given
    commands.answer(
        audit=audit, question=question, answer=answer, points=points, evidence=said["evidence"], by=request.user, at=at
    )
    for name, data in said["files"]:
        talk.attach(subject=audit, name=name, data=data, by=request.user, at=at)


act = Acts(find=reading.by_number, back="qms:audit-detail", page=detail)


@act("audit.conduct", done=_("The report is signed."))
def report(request: HttpRequest, audit: Audit) -> None:
    """Sign the report."""
    said = valid(audit_forms.ReportForm(request.POST))
    commands.report(audit=audit, **said, **signed(request), by=request.user, at=timezone.now())


@act("audit.conduct", done=_("A nonconformance is open for it."))
def open_case(request: HttpRequest, audit: Audit, pk: int) -> None:
    """A finding leads on."""
    case = commands.open_case(row=reading.answer_of(audit, pk), by=request.user, at=timezone.now())
    messages.info(request, case.number)


@act("audit.conduct", done=_("A CAPA is open for it."))
def open_capa(request: HttpRequest, audit: Audit, pk: int) -> None:
    """A finding leads on."""
    said = valid(audit_forms.FindingCapaForm(request.POST, by=request.user))
    commands.open_capa(row=reading.answer_of(audit, pk), **said, by=request.user, at=timezone.now())


@act("audit.plan", done=_("Closed."))
def close(request: HttpRequest, audit: Audit) -> None:
    """Close it."""
    commands.close(audit=audit, by=request.user, at=timezone.now())


@act("audit.plan", done=_("It is off the programme."))
def cancel(request: HttpRequest, audit: Audit) -> None:
    """Take it off."""
    commands.cancel(audit=audit, **valid(ReasonForm(request.POST)), by=request.user, at=timezone.now())


@needs("audit.read")
def checklist(request: HttpRequest, pk: int, refusal: Refusal | None = None) -> HttpResponse:
    """One revision of a checklist with its questions."""
    row, dialogs = reading.checklist(pk), Dialogs(request, refusal)
    context = {
        "one": row, "questions": row.questions.all(), "is_zh": (get_language() or "").startswith("zh"),
        "why": policies.why_not(request.user, "audit.plan")
        or ("" if row.status == RevisionStatus.DRAFT else now("It is in effect already.")),
        "dialogs": dialogs, "meaning": Meaning.APPROVED,
        "seen_hash": signatures.content_hash(reading.checklist_seen(row)),
    }
    return render(request, "qms/audit/checklist.html", context, status=dialogs.status)


@Acts(find=reading.checklist, back="qms:audit-checklist", page=checklist, key="pk")(
    "audit.plan", done=_("The checklist is in effect.")
)
def approve_checklist(request: HttpRequest, row: AuditChecklist) -> None:
    """Put it into effect, signed."""
    commands.approve(checklist=row, **signed(request), by=request.user, at=timezone.now())
