"""The process library on the screen: the golden parameters of an operation beside what the machines say now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mes.commands import approvals
from mes.models import Segment
from mes.queries import effects, instructions, library
from plant import policies
from plant.commands import signatures
from plant.errors import Refusal
from plant.models import Meaning, RevisionStatus
from plant.queries import journal
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs, signed


@needs("golden.read")
def detail(request: HttpRequest, pk: int, refusal: Refusal | None = None) -> HttpResponse:
    """One operation of one revision: windows, live values, reactions, the last deviations."""
    segment, dialogs = library.by_id(pk), Dialogs(request, refusal)
    master = segment.work_master
    is_draft = "" if master.status == RevisionStatus.DRAFT else _("Only a draft can be approved.")
    context = {
        "segment": segment, "master": master, "rows": library.lives(segment), "dialogs": dialogs,
        "instruction": instructions.of(segment), "effects": effects.of_routing(master),
        "timeline": journal.timeline(master), "effective_at": library.effective_at(master),
        "siblings": library.listing().filter(work_master=master).order_by("sequence"),
        "seen_hash": signatures.content_hash(library.seen(master)), "meaning": Meaning.APPROVED,
        "why_not_approve": policies.why_not(request.user, "golden.approve") or is_draft,
    }
    return render(request, "mes/golden/detail.html", context, status=dialogs.status)


@needs("golden.read")
def values(request: HttpRequest, pk: int) -> HttpResponse:
    """What the machines say now, as the part of the page that moves."""
    return render(request, "mes/golden/values.html", {"rows": library.lives(library.by_id(pk))})


def found(pk: int) -> Segment:
    """One operation by its id."""
    return library.by_id(pk)


@Acts(find=found, back="mes:golden-detail", page=detail, key="pk")(
    "golden.approve", done=gettext_lazy("The routing and its golden parameters are effective.")
)
def approve(request: HttpRequest, segment: Segment) -> None:
    """Put a draft into effect, signed."""
    approvals.approve(work_master=segment.work_master, **signed(request), by=request.user, at=timezone.now())
