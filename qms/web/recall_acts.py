"""What is done in a recall, on the screen: tasks, customers told, their answers, and their letters."""

import time

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from plant.models import Partner, PartnerKind
from plant.web.access import needs
from plant.web.acting import Acts, valid
from plant.web.sheets import LANGUAGES, as_paper
from qms.commands import recall_letters, recall_work
from qms.models import Recall
from qms.queries import recall_letters as letters
from qms.queries import recalls as reading
from qms.web.recall_forms import AnswerForm, LettersForm, OutcomeForm, TaskForm, TellForm
from qms.web.recalls import detail

act = Acts(find=reading.by_number, back="qms:recall-detail", page=detail)


@act("recall.act", done=_("Given; its owner is told."))
def add_task(request: HttpRequest, one: Recall) -> None:
    """Give somebody something to do."""
    recall_work.add_task(recall=one, **valid(TaskForm(request.POST, by=request.user)), by=request.user,
                         at=timezone.now())


@require_POST
@needs("recall.finish")
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """What came of a task."""
    task = reading.task(pk)
    said = valid(OutcomeForm(request.POST, by=request.user))
    recall_work.finish_task(task=task, **said, by=request.user, at=timezone.now())
    return redirect("qms:recall-detail", task.recall.number)


@act("recall.act", done=_("Noted."))
def tell(request: HttpRequest, one: Recall) -> None:
    """A customer was told."""
    recall_work.tell(recall=one, **valid(TellForm(request.POST, by=request.user)), by=request.user, at=timezone.now())


@act("recall.act", done=_("Noted."))
def answer(request: HttpRequest, one: Recall) -> None:
    """What a customer says became of it."""
    recall_work.answer(recall=one, **valid(AnswerForm(request.POST, by=request.user)), by=request.user,
                       at=timezone.now())


@require_GET
@needs("recall.read")
def letter(request: HttpRequest, number: str, customer: str) -> HttpResponse:
    """The letter to one customer with every lot that they have, in their language."""
    one = reading.by_number(number)
    partner = get_object_or_404(Partner, code=customer, kind=PartnerKind.CUSTOMER)
    asked = request.GET.get("language", "")
    with translation.override(asked if asked in LANGUAGES else translation.get_language()):
        begun = time.perf_counter()
        sheet = letters.paper(one, partner, letters.rows(one, partner))
        name = f"{one.number}-{partner.code}"
        return as_paper(sheet, name, request.user.name, time.perf_counter() - begun)


@act("recall.act", done=_("Laid ready; the plant's mail server takes them from here."))
def write(request: HttpRequest, one: Recall) -> None:
    """Letters by e-mail to every customer whose address is entered."""
    form = LettersForm(request.POST, by=request.user, readers=letters.readers(one))
    valid(form)
    recall_letters.write(recall=one, to=form.to, by=request.user, at=timezone.now())


@act("recall.act", done=_("It is tried anew."))
def send_again(request: HttpRequest, one: Recall, pk: int) -> None:
    """Try a letter that was given up anew."""
    recall_letters.send_again(letter=letters.one(one, pk), by=request.user, at=timezone.now())
