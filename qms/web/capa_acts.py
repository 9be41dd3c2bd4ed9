"""What a person does to a CAPA: write the cause, plan and finish actions, check that it worked, close."""

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plant.web.acting import Acts, signed, valid
from plant.web.forms import edit
from qms.commands import capa_actions, capa_orders, capa_stages, capas
from qms.models import CorrectiveAction
from qms.queries import capas as reading
from qms.web import capa_forms, capa_stage_forms
from qms.web.capas import detail
from traceability.models import Hold

act = Acts(find=reading.by_number, back="qms:capa-detail", page=detail)


@act("capa.edit", done=_("Saved."))
def root_cause(request: HttpRequest, capa: CorrectiveAction) -> None:
    """Write down why."""
    edit(
        CorrectiveAction.objects.filter(pk=capa.pk), lambda row: capa_stage_forms.RootCauseForm.of(row, request.POST),
        lambda row, asked: capas.set_root_cause(
            capa=row, **asked, by=request.user, at=timezone.now()
        ),
    )


@act("capa.edit", done=_("Added."))
def add_cases(request: HttpRequest, capa: CorrectiveAction) -> None:
    """More nonconformances of the same kind."""
    said = valid(capa_forms.CasesForm(request.POST, by=request.user))
    capas.add_cases(capa=capa, **said, by=request.user, at=timezone.now())


@act("capa.edit", done=_("It goes through the nine stages from now on."))
def begin_eight_d(request: HttpRequest, capa: CorrectiveAction) -> None:
    """Turn it into an 8D."""
    capa_stages.begin(capa=capa, by=request.user, at=timezone.now())


@act("capa.edit", done=_("Added."))
def add_action(request: HttpRequest, capa: CorrectiveAction) -> None:
    """Plan something to do."""
    said = valid(capa_forms.ActionForm(request.POST, by=request.user))
    capas.add_action(capa=capa, **said, by=request.user, at=timezone.now())


@act("capa.do", done=_("Done."))
def finish_action(request: HttpRequest, capa: CorrectiveAction, pk: int) -> None:
    """Something is done, and this shows it."""
    said = valid(capa_forms.ResultForm(request.POST, request.FILES))
    capa_actions.finish_action(action=reading.action(capa, pk), **said, by=request.user, at=timezone.now())


@act("capa.verify", done=_("Saved."))
def verify_action(request: HttpRequest, capa: CorrectiveAction, pk: int) -> None:
    """Look whether it was done and works."""
    said = valid(capa_forms.VerifyForm(request.POST))
    capa_actions.verify_action(
        action=reading.action(capa, pk), is_good=said["is_good"] == "yes", finding=said["finding"], by=request.user,
        at=timezone.now(),
    )


@act("capa.edit", done=_("Saved."))
def put_off_action(request: HttpRequest, capa: CorrectiveAction, pk: int) -> None:
    """Give it more time."""
    said = valid(capa_forms.PutOffForm(request.POST))
    capa_actions.put_off(action=reading.action(capa, pk), **said, by=request.user, at=timezone.now())


@act("stoppage.stop", done=_("It stands still until what is wrong is put right."))
def stop(request: HttpRequest, capa: CorrectiveAction) -> None:
    """Stop a line or a station."""
    said = valid(capa_forms.StopForm(request.POST, by=request.user))
    capa_orders.stop(subject=capa, **said, by=request.user, at=timezone.now())


@act("capa.edit", done=_("The lots are held."))
def quarantine(request: HttpRequest, capa: CorrectiveAction) -> None:
    """Set lots aside."""
    said = valid(capa_forms.QuarantineForm(request.POST, by=request.user))
    capa_orders.quarantine(capa=capa, **said, by=request.user, at=timezone.now())


@act("capa.edit", done=_("Released."))
def let_go(request: HttpRequest, capa: CorrectiveAction, pk: int) -> None:
    """Let go what was set aside."""
    hold = reading.found(Hold.objects.filter(cause_kind="CAPA", cause_id=capa.number), pk)
    said = valid(capa_forms.ReasonForm(request.POST))
    capa_orders.let_go(capa=capa, hold=hold, **said, by=request.user, at=timezone.now())


@act("capa.edit", done=_("A draft of the next revision is open."))
def revise(request: HttpRequest, capa: CorrectiveAction) -> None:
    """Have a planning document revised."""
    said = valid(capa_forms.ReviseForm(request.POST, material=capa.material_id))
    kind, _bar, key = said["document"].partition("|")
    capa_orders.revise(capa=capa, kind=kind, key=key, reason=said["reason"], by=request.user, at=timezone.now())


@act("capa.edit", done=_("From now on it is watched."))
def start_check(request: HttpRequest, capa: CorrectiveAction) -> None:
    """Everything is done; watch whether it stays away."""
    said = valid(capa_forms.StartForm(request.POST)) if capa.effective is False else {}
    capas.start_check(capa=capa, **said, by=request.user, at=timezone.now())


@act("capa.check", done=_("The check is recorded."))
def check(request: HttpRequest, capa: CorrectiveAction) -> None:
    """The effectiveness check, signed."""
    is_effective = valid(capa_forms.CheckForm(request.POST))["effective"] == "yes"
    said = signed(request)
    capas.check(
        capa=capa, effective=is_effective, finding=said["reason"], password=said["password"],
        seen_hash=said["seen_hash"], by=request.user, at=timezone.now(),
    )


@act("capa.close", done=_("Closed."))
def close(request: HttpRequest, capa: CorrectiveAction) -> None:
    """Close it."""
    capas.close(capa=capa, by=request.user, at=timezone.now())
