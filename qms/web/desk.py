"""The quality engineer's desk: what is open by age and risk, what comes again, what is mine, what others lay there."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plant import policies
from plant.web.access import needs
from qms import desk_panels
from qms.queries import desk as reading

AGES = (_("today"), _("this week"), _("this month"), _("older"))
RISKS = (_("overdue"), _("due within a week"), _("later"), _("being watched"))


@needs("quality.desk")
def desk(request: HttpRequest) -> HttpResponse:
    """Everything in a fixed number of statements; the panels of other rooms come by themselves."""
    at, person = timezone.now(), request.user
    panels = [
        (one, reverse(one.url_name)) for one in desk_panels.panels() if policies.may(person, one.action)
    ]
    context = {
        "cases": reading.cases_by_age(person, at), "ages": AGES, "capas": reading.capas_by_risk(person, at),
        "risks": RISKS, "repeated": reading.repeated(person, at), "oldest": reading.oldest(person), "now": at,
        "actions": reading.actions(person), "panels": panels,
    }
    return render(request, "qms/desk/desk.html", context)
