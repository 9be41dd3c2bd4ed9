"""Counts on the screen: asked for, counted by scan without seeing the books, and approved by somebody else."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from plant import policies
from plant.errors import Refusal
from plant.queries import journal
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs, enter, valid
from traceability.commands import counts as commands
from traceability.commands import settling
from traceability.models import CountStatus, StockCount
from traceability.queries import counts
from traceability.web.stock_forms import AskForm, CountForm, WhyForm

DIALOGS = ("settle", "again", "cancel")


@needs("count.ask")
def ask(request: HttpRequest) -> HttpResponse:
    """Choose the place that is counted."""
    form = AskForm(request.POST or None, by=request.user, initial=request.GET.dict())

    def begin(said: dict[str, Any]) -> StockCount:
        return commands.ask(place=said["place"], by=request.user, at=timezone.now())

    return enter(request, form, begin, template="traceability/count/ask.html", to="traceability:count-detail")


@needs("count.read")
def detail(request: HttpRequest, number: str, refusal: Refusal | None = None) -> HttpResponse:
    """A count: while it runs, only what was scanned; once finished, what differs from the books."""
    count, dialogs = counts.by_number(number), Dialogs(request, refusal)
    form = dialogs.form("record", CountForm, initial={"key": uuid.uuid4()})
    context = {
        "count": count, "dialogs": dialogs, "form": form, "lines": counts.lines(count),
        "is_blind": count.status in (CountStatus.COUNTING, CountStatus.CANCELLED),
        "why": why_not(request, count), "forms": {name: dialogs.form(name, WhyForm) for name in DIALOGS},
        "timeline": journal.timeline(count), "form_refusal": dialogs.errors.get("record"),
    }
    return render(request, "traceability/count/detail.html", context, status=dialogs.status)


def why_not(request: HttpRequest, count: StockCount) -> dict[str, str]:
    """For each act, why it can't be done now; empty when it can."""
    counting = "" if count.status == CountStatus.COUNTING else now("The count is finished.")
    review = "" if count.status == CountStatus.REVIEW else now("Only a finished count can be approved.")
    ended = now("The count is over.") if count.status not in counts.OPEN else ""
    own = now("You counted here yourself. Ask somebody else.") if count.counted_by_id == request.user.pk else ""
    may_settle = policies.why_not(request.user, "count.settle")
    return {
        "record": counting or policies.why_not(request.user, "count.record"),
        "settle": may_settle or review or own, "again": may_settle or review,
        "cancel": policies.why_not(request.user, "count.ask") or ended,
    }


act = Acts(find=counts.by_number, back="traceability:count-detail", page=detail)


@act("count.record", done=_("Written down. Scan the next lot."))
def record(request: HttpRequest, count: StockCount) -> None:
    """Write down one lot."""
    data: dict[str, Any] = valid(CountForm(request.POST, by=request.user))
    line = commands.record(
        count=count, code=data["code"], quantity=data["quantity"], adds=data["adds"], key=str(data["key"] or ""),
        by=request.user, at=timezone.now(),
    )
    if line.lot is None:
        message = now("No lot has the code “%(code)s”. Put it aside; the count keeps it as unknown.")
        messages.warning(request, message % {"code": line.code})


@act("count.record", done=_("Finished. Somebody else approves the differences."))
def finish(request: HttpRequest, count: StockCount) -> None:
    """All is counted."""
    commands.finish(count=count, by=request.user, at=timezone.now())


def settled(count: StockCount) -> str:
    """What became of the approval."""
    if count.status == CountStatus.CLOSED:
        return now("Approved. The books say what was counted.")
    return now("Some lots moved since they were counted. The count goes on for those; the others are settled.")


@act("count.settle", done=settled)
def settle(request: HttpRequest, count: StockCount) -> None:
    """Approve the differences."""
    reason = valid(WhyForm(request.POST, by=request.user))["reason"]
    settling.settle(count=count, reason=reason, by=request.user, at=timezone.now())


@act("count.settle", done=_("Sent back to be counted again."))
def again(request: HttpRequest, count: StockCount) -> None:
    """Have what is missing looked for again."""
    commands.again(count=count, reason=valid(WhyForm(request.POST, by=request.user))["reason"], by=request.user)


@act("count.ask", done=_("Cancelled. The books stay as they are."))
def cancel(request: HttpRequest, count: StockCount) -> None:
    """Give it up."""
    commands.cancel(count=count, reason=valid(WhyForm(request.POST, by=request.user))["reason"], by=request.user)
