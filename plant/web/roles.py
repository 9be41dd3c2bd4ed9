"""The table of rights on a page: who may do what, and who holds which role."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from plant.models import Role
from plant.queries import roles
from plant.web.access import needs


@needs("role.read")
def listed(request: HttpRequest) -> HttpResponse:
    """Role by action, straight from the table that every door asks, and the people behind each role."""
    context = {"roles": list(Role), "groups": roles.matrix(), "holders": roles.holders(request.user)}
    return render(request, "plant/role/list.html", context)
