"""Requests to suppliers from our side: opened with their steps, judged step by step, renewed, closed."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from plant import live, policies
from plant.commands import journal, numbering
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Equipment, MaterialDefinition, Partner, PartnerKind, Person
from plant.transactions import command
from qms.commands import supplier_letters as letters
from qms.models import (
    Nonconformance,
    RequestKind,
    RequestStatus,
    RequestStep,
    StepAnswer,
    StepStatus,
    StepVerdict,
    SupplierRequest,
)

DAY = timedelta(days=1)
LINK_LASTS = 30 * DAY  # after the last step is due
# English, Chinese, days from the start, whether a file is asked for
STEPS: dict[str, list[tuple[str, str, int, bool]]] = {
    RequestKind.SCAR: [
        ("Containment: what protects us now", "临时遏制措施", 2, False),
        ("Root cause, and how you know", "根本原因及验证", 7, False),
        ("Corrective action, with its day", "纠正措施及完成日期", 14, False),
        ("Evidence that it works", "有效性证据", 28, True),
    ],
    RequestKind.PPAP: [
        ("Part submission warrant", "零件提交保证书（PSW）", 14, True),
        ("Dimensional results", "尺寸检测结果", 14, True),
        ("Process flow, FMEA and control plan", "过程流程图、FMEA 和控制计划", 21, True),
        ("Capability and gauge studies", "过程能力与测量系统分析", 28, True),
    ],
}


class RequestRefused(Refusal):
    """A step with a request that is not possible so."""

    code = "request-refused"


@command
def open_request(
    *, kind: str, supplier: Partner, site: Equipment, title: str, problem: str, by: Person, at: datetime,
    nonconformance: Nonconformance | None = None, material: MaterialDefinition | None = None, email: str = "",
    language: str = "zh-hans", **link: Any,
) -> SupplierRequest:
    """Ask a supplier: its steps with their days, a signed link, and a mail where there is an address.

    While one of a nonconformance is alive with that supplier, that one stands. link: host=… for the mail's address.
    """
    policies.check(by, "supplier-request.open", on=site)
    if supplier.kind != PartnerKind.SUPPLIER or not title.strip() or not problem.strip():
        raise RequestRefused(_("Name a supplier, and say in a sentence what the problem is."))
    if nonconformance is not None:
        lock(Nonconformance.objects.filter(pk=nonconformance.pk))
        alive = SupplierRequest.objects.filter(
            nonconformance=nonconformance, supplier=supplier, kind=kind, status__in=["OPEN", "REVIEW"]
        ).first()
        if alive is not None:
            return alive
    plan = STEPS[RequestKind(kind)]
    last = at + plan[-1][2] * DAY
    made = SupplierRequest.objects.create(
        number=numbering.next_number(kind.lower()), kind=kind, supplier=supplier, site=site, material=material,
        nonconformance=nonconformance, title=title.strip()[:200], problem=problem.strip(), email=email,
        language=language, owner=by, due_at=at + plan[0][2] * DAY, nonce=secrets.token_hex(16),
        link_until=last + LINK_LASTS, opened_at=at,
    )
    RequestStep.objects.bulk_create(
        RequestStep(request=made, position=number, name=name, name_zh=name_zh, due_at=at + days * DAY, needs_file=file)
        for number, (name, name_zh, days, file) in enumerate(plan, 1)
    )
    data = {"supplier": supplier.code, "nonconformance": nonconformance.number if nonconformance else ""}
    journal.record("supplierrequest.opened", subject=made, by=by, reason=made.title, data=data)
    if nonconformance is not None:
        told = {"request": made.number, "supplier": supplier.code}
        journal.record("nonconformance.supplier-asked", subject=nonconformance, by=by, data=told)
    letters.write(made, letters.ASKED, at=at, **link)
    return made


@command
def judge(
    *, answer: StepAnswer, is_accepted: bool, reason: str, by: Person, at: datetime,
    due_at: datetime | None = None, **link: Any,
) -> SupplierRequest:
    """Say that an answer is enough, or what is missing; the supplier hears it. The last accepted step closes."""
    policies.check(by, "supplier-request.judge")
    fresh = _locked(answer.step.request)
    step = lock(RequestStep.objects.filter(pk=answer.step_id))[0]
    newest = step.answers.order_by("-pk").first()
    if fresh.status != RequestStatus.REVIEW or step.status != StepStatus.ANSWERED or newest != answer:
        raise RequestRefused(_("Somebody judged this answer meanwhile. Reload the page and look again."))
    if not is_accepted and not reason.strip():
        raise RequestRefused(_("Say what is missing: the supplier reads it."), facts={"field": "reason"})
    StepVerdict.objects.create(answer=answer, is_accepted=is_accepted, reason=reason.strip(), by=by, at=at)
    word = "step-accepted" if is_accepted else "step-refused"
    journal.record(f"supplierrequest.{word}", subject=fresh, by=by, reason=reason, data={"step": step.position})
    step.status = StepStatus.ACCEPTED if is_accepted else StepStatus.WAITING
    step.due_at = step.due_at if is_accepted else max(due_at or at + 3 * DAY, at)
    step.save(update_fields=["status", "due_at"])
    following = fresh.steps.exclude(status=StepStatus.ACCEPTED).order_by("position").first()
    if following is None:
        journal.move(fresh, to=RequestStatus.CLOSED, by=by, closed_at=at)
        letters.write(fresh, letters.CLOSED, at=at, **link)
        return fresh
    until = max(fresh.link_until, following.due_at + LINK_LASTS)
    changes: dict[str, Any] = {"due_at": following.due_at, "escalations": 0, "link_until": until}
    journal.move(fresh, to=RequestStatus.OPEN, by=by, **changes)
    letters.write(fresh, letters.GO_ON if is_accepted else letters.AGAIN, at=at, reason=reason.strip(), **link)
    return fresh


@command
def renew(*, request: SupplierRequest, by: Person, at: datetime, email: str = "", **link: Any) -> SupplierRequest:
    """Give a request another link, and send it once more; the one before opens nothing from now on."""
    policies.check(by, "supplier-request.open", on=request.site)
    fresh = _locked(request)
    if fresh.status not in (RequestStatus.OPEN, RequestStatus.REVIEW):
        raise RequestRefused(_("This request is over; nobody answers it any more."))
    last = fresh.steps.order_by("-due_at").values_list("due_at", flat=True)[0]
    fresh.nonce, fresh.email = secrets.token_hex(16), email or fresh.email
    fresh.link_until = max(last, at) + LINK_LASTS
    fresh.save(update_fields=["nonce", "email", "link_until"])
    journal.record("supplierrequest.link-renewed", subject=fresh, by=by, data={"to": fresh.email})
    letters.write(fresh, letters.ASKED, at=at, **link)
    return fresh


@command
def cancel(*, request: SupplierRequest, reason: str, by: Person, at: datetime) -> SupplierRequest:
    """Take a request back; its link opens nothing any more."""
    policies.check(by, "supplier-request.open", on=request.site)
    if not reason.strip():
        raise RequestRefused(_("Say in a few words why."), facts={"field": "reason"})
    fresh = _locked(request)
    journal.move(fresh, to=RequestStatus.CANCELLED, by=by, reason=reason)
    return fresh


def _locked(request: SupplierRequest) -> SupplierRequest:
    return lock(SupplierRequest.objects.filter(pk=request.pk))[0]


def tell(request: SupplierRequest) -> None:
    """Pages that show it look again."""
    live.push("news", "supplier-request", {"number": request.number})
