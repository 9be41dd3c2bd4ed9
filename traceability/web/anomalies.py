"""Data that wants to be put right, for whoever looks after it: one queue over all rooms, the most urgent first."""

from collections import Counter

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from plant import policies
from plant.errors import Refusal
from plant.models import Equipment, EquipmentLevel, Person, PersonKind
from plant.queries import places
from plant.web.access import needs
from plant.web.acting import Dialogs, valid
from plant.web.forms import Form, RowField
from traceability import anomalies
from traceability.commands import stewards as commands
from traceability.queries import stewards


class StewardForm(Form):
    """Who answers for the data of which site."""

    site = RowField(
        label=_("Site"), to_field_name="code",
        queryset=Equipment.objects.filter(level=EquipmentLevel.SITE, active=True).order_by("code"),
    )
    person = RowField(
        label=_("Person"), to_field_name="number",
        queryset=Person.objects.filter(kind=PersonKind.HUMAN, is_active=True, partner__isnull=True).order_by("number"),
    )


@needs("anomaly.read")
def page(request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
    """The queue, of one kind or of all, and who answers for it."""
    only = request.GET.get("kind", "")
    rows = anomalies.queue(request.user, timezone.now())
    count = Counter(row.sort.key for row in rows)
    why_not, dialogs = policies.why_not(request.user, "anomaly.appoint"), Dialogs(request, refusal)
    context = {
        "sorts": [(one, count[one.key], one.key == only) for one in anomalies.sorts(request.user)],
        "rows": [row for row in rows if only in ("", row.sort.key)], "only": only, "all": len(rows),
        "late": sum(row.is_late for row in rows), "stewards": stewards.seen_by(request.user),
        "why_not_appoint": why_not, "dialogs": dialogs, "form": None if why_not else dialogs.form("appoint", form_of),
    }
    return render(request, "traceability/anomaly/page.html", context, status=dialogs.status)


def form_of(*args: object, **kwargs: object) -> StewardForm:
    """The form, beginning at one's own site."""
    form = StewardForm(*args, **kwargs)  # type: ignore[arg-type]
    if form.by is not None:
        form.fields["site"].initial = places.home(form.by).code
    return form


@require_POST
@needs("anomaly.appoint")
def appoint(request: HttpRequest) -> HttpResponse:
    """Appoint who answers for the data of a site."""
    here = reverse("traceability:anomaly-list")
    try:
        made = commands.appoint(
            **valid(StewardForm(request.POST, by=request.user)), url=here, by=request.user, at=timezone.now()
        )
    except Refusal as refusal:
        return page(request, refusal=refusal)
    messages.success(request, now("%(person)s is told.") % {"person": made.person.name})
    return redirect(here)
