"""People on the screen: who has which role, and letting a blocked badge try again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plant import policies
from plant.commands import persons
from plant.models import Person, Role
from plant.queries import people
from plant.web.access import needs


@needs("people.read")
def listed(request: HttpRequest) -> HttpResponse:
    """Everybody, with roles and whether their badge is blocked."""
    rows = people.listed(
        text=request.GET.get("q", "").strip(), role=request.GET.get("role", ""), sort=request.GET.get("sort", "number")
    )
    lines = [
        {"person": row, "roles": people.roles_of(row), "is_blocked": row.pin_failures >= persons.TRIES}
        for row in rows[:200]
    ]
    context = {"lines": lines, "roles": Role.choices, "why_not": policies.why_not(request.user, "badge.unblock")}
    return render(request, "plant/person/list.html", context)


@require_POST
@needs("badge.unblock")
def unblock(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a blocked badge try again."""
    person = get_object_or_404(Person, pk=pk)
    persons.unblock_badge(person=person, by=request.user)
    messages.success(request, _("%(name)s can use the badge again.") % {"name": person.name})
    return HttpResponseRedirect(reverse("plant:person-list"))
