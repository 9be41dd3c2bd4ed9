"""A spare part on the screen: how many there are, where it is used, and every movement."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy

from mes.commands import spare_parts as commands
from mes.models import SparePart
from mes.queries import maintenance
from mes.web.maintenance_forms import BookForm
from plant import policies
from plant.errors import Refusal
from plant.queries import journal
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs, valid

SHOWN = 50


@needs("part.read")
def detail(request: HttpRequest, code: str, refusal: Refusal | None = None) -> HttpResponse:
    """One part."""
    part, dialogs = maintenance.part(code), Dialogs(request, refusal)
    context = {
        "part": part, "dialogs": dialogs, "form": dialogs.form("book", BookForm), "timeline": journal.timeline(part),
        "moves": list(part.moves.select_related("order", "by").order_by("-pk")[:SHOWN]),
        "machines": list(part.used_at.order_by("code")), "why_not_book": policies.why_not(request.user, "part.book"),
    }
    return render(request, "mes/maintenance/part.html", context, status=dialogs.status)


@Acts(find=maintenance.part, back="mes:part-detail", page=detail, key="code")(
    "part.book", done=gettext_lazy("Booked.")
)
def book(request: HttpRequest, part: SparePart) -> None:
    """Bring in, or correct after a count."""
    commands.book(part=part, **valid(BookForm(request.POST)), by=request.user, at=timezone.now())
