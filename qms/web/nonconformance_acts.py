"""What a person does to a nonconformance: take it on, decide, add lots, stop and restart, close."""

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plant.errors import Refusal
from plant.models import Equipment
from plant.web.acting import Acts, signed, valid
from plant.web.forms import edit
from qms.commands import capa_orders, nonconformances
from qms.models import Nonconformance
from qms.queries import nonconformances as reading
from qms.web.capa_forms import StopForm as LineForm
from qms.web.dispositions import DispositionForm
from qms.web.forms import CloseForm, MoreLotsForm, OwnerForm, RestartForm, StopForm
from qms.web.nonconformances import detail

act = Acts(find=reading.by_number, back="qms:nonconformance-detail", page=detail)


@act("nonconformance.review", done=gettext_lazy("You answer for it now."))
def review(request: HttpRequest, case: Nonconformance) -> None:
    """Take it on."""
    nonconformances.review(nonconformance=case, by=request.user, at=timezone.now())


@act("nonconformance.review", done=gettext_lazy("Assigned."))
def assign(request: HttpRequest, case: Nonconformance) -> None:
    """Give it to somebody."""
    edit(
        Nonconformance.objects.filter(pk=case.pk), lambda row: OwnerForm.of(row, request.POST, by=request.user),
        lambda row, asked: nonconformances.assign_owner(
            nonconformance=row, **asked, by=request.user, at=timezone.now()
        ),
    )


@act("nonconformance.add-lots", done=gettext_lazy("The lots are held."))
def add_lots(request: HttpRequest, case: Nonconformance) -> None:
    """Hold more lots under it."""
    asked = valid(MoreLotsForm(request.POST, by=request.user))
    nonconformances.add_lots(nonconformance=case, **asked, by=request.user, at=timezone.now())


@act("nonconformance.close", done=gettext_lazy("Closed."))
def close(request: HttpRequest, case: Nonconformance) -> None:
    """Close it."""
    nonconformances.close(nonconformance=case, **valid(CloseForm(request.POST)), by=request.user, at=timezone.now())


@act("nonconformance.dispose", done=gettext_lazy("Decided and carried out."))
def dispose(request: HttpRequest, case: Nonconformance) -> None:
    """Decide, signed."""
    form = DispositionForm(request.POST, lines=reading.lot_lines(case), by=request.user)
    valid(form)
    nonconformances.dispose(
        nonconformance=case, lines=form.decided(), **signed(request), by=request.user, at=timezone.now()
    )


@act("nonconformance.stop-equipment", done=gettext_lazy("The equipment is stopped."))
def stop(request: HttpRequest, case: Nonconformance) -> None:
    """Stop the equipment of the case."""
    asked = valid(StopForm(request.POST))
    nonconformances.stop_equipment(
        nonconformance=case, equipment=equipment_of(case), **asked, by=request.user, at=timezone.now()
    )


@act("stoppage.stop", done=gettext_lazy("It stands still until what is wrong is put right."))
def stop_line(request: HttpRequest, case: Nonconformance) -> None:
    """Stop a line or a station until what is wrong there is put right."""
    asked = valid(LineForm(request.POST, by=request.user))
    capa_orders.stop(subject=case, **asked, by=request.user, at=timezone.now())


@act("nonconformance.restart-equipment", done=gettext_lazy("The equipment may run again."))
def restart(request: HttpRequest, case: Nonconformance) -> None:
    """Let the equipment go again, signed, with cause and action."""
    nonconformances.restart_equipment(
        nonconformance=case, equipment=equipment_of(case), **valid(RestartForm(request.POST)), **signed(request),
        by=request.user, at=timezone.now(),
    )


def equipment_of(case: Nonconformance) -> Equipment:
    """The machine that the case names."""
    if case.equipment is None:
        raise Refusal(_("%(number)s names no equipment.") % {"number": case.number})
    return case.equipment
