"""People on the screen: who has which role, and letting a blocked badge try again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plant.commands import persons
from plant.models import Person
from plant.web.access import needs


@require_POST
@needs("badge.unblock")
def unblock(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a blocked badge try again."""
    person = get_object_or_404(Person, pk=pk)
    persons.unblock_badge(person=person, by=request.user)
    messages.success(request, _("%(name)s can use the badge again.") % {"name": person.name})
    return HttpResponseRedirect(reverse("plant:person-list"))
