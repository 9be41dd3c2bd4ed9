"""The skill matrix on the screen."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from mes.queries import skill_matrix
from plant.queries import journal
from plant.web.access import needs


@needs("roster.read")
def matrix(request: HttpRequest) -> HttpResponse:
    """People by skills, what expires, and the operations that have too few people."""
    found = skill_matrix.of(request.user, at=timezone.now())
    return render(request, "mes/roster/skills.html", {"matrix": found})


@needs("roster.read")
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One skill of a person, with the evidence for it."""
    row, held = skill_matrix.one(pk, at=timezone.now())
    return render(request, "mes/roster/skill.html", {"row": row, "held": held, "timeline": journal.timeline(row)})
