"""Requests to suppliers on the screen: the list, one with its answers to judge, a new one, its link to copy."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from plant import policies
from plant.errors import Refusal
from plant.lists.description import Column, Link, Listing, Nothing
from plant.lists.filters import Choice, Multi, PersonFilter, TextFilter
from plant.lists.looks import Moment, State, Text, Who
from plant.models import Equipment, EquipmentLevel, MaterialDefinition
from plant.queries import journal, places
from plant.web.access import needs
from plant.web.acting import Acts, BadInput, Dialogs, enter, valid
from plant.web.forms import CodeField, Form, RowField
from qms.commands import supplier_requests as commands
from qms.models import Nonconformance, RequestKind, RequestStatus, StepAnswer, Supplier, SupplierRequest
from qms.queries import supplier_requests as reading
from qms.web import supplier_door
from qms.web.forms import DayField
from qms.web.supplier_forms import LANGUAGES, SUPPLIERS, ReasonForm

TONES: dict[str, tuple[str, str]] = {
    "OPEN": ("waiting", "send"), "REVIEW": ("warning", "eye"), "CLOSED": ("done", "circle-check"),
    "CANCELLED": ("unknown", "ban"),
}


class OpenForm(Form):
    """What a supplier is asked."""

    kind = forms.ChoiceField(label=_("Kind"), choices=RequestKind)
    supplier = RowField(label=_("Supplier"), to_field_name="code", queryset=SUPPLIERS)
    nonconformance = CodeField(label=_("Nonconformance"), max_length=40, required=False)
    material = RowField(
        label=_("Material"), required=False, to_field_name="code", queryset=MaterialDefinition.objects.order_by("code")
    )
    site = RowField(
        label=_("Site"), required=False, to_field_name="code",
        queryset=Equipment.objects.filter(level=EquipmentLevel.SITE).order_by("code"),
    )
    title = forms.CharField(label=_("Title"), max_length=200)
    problem = forms.CharField(label=_("What happened"), max_length=4000, widget=forms.Textarea({"rows": 4}))
    email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("Empty: the address on the supplier's card.")
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)


class JudgeForm(Form):
    """Whether an answer is enough."""

    verdict = forms.ChoiceField(
        label=_("Verdict"), choices=[("", "—"), ("accept", _("It is enough")), ("refuse", _("Something is missing"))]
    )
    reason = forms.CharField(
        label=_("What we say to the supplier"), max_length=2000, required=False, widget=forms.Textarea({"rows": 3})
    )
    due_at = DayField(label=_("New answer by"), required=False)


class RenewForm(Form):
    """Another link, perhaps to another address."""

    email = forms.EmailField(label=_("E-mail"), required=False)


def tone(one: SupplierRequest) -> tuple[str, str]:
    return TONES[one.status]


def is_late(one: SupplierRequest) -> bool:
    return one.status == RequestStatus.OPEN and one.due_at <= timezone.now()


OPEN = Link(
    label=_("New request"), url="qms:supplier-request-open", action="supplier-request.open", icon="mail-forward",
    kind="primary",
)
REQUESTS = Listing(
    key="supplier-requests", title=_("Requests to suppliers"), url="qms:supplier-request-list", live="news",
    action="supplier-request.read", rows=lambda viewer: reading.listing(),
    subtitle=_("Corrective actions and part approvals that suppliers answer by a signed link."),
    search=("number", "title", "supplier__code", "supplier__name", "nonconformance__number"),
    placeholder=_("Number, title, supplier or nonconformance"), order="-opened", href=reading.url,
    tone=lambda one: "warning" if is_late(one) else "",
    columns=(
        Column(key="number", label=_("Number"), look=Text(href=reading.url, icon="mail-forward"), sort=("number",)),
        Column(key="title", label=_("Title"), look=Text(most=80)),
        Column(key="supplier", label=_("Supplier"), sort=("supplier__code",)),
        Column(key="kind", label=_("Kind"), value="get_kind_display", sort=("kind",)),
        Column(key="status", label=_("State"), value="get_status_display", sort=("status",),
               look=State(word=lambda one: one.get_status_display(), tone=tone)),
        Column(key="done", label=_("Steps accepted"), value=lambda one: f"{one.done} / {one.whole}"),
        Column(key="due", label=_("Answer by"), value="due_at", look=Moment(style="date", late=is_late),
               sort=("due_at",)),
        Column(key="case", label=_("Nonconformance"), value="nonconformance.number", sort=("nonconformance__number",)),
        Column(key="owner", label=_("Owner"), look=Who(), sort=("owner__name",)),
        Column(key="opened", label=_("Opened"), value="opened_at", look=Moment(style="ago"), sort=("opened_at",)),
    ),
    filters=(
        Choice(key="status", label=_("State"), options=RequestStatus.choices, default=reading.ALIVE,
               blank=_("Everything open")),
        Multi(key="kind", label=_("Kind"), options=RequestKind.choices),
        TextFilter(key="supplier", label=_("Supplier"), field="supplier__code"),
        PersonFilter(key="owner", label=_("Owner"), field="owner", more=True),
    ),
    links=(OPEN,),
    nothing=Nothing(
        title=_("No supplier has anything to answer"), icon="mail-forward", links=(OPEN,),
        text=_("Ask from a nonconformance, or on demand; the supplier answers step by step through a link."),
    ),
)


@needs("supplier-request.open")
def open_request(request: HttpRequest) -> HttpResponse:
    """Ask a supplier."""
    form = OpenForm(request.POST or None, by=request.user, initial=begun(request))

    def opened(said: dict[str, Any]) -> SupplierRequest:
        number, site = said.pop("nonconformance"), said.pop("site")
        case = Nonconformance.objects.select_related("site").filter(number=number).first() if number else None
        if number and case is None:
            raise BadInput(now("There is no nonconformance “%(number)s”.") % {"number": number})
        card = Supplier.objects.filter(partner=said["supplier"]).first()
        said["email"] = said["email"] or (card.email if card else "")
        where = case.site if case else site or places.home(request.user)
        return commands.open_request(
            **said, nonconformance=case, site=where, by=request.user, at=timezone.now(), host=host(request)
        )

    return enter(request, form, opened, template="qms/request/open.html", to="qms:supplier-request-detail")


def begun(request: HttpRequest) -> dict[str, Any]:
    """What a new request of a nonconformance begins with."""
    case = Nonconformance.objects.filter(number=request.GET.get("nonconformance", "")).first()
    found: dict[str, Any] = {**request.GET.dict(), "language": "zh-hans"}
    if case is None:
        return found
    row = case.lots.select_related("lot__supplier", "lot__material").filter(lot__supplier__isnull=False).first()
    found |= {"title": str(case.title), "problem": case.description or str(case.title)}
    if row is not None and row.lot.supplier is not None:
        card = Supplier.objects.filter(partner=row.lot.supplier).first()
        found |= {"supplier": row.lot.supplier.code, "material": row.lot.material.code}
        found |= {"language": card.language, "email": card.email} if card else {}
    return found


def host(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


@needs("supplier-request.read")
def detail(request: HttpRequest, number: str, refusal: Refusal | None = None) -> HttpResponse:
    """One request: its steps and answers, what waits for a verdict, and its link."""
    asked, dialogs = reading.by_number(number), Dialogs(request, refusal)
    answer, why = reading.waiting_answer(asked), policies.why_not(request.user, "supplier-request.open")
    is_over = "" if asked.status in reading.ALIVE else now("This request is over.")
    context = {
        "asked": asked, "steps": reading.steps(asked), "answer": answer, "dialogs": dialogs,
        "tone": TONES[asked.status], "is_late": is_late(asked), "why": why or is_over,
        "timeline": journal.timeline(asked),
        "link": host(request) + reading.link(asked) if not (why or is_over) else "",
        "letters": asked.letters.order_by("-pk"),
        "why_judge": policies.why_not(request.user, "supplier-request.judge")
        or ("" if answer else now("The supplier has not answered yet.")),
        "forms": {
            "judge": dialogs.form("judge", JudgeForm), "renew": dialogs.form("renew", RenewForm),
            "cancel": dialogs.form("cancel", ReasonForm),
        },
    }
    return render(request, "qms/request/detail.html", context, status=dialogs.status)


@require_safe
@needs("supplier-request.read")
def panel(request: HttpRequest, number: str) -> HttpResponse:
    """What suppliers were asked because of a nonconformance, on its page."""
    rows = reading.listing().filter(nonconformance__number=number).order_by("-pk")
    context = {"rows": rows, "number": number, "why": policies.why_not(request.user, "supplier-request.open")}
    return render(request, "qms/request/panel.html", context)


@require_safe
@needs("supplier-request.read")
def file(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    """A file of an answer."""
    return supplier_door.serve(request, reading.by_number(number), pk)


act = Acts(find=reading.by_number, back="qms:supplier-request-detail", page=detail)


@act("supplier-request.judge", done=_("The supplier hears of it."))
def judge(request: HttpRequest, asked: SupplierRequest) -> None:
    """Accept or refuse the answer that waits."""
    said = valid(JudgeForm(request.POST, by=request.user))
    key = request.POST.get("answer", "")
    answer = StepAnswer.objects.select_related("step__request").filter(
        pk=key if key.isdecimal() and len(key) < 19 else 0, step__request=asked
    ).first()
    if answer is None:
        raise commands.RequestRefused(now("Somebody judged this answer meanwhile. Reload the page and look again."))
    commands.judge(
        answer=answer, is_accepted=said["verdict"] == "accept", reason=said["reason"], due_at=said["due_at"],
        by=request.user, at=timezone.now(), host=host(request),
    )


@act("supplier-request.open", done=_("There is a new link; the one before opens nothing any more."))
def renew(request: HttpRequest, asked: SupplierRequest) -> None:
    """Another link."""
    said = valid(RenewForm(request.POST))
    commands.renew(request=asked, **said, by=request.user, at=timezone.now(), host=host(request))


@act("supplier-request.open", done=_("The request is taken back."))
def cancel(request: HttpRequest, asked: SupplierRequest) -> None:
    """Take it back."""
    commands.cancel(request=asked, **valid(ReasonForm(request.POST)), by=request.user, at=timezone.now())
