"""Reject rates over their limit on the screen: the list, why, and the answer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from mes.commands import reject_rates as commands
from mes.models import RejectKind, RejectReminder, RejectStatus
from mes.queries import reject_rates
from mes.web.forms import AnswerForm
from plant import policies
from plant.errors import Refusal
from plant.lists.description import Column, Listing, Nothing
from plant.lists.filters import Choice, DateRange, Multi, TextFilter
from plant.lists.looks import Moment, Number, State, Text
from plant.queries import journal
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs, valid


def reject_url(row: RejectReminder) -> str:
    return reverse("mes:reject-detail", args=[row.pk])


REJECTS = Listing(
    key="rejects", title=_("Reject rates"), url="mes:reject-list", action="reject.read",
    subtitle=_("Lots, raw lots and suppliers with more rejects than their limit allows, each reminded of once."),
    rows=lambda viewer: reject_rates.listing(),
    search=("lot__number", "operation", "lot__material__code", "job_order__number"),
    placeholder=_("Lot, operation, material or work order"), order="-at", href=reject_url,
    tone=lambda row: "failed" if row.status == RejectStatus.OPEN else "",
    columns=(
        Column(key="lot", label=_("Lot"), value="lot.number", look=Text(href=reject_url, icon="percentage"),
               sort=("lot__number",)),
        Column(key="kind", label=_("What"), value="get_kind_display", sort=("kind",)),
        Column(key="material", label=_("Material"), value="lot.material.code", sort=("lot__material__code",)),
        Column(key="operation", label=_("Operation"), sort=("operation",)),
        Column(key="share", label=_("Bad, %"), look=Number(places=1)),
        Column(key="limit", label=_("Limit, %"), value="percent", look=Number(places=1), sort=("percent",)),
        Column(key="total", label=_("Of"), look=Number(), sort=("total",)),
        Column(key="at", label=_("Detected"), look=Moment(style="ago"), sort=("at",)),
        Column(key="status", label=_("State"), look=State(word=lambda row: row.get_status_display()),
               sort=("status",)),
        Column(key="supplier", label=_("Supplier"), value="lot.supplier.name", sort=("lot__supplier__name",),
               hidden=True),
        Column(key="answer", label=_("Answer"), look=Text(most=90), hidden=True),
    ),
    filters=(
        Choice(key="status", label=_("State"), options=RejectStatus.choices),
        Multi(key="kind", label=_("What"), field="kind", options=RejectKind.choices),
        TextFilter(key="material", label=_("Material"), field="lot__material__code", more=True),
        DateRange(key="detected", label=_("Detected"), field="at", more=True),
    ),
    nothing=Nothing(
        title=_("No reject rate is over its limit"), icon="circle-check",
        text=_("Reminders appear here by themselves, as soon as a report or a verdict exceeds the limit."),
    ),
)


@needs("reject.read")
def detail(request: HttpRequest, pk: int, refusal: Refusal | None = None) -> HttpResponse:
    """One reminder: the figures, what they were counted from, the answer."""
    reminder, dialogs = reject_rates.by_id(pk), Dialogs(request, refusal)
    is_open = reminder.status == RejectStatus.OPEN
    context = {
        "reminder": reminder, "reports": reject_rates.reports(reminder), "dialogs": dialogs,
        "inspections": reject_rates.inspections(reminder), "timeline": journal.timeline(reminder),
        "why": policies.why_not(request.user, "reject.answer") or ("" if is_open else now("It is answered already.")),
        "form": dialogs.form("answer", AnswerForm),
    }
    return render(request, "mes/reject/detail.html", context, status=dialogs.status)


@Acts(find=reject_rates.by_id, back="mes:reject-detail", page=detail, key="pk")(
    "reject.answer", done=_("The reminder is answered.")
)
def answer(request: HttpRequest, reminder: RejectReminder) -> None:
    """Answer a reminder."""
    commands.answer(reminder=reminder, **valid(AnswerForm(request.POST)), by=request.user, at=timezone.now())
