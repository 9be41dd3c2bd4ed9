"""What a person does to a nonconformance: take it on, decide, add lots, stop and restart, close."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from plant.errors import Refusal
from plant.web.access import needs
from qms.commands import nonconformances
from qms.models import Decision
from qms.policies import Line
from qms.queries import nonconformances as reading
from qms.web.acting import act, valid
from qms.web.forms import CloseForm, MoreLotsForm, OwnerForm
from qms.web.nonconformances import detail

BACK = "qms:nonconformance-detail"


@require_POST
@needs("nonconformance.review")
def review(request: HttpRequest, number: str) -> HttpResponse:
    """Take it on."""
    case = reading.by_number(number)
    return act(
        request, lambda: nonconformances.review(nonconformance=case, by=request.user, at=timezone.now()),
        done=_("You answer for it now."), back=BACK, number=number, page=detail,
    )


@require_POST
@needs("nonconformance.review")
def assign(request: HttpRequest, number: str) -> HttpResponse:
    """Give it to somebody."""
    case = reading.by_number(number)

    def command() -> None:
        owner = valid(OwnerForm(request.POST))["owner"]
        nonconformances.assign_owner(nonconformance=case, owner=owner, by=request.user, at=timezone.now())

    return act(request, command, done=_("Assigned."), back=BACK, number=number, page=detail)


@require_POST
@needs("nonconformance.add-lots")
def add_lots(request: HttpRequest, number: str) -> HttpResponse:
    """Hold more lots under it."""
    case = reading.by_number(number)

    def command() -> None:
        asked = valid(MoreLotsForm(request.POST))
        nonconformances.add_lots(nonconformance=case, **asked, by=request.user, at=timezone.now())

    return act(request, command, done=_("The lots are held."), back=BACK, number=number, page=detail)


@require_POST
@needs("nonconformance.close")
def close(request: HttpRequest, number: str) -> HttpResponse:
    """Close it."""
    case = reading.by_number(number)

    def command() -> None:
        reason = valid(CloseForm(request.POST))["reason"]
        nonconformances.close(nonconformance=case, reason=reason, by=request.user, at=timezone.now())

    return act(request, command, done=_("Closed."), back=BACK, number=number, page=detail)


@require_POST
@needs("nonconformance.dispose")
@sensitive_post_parameters("password")
def dispose(request: HttpRequest, number: str) -> HttpResponse:
    """Decide, signed."""
    case = reading.by_number(number)

    def command() -> None:
        nonconformances.dispose(
            nonconformance=case, lines=lines(request.POST, reading.lot_lines(case)), **signed(request),
            by=request.user, at=timezone.now(),
        )

    return act(request, command, done=_("Decided and carried out."), back=BACK, number=number, page=detail)


@require_POST
@needs("nonconformance.stop-equipment")
def stop(request: HttpRequest, number: str) -> HttpResponse:
    """Stop the equipment of the case."""
    case = reading.by_number(number)

    def command() -> None:
        if case.equipment is None:
            raise Refusal(_("%(number)s names no equipment.") % {"number": number})
        nonconformances.stop_equipment(
            nonconformance=case, equipment=case.equipment, reason=request.POST.get("reason") or case.title,
            by=request.user, at=timezone.now(),
        )

    return act(request, command, done=_("The equipment is stopped."), back=BACK, number=number, page=detail)


@require_POST
@needs("nonconformance.restart-equipment")
@sensitive_post_parameters("password")
def restart(request: HttpRequest, number: str) -> HttpResponse:
    """Let the equipment go again, signed, with cause and action."""
    case = reading.by_number(number)

    def command() -> None:
        if case.equipment is None:
            raise Refusal(_("%(number)s names no equipment.") % {"number": number})
        nonconformances.restart_equipment(
            nonconformance=case, equipment=case.equipment, assignable_cause=request.POST.get("assignable_cause", ""),
            action_taken=request.POST.get("action_taken", ""), **signed(request), by=request.user, at=timezone.now(),
        )

    return act(request, command, done=_("The equipment may run again."), back=BACK, number=number, page=detail)


def signed(request: HttpRequest) -> dict[str, str]:
    """What the signature dialog posts."""
    return {name: request.POST.get(name, "") for name in ("reason", "password", "seen_hash")}


def lines(form: Mapping[str, str], rows: list[reading.LotLine]) -> list[Line]:
    """The decisions of the form: one for everything that is left, or amounts lot by lot."""
    step = form.get("step", "")
    for_all = form.get("for_all", "")
    if for_all in Decision.values:
        return [decided(row, for_all, row.left, step) for row in rows if row.left > 0]
    found = []
    for row in rows:
        for decision in Decision.values:
            amount = number_of(form.get(f"{decision}-{row.lot.pk}", ""), row.lot.number)
            if amount:
                found.append(decided(row, decision, amount, step))
    return found


def decided(row: reading.LotLine, decision: str, amount: Decimal, step: str) -> Line:
    """One line; only rework names an operation."""
    return Line(row.lot, decision, amount, step if decision == Decision.REWORK else "")


def number_of(text: str, lot: str) -> Decimal:
    """A quantity as typed; nothing means zero."""
    try:
        amount = Decimal(text.strip().replace(",", ".") or "0")
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or amount < 0:
        words = {"text": text[:40], "lot": lot}
        raise Refusal(_("“%(text)s” is not a quantity (lot %(lot)s).") % words, code="bad-quantity")
    return amount
