"""A difference between both books on the screen: who finds out, and how it ended."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy

from integrations.links.commands import reconciling
from integrations.links.queries import totals
from integrations.models import Difference, DifferenceStatus, Exchange, Measure
from integrations.web.links import forms, lists
from plant import policies
from plant.errors import Refusal
from plant.queries import journal
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs, valid
from qms.web.reviewing import ReasonForm
from traceability.models import LotBalance


def find(pk: int) -> Difference:
    """A difference by its row."""
    return get_object_or_404(Difference.objects.select_related("connection__site", "owner"), pk=pk)


@needs("reconciliation.read")
def detail(request: HttpRequest, pk: int, refusal: Refusal | None = None) -> HttpResponse:
    """Both figures, the messages of this order, and what is done about it."""
    row, dialogs = find(pk), Dialogs(request, refusal)
    about = Q(subject=row.order) | Q(words__work_request=row.order)
    rows = Exchange.objects.filter(about, connection=row.connection) if row.order else None
    context = {
        "row": row, "dialogs": dialogs, "is_open": row.status == DifferenceStatus.OPEN,
        "by": (row.ours or 0) - (row.theirs or 0), "timeline": journal.timeline(row),
        "why": policies.why_not(request.user, "reconciliation.settle"),
        "messages_of": lists.named(rows.defer("body", "edited").order_by("-pk")[:20] if rows is not None else []),
        "assign": dialogs.form("assign", forms.OwnerForm), "settle": dialogs.form("settle", ReasonForm),
        "lying": lying(row),
    }
    return render(request, "integrations/difference/detail.html", context, status=dialogs.status)


def lying(row: Difference) -> list[LotBalance]:
    """The lots that our figure of stock is made of, the largest first."""
    if row.measure != Measure.STOCK:
        return []
    rows = totals.lying(row.connection, [row.material]).select_related("lot")
    return list(rows.order_by("-quantity", "pk")[:50])


act = Acts(find=find, back="integrations:difference-detail", page=detail, key="pk")


@act("reconciliation.settle", done=gettext_lazy("It is theirs now; they find it in their inbox."))
def assign(request: HttpRequest, row: Difference) -> None:
    """Give it to somebody."""
    said = valid(forms.OwnerForm(request.POST, by=request.user))
    reconciling.assign(difference=row, **said, by=request.user, at=timezone.now())


@act("reconciliation.settle", done=gettext_lazy("Settled. If it goes on, the next comparison opens it anew."))
def settle(request: HttpRequest, row: Difference) -> None:
    """End it with its reason."""
    said = valid(ReasonForm(request.POST, by=request.user))
    reconciling.settle(difference=row, **said, by=request.user, at=timezone.now())
