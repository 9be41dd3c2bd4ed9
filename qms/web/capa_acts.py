"""What a person does to a CAPA: write the cause, plan and finish actions, check that it worked, close."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plant.web.acting import Acts, signed, valid
from plant.web.forms import edit
from qms.commands import capas
from qms.models import CapaAction, CorrectiveAction
from qms.queries import capas as reading
from qms.web.capas import detail
from qms.web.forms import ActionForm, CheckForm, ResultForm, RootCauseForm

act = Acts(find=reading.by_number, back="qms:capa-detail", page=detail)


@act("capa.edit", done=_("Saved."))
def root_cause(request: HttpRequest, capa: CorrectiveAction) -> None:
    """Write down why."""
    edit(
        CorrectiveAction.objects.filter(pk=capa.pk), lambda row: RootCauseForm.of(row, request.POST),
        lambda row, asked: capas.set_root_cause(capa=row, **asked, by=request.user, at=timezone.now()),
    )


@act("capa.edit", done=_("Added."))
def add_action(request: HttpRequest, capa: CorrectiveAction) -> None:
    """Plan something to do."""
    capas.add_action(capa=capa, **valid(ActionForm(request.POST, by=request.user)), by=request.user, at=timezone.now())


@act("capa.do", done=_("Done."))
def finish_action(request: HttpRequest, capa: CorrectiveAction, pk: int) -> None:
    """Something is done."""
    action = get_object_or_404(CapaAction.objects.select_related("capa"), pk=pk, capa=capa)
    capas.finish_action(action=action, **valid(ResultForm(request.POST)), by=request.user, at=timezone.now())


@act("capa.edit", done=_("From now on it is watched."))
def start_check(request: HttpRequest, capa: CorrectiveAction) -> None:
    """Everything is done; watch whether it stays away."""
    capas.start_check(capa=capa, by=request.user, at=timezone.now())


@act("capa.check", done=_("The check is recorded."))
def check(request: HttpRequest, capa: CorrectiveAction) -> None:
    """The effectiveness check, signed."""
    is_effective = valid(CheckForm(request.POST))["effective"] == "yes"
    said = signed(request)
    capas.check(
        capa=capa, effective=is_effective, finding=said["reason"], password=said["password"],
        seen_hash=said["seen_hash"], by=request.user, at=timezone.now(),
    )


@act("capa.close", done=_("Closed."))
def close(request: HttpRequest, capa: CorrectiveAction) -> None:
    """Close it."""
    capas.close(capa=capa, by=request.user, at=timezone.now())
