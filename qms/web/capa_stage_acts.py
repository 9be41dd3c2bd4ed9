"""What a team does in the stages of an 8D: write, finish, open again; people, comparisons, whys and causes."""

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plant.web.acting import Acts, valid
from plant.web.forms import edit
from qms.commands import capa_causes, capa_stages
from qms.models import CapaMember, CorrectiveAction
from qms.queries import capas as reading
from qms.web import capa_forms, capa_stage_forms
from qms.web.capas import detail

act = Acts(find=reading.by_number, back="qms:capa-detail", page=detail)


@act("capa.edit", done=_("Saved."))
def write(request: HttpRequest, capa: CorrectiveAction, code: str) -> None:
    """What a stage found or decided."""
    edit(
        CorrectiveAction.objects.filter(pk=capa.pk),
        lambda row: capa_stage_forms.TextForm.of(row, code.upper(), request.POST),
        lambda row, asked: capa_stages.write(
            capa=row, code=code.upper(), **asked, by=request.user, at=timezone.now()
        ),
    )


@act("capa.edit", done=_("The stage is finished."))
def finish(request: HttpRequest, capa: CorrectiveAction, code: str) -> None:
    """A stage is finished."""
    capa_stages.finish(capa=capa, code=code.upper(), by=request.user, at=timezone.now())


@act("capa.edit", done=_("The stage is open again; its earlier revision stays."))
def reopen(request: HttpRequest, capa: CorrectiveAction, code: str) -> None:
    """Open it again, with a reason."""
    said = valid(capa_forms.ReasonForm(request.POST))
    capa_stages.reopen(capa=capa, code=code.upper(), **said, by=request.user, at=timezone.now())


@act("capa.edit", done=_("Saved."))
def member(request: HttpRequest, capa: CorrectiveAction) -> None:
    """Somebody for the team."""
    said = valid(capa_stage_forms.MemberForm(request.POST, by=request.user))
    capa_stages.join(capa=capa, **said, by=request.user, at=timezone.now())


@act("capa.edit", done=_("Saved."))
def drop_member(request: HttpRequest, capa: CorrectiveAction, pk: int) -> None:
    """Somebody leaves the team."""
    row = reading.found(CapaMember.objects.filter(capa=capa).select_related("person"), pk)
    capa_stages.leave(capa=capa, person=row.person, by=request.user, at=timezone.now())


@act("capa.edit", done=_("Saved."))
def compare(request: HttpRequest, capa: CorrectiveAction) -> None:
    """Is and is not."""
    def save(row: CorrectiveAction, asked: dict[str, str]) -> None:
        rows = capa_stage_forms.CompareForm.of(row, request.POST).asked(asked)
        capa_causes.compare(capa=row, rows=rows, by=request.user, at=timezone.now())

    edit(
        CorrectiveAction.objects.filter(pk=capa.pk),
        lambda row: capa_stage_forms.CompareForm.of(row, request.POST), save,
    )


@act("capa.edit", done=_("Added."))
def why(request: HttpRequest, capa: CorrectiveAction) -> None:
    """Answer a why."""
    said = valid(capa_stage_forms.WhyForm(request.POST, by=request.user, capa=capa))
    capa_causes.answer_why(capa=capa, **said, by=request.user, at=timezone.now())


@act("capa.edit", done=_("Saved."))
def mark_root(request: HttpRequest, capa: CorrectiveAction, pk: int) -> None:
    """This answer is a root cause, or it is not after all."""
    row = reading.why(capa, pk)
    capa_causes.mark_root(why=row, is_root=not row.is_root, by=request.user, at=timezone.now())


@act("capa.edit", done=_("Removed."))
def drop_why(request: HttpRequest, capa: CorrectiveAction, pk: int) -> None:
    """Take an answer away."""
    capa_causes.drop_why(why=reading.why(capa, pk), by=request.user, at=timezone.now())


@act("capa.edit", done=_("Added."))
def cause(request: HttpRequest, capa: CorrectiveAction) -> None:
    """A possible cause on a bone."""
    said = valid(capa_stage_forms.CauseForm(request.POST))
    capa_causes.suppose(capa=capa, **said, by=request.user, at=timezone.now())


@act("capa.edit", done=_("Saved."))
def judge(request: HttpRequest, capa: CorrectiveAction, pk: int) -> None:
    """Confirm a possible cause, or rule it out."""
    said = valid(capa_stage_forms.JudgeForm(request.POST))
    capa_causes.judge_cause(cause=reading.cause(capa, pk), **said, by=request.user, at=timezone.now())


@act("capa.edit", done=_("Removed."))
def drop_cause(request: HttpRequest, capa: CorrectiveAction, pk: int) -> None:
    """Take a possible cause away."""
    capa_causes.drop_cause(cause=reading.cause(capa, pk), by=request.user, at=timezone.now())
