"""The inspector's day: what is overdue, what is in one's hands, what waits for anybody, what was decided today."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plant import policies
from plant.web.access import needs
from plant.web.acting import Acts, valid
from plant.web.refusals import is_htmx
from qms.commands import inspection_hands
from qms.models import Inspection
from qms.queries import inspection_day
from qms.queries import inspections as reading
from qms.web.gauge_forms import WhyForm
from qms.web.inspections import detail


@needs("inspection.record")
def day(request: HttpRequest) -> HttpResponse:
    """The queue by due time, one's own first."""
    now = timezone.now()
    context = {"day": inspection_day.of(request.user, at=now), "now": now,
               "why": policies.why_not(request.user, "inspection.record")}
    return render(request, f"qms/inspection/{'day_body' if is_htmx(request) else 'day'}.html", context)


act = Acts(find=reading.by_number, back="qms:inspection-detail", page=detail)


@act("inspection.record", done=_("It is in your hands."))
def take_on(request: HttpRequest, task: Inspection) -> None:
    """Begin with it."""
    inspection_hands.take_on(inspection=task, by=request.user, at=timezone.now())


@act("inspection.record", done=_("Given back."))
def give_back(request: HttpRequest, task: Inspection) -> None:
    """Leave it to the next."""
    said = valid(WhyForm(request.POST, by=request.user))
    inspection_hands.give_back(inspection=task, **said, by=request.user, at=timezone.now())
