"""What a person does to a nonconformance beside deciding: code it, name who answers, sort, look again, vote, cost."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plant.web.acting import Acts, signed, valid
from plant.web.forms import edit
from qms.commands import boards, classifying, costs, rechecks, returns, sortings
from qms.models import BoardReview, CaseCost, Disposition, Nonconformance, Sorting, SupplierReturn
from qms.queries import nonconformances as reading
from qms.web import nonconformance_forms as forms
from qms.web.capa_forms import ReasonForm
from qms.web.dispositions import DispositionForm, SortForm
from qms.web.nonconformances import detail

act = Acts(find=reading.by_number, back="qms:nonconformance-detail", page=detail)


@act("nonconformance.classify", done=_("Saved."))
def classify(request: HttpRequest, case: Nonconformance) -> None:
    """Defect, cause, severity."""
    edit(
        Nonconformance.objects.filter(pk=case.pk),
        lambda row: forms.ClassifyForm.of(row, request.POST, by=request.user),
        lambda row, asked: classifying.classify(nonconformance=row, **asked, by=request.user, at=timezone.now()),
    )


@act("nonconformance.review", done=_("Saved."))
def responsible(request: HttpRequest, case: Nonconformance) -> None:
    """Who answers for a part of it."""
    said = valid(forms.ResponsibleForm(request.POST, by=request.user))
    classifying.answer_for(nonconformance=case, **said, by=request.user, at=timezone.now())


@act("nonconformance.cost", done=_("Saved."))
def cost(request: HttpRequest, case: Nonconformance) -> None:
    """What it cost."""
    costs.add(nonconformance=case, **valid(forms.CostForm(request.POST)), by=request.user, at=timezone.now())


@act("nonconformance.cost", done=_("Removed."))
def drop_cost(request: HttpRequest, case: Nonconformance, pk: int) -> None:
    """A cost that was entered wrongly."""
    row = get_object_or_404(CaseCost, pk=pk, nonconformance=case, disposition__isnull=True)
    costs.drop(cost=row, **valid(ReasonForm(request.POST)), by=request.user, at=timezone.now())


@act("nonconformance.dispose", done=_("The sorting is ordered."))
def sort(request: HttpRequest, case: Nonconformance) -> None:
    """Have a lot sorted, signed."""
    form = SortForm(request.POST, lines=reading.lot_lines(case))
    said = valid(form)
    sortings.order(
        nonconformance=case, lot=form.left[said["lot"]], criterion=said["criterion"], **signed(request),
        by=request.user, at=timezone.now(),
    )


@act("nonconformance.sort", done=_("Saved."))
def sorted_out(request: HttpRequest, case: Nonconformance, pk: int) -> None:
    """What was counted."""
    row = get_object_or_404(Sorting.objects.select_related("lot", "nonconformance"), pk=pk, nonconformance=case)
    sortings.record(sorting=row, **valid(forms.SortedForm(request.POST)), by=request.user, at=timezone.now())


@act("nonconformance.recheck", done=_("Saved."))
def recheck(request: HttpRequest, case: Nonconformance, pk: int) -> None:
    """What was found at the second look."""
    rows = Disposition.objects.select_related("nonconformance", "rework_lot", "lot")
    row = get_object_or_404(rows, pk=pk, nonconformance=case)
    said = valid(forms.RecheckForm(request.POST, by=request.user, lot=row.rework_lot_id))
    rechecks.record(
        disposition=row, passed=said["passed"] == "yes", finding=said["finding"], inspection=said.get("inspection"),
        by=request.user, at=timezone.now(),
    )


@act("nonconformance.dispose", done=_("The board is asked."))
def ask_board(request: HttpRequest, case: Nonconformance) -> None:
    """Ask the board."""
    form = DispositionForm(request.POST, lines=reading.lot_lines(case), by=request.user)
    valid(form)
    said = valid(ReasonForm(request.POST))
    boards.ask(nonconformance=case, lines=form.decided(), **said, by=request.user, at=timezone.now())


@act("board.vote", done=_("Your vote is given."))
def vote(request: HttpRequest, case: Nonconformance) -> None:
    """A member's vote, signed; the last one carries the decision out."""
    row = get_object_or_404(BoardReview.objects.select_related("nonconformance"), nonconformance=case, status="OPEN")
    agrees = valid(forms.VoteForm(request.POST))["agrees"] == "yes"
    boards.vote(review=row, agrees=agrees, **signed(request), by=request.user, at=timezone.now())


@act("return.send", done=_("It is on its way back."))
def send_return(request: HttpRequest, case: Nonconformance, pk: int) -> None:
    """The return left."""
    row = get_object_or_404(SupplierReturn, pk=pk, nonconformance=case)
    returns.send(supplier_return=row, **valid(forms.SendForm(request.POST)), by=request.user, at=timezone.now())
