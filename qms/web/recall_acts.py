"""What is done in a recall, on the screen: tasks, customers told, their answers, and their letters."""

import time

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone, translation
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from plant.models import Partner, PartnerKind
from plant.printing import Sheet, Table, amount, text
from plant.web.access import needs
from plant.web.acting import Acts, valid
from plant.web.sheets import LANGUAGES, as_paper
from qms.commands import recall_work
from qms.models import Recall
from qms.queries import recalls as reading
from qms.web.recall_forms import AnswerForm, OutcomeForm, TaskForm, TellForm
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
        sheet = written(one, partner)
        name = f"{one.number}-{partner.code}"
        return as_paper(sheet, name, request.user.name, time.perf_counter() - begun)


def written(one: Recall, customer: Partner) -> Sheet:
    """The letter: what is called back, what to do, which lots, and what to send back."""
    notice = one.notice.text_zh if translation.get_language() == "zh-hans" else one.notice.text
    rows = [
        (shipment, number, material, f"{amount(quantity)} {unit}")
        for number, material, quantity, unit, shipment in reading.customer_lots(one, customer)
    ]
    words = now("Please stop using and selling these lots, keep them apart, and tell us how many you have. "
                "Pieces come back at our cost; what is destroyed at your place, please confirm in writing.")
    kept = [(now("In the customer's hands"), ""), (now("Already used or sold on"), ""), (now("Destroyed"), "")]
    return Sheet(
        kind=now("Recall letter"), number=one.number, title=one.title,
        facts=[(now("Customer"), str(customer)), (now("Declared"), text(one.declared_at)), (now("Why"), one.reason)],
        texts=[(now("What you are to do"), notice or "–"), (now("We ask you"), words)],
        tables=[
            Table(now("Lots that you received"), [now("Shipment"), now("Lot"), now("Material"), now("Quantity")], rows,
                  (3,)),
            Table(now("Your reply"), [now("Where"), now("Quantity")], kept, (1,)),
        ],
        to_sign=[now("Name, date, signature")],
    )
